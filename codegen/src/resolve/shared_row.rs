//! Codes that share a row of the documentation.

use super::inherit::Effective;
use super::{Findings, optional};
use crate::ast::{CodeAst, GroupPath};
use crate::diagnostic::Diagnostic;
use crate::rule::Rule;
use crate::span::Span;

/// A shared row needs `like`, and the same texts as the other code.
pub(super) fn check(code: &Effective<'_>, codes: &[Effective<'_>], findings: &mut Findings<'_>) {
    let (true, Some(own)) = (code.shares_row(), code.own) else {
        return;
    };
    let Some(row) = own.row.as_ref() else {
        return;
    };
    if own.like.is_none() {
        findings.push(
            Diagnostic::new(Rule::SharedRow, row.span, "a shared row needs `like`")
                .help("name the code with `like:`, or remove `row:`"),
        );
        return;
    }
    // An unknown code has been reported at `like`.
    let Some(base) = code.base else {
        return;
    };
    if code.audience() != codes[base].audience() {
        findings.push(
            Diagnostic::new(
                Rule::SharedRow,
                row.span,
                "a public code cannot share a row with an internal code",
            )
            .help("give the code a row of its own"),
        );
    }
    for (key, at, same) in differing_texts(own, &codes[base]) {
        if !same {
            findings.push(
                Diagnostic::new(
                    Rule::SharedRow,
                    at,
                    format!("codes in a shared row have the same {key}"),
                )
                .related(row.span, "the row is shared here")
                .help(format!(
                    "remove `{key}:`, or give the code a row of its own"
                )),
            );
        }
    }
}

/// The texts of a row that a code states itself, and whether they equal those of the other code.
fn differing_texts(
    own: &CodeAst,
    base: &Effective<'_>,
) -> impl Iterator<Item = (&'static str, Span, bool)> {
    let fields = [
        (
            "meaning",
            own.meaning.as_ref(),
            base.field(|own| &own.meaning),
        ),
        ("fix", own.fix.as_ref(), base.field(|own| &own.fix)),
    ];
    let texts = fields.into_iter().filter_map(|(key, own, base)| {
        let own = own?;
        Some((key, own.key, optional(base) == own.value.as_ref()))
    });
    let path = |field| optional(field).map(GroupPath::joined);
    let group = own.group.as_ref();
    let group = group.map(|own| {
        (
            "group",
            own.key,
            path(Some(own)) == path(base.field(|own| &own.group)),
        )
    });
    texts.chain(group)
}
