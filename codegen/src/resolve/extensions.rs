//! Custom (`x-`) keys.

use serde_json::{Map, Value};

use super::optional;
use crate::ast::{Entries, ExtensionValue, Spanned};

/// The keys and values, in the order of the file.
pub(crate) fn resolve(field: Option<&Spanned<Entries<ExtensionValue>>>) -> Map<String, Value> {
    let entries = optional(field).map_or(&[][..], |entries| &entries.0);
    entries
        .iter()
        .filter_map(|(key, value)| Some((key.clone(), extension(value.value.as_ref()?))))
        .collect()
}

/// A value as JSON.
pub(crate) fn extension(value: &ExtensionValue) -> Value {
    match value {
        ExtensionValue::Null => Value::Null,
        ExtensionValue::Bool(value) => (*value).into(),
        ExtensionValue::Number(value) => (*value).into(),
        ExtensionValue::Text(text) => text.as_str().into(),
        ExtensionValue::List(values) => values.iter().map(extension).collect(),
        ExtensionValue::Map(entries) => entries
            .iter()
            .map(|(key, value)| (key.clone(), extension(value)))
            .collect(),
    }
}
