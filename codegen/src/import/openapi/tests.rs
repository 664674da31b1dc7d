//! Documents, and the sheets that they are read to.

use serde_json::{Map, json};

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
    assert_eq!(
        wires,
        ["by_const", "by_enum", "open", "no_pet", "taken", "odd"]
    );
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

/// The notes about the bodies of a document, each with its place, and the styles.
fn bodies(document: &Value) -> (Vec<String>, Vec<(String, String)>) {
    let extracted = read(document);
    let notes = extracted.undecided.into_iter();
    let notes = notes.map(|note| (note.place.to_string(), note.message));
    (extracted.api.styles, notes.collect())
}

/// A document with one response.
fn with_content(content: &Value) -> Value {
    json!({"paths": {"/pets": {"get": {"responses": {
        "404": {"description": "There is no such pet", "content": content},
    }}}}})
}

#[test]
fn a_body_with_the_places_of_a_built_in_shape_has_its_style_whatever_its_name() {
    let string = json!({"type": "string"});
    let object = |members: &[(&str, &Value)]| json!({"properties": members.iter().copied().collect::<std::collections::BTreeMap<_, _>>()});
    let openai = object(&[(
        "error",
        &object(&[
            ("message", &string),
            ("type", &string),
            ("code", &string),
            ("param", &string),
        ]),
    )]);
    let anthropic = object(&[
        ("type", &string),
        ("error", &object(&[("type", &string), ("message", &string)])),
    ]);
    let google = json!({"allOf": [object(&[("error", &json!({"allOf": [
        object(&[("code", &string), ("message", &string)]),
        object(&[("status", &string), ("details", &json!({"items": object(&[("@type", &string), ("reason", &string)])}))]),
    ]}))])]});
    for (schema, style) in [
        (&openai, "openai"),
        (&anthropic, "anthropic"),
        (&google, "google"),
    ] {
        for media_type in ["application/json", "Application/JSON; charset=utf-8", "*/*"] {
            let content = json!({ (media_type): { "schema": schema } });
            assert_eq!(
                bodies(&with_content(&content)),
                (vec![style.to_owned()], vec![])
            );
        }
    }
    let alternatives = json!({"application/json": {"schema": {"oneOf": [anthropic, openai]}}});
    let (styles, notes) = bodies(&with_content(&alternatives));
    assert_eq!(
        (styles, notes),
        (vec!["anthropic".to_owned(), "openai".to_owned()], vec![])
    );
}

#[test]
fn a_body_without_a_style_is_reported_with_its_place() {
    let place = "paths./pets.get.responses.404";
    let string = json!({"type": "string"});
    let reported = |media_type: &str, content: Value| {
        let (styles, notes) = bodies(&with_content(&json!({ (media_type): content })));
        let places = notes.iter().map(|(place, _)| place.as_str());
        assert_eq!(places.collect::<Vec<_>>(), vec![place; notes.len()]);
        let notes = notes.into_iter().map(|(_, note)| note);
        (styles, notes.collect::<Vec<_>>())
    };
    let own = "the body of `application/json` is not that of a built-in style: describe it in `envelope.shapes`";
    let schema = json!({"schema": {"properties": {"code": string, "text": string}}});
    assert_eq!(
        reported("application/json", schema.clone()),
        (vec![], vec![own.to_owned()])
    );
    let example = json!({"example": {"code": "no_pet", "text": "There is no pet"}});
    assert_eq!(
        reported("application/json", example),
        (vec![], vec![own.to_owned()])
    );
    let vendor = own.replace("/json", "/vnd.pets+json");
    assert_eq!(
        reported("application/vnd.pets+json", schema),
        (vec![], vec![vendor])
    );
    let nothing = "the document does not describe the body of `application/json`: choose the style";
    for content in [json!({}), json!({"schema": {"$ref": "errors.yaml#/Error"}})] {
        assert_eq!(
            reported("application/json", content),
            (vec![], vec![nothing.to_owned()])
        );
    }
    let page = "the draft does not have the body of `text/html`, which is not JSON";
    assert_eq!(
        reported("text/html", json!({})),
        (vec![], vec![page.to_owned()])
    );
    let problem = json!({"schema": {"properties": {"type": string, "title": string, "balance": {"properties": {"of": string}}}}});
    let balance = "the style `problem` has no `balance` in the body of `application/problem+json`: describe the body in `envelope.shapes`";
    assert_eq!(
        reported("application/problem+json", problem),
        (vec!["problem".to_owned()], vec![balance.to_owned()])
    );
    assert_eq!(
        reported("application/problem+json", json!({})),
        (vec!["problem".to_owned()], vec![])
    );
}

#[test]
fn each_body_is_reported_once() {
    let body = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Fault"}}});
    let response = |status: u16| {
        (
            status.to_string(),
            json!({"description": "d", "content": body}),
        )
    };
    let responses: Map<String, Value> = [400, 404, 409].map(response).into_iter().collect();
    let document = json!({
        "paths": {"/a": {"get": {"responses": responses}, "put": {"responses": responses}}},
        "components": {"schemas": {"Fault": {"properties": {"text": {"type": "string"}}}}},
    });
    assert_eq!(bodies(&document).1.len(), 1);
}

#[test]
fn a_code_is_read_where_the_style_has_it() {
    let content = json!({"application/json": {"examples": {"a": {"value": {"error": {
        "code": 404, "message": "There is no pet 7", "status": "NOT_FOUND",
        "details": [
            {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [{"field": "pet_id", "description": "d"}]},
            {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "NO_PET", "domain": "pets.example.com"},
        ],
    }}}}}});
    let extracted = read(&with_content(&content));
    assert_eq!(extracted.api.styles, ["google"]);
    let [row] = &extracted.rows[..] else {
        panic!("{}", extracted.rows.len());
    };
    assert_eq!(row.code.wire(), "NO_PET");
    assert_eq!(row.error_type.as_deref(), Some("NOT_FOUND"));
    assert_eq!(row.message.as_deref(), Some("There is no pet 7"));
    assert_eq!(row.stated.get("param"), Some(&json!("pet_id")));
}

#[test]
fn a_shape_that_no_catalog_can_have_is_not_taken() {
    let shape = |name: &str, body: Value| json!({"x-shape": {"name": name, "body": body}, "properties": {"code": {}}});
    let document = json!({
        "paths": {"/a": {"get": {"responses": {"400": {"content": {
            "application/json": {"schema": {"anyOf": [
                {"$ref": "#/components/schemas/Good"}, {"$ref": "#/components/schemas/Bad"},
                {"$ref": "#/components/schemas/Taken"},
            ]}},
        }}}}}},
        "components": {"schemas": {
            "Good": shape("acme", json!({"code": "$code", "text": "$message"})),
            "Bad": shape("bad", json!({"code": "$code"})),
            "Taken": shape("openai", json!({"code": "$code", "text": "$message"})),
            "Unused": shape("unused", json!({"code": "$code", "text": "$message"})),
        }},
    });
    let extracted = read(&document);
    assert_eq!(extracted.api.styles, ["acme"]);
    let shapes = json!({"acme": {"body": {"code": "$code", "text": "$message"}}});
    assert_eq!(Value::from(extracted.api.shapes), shapes);
    assert_eq!(extracted.undecided.len(), 1);
}
