//! Lists in each format: every error arrives, and what does not has a line.

use codegen::import::{Format, Import, Input, Place, import};
use codegen::{Inputs, Source, compile, plan};
use serde_json::{Value, json};

use crate::{OPTIONS, drafted};

/// The list of a fixture, read in the format that its contents tell.
fn read(file: &str, format: Format) -> Import {
    let path = format!("{}/tests/fixtures/lists/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    assert_eq!(Format::of(&text), format, "{file}");
    drafted(Input::Text(format, &text))
}

/// The export of a draft.
pub(crate) fn exported(draft: &Import) -> Value {
    let text = draft.catalog.clone().unwrap();
    let inputs = Inputs::new(Source::new("draft", text.into_bytes()));
    let plan = plan(&compile(&inputs).value.unwrap());
    let mut files = plan.artifacts.iter();
    let export = files.find(|file| file.path == "generated/errors.json");
    serde_json::from_str(&export.unwrap().contents).unwrap()
}

/// What the export says about each code: its name, status, and the values of further keys.
pub(crate) fn export(draft: &Import, keys: &[&str]) -> Vec<Value> {
    let export = exported(draft);
    let codes = export["codes"].as_array().unwrap().iter();
    let codes = codes.map(|code| {
        let known = [&code["name"], &code["status"]].into_iter().cloned();
        known
            .chain(keys.iter().map(|key| code[*key].clone()))
            .collect::<Value>()
    });
    codes.collect()
}

/// The places of what is missing.
pub(crate) fn lost(draft: &Import) -> Vec<(usize, &str)> {
    let lost = draft.lost.iter().map(|lost| match lost.place {
        Place::Line(line) => (line, lost.part.noun()),
        _ => panic!("{lost:?}"),
    });
    lost.collect()
}

#[test]
fn documents_of_json_have_lists_mappings_and_groups() {
    let draft = read("pets.json", Format::Json);
    let keys = ["message", "meaning", "fix"];
    assert_eq!(
        export(&draft, &keys),
        [
            json!([
                "no_such_pet",
                404,
                "There is no pet {id}",
                "No pet has the id",
                "List the pets"
            ]),
            json!([
                "name_taken",
                409,
                "The name is taken",
                "Another pet has the name",
                null
            ]),
        ]
    );
    assert_eq!(lost(&draft), [(4, "row")]);
    let draft = read("keyed.json", Format::Json);
    assert_eq!(
        export(&draft, &["message", "x-owner"]),
        [
            json!(["NO_SUCH_PET", 404, "There is no pet", null]),
            json!(["NAME_TAKEN", 409, "The name is taken", "pets"]),
        ]
    );
    assert_eq!(lost(&draft), [(5, "row")]);
    let draft = read("groups.json", Format::Json);
    assert_eq!(
        export(&draft, &["type"]),
        [
            json!(["no_such_pet", 404, "pets"]),
            json!(["name_taken", 409, "names"]),
            json!(["name_long", 400, "names"]),
        ]
    );
    assert_eq!(lost(&draft), []);
    let draft = read("numbers.json", Format::Json);
    let expected = [
        json!(["1404", 400, "NoSuchPet"]),
        json!(["1409", 400, "NameTaken"]),
    ];
    assert_eq!(export(&draft, &["rust"]), expected);
}

#[test]
fn yaml_and_toml_are_read_as_json_is() {
    let expected = |message: &str| {
        [
            json!(["no_such_pet", 404, "There is no pet"]),
            json!(["name_taken", 409, message]),
        ]
    };
    for file in ["pets.toml", "keyed.toml"] {
        let draft = read(file, Format::Toml);
        assert_eq!(
            export(&draft, &["message"]),
            expected("The name is taken"),
            "{file}"
        );
        assert_eq!(lost(&draft), []);
    }
    let draft = read("texts.yaml", Format::Yaml);
    let texts = export(&draft, &["message"]);
    assert_eq!(texts[1], json!(["name_taken", 400, "The name is taken"]));
    // Numbers under `code` are statuses if something else names the errors.
    let draft = read("list.yaml", Format::Yaml);
    let names = export(&draft, &["message"]);
    assert_eq!(names[0], json!(["NoSuchPet", 404, "There is no pet"]));
    assert_eq!(names.len(), 3);
    assert_eq!(lost(&draft), []);
}

#[test]
fn tables_of_csv_have_any_separator() {
    let draft = read("pets.csv", Format::Csv);
    assert_eq!(
        export(&draft, &["meaning", "x-owner"]),
        [
            json!(["no_such_pet", 404, "No pet; none at all", "pets"]),
            json!(["name_taken", 409, "Another pet has the name", "names"]),
            json!(["name_long", 400, "TODO: write what the response says", null]),
        ]
    );
    assert_eq!(lost(&draft), [(5, "row")]);
    let draft = read("pets.tsv", Format::Csv);
    let expected = [
        json!(["no_such_pet", 404, "There is no pet"]),
        json!(["name_taken", 409, "The name is taken"]),
    ];
    assert_eq!(export(&draft, &["message"]), expected);
}

#[test]
fn pages_of_html_have_tables_and_lists() {
    let draft = read("pets.html", Format::Html);
    assert_eq!(
        export(&draft, &["meaning"]),
        [
            json!(["no_such_pet", 404, "There is no pet & none at all"]),
            json!(["old_pet", 404, "The pet is gone"]),
            json!(["name_taken", 409, "Use another name"]),
            json!(["name_long", 409, "Use another name"]),
            json!(["pet_is_asleep", 503, "Wait until it wakes up"]),
        ]
    );
    assert_eq!(lost(&draft), [(14, "table")]);
}

#[test]
fn pages_of_headings_have_paragraphs_lists_and_examples() {
    let draft = read("headings.md", Format::Markdown);
    assert_eq!(
        export(&draft, &["meaning", "message", "fix", "x-owner"]),
        [
            json!([
                "no_such_pet",
                404,
                "There is no pet with the id.",
                "There is no pet with the id.",
                "List the pets.",
                "pets"
            ]),
            json!([
                "E1409",
                409,
                "Another pet has the name.",
                "The name is taken",
                null,
                null
            ]),
        ]
    );
    assert_eq!(lost(&draft), [(32, "table")]);
    let draft = read("items.md", Format::Markdown);
    assert_eq!(
        export(&draft, &["meaning"]),
        [
            json!(["no_such_pet", 404, "There is no pet."]),
            json!(["name_taken", 409, "Another pet has the name."]),
            json!(["old_name", 400, "No longer sent."]),
        ]
    );
}

#[test]
fn marks_of_a_page_are_no_part_of_a_name() {
    let draft = read("marks.md", Format::Markdown);
    assert_eq!(
        export(&draft, &["meaning", "rust"]),
        [
            json!(["no_such_pet", 503, "It waits", "NoSuchPet"]),
            json!(["old_pet", 500, "Gone", "OldPet"]),
            json!(["a_b", 400, "Two", "AB"]),
            json!(["c_d", 400, "Two", "CD"]),
            json!(["1503", 503, "Pets asleep", "PetsAsleep"]),
            json!([
                "in_markup",
                418,
                "TODO: write what the response says",
                "InMarkup"
            ]),
        ]
    );
    assert_eq!(lost(&draft), []);
    assert!(draft.catalog.unwrap().contains("  old_pet:\n"));
}

#[test]
fn enums_of_protocol_buffers_have_comments_and_options() {
    let draft = read("pets.proto", Format::Proto);
    assert_eq!(
        export(&draft, &["meaning", "ids"]),
        [
            json!(["NO_SUCH_PET", 404, "There is no pet.", {"number": 1}]),
            json!(["NAME_TAKEN", 409, "TODO: write what the response says", {"number": 2}]),
            json!(["OLD_PET", 500, "TODO: write what the response says", {"number": 3}]),
        ]
    );
    assert_eq!(draft.no_errors, 1);
    assert_eq!(lost(&draft), [(15, "enum")]);
}

#[test]
fn enums_of_rust_have_messages_fields_and_methods() {
    let draft = read("pets.rs", Format::Rust);
    assert_eq!(
        export(&draft, &["message", "meaning", "rust"]),
        [
            json!([
                "no_such_pet",
                404,
                "There is no pet {id}, only {value0}",
                "There is no pet.",
                "NoSuchPet"
            ]),
            json!([
                "name_taken",
                409,
                "The name {value0} is taken",
                "The name {value0} is taken",
                "NameTaken"
            ]),
            json!([
                "broken",
                500,
                "TODO: write what the response says",
                "TODO: write what the response says",
                "Io"
            ]),
        ]
    );
    let text = draft.catalog.as_deref().unwrap();
    assert!(text.contains("      id:\n        kind: u64\n"), "{text}");
    assert_eq!(lost(&draft), [(36, "enum")]);
}

#[test]
fn equal_rows_that_share_a_code_are_one_error_of_several_operations() {
    let draft = read("same.jsonl", Format::JsonLines);
    assert_eq!(
        (draft.read(), draft.codes, draft.merged, draft.refused()),
        (3, 1, 1, 1)
    );
    let said = "duplicate code `no_such_pet`: the first is at 1, with another status";
    assert_eq!(draft.lost[0].message, said);
    let text = draft.catalog.unwrap();
    for operation in [
        "  get_pets_id:\n    method: GET\n    path: /pets/{id}\n    errors: [no_such_pet]\n",
        "  delete_pets_id:\n    method: DELETE\n    path: /pets/{id}\n    errors: [no_such_pet]\n",
    ] {
        assert!(text.contains(operation), "{text}");
    }
}

/// The section of operations of a draft.
fn operations(draft: &Import) -> &str {
    let text = draft.catalog.as_deref().unwrap();
    let (_, operations) = text.split_once("\noperations:\n").expect("operations");
    operations.split("\nlint:").next().unwrap_or(operations)
}

#[test]
fn operations_of_one_route_are_kept_by_their_names() {
    let rows = r#"{"code":"no_job","message":"No job","status":404,"operation":"StopJob","endpoint":"POST /jobs"}
{"code":"no_slot","message":"No slot","status":409,"operation":"StartJob","endpoint":"`POST /jobs`"}
{"code":"no_key","message":"No key","status":401,"operations":[{"method":"post","path":"/jobs","name":"StartJob"},{"method":"GET","path":"/keys"}]}
"#;
    let draft = drafted(Input::Text(Format::JsonLines, rows));
    assert_eq!(
        operations(&draft),
        "  StopJob:\n    method: POST\n    path: /jobs\n    \
         when: \"TODO: say what in the request tells that it is `StopJob`\"\n    errors: [no_job]\n  \
         StartJob:\n    method: POST\n    path: /jobs\n    \
         when: \"TODO: say what in the request tells that it is `StartJob`\"\n    errors: [no_slot, no_key]\n  \
         get_keys:\n    method: GET\n    path: /keys\n    errors: [no_key]\n"
    );
}

#[test]
fn an_operation_with_a_name_of_its_own_and_a_route_of_its_own_has_no_condition() {
    let rows = r#"{"code":"no_job","message":"No job","status":404,"operation":"StopJob","endpoint":"POST /jobs"}
{"code":"no_key","message":"No key","status":401,"operation":"ListKeys","endpoint":"GET /keys"}
"#;
    let draft = drafted(Input::Text(Format::JsonLines, rows));
    assert_eq!(
        operations(&draft),
        "  StopJob:\n    method: POST\n    path: /jobs\n    errors: [no_job]\n  \
         ListKeys:\n    method: GET\n    path: /keys\n    errors: [no_key]\n"
    );
}

#[test]
fn what_is_not_a_path_but_tells_operations_of_a_document_from_each_other_is_a_condition() {
    let responses = |code: &str| {
        json!({ "400": { "description": "d", "content": { "application/json": {
            "schema": { "properties": { "code": { "const": code } } } } } } })
    };
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Jobs", "version": "1.0.0" },
        "paths": {
            "/jobs?Action=Stop": { "post": { "operationId": "Stop", "responses": responses("no_job") } },
            "/jobs?Action=Start": { "post": { "responses": responses("no_slot") } },
            "/keys#Action=Add": { "post": { "operationId": "Add", "responses": responses("no_key") } },
            "/keys": { "post": { "operationId": "List", "responses": responses("no_right") } },
        },
    });
    let draft = drafted(Input::OpenApi(&document));
    let operations = operations(&draft);
    for expected in [
        "  Stop:\n    method: POST\n    path: /jobs\n    when: the query has `Action=Stop`\n    errors: [no_job]\n",
        "  post_jobs_action_start:\n    method: POST\n    path: /jobs\n    when: the query has `Action=Start`\n",
        "  Add:\n    method: POST\n    path: /keys\n    when: \"TODO: say which part of the request has `Action=Add`\"\n",
        "  List:\n    method: POST\n    path: /keys\n    when: \"TODO: say what in the request tells that it is `List`\"\n",
    ] {
        assert!(operations.contains(expected), "{operations}");
    }
}

#[test]
fn what_is_no_list_has_no_draft() {
    for (text, format) in [
        ("", Format::Markdown),
        ("Hello", Format::Markdown),
        ("{}", Format::Json),
        ("[[1], [2]]", Format::Json),
        ("syntax = \"proto3\";", Format::Proto),
        ("openapi: 3.1.0", Format::OpenApi),
    ] {
        assert_eq!(Format::of(text), format, "{text}");
        if format != Format::OpenApi {
            assert_eq!(
                import(Input::Text(format, text), OPTIONS).unwrap().catalog,
                None
            );
        }
    }
}

#[test]
fn types_of_a_page_without_codes_are_codes() {
    let page = "# Errors\n\n| Type | HTTP | Meaning |\n|-|-|-|\n| `no_pet` | 404 | There is none |\n| `broken` | 5xx | Broken |\n";
    let draft = drafted(Input::Text(Format::Markdown, page));
    let expected = [
        json!(["no_pet", 404, "There is none"]),
        json!(["broken", 500, "Broken"]),
    ];
    assert_eq!(export(&draft, &["meaning"]), expected);
}
