//! Where a value ends, to the letter: the places of the tree do not tell that of empty blocks.

use super::block;
use crate::node::{Entry, Node, Style, Value};

/// The end of the last line of an entry that is not blank.
pub(super) fn end_of_entry(text: &str, entry: &Entry<'_>) -> usize {
    let key_end = entry.key.span.range().end;
    end(text, &entry.value, key_end).max(key_end)
}

/// The end of a value that stands somewhere behind `from`.
fn end(text: &str, node: &Node<'_>, from: usize) -> usize {
    let span = node.span.range();
    let is_bracket = text[span.clone()].starts_with(['{', '[']);
    match &node.value {
        Value::Map(entries) if !is_bracket => entries
            .last()
            .map_or(span.end, |entry| end_of_entry(text, entry)),
        Value::List(items) if !is_bracket => items.iter().fold(from, |from, item| {
            let dash = sign(text, from, &[]);
            let behind = dash + usize::from(text[dash..].starts_with('-'));
            end(text, item, behind).max(from)
        }),
        Value::Scalar(scalar) if scalar.style == Style::Block && span.is_empty() => {
            block::line(text, sign(text, from, &[':', '-', '?'])).0
        }
        Value::Scalar(_) if node.is_nothing() => from,
        _ => span.end,
    }
}

/// The first sign behind `from` that is none of these, and neither space nor comment.
fn sign(text: &str, from: usize, passed: &[char]) -> usize {
    let mut rest = &text[from.min(text.len())..];
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\n', '\r']);
        if let Some(behind) = rest.strip_prefix(passed) {
            rest = behind;
        } else if rest.starts_with('#') {
            rest = &rest[block::line(rest, 0).1..];
        } else {
            return text.len() - rest.len();
        }
    }
}

/// How many blank lines belong to the text that ends a node, because it keeps its line breaks.
pub(super) fn kept_blank_lines(node: &Node<'_>) -> usize {
    match &node.value {
        Value::Scalar(scalar) if scalar.style == Style::Block => {
            let written = scalar.text.trim_end_matches('\n');
            let breaks = scalar.text.len() - written.len();
            breaks.saturating_sub(usize::from(!written.is_empty()))
        }
        Value::Map(entries) => entries
            .last()
            .map_or(0, |entry| kept_blank_lines(&entry.value)),
        Value::List(items) => items.last().map_or(0, kept_blank_lines),
        Value::Scalar(_) | Value::Refused => 0,
    }
}
