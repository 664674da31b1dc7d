//! Texts with characters that a catalog must not contain.

use codegen::import::{Import, Input, Place};
use serde_json::json;

use crate::{drafted, rows, text};

#[test]
fn characters_that_a_catalog_cannot_contain_are_reported() {
    let row = |message: &str| {
        rows(&[json!({ "code": "a_b", "type": "e", "http_status": 404, "message": message })])
    };
    let tells = |draft: &Import| {
        let mut undecided = draft.undecided.iter();
        undecided.any(|finding| finding.message.contains("control characters"))
    };
    let draft = row("x\u{7}y");
    assert!(tells(&draft) && text(&draft).contains("message: xy\n"));
    assert!(!tells(&row("two\r\nlines")));
}

/// A draft of one code, whose texts contain no control characters. `fields` had some, and are reported.
fn cleaned(input: Input<'_>, fields: &[&str]) -> Import {
    let draft = drafted(input);
    assert_eq!((draft.codes, draft.lost.len()), (1, 0), "{:?}", draft.lost);
    let catalog = text(&draft);
    assert!(!catalog.contains(|c: char| c.is_control() && c != '\n'));
    assert!(!catalog.contains("\\u00"), "{catalog}");
    for field in fields {
        let note = format!(
            "{field} is taken without its control characters, which a catalog must not contain"
        );
        let mut undecided = draft.undecided.iter();
        assert!(
            undecided.any(|finding| finding.message == note),
            "{field}: {:#?}",
            draft.undecided
        );
    }
    draft
}

#[test]
fn texts_of_pages_lose_their_control_characters_and_are_reported() {
    let page = "| Type | Status | Meaning |\n|-|-|-|\n| bad | 400 | Wr\u{7}ong |\n\n\
        | Code | Type | Message | Meaning | Fix | Deprecated | No\u{1b}tes |\n|-|-|-|-|-|-|-|\n\
        | a | bad | M\u{7}m | N\u{7}n | F\u{7}f | Use\u{7} b | X\u{7}x |\n";
    let fields = [
        "the meaning",
        "the message",
        "the fix",
        "the note",
        "`x-notes`",
    ];
    let draft = cleaned(Input::Page(page), &fields);
    let of_type = draft
        .undecided
        .iter()
        .find(|finding| finding.place == Place::Path("bad".to_owned()));
    assert!(
        of_type.is_some() && text(&draft).contains("    meaning: Wrong\n"),
        "{draft:#?}"
    );
    let page = "Code\tType\tStatus\tMeaning\tFix\na\tbad\t400\tN\u{7}n\tF\u{7}f\n";
    cleaned(Input::Page(page), &["the meaning", "the fix"]);
}

#[test]
fn texts_of_rows_lose_their_control_characters_and_are_reported() {
    let row = json!({
        "code": "a", "type": "t\u{7}", "http_status": 404, "message": "M {n}\u{7}", "meaning": "N\u{7}", "fix": "F\u{7}",
        "deprecated": { "note": "Use\u{7} b" }, "own\u{7}": { "a\u{7}": "b\u{7}" },
        "extra": {
            "constant": "NoSuch\u{7}", "errno": "E\u{7}NOENT",
            "args": [{ "name": "n", "type": "Bi\u{7}nary", "print_if_null": "no\u{7}body", "unit": "m\u{7}s" }],
        },
    });
    let fields = [
        "the type",
        "the message",
        "the meaning",
        "the fix",
        "`deprecated`",
        "`errno`",
        "`absent`",
        "`x-own`",
        "`x-source-type`",
        "`x-unit`",
    ];
    cleaned(Input::Rows(&row.to_string()), &fields);
}

#[test]
fn texts_of_documents_lose_their_control_characters_and_are_reported() {
    let document = json!({
        "info": {
            "title": "A\u{7}PI", "license": { "name": "M\u{7}IT" }, "contact": { "name": "P\u{7}" },
        },
        "servers": [{ "url": "https://a.example.com", "description": "E\u{7}U" }],
        "components": { "schemas": {
            "ErrorType": { "enum": ["t"], "x-enum-descriptions": ["T\u{7}t"] },
            "ErrorCode": { "enum": ["a"], "x-codes": { "a": {
                "type": "t", "status": 404, "message": "M {n}\u{7}", "meaning": "N\u{7}", "fix": "F\u{7}",
                "args": { "n": { "kind": "string", "meaning": "n\u{7}", "absent": "no\u{7}body" } },
                "group": "G\u{7}g", "causes": ["C\u{7}c"], "headers": { "X-A": "h\u{7}" }, "param": "p\u{7}",
                "see": [{ "text": "S\u{7}", "url": "https://a.example.com" }], "description": "D\u{7}d",
                "ids": { "errno": "E\u{7}" }, "deprecated": { "note": "Use\u{7} b" }, "x-own": "o\u{7}",
            } } },
        } },
    });
    let fields = [
        "`title`",
        "`license`",
        "`contact`",
        "`servers`",
        "the message",
        "the meaning",
        "the fix",
        "`group`",
        "`causes`",
        "`headers`",
        "`param`",
        "`see`",
        "`description`",
        "`ids`",
        "`deprecated`",
        "`absent`",
        "`x-own`",
    ];
    let draft = cleaned(Input::OpenApi(&document), &fields);
    assert!(text(&draft).contains("  title: API\n"));
}

#[test]
fn texts_of_responses_lose_their_control_characters_and_are_reported() {
    let bare = json!({
        "components": { "schemas": { "ErrorCode": { "enum": ["a"] } } },
        "paths": { "/a": { "get": { "responses": { "404": {
            "description": "| Code | Fix |\n|-|-|\n| a | F\u{7} |\n",
            "content": { "application/json": { "examples": { "a": {
                "summary": "S\u{7}s",
                "value": { "error": { "code": "a", "message": "M\u{7}", "type": "t", "param": "p\u{7}" } },
            } } } },
        } } } } },
    });
    let fields = ["the summary", "`description`", "the message", "`param`"];
    let draft = cleaned(Input::OpenApi(&bare), &fields);
    assert!(text(&draft).contains("    fix: F\n"));
}

#[test]
fn findings_show_no_control_characters() {
    let page = "| Type | Status |\n|-|-|\n| t | \u{1b}[31m |\n";
    let page = drafted(Input::Page(page));
    let path = json!({ "components": { "schemas": { "\u{1b}Error": { "properties": { "code": {
        "enum": ["\u{1b}", "a"] } } } } } });
    let document = drafted(Input::OpenApi(&path));
    let mut shown = page
        .lost
        .iter()
        .chain(&document.lost)
        .chain(&document.undecided);
    assert!(!page.lost.is_empty() && !document.lost.is_empty());
    assert!(
        shown.all(|finding| !format!("{}{}", finding.place, finding.message).contains('\u{1b}'))
    );
}

#[test]
fn signs_of_printf_in_a_list_with_printf_are_told_or_turned() {
    let draft = rows(&[
        json!({ "code": "a", "http_status": 400, "message": "Call %s" }),
        json!({ "code": "b", "http_status": 400, "message": "All 100%% of it" }),
        json!({ "code": "c", "http_status": 400, "message": "The type %T" }),
    ]);
    assert!(text(&draft).contains("message: All 100% of it\n"));
    let told = "messages have verbs of printf that are not known, such as `%T`: they are text (1 in all, the first at 3)";
    assert!(
        draft
            .undecided
            .iter()
            .any(|finding| finding.message == told)
    );
    let draft = rows(&[
        json!({ "code": "a", "http_status": 400, "message": "No {pet}" }),
        json!({ "code": "b", "http_status": 400, "message": "No {{pet}}" }),
    ]);
    let mut undecided = draft.undecided.iter();
    assert!(undecided.any(|finding| finding.message.starts_with("texts have `{{name}}`")));
}
