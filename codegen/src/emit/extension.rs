//! Keys of the author's own, as JSON.

use serde_json::Value;

use crate::catalog::Extension;

/// The value of such a key.
pub(super) fn value(extension: &Extension) -> Value {
    match extension {
        Extension::Null => Value::Null,
        Extension::Bool(flag) => (*flag).into(),
        Extension::Number(number) => (*number).into(),
        Extension::Text(text) => text.as_str().into(),
        Extension::List(values) => values.iter().map(value).collect(),
        Extension::Map(entries) => {
            let entries = entries.iter();
            Value::Object(
                entries
                    .map(|(key, entry)| (key.clone(), value(entry)))
                    .collect(),
            )
        }
    }
}
