//! Codes as a document names them, and what it says about each twice.

use serde_json::Value;

use super::super::model::Row;
use crate::catalog::{Names, Shape, Status};

/// A code; of the address of a problem, its last part.
pub(super) fn code_of(value: &Value) -> Value {
    let text = value
        .as_str()
        .filter(|text| text.contains("://") || text.starts_with("urn:"));
    let last = text.and_then(|text| text.trim_end_matches('/').rsplit(['/', ':', '#']).next());
    last.map_or_else(|| value.clone(), Value::from)
}

/// The name of a code in a style.
pub(super) fn name_in(row: &Row, shape: &Shape) -> String {
    let stated = row.stated.get("names").and_then(Value::as_object);
    let stated = stated.into_iter().flatten();
    let stated =
        stated.filter_map(|(style, name)| Some((style.clone(), name.as_str()?.to_owned())));
    let names = Names {
        unsent: 0,
        wire: row.code.wire(),
        variant: String::new(),
        former_variants: Vec::new(),
        slug: String::new(),
        in_shapes: stated.collect(),
    };
    shape.code_name(&names).into_owned()
}

/// Takes the status of a response, unless the code has a status.
pub(super) fn admit(row: &mut Row, status: Option<Status>) {
    match (row.status, status) {
        (None, _) => row.status = status,
        (Some(known), Some(status)) if known != status => {
            let what = format!("the code comes with {known} and with {status}: {known} is taken");
            if !row.undecided.contains(&what) {
                row.undecided.push(what);
            }
        }
        (Some(_), _) => {}
    }
}

/// Keeps the address that is the type of a problem.
pub(super) fn keep_type(row: &mut Row, address: &Value) {
    if !row.extensions.contains_key("x-problem-type") {
        row.keep("x-problem-type", address);
    }
}
