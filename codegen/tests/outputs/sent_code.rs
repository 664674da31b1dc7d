//! The code that a body contains.

use codegen::catalog::{Catalog, Code, Node, Shape, Slot};
use serde_json::Value;

use crate::fixtures::wire_value;

/// The code in a body of a shape: a number only where the shape has the slot as a value of its own.
pub(crate) fn sent_code(catalog: &Catalog, shape: &Shape, code: &Code) -> Value {
    let name = shape.code_name(&code.names);
    if has_own(&shape.body, Slot::Code) && name == code.names.wire {
        wire_value(catalog, code)
    } else {
        name.into()
    }
}

/// Whether a slot is a value of its own, not a part of a string.
pub(crate) fn has_own(node: &Node, slot: Slot) -> bool {
    match node {
        Node::Object(object) => object.members.iter().any(|(_, node)| has_own(node, slot)),
        Node::List(nodes) => nodes.iter().any(|node| has_own(node, slot)),
        Node::Slot(filled) => filled.slot == slot,
        Node::Constant(_) | Node::Text(_) => false,
    }
}
