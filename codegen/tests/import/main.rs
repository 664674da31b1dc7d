//! Drafts of lists that exist already: what is decided, what is marked, and what is lost.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

extern crate error_catalog_codegen as codegen;

mod damaged;
mod data;
#[path = "../support/exhaustive.rs"]
mod exhaustive;
mod fields;
mod formats;
mod kinds;
mod namespaces;
mod numbers;
mod openapi;
#[path = "../edit/rewritten.rs"]
mod rewritten;
mod shared_codes;
mod source_code;
mod tables;
mod texts;
mod update;

use codegen::import::{Import, Input, Options, OptionsError, Place, import};
use codegen::{Inputs, Source, compile, edit};
use proptest::prelude::*;
use serde_json::{Value, json};

const OPTIONS: Options<'_> = Options {
    name: "pets",
    crate_name: None,
    error_type: None,
    placeholders: None,
    namespaces: None,
    schema: "catalog/catalog.schema.json",
};

/// A draft, which compiles without a finding, whatever it was made of.
fn drafted(input: Input<'_>) -> Import {
    let draft = import(input, OPTIONS).unwrap();
    assert_eq!(draft.faults, []);
    if let Some(text) = &draft.catalog {
        let inputs = Inputs::new(Source::new("draft", text.clone().into_bytes()));
        let outcome = compile(&inputs);
        assert_eq!(outcome.diagnostics, [], "{text}");
        assert_eq!(outcome.value.unwrap().codes.len(), draft.codes);
        let formatted = edit::format(&inputs).unwrap();
        assert_eq!(formatted, [text.as_str()], "the draft is formatted");
    }
    draft
}

fn rows(rows: &[Value]) -> Import {
    let lines: Vec<_> = rows.iter().map(Value::to_string).collect();
    drafted(Input::Rows(&lines.join("\n")))
}

fn text(draft: &Import) -> &str {
    draft.catalog.as_deref().unwrap()
}

fn lost(draft: &Import) -> Vec<(String, &str)> {
    let lost = draft.lost.iter();
    let lost = lost.map(|lost| (lost.place.to_string(), lost.message.as_str()));
    lost.collect()
}

#[test]
fn names_that_collide_or_cannot_be_are_proposals() {
    let draft = rows(&[
        json!({"code": "a-b", "http_status": 400, "message": "m"}),
        json!({"code": "A/B", "http_status": 400, "message": "m", "extra": {"args": [{"name": "type", "type": "Binary"}]}}),
        json!({"code": "404", "http_status": 404, "message": "404"}),
    ]);
    for expected in [
        "rust: AB2\n    # TODO: another code has the page that follows from the name: choose one\n    slug: a-b-2\n",
        "rust: \"E404\"\n",
        "  details: true\n",
        "rust: the_type\n",
        "  \"404\":\n",
    ] {
        assert!(text(&draft).contains(expected), "{}", text(&draft));
    }
    let todo = "    # TODO: the wire name gives no name in Rust, or that of another: choose one\n";
    assert_eq!(text(&draft).matches(todo).count(), 2);
}

#[test]
fn a_status_is_that_of_most_codes_and_none_is_made_up() {
    let draft = rows(&[
        json!({"code": "a", "type": "t", "http_status": 409, "message": "m"}),
        json!({"code": "b", "type": "t", "http_status": 400, "message": "m"}),
        json!({"code": "c", "type": "t", "http_status": 400, "message": "m"}),
        json!({"code": "d", "type": "t", "http_status": 302, "message": "m"}),
        json!({"code": "e", "type": "u", "message": "m"}),
    ]);
    let text = text(&draft);
    assert!(text.contains("  t:\n    status: [400, 409]\n"));
    assert!(text.contains("  a:\n    type: t\n    status: 409\n"));
    assert!(text.contains("  b:\n    type: t\n    message: m\n"));
    let asked = "# TODO: the source has no valid status: replace this one\n    status: 400\n";
    assert!(text.contains(asked) && text.contains("    x-http-status: 302\n"));
    assert!(text.contains(
        "  u:\n    # TODO: the source has no status: replace this one\n    status: 400\n"
    ));
}

#[test]
fn texts_are_folded_and_what_folding_takes_away_is_kept() {
    let draft = rows(&[
        json!({"code": "a", "message": "m", "meaning": "One\n\t\tline", "fix": "First\n\nSecond"}),
        json!({"code": "b", "message": "x".repeat(20_000), "meaning": "Short", "extra": {"deep": [[[[[[[[[[1]]]]]]]]]]}}),
    ]);
    let text = text(&draft);
    assert!(text.contains("    meaning: One line\n    fix: First Second\n"));
    assert!(text.contains("    x-fix: |-\n      First\n\n      Second\n"));
    assert!(!text.contains("x-meaning"));
    assert!(text.contains("    x-deep: \"[[[[[[[[[[1]]]]]]]]]]\"\n"));
    let said: Vec<_> = draft
        .undecided
        .iter()
        .map(|said| said.message.as_str())
        .collect();
    assert!(
        said.iter()
            .any(|said| said.starts_with("the message is left out"))
    );
}

#[test]
fn a_code_that_takes_the_place_of_another_has_to_be_there() {
    let row = |code: &str, deprecated: Value| json!({"code": code, "http_status": 404, "message": "m", "deprecated": deprecated});
    let draft = rows(&[
        row("a", json!({"since": "2.0.0", "use": "c"})),
        row("b", json!({"use": "gone"})),
        row("c", json!(null)),
    ]);
    let text = text(&draft);
    assert!(
        text.contains("    deprecated:\n      since: 2.0.0\n      use: c\n"),
        "{text}"
    );
    assert!(
        text.contains("    x-deprecated:\n      use: gone\n"),
        "{text}"
    );
    let mut undecided = draft.undecided.iter();
    let said = undecided.find(|said| {
        said.message
            .starts_with("`deprecated` is kept as `x-deprecated`")
    });
    assert_eq!(said.unwrap().place, Place::Line(2));
}

#[test]
fn two_faults_under_one_key_that_a_code_can_spare_cost_the_key_and_not_the_code() {
    let draft = drafted(Input::OpenApi(&json!({
        "components": {"schemas": {"ErrorCode": {"enum": ["a", "b"], "x-codes": {
            "a": {"type": "t", "status": 400, "headers": {"Bad Name": "1", "Also Bad": "2"}},
            "b": {"type": "t", "status": 400},
        }}}},
    })));
    assert_eq!((draft.codes, lost(&draft)), (2, vec![]));
    assert!(
        text(&draft).contains("    x-headers:\n"),
        "{}",
        text(&draft)
    );
    let mut undecided = draft.undecided.iter();
    let about = undecided
        .by_ref()
        .filter(|said| said.message.contains("`x-headers`"));
    assert_eq!(about.count(), 1);
}

#[test]
fn a_row_that_no_catalog_can_have_is_lost_with_the_reason() {
    let draft = rows(&[
        json!({"code": "a", "message": "m"}),
        json!({"code": "a", "message": "n"}),
        json!({"code": "", "message": "m"}),
        json!({"code": "b c", "message": "m"}),
        json!({"code": "x".repeat(201), "message": "m"}),
        json!({"message": "m"}),
    ]);
    assert_eq!(draft.codes, 1);
    let lines: Vec<_> = lost(&draft).into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, ["2", "3", "4", "5", "6"]);
    assert_eq!(
        lost(&draft)[0].1,
        "duplicate code `a`: the first is at 1, with another message"
    );
    assert_eq!(rows(&[json!({"code": ""})]).catalog, None);
}

#[test]
fn a_name_that_readers_of_the_outputs_take_for_syntax_is_reported() {
    let draft = rows(&[
        json!({"code": "$ref", "http_status": 400, "message": "m"}),
        json!({"code": "<<", "http_status": 400, "message": "m"}),
        json!({
            "code": "a", "http_status": 400, "message": "No {valueOf}, no {b}", "type": "__proto__",
            "links": [{"$ref": "names.md"}], "ids": {"hasOwnProperty": 1},
            "extra": {"args": [{"name": "b", "type": "String", "x": {"<<": 1}}]},
        }),
    ]);
    assert_eq!(draft.codes, 1);
    let lines: Vec<_> = lost(&draft).into_iter().map(|(line, _)| line).collect();
    assert_eq!(lines, ["1", "2"]);
    for expected in [
        "message: No {{valueOf}}, no {b}\n",
        r#"x-links: '[{"$ref":"names.md"}]'"#,
        r#"x-ids: '{"hasOwnProperty":1}'"#,
        "x-type: __proto__\n",
        r#"x-x: '{"<<":1}'"#,
    ] {
        assert!(text(&draft).contains(expected), "{}", text(&draft));
    }
}

#[test]
fn what_the_caller_wants_must_be_a_name() {
    let crate_name = Options {
        crate_name: Some("Pets"),
        ..OPTIONS
    };
    assert_eq!(
        import(Input::Rows(""), crate_name),
        Err(OptionsError::Crate("Pets".to_owned()))
    );
    let error_type = Options {
        error_type: Some("a b"),
        ..OPTIONS
    };
    assert!(matches!(
        import(Input::Rows(""), error_type),
        Err(OptionsError::Type(_))
    ));
}

#[test]
fn many_rows_are_drafted_at_once() {
    let count = exhaustive::select(2_000, 10_000);
    let many: Vec<_> = (0..count)
        .map(|number| {
            json!({"code": format!("a{}b{number}", "-".repeat(number % 3)), "http_status": 400 + number % 200,
                "type": format!("t{}", number % 2_000), "message": "{x} {y}", "extra": {"constant": "Same"}})
        })
        .collect();
    assert_eq!(rows(&many).codes, count);
    let page = format!("codeMeaningFix\n{}", "aBC\n".repeat(10_000));
    assert_eq!(drafted(Input::Page(&page)).codes, 0);
}

/// Texts with what means something to YAML, to messages and to tables.
fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "([-?:,#&*!|>%@'\"{}\\[\\] \t\r\na0~\u{FEFF}\u{85}\u{2028}é🦀]|<<|: |- |\n  |\\{a\\}){0,30}",
        "([a-c ]|[\u{0}-\u{1F}\u{7F}-\u{9F}\u{FFFE}\u{FFFF}]){1,12}",
        "[a-zA-Z0-9._/:-]{1,8}",
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (390_u64..610).prop_map(Value::from),
        hostile().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let members = proptest::collection::btree_map(hostile(), inner.clone(), 0..4);
        prop_oneof![
            proptest::collection::vec(inner, 0..4).prop_map(Value::from),
            members.prop_map(|members| members.into_iter().collect()),
        ]
    })
}

fn row() -> impl Strategy<Value = Value> {
    const KEYS: [&str; 13] = [
        "type",
        "http_status",
        "message",
        "meaning",
        "fix",
        "retryable",
        "deprecated",
        "source_path",
        "args",
        "errno",
        "constant",
        "comment",
        "x-own",
    ];
    let members = proptest::collection::vec((proptest::sample::select(&KEYS[..]), value()), 0..8);
    let args = proptest::collection::vec((hostile(), hostile(), value()), 0..4);
    (hostile(), members, args).prop_map(|(code, members, args)| {
        let mut row = json!({ "code": code });
        let args = args.into_iter();
        let args = args.map(|(name, kind, unit)| json!({"name": name, "type": kind, "nullable": true, "unit": unit}));
        let mut extra = json!({ "args": args.collect::<Value>() });
        for (position, (key, value)) in members.into_iter().enumerate() {
            let place = if position % 2 == 0 { &mut row } else { &mut extra };
            place[key] = value;
        }
        row["extra"] = extra;
        row
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: exhaustive::select(32, 256), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_a_list_or_none(text in any::<String>()) {
        drafted(Input::Rows(&text));
        drafted(Input::Page(&text));
    }

    #[test]
    fn whatever_rows_say_their_draft_compiles(list in proptest::collection::vec(row(), 1..6)) {
        let draft = rows(&list);
        prop_assert_eq!(draft.read(), list.len());
    }

    #[test]
    fn the_draft_of_any_table_compiles(cells in proptest::collection::vec(hostile(), 12)) {
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let lines: String = cells.chunks(4).map(line).collect();
        drafted(Input::Page(&format!("| Code | Type | Status | Fix |\n|-|-|-|-|\n{lines}")));
        drafted(Input::Page(&format!("| Type | Status | Meaning | Notes |\n|-|-|-|-|\n{lines}\n\n| Code | Type |\n|-|-|\n| a | b |\n")));
        let columns: String = cells.chunks(4).map(|cells| cells.join("\t") + "\n").collect();
        drafted(Input::Page(&format!("Code\tType\tMeaning\tRetry\n{columns}")));
    }

    #[test]
    fn the_draft_of_any_document_compiles(values in proptest::collection::vec(value(), 12), code in hostile()) {
        let next = |position: usize| values[position].clone();
        drafted(Input::OpenApi(&json!({
            "info": {"title": next(0), "version": next(1), "contact": {"email": next(2), "url": next(3)}},
            "servers": [{"url": next(4), "description": code}],
            "externalDocs": {"url": code},
            "components": {"schemas": {"ErrorCode": {
                "enum": [code, "b", next(5)], "x-enum-varnames": [next(6)], "x-enum-descriptions": [next(7), code],
                "x-codes": {"b": {"type": code, "message": code, "headers": next(8), "args": {"a": next(9)},
                    "description": code, "group": next(10), "see": next(11), "fix": code,
                    "deprecated": {"use": code, "note": next(7)}}},
            }, "ErrorType": {
                "enum": ["t", code], "x-enum-descriptions": [code, next(11)], "x-types": {"t": {"meaning": next(9), "names": {"acme": code, "openai": next(2), "b": "b"}}},
            }, "Acme": {"properties": {"code": next(4)}, "x-shape": {
                "name": "acme", "rust": next(6), "body": {"code": "$code", "text": "$message", "more": next(8)},
                "types": {"404": code}, "codes": next(3),
            }}, "Other": {"oneOf": [{"properties": {"a": next(1)}}], "x-shape": {
                "name": code, "content_type": next(0), "body": {"code": "$code", "text": "$message|"},
            }}}},
            "paths": {"/a": {"get": {"responses": {"404": {"description": code, "content": {
                (code.clone()): {"schema": {"$ref": "#/components/schemas/Other"}, "example": next(5)},
                "application/json": {"schema": {"$ref": "#/components/schemas/Acme"},
                "examples": {"a": {"summary": code, "value":
                    {"error": {"code": code, "message": code, "param": code, "type": code}}}}}}}}}}},
        })));
    }
}
