//! The names of the catalog, as source code has them.

use std::collections::{HashMap, HashSet};

use codegen::catalog::{Names, Retired};
use codegen::{Catalog, closest};

/// More codes with arguments than this share structs in the module `args`, which have other names.
const MOST_OWN_ARGUMENTS: usize = 100;

/// The names of a catalog, by which codes are found. A code is its position in the catalog.
pub(crate) struct Known<'a> {
    pub(crate) catalog: &'a Catalog,
    /// The codes with a name: the only one that has the complete name, or all that send it from their namespaces.
    by_wire: HashMap<&'a str, Vec<usize>>,
    by_variant: HashMap<&'a str, usize>,
    retired: HashMap<&'a str, &'a Retired>,
    /// The names of the enums of operations.
    operations: HashSet<&'a str>,
    /// Names that are not those of codes, but can be where a code is.
    others: HashSet<&'a str>,
}

impl<'a> Known<'a> {
    pub(crate) fn new(catalog: &'a Catalog) -> Self {
        let codes = || catalog.codes.iter().enumerate();
        let variants = codes().flat_map(|(at, code)| {
            let Names {
                variant,
                former_variants,
                ..
            } = &code.names;
            let all = std::iter::once(variant).chain(former_variants);
            all.map(move |variant| (variant.as_str(), at))
        });
        let types = catalog.types.iter();
        let types = types.map(|entry| entry.names.wire.as_str());
        let retired = catalog.retired.iter();
        let operations = catalog.operations.iter();
        // A name that is sent is the complete name of no other code.
        let mut by_wire: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, code) in codes() {
            by_wire.entry(&code.names.wire).or_default().push(at);
            if code.names.unsent > 0 {
                by_wire.entry(code.names.sent()).or_default().push(at);
            }
        }
        Self {
            catalog,
            by_wire,
            by_variant: variants.collect(),
            retired: retired.map(|code| (code.wire.as_str(), code)).collect(),
            operations: operations
                .clone()
                .map(|operation| operation.error.as_str())
                .collect(),
            others: types
                .chain(operations.map(|operation| operation.id.as_str()))
                .collect(),
        }
    }

    /// The codes that a name can mean: the one with this wire name, or all that send the name from their namespaces.
    pub(crate) fn wire(&self, name: &str) -> &[usize] {
        self.by_wire.get(name).map_or(&[], Vec::as_slice)
    }

    /// The code with this name in Rust, now or formerly.
    pub(crate) fn variant(&self, name: &str) -> Option<usize> {
        self.by_variant.get(name).copied()
    }

    /// The retired code with this wire name.
    pub(crate) fn retired(&self, name: &str) -> Option<&'a Retired> {
        self.retired.get(name).copied()
    }

    /// Whether an operation has its errors in an enum of this name.
    pub(crate) fn is_operation(&self, name: &str) -> bool {
        self.operations.contains(name)
    }

    /// Whether codes share structs of arguments.
    pub(crate) fn shares_arguments(&self) -> bool {
        let codes = self.catalog.codes.iter();
        codes.filter(|code| !code.arguments.is_empty()).count() > MOST_OWN_ARGUMENTS
    }

    /// The name that was meant by one that is close to it, and its first code, unless the name is another one of the
    /// catalog.
    pub(crate) fn meant_by_wire(&self, name: &str) -> Option<(usize, &'a str)> {
        if self.others.contains(name) {
            return None;
        }
        let names = || self.catalog.codes.iter().map(|code| &code.names);
        let sent = names().filter(|names| names.unsent > 0).map(Names::sent);
        let meant = closest(name, names().map(|names| names.wire.as_str()).chain(sent))?;
        let code = self.wire(meant).first()?;
        Some((*code, meant))
    }

    /// The code whose name in Rust is close to a name.
    pub(crate) fn meant_by_variant(&self, name: &str) -> Option<usize> {
        let names = self.catalog.codes.iter();
        self.variant(closest(
            name,
            names.map(|code| code.names.variant.as_str()),
        )?)
    }

    /// The wire name of a code.
    pub(crate) fn name(&self, code: usize) -> &'a str {
        &self.catalog.codes[code].names.wire
    }
}
