//! The values of YAML files, and changes of them.

use serde_json::{Map, Value};

use crate::edit::Change;
use crate::source::Source;
use crate::span::SourceId;
use crate::yaml::node::{Node, Scalar, Style, Value as Content};
use crate::yaml::parse;

/// The root of a file; the first problem if it cannot be read.
pub(super) fn read(source: &Source) -> Result<Map<String, Value>, String> {
    if let Some(defect) = source.defect(SourceId(0)) {
        return Err(defect.message);
    }
    let (node, found) = parse(SourceId(0), source.text());
    if let Some(first) = found.into_iter().next() {
        return Err(first.message);
    }
    match node.map(|node| of_node(&node)) {
        Some(Value::Object(root)) => Ok(root),
        Some(_) => Err("expected a mapping".to_owned()),
        None => Err("the file is empty".to_owned()),
    }
}

/// The value of a node.
pub(super) fn of_node(node: &Node<'_>) -> Value {
    match &node.value {
        Content::Scalar(scalar) => of_scalar(scalar),
        Content::List(items) => items.iter().map(of_node).collect(),
        Content::Map(entries) => {
            let entries = entries.iter();
            let entries = entries.map(|entry| (entry.key.text.to_string(), of_node(&entry.value)));
            Value::Object(entries.collect())
        }
        Content::Refused => Value::Null,
    }
}

/// A scalar as the core schema of YAML 1.2 reads it.
pub(in super::super) fn of_scalar(scalar: &Scalar<'_>) -> Value {
    let text = scalar.text.as_ref();
    if scalar.style != Style::Plain {
        return text.into();
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => true.into(),
        "false" | "False" | "FALSE" => false.into(),
        // A number as JSON writes it; another one, such as 007, is a name.
        _ => match serde_json::from_str(text) {
            Ok(Value::Number(number)) => number.into(),
            _ => text.into(),
        },
    }
}

/// All files of a catalog as one value: a section of several files has the entries of all of them.
pub(super) fn whole(sources: &[Source]) -> Result<Map<String, Value>, String> {
    let mut all = Map::new();
    for source in sources {
        for (name, value) in read(source)? {
            match (all.get_mut(&name), value) {
                (Some(Value::Object(known)), Value::Object(more)) => known.extend(more),
                (_, value) => {
                    all.insert(name, value);
                }
            }
        }
    }
    Ok(all)
}

/// Changes a value as [`crate::edit::apply`] changes the files.
pub(super) fn apply(root: &mut Map<String, Value>, change: &Change) {
    match change {
        Change::Set { path, value } => {
            if let Some(place) = place(root, path) {
                *place = value.clone();
            }
        }
        Change::Append { path, items } => {
            if let Some(place) = place(root, path) {
                match place {
                    Value::Array(known) => known.extend(items.iter().cloned()),
                    other => *other = Value::Array(items.clone()),
                }
            }
        }
        Change::Insert {
            section,
            name,
            value,
            ..
        } => {
            if let Some(place) = place(root, &[section.clone(), name.clone()]) {
                *place = value.clone();
            }
        }
        Change::Remove { path } => {
            if let Some((key, parent)) = path.split_last()
                && let Some(Value::Object(members)) = place(root, parent)
            {
                members.shift_remove(key);
            }
        }
    }
}

/// The place of a path, with all mappings above it.
fn place<'v>(root: &'v mut Map<String, Value>, path: &[String]) -> Option<&'v mut Value> {
    let (first, rest) = path.split_first()?;
    let mut value = root.entry(first.clone()).or_insert(Value::Null);
    for step in rest {
        value = match value {
            Value::Array(items) => items.get_mut(step.parse::<usize>().ok()?)?,
            Value::Object(members) => members.entry(step.clone()).or_insert(Value::Null),
            other => {
                *other = Value::Object(Map::new());
                other
                    .as_object_mut()?
                    .entry(step.clone())
                    .or_insert(Value::Null)
            }
        };
    }
    Some(value)
}
