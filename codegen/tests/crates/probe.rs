//! Prints what the generated crates say of themselves, as JSON.

mod facts;

use std::collections::BTreeSet;

use serde_json::{Value, json};

/// Whether an error gives the same bytes with serde and without, in all styles of its catalog, with
/// hostile texts in every place that takes one.
macro_rules! same {
    ($library:ident, $error:expr) => {
        $library::ENVELOPE_STYLES.iter().all(|style| {
            let make = || $error.with_accept(style.media_type());
            let same = |error: &$library::ApiError| {
                let serialised = serde_json::to_string(&$library::Envelope::new(error));
                error.to_json() == serialised.unwrap()
            };
            same(&make())
                && HOSTILE.iter().all(|text| {
                    let delay = std::time::Duration::from_millis(text.len() as u64);
                    same(&make().with_message(*text))
                        && same(&make().with_param(*text))
                        && same(&make().with_instance(text))
                        && same(&make().with_retry_after(delay))
                        && same(&make().with_message(*text).with_param(*text).with_instance(text))
                })
        })
    };
}

macro_rules! dump {
    ($library:ident) => {{
        let codes: Vec<Value> = $library::ErrorCode::ALL
            .iter()
            .map(|code| {
                let error = $library::ApiError::new(*code);
                json!({
                    "same_bytes": same!($library, $library::ApiError::new(*code)),
                    "name": code.as_str(),
                    "variant": format!("{code:?}"),
                    "found": $library::ErrorCode::from_wire(code.as_str()) == Some(*code),
                    "type": code.error_type().as_str(),
                    "status": code.status(),
                    "message": code.message(),
                    "param": code.param(),
                    "meaning": code.meaning(),
                    "fix": code.fix(),
                    "retryable": code.retry().is_retryable(),
                    "doc_url": code.doc_url(),
                    "causes": code.causes(),
                    "fixes": code.other_fixes(),
                    "headers": code.headers(),
                    "ids": code.ids(),
                    "since": code.since(),
                    "deprecation": code.deprecation(),
                    "is_deprecated": code.is_deprecated(),
                    "body": error.to_json(),
                })
            })
            .collect();
        let types: Vec<Value> = $library::ErrorType::ALL
            .iter()
            .map(|error_type| {
                let statuses: Vec<u16> =
                    (400..600).filter(|status| error_type.allows_status(*status)).collect();
                json!({
                    "same_bytes": same!($library, $library::ApiError::from_type(*error_type)),
                    "name": error_type.as_str(),
                    "variant": format!("{error_type:?}"),
                    "found": $library::ErrorType::from_wire(error_type.as_str())
                        == Some(*error_type),
                    "statuses": statuses,
                    "default": error_type.default_status(),
                    "meaning": error_type.meaning(),
                    "message": error_type.message(),
                })
            })
            .collect();
        let codes_found = strangers($library::ErrorCode::ALL.iter().map(|code| code.as_str()))
            .filter(|name| $library::ErrorCode::from_wire(name).is_some())
            .count();
        let types_found = strangers($library::ErrorType::ALL.iter().map(|entry| entry.as_str()))
            .filter(|name| $library::ErrorType::from_wire(name).is_some())
            .count();
        let misses = codes_found + types_found;
        let framework: Vec<Value> = (0..1_000_u16)
            .map(|status| {
                let error = $library::ApiError::from_status(status);
                let read_again = $library::ENVELOPE_STYLES.iter().all(|style| {
                    let error = $library::ApiError::from_status(status);
                    let body = error.with_accept(style.media_type()).to_json();
                    let read: $library::ApiError = serde_json::from_str(&body).unwrap();
                    read.with_accept(style.media_type()).to_json() == body
                });
                json!({
                    "read_again": read_again,
                    "status": error.status(),
                    "type": error.error_type().as_str(),
                    "code": error.code().map($library::ErrorCode::as_str),
                    "message": error.message(),
                })
            })
            .collect();
        let retired: Vec<Value> = $library::RetiredCode::ALL
            .iter()
            .map(|retired| {
                let name = $library::MaybeKnown::<$library::ErrorCode>::from(retired.name);
                assert_eq!(name.retired(), Some(retired));
                json!(retired)
            })
            .collect();
        let misses = misses
            + strangers($library::RetiredCode::ALL.iter().map(|retired| retired.name))
                .filter(|name| $library::RetiredCode::from_wire(name).is_some())
                .count();
        json!({
            "version": $library::CATALOG_VERSION, "codes": codes, "types": types,
            "retired": retired, "misses": misses, "framework": framework,
        })
    }};
}

/// Names that are not known, most of them nearly: they differ from a known name in one character.
fn strangers(known: impl Iterator<Item = &'static str>) -> impl Iterator<Item = String> {
    let known: BTreeSet<String> = known.map(str::to_owned).collect();
    let mut strangers: BTreeSet<String> = ["", "unknown"].map(str::to_owned).into();
    strangers.insert("~".repeat(1_000));
    for name in &known {
        for (start, char) in name.char_indices() {
            let (before, after) = (&name[..start], &name[start + char.len_utf8()..]);
            let same_length = "~".repeat(char.len_utf8());
            strangers.insert(format!("{before}{same_length}{after}"));
            strangers.insert(format!("{before}{after}"));
        }
        strangers.insert(format!("{name}~"));
    }
    strangers.into_iter().filter(move |name| !known.contains(name))
}

/// Messages that every escape and every alignment of it meets.
const HOSTILE: [&str; 8] = [
    "",
    "plain",
    "\"",
    "a\"b\\c/d\ne\rf\tg\u{8}h\u{c}i\u{0}j\u{1f}k\u{7f}l",
    "1234567\"90123456\\8901234\n",
    "äöü “quoted” 💥 \u{2028}\u{2029}\u{feff}",
    "\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{e}\u{f}\u{10}\u{1a}\u{1b}",
    "</script><!-- ]]> \u{80}\u{9f}\u{a0}",
];

fn main() {
    let all = json!({
        "arguments": dump!(arguments_errors),
        "details": dump!(details_errors),
        "extras": dump!(file_errors),
        "families": dump!(families_errors),
        "hostile": dump!(hostile_errors),
        "integers": dump!(stream_errors),
        "lifecycle": dump!(ticket_errors),
        "large": dump!(large_errors),
        "limits": dump!(limits_errors),
        "docker_registry": dump!(docker_registry_errors),
        "minimal": dump!(minimal_errors),
        "nats_jetstream": dump!(nats_jetstream_errors),
        "onedata": dump!(onedata_errors),
        "problem": dump!(problem_errors),
        "names": dump!(names_errors),
        "seed": dump!(gateway_errors),
        "facts": facts::facts(),
    });
    println!("{all}");
}
