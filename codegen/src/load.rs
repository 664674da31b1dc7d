//! Loads a catalog: parses and decodes each of its files, and merges them into one AST.

use serde::de::DeserializeOwned;

use crate::ast::{self, CatalogAst, PartAst};
use crate::diagnostic::Diagnostic;
use crate::source::Inputs;
use crate::span::{SourceId, Span};
use crate::yaml;

/// The version of the catalog language that this library reads.
pub(crate) const LANGUAGE_VERSION: u64 = 1;

/// The AST of a catalog, with the place of its first key; nothing if one of its files cannot be read.
pub(crate) fn load(inputs: &Inputs) -> (Option<(CatalogAst, Span)>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let root = ast::<CatalogAst>(inputs, 0, &mut diagnostics);
    let parts: Vec<Option<PartAst>> = (1..inputs.sources.len())
        .map(|position| Some(ast::<PartAst>(inputs, position, &mut diagnostics)?.0))
        .collect();
    let of_parts = parts.iter().flatten().map(|part| part.include.as_ref());
    let of_root = root.as_ref().map(|(ast, _)| ast.include.as_ref());
    let lists = of_root.into_iter().chain(of_parts);
    let includes: Vec<Span> = lists
        .filter_map(|list| list?.value.as_ref())
        .flatten()
        .filter_map(|entry| entry.value.as_ref().map(|_| entry.span))
        .collect();
    let faults = inputs.include_faults(&includes);
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

/// The AST of a file and the place of its first key; nothing if the file cannot be read.
fn ast<T: DeserializeOwned>(
    inputs: &Inputs,
    position: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(T, Span)> {
    let id = SourceId(u32::try_from(position).unwrap_or(u32::MAX));
    let source = &inputs.sources[position];
    if let Some(defect) = source.defect(id) {
        diagnostics.push(defect);
        return None;
    }
    let (node, found) = yaml::parse(id, source.text());
    let silent = found.is_empty();
    diagnostics.extend(found);
    let Some(node) = node else {
        if silent {
            diagnostics.push(ast::empty_catalog(id));
        }
        return None;
    };
    if node.is_refused() {
        return None;
    }
    if let Some(other) = ast::other_version(&node, LANGUAGE_VERSION) {
        diagnostics.push(other);
        return None;
    }
    let (ast, found) = ast::decode(&node);
    diagnostics.extend(found);
    Some((ast?, node.first_token()))
}
