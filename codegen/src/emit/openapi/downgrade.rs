//! From OpenAPI 3.1 to 3.0, for tools that read only that version.
//!
//! Source: OpenAPI Specification 3.0.3, "Schema Object".

use serde_json::{Value, json};

/// The document in OpenAPI 3.0.
pub(super) fn to_3_0(mut document: Value) -> Value {
    document["openapi"] = "3.0.3".into();
    for path in members(&mut document["paths"]) {
        for operation in members(path) {
            of_responses(&mut operation["responses"]);
        }
    }
    let components = &mut document["components"];
    members(&mut components["schemas"]).for_each(downgrade);
    members(&mut components["headers"]).for_each(|header| downgrade(&mut header["schema"]));
    of_responses(&mut components["responses"]);
    document
}

/// Downgrades the schemas within responses.
fn of_responses(responses: &mut Value) {
    for response in members(responses) {
        let Some(content) = response.get_mut("content") else {
            continue;
        };
        members(content).for_each(|media_type| downgrade(&mut media_type["schema"]));
    }
}

/// Replaces null types and constants, in a schema and in all schemas inside it, by the keywords of 3.0.
fn downgrade(schema: &mut Value) {
    let Some(schema) = schema.as_object_mut() else {
        return;
    };
    if schema.get("type").is_some_and(|kind| kind == "null") {
        schema.insert("type".to_owned(), "string".into());
        schema.insert("nullable".to_owned(), true.into());
        schema.insert("enum".to_owned(), json!([null]));
    }
    let kinds = schema.get_mut("type").and_then(Value::as_array_mut);
    if let Some(kinds) = kinds {
        kinds.retain(|kind| kind != "null");
        let kind = kinds.pop().unwrap_or_default();
        schema.insert("type".to_owned(), kind);
        schema.insert("nullable".to_owned(), true.into());
    }
    if let Some(constant) = schema.shift_remove("const") {
        schema.insert("enum".to_owned(), json!([constant]));
    }
    if let Some(properties) = schema.get_mut("properties") {
        members(properties).for_each(downgrade);
    }
    if let Some(items) = schema.get_mut("items") {
        downgrade(items);
    }
    let choices = schema.get_mut("anyOf").and_then(Value::as_array_mut);
    choices.into_iter().flatten().for_each(downgrade);
}

fn members(value: &mut Value) -> impl Iterator<Item = &mut Value> {
    let members = value.as_object_mut().into_iter().flatten();
    members.map(|(_, value)| value)
}
