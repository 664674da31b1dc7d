//! What is written and read by hand, compared with serde.

use core::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use crate::{ArgumentValue, Faults};

#[test]
fn arguments_are_written_as_serde_writes_them() {
    let json = r#"{"a":[1,-2,2.5,1e300,true,false,null,"x\n\"y"],"b":{},"c":[],"d":{"e":18446744073709551615}}"#;
    let json: Value = json.parse().unwrap();
    let texts = ["a".to_owned(), "\"\u{1}ä".to_owned(), String::new()];
    let faults: Faults = [("name", "Too \"long\""), ("", "Too low")]
        .into_iter()
        .collect();
    let none = (Vec::new(), Faults::default());
    for value in [
        ArgumentValue::Text("a\"b\\"),
        ArgumentValue::Bool(true),
        ArgumentValue::Bool(false),
        ArgumentValue::Signed(i64::MIN),
        ArgumentValue::Unsigned(u64::MAX),
        ArgumentValue::Float(2.5),
        ArgumentValue::Float(3.0),
        ArgumentValue::Float(1e300),
        ArgumentValue::Float(f64::NAN),
        ArgumentValue::Duration(Duration::from_secs(3)),
        ArgumentValue::Duration(Duration::from_millis(1500)),
        ArgumentValue::Timestamp(&"2026-11-30T12:00:00Z"),
        ArgumentValue::Texts(&texts),
        ArgumentValue::Texts(&none.0),
        ArgumentValue::Faults(&faults),
        ArgumentValue::Faults(&none.1),
        ArgumentValue::Json(&json),
        ArgumentValue::Absent("none"),
        ArgumentValue::Sensitive,
    ] {
        let mut written = String::new();
        value.push_json(&mut written);
        assert_eq!(written, serde_json::to_string(&value).unwrap());
        assert_eq!(value.to_json(), serde_json::to_value(value).unwrap());
    }
}

#[test]
fn faults_are_read_as_serde_reads_them() {
    for json in [
        r#"[{"message":"Bad"},{"param":"name","code":"c","message":"Bad","more":1}]"#,
        r#"[{"param":null,"code":null,"message":"Bad"}]"#,
        r#"[["name",null,"Bad"],[null,"c",""]]"#,
        r#"[["name",null]]"#,
        r#"[["name",null,"Bad",1]]"#,
        r#"[{"message":null}]"#,
        r#"[{"param":1,"message":"Bad"}]"#,
        r#"[{"code":{},"message":"Bad"}]"#,
        r#"[{"param":"name"}]"#,
        r#"["Bad"]"#,
        "[]",
        "{}",
        "null",
        r#""Bad""#,
    ] {
        let json: Value = json.parse().unwrap();
        assert_eq!(
            Faults::of_json(&json),
            Faults::deserialize(&json).ok(),
            "{json}"
        );
    }
}
