//! The merge of codes.

use serde_json::{Map, Value, json};

use super::Why;
use super::merger::{Merger, with};
use super::plan::{Values, Versions, keys, path};
use super::side::{WITHOUT, stated_status, status_of};
use crate::catalog::Code;
use crate::edit::Change;
use crate::import::deprecated::NOTE;
use crate::record;
use crate::unord_map::UnordMap;

/// Names that clients and pages use: an update never changes them.
const NAMES: [&str; 2] = ["rust", "slug"];
/// Keys whose value follows from others if a code does not state it.
const INHERITED: [&str; 3] = ["type", "status", "retry"];

/// Merges all codes. `released` are those that clients know.
pub(super) fn merge(merger: &mut Merger<'_>, released: &UnordMap<&str, ()>) {
    let (base, theirs) = (merger.base, merger.theirs);
    let mut above: Option<&str> = None;
    for (name, code) in theirs.entries("codes") {
        let former = base.entry("codes", name);
        match (former, merger.own(name), merger.code(name)) {
            (_, Some(own), Some(resolved)) => {
                above = Some(name);
                let versions = Versions {
                    former,
                    listed: code,
                    own,
                };
                known(merger, name, versions, resolved);
            }
            _ if merger.is_retired(name) => match former {
                Some(_) => merger.plan.kept += 1,
                None => absent(merger, name, (None, code), Why::Retired),
            },
            (Some(former), ..) if former == code => merger.plan.kept += 1,
            (Some(former), ..) => absent(merger, name, (Some(former), code), Why::Removed),
            (None, ..) => {
                added(merger, (name, above), code);
                above = Some(name);
            }
        }
    }
    for (name, former) in base.entries("codes") {
        let is_gone = theirs.entry("codes", name).is_none();
        let Some(own) = merger.own(name).filter(|_| is_gone) else {
            continue;
        };
        if released.get(name).is_none() {
            merger.unreleased.push(name.to_owned());
        } else if !own.contains_key("deprecated") {
            let change = Change::Set {
                path: merger.place(name, "deprecated"),
                value: json!({ "note": NOTE }),
            };
            let base = former.get("deprecated");
            let values = Values {
                base,
                theirs: None,
                ours: None,
            };
            merger.plan.change(change, values);
            merger.deprecated.push(name.to_owned());
        }
    }
}

/// A conflict about a code that the catalog does not have.
fn absent(
    merger: &mut Merger<'_>,
    name: &str,
    (former, code): (Option<&Map<String, Value>>, &Map<String, Value>),
    why: Why,
) {
    let [former, code] = [former, Some(code)].map(|one| one.cloned().map(Value::Object));
    let values = Values {
        base: former.as_ref(),
        theirs: code.as_ref(),
        ours: None,
    };
    merger.plan.conflict(&path(["codes", name]), values, why);
}

/// Merges a code that the catalog has. A code that is not in the last import was written by hand.
fn known<'v>(merger: &mut Merger<'v>, name: &str, versions: Versions<'v>, resolved: &Code) {
    let Versions {
        former,
        listed: code,
        own,
    } = versions;
    let empty = Map::new();
    let base = former.unwrap_or(&empty);
    let mut inherited: Option<Map<String, Value>> = None;
    for key in keys(base, code) {
        let path = merger.place(name, key);
        let values = Values {
            base: base.get(key),
            theirs: code.get(key),
            ours: own.get(key),
        };
        if NAMES.contains(&key) {
            let is_changed = former.is_some() && values.base != values.theirs;
            if is_changed && values.ours != values.theirs {
                merger.plan.conflict(&path, values, Why::Name);
            }
        } else if INHERITED.contains(&key) || values.base == values.theirs {
            if !INHERITED.contains(&key) {
                merger.plan.kept += usize::from(values.base != values.ours);
            }
        } else if values.ours.is_some() || !own.contains_key("like") {
            merger.plan.merge(&path, values);
        } else {
            // The code may inherit the value.
            let catalog = merger.catalog;
            let inherited = inherited.get_or_insert_with(|| {
                let mut members = record::code(catalog, resolved);
                record::by_name(&mut members);
                members
            });
            let inherited = inherited.get(key);
            if inherited == values.theirs {
                continue;
            }
            match values.theirs {
                Some(value) if inherited == values.base || values.base.is_none() => {
                    let value = value.clone();
                    merger.plan.change(Change::Set { path, value }, values);
                }
                _ => merger.plan.conflict(&path, values, Why::BothChanged),
            }
        }
    }
    if former.is_none() && own.contains_key("deprecated") && !code.contains_key("deprecated") {
        let values = Values {
            base: None,
            theirs: None,
            ours: own.get("deprecated"),
        };
        merger
            .plan
            .conflict(&merger.place(name, "deprecated"), values, Why::Returned);
    }
    of_type(merger, name, versions, resolved);
}

/// Merges the type, the status and the retry rule of a code: a code of the draft may state none of the latter, because
/// its type and the retry rule of the draft give them.
fn of_type<'v>(merger: &mut Merger<'v>, name: &str, versions: Versions<'v>, resolved: &Code) {
    let current = merger.catalog[resolved.error_type].names.wire.as_str();
    let named = |merger: &Merger<'v>, code: &'v Map<String, Value>| {
        let name = code.get("type").and_then(Value::as_str)?;
        Some(merger.type_name(name))
    };
    let of_base = versions.former.and_then(|code| named(merger, code));
    let of_list = named(merger, versions.listed);
    let [place_of_type, place_of_status] = ["type", "status"].map(|key| merger.place(name, key));
    let sides = [of_base, of_list, Some(current)].map(|name| name.map(Value::from));
    let target = one(merger, &place_of_type, &sides);
    let target = target
        .as_ref()
        .and_then(Value::as_str)
        .unwrap_or(current)
        .to_owned();
    let status = |value: Option<u64>| value.map(stated_status);
    let own_status = resolved.status.own();
    let own_status = own_status.map_or(WITHOUT, |own| own.get().into());
    let sides = [
        status(versions.former.and_then(|code| merger.base.status(code))),
        status(merger.theirs.status(versions.listed)),
        status(Some(own_status)),
    ];
    let wanted = one_without_change(merger, &place_of_status, &sides);
    let wanted = wanted
        .and_then(|value| status_of(&value))
        .unwrap_or(own_status);
    let is_stated = versions.own.contains_key("status");
    let follows =
        !versions.own.contains_key("like") && merger.default_status(&target) == Some(wanted);
    let is_changed = wanted != own_status || target != current || merger.gets_statuses(&target);
    let must_state = if is_stated {
        wanted != own_status
    } else {
        !follows && is_changed
    };
    if must_state {
        let change = Change::Set {
            path: place_of_status,
            value: stated_status(wanted),
        };
        let [base, theirs, ours] = &sides;
        merger.plan.change(
            change,
            Values {
                base: base.as_ref(),
                theirs: theirs.as_ref(),
                ours: ours.as_ref(),
            },
        );
    }
    if wanted != own_status || target != current {
        merger.need(&target, Some(wanted));
    }
    retry(merger, name, versions, resolved);
}

/// Merges a value that each side has, and plans the change.
fn one(merger: &mut Merger<'_>, path: &[String], sides: &[Option<Value>; 3]) -> Option<Value> {
    let found = one_without_change(merger, path, sides);
    let [base, theirs, ours] = sides;
    if let Some(value) = &found
        && found != *ours
    {
        let change = Change::Set {
            path: path.to_vec(),
            value: value.clone(),
        };
        let values = Values {
            base: base.as_ref(),
            theirs: theirs.as_ref(),
            ours: ours.as_ref(),
        };
        merger.plan.change(change, values);
    }
    found
}

/// The merged value: that of the list, if only the list changed.
fn one_without_change(
    merger: &mut Merger<'_>,
    path: &[String],
    [base, theirs, ours]: &[Option<Value>; 3],
) -> Option<Value> {
    if theirs == base || theirs.is_none() {
        merger.plan.kept += usize::from(ours != base && base.is_some());
    } else if ours == base {
        return theirs.clone();
    } else if ours != theirs {
        let values = Values {
            base: base.as_ref(),
            theirs: theirs.as_ref(),
            ours: ours.as_ref(),
        };
        merger.plan.conflict(path, values, Why::BothChanged);
    }
    ours.clone()
}

/// Merges the retry rule. What a list does not state is a decision of people.
fn retry<'v>(merger: &mut Merger<'v>, name: &str, versions: Versions<'v>, resolved: &Code) {
    let base = versions.former.and_then(|code| merger.base.retry(code));
    let theirs = merger.theirs.retry(versions.listed);
    let current = resolved.retry.as_str();
    if base == theirs || theirs.unwrap_or("never") == current {
        return;
    }
    let stated = versions.own.get("retry");
    let [base, theirs] = [base, theirs].map(|rule| rule.map(Value::from));
    let values = Values {
        base: base.as_ref(),
        theirs: theirs.as_ref(),
        ours: stated,
    };
    let path = merger.place(name, "retry");
    match (stated, theirs.clone()) {
        (None, None) => {}
        (stated, theirs) if stated == base.as_ref() || stated.is_none() => {
            let change = match theirs {
                Some(value) => Change::Set { path, value },
                None => Change::Remove { path },
            };
            merger.plan.change(change, values);
        }
        _ => merger.plan.conflict(&path, values, Why::BothChanged),
    }
}

/// Adds a code, in the words of the list.
fn added<'v>(
    merger: &mut Merger<'v>,
    (name, above): (&str, Option<&str>),
    code: &'v Map<String, Value>,
) {
    let mut others = Vec::new();
    let status = merger.theirs.status(code);
    if let Some(of_list) = code.get("type").and_then(Value::as_str) {
        let own = merger.type_name(of_list);
        others.push(("type", own.into()));
        if let Some(status) = status.filter(|status| merger.default_status(own) != Some(*status)) {
            others.push(("status", stated_status(status)));
        }
        merger.need(own, status);
    }
    let statuses = &merger.catalog.retry.statuses;
    let is_sent_again = statuses
        .iter()
        .any(|known| Some(u64::from(known.get())) == status);
    if let Some(rule) = merger.theirs.retry(code).filter(|_| !is_sent_again) {
        others.push(("retry", rule.into()));
    }
    let after = above.map(|name| merger.keys.key(name).to_owned());
    let entry = with(code, &others);
    merger.plan.insert("codes", name, after, entry);
    merger.added.push(name.to_owned());
    merger.is_added.insert(name.to_owned(), ());
}
