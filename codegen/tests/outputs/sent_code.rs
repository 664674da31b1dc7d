//! The code that a body contains.

use codegen::catalog::{Catalog, Code, Shape, Slot};
use serde_json::Value;

use crate::fixtures::wire_value;

/// The code in a body of a shape: a number only where the shape has the slot as a value of its own.
pub(crate) fn sent_code(catalog: &Catalog, shape: &Shape, code: &Code) -> Value {
    let name = shape.code_name(&code.names);
    if shape.body.has_value(Slot::Code) && name == code.names.sent() {
        wire_value(catalog, code)
    } else {
        name.into()
    }
}
