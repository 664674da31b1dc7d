//! Diagnostics for tools: JSON Lines.

use serde::Serialize;

use super::line_index::{LineIndex, Range};
use crate::diagnostic::Diagnostic;
use crate::rule::Severity;
use crate::{Inputs, span::Span};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Place<'a> {
    file: &'a str,
    #[serde(flatten)]
    range: Range,
    byte_start: u32,
    byte_end: u32,
}

#[derive(Serialize)]
struct Related<'a> {
    label: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    text: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Serialize)]
struct Line<'a> {
    rule: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    label: &'a str,
    help: Option<&'a str>,
    suggestion: Option<Suggestion<'a>>,
    related: Vec<Related<'a>>,
}

/// The severity as tools call it.
pub(super) const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// Renders all diagnostics as JSON Lines. Lines and columns count from 1, columns in characters;
/// bytes count from 0.
#[must_use]
pub fn json(inputs: &Inputs, diagnostics: &[Diagnostic]) -> String {
    let places = LineIndex::new(inputs);
    let mut out = String::new();
    for diagnostic in diagnostics {
        let suggestion = diagnostic.suggestion.as_ref();
        let line = Line {
            rule: diagnostic.rule.id(),
            severity: severity(diagnostic.severity),
            message: &diagnostic.message,
            place: place(&places, diagnostic.primary.span),
            label: &diagnostic.primary.text,
            help: diagnostic.help.as_deref(),
            suggestion: suggestion.map(|suggestion| Suggestion {
                text: &suggestion.text,
                place: place(&places, suggestion.span),
            }),
            related: diagnostic
                .related
                .iter()
                .map(|label| Related {
                    label: &label.text,
                    place: place(&places, label.span),
                })
                .collect(),
        };
        // Strings and numbers always serialise.
        out.push_str(&serde_json::to_string(&line).unwrap_or_default());
        out.push('\n');
    }
    out
}

pub(super) fn place<'a>(places: &LineIndex<'a>, span: Span) -> Place<'a> {
    Place {
        file: places.name(span),
        range: places.range(span),
        byte_start: span.start,
        byte_end: span.end,
    }
}
