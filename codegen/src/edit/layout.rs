//! Decides which collections stay flow collections, and moves the comments of the others.

use super::cst::{Collection, Element, Kind, Layout, Part, Trivia};
use crate::yaml::node::{Scalar, Style};
use crate::yaml::quote::{self, Place, misread_as};
use crate::yaml::write::WIDTH;

/// Lays out a collection that begins at `column`. Its children are indented by `indent`.
pub(super) fn lay_out(collection: &mut Collection<'_>, column: usize, indent: usize) {
    if collection.layout == Layout::Flow {
        if let Some(text) = line(collection, column) {
            collection.layout = Layout::Line(text);
            return;
        }
        // An empty collection with comments needs its brackets.
        if collection.children.is_empty() {
            return;
        }
        collection.layout = Layout::Block;
    }
    for child in &mut collection.children {
        lay_out_element(child, indent);
    }
}

fn lay_out_element(element: &mut Element<'_>, indent: usize) {
    let sign = element
        .key
        .map_or(1, |key| scalar_text(key, Place::Block).chars().count() + 1);
    let Part::Collection(collection) = &mut element.value else {
        return;
    };
    let held_trivia = collection.layout == Layout::Flow && !collection.is_bare();
    lay_out(collection, indent + sign + 1, indent + 2);
    if collection.layout != Layout::Block {
        return;
    }
    if held_trivia {
        // Comments from between the brackets come before those after them.
        let mut after = std::mem::take(&mut collection.inner);
        after.extend(element.trailing.take().map(Trivia::Comment));
        after.append(&mut element.after);
        element.after = after;
    }
    if element.key.is_none() {
        // The first child follows the dash on its line, so its comments go above the dash.
        let behind = element.trailing.take();
        element.leading.extend(behind.map(Trivia::Comment));
        if let Some(first) = collection.children.first_mut() {
            element.leading.append(&mut first.leading);
        }
    }
}

/// The text of a flow collection that begins at `column`; `None` if it is too wide or contains comments.
fn line(collection: &Collection<'_>, column: usize) -> Option<String> {
    if !collection.is_bare() {
        return None;
    }
    let mut out = String::new();
    let room = WIDTH.saturating_sub(column);
    push_flow(collection, room, &mut out);
    (collection.children.is_empty() || out.chars().count() <= room).then_some(out)
}

/// Appends the collection; may stop early when it exceeds `room`.
fn push_flow(collection: &Collection<'_>, room: usize, out: &mut String) {
    let (open, close) = match collection.kind {
        Kind::Map => ("{ ", " }"),
        Kind::List => ("[", "]"),
    };
    if collection.children.is_empty() {
        out.push_str(open.trim_end());
        out.push_str(close.trim_start());
        return;
    }
    out.push_str(open);
    for (position, child) in collection.children.iter().enumerate() {
        // A character has up to four bytes.
        if out.len() > room * 4 {
            return;
        }
        if position > 0 {
            out.push_str(", ");
        }
        if let Some(key) = child.key {
            out.push_str(&scalar_text(key, Place::Flow));
            out.push_str(": ");
        }
        match &child.value {
            Part::Scalar(scalar) => out.push_str(&scalar_text(scalar, Place::Flow)),
            Part::Collection(nested) => push_flow(nested, room, out),
            Part::Nothing | Part::Block(_) => {}
        }
    }
    out.push_str(close);
}

/// The text of a scalar. A bare word with a meaning of its own, such as `true`, stays as it is; other strings are
/// quoted where a parser could read another value.
pub(super) fn scalar_text(scalar: &Scalar<'_>, place: Place) -> String {
    let text = scalar.text.as_ref();
    let is_bare_word =
        scalar.style == Style::Plain && (text.is_empty() || misread_as(text).is_some());
    if is_bare_word {
        return text.to_owned();
    }
    quote::to_scalar(text, place)
}
