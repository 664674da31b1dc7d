//! The merge of types, and what an update says about other sections.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::merger::Merger;
use super::plan::{Values, keys, path};
use crate::catalog::{Status, StatusSet};
use crate::edit::Change;

/// Keys of a type that an update does not take from the list: it only adds the statuses that codes need, and never
/// changes a name.
const OWN: [&str; 2] = ["status", "rust"];
/// Sections that an update does not change.
const OTHERS: [&str; 2] = ["api", "envelope"];

/// Merges the texts of types, and adds the types and statuses that codes need.
pub(super) fn merge(merger: &mut Merger<'_>) {
    let (base, theirs, ours) = (merger.base, merger.theirs, merger.ours);
    let empty = Map::new();
    let needed = std::mem::take(&mut merger.needed);
    let mut above: Option<&str> = None;
    for (listed, of_list) in theirs.entries("types") {
        let name = merger.type_name(listed);
        if let Some(own) = ours.entry("types", name) {
            above = Some(name);
            let former = base.entry("types", listed).unwrap_or(&empty);
            for key in keys(former, of_list).filter(|key| !OWN.contains(key)) {
                let values = Values {
                    base: former.get(key),
                    theirs: of_list.get(key),
                    ours: own.get(key),
                };
                merger.plan.merge(&path(["types", name, key]), values);
            }
        } else if needed.contains_key(name) {
            let after = above.map(str::to_owned);
            merger.plan.insert("types", name, after, of_list.clone());
            above = Some(name);
        }
    }
    for (name, statuses) in needed {
        admit(merger, &name, &statuses);
    }
}

/// Adds statuses that the codes of a type need.
fn admit(merger: &mut Merger<'_>, name: &str, statuses: &BTreeSet<u64>) {
    let Some(StatusSet::List(known)) = merger.error_type(name).map(|one| &one.statuses) else {
        return;
    };
    let statuses = statuses.iter().filter_map(|status| Status::new(*status));
    let missing = statuses.filter(|status| !known.contains(status));
    let missing: Vec<Value> = missing.map(|status| status.get().into()).collect();
    let own = merger
        .ours
        .entry("types", name)
        .and_then(|own| own.get("status"));
    let Some(own) = own.filter(|_| !missing.is_empty()) else {
        return;
    };
    let path = path(["types", name, "status"]);
    let change = match own {
        Value::Array(_) => Change::Append {
            path,
            items: missing,
        },
        one => Change::Set {
            path,
            value: std::iter::once(one.clone()).chain(missing).collect(),
        },
    };
    let values = Values {
        base: None,
        theirs: None,
        ours: Some(own),
    };
    merger.plan.change(change, values);
}

/// Says what the list changed in the sections that people decide about.
pub(super) fn other_sections(merger: &mut Merger<'_>) {
    let empty = Map::new();
    for section in OTHERS {
        let [former, listed] = [merger.base, merger.theirs].map(|side| {
            let section = side.0.get(section).and_then(Value::as_object);
            section.unwrap_or(&empty)
        });
        for key in keys(former, listed).filter(|key| former.get(*key) != listed.get(*key)) {
            let own = merger.ours.0.get(section).and_then(|own| own.get(key));
            if own != listed.get(key) {
                let value = listed
                    .get(key)
                    .map_or("nothing".to_owned(), Value::to_string);
                merger.notes.push(format!(
                    "`{section}.{key}` follows from the list and is now {value}: an update does not change it, decide yourself"
                ));
            }
        }
    }
}
