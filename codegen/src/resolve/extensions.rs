//! Keys of the author's own.

use super::optional;
use crate::ast::{Entries, ExtensionValue, Spanned};
use crate::catalog::Extension;

/// The keys and values, in the order of the file.
pub(crate) fn resolve(
    field: Option<&Spanned<Entries<ExtensionValue>>>,
) -> Vec<(String, Extension)> {
    let entries = optional(field).map_or(&[][..], |entries| &entries.0);
    entries
        .iter()
        .filter_map(|(key, value)| Some((key.clone(), extension(value.value.as_ref()?))))
        .collect()
}

/// A value as it is kept.
pub(crate) fn extension(value: &ExtensionValue) -> Extension {
    match value {
        ExtensionValue::Null => Extension::Null,
        ExtensionValue::Bool(value) => Extension::Bool(*value),
        ExtensionValue::Number(value) => Extension::Number(*value),
        ExtensionValue::Text(text) => Extension::Text(text.clone()),
        ExtensionValue::List(values) => Extension::List(values.iter().map(extension).collect()),
        ExtensionValue::Map(entries) => Extension::Map(
            entries
                .iter()
                .map(|(key, value)| (key.clone(), extension(value)))
                .collect(),
        ),
    }
}
