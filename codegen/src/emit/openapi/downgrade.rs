//! From OpenAPI 3.1 to 3.0, for tools that read only that version.
//!
//! Source: OpenAPI Specification 3.0.3, "Schema Object".

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::record::Members;

/// The document in OpenAPI 3.0.
pub(super) fn to_3_0(mut document: Value) -> Value {
    document["openapi"] = "3.0.3".into();
    let enums = Enums::of(&document);
    for path in members(&mut document["paths"]) {
        for operation in members(path) {
            of_responses(&mut operation["responses"], &enums);
        }
    }
    let components = &mut document["components"];
    members(&mut components["schemas"]).for_each(|schema| downgrade(schema, &enums));
    members(&mut components["headers"]).for_each(|header| downgrade(&mut header["schema"], &enums));
    of_responses(&mut components["responses"], &enums);
    document
}

/// The enums among the components: the type and the values of each, by the reference to it.
struct Enums(BTreeMap<String, (Value, Vec<Value>)>);

impl Enums {
    fn of(document: &Value) -> Self {
        let schemas = document["components"]["schemas"].as_object();
        let schemas = schemas.into_iter().flatten();
        let enums = schemas.filter_map(|(name, schema)| {
            let reference = format!("#/components/schemas/{name}");
            let values = schema["enum"].as_array()?.clone();
            Some((reference, (schema["type"].clone(), values)))
        });
        Self(enums.collect())
    }

    /// The type and the values of a schema that is a reference to an enum, or null.
    fn enum_or_null(&self, schema: &Members) -> Option<(Value, Vec<Value>)> {
        let [reference, null] = schema.get("anyOf")?.as_array()?.as_slice() else {
            return None;
        };
        let (kind, values) = self.0.get(reference["$ref"].as_str()?)?;
        (null["type"] == "null").then(|| (kind.clone(), values.clone()))
    }
}

/// Downgrades the schemas within responses.
fn of_responses(responses: &mut Value, enums: &Enums) {
    for response in members(responses) {
        let Some(content) = response.get_mut("content") else {
            continue;
        };
        members(content).for_each(|media_type| downgrade(&mut media_type["schema"], enums));
    }
}

/// Replaces null types and constants, in a schema and in all schemas inside it, by the keywords of 3.0.
fn downgrade(schema: &mut Value, enums: &Enums) {
    let Some(schema) = schema.as_object_mut() else {
        return;
    };
    // A reference cannot be null in 3.0, and neither can a choice that contains one.
    if let Some((kind, mut values)) = enums.enum_or_null(schema) {
        values.push(Value::Null);
        schema.shift_remove("anyOf");
        schema.insert("type".to_owned(), kind);
        schema.insert("nullable".to_owned(), true.into());
        schema.insert("enum".to_owned(), values.into());
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
    // How often a list contains an element.
    schema.shift_remove("allOf");
    if let Some(properties) = schema.get_mut("properties") {
        members(properties).for_each(|property| downgrade(property, enums));
    }
    if let Some(items) = schema.get_mut("items") {
        downgrade(items, enums);
    }
    let choices = schema.get_mut("anyOf").and_then(Value::as_array_mut);
    let choices = choices.into_iter().flatten();
    choices.for_each(|choice| downgrade(choice, enums));
}

fn members(value: &mut Value) -> impl Iterator<Item = &mut Value> {
    let members = value.as_object_mut().into_iter().flatten();
    members.map(|(_, value)| value)
}
