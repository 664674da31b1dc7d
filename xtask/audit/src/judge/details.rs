//! Details against the arguments of their code.

use codegen::Catalog;
use codegen::catalog::{Argument, ArgumentKind, Code};

use crate::json::Json;

/// What is wrong with the details of a body.
pub(super) fn mistakes(catalog: &Catalog, code: &Code, details: &Json<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for argument in catalog.details(code) {
        let name = &argument.name;
        match details.member(name) {
            None => found.push(format!("the argument `{name}` is missing in the details")),
            Some(Json::Null) if argument.absent.is_some() => {}
            Some(value) if fits(argument.kind(), value) => {}
            Some(value) => found.push(format!(
                "the argument `{name}` is {}, not {}",
                described(argument.kind(), value),
                noun(argument.kind())
            )),
        }
    }
    let sensitive = code.arguments.iter().filter(|argument| argument.sensitive);
    let sent = sensitive.filter(|argument| details.member(&argument.name).is_some());
    found.extend(
        sent.map(|Argument { name, .. }| {
            format!("the sensitive argument `{name}` is in the details")
        }),
    );
    found
}

fn fits(kind: ArgumentKind, value: &Json<'_>) -> bool {
    match (kind, value) {
        // Numbers that JSON cannot write are null.
        (ArgumentKind::String, Json::Text(_))
        | (ArgumentKind::Bool, Json::Bool(_))
        | (ArgumentKind::F64, Json::Whole(_) | Json::Fraction(_) | Json::Null) => true,
        (ArgumentKind::I64, Json::Whole(number)) => i64::try_from(*number).is_ok(),
        (ArgumentKind::U64, Json::Whole(number)) => u64::try_from(*number).is_ok(),
        (ArgumentKind::Duration, Json::Whole(seconds)) => *seconds >= 0,
        (ArgumentKind::Duration, Json::Fraction(seconds)) => *seconds >= 0.0,
        (ArgumentKind::Timestamp, Json::Text(text)) => is_timestamp(text),
        (ArgumentKind::Strings, Json::List(texts)) => {
            texts.iter().all(|text| matches!(text, Json::Text(_)))
        }
        (ArgumentKind::Errors, Json::List(faults)) => faults.iter().all(is_fault),
        _ => false,
    }
}

/// Whether a value is a fault: a message, and perhaps a request field and a code.
fn is_fault(value: &Json<'_>) -> bool {
    let is_text = |name| match value.member(name) {
        None | Some(Json::Null | Json::Text(_)) => true,
        Some(_) => false,
    };
    let message = value.member("message");
    matches!(message, Some(Json::Text(_))) && is_text("param") && is_text("code")
}

/// Whether a text is a moment as RFC 3339 writes it.
fn is_timestamp(text: &str) -> bool {
    let pattern = b"0000-00-00T00:00:00";
    let bytes = text.as_bytes();
    let (Some(head), Some(rest)) = (bytes.get(..pattern.len()), bytes.get(pattern.len()..)) else {
        return false;
    };
    let fits = head
        .iter()
        .zip(pattern)
        .all(|(found, wanted)| match wanted {
            b'0' => found.is_ascii_digit(),
            b'T' => matches!(found, b'T' | b't' | b' '),
            wanted => found == wanted,
        });
    let digits = |bytes: &[u8]| {
        bytes
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let zone = match rest.strip_prefix(b".") {
        Some(fraction) => match digits(fraction) {
            0 => return false,
            length => &fraction[length..],
        },
        None => rest,
    };
    let is_zone = match zone {
        [b'Z' | b'z'] => true,
        [b'+' | b'-', a, b, b':', c, d] => [a, b, c, d].iter().all(|byte| byte.is_ascii_digit()),
        _ => false,
    };
    fits && is_zone
}

/// The kind of a value that does not fit, in a way that distinguishes it from the expected one.
const fn described(kind: ArgumentKind, value: &Json<'_>) -> &'static str {
    match (kind, value) {
        (ArgumentKind::Timestamp, Json::Text(_)) => "another string",
        (ArgumentKind::Strings | ArgumentKind::Errors, Json::List(_)) => "another list",
        (_, Json::Whole(..=-1)) => "a negative number",
        (ArgumentKind::I64 | ArgumentKind::U64, Json::Fraction(_)) => "a fraction",
        (ArgumentKind::I64 | ArgumentKind::U64, Json::Whole(_)) => "too large a number",
        (_, value) => value.kind(),
    }
}

const fn noun(kind: ArgumentKind) -> &'static str {
    match kind {
        ArgumentKind::String => "a string",
        ArgumentKind::Bool => "a boolean",
        ArgumentKind::I64 => "a whole number",
        ArgumentKind::U64 => "a whole number from 0 on",
        ArgumentKind::F64 => "a number",
        ArgumentKind::Duration => "a number of seconds",
        ArgumentKind::Timestamp => "a moment as RFC 3339 writes it",
        ArgumentKind::Strings => "a list of strings",
        ArgumentKind::Errors => "a list of faults",
    }
}

#[cfg(test)]
mod tests {
    use codegen::catalog::ArgumentKind;

    use super::fits;
    use crate::json::Json;

    #[test]
    fn values_fit_their_kinds() {
        use ArgumentKind::{Bool, Duration, Errors, F64, I64, String, Strings, Timestamp, U64};
        for (kind, text, is_right) in [
            (String, r#""a""#, true),
            (String, "1", false),
            (Bool, "true", true),
            (Bool, "0", false),
            (I64, "-1", true),
            (I64, "9223372036854775808", false),
            (I64, "1.5", false),
            (U64, "18446744073709551615", true),
            (U64, "-1", false),
            (F64, "1", true),
            (F64, "null", true),
            (Duration, "1.5", true),
            (Duration, "-1", false),
            (Timestamp, r#""2027-03-31T10:00:00Z""#, true),
            (Timestamp, r#""2027-03-31T10:00:00.123+02:00""#, true),
            (Timestamp, r#""2027-03-31""#, false),
            (Timestamp, r#""2027-03-31T10:00:00.Z""#, false),
            (Strings, r#"["a","b"]"#, true),
            (Strings, r#"["a",1]"#, false),
            (Errors, r#"[{"param":"a","message":"b"}]"#, true),
            (Errors, r#"[{"param":"a"}]"#, false),
        ] {
            let value = Json::parse(text.as_bytes()).expect("JSON");
            assert_eq!(fits(kind, &value), is_right, "{} {text}", kind.as_str());
        }
    }
}
