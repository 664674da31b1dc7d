//! What the values of a shape are.

use serde_json::Value;

use super::{Node, Slot};

impl Node {
    /// Whether a slot is a value of its own, not a part of a string.
    #[must_use]
    pub fn has_value(&self, slot: Slot) -> bool {
        match self {
            Self::Object(object) => object.members.iter().any(|(_, node)| node.has_value(slot)),
            Self::List(nodes) => nodes.iter().any(|node| node.has_value(slot)),
            Self::Slot(filled) => filled.slot == slot,
            Self::Constant(_) | Self::Text(_) => false,
        }
    }

    /// The first member that is a constant string: it distinguishes an element of a list from others.
    #[must_use]
    pub fn sign(&self) -> Option<(&str, &str)> {
        let Self::Object(object) = self else {
            return None;
        };
        object.members.iter().find_map(|(name, node)| match node {
            Self::Constant(Value::String(value)) => Some((name.as_str(), value.as_str())),
            _ => None,
        })
    }
}
