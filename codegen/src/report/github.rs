//! Diagnostics as GitHub workflow commands, which become annotations of a pull request.

use std::fmt::Write as _;

use super::json::severity;
use super::place::Places;
use super::said;
use crate::Inputs;
use crate::diagnostic::Diagnostic;

/// Renders all diagnostics as `::error file=…::message` lines.
///
/// Source: GitHub documentation, "Workflow commands for GitHub Actions".
#[must_use]
pub fn github(inputs: &Inputs, diagnostics: &[Diagnostic]) -> String {
    let places = Places::new(inputs);
    let mut out = String::new();
    for diagnostic in diagnostics {
        let span = diagnostic.primary.span;
        let range = places.range(span);
        let _ = writeln!(
            out,
            "::{} file={},line={},col={},endLine={},endColumn={},title={}::{}",
            severity(diagnostic.severity),
            property(places.name(span)),
            range.line,
            range.column,
            range.end_line,
            range.end_column,
            property(diagnostic.rule.id()),
            data(&said(diagnostic)),
        );
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
