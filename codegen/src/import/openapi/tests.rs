//! Documents, and the sheets that they are read to.

use serde_json::json;

use super::*;

#[test]
fn codes_come_from_enums_and_from_examples() {
    let extracted = read(&json!({
        "openapi": "3.1.0",
        "info": {"title": " Pets ", "version": "1.2.0", "license": {"name": "MIT", "x": 1}, "contact": {}},
        "externalDocs": {"url": "https://a.b/errors/"},
        "servers": [{"url": "https://a.b"}],
        "paths": {
            "/pets": {"get": {"responses": {
                "200": {"description": "d", "content": {"application/json": {"example": {"code": "fine"}}}},
                "404": {"description": "There is no such pet", "content": {"application/json": {
                    "examples": {"a": {"value": {"error": {"code": "no_pet", "type": "gone", "message": "{x}"}}}}}}},
                "409": {"$ref": "#/components/responses/Taken"},
            }}},
            "/more": {"get": {"responses": {"409": {"$ref": "#/components/responses/Taken"}}}},
        },
        "components": {
            "responses": {
                "Taken": {"description": "Conflict", "content": {"application/json": {"examples": {
                    "n": {"summary": "The name is taken", "value": {"code": "taken", "detail": "Taken"}}}}}},
                "Gone": {"description": "| Code | Meaning | Fix |\n|--|--|--|\n| `no_pet` | M | F |"},
                "Odd": {"description": "4040", "content": {"application/json": {"example": {"code": "odd"}}}},
            },
            "schemas": {
                "Error_Codes": {"anyOf": [
                    {"const": "by_const", "description": "Of a choice"},
                    {"enum": ["by_enum"], "x-enum-varnames": ["ByList"], "x-enum-descriptions": ["Of a list"]},
                    {"type": "string"}, {"$ref": "#/components/schemas/Error_Codes"},
                ]},
                "PetError": {"properties": {"code": {"x-extensible-enum": ["open"]}, "type": {"enum": ["gone"]}}},
                "Pet": {"properties": {"code": {"enum": ["colour"]}}},
            },
        },
    }));
    let wires: Vec<_> = extracted.rows.iter().map(|row| row.code.wire()).collect();
    assert_eq!(wires, ["by_const", "by_enum", "open", "no_pet", "taken"]);
    let row = |wire: &str| {
        extracted
            .rows
            .iter()
            .find(|row| row.code.wire() == wire)
            .unwrap()
    };
    assert_eq!(row("by_const").meaning.as_deref(), Some("Of a choice"));
    assert_eq!(row("by_enum").constant.as_deref(), Some("ByList"));
    let no_pet = row("no_pet");
    assert_eq!(no_pet.status.map(Status::get), Some(404));
    assert_eq!(no_pet.meaning.as_deref(), Some("There is no such pet"));
    assert_eq!(no_pet.fix.as_deref(), Some("F"));
    assert_eq!(
        no_pet.undecided,
        ["the code comes with 404 and with 410: 404 is taken"]
    );
    assert_eq!(no_pet.braces, Braces::Text);
    assert_eq!(row("taken").status.map(Status::get), Some(409));
    assert_eq!(row("taken").meaning.as_deref(), Some("The name is taken"));
    assert_eq!(extracted.api.title.as_deref(), Some("Pets"));
    assert_eq!(
        extracted.api.docs_url.as_deref(),
        Some("https://a.b/errors")
    );
    let keys: Vec<_> = extracted.api.sections.iter().map(|(key, _)| *key).collect();
    assert_eq!(keys, ["license", "servers"]);
    assert_eq!(extracted.types[0].name, "gone");
}

#[test]
fn references_in_a_circle_end() {
    let circle = json!({"$ref": "#/components/schemas/ErrorCode"});
    let choices = json!({"anyOf": vec![json!({"oneOf": vec![circle.clone(); 300]}); 300]});
    let document = json!({"components": {"schemas": {"ErrorCode": choices, "Error": circle}}});
    assert!(read(&document).rows.is_empty());
    assert!(read(&json!(null)).rows.is_empty());
}
