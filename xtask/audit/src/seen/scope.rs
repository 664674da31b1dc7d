//! The part of a catalog that a suite exercises, and how much of it was seen.

use std::error::Error;
use std::fmt;

use codegen::Catalog;
use codegen::catalog::{CodeId, TypeId};

use super::Seen;

/// The part of a catalog that is counted. An empty list is everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The ids of operations.
    pub operations: Vec<String>,
    /// The names of groups. A group contains those within it.
    pub groups: Vec<String>,
    /// The names of types.
    pub types: Vec<String>,
}

/// A scope names something that the catalog does not have.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownName {
    kind: &'static str,
    name: String,
    closest: Option<String>,
}

impl fmt::Display for UnknownName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            kind,
            name,
            closest,
        } = self;
        write!(formatter, "the catalog has no {kind} `{name}`")?;
        match closest {
            Some(closest) => write!(formatter, ": did you mean `{closest}`?"),
            None => Ok(()),
        }
    }
}

impl Error for UnknownName {}

/// How many of some parts were seen, and the names of those that were not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// The number that was seen.
    pub seen: usize,
    /// The number of all.
    pub all: usize,
    /// The names of those that were never seen, in the order of the catalog.
    pub never: Vec<String>,
}

/// The coverage of a scope.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Of codes.
    pub codes: Share,
    /// Of types.
    pub types: Share,
    /// Of statuses.
    pub statuses: Share,
    /// Of pairs of operation and code.
    pub pairs: Share,
}

impl Share {
    fn count(&mut self, count: u64, name: impl FnOnce() -> String) {
        self.all += 1;
        if count > 0 {
            self.seen += 1;
        } else {
            self.never.push(name());
        }
    }

    /// The share in percent, rounded down. Of nothing, everything was seen.
    #[must_use]
    pub const fn percent(&self) -> usize {
        match self.all {
            0 => 100,
            all => self.seen * 100 / all,
        }
    }
}

impl Coverage {
    /// The shares with their names.
    #[must_use]
    pub const fn shares(&self) -> [(&'static str, &Share); 4] {
        [
            ("codes", &self.codes),
            ("types", &self.types),
            ("statuses", &self.statuses),
            ("pairs of operation and code", &self.pairs),
        ]
    }
}

impl Scope {
    /// Checks that the catalog has everything that the scope names.
    ///
    /// # Errors
    ///
    /// Fails with the first name that the catalog does not have.
    pub fn check(&self, catalog: &Catalog) -> Result<(), UnknownName> {
        let operations: Vec<&str> = catalog.operations.iter().map(|it| it.id.as_str()).collect();
        let types: Vec<&str> = catalog
            .types
            .iter()
            .map(|it| it.names.wire.as_str())
            .collect();
        let groups: Vec<&str> = catalog.groups.iter().map(String::as_str).collect();
        for (kind, names, known) in [
            ("operation", &self.operations, &operations),
            ("group", &self.groups, &groups),
            ("type", &self.types, &types),
        ] {
            for name in names {
                if !known.contains(&name.as_str()) {
                    let closest = codegen::closest(name, known.iter().copied());
                    return Err(UnknownName {
                        kind,
                        name: name.clone(),
                        closest: closest.map(str::to_owned),
                    });
                }
            }
        }
        Ok(())
    }

    /// Whether the whole catalog is counted.
    #[must_use]
    pub const fn is_all(&self) -> bool {
        self.operations.is_empty() && self.groups.is_empty() && self.types.is_empty()
    }

    fn has_operation(&self, id: &str) -> bool {
        self.operations.is_empty() || self.operations.iter().any(|known| known == id)
    }

    fn has_type(&self, name: &str) -> bool {
        self.types.is_empty() || self.types.iter().any(|known| known == name)
    }

    /// Whether a code is in the groups and types.
    fn has_code(&self, catalog: &Catalog, id: CodeId) -> bool {
        let code = &catalog[id];
        let has_group =
            self.groups.is_empty() || code.group.iter().any(|it| self.groups.contains(&it.name));
        has_group && self.has_type(&catalog[code.error_type].names.wire)
    }

    /// How much of the scope was seen.
    #[must_use]
    pub fn coverage(&self, catalog: &Catalog, seen: &Seen) -> Coverage {
        let mut found = Coverage::default();
        let mut is_in = vec![self.operations.is_empty(); catalog.codes.len()];
        for (position, operation) in catalog.operations.iter().enumerate() {
            if !self.has_operation(&operation.id) {
                continue;
            }
            for code in &operation.codes {
                is_in[code.index()] = true;
                if self.has_code(catalog, *code) {
                    found.pairs.count(seen.of_pair(position, *code), || {
                        format!("{} {}", operation.id, catalog[*code].names.wire)
                    });
                }
            }
        }
        let mut types = vec![false; catalog.types.len()];
        let mut statuses = Vec::new();
        for code in CodeId::all(catalog.codes.len()) {
            if is_in[code.index()] && self.has_code(catalog, code) {
                let name = || catalog[code].names.wire.clone();
                found.codes.count(seen.of_code(code), name);
                types[catalog[code].error_type.index()] = true;
                statuses.extend(
                    catalog[code]
                        .status
                        .own()
                        .map(codegen::catalog::Status::get),
                );
            }
        }
        // The errors without code belong to no operation and to no group.
        if self.operations.is_empty() && self.groups.is_empty() {
            for group in &catalog.statuses {
                for codeless in &group.codeless {
                    if self.has_type(&catalog[codeless.error_type].names.wire) {
                        types[codeless.error_type.index()] = true;
                        statuses.push(group.status.get());
                    }
                }
            }
        }
        for id in TypeId::all(catalog.types.len()).filter(|id| types[id.index()]) {
            let name = || catalog[id].names.wire.clone();
            found.types.count(seen.of_type(id), name);
        }
        statuses.sort_unstable();
        statuses.dedup();
        for status in statuses {
            let name = || status.to_string();
            found.statuses.count(seen.of_status(status), name);
        }
        found
    }
}
