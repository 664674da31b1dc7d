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
    /// A value that exists, without quotes.
    Content(Slot),
    /// Parts that are left out if the slot has no value.
    If(Slot, Vec<Part>),
    /// Parts that are left out if none of the slots has a value.
    Any(Vec<Slot>, Vec<Part>),
    /// Parts that are written once for each fault of the error, with the slots of the fault.
    Each(Vec<Part>),
}

/// The parts of a body.
pub(super) fn parts(catalog: &Catalog, body: &Node) -> Vec<Part> {
    let mut layout = Layout {
        catalog,
        parts: Vec::new(),
        known: Vec::new(),
        has_faults: catalog.has_faults(),
        in_fault: false,
    };
    layout.node(body);
    layout.parts
}

struct Layout<'a> {
    catalog: &'a Catalog,
    parts: Vec<Part>,
    /// The slots that have a value where the parts are written.
    known: Vec<Slot>,
    /// Whether errors of the catalog have faults.
    has_faults: bool,
    /// Whether the parts are those of a fault.
    in_fault: bool,
}

/// When a member or element is written.
enum Condition {
    Never,
    /// If all of the slots have values.
    All(Vec<Slot>),
    /// If one of the slots has a value.
    Any(Vec<Slot>),
    /// Once for each fault.
    Each,
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
        if text.is_empty() {
            return;
        }
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
        let is_text = self.in_fault || is_text(self.catalog, slot);
        if slot == Slot::Errors && !self.has_faults {
            self.text(&missing);
        } else if is_there {
            let quote = if is_text { "\"" } else { "" };
            self.text(quote);
            self.parts.push(Part::Content(slot));
            self.text(quote);
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
            let mut condition = self.condition(node);
            if let Condition::Never = condition {
                continue;
            }
            let known = self.known.clone();
            let was_in_fault = self.in_fault;
            let outer = core::mem::take(&mut self.parts);
            match &mut condition {
                Condition::Never | Condition::Any(_) => {}
                Condition::All(slots) => {
                    slots.retain(|slot| !known.contains(slot));
                    self.known.extend(&slots[..]);
                }
                Condition::Each => {
                    // Those of the error are others.
                    let is_of_error = |slot: &Slot| !matches!(slot, Slot::Param | Slot::Code);
                    self.known.retain(is_of_error);
                    self.in_fault = true;
                }
            }
            match (before, &condition) {
                (Before::Something, _) => self.text(","),
                (Before::Perhaps, _) | (Before::Nothing, Condition::Each) => {
                    self.parts.push(Part::Comma);
                }
                (Before::Nothing, _) => {}
            }
            self.text(&name);
            self.node(node);
            self.known = known;
            self.in_fault = was_in_fault;
            let entry = core::mem::replace(&mut self.parts, outer);
            if self.add(entry, condition) {
                before = Before::Something;
            } else if matches!(before, Before::Nothing) {
                before = Before::Perhaps;
            }
        }
        self.text(close);
    }

    /// Adds the parts of a member or element. Returns whether they are always written.
    fn add(&mut self, entry: Vec<Part>, condition: Condition) -> bool {
        match condition {
            Condition::All(slots) if slots.is_empty() => {
                for part in entry {
                    match part {
                        Part::Text(text) => self.text(&text),
                        part => self.parts.push(part),
                    }
                }
                return true;
            }
            Condition::All(slots) => {
                let slots = slots.into_iter().rev();
                let nested = slots.fold(entry, |parts, slot| vec![Part::If(slot, parts)]);
                self.parts.extend(nested);
            }
            Condition::Any(slots) => self.parts.push(Part::Any(slots, entry)),
            Condition::Each => self.parts.push(Part::Each(entry)),
            Condition::Never => {}
        }
        false
    }

    /// When a value is written.
    fn condition(&self, node: &Node) -> Condition {
        let mut needed: Vec<Slot> = match node {
            Node::Object(object) => match &object.exists {
                Exists::Always => Vec::new(),
                Exists::If(slots) => return self.any(slots),
                Exists::Each if self.has_faults => return Condition::Each,
                Exists::Each => return Condition::Never,
            },
            Node::Slot(filled) if filled.missing == Missing::Omit => vec![filled.slot],
            Node::Text(pieces) => pieces.iter().filter_map(Piece::slot).collect(),
            _ => Vec::new(),
        };
        if needed.contains(&Slot::Errors) && !self.has_faults {
            return Condition::Never;
        }
        needed.retain(|slot| !slot.is_always_there());
        let mut once = Vec::new();
        for slot in needed {
            if !once.contains(&slot) {
                once.push(slot);
            }
        }
        Condition::All(once)
    }

    /// The condition that one of these slots has a value.
    fn any(&self, slots: &[Slot]) -> Condition {
        let mut slots = slots.to_vec();
        slots.retain(|slot| *slot != Slot::Errors || self.has_faults);
        match &slots[..] {
            [] => Condition::Never,
            [slot] => Condition::All(vec![*slot]),
            slots if slots.iter().any(|slot| self.known.contains(slot)) => {
                Condition::All(Vec::new())
            }
            _ => Condition::Any(slots),
        }
    }
}

/// The content of a string in JSON.
pub(super) fn content(json: &str) -> &str {
    json.strip_prefix('"')
        .and_then(|json| json.strip_suffix('"'))
        .unwrap_or(json)
}
