//! Texts that nobody has written yet.

use super::Policy;
use crate::diagnostic::{Diagnostic, quoted};
use crate::draft::{CatalogDraft, Spanned};
use crate::resolve::{Effective, optional};
use crate::rule::Rule;

/// What a text begins with that somebody is still to write.
const MARK: &str = "TODO";

/// Reports the texts of types and codes that are still to be written.
pub(super) fn report(
    catalog: &CatalogDraft,
    codes: &[Effective<'_>],
    policy: &mut Policy<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let types = optional(Some(&catalog.types)).map_or(&[][..], |types| &types.0);
    for (name, entry) in types {
        let Some(own) = entry.value.as_ref() else {
            continue;
        };
        for field in [&own.meaning, &own.message] {
            if let Some(finding) = left(name, field.as_ref()) {
                policy.report(None, finding, diagnostics);
            }
        }
    }
    for (position, code) in codes.iter().enumerate() {
        let Some(own) = code.own else {
            continue;
        };
        for field in [&own.message, &own.meaning, &own.fix, &own.type_row] {
            if let Some(finding) = left(code.wire, field.as_ref()) {
                policy.report(Some(position), finding, diagnostics);
            }
        }
    }
}

fn left(name: &str, field: Option<&Spanned<String>>) -> Option<Diagnostic> {
    let rest = optional(field)?.strip_prefix(MARK)?;
    let is_mark = !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    is_mark.then(|| {
        let span = field.map_or_else(Default::default, |field| field.span);
        let message = format!("a text of {} is still to be written", quoted(name));
        Diagnostic::new(Rule::TodoLeft, span, message).help("write the text in its place")
    })
}
