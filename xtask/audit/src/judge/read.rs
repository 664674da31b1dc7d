//! Reads the slots of a body by its shape.

use codegen::catalog::{CodeKind, Exists, Filled, Missing, Node, Object, Piece, Slot};

use crate::json::Json;

/// The values of slots.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Slots<'j> {
    pub(super) code: Option<CodeValue<'j>>,
    pub(super) error_type: Option<&'j str>,
    pub(super) message: Option<&'j str>,
    pub(super) status: Option<i128>,
    pub(super) request_id: Option<&'j str>,
    pub(super) retryable: Option<bool>,
    pub(super) details: Option<&'j Json<'j>>,
    /// A message of a fault that leaks; the first one of several.
    pub(super) fault_leaks: Option<codegen::Leak>,
}

/// A code in a body.
#[derive(Clone, Copy, Debug)]
pub(super) enum CodeValue<'j> {
    Text(&'j str),
    Number(i128),
}

/// Why a body does not have a shape.
#[derive(Debug)]
pub(super) struct Mismatch {
    /// The names of the members from the outside in, the last one first. They are names of the shape.
    path: Vec<String>,
    what: String,
}

impl Mismatch {
    fn new(what: impl Into<String>) -> Self {
        Self {
            path: Vec::new(),
            what: what.into(),
        }
    }

    fn inside(mut self, name: impl Into<String>) -> Self {
        self.path.push(name.into());
        self
    }

    /// The mismatch as a sentence without a full stop.
    pub(super) fn text(&self) -> String {
        let path: Vec<&str> = self.path.iter().rev().map(String::as_str).collect();
        match &path[..] {
            [] => format!("the body {}", self.what),
            path => format!("`{}` {}", path.join("."), self.what),
        }
    }
}

/// Reads bodies of one catalog.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader {
    pub(super) codes: CodeKind,
}

impl Reader {
    /// Reads the slots of a value.
    pub(super) fn read<'j>(
        self,
        node: &Node,
        json: &'j Json<'j>,
        slots: &mut Slots<'j>,
    ) -> Result<(), Mismatch> {
        match node {
            Node::Object(object) => self.object(object, json, slots),
            Node::List(nodes) => self.list(nodes, json, slots),
            Node::Constant(constant) if json.is(constant) => Ok(()),
            Node::Constant(constant) => Err(Mismatch::new(format!("is not {constant}"))),
            Node::Slot(filled) => self.slot(filled, json, slots),
            Node::Text(pieces) => text(pieces, json, slots),
        }
    }

    fn object<'j>(
        self,
        object: &Object,
        json: &'j Json<'j>,
        slots: &mut Slots<'j>,
    ) -> Result<(), Mismatch> {
        if !matches!(json, Json::Object(_)) {
            return Err(Mismatch::new(format!("is {}, not an object", json.kind())));
        }
        for (name, node) in &object.members {
            let read = match json.member(name) {
                Some(value) => self.read(node, value, slots),
                None if can_be_missing(node) => Ok(()),
                None => Err(Mismatch::new("is missing")),
            };
            read.map_err(|mismatch| mismatch.inside(name))?;
        }
        Ok(())
    }

    /// Reads the elements of a list. An element that no node describes is one of a newer server.
    fn list<'j>(
        self,
        nodes: &[Node],
        json: &'j Json<'j>,
        slots: &mut Slots<'j>,
    ) -> Result<(), Mismatch> {
        let Json::List(elements) = json else {
            return Err(Mismatch::new(format!("is {}, not a list", json.kind())));
        };
        let mut elements = elements.iter();
        for (position, node) in nodes.iter().enumerate() {
            let is_each = matches!(node, Node::Object(object) if object.exists == Exists::Each);
            if is_each {
                for element in elements.by_ref() {
                    self.fault(node, element, slots);
                }
                continue;
            }
            let before = *slots;
            // A node that is missing leaves the elements to the next one.
            let rest = elements.clone();
            let mut failed = None;
            let found = elements.by_ref().any(|element| {
                let read = self.read(node, element, slots);
                if read.is_err() {
                    *slots = before;
                    failed = failed.take().or(read.err());
                    return false;
                }
                true
            });
            if !found {
                elements = rest;
                if !can_be_missing(node) {
                    let failed = failed.unwrap_or_else(|| Mismatch::new("is missing"));
                    return Err(failed.inside(position.to_string()));
                }
            }
        }
        Ok(())
    }

    /// Reads an element of a list that is a fault. Its slots are not those of the error.
    fn fault<'j>(self, node: &Node, element: &'j Json<'j>, slots: &mut Slots<'j>) {
        let mut of_fault = Slots::default();
        let is_read = self.read(node, element, &mut of_fault).is_ok();
        if let (true, None, Some(message)) = (is_read, slots.fault_leaks, of_fault.message) {
            slots.fault_leaks = codegen::leak(message).map(|(_, leak)| leak);
        }
    }

    fn slot<'j>(
        self,
        filled: &Filled,
        json: &'j Json<'j>,
        slots: &mut Slots<'j>,
    ) -> Result<(), Mismatch> {
        let Filled { slot, missing } = filled;
        let is_missing = match (missing, json) {
            (Missing::Null, Json::Null) => !slot.is_always_there(),
            (Missing::Text(missing), Json::Text(found)) => found == missing,
            (_, Json::Null) => *slot == Slot::Param,
            _ => false,
        };
        if is_missing {
            return Ok(());
        }
        let expected = match (slot, json) {
            (Slot::Code, Json::Text(name)) => {
                slots.code = Some(CodeValue::Text(name));
                return Ok(());
            }
            (Slot::Code, Json::Whole(number)) if self.codes == CodeKind::Integer => {
                slots.code = Some(CodeValue::Number(*number));
                return Ok(());
            }
            (Slot::Code, _) if self.codes == CodeKind::Integer => "a whole number",
            (Slot::Status, Json::Whole(number)) => {
                slots.status = Some(*number);
                return Ok(());
            }
            (Slot::RetryAfter, Json::Whole(0..)) => return Ok(()),
            (Slot::Status | Slot::RetryAfter, _) => "a whole number",
            (Slot::Retryable, Json::Bool(can_help)) => {
                slots.retryable = Some(*can_help);
                return Ok(());
            }
            (Slot::Retryable, _) => "a boolean",
            (Slot::Details, Json::Object(_)) => {
                slots.details = Some(json);
                return Ok(());
            }
            (Slot::Details, _) => "an object",
            (Slot::Errors, Json::List(faults)) => {
                let messages = faults
                    .iter()
                    .filter_map(|fault| fault.member("message")?.text());
                let leaks = || messages.into_iter().find_map(codegen::leak);
                slots.fault_leaks = slots.fault_leaks.or_else(|| leaks().map(|(_, leak)| leak));
                return Ok(());
            }
            (Slot::Errors, _) => "a list",
            (_, Json::Text(text)) => return fill(*slot, text, slots),
            _ => "a string",
        };
        Err(Mismatch::new(format!("is {}, not {expected}", json.kind())))
    }
}

/// Sets a slot that is a text, or a part of one.
fn fill<'j>(slot: Slot, text: &'j str, slots: &mut Slots<'j>) -> Result<(), Mismatch> {
    match slot {
        Slot::Code => slots.code = Some(CodeValue::Text(text)),
        Slot::Type => slots.error_type = Some(text),
        Slot::Message if text.trim().is_empty() => return Err(Mismatch::new("is empty")),
        Slot::Message => slots.message = Some(text),
        Slot::RequestId => slots.request_id = Some(text),
        Slot::Status => {
            let number = text.parse().ok();
            slots.status = Some(number.ok_or_else(|| Mismatch::new("is not a status"))?);
        }
        _ => {}
    }
    Ok(())
}

/// Reads a string that contains values of slots.
fn text<'j>(pieces: &[Piece], json: &'j Json<'j>, slots: &mut Slots<'j>) -> Result<(), Mismatch> {
    let Some(found) = json.text() else {
        return Err(Mismatch::new(format!("is {}, not a string", json.kind())));
    };
    let other = || Mismatch::new("does not have the text of the shape");
    let mut rest = found;
    let mut open: Option<Slot> = None;
    for (position, piece) in pieces.iter().enumerate() {
        let Piece::Text(text) = piece else {
            open = piece.slot();
            continue;
        };
        let is_last = position + 1 == pieces.len();
        let at = match open {
            None => rest.starts_with(text.as_str()).then_some(0),
            // A value can contain the text that ends it.
            Some(_) if is_last => rest
                .ends_with(text.as_str())
                .then(|| rest.len() - text.len()),
            Some(_) => rest.find(text.as_str()),
        };
        let at = at.ok_or_else(other)?;
        if let Some(slot) = open.take() {
            fill(slot, &rest[..at], slots)?;
        }
        rest = &rest[at + text.len()..];
    }
    match open {
        Some(slot) => fill(slot, rest, slots),
        None if rest.is_empty() => Ok(()),
        None => Err(other()),
    }
}

/// Whether a body of the shape can be without the value.
fn can_be_missing(node: &Node) -> bool {
    match node {
        Node::Object(object) => object.exists != Exists::Always,
        Node::List(_) | Node::Constant(_) => false,
        // A server writes a missing param as null or leaves it out, as its catalog determines.
        Node::Slot(filled) => {
            !filled.slot.is_always_there()
                && (filled.missing == Missing::Omit || filled.slot == Slot::Param)
        }
        Node::Text(pieces) => {
            let mut slots = pieces.iter().filter_map(Piece::slot);
            slots.any(|slot| !slot.is_always_there())
        }
    }
}
