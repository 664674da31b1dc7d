//! Diagnostics for readers: the only place that knows lines, columns and colours.

mod github;
mod human;
mod json;
mod place;

pub use github::github;
pub use human::{Style, human};
pub use json::json;

use crate::Inputs;
use crate::span::Span;

/// Where a place is, in the words of an editor: `catalog.yaml:12:3`.
#[must_use]
pub fn position(inputs: &Inputs, span: Span) -> String {
    let places = place::Places::new(inputs.sources());
    let range = places.range(span);
    format!("{}:{}:{}", places.name(span), range.line, range.column)
}
