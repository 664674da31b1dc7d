//! The merge of operations, which list the codes that they can fail with.

use serde_json::{Map, Value};

use super::Why;
use super::merger::Merger;
use super::plan::{Values, Versions, keys, path};
use crate::edit::Change;
use crate::unord_map::UnordMap;

const ERRORS: &str = "errors";

/// Merges all operations. One that a person gave another name is found by its method and path, unless others have them too.
pub(super) fn merge(merger: &mut Merger<'_>) {
    let (base, theirs, ours) = (merger.base, merger.theirs, merger.ours);
    let mut by_route: UnordMap<String, &str> = UnordMap::default();
    for (name, operation) in ours.entries("operations") {
        // Where several operations have a route, only their names say which is which.
        if !operation.contains_key("when") {
            by_route.insert(route(operation), name);
        }
    }
    let mut above: Option<String> = None;
    for (name, operation) in theirs.entries("operations") {
        let former = base.entry("operations", name);
        let same = ours.entry("operations", name).map(|own| (name, own));
        let other = || {
            if operation.contains_key("when") {
                return None;
            }
            let name = *by_route.get(&route(operation))?;
            theirs.entry("operations", name).is_none().then_some(())?;
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
    format!("{} {} {}", part("method"), part("path"), part("when"))
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
    let lists = [values.base, values.theirs, values.ours].map(items);
    let [former, listed, kept] = [0, 1, 2].map(|side: usize| by_code(lists[side]));
    let mut result: Vec<Value> = Vec::new();
    for item in lists[2] {
        let code = code(item);
        let (base, theirs) = (former.get(code).copied(), listed.get(code).copied());
        // A code that left the whole list stays where it is.
        let is_gone = theirs.is_none() && merger.theirs.entry("codes", code).is_some();
        let values = Values {
            base,
            theirs,
            ours: Some(item),
        };
        match theirs {
            None if is_gone && base == Some(item) => {}
            Some(theirs) if base == Some(item) => result.push(theirs.clone()),
            _ => {
                if theirs.is_some_and(|theirs| Some(theirs) != base && theirs != item) {
                    let place = [&place[..], &[code.to_owned()]].concat();
                    merger.plan.conflict(&place, values, Why::BothChanged);
                }
                result.push(item.clone());
            }
        }
    }
    let is_new = |code: &str| former.get(code).is_none() && kept.get(code).is_none();
    let new = lists[1].iter().filter(|item| is_new(code(item)));
    let new: Vec<Value> = new
        .filter(|item| merger.has_code(code(item)))
        .cloned()
        .collect();
    if result != lists[2] {
        let value = result.into_iter().chain(new).collect();
        merger
            .plan
            .change(Change::Set { path: place, value }, values);
    } else if !new.is_empty() {
        let change = Change::Append {
            path: place,
            items: new,
        };
        merger.plan.change(change, values);
    }
}

fn items(list: Option<&Value>) -> &[Value] {
    let list = list.and_then(Value::as_array);
    list.map_or(&[], Vec::as_slice)
}

fn by_code(items: &[Value]) -> UnordMap<&str, &Value> {
    items.iter().map(|item| (code(item), item)).collect()
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
        let after = above.or_else(|| merger.last_operation());
        merger.plan.insert("operations", name, after, operation);
    }
    has_codes
}
