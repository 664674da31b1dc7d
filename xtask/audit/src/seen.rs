//! What was seen of a catalog: its codes, types, statuses, and pairs of operation and code.

pub mod file;
pub mod scope;

use std::collections::{BTreeMap, HashMap};

use codegen::Catalog;
use codegen::catalog::{CodeId, TypeId};

/// How often the parts of a catalog were seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The runs that were merged.
    runs: u64,
    codes: Vec<u64>,
    types: Vec<u64>,
    /// By status from 400 on.
    statuses: Vec<u64>,
    pairs: HashMap<(usize, CodeId), u64>,
}

impl Seen {
    /// Nothing was seen of a catalog.
    #[must_use]
    pub fn new(catalog: &Catalog) -> Self {
        Self {
            runs: 1,
            codes: vec![0; catalog.codes.len()],
            types: vec![0; catalog.types.len()],
            statuses: vec![0; 200],
            pairs: HashMap::new(),
        }
    }

    /// Counts an error with a code and a type.
    pub fn error(&mut self, code: Option<CodeId>, error_type: Option<TypeId>) {
        if let Some(code) = code {
            self.codes[code.index()] += 1;
        }
        if let Some(error_type) = error_type {
            self.types[error_type.index()] += 1;
        }
    }

    /// Counts a status; others than 400 to 599 are left out.
    pub fn status(&mut self, status: u16) {
        let position = usize::from(status).wrapping_sub(400);
        if let Some(count) = self.statuses.get_mut(position) {
            *count += 1;
        }
    }

    /// Counts an error of an operation.
    pub fn pair(&mut self, operation: usize, code: CodeId) {
        *self.pairs.entry((operation, code)).or_default() += 1;
    }

    /// Adds what another part of the same run saw.
    pub fn merge(&mut self, other: &Self) {
        let add = |ours: &mut Vec<u64>, theirs: &[u64]| {
            for (ours, theirs) in ours.iter_mut().zip(theirs) {
                *ours = ours.saturating_add(*theirs);
            }
        };
        add(&mut self.codes, &other.codes);
        add(&mut self.types, &other.types);
        add(&mut self.statuses, &other.statuses);
        for (key, count) in &other.pairs {
            let ours = self.pairs.entry(*key).or_default();
            *ours = ours.saturating_add(*count);
        }
    }

    /// How often a code was seen.
    #[must_use]
    pub fn of_code(&self, code: CodeId) -> u64 {
        self.codes[code.index()]
    }

    /// How often a type was seen.
    #[must_use]
    pub fn of_type(&self, error_type: TypeId) -> u64 {
        self.types[error_type.index()]
    }

    /// How often a status was seen.
    #[must_use]
    pub fn of_status(&self, status: u16) -> u64 {
        let position = usize::from(status).wrapping_sub(400);
        self.statuses.get(position).copied().unwrap_or_default()
    }

    /// How often an operation answered with a code.
    #[must_use]
    pub fn of_pair(&self, operation: usize, code: CodeId) -> u64 {
        let found = self.pairs.get(&(operation, code));
        found.copied().unwrap_or_default()
    }

    /// The counts by the names of the catalog. What was never seen is left out.
    fn named(&self, catalog: &Catalog) -> Named {
        let seen = |count: &u64| *count > 0;
        let codes = catalog.codes.iter().zip(&self.codes);
        let types = catalog.types.iter().zip(&self.types);
        let mut operations: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
        for ((operation, code), count) in &self.pairs {
            let id = catalog.operations[*operation].id.clone();
            let of_operation = operations.entry(id).or_default();
            of_operation.insert(catalog[*code].names.wire.clone(), *count);
        }
        Named {
            runs: self.runs,
            codes: codes
                .filter(|(_, count)| seen(count))
                .map(|(code, count)| (code.names.wire.clone(), *count))
                .collect(),
            types: types
                .filter(|(_, count)| seen(count))
                .map(|(entry, count)| (entry.names.wire.clone(), *count))
                .collect(),
            statuses: (400_u16..)
                .zip(&self.statuses)
                .filter(|(_, count)| seen(count))
                .map(|(status, count)| (status.to_string(), *count))
                .collect(),
            operations,
        }
    }

    /// Adds counts by name. Names that the catalog does not have are left out: what they named is gone.
    fn add(&mut self, catalog: &Catalog, named: &Named) {
        self.runs = self.runs.saturating_add(named.runs);
        let mut other = Self::new(catalog);
        for (code, count) in catalog.codes.iter().zip(&mut other.codes) {
            *count = named.codes.get(&code.names.wire).copied().unwrap_or(0);
        }
        for (entry, count) in catalog.types.iter().zip(&mut other.types) {
            *count = named.types.get(&entry.names.wire).copied().unwrap_or(0);
        }
        for (status, count) in (400_u16..).zip(&mut other.statuses) {
            let found = named.statuses.get(&status.to_string());
            *count = found.copied().unwrap_or(0);
        }
        let codes: HashMap<&str, CodeId> = catalog
            .codes
            .iter()
            .map(|code| code.names.wire.as_str())
            .zip(CodeId::all(catalog.codes.len()))
            .collect();
        for (position, operation) in catalog.operations.iter().enumerate() {
            let of_operation = named.operations.get(&operation.id);
            for (name, count) in of_operation.into_iter().flatten() {
                if let Some(code) = codes.get(name.as_str()) {
                    other.pairs.insert((position, *code), *count);
                }
            }
        }
        self.merge(&other);
    }
}

/// Counts by the names of a catalog.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Named {
    runs: u64,
    codes: BTreeMap<String, u64>,
    types: BTreeMap<String, u64>,
    statuses: BTreeMap<String, u64>,
    operations: BTreeMap<String, BTreeMap<String, u64>>,
}
