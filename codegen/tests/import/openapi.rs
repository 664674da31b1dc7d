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
