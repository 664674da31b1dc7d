//! Entries of `upstream` that may not apply as intended.

use super::{Finding, Subject};
use crate::ast::{Mapping, UpstreamAst};
use crate::catalog::{Catalog, UpstreamError};
use crate::diagnostic::{Diagnostic, quoted};
use crate::resolve::optional;
use crate::rule::Rule;
use crate::suggest::closest;

pub(super) fn check(subject: &Subject<'_>, catalog: &Catalog, findings: &mut Vec<Finding>) {
    let entries = optional(subject.ast.upstream.as_ref()).map_or(&[][..], Vec::as_slice);
    for (position, (entry, error)) in entries.iter().zip(&catalog.upstream).enumerate() {
        let earlier = entries.iter().zip(&catalog.upstream).take(position);
        let overlap = earlier
            .filter(|(_, earlier)| overlap(earlier, error))
            .map(|(ast, _)| ast);
        let found = overlap.map(|first| overlapping(first, entry)).next();
        findings.extend(found.map(|found| Finding::about(None, found)));
        let found = unknown_type(entry, error, catalog);
        findings.extend(found.map(|found| Finding::about(None, found)));
    }
}

/// Whether errors fit both entries, each with errors of its own. An entry for one style may overlap with one for all
/// styles: it is an exception of it.
fn overlap(earlier: &UpstreamError, later: &UpstreamError) -> bool {
    let differ = (earlier.code, earlier.error_type) != (later.code, later.error_type)
        || earlier.shows_message != later.shows_message;
    differ
        && earlier.from.style == later.from.style
        && earlier.from.names_an_error()
        && later.from.names_an_error()
        && earlier.from.meets(&later.from)
        && !later.from.covers(&earlier.from)
}

fn overlapping(first: &Mapping<UpstreamAst>, entry: &Mapping<UpstreamAst>) -> Diagnostic {
    let message = "an earlier entry fits some of the errors of this one";
    Diagnostic::new(Rule::OverlappingUpstream, entry.span, message)
        .related(first.span, "the earlier entry, which applies to them")
        .help("let one of them state what the other does not fit, such as `style` or `status`")
}

/// An entry with a type that no API of its style sends.
fn unknown_type(
    entry: &Mapping<UpstreamAst>,
    error: &UpstreamError,
    catalog: &Catalog,
) -> Option<Diagnostic> {
    let (style, name) = (error.from.style.as_ref()?, error.from.error_type.as_ref()?);
    let mut shapes = catalog.envelope.read_shapes();
    let shape = shapes.find(|shape| shape.name == *style)?;
    let known = shape.known_type_names();
    if known.is_empty() || known.contains(&name.as_str()) {
        return None;
    }
    let from = optional(entry.value.as_ref()?.from.as_ref())?;
    let at = from.error_type.as_ref()?.span;
    let message = format!("the style `{style}` has no type {}", quoted(name));
    let finding = Diagnostic::new(Rule::UnknownUpstreamType, at, message);
    let meant = closest(name, known.iter().copied());
    let otherwise = format!("its types are: {}", known.join(", "));
    Some(finding.did_you_mean(at, meant, otherwise))
}
