//! Turns a catalog into entries: its records, reduced to what the policy compares.

use serde_json::Value;

use super::policy::{Shape, rows};
use crate::catalog::Catalog;
use crate::record::{self, Entry, Kind, Members, is_custom};

/// The entries of a catalog, sorted by kind and name.
pub(crate) fn entries(catalog: &Catalog) -> Vec<Entry> {
    let records = record::records(catalog).into_iter();
    let entries = records.map(|(kind, name, members)| Entry {
        kind,
        name,
        fields: compared(kind, members),
    });
    let mut entries: Vec<Entry> = entries.collect();
    entries.sort_by(|left, right| left.key().cmp(&right.key()));
    entries
}

/// The compared members without empty ones, in the order of the policy. Lists without an order are sorted.
fn compared(kind: Kind, mut members: Members) -> Members {
    record::without_empty(&mut members);
    let mut fields = Members::new();
    for row in rows(kind) {
        if row.is_custom() {
            members.retain(|key, _| is_custom(key));
            members.sort_keys();
            fields.append(&mut members);
        } else if let Some(mut value) = members.swap_remove(row.name) {
            match (row.shape, &mut value) {
                (Shape::Names, Value::Array(names)) if row.changed.is_empty() => {
                    names.sort_by(|left, right| left.as_str().cmp(&right.as_str()));
                }
                (Shape::Map, Value::Object(inner)) => inner.sort_keys(),
                (Shape::Entries, Value::Object(entries)) => {
                    for entry in entries.values_mut() {
                        if let Value::Object(inner) = entry.take() {
                            *entry = compared(Kind::Argument, inner).into();
                        }
                    }
                }
                _ => {}
            }
            fields.insert(row.name.to_owned(), value);
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use schemars::{JsonSchema, schema_for};

    use crate::compat::policy::is_compared;
    use crate::record::{Api, Argument, Code, Kind, Retired};

    /// Members of records that are names, or follow from what is compared.
    const DERIVED: [(Kind, &[&str]); 4] = [
        (Kind::Api, &["version"]),
        (
            Kind::Code,
            &[
                "name",
                "like",
                "namespace",
                "retry_advice",
                "history",
                "docs",
                "operations",
                "example",
            ],
        ),
        (Kind::Argument, &["name"]),
        (Kind::Retired, &["name", "docs", "history"]),
    ];

    fn members<T: JsonSchema>() -> Vec<String> {
        let schema = schema_for!(T).to_value();
        let properties = schema["properties"].as_object();
        properties
            .into_iter()
            .flatten()
            .map(|(key, _)| key.clone())
            .collect()
    }

    #[test]
    fn each_member_of_a_record_is_compared_or_derived() {
        for (kind, derived) in DERIVED {
            let members = match kind {
                Kind::Api => members::<Api<'_>>(),
                Kind::Code => members::<Code<'_>>(),
                Kind::Argument => members::<Argument<'_>>(),
                _ => members::<Retired<'_>>(),
            };
            assert!(members.len() > 5, "{kind:?}");
            for member in members {
                let is_derived = derived.contains(&member.as_str());
                assert_ne!(is_compared(kind, &member), is_derived, "{kind:?} {member}");
            }
        }
    }
}
