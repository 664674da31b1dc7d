//! The schemas of lists, whose elements can differ and be left out.

use serde_json::{Value, json};

use super::Described;
use crate::record::Members;

/// The schema of a list in documents for clients: one schema for all elements, with the members of each. A choice of
/// schemas would make a client reject an element of a newer server.
pub(super) fn open(elements: Vec<Described>) -> Value {
    let mut schemas = elements.into_iter().map(|element| element.schema);
    let first = schemas.next().unwrap_or_else(|| json!({}));
    json!({ "type": "array", "items": schemas.fold(first, merged) })
}

/// A schema that admits what either of two schemas admits.
fn merged(one: Value, other: Value) -> Value {
    if one == other {
        return one;
    }
    let (Value::Object(mut one), Value::Object(other)) = (one, other) else {
        return json!({});
    };
    if one.get("type") != other.get("type") || one.get("type").is_none() {
        return json!({});
    }
    one.retain(|key, _| other.contains_key(key));
    for (key, value) in other {
        match (key.as_str(), one.get_mut(&key), value) {
            ("properties", Some(Value::Object(properties)), Value::Object(others)) => {
                for (name, schema) in others {
                    let schema = match properties.get_mut(&name) {
                        Some(own) => merged(own.take(), schema),
                        None => schema,
                    };
                    properties.insert(name, schema);
                }
            }
            ("required", Some(Value::Array(names)), Value::Array(others)) => {
                names.retain(|name| others.contains(name));
            }
            ("enum" | "x-extensible-enum", Some(Value::Array(values)), Value::Array(others)) => {
                let new: Vec<Value> = others
                    .into_iter()
                    .filter(|value| !values.contains(value))
                    .collect();
                values.extend(new);
            }
            ("items", Some(items), value) => *items = merged(items.take(), value),
            (_, Some(own), value) if *own == value => {}
            // What one of them does not require, and a text about one of them.
            _ => {
                one.shift_remove(&key);
            }
        }
    }
    one.retain(|key, value| key != "required" || !is_empty(value));
    Value::Object(one)
}

fn is_empty(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty)
}

/// The schema of a list of these elements, each once, those that are required and any of the others. It ignores their
/// order.
pub(super) fn exact(elements: Vec<Described>) -> Value {
    let required = elements.iter().filter(|element| element.is_required);
    let least = required.count();
    let most = elements.len();
    let mut counts: Vec<Count> = Vec::new();
    for element in &elements {
        let signs = signs(&element.schema);
        let least = usize::from(element.is_required);
        match counts.iter_mut().find(|count| count.signs == signs) {
            Some(count) => {
                count.least += least;
                count.most += 1;
            }
            None => counts.push(Count {
                signs,
                least,
                most: 1,
            }),
        }
    }
    let mut schemas: Vec<Value> = elements.into_iter().map(|element| element.schema).collect();
    schemas.dedup();
    let mut list = json!({ "type": "array" });
    match <[Value; 1]>::try_from(schemas) {
        Ok([schema]) => list["items"] = schema,
        // Linters require it of every list.
        Err(schemas) if schemas.is_empty() => list["items"] = json!({}),
        Err(schemas) => list["items"] = json!({ "anyOf": schemas }),
    }
    list["minItems"] = least.into();
    list["maxItems"] = most.into();
    if counts.len() > 1 {
        list["allOf"] = counts.iter().map(Count::schema).collect();
    }
    list
}

/// How often a list contains elements with the same constant members.
struct Count {
    signs: Value,
    least: usize,
    most: usize,
}

impl Count {
    fn schema(&self) -> Value {
        let Self { signs, least, most } = self;
        json!({ "contains": signs, "minContains": least, "maxContains": most })
    }
}

/// A schema that distinguishes an element from others by its constant members, if it has some.
fn signs(schema: &Value) -> Value {
    let properties = schema["properties"].as_object().into_iter().flatten();
    let constants = properties.filter(|(name, value)| {
        let required = schema["required"].as_array();
        let is_required =
            required.is_some_and(|names| names.iter().any(|one| one == name.as_str()));
        is_required && value.get("const").is_some()
    });
    let constants: Members = constants
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    if constants.is_empty() {
        return schema.clone();
    }
    let names: Vec<&str> = constants.keys().map(String::as_str).collect();
    json!({ "required": names, "properties": constants })
}
