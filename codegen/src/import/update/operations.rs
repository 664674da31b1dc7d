//! The merge of operations, which list the codes that they can fail with.

use serde_json::{Map, Value};

use super::Why;
use super::merger::Merger;
use super::plan::{Values, Versions, keys, path};
use crate::edit::Change;
use crate::unord_map::UnordMap;

const ERRORS: &str = "errors";

/// Merges all operations. One that a person gave another name is found by its method and path.
pub(super) fn merge(merger: &mut Merger<'_>) {
    let (base, theirs, ours) = (merger.base, merger.theirs, merger.ours);
    let mut by_route: UnordMap<String, &str> = UnordMap::default();
    for (name, operation) in ours.entries("operations") {
        by_route.insert(route(operation), name);
    }
    let mut above: Option<String> = None;
    for (name, operation) in theirs.entries("operations") {
        let former = base.entry("operations", name);
        let same = ours.entry("operations", name).map(|own| (name, own));
        let other = || {
            let name = *by_route.get(&route(operation))?;
            Some((name, ours.entry("operations", name)?))
        };
        match (same.or_else(other), former) {
            (Some((own_name, own)), _) => {
                let versions = Versions {
                    former,
                    listed: operation,
                    own,
                };
                known(merger, own_name, versions);
                above = Some(own_name.to_owned());
            }
            (None, None) => {
                if add(merger, name, above.clone(), operation) {
                    above = Some(name.to_owned());
                }
            }
            (None, Some(former)) if former == operation => merger.plan.kept += 1,
            (None, Some(former)) => {
                let [base, theirs] = [former, operation].map(|one| Value::Object(one.clone()));
                let values = Values {
                    base: Some(&base),
                    theirs: Some(&theirs),
                    ours: None,
                };
                merger
                    .plan
                    .conflict(&path(["operations", name]), values, Why::Removed);
            }
        }
    }
    for (name, _) in base.entries("operations") {
        let is_known = ours.entry("operations", name).is_some();
        if is_known && theirs.entry("operations", name).is_none() {
            merger.notes.push(format!(
                "the operation `{name}` is not in the list anymore: remove it, or keep it as your own"
            ));
        }
    }
}

fn route(operation: &Map<String, Value>) -> String {
    let part = |key: &str| {
        operation
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    format!("{} {}", part("method"), part("path"))
}

fn known(merger: &mut Merger<'_>, name: &str, versions: Versions<'_>) {
    let Versions {
        former,
        listed: operation,
        own,
    } = versions;
    let empty = Map::new();
    let base = former.unwrap_or(&empty);
    for key in keys(base, operation).filter(|key| *key != ERRORS) {
        let values = Values {
            base: base.get(key),
            theirs: operation.get(key),
            ours: own.get(key),
        };
        merger.plan.merge(&path(["operations", name, key]), values);
    }
    let values = Values {
        base: base.get(ERRORS),
        theirs: operation.get(ERRORS),
        ours: own.get(ERRORS),
    };
    let place = path(["operations", name, ERRORS]);
    let [former, listed, kept] =
        [values.base, values.theirs, values.ours].map(|list| list.and_then(Value::as_array));
    let [former, listed, kept] =
        [former, listed, kept].map(|list| list.map_or(&[][..], Vec::as_slice));
    let is_in = |list: &[Value], item: &Value| list.iter().any(|known| code(known) == code(item));
    let new = listed
        .iter()
        .filter(|item| !is_in(former, item) && !is_in(kept, item));
    let new: Vec<Value> = new
        .filter(|item| merger.has_code(code(item)))
        .cloned()
        .collect();
    // A code that left the whole list stays where it is.
    let is_gone = |item: &&Value| {
        is_in(former, item)
            && !is_in(listed, item)
            && merger.theirs.entry("codes", code(item)).is_some()
    };
    let left = kept.iter().filter(|item| !is_gone(item));
    let of =
        |list: &[Value], item: &Value| list.iter().find(|one| code(one) == code(item)).cloned();
    let mut left: Vec<Value> = left.cloned().collect();
    for item in &mut left {
        let (base, theirs) = (of(former, item), of(listed, item));
        if theirs.is_none() || theirs == base || theirs.as_ref() == Some(item) {
            continue;
        }
        if base.as_ref() == Some(item) {
            *item = theirs.unwrap_or_default();
            continue;
        }
        let values = Values {
            base: base.as_ref(),
            theirs: theirs.as_ref(),
            ours: Some(item),
        };
        let named = code(item).to_owned();
        let path = [&place[..], &[named]].concat();
        merger.plan.conflict(&path, values, Why::BothChanged);
    }
    if left != kept[..left.len().min(kept.len())] || left.len() < kept.len() {
        let value = left.into_iter().chain(new).collect();
        let change = Change::Set { path: place, value };
        merger.plan.change(change, values);
    } else if !new.is_empty() {
        let change = Change::Append {
            path: place,
            items: new,
        };
        merger.plan.change(change, values);
    }
}

/// The code of an entry of `errors`.
fn code(item: &Value) -> &str {
    let named = item.get("code").unwrap_or(item);
    named.as_str().unwrap_or_default()
}

/// Adds an operation with the codes that the catalog has; returns whether it has some.
fn add(
    merger: &mut Merger<'_>,
    name: &str,
    above: Option<String>,
    operation: &Map<String, Value>,
) -> bool {
    let mut operation = operation.clone();
    if let Some(Value::Array(errors)) = operation.get_mut(ERRORS) {
        errors.retain(|item| merger.has_code(code(item)));
    }
    let has_codes = operation
        .get(ERRORS)
        .and_then(Value::as_array)
        .is_some_and(|list| !list.is_empty());
    if has_codes {
        let value = Value::Object(operation);
        let change = Change::Insert {
            section: "operations".to_owned(),
            name: name.to_owned(),
            after: above.or_else(|| merger.last_operation()),
            value: value.clone(),
        };
        let values = Values {
            base: None,
            theirs: Some(&value),
            ours: None,
        };
        merger.plan.change(change, values);
    }
    has_codes
}
