//! Trees of shapes as the parts of a text.

use serde_json::Value;

use super::is_text;
use crate::catalog::{Catalog, Exists, Filled, Missing, Node, Piece, Slot};

/// A part of a body, as the runtime has it.
pub(super) enum Part {
    /// JSON that every body contains.
    Text(String),
    /// A comma, if a member or element is before it.
    Comma,
    /// A value, or this JSON if the slot has none.
    Value(Slot, String),
    /// A value inside of a string.
    Content(Slot),
    /// Parts that are left out if the slot has no value.
    If(Slot, Vec<Part>),
}

/// The parts of a body.
pub(super) fn parts(catalog: &Catalog, body: &Node) -> Vec<Part> {
    let mut layout = Layout {
        catalog,
        parts: Vec::new(),
        known: Vec::new(),
    };
    layout.node(body);
    layout.parts
}

struct Layout<'a> {
    catalog: &'a Catalog,
    parts: Vec<Part>,
    /// The slots that have a value where the parts are written.
    known: Vec<Slot>,
}

/// What is before a member or an element.
#[derive(Clone, Copy)]
enum Before {
    Nothing,
    /// Something that can be left out.
    Perhaps,
    Something,
}

impl Layout<'_> {
    fn text(&mut self, text: &str) {
        if let Some(Part::Text(before)) = self.parts.last_mut() {
            before.push_str(text);
        } else {
            self.parts.push(Part::Text(text.to_owned()));
        }
    }

    fn node(&mut self, node: &Node) {
        match node {
            Node::Object(object) => {
                let members = object.members.iter();
                let members = members.map(|(name, node)| {
                    let name = Value::from(name.as_str());
                    (format!("{name}:"), node)
                });
                self.list("{", members, "}");
            }
            Node::List(nodes) => {
                let elements = nodes.iter().map(|node| (String::new(), node));
                self.list("[", elements, "]");
            }
            Node::Constant(value) => self.text(&value.to_string()),
            Node::Slot(filled) => self.slot(filled),
            Node::Text(pieces) => {
                self.text("\"");
                for piece in pieces {
                    match piece {
                        Piece::Text(text) => {
                            self.text(content(&Value::from(text.as_str()).to_string()));
                        }
                        Piece::Slot(slot) => self.parts.push(Part::Content(*slot)),
                    }
                }
                self.text("\"");
            }
        }
    }

    fn slot(&mut self, filled: &Filled) {
        let slot = filled.slot;
        let is_there = slot.is_always_there() || self.known.contains(&slot);
        let missing = match &filled.missing {
            Missing::Text(text) => Value::from(text.as_str()).to_string(),
            Missing::Null | Missing::Omit => "null".to_owned(),
        };
        if slot == Slot::Errors {
            self.text(&missing);
        } else if is_there && is_text(self.catalog, slot) {
            self.text("\"");
            self.parts.push(Part::Content(slot));
            self.text("\"");
        } else {
            self.parts.push(Part::Value(slot, missing));
        }
    }

    /// Members or elements, each with what is written before its value.
    fn list<'n>(
        &mut self,
        open: &str,
        entries: impl Iterator<Item = (String, &'n Node)>,
        close: &str,
    ) {
        self.text(open);
        let mut before = Before::Nothing;
        for (name, node) in entries {
            let Some(conditions) = conditions(node) else {
                continue;
            };
            let new: Vec<Slot> = conditions
                .into_iter()
                .filter(|slot| !self.known.contains(slot))
                .collect();
            let outer = core::mem::take(&mut self.parts);
            self.known.extend(&new);
            match before {
                Before::Nothing => {}
                Before::Perhaps => self.parts.push(Part::Comma),
                Before::Something => self.text(","),
            }
            self.text(&name);
            self.node(node);
            self.known.truncate(self.known.len() - new.len());
            let entry = core::mem::replace(&mut self.parts, outer);
            if new.is_empty() {
                for part in entry {
                    match part {
                        Part::Text(text) => self.text(&text),
                        part => self.parts.push(part),
                    }
                }
                before = Before::Something;
            } else {
                let nested = new
                    .iter()
                    .rev()
                    .fold(entry, |parts, slot| vec![Part::If(*slot, parts)]);
                self.parts.extend(nested);
                if matches!(before, Before::Nothing) {
                    before = Before::Perhaps;
                }
            }
        }
        self.text(close);
    }
}

/// The slots without which a value is left out. `None` if it always is: an error of this version has one fault.
fn conditions(node: &Node) -> Option<Vec<Slot>> {
    let slots: Vec<Slot> = match node {
        Node::Object(object) => match object.exists {
            Exists::Always => Vec::new(),
            Exists::If(slot) => vec![slot],
            Exists::Each => return None,
        },
        Node::Slot(filled) if filled.missing == Missing::Omit => vec![filled.slot],
        Node::Text(pieces) => pieces.iter().filter_map(Piece::slot).collect(),
        _ => Vec::new(),
    };
    if slots.contains(&Slot::Errors) {
        return None;
    }
    let mut needed = Vec::new();
    for slot in slots {
        if !slot.is_always_there() && !needed.contains(&slot) {
            needed.push(slot);
        }
    }
    Some(needed)
}

/// The content of a string in JSON.
pub(super) fn content(json: &str) -> &str {
    json.strip_prefix('"')
        .and_then(|json| json.strip_suffix('"'))
        .unwrap_or(json)
}
