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
    assert_eq!(
        lost,
        [
            (place("400"), "reference"),
            (place("400"), "row"),
            (place("404"), "row")
        ]
    );
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
