//! Custom (`x-`) keys.

use serde_json::{Map, Value};

use super::keys::key_fault;
use super::{Findings, optional};
use crate::ast::{Entries, Spanned};

/// The keys and values, in the order of the file. Keys inside of a value that cannot be keys are reported.
pub(crate) fn resolve(
    field: Option<&Spanned<Entries<Value>>>,
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
        .filter_map(|(key, value)| Some((key.clone(), value.value.clone()?)))
        .collect()
}

/// The keys of all mappings inside of a value.
fn keys<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| keys(value, found)),
        Value::Object(members) => {
            for (key, value) in members {
                found.push(key);
                keys(value, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
