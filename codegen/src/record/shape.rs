//! Shapes in the notation of the catalog, and the names of types and codes in them.

use serde_json::{Map, Value, json};

use super::{Members, object, without_empty};
use crate::catalog::{CodeCase, Exists, Missing, Names, Node, Object, Piece, Shape, ShapeEvent};

/// The names that a type or code states, by style.
pub(crate) fn names(names: &Names) -> Map<String, Value> {
    let names = names.in_shapes.iter();
    names
        .map(|(style, name)| (style.clone(), name.as_str().into()))
        .collect()
}

/// A shape of the catalog.
pub(super) fn record(shape: &Shape) -> Members {
    let Shape {
        name: _,
        variant,
        content_type,
        body,
        event: ShapeEvent { name, data },
        types,
        known_types,
        codes,
    } = shape;
    let types = types
        .iter()
        .map(|(class, name)| (class.to_string(), Value::from(name.as_str())));
    // Without it, the data is the body.
    let data = (data != body).then(|| tree(data));
    let mut members = object(&json!({
        "rust": variant,
        "content_type": content_type,
        "body": tree(body),
        "event": { "name": name.as_deref().unwrap_or(ShapeEvent::NAMELESS), "data": data },
        "types": types.collect::<Members>(),
        "known_types": known_types,
        "codes": match codes {
            CodeCase::Wire => None,
            CodeCase::UpperSnake => Some("upper_snake"),
        },
    }));
    // A constant null of the body stays.
    let body = members.get("body").cloned();
    without_empty(&mut members);
    if let Some(body) = body {
        members["body"] = body;
    }
    members
}

fn tree(node: &Node) -> Value {
    match node {
        Node::Object(object) => Value::Object(members(object)),
        Node::List(nodes) => nodes.iter().map(tree).collect(),
        Node::Constant(Value::String(text)) if text.starts_with('$') => format!("${text}").into(),
        Node::Constant(value) => value.clone(),
        Node::Slot(filled) => {
            let slot = filled.slot.as_str();
            match &filled.missing {
                Missing::Null => format!("${slot}"),
                Missing::Omit => format!("${slot}?"),
                Missing::Text(text) => format!("${slot}|{text}"),
            }
            .into()
        }
        Node::Text(pieces) => {
            let pieces = pieces.iter().map(|piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Slot(slot) => format!("${{{}}}", slot.as_str()),
            });
            pieces.collect::<String>().into()
        }
    }
}

fn members(object: &Object) -> Members {
    let Object {
        schema,
        exists,
        members,
    } = object;
    let mark = match exists {
        Exists::Always => None,
        Exists::If(slots) => {
            let names = slots.iter().map(|slot| slot.as_str());
            Some((
                "$if",
                match &slots[..] {
                    [slot] => slot.as_str().into(),
                    _ => names.collect(),
                },
            ))
        }
        Exists::Each => Some(("$each", "errors".into())),
    };
    let schema = schema.iter().map(|name| ("$schema", name.as_str().into()));
    let marks = schema.chain(mark);
    let marks = marks.map(|(key, value): (&str, Value)| (key.to_owned(), value));
    let members = members.iter();
    marks
        .chain(members.map(|(name, node)| (name.clone(), tree(node))))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::record;
    use crate::resolve::shapes::{built_in, read};

    #[test]
    fn a_record_of_a_shape_reads_back_as_the_shape() {
        for shape in built_in() {
            let text = crate::yaml::write::to_yaml(
                &serde_json::json!({ (shape.name.as_str()): record(&shape) }).into(),
            );
            let (shapes, found) = read(&text);
            assert!(found.is_empty(), "{found:?} in {text}");
            assert_eq!(shapes, [shape], "{text}");
        }
    }
}
