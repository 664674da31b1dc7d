//! Entries of `upstream` that may not apply as intended.

use super::{Finding, Subject};
use crate::ast::{Mapping, UpstreamAst};
use crate::catalog::{Catalog, UpstreamError};
use crate::diagnostic::{Diagnostic, quoted};
use crate::resolve::optional;
use crate::rule::Rule;
use crate::suggest::closest;
use crate::unord_map::UnordMap;

pub(super) fn check(subject: &Subject<'_>, catalog: &Catalog, findings: &mut Vec<Finding>) {
    let asts = optional(subject.ast.upstream.as_ref()).map_or(&[][..], Vec::as_slice);
    let mut earlier = Earlier::default();
    for (position, (ast, error)) in asts.iter().zip(&catalog.upstream).enumerate() {
        let first = earlier.first_overlap(error, &catalog.upstream);
        let found = first.map(|first| overlapping(&asts[first], ast));
        findings.extend(found.map(|found| Finding::about(None, found)));
        earlier.add(position, error);
        let found = unknown_type(ast, error, catalog);
        findings.extend(found.map(|found| Finding::about(None, found)));
    }
}

/// The positions of the entries before one, by their style, and by their code or their type.
#[derive(Default)]
struct Earlier<'a> {
    by_code: UnordMap<Part<'a>, Vec<usize>>,
    by_type: UnordMap<Part<'a>, Vec<usize>>,
}

/// A style, and a code or a type.
type Part<'a> = (Option<&'a str>, Option<&'a str>);

impl<'a> Earlier<'a> {
    fn add(&mut self, position: usize, error: &'a UpstreamError) {
        let from = &error.from;
        let style = from.style.as_deref();
        let (by_code, by_type) = (from.code.as_deref(), from.error_type.as_deref());
        self.by_code.get_or_default((style, by_code)).push(position);
        self.by_type.get_or_default((style, by_type)).push(position);
    }

    /// The position of the first entry that overlaps with this one. It has the same code or none, or the same type or
    /// none.
    fn first_overlap(&self, error: &'a UpstreamError, all: &[UpstreamError]) -> Option<usize> {
        let from = &error.from;
        let (places, name) = match &from.code {
            Some(code) => (&self.by_code, code),
            None => (&self.by_type, from.error_type.as_ref()?),
        };
        let names = [Some(name.as_str()), None];
        let first = names.into_iter().filter_map(|name| {
            let places = places.get(&(from.style.as_deref(), name))?;
            let mut places = places.iter().copied();
            places.find(|place| overlap(&all[*place], error))
        });
        first.min()
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

#[cfg(test)]
mod tests {
    use super::{Earlier, overlap};
    use crate::catalog::UpstreamError;

    #[test]
    fn the_first_entry_that_overlaps_is_found() {
        let forward = UpstreamError::combinations();
        let backward: Vec<UpstreamError> = forward.iter().rev().cloned().collect();
        for all in [forward, backward] {
            let mut earlier = Earlier::default();
            let mut found = 0;
            for (position, error) in all.iter().enumerate() {
                let first = earlier.first_overlap(error, &all);
                let expected = all[..position].iter().position(|one| overlap(one, error));
                assert_eq!(first, expected, "{error:?}");
                found += usize::from(first.is_some());
                earlier.add(position, error);
            }
            assert!(found > 0);
        }
    }
}
