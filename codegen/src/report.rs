//! Reports of diagnostics and changes. Only these modules compute lines, columns and colours.

mod brief;
pub mod changes;
mod github;
mod human;
mod json;
mod line_index;
mod sarif;
mod table;

pub use brief::{brief, brief_of};
pub use github::github;
pub use human::{Style, human};
pub use json::json;
pub use sarif::{sarif, sarif_log, sarif_message, sarif_of, sarif_uri};
pub use table::{columns, plural};

use crate::Inputs;
use crate::diagnostic::Diagnostic;
use crate::span::Span;

/// The message, and the help on its own line.
fn message_and_help(diagnostic: &Diagnostic) -> String {
    match &diagnostic.help {
        Some(help) => format!("{}\n{help}", diagnostic.message),
        None => diagnostic.message.clone(),
    }
}

/// A span as editors write it: `catalog.yaml:12:3`.
#[must_use]
pub fn position(inputs: &Inputs, span: Span) -> String {
    let places = line_index::LineIndex::new(inputs);
    let range = places.range(span);
    format!("{}:{}:{}", places.name(span), range.line, range.column)
}
