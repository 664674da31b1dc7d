//! The names of codes that have namespaces.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::{Catalog, Code, Shape};

impl Catalog {
    /// Whether codes have namespaces, which are not sent.
    #[must_use]
    pub fn has_namespaces(&self) -> bool {
        self.codes.iter().any(|code| code.names.unsent > 0)
    }

    /// The names that codes send, each once, in the order of the first code with each name.
    #[must_use]
    pub fn sent_names(&self) -> Vec<&str> {
        if self.has_namespaces() {
            let by_name = self.codes_by_sent_name().into_iter();
            return by_name.map(|(name, _)| name).collect();
        }
        let codes = self.codes.iter();
        codes.map(|code| code.names.sent()).collect()
    }

    /// The names that codes have in a shape, each once.
    #[must_use]
    pub fn names_in<'a>(&'a self, shape: &'a Shape) -> Vec<Cow<'a, str>> {
        let codes = self.codes.iter();
        let names = codes.map(|code| shape.code_name(&code.names));
        if !self.has_namespaces() {
            return names.collect();
        }
        let mut known = BTreeSet::new();
        names.filter(|name| known.insert(name.clone())).collect()
    }

    /// The codes by the names that they send, in the order of the first code with each name. Only codes of several
    /// namespaces send the same name.
    #[must_use]
    pub fn codes_by_sent_name(&self) -> Vec<(&str, Vec<&Code>)> {
        let mut positions: BTreeMap<&str, usize> = BTreeMap::new();
        let mut by_name: Vec<(&str, Vec<&Code>)> = Vec::with_capacity(self.codes.len());
        for code in &self.codes {
            let name = code.names.sent();
            let position = *positions.entry(name).or_insert(by_name.len());
            match by_name.get_mut(position) {
                Some((_, codes)) => codes.push(code),
                None => by_name.push((name, vec![code])),
            }
        }
        by_name
    }
}
