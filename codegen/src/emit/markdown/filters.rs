//! Filters of the templates: they escape catalog texts for their place on a page.

#![expect(
    unreachable_pub,
    clippy::inline_always,
    clippy::unnecessary_wraps,
    clippy::unused_self,
    reason = "the macro of filters writes such methods"
)]

use std::fmt::Display;

use askama::filters::Safe;

use super::super::markdown_escape;

/// A text in a table cell.
#[askama::filter_fn]
pub(super) fn cell(text: impl Display, _: &dyn askama::Values) -> askama::Result<Safe<String>> {
    Ok(Safe(markdown_escape::cell(&text.to_string())))
}

/// A literal in a paragraph or heading.
#[askama::filter_fn]
pub(super) fn code(text: impl Display, _: &dyn askama::Values) -> askama::Result<Safe<String>> {
    Ok(Safe(markdown_escape::code(&text.to_string())))
}

/// A literal in a table cell.
#[askama::filter_fn]
pub(super) fn code_cell(
    text: impl Display,
    _: &dyn askama::Values,
) -> askama::Result<Safe<String>> {
    Ok(Safe(markdown_escape::code_cell(&text.to_string())))
}
