//! The merge of types, and what an update says about other sections.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::merger::Merger;
use super::plan::{Values, keys, path};
use super::side::{WITHOUT, stated_status};
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
    let Some(known) = merger.error_type(name).map(|one| &one.statuses) else {
        return;
    };
    let needed = statuses.iter().filter_map(|status| Status::new(*status));
    let missing: Vec<Status> = match known {
        StatusSet::None => needed.collect(),
        StatusSet::List(known) => needed.filter(|status| !known.contains(status)).collect(),
        StatusSet::Family(class) => needed.filter(|status| status.class() != *class).collect(),
    };
    let own = merger
        .ours
        .entry("types", name)
        .and_then(|own| own.get("status"));
    let Some(own) = own.filter(|_| !missing.is_empty()) else {
        return;
    };
    // A family is in no list: its statuses in use take its place.
    let mut used = Vec::new();
    if let StatusSet::Family(_) = known {
        used.push(known.default());
        let codes = merger.catalog.codes.iter();
        let codes = codes.filter(|code| merger.catalog[code.error_type].names.wire == name);
        for status in codes.filter_map(|code| code.status.own()) {
            if !used.contains(&status) {
                used.push(status);
            }
        }
    }
    let value = |status: &Status| Value::from(status.get());
    let path = path(["types", name, "status"]);
    let change = match (known, own, &missing[..]) {
        (StatusSet::List(_), Value::Array(_), _) => Change::Append {
            path,
            items: missing.iter().map(value).collect(),
        },
        (StatusSet::List(_), one, _) => Change::Set {
            path,
            value: std::iter::once(one.clone())
                .chain(missing.iter().map(value))
                .collect(),
        },
        (StatusSet::None, _, [one]) => Change::Set {
            path,
            value: value(one),
        },
        (StatusSet::None | StatusSet::Family(_), ..) => Change::Set {
            path,
            value: used.iter().chain(&missing).map(value).collect(),
        },
    };
    let values = Values {
        base: None,
        theirs: None,
        ours: Some(own),
    };
    merger.plan.change(change, values);
    if *known == StatusSet::None {
        keep_without(merger, name);
    }
}

/// States that codes of a type, which has statuses from now on, have none.
fn keep_without(merger: &mut Merger<'_>, of_type: &str) {
    let catalog = merger.catalog;
    // Then the listed codes have what they need.
    let is_known = merger.gets_statuses(of_type);
    let planned = merger.plan.changes.iter();
    let planned: BTreeSet<Vec<String>> = planned.map(|(_, three)| three.path.clone()).collect();
    for code in &catalog.codes {
        let wire = code.names.wire.as_str();
        let is_own = catalog[code.error_type].names.wire == of_type;
        let place = merger.place(wire, "status");
        let states =
            |own: &Map<String, Value>| own.contains_key("status") || own.contains_key("like");
        let is_silent = merger.own(wire).is_some_and(|own| !states(own));
        let is_merged = is_known && merger.theirs.entry("codes", wire).is_some();
        if is_own && is_silent && !is_merged && !planned.contains(&place) {
            let change = Change::Set {
                path: place,
                value: stated_status(WITHOUT),
            };
            let values = Values {
                base: None,
                theirs: None,
                ours: None,
            };
            merger.plan.change(change, values);
        }
    }
}

/// Adds the groups that new codes state.
pub(super) fn groups(merger: &mut Merger<'_>) {
    let (theirs, ours) = (merger.theirs, merger.ours);
    let added = merger.added.iter();
    let stated = added.filter_map(|name| theirs.entry("codes", name)?.get("group")?.as_str());
    let stated: BTreeSet<&str> = stated.collect();
    let mut above: Option<&str> = None;
    for (name, group) in theirs.entries("groups") {
        if ours.entry("groups", name).is_some() {
            above = Some(name);
        } else if stated.contains(name) {
            let after = above.map(str::to_owned);
            merger.plan.insert("groups", name, after, group.clone());
            above = Some(name);
        }
    }
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
