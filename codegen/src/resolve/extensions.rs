//! Custom (`x-`) keys.

use serde_json::{Map, Value};

use super::keys::key_fault;
use super::{Findings, optional};
use crate::ast::{Entries, ExtensionValue, Spanned};

/// The keys and values, in the order of the file. Keys inside of a value that cannot be keys are reported.
pub(crate) fn resolve(
    field: Option<&Spanned<Entries<ExtensionValue>>>,
    findings: &mut Findings<'_>,
) -> Map<String, Value> {
    let entries = optional(field).map_or(&[][..], |entries| &entries.0);
    for (_, entry) in entries {
        let mut names = Vec::new();
        entry.value.iter().for_each(|value| keys(value, &mut names));
        // Only the keys that are reported are searched for in the text.
        names.retain(|name| key_fault(name, entry.span).is_some());
        for name in names {
            let at = findings.within(entry.span, name);
            findings.diagnostics.extend(key_fault(name, at));
        }
    }
    entries
        .iter()
        .filter_map(|(key, value)| Some((key.clone(), extension(value.value.as_ref()?))))
        .collect()
}

/// The keys of all mappings inside of a value.
fn keys<'a>(value: &'a ExtensionValue, found: &mut Vec<&'a str>) {
    match value {
        ExtensionValue::List(values) => values.iter().for_each(|value| keys(value, found)),
        ExtensionValue::Map(entries) => {
            for (key, value) in entries {
                found.push(key);
                keys(value, found);
            }
        }
        ExtensionValue::Null
        | ExtensionValue::Bool(_)
        | ExtensionValue::Number(_)
        | ExtensionValue::Text(_) => {}
    }
}

/// A value as JSON.
pub(crate) fn extension(value: &ExtensionValue) -> Value {
    match value {
        ExtensionValue::Null => Value::Null,
        ExtensionValue::Bool(value) => (*value).into(),
        ExtensionValue::Number(number) => number.clone().into(),
        ExtensionValue::Text(text) => text.as_str().into(),
        ExtensionValue::List(values) => values.iter().map(extension).collect(),
        ExtensionValue::Map(entries) => entries
            .iter()
            .map(|(key, value)| (key.clone(), extension(value)))
            .collect(),
    }
}
