//! Diagnostics as GitHub workflow commands, which become annotations of a pull request.

use std::fmt::{self, Display, Formatter};

use super::json::severity;
use super::line_index::{LineIndex, Range};
use super::message_and_help;
use crate::Inputs;
use crate::diagnostic::Diagnostic;

/// Renders all diagnostics as `::error file=…::message` lines.
#[must_use]
pub fn github(inputs: &Inputs, diagnostics: &[Diagnostic]) -> String {
    let places = LineIndex::new(inputs);
    let mut out = String::new();
    for diagnostic in diagnostics {
        let span = diagnostic.primary.span;
        let annotation = Annotation {
            command: severity(diagnostic.severity),
            target: Target::Range(places.name(span), places.range(span)),
            title: diagnostic.rule.id(),
            text: &message_and_help(diagnostic),
        };
        out.push_str(&annotation.to_string());
    }
    out
}

/// A workflow command on its own line.
///
/// Source: GitHub documentation, "Workflow commands for GitHub Actions".
pub(super) struct Annotation<'a> {
    pub(super) command: &'static str,
    pub(super) target: Target<'a>,
    pub(super) title: &'a str,
    pub(super) text: &'a str,
}

/// The target of an annotation.
pub(super) enum Target<'a> {
    /// A file as a whole.
    File(&'a str),
    /// A range in a file.
    Range(&'a str, Range),
}

impl Display for Annotation<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "::{} ", self.command)?;
        match &self.target {
            Target::File(file) => write!(out, "file={}", property(file))?,
            Target::Range(file, range) => write!(
                out,
                "file={},line={},col={},endLine={},endColumn={}",
                property(file),
                range.line,
                range.column,
                range.end_line,
                range.end_column
            )?,
        }
        writeln!(out, ",title={}::{}", property(self.title), data(self.text))
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
