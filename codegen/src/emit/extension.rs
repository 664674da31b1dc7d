//! Keys of the author's own, and names in other worlds, as JSON.

use serde_json::{Map, Value};

use crate::catalog::{Extension, Id};

/// The members of an object that has such keys.
pub(super) fn members(extensions: &[(String, Extension)]) -> Map<String, Value> {
    let extensions = extensions.iter();
    extensions
        .map(|(key, extension)| (key.clone(), value(extension)))
        .collect()
}

/// What a code is called in another world.
pub(super) fn id(id: &Id) -> Value {
    match id {
        Id::Number(number) => (*number).into(),
        Id::Word(word) => word.as_str().into(),
    }
}

/// The value of such a key.
pub(crate) fn value(extension: &Extension) -> Value {
    match extension {
        Extension::Null => Value::Null,
        Extension::Bool(flag) => (*flag).into(),
        Extension::Number(number) => (*number).into(),
        Extension::Text(text) => text.as_str().into(),
        Extension::List(values) => values.iter().map(value).collect(),
        Extension::Map(entries) => Value::Object(members(entries)),
    }
}
