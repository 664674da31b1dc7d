//! The values in the body of an example.

use serde_json::Value;

use crate::catalog::{Exists, Missing, Node, Piece, Shape, Slot};

/// What the body of an example contains about its error.
pub(super) struct Values<'a> {
    pub(super) code: Option<Value>,
    pub(super) error_type: Option<&'a Value>,
    pub(super) message: Option<&'a Value>,
    pub(super) param: Option<&'a Value>,
}

impl<'a> Values<'a> {
    /// The values of the slots of a shape. The code is its name there.
    pub(super) fn of_slots(shape: &Shape, body: &'a Value) -> Self {
        let value = |slot| value(&shape.body, slot, body);
        Self {
            code: value(Slot::Code).cloned(),
            error_type: value(Slot::Type),
            message: value(Slot::Message),
            param: value(Slot::Param),
        }
    }

    /// The values of a body without a style, under the usual names.
    pub(super) fn guess(body: &'a Value) -> Self {
        let error = body.get("error").filter(|error| error.is_object());
        let error = error.unwrap_or(body);
        let names = ["error_type", "type"];
        let mut types = names.into_iter().filter_map(|name| error.get(name));
        Self {
            code: error.get("code").cloned(),
            error_type: types.find(|value| value.is_string()),
            message: error.get("message").or_else(|| error.get("detail")),
            param: error.get("param"),
        }
    }
}

/// The value of a slot in a body of a shape, if the body shows it.
fn value<'a>(node: &Node, wanted: Slot, body: &'a Value) -> Option<&'a Value> {
    match node {
        Node::Object(object) if object.exists == Exists::Each => None,
        Node::Object(object) => {
            let mut members = object.members.iter();
            members.find_map(|(name, node)| value(node, wanted, body.get(name)?))
        }
        Node::List(nodes) => {
            let elements = body.as_array()?;
            let mut nodes = nodes.iter().enumerate();
            nodes.find_map(|(position, node)| {
                let element = match node.sign() {
                    Some((name, sign)) => elements.iter().find(|element| element[name] == *sign),
                    None => elements.get(position),
                };
                value(node, wanted, element?)
            })
        }
        Node::Slot(filled) => {
            let is_missing = match &filled.missing {
                Missing::Text(text) => body == text.as_str(),
                Missing::Null | Missing::Omit => body.is_null(),
            };
            (filled.slot == wanted && !is_missing).then_some(body)
        }
        Node::Text(pieces) => match pieces.as_slice() {
            [Piece::Slot(slot)] if *slot == wanted && body.is_string() => Some(body),
            _ => None,
        },
        Node::Constant(_) => None,
    }
}
