//! The names of the catalog, as source code has them.

use std::collections::HashMap;

use codegen::Catalog;

/// The names of a catalog, by which codes are found. A code is its position in the catalog.
pub(crate) struct Known<'a> {
    pub(crate) catalog: &'a Catalog,
    by_wire: HashMap<&'a str, usize>,
}

impl<'a> Known<'a> {
    pub(crate) fn new(catalog: &'a Catalog) -> Self {
        let codes = catalog.codes.iter().enumerate();
        Self {
            catalog,
            by_wire: codes
                .map(|(at, code)| (code.names.wire.as_str(), at))
                .collect(),
        }
    }

    /// The code with this wire name.
    pub(crate) fn wire(&self, name: &str) -> Option<usize> {
        self.by_wire.get(name).copied()
    }

    /// The wire name of a code.
    pub(crate) fn name(&self, code: usize) -> &'a str {
        &self.catalog.codes[code].names.wire
    }
}
