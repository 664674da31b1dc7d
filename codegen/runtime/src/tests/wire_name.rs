use serde::de::value::{Error, StrDeserializer, U64Deserializer};
use serde::de::{Deserialize, IntoDeserializer};

use crate::runtime::wire_name::{NameVisitor, WireForm};
use crate::{ErrorCode, MaybeKnown, RetiredCode, UnknownName};

#[test]
fn an_unknown_name_is_kept_up_to_two_hundred_bytes() {
    for (name, kept) in [
        ("x".repeat(400), 200),
        ("ä".repeat(101), 200),
        (format!("x{}", "ä".repeat(100)), 199),
    ] {
        let error = name.parse::<ErrorCode>().unwrap_err();
        assert_eq!(error.name(), &name[..kept]);
    }
}

#[test]
fn every_code_is_found_by_its_name() {
    for code in ErrorCode::ALL {
        assert_eq!(ErrorCode::from_wire(code.as_str()), Some(*code));
        assert_eq!(MaybeKnown::from(code.as_str()), MaybeKnown::Known(*code));
    }
    assert_eq!(ErrorCode::from_wire("FILE_NOT_FOUND"), None);
}

#[test]
fn a_retired_code_is_unknown_and_found_among_the_retired_ones() {
    let code = MaybeKnown::<ErrorCode>::from("file_gone");
    assert_eq!(code, MaybeKnown::Unknown("file_gone".into()));
    let retired = code.retired().unwrap();
    assert_eq!(retired, RetiredCode::from_wire("file_gone").unwrap());
    assert_eq!(retired.successor, Some(ErrorCode::FileNotFound));
}

#[test]
fn names_are_numbers_on_the_wire_where_codes_are() {
    let write = |form: WireForm, name| {
        let mut out = Vec::new();
        let mut serializer = serde_json::Serializer::new(&mut out);
        form.serialize(name, &mut serializer).unwrap();
        String::from_utf8(out).unwrap()
    };
    assert_eq!(write(WireForm::Number, "10059"), "10059");
    assert_eq!(write(WireForm::Number, "-1"), "-1");
    assert_eq!(write(WireForm::Text, "10059"), "\"10059\"");
    assert_eq!(write(WireForm::Number, "disk_full"), "\"disk_full\"");
}

#[test]
fn a_number_is_read_where_codes_are_numbers_only() {
    let number = || -> U64Deserializer<Error> { 7_u64.into_deserializer() };
    let read = WireForm::Number.deserialize(number(), NameVisitor::<ErrorCode>::new());
    assert_eq!(read.unwrap_err().to_string(), "unknown name \"7\"");
    let name: StrDeserializer<'_, Error> = "disk_full".into_deserializer();
    let read = WireForm::Number.deserialize(name, NameVisitor::<ErrorCode>::new());
    assert_eq!(read.unwrap(), ErrorCode::DiskFull);
    assert!(serde_json::from_str::<ErrorCode>("7").is_err());
}

#[test]
fn an_unknown_name_is_written_as_it_was_read() {
    let read: UnknownName = serde_json::from_str("\"new\"").unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), "\"new\"");
    let name = MaybeKnown::<ErrorCode>::deserialize(serde_json::json!("new")).unwrap();
    assert_eq!(serde_json::to_string(&name).unwrap(), "\"new\"");
}
