//! Documents of data: every error arrives, whatever is beside, above or below it, and what is none is refused by name.

use codegen::import::{Format, Import, Input};
use serde_json::{Value, json};

use crate::formats::export;
use crate::{drafted, lost, text};

fn read(format: Format, text: &str) -> Import {
    drafted(Input::Text(format, text))
}

/// The codes of a draft, each with its type and its status.
fn codes(draft: &Import) -> Vec<Value> {
    export(draft, &["type"])
}

#[test]
fn names_with_texts_statuses_and_entries_are_one_list() {
    let draft = read(
        Format::Json,
        r#"{"E_ONE":"First","E_TWO":{"message":"Second","status":"409 Conflict"},"E_THREE":404,"E_FOUR":null,"E_FIVE":["x"]}"#,
    );
    let expected = [
        json!(["E_TWO", 409, "Second"]),
        json!(["E_ONE", 400, "First"]),
        json!(["E_THREE", 404, "TODO: write what the response says"]),
    ];
    assert_eq!(export(&draft, &["message"]), expected);
    let said = |name: &str| {
        let what = "is not described as the other errors are";
        format!("`{name}` {what}")
    };
    let refused: Vec<String> = draft.lost.iter().map(|lost| lost.message.clone()).collect();
    assert_eq!(refused, [said("E_FIVE"), said("E_FOUR")]);
    let draft = read(
        Format::Json,
        "{\n\"E_ONE\": \"First\",\n\"E_THREE\": 404,\n\"E_FOUR\": null\n}",
    );
    let names = export(&draft, &[]);
    assert_eq!(names, [json!(["E_ONE", 400]), json!(["E_THREE", 404])]);
    assert_eq!(lost(&draft), [("4".to_owned(), said("E_FOUR").as_str())]);
}

#[test]
fn a_field_that_one_error_has_is_not_the_name_of_each() {
    let draft = read(
        Format::Json,
        r#"{"no_pet": {"message": "None"}, "no_name": {"message": "None", "code": 1009}}"#,
    );
    let expected = [json!(["no_pet", null]), json!(["no_name", 1009])];
    assert_eq!(
        export(&draft, &["x-code"])
            .into_iter()
            .map(|code| json!([code[0], code[2]]))
            .collect::<Vec<_>>(),
        expected
    );
}

#[test]
fn groups_are_no_errors_at_any_depth() {
    for document in [
        "api:\n  pets:\n    no_pet: { status: 404, message: None }\n  names:\n    taken: { status: 409, message: Taken }\n",
        "api:\n  v1:\n    pets: { no_pet: { status: 404, message: None } }\n    names: { taken: { status: 409, message: Taken } }\n",
        "pets: { no_pet: { http: 404, message: None } }\nnames: { taken: { http: 409, message: Taken } }\n",
        "pets: { title: Pets, no_pet: { status: 404, message: None } }\nnames: { taken: { status: 409, message: Taken } }\n",
        "errors:\n  pets: { status: 404, codes: { no_pet: None } }\n  names: [{ id: taken, status: 409, title: Taken }]\n",
        "service: { host: a, port: 80 }\nerrors:\n  pets: { no_pet: { status: 404, message: None } }\n  names: { taken: { status: 409, message: Taken } }\n",
    ] {
        let draft = read(Format::Yaml, document);
        let expected = [
            json!(["no_pet", 404, "pets"]),
            json!(["taken", 409, "names"]),
        ];
        assert_eq!(codes(&draft), expected, "{document}");
    }
}

#[test]
fn groups_beside_errors_and_defaults_are_read() {
    let document = "api:\n  pets:\n    no_pet: { http: 404, msg: None }\n  names:\n    taken: { http: 409, msg: Taken }\n\
        defaults: { http: 500 }\nbroken: { http: 500, msg: Broken }\n";
    let draft = read(Format::Yaml, document);
    let expected = [
        json!(["broken", 500, "server_error"]),
        json!(["no_pet", 404, "pets"]),
        json!(["taken", 409, "names"]),
    ];
    assert_eq!(codes(&draft), expected);
    let refused = "`defaults` is not described as the other errors are";
    assert_eq!(lost(&draft), [("6".to_owned(), refused)]);
}

#[test]
fn errors_below_an_error_are_errors_too() {
    let draft = read(
        Format::Json,
        r#"{"no_pet": {"status": 404, "message": "None", "sub": {"gone": {"status": 410, "message": "Gone"}}}}"#,
    );
    let expected = [
        json!(["no_pet", 404, "client_error"]),
        json!(["gone", 410, "sub"]),
    ];
    assert_eq!(codes(&draft), expected);
    assert!(!text(&draft).contains("x-sub"));
    let draft = read(
        Format::Toml,
        "[errors.no_pet]\nstatus = 404\nmessage = \"None\"\n[errors.names.taken]\nstatus = 409\nmessage = \"Taken\"\n",
    );
    let expected = [
        json!(["no_pet", 404, "client_error"]),
        json!(["taken", 409, "names"]),
    ];
    assert_eq!(codes(&draft), expected);
    let draft = read(
        Format::Json,
        r#"[{"code": "no_pet", "status": 404, "message": "None", "errors": [{"code": "gone", "status": 410, "message": "Gone"}]}]"#,
    );
    assert_eq!(codes(&draft).len(), 2);
}

#[test]
fn what_may_be_an_error_below_an_error_is_told() {
    let one = r#"{"no_pet": {"status": 404, "message": "None", "inner": {"status": 410, "message": "Gone"}, "example": {"status": 404, "message": "m"}}}"#;
    let draft = read(Format::Json, one);
    assert_eq!(draft.codes, 1);
    let told = draft.undecided.iter().filter(|told| {
        told.message == "`x-inner` has the fields of an error: review whether it is one"
    });
    assert_eq!(told.count(), 1);
    assert!(
        !draft
            .undecided
            .iter()
            .any(|told| told.message.contains("x-example"))
    );
}

#[test]
fn a_document_may_be_one_error() {
    let draft = read(
        Format::Json,
        "{\n\"code\": \"no_pet\",\n\"status\": 404,\n\"message\": \"None\"\n}",
    );
    assert_eq!(codes(&draft), [json!(["no_pet", 404, "client_error"])]);
}

#[test]
fn a_text_in_languages_is_the_english_one_or_the_only_one() {
    let draft = read(
        Format::Json,
        r#"[{"code":"a","message":{"de":"Hallo","en":"Hello"}},{"code":"b","message":{"de":"Nur"}},
        {"code":"c","message":{"de":"Zwei","fr":"Deux"}},{"code":"d","message":{"id":1}},{"code":"e","message":"m","fix":["One","Two"]}]"#,
    );
    let expected = [
        json!(["a", "Hello", {"de": "Hallo", "en": "Hello"}]),
        json!(["b", "Nur", {"de": "Nur"}]),
        json!(["c", "TODO: write what the response says", {"de": "Zwei", "fr": "Deux"}]),
        json!(["d", "TODO: write what the response says", {"id": 1}]),
        json!(["e", "m", null]),
    ];
    let found = export(&draft, &["message", "x-message"]);
    let found: Vec<_> = found
        .iter()
        .map(|code| json!([code[0], code[2], code[3]]))
        .collect();
    assert_eq!(found, expected);
    assert!(
        text(&draft).contains("    fix: \"- One - Two\"\n"),
        "{}",
        text(&draft)
    );
    for what in [
        "the message is kept as `x-message`: none of its languages is English",
        "the message is kept as `x-message`: it is no text",
    ] {
        assert!(draft.undecided.iter().any(|told| told.message == what));
    }
}

#[test]
fn places_in_a_document_of_one_line_are_paths() {
    let draft = read(
        Format::Json,
        r#"{"errors": {"no_pet": {"status": 404, "message": "None"}, "no_name": null, "more": [1]}}"#,
    );
    let places: Vec<_> = lost(&draft).into_iter().map(|(place, _)| place).collect();
    assert_eq!(places, ["errors.more", "errors.no_name"]);
}
