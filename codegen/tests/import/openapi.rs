//! Documents of OpenAPI in which bodies name their codes in many ways.

use codegen::import::{Import, Input};
use serde_json::{Value, json};

use crate::{drafted, text};

fn document(responses: &Value, schemas: &Value) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Pets", "version": "1.0.0" },
        "paths": { "/pets/{id}": { "get": { "operationId": "getPet", "responses": responses } } },
        "components": { "schemas": schemas },
    })
}

fn body(schema: &Value) -> Value {
    json!({ "description": "d", "content": { "application/json": { "schema": schema } } })
}

fn codes(draft: &Import) -> Vec<(String, String)> {
    let catalog: Value = serde_yaml::from_str(text(draft)).unwrap();
    let of_type = |code: &Value| catalog["types"][code["type"].as_str().unwrap()]["status"].clone();
    let codes = catalog["codes"].as_object().unwrap().iter();
    let codes = codes.map(|(name, code)| {
        let status = code.get("status").cloned().unwrap_or_else(|| of_type(code));
        let status = status
            .as_array()
            .map_or(status.clone(), |all| all[0].clone());
        (name.clone(), status.to_string())
    });
    codes.collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    let expected = expected.iter();
    expected
        .map(|(name, status)| ((*name).to_owned(), (*status).to_owned()))
        .collect()
}

#[test]
fn every_way_to_name_a_code_is_read_with_the_status_of_the_response() {
    let responses = json!({
        "200": body(&json!({ "properties": { "code": { "const": "fine" } } })),
        "400": body(&json!({ "allOf": [{ "$ref": "#/components/schemas/Base" }, { "properties": { "code": { "enum": ["bad_id", "bad_name"] } } }] })),
        "401": body(&json!({ "properties": { "error": { "properties": { "errorCode": { "example": "no_key" } } } } })),
        "403": body(&json!({ "oneOf": [{ "properties": { "reason": { "const": "not_yours" } } }, { "properties": { "reason": { "default": "locked" } } }] })),
        "409": body(&json!({ "properties": { "errors": { "type": "array", "items": { "properties": { "error_code": { "anyOf": [{ "enum": ["taken"] }, { "type": "null" }] } } } } } })),
        "422": { "description": "d", "content": { "application/json": { "example": { "error": "invalid_grant", "error_description": "No grant" } } } },
        "429": body(&json!({ "properties": { "detail": { "type": "string" }, "type": { "example": "https://a.b/problems/too-many" } } })),
        "5XX": body(&json!({ "properties": { "code": { "enum": ["broken"] } } })),
    });
    let draft = drafted(Input::OpenApi(&document(
        &responses,
        &json!({ "Base": { "properties": { "message": {} } } }),
    )));
    let expected = pairs(&[
        ("bad_id", "400"),
        ("bad_name", "400"),
        ("no_key", "401"),
        ("not_yours", "403"),
        ("locked", "403"),
        ("taken", "409"),
        ("invalid_grant", "422"),
        ("too-many", "429"),
        ("broken", "500"),
    ]);
    let mut found = codes(&draft);
    let mut sorted = expected;
    found.sort();
    sorted.sort();
    assert_eq!(found, sorted, "{}", text(&draft));
    assert_eq!(draft.lost, []);
    assert!(
        text(&draft).contains("  getPet:\n    method: GET\n    path: /pets/{id}\n"),
        "{}",
        text(&draft)
    );
}

#[test]
fn a_body_without_a_code_and_a_reference_out_of_the_document_are_reported() {
    let responses = json!({
        "404": { "description": "Not found" },
        "400": body(&json!({ "$ref": "errors.yaml#/Bad" })),
        "409": body(&json!({ "properties": { "code": { "enum": [409, 4091] } } })),
    });
    let draft = drafted(Input::OpenApi(&document(&responses, &json!({}))));
    assert_eq!(codes(&draft), pairs(&[("4091", "409")]));
    let lost: Vec<_> = draft
        .lost
        .iter()
        .map(|lost| (lost.place.to_string(), lost.part.noun()))
        .collect();
    let place = |status: &str| format!("paths./pets/{{id}}.get.responses.{status}");
    assert_eq!(lost, [(place("400"), "reference"), (place("404"), "row")]);
}

#[test]
fn documents_of_version_2_are_read_as_those_of_version_3() {
    let draft = drafted(Input::OpenApi(&json!({
        "swagger": "2.0",
        "info": { "title": "Pets", "version": "1.0.0" },
        "host": "a.b",
        "basePath": "/v1",
        "paths": { "/pets": { "post": { "responses": {
            "400": { "description": "d", "schema": { "$ref": "#/definitions/Failure" } },
            "409": { "$ref": "#/responses/Taken" },
        } } } },
        "definitions": { "Failure": { "properties": { "code": { "enum": ["bad_name"] } } } },
        "responses": { "Taken": { "description": "d", "examples": { "application/json": { "code": "taken", "message": "Taken" } } } },
    })));
    assert_eq!(
        codes(&draft),
        pairs(&[("bad_name", "400"), ("taken", "409")])
    );
    assert_eq!(draft.lost, []);
    assert!(text(&draft).contains("https://a.b/v1"), "{}", text(&draft));
}

#[test]
fn a_body_names_its_error_by_issues_and_by_a_name() {
    let issue = |code: &str, text: &str| json!({ "properties": { "issue": { "enum": [code] }, "description": { "enum": [text] } } });
    let details = json!({ "type": "array", "items": { "anyOf": [issue("NO_BOWL", "The dog has no bowl."), issue("NO_DOG", "There is no dog.")] } });
    let named = |name: &str| json!({ "properties": { "name": { "enum": [name] }, "message": { "enum": ["It is so."] }, "details": { "type": "array" } } });
    let responses = json!({
        "401": body(&named("NOT_ALLOWED")),
        "404": { "description": "d", "content": { "application/json": { "example": { "err_code": "LOST", "err_msg": "It is lost" } } } },
        "422": body(&json!({ "allOf": [named("UNFIT"), { "properties": { "details": details } }] })),
    });
    let draft = drafted(Input::OpenApi(&document(&responses, &json!({}))));
    let expected = [
        ("NOT_ALLOWED", "401"),
        ("LOST", "404"),
        ("UNFIT", "422"),
        ("NO_BOWL", "422"),
        ("NO_DOG", "422"),
    ];
    assert_eq!(codes(&draft), pairs(&expected));
    let catalog: Value = serde_yaml::from_str(text(&draft)).unwrap();
    assert_eq!(
        catalog["codes"]["NO_BOWL"]["meaning"],
        "The dog has no bowl."
    );
    assert_eq!(catalog["codes"]["UNFIT"]["meaning"], "It is so.");
    assert_eq!(draft.lost, []);
}

#[test]
fn a_list_of_codes_in_responses_of_several_statuses_gives_none() {
    let schemas = json!({
        "Any": { "properties": { "code": { "enum": ["no_bowl", "no_dog"] } } },
        "Numbered": { "properties": { "code": { "type": "integer", "example": 404 } } },
    });
    let any = || body(&json!({ "$ref": "#/components/schemas/Any" }));
    let mut missing = any();
    missing["content"]["application/json"]["example"] = json!({ "code": "no_dog" });
    let responses = json!({
        "400": any(),
        "404": missing,
        "409": body(&json!({ "$ref": "#/components/schemas/Numbered" })),
    });
    let draft = drafted(Input::OpenApi(&document(&responses, &schemas)));
    assert_eq!(
        codes(&draft),
        pairs(&[("no_bowl", "400"), ("no_dog", "404")])
    );
    let asked = |what: &str| {
        draft
            .undecided
            .iter()
            .filter(|note| note.message.contains(what))
            .count()
    };
    assert_eq!(asked("responses of several statuses"), 1);
    assert_eq!(draft.lost.len(), 1, "{:?}", draft.lost);
}

#[test]
fn a_description_of_two_codes_is_the_meaning_of_neither() {
    let response = |code: &str, description: &str| json!({ "description": description, "content": { "application/json": { "example": { "error": code } } } });
    let responses = json!({
        "400": response("bad_id", "A typical error"),
        "404": response("no_dog", "A typical error"),
        "409": response("taken", "The bowl is taken"),
    });
    let draft = drafted(Input::OpenApi(&document(&responses, &json!({}))));
    let catalog: Value = serde_yaml::from_str(text(&draft)).unwrap();
    let meanings =
        ["bad_id", "no_dog", "taken"].map(|code| catalog["codes"][code]["meaning"].clone());
    assert_eq!(
        meanings,
        [Value::Null, Value::Null, json!("The bowl is taken")]
    );
}

#[test]
fn a_part_of_a_document_has_errors_without_operations() {
    let part = "components:\n  responses:\n    NoDogError:\n      description: There is no dog\n      content:\n        application/json:\n          \
        schema:\n            allOf:\n              - $ref: \"#/components/schemas/Base\"\n              - properties:\n                  code: { enum: [no_dog] }\n  \
        schemas:\n    Base: { type: object }\n";
    assert_eq!(
        codegen::import::Format::of(part),
        codegen::import::Format::OpenApi
    );
    let part: Value = serde_yaml::from_str(part).unwrap();
    let draft = drafted(Input::OpenApi(&part));
    assert_eq!(codes(&draft), pairs(&[("no_dog", "400")]));
}

/// The places and the parts of what is missing, with the messages.
fn lost(draft: &Import) -> Vec<(String, &str, &str)> {
    let lost = draft.lost.iter();
    let lost = lost.map(|lost| (lost.place.to_string(), lost.part.noun(), &*lost.message));
    lost.collect()
}

fn example(media_type: &str, example: &Value) -> Value {
    json!({ "description": "d", "content": { (media_type): { "example": example } } })
}

#[test]
fn each_error_of_an_example_is_one() {
    let responses = json!({
        "404": example("application/json", &json!({ "errors": [
            { "code": "one", "message": "First" }, { "code": "two", "message": "Second" },
        ] })),
        "409": example("application/json", &json!([{ "code": "three" }, { "code": "four" }])),
        "400": example("application/vnd.api+json", &json!({ "errors": [
            { "status": "400", "code": "five", "title": "t", "detail": "Fifth" },
            { "status": "400", "code": "six", "title": "t", "detail": "Sixth" },
        ] })),
        "410": example("application/json", &json!({ "errors": [
            { "message": "Seventh", "extensions": { "code": "SEVEN" } },
            { "message": "Eighth", "extensions": { "code": "EIGHT" } },
        ] })),
        "422": example("application/json", &json!({ "data": { "error": { "code": "nine", "message": "Ninth" } } })),
        "500": example("application/json", &json!({ "code": "ten", "errors": [{ "code": "a" }, { "code": "b" }] })),
    });
    let draft = drafted(Input::OpenApi(&document(&responses, &json!({}))));
    let mut found = codes(&draft);
    found.sort();
    let expected = pairs(&[
        ("EIGHT", "410"),
        ("SEVEN", "410"),
        ("five", "400"),
        ("four", "409"),
        ("nine", "422"),
        ("one", "404"),
        ("six", "400"),
        ("ten", "500"),
        ("three", "409"),
        ("two", "404"),
    ]);
    assert_eq!(found, expected, "{}", text(&draft));
    assert_eq!(draft.lost, []);
    for message in ["First", "Second", "Fifth", "Sixth", "Eighth", "Ninth"] {
        assert!(
            text(&draft).contains(&format!("message: {message}\n")),
            "{message}"
        );
    }
}

#[test]
fn schemas_name_codes_below_extensions_and_data_and_messages_beside_them() {
    let responses = json!({
        "409": body(&json!({ "properties": { "errors": { "items": { "properties": { "extensions": { "properties": { "code": { "enum": ["gql"] } } } } } } } })),
        "410": body(&json!({ "properties": { "data": { "properties": { "error": { "properties": { "code": { "const": "deep" } } } } } } })),
        "404": body(&json!({ "properties": { "code": { "default": "x" }, "message": { "type": "string", "example": "Message {x}" } } })),
        "400": body(&json!({ "properties": { "code": { "enum": ["a", "b"] }, "message": { "example": "Of one of them" } } })),
    });
    let draft = drafted(Input::OpenApi(&document(&responses, &json!({}))));
    let expected = pairs(&[
        ("gql", "409"),
        ("deep", "410"),
        ("x", "404"),
        ("a", "400"),
        ("b", "400"),
    ]);
    let (mut found, mut expected) = (codes(&draft), expected);
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    assert!(
        text(&draft).contains("message: Message {{x}}\n"),
        "{}",
        text(&draft)
    );
    assert!(!text(&draft).contains("Of one of them"));
}

#[test]
fn the_type_of_a_problem_is_a_code_whatever_else_the_body_has() {
    let problem = "application/problem+json";
    let with_schema = |schema: &Value| json!({ "description": "d", "content": { (problem): { "schema": schema } } });
    let mut bare = with_schema(&json!({ "type": "object" }));
    bare["content"][problem]["example"] =
        json!({ "type": "https://e.com/problems/out-of-stock", "title": "Out", "status": 500 });
    let responses = json!({
        "500": bare,
        "404": with_schema(&json!({ "properties": { "type": { "example": "https://e.com/problems/no-pet" } } })),
        "409": { "description": "d", "content": { (problem): { "examples": { "a": { "value": { "type": "urn:problems:taken", "title": "T" } } } } } },
        "400": body(&json!({ "properties": { "type": { "enum": ["invalid", 7] }, "code": { "const": "own" } } })),
    });
    let draft = drafted(Input::OpenApi(&document(&responses, &json!({}))));
    let mut found = codes(&draft);
    found.sort();
    let expected = pairs(&[
        ("no-pet", "404"),
        ("out-of-stock", "500"),
        ("own", "400"),
        ("taken", "409"),
    ]);
    assert_eq!(found, expected, "{}", text(&draft));
    assert!(text(&draft).contains("x-problem-type: https://e.com/problems/out-of-stock\n"));
    assert_eq!(draft.lost, []);
}

#[test]
fn responses_that_no_path_has_are_read_and_examples_elsewhere_are_skipped() {
    let response = |code: &str| example("application/json", &json!({ "code": code }));
    let mut document = document(
        &json!({
            "200": { "$ref": "#/components/responses/Fine" },
            "404": { "$ref": "#/components/responses/Missing" },
            "400": { "description": "d", "content": { "application/json": { "examples": {
                "a": { "value": { "code": "bad" } }, "b": { "externalValue": "./b.json" },
            } } } },
        }),
        &json!({}),
    );
    document["components"]["responses"] = json!({
        "Fine": response("fine"), "Missing": response("missing"), "Unused": response("unused"), "Page": { "description": "d" },
    });
    document["webhooks"] =
        json!({ "born": { "post": { "responses": { "409": response("known") } } } });
    document["paths"]["/pets/{id}"]["get"]["callbacks"] = json!({ "moved": { "{$request.body#/url}": { "post": { "responses": { "200": response("ok"), "410": response("gone") } } } } });
    let draft = drafted(Input::OpenApi(&document));
    let mut found: Vec<String> = codes(&draft).into_iter().map(|(name, _)| name).collect();
    found.sort();
    assert_eq!(found, ["bad", "gone", "known", "missing", "unused"]);
    assert!(
        text(&draft).contains("    errors: [missing, bad]\n")
            || text(&draft).contains("    errors: [bad, missing]\n"),
        "{}",
        text(&draft)
    );
    let place = "paths./pets/{id}.get.responses.400.b".to_owned();
    let why = "the reference `./b.json` leads out of the document: bundle the document first";
    assert_eq!(lost(&draft), [(place, "reference", why)]);
}

#[test]
fn a_response_without_a_code_is_told_with_its_reason_and_place() {
    let responses = json!({
        "503": { "$ref": "./other.yaml#/x" },
        "504": { "$ref": "#/components/responses/Gone" },
        "500": body(&json!({ "properties": { "code": { "enum": [500] } } })),
        "409": body(&json!({ "properties": { "code": { "const": "taken" } } })),
    });
    let draft = drafted(Input::OpenApi(&document(&responses, &json!({}))));
    let place = |status: &str| format!("paths./pets/{{id}}.get.responses.{status}");
    let repeats =
        "the response is one of an error, but the code in its body only repeats the status";
    let out =
        "the reference `./other.yaml#/x` leads out of the document: bundle the document first";
    let nothing = "the reference `#/components/responses/Gone` leads to nothing in the document";
    assert_eq!(
        lost(&draft),
        [
            (place("500"), "row", repeats),
            (place("503"), "reference", out),
            (place("504"), "reference", nothing),
        ]
    );
}
