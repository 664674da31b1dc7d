//! Loads a catalog: parses and decodes each of its files, and merges them into one AST.

use serde::de::DeserializeOwned;

use crate::ast::{self, CatalogAst, PartAst};
use crate::diagnostic::Diagnostic;
use crate::include::Entries;
use crate::source::Inputs;
use crate::span::{SourceId, Span};
use crate::yaml;

/// The version of the catalog language that this library reads.
pub(crate) const LANGUAGE_VERSION: u64 = 1;

/// The AST of a catalog, with the place of its first key; nothing if one of its files cannot be read.
pub(crate) fn load(inputs: &Inputs) -> (Option<(CatalogAst, Span)>, Vec<Diagnostic>) {
    let mut loading = Loading {
        inputs,
        diagnostics: Vec::new(),
        includes: Entries::default(),
    };
    let root = loading.ast::<CatalogAst>(0);
    let parts: Vec<Option<PartAst>> = (1..inputs.sources.len())
        .map(|position| Some(loading.ast::<PartAst>(position)?.0))
        .collect();
    let mut diagnostics = loading.diagnostics;
    let faults = inputs.include_faults(&loading.includes);
    let is_whole = faults.is_empty();
    diagnostics.extend(faults);
    // The entries of an unreadable file are not reported as missing from the others.
    let parts = parts.into_iter().collect::<Option<Vec<_>>>();
    let (true, Some((root, start)), Some(parts)) = (is_whole, root, parts) else {
        return (None, diagnostics);
    };
    let (mut ast, found) = ast::merge(root, parts);
    diagnostics.extend(found);
    diagnostics.extend(ast::prefix::apply(&mut ast));
    (Some((ast, start)), diagnostics)
}

/// The sources that were loaded so far.
struct Loading<'a> {
    inputs: &'a Inputs,
    diagnostics: Vec<Diagnostic>,
    includes: Entries,
}

impl Loading<'_> {
    /// The AST of the next source and the place of its first key; nothing if the source cannot be read.
    fn ast<T: DeserializeOwned>(&mut self, position: usize) -> Option<(T, Span)> {
        let id = SourceId(u32::try_from(position).unwrap_or(u32::MAX));
        let source = &self.inputs.sources[position];
        if let Some(defect) = source.defect(id) {
            self.diagnostics.push(defect);
            self.includes.push(None);
            return None;
        }
        let (node, found) = yaml::parse(id, source.text());
        self.includes.push(node.as_ref());
        let silent = found.is_empty();
        self.diagnostics.extend(found);
        let Some(node) = node else {
            if silent {
                self.diagnostics.push(ast::empty_catalog(id));
            }
            return None;
        };
        if node.is_refused() {
            return None;
        }
        if let Some(other) = ast::other_version(&node, LANGUAGE_VERSION) {
            self.diagnostics.push(other);
            return None;
        }
        let (ast, found) = ast::decode(&node);
        self.diagnostics.extend(found);
        Some((ast?, node.first_token()))
    }
}
