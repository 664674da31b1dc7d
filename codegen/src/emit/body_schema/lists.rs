//! The schemas of lists, whose elements can differ and be left out.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Described;
use crate::record::Members;
use crate::unord_map::UnordMap;

/// The schema of a list in documents for clients: one schema for all elements, with the members of each. A choice of
/// schemas would make a client reject an element of a newer server.
pub(super) fn open(elements: Vec<Described>) -> Value {
    let mut elements = elements.into_iter();
    let first = elements
        .next()
        .map_or_else(|| json!({}), |first| first.schema);
    let items = elements.fold(first, |schema, element| {
        // A fault has the members of an error, whose descriptions stay.
        let keeps: &[&str] = if element.repeats {
            &["description", "x-extensible-enum"]
        } else {
            &[]
        };
        merged(schema, element.schema, keeps)
    });
    json!({ "type": "array", "items": items })
}

/// A schema that admits what either of two schemas admits. It keeps these annotations of the first one.
fn merged(one: Value, other: Value, keeps: &[&str]) -> Value {
    if one == other {
        return one;
    }
    let (Value::Object(mut one), Value::Object(other)) = (one, other) else {
        return json!({});
    };
    if one.get("type") != other.get("type") || one.get("type").is_none() {
        return json!({});
    }
    one.retain(|key, _| other.contains_key(key) || keeps.contains(&key.as_str()));
    for (key, value) in other {
        match (key.as_str(), one.get_mut(&key), value) {
            ("properties", Some(Value::Object(properties)), Value::Object(others)) => {
                for (name, schema) in others {
                    let schema = match properties.get_mut(&name) {
                        Some(own) => merged(own.take(), schema, keeps),
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
            ("items", Some(items), value) => *items = merged(items.take(), value, keeps),
            (_, Some(own), value) if *own == value => {}
            (name, Some(_), _) if keeps.contains(&name) => {}
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
    let repeating = elements.iter().find(|element| element.repeats);
    let repeating = repeating.map(|element| element.schema.clone());
    let most = repeating.is_none().then_some(elements.len());
    let mut counts: Vec<Count> = Vec::new();
    let mut places: UnordMap<Value, usize> = UnordMap::default();
    for element in &elements {
        // A fault can have the signs of an error.
        let signs = match repeating {
            Some(_) => element.schema.clone(),
            None => signs(&element.schema),
        };
        let least = usize::from(element.is_required);
        let place = places.get(&signs).copied();
        match place.and_then(|place| counts.get_mut(place)) {
            Some(count) => {
                count.least += least;
                count.most += 1;
            }
            None => {
                places.insert(signs.clone(), counts.len());
                counts.push(Count {
                    signs,
                    least,
                    most: 1,
                });
            }
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
    if let Some(most) = most {
        list["maxItems"] = most.into();
    }
    if counts.len() > 1 {
        let schemas = counts.iter().filter_map(|count| match &repeating {
            Some(schema) if can_be(schema, &count.signs) => count.at_least(),
            _ => Some(count.schema()),
        });
        let schemas: Vec<Value> = schemas.collect();
        if !schemas.is_empty() {
            list["allOf"] = schemas.into();
        }
    }
    list
}

/// How often a list contains elements with the same constant members or the same schema.
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

    /// The same for a list that can contain any number of them.
    fn at_least(&self) -> Option<Value> {
        let Self { signs, least, .. } = self;
        (*least > 0).then(|| json!({ "contains": signs, "minContains": least }))
    }
}

/// Whether a value can fit both of these schemas of objects, which admit no other members.
fn can_be(one: &Value, other: &Value) -> bool {
    let has_all = |schema: &Value, required: &Value| {
        let names = required.as_array().into_iter().flatten();
        let mut names = names.filter_map(Value::as_str);
        names.all(|name| schema["properties"].get(name).is_some())
    };
    has_all(one, &other["required"]) && has_all(other, &one["required"])
}

/// A schema that distinguishes an element from others by its constant members, if it has some.
fn signs(schema: &Value) -> Value {
    let properties = schema["properties"].as_object().into_iter().flatten();
    let required = schema["required"].as_array().into_iter().flatten();
    let required: BTreeSet<&str> = required.filter_map(Value::as_str).collect();
    let constants = properties
        .filter(|(name, value)| required.contains(name.as_str()) && value.get("const").is_some());
    let constants: Members = constants
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    if constants.is_empty() {
        return schema.clone();
    }
    let names: Vec<&str> = constants.keys().map(String::as_str).collect();
    json!({ "required": names, "properties": constants })
}
