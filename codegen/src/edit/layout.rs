//! Decides which collections stay between brackets, and where the comments of the others go.

use super::cst::{Collection, Element, Kind, Layout, Part, Trivia};
use crate::yaml::node::{Scalar, Style};
use crate::yaml::quote::{self, Place, misread_as};

/// The widest line that brackets may make, in characters.
pub(super) const WIDTH: usize = 120;

/// Lays out a collection that begins at `column`, with its children `indent` columns in.
pub(super) fn lay_out(collection: &mut Collection<'_>, column: usize, indent: usize) {
    if collection.layout == Layout::Flow {
        if let Some(text) = line(collection, column) {
            collection.layout = Layout::Line(text);
            return;
        }
        // Brackets that hold comments alone cannot go.
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
        // What stood between the brackets comes before what stood behind them.
        let mut after = std::mem::take(&mut collection.inner);
        after.extend(element.trailing.take().map(Trivia::Comment));
        after.append(&mut element.after);
        element.after = after;
    }
    if element.key.is_none() {
        // The first child stands behind the dash, so its comments stand above the dash.
        let behind = element.trailing.take();
        element.leading.extend(behind.map(Trivia::Comment));
        if let Some(first) = collection.children.first_mut() {
            element.leading.append(&mut first.leading);
        }
    }
}

/// The collection between brackets, where it begins at `column`; unless it does not fit there, or
/// something stands between its values.
fn line(collection: &Collection<'_>, column: usize) -> Option<String> {
    if !collection.is_bare() {
        return None;
    }
    let mut out = String::new();
    let room = WIDTH.saturating_sub(column);
    push_flow(collection, room, &mut out);
    (collection.children.is_empty() || out.chars().count() <= room).then_some(out)
}

/// Writes the collection; stops somewhere when there is no more room.
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

/// A scalar as it is written: a word that has a meaning of its own as it stands, and every text so
/// that no reader can take it for anything else.
pub(super) fn scalar_text(scalar: &Scalar<'_>, place: Place) -> String {
    let text = scalar.text.as_ref();
    let is_bare_word =
        scalar.style == Style::Plain && (text.is_empty() || misread_as(text).is_some());
    if is_bare_word {
        return text.to_owned();
    }
    quote::to_scalar(text, place)
}
