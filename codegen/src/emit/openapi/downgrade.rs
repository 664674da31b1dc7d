//! From OpenAPI 3.1 to 3.0, for tools that read only that version.
//!
//! Source: OpenAPI Specification 3.0.3, "Schema Object".

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::record::Members;

/// The document in OpenAPI 3.0.
pub(super) fn to_3_0(mut document: Value) -> Value {
    document["openapi"] = "3.0.3".into();
    let kinds = Kinds::of(&document);
    for path in members(&mut document["paths"]) {
        for operation in members(path) {
            of_responses(&mut operation["responses"], &kinds);
        }
    }
    let components = &mut document["components"];
    members(&mut components["schemas"]).for_each(|schema| downgrade(schema, &kinds));
    members(&mut components["headers"]).for_each(|header| downgrade(&mut header["schema"], &kinds));
    of_responses(&mut components["responses"], &kinds);
    document
}

/// The `type` of each schema among the components, by the reference to it.
struct Kinds(BTreeMap<String, Value>);

impl Kinds {
    fn of(document: &Value) -> Self {
        let schemas = document["components"]["schemas"].as_object();
        let kinds = schemas.into_iter().flatten();
        let kinds = kinds.map(|(name, schema)| {
            let reference = format!("#/components/schemas/{name}");
            (reference, schema["type"].clone())
        });
        Self(kinds.collect())
    }

    /// The reference of a schema that is a reference or null, and its type.
    fn reference_or_null(&self, schema: &Members) -> Option<(Value, Value)> {
        let [reference, null] = schema.get("anyOf")?.as_array()?.as_slice() else {
            return None;
        };
        let kind = self.0.get(reference["$ref"].as_str()?)?;
        (null["type"] == "null").then(|| (reference.clone(), kind.clone()))
    }
}

/// Downgrades the schemas within responses.
fn of_responses(responses: &mut Value, kinds: &Kinds) {
    for response in members(responses) {
        let Some(content) = response.get_mut("content") else {
            continue;
        };
        members(content).for_each(|media_type| downgrade(&mut media_type["schema"], kinds));
    }
}

/// Replaces null types and constants, in a schema and in all schemas inside it, by the keywords of 3.0.
fn downgrade(schema: &mut Value, kinds: &Kinds) {
    let Some(schema) = schema.as_object_mut() else {
        return;
    };
    // Generators do not read a choice of a reference and null. Validators require a type beside `nullable`.
    if let Some((reference, kind)) = kinds.reference_or_null(schema) {
        schema.shift_remove("anyOf");
        schema.insert("type".to_owned(), kind);
        schema.insert("nullable".to_owned(), true.into());
        schema.insert("allOf".to_owned(), json!([reference]));
        return;
    }
    if schema.get("type").is_some_and(|kind| kind == "null") {
        schema.insert("type".to_owned(), "string".into());
        schema.insert("nullable".to_owned(), true.into());
        schema.insert("enum".to_owned(), json!([null]));
    }
    let types = schema.get_mut("type").and_then(Value::as_array_mut);
    if let Some(types) = types {
        types.retain(|kind| kind != "null");
        let kind = types.pop().unwrap_or_default();
        schema.insert("type".to_owned(), kind);
        schema.insert("nullable".to_owned(), true.into());
    }
    if let Some(constant) = schema.shift_remove("const") {
        schema.insert("enum".to_owned(), json!([constant]));
    }
    if let Some(properties) = schema.get_mut("properties") {
        members(properties).for_each(|property| downgrade(property, kinds));
    }
    if let Some(items) = schema.get_mut("items") {
        downgrade(items, kinds);
    }
    let choices = schema.get_mut("anyOf").and_then(Value::as_array_mut);
    let choices = choices.into_iter().flatten();
    choices.for_each(|choice| downgrade(choice, kinds));
}

fn members(value: &mut Value) -> impl Iterator<Item = &mut Value> {
    let members = value.as_object_mut().into_iter().flatten();
    members.map(|(_, value)| value)
}
