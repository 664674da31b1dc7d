//! The three-way merge of values, and the changes that it plans.

use serde_json::{Map, Value};

use super::Why;
use crate::edit::Change;

/// What the list, the last import and the catalog say about one place.
#[derive(Clone, Debug)]
pub(super) struct Three {
    pub(super) path: Vec<String>,
    pub(super) base: Option<Value>,
    pub(super) theirs: Option<Value>,
    pub(super) ours: Option<Value>,
}

/// The values of one place.
#[derive(Clone, Copy)]
pub(super) struct Values<'v> {
    pub(super) base: Option<&'v Value>,
    pub(super) theirs: Option<&'v Value>,
    pub(super) ours: Option<&'v Value>,
}

/// An entry of a section.
#[derive(Clone, Copy)]
pub(super) struct Versions<'v> {
    /// In the last import.
    pub(super) former: Option<&'v Map<String, Value>>,
    /// In the list.
    pub(super) listed: &'v Map<String, Value>,
    /// In the catalog.
    pub(super) own: &'v Map<String, Value>,
}

/// What to change, and what not.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) changes: Vec<(Change, Three)>,
    pub(super) conflicts: Vec<(Three, Why)>,
    /// The values that a person changed, and the list did not.
    pub(super) kept: usize,
}

impl Plan {
    /// Merges the values of a place. A mapping is merged key by key.
    pub(super) fn merge(&mut self, path: &[String], values: Values<'_>) {
        let Values { base, theirs, ours } = values;
        if theirs == base {
            self.kept += usize::from(ours != base);
            return;
        }
        if ours == theirs {
            return;
        }
        let empty = Map::new();
        if let (Some(Value::Object(theirs)), Some(Value::Object(ours))) = (theirs, ours)
            && base.is_none_or(Value::is_object)
        {
            let base = base.and_then(Value::as_object).unwrap_or(&empty);
            for key in keys(base, theirs) {
                let nested = Values {
                    base: base.get(key),
                    theirs: theirs.get(key),
                    ours: ours.get(key),
                };
                self.merge(&[path, &[key.to_owned()]].concat(), nested);
            }
            return;
        }
        if ours != base {
            return self.conflict(path, values, Why::BothChanged);
        }
        let path = path.to_vec();
        let change = match theirs {
            Some(value) => Change::Set {
                path,
                value: value.clone(),
            },
            None => Change::Remove { path },
        };
        self.change(change, values);
    }

    /// Plans a change.
    pub(super) fn change(&mut self, change: Change, values: Values<'_>) {
        let path = match &change {
            Change::Set { path, .. } | Change::Remove { path } | Change::Append { path, .. } => {
                path.clone()
            }
            Change::Insert { section, name, .. } => vec![section.clone(), name.clone()],
        };
        self.changes.push((change, three(path, values)));
    }

    /// Plans a new entry of a section, which only the list has.
    pub(super) fn insert(
        &mut self,
        section: &str,
        name: &str,
        after: Option<String>,
        entry: Map<String, Value>,
    ) {
        let value = Value::Object(entry);
        let change = Change::Insert {
            section: section.to_owned(),
            name: name.to_owned(),
            after,
            value: value.clone(),
        };
        let values = Values {
            base: None,
            theirs: Some(&value),
            ours: None,
        };
        self.change(change, values);
    }

    pub(super) fn conflict(&mut self, path: &[String], values: Values<'_>, why: Why) {
        self.conflicts.push((three(path.to_vec(), values), why));
    }
}

fn three(path: Vec<String>, values: Values<'_>) -> Three {
    Three {
        path,
        base: values.base.cloned(),
        theirs: values.theirs.cloned(),
        ours: values.ours.cloned(),
    }
}

/// The keys of both, those of the list first.
pub(super) fn keys<'v>(
    base: &'v Map<String, Value>,
    theirs: &'v Map<String, Value>,
) -> impl Iterator<Item = &'v str> {
    let former = base.keys().filter(|key| !theirs.contains_key(*key));
    theirs.keys().chain(former).map(String::as_str)
}

/// A path of these steps.
pub(super) fn path<const N: usize>(steps: [&str; N]) -> Vec<String> {
    steps.map(str::to_owned).to_vec()
}
