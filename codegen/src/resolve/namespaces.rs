//! Namespaces: codes whose names are sent without the prefix of their group.
//!
//! A wire name is unique in the catalog, and a name that is sent is unique in its namespace. No name that is sent is the
//! wire name of another code, or of a retired one, so a name never means one code in the catalog and another one in a body.

use super::names::{Resolver, taken};
use super::{Findings, optional};
use crate::ast::prefix::Prefixes;
use crate::ast::{CatalogAst, CodeAst, Mapping, Mappings, RetiredAst};
use crate::catalog::Names;
use crate::diagnostic::{Diagnostic, quoted};
use crate::rule::Rule;
use crate::span::Span;
use crate::unord_map::UnordMap;

/// The names of all codes; missing if one was reported.
pub(crate) fn names(
    ast: &CatalogAst,
    codes: &[(String, Mapping<CodeAst>)],
    resolver: &mut Resolver,
    findings: &mut Findings<'_>,
) -> Vec<Option<Names>> {
    let prefixes = Prefixes::new(ast.groups.as_ref());
    let mut names = resolver.codes(codes, &prefixes, findings);
    check(codes, ast.retired.as_ref(), &mut names, findings);
    names
}

/// Checks the names that codes in namespaces send; one that was reported is missing afterwards.
fn check(
    asts: &[(String, Mapping<CodeAst>)],
    retired: Option<&Mappings<RetiredAst>>,
    names: &mut [Option<Names>],
    findings: &mut Findings<'_>,
) {
    if names.iter().flatten().all(|names| names.unsent == 0) {
        return;
    }
    let retired = optional(retired).map_or(&[][..], |entries| &entries.0);
    let retired = retired.iter().map(|(wire, ast)| (wire.as_str(), ast.key));
    let wires = asts.iter().map(|(wire, ast)| (wire.as_str(), ast.key));
    let wires = wires.chain(retired);
    let wires: UnordMap<&str, Span> = wires.collect();
    let mut sent: UnordMap<(String, String), Span> = UnordMap::default();
    for ((_, ast), entry) in asts.iter().zip(names) {
        let Some(names) = entry.as_ref().filter(|names| names.unsent > 0) else {
            continue;
        };
        let found = fault(names, ast.key, &wires, &mut sent);
        if found.is_some() {
            *entry = None;
        }
        findings.diagnostics.extend(found);
    }
}

fn fault(
    names: &Names,
    at: Span,
    wires: &UnordMap<&str, Span>,
    sent: &mut UnordMap<(String, String), Span>,
) -> Option<Diagnostic> {
    let name = names.sent();
    let namespace = names.namespace().unwrap_or_default();
    if name.is_empty() {
        let message = format!("nothing of the name {} is sent", quoted(&names.wire));
        return Some(
            Diagnostic::new(Rule::ImpossibleName, at, message)
                .help("write more than the prefix of the group, which is its namespace"),
        );
    }
    if let Some(other) = wires.get(name) {
        let message = format!(
            "{} sends the name of the code {}",
            quoted(&names.wire),
            quoted(name)
        );
        return Some(taken(message, at, *other).help(format!(
            "move {} into a namespace too, or rename one of the two",
            quoted(name)
        )));
    }
    let key = (namespace.to_owned(), name.to_owned());
    if let Some(first) = sent.get(&key) {
        let message = format!(
            "two codes of the namespace {} send the name {}",
            quoted(namespace),
            quoted(name)
        );
        return Some(taken(message, at, *first).help("rename one of the two"));
    }
    sent.insert(key, at);
    None
}
