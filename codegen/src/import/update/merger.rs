//! The catalog, the last import and the new list, and what the merge of them gives.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::keys::Keys;
use super::plan::{Plan, path};
use super::side::{Side, WITHOUT, first_status};
use crate::catalog::{Catalog, Code, ErrorType, StatusSet};
use crate::unord_map::UnordMap;

/// A merge under way.
pub(super) struct Merger<'v> {
    pub(super) base: Side<'v>,
    pub(super) theirs: Side<'v>,
    pub(super) ours: Side<'v>,
    pub(super) catalog: &'v Catalog,
    pub(super) keys: Keys,
    codes: UnordMap<&'v str, &'v Code>,
    types: UnordMap<&'v str, &'v ErrorType>,
    retired: UnordMap<&'v str, ()>,
    /// The names that a person gave to types of the list; nothing for a type with several.
    renamed: UnordMap<&'v str, Option<&'v str>>,
    pub(super) plan: Plan,
    /// The statuses that changed and new codes need, by type.
    pub(super) needed: BTreeMap<String, BTreeSet<u64>>,
    pub(super) added: Vec<String>,
    pub(super) is_added: UnordMap<String, ()>,
    pub(super) deprecated: Vec<String>,
    pub(super) unreleased: Vec<String>,
    pub(super) notes: Vec<String>,
}

impl<'v> Merger<'v> {
    pub(super) fn new(
        (base, theirs, ours): (Side<'v>, Side<'v>, Side<'v>),
        catalog: &'v Catalog,
        keys: Keys,
    ) -> Self {
        let codes = catalog.codes.iter();
        let types = catalog.types.iter();
        let retired = catalog.retired.iter();
        let mut merger = Self {
            base,
            theirs,
            ours,
            catalog,
            keys,
            codes: codes.map(|code| (code.names.wire.as_str(), code)).collect(),
            types: types.map(|one| (one.names.wire.as_str(), one)).collect(),
            retired: retired.map(|code| (code.wire.as_str(), ())).collect(),
            renamed: UnordMap::default(),
            plan: Plan::default(),
            needed: BTreeMap::new(),
            added: Vec::new(),
            is_added: UnordMap::default(),
            deprecated: Vec::new(),
            unreleased: Vec::new(),
            notes: Vec::new(),
        };
        for (name, code) in base.entries("codes") {
            let (Some(former), Some(own)) =
                (code.get("type").and_then(Value::as_str), merger.code(name))
            else {
                continue;
            };
            let own = catalog[own.error_type].names.wire.as_str();
            match merger.renamed.get_mut(former) {
                Some(known) if *known != Some(own) => *known = None,
                Some(_) => {}
                None => drop(merger.renamed.insert(former, Some(own))),
            }
        }
        merger
    }

    /// A code of the catalog.
    pub(super) fn code(&self, name: &str) -> Option<&'v Code> {
        self.codes.get(name).copied()
    }

    /// A code of the catalog as it is written.
    pub(super) fn own(&self, name: &str) -> Option<&'v Map<String, Value>> {
        self.ours.entry("codes", self.keys.key(name))
    }

    /// The path of a key of a code in the catalog.
    pub(super) fn place(&self, name: &str, key: &str) -> Vec<String> {
        path(["codes", self.keys.key(name), key])
    }

    /// A type of the catalog.
    pub(super) fn error_type(&self, name: &str) -> Option<&'v ErrorType> {
        self.types.get(name).copied()
    }

    pub(super) fn is_retired(&self, name: &str) -> bool {
        self.retired.get(name).is_some()
    }

    /// Whether the merged catalog has the code.
    pub(super) fn has_code(&self, name: &str) -> bool {
        self.code(name).is_some() || self.is_added.get(name).is_some()
    }

    /// The name that the catalog has for a type of the list: if it does not have the type, that of all its codes.
    pub(super) fn type_name(&self, of_list: &'v str) -> &'v str {
        if self.error_type(of_list).is_some() {
            return of_list;
        }
        let renamed = self.renamed.get(of_list).copied().flatten();
        renamed.unwrap_or(of_list)
    }

    /// Whether the list gives a first status to a type that has none in the catalog. Its codes without a status state that.
    pub(super) fn gets_statuses(&self, name: &str) -> bool {
        let has_none = |one: &ErrorType| one.statuses == StatusSet::None;
        let first = |side: Side<'v>| first_status(side.entry("types", name)?);
        self.error_type(name).is_some_and(has_none)
            && first(self.base).is_none_or(|status| status == WITHOUT)
            && first(self.theirs).is_some_and(|status| status != WITHOUT)
    }

    /// The first status of a type: that of the catalog, else that of the list.
    pub(super) fn default_status(&self, name: &str) -> Option<u64> {
        match self.error_type(name) {
            Some(known) if known.statuses == StatusSet::None && !self.gets_statuses(name) => {
                Some(WITHOUT)
            }
            Some(known) if known.statuses == StatusSet::None => {
                first_status(self.theirs.entry("types", name)?)
            }
            Some(known) => Some(known.statuses.default().get().into()),
            None => first_status(self.theirs.entry("types", name)?),
        }
    }

    /// The last operation of the catalog.
    pub(super) fn last_operation(&self) -> Option<String> {
        let last = self.ours.entries("operations").last();
        last.map(|(name, _)| name.to_owned())
    }

    /// Remembers that a code of the type has this status.
    pub(super) fn need(&mut self, of_type: &str, status: Option<u64>) {
        let statuses = self.needed.entry(of_type.to_owned()).or_default();
        statuses.extend(status);
    }
}

/// A code of the list with other values for some keys. A key that it does not have comes after its type.
pub(super) fn with(code: &Map<String, Value>, others: &[(&str, Value)]) -> Map<String, Value> {
    let mut merged = Map::new();
    for (key, value) in code {
        let other = others.iter().find(|(name, _)| name == key);
        let value = other.map_or(value, |(_, other)| other);
        merged.insert(key.clone(), value.clone());
        if key == "type" {
            for (name, value) in others.iter().filter(|(name, _)| !code.contains_key(*name)) {
                merged.insert((*name).to_owned(), value.clone());
            }
        }
    }
    merged
}
