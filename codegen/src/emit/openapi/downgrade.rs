//! From OpenAPI 3.1 to 3.0, for tools that read no other.
//!
//! Source: OpenAPI Specification 3.0.3, "Schema Object".

use serde_json::Value;

/// The document in OpenAPI 3.0.
pub(super) fn to_3_0(mut document: Value) -> Value {
    document["openapi"] = "3.0.3".into();
    let components = &mut document["components"];
    for (_, schema) in members(&mut components["schemas"]) {
        downgrade(schema);
    }
    for (_, header) in members(&mut components["headers"]) {
        downgrade(&mut header["schema"]);
    }
    document
}

/// Says in the words of 3.0 that a value may be null, in a schema and in all schemas inside it.
fn downgrade(schema: &mut Value) {
    let Some(schema) = schema.as_object_mut() else {
        return;
    };
    let kinds = schema.get_mut("type").and_then(Value::as_array_mut);
    if let Some(kinds) = kinds {
        kinds.retain(|kind| kind != "null");
        let kind = kinds.pop().unwrap_or_default();
        schema.insert("type".to_owned(), kind);
        schema.insert("nullable".to_owned(), true.into());
    }
    if let Some(properties) = schema.get_mut("properties") {
        for (_, property) in members(properties) {
            downgrade(property);
        }
    }
    if let Some(items) = schema.get_mut("items") {
        downgrade(items);
    }
}

fn members(value: &mut Value) -> impl Iterator<Item = (&String, &mut Value)> {
    value.as_object_mut().into_iter().flatten()
}
