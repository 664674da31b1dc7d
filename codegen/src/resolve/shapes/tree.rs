//! Trees of shapes, from the values of a catalog.

use super::super::Findings;
use super::super::keys::key_fault;
use super::super::names::is_invisible;
use super::slots;
use crate::ast::{Spanned, TreeAst};
use crate::catalog::{Exists, Node, Object, Slot};
use crate::diagnostic::{Diagnostic, quoted};
use crate::limits::MAX_TERM_BYTES;
use crate::rule::Rule;
use crate::span::Span;

/// Who wrote a shape.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// This library. Its objects may name their schema.
    BuiltIn,
    /// The author of a catalog.
    Catalog,
}

/// Where a value is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    /// In an object.
    Member,
    /// In a list.
    Element,
    /// In an object that exists once for each fault.
    Fault,
}

/// Reads the trees of a shape.
pub(super) struct Reader<'r, 'f> {
    findings: &'r mut Findings<'f>,
    origin: Origin,
    /// The body, in an event.
    body: Option<&'r Node>,
}

impl<'r, 'f> Reader<'r, 'f> {
    pub(super) fn new(findings: &'r mut Findings<'f>, origin: Origin) -> Self {
        Self {
            findings,
            origin,
            body: None,
        }
    }

    /// The same for an event, in which `$body` is this body.
    pub(super) fn with_body(self, body: &'r Node) -> Self {
        Self {
            body: Some(body),
            ..self
        }
    }

    /// The whole tree of a body or an event.
    pub(super) fn top(&mut self, tree: &TreeAst, at: Span) -> Option<Node> {
        let node = self.node(tree, at, Position::Member)?;
        let Node::Object(object) = &node else {
            let help = "write a mapping, such as `{ error: { message: $message, code: $code } }`";
            return self.fault(at, "expected an object", help);
        };
        if object.exists != Exists::Always {
            let help = "remove `$if`: a body always exists";
            return self.fault(at, "the outermost object has a condition", help);
        }
        let mut slots = Vec::new();
        required_slots(&node, &mut slots);
        if !slots.contains(&Slot::Message) {
            let help = "add the slot, such as `message: $message`";
            return self.fault(at, "missing slot `$message`", help);
        }
        if !slots.contains(&Slot::Code) && !slots.contains(&Slot::Type) {
            let help =
                "add one of them, such as `code: $code`, so that clients can distinguish errors";
            return self.fault(at, "missing slot `$code` or `$type`", help);
        }
        Some(node)
    }

    fn fault<T>(&mut self, at: Span, message: &str, help: &str) -> Option<T> {
        self.findings
            .push(Diagnostic::new(Rule::BadShape, at, message).help(help));
        None
    }

    fn node(&mut self, tree: &TreeAst, at: Span, position: Position) -> Option<Node> {
        Some(match tree {
            TreeAst::Null => Node::Constant(serde_json::Value::Null),
            TreeAst::Bool(value) => Node::Constant((*value).into()),
            TreeAst::Number(number) => Node::Constant(number.clone().into()),
            TreeAst::Text(text) => self.text(text, at, position)?,
            TreeAst::List(list) => {
                let element = match position {
                    Position::Fault => Position::Fault,
                    Position::Member | Position::Element => Position::Element,
                };
                let nodes = list
                    .iter()
                    .map(|entry| self.node(entry.value.as_ref()?, entry.span, element));
                // Every fault is reported.
                let nodes: Vec<Option<Node>> = nodes.collect();
                self.check_last(list, &nodes)?;
                Node::List(nodes.into_iter().collect::<Option<_>>()?)
            }
            TreeAst::Map(entries) => Node::Object(self.object(entries, position)?),
        })
    }

    fn text(&mut self, text: &str, at: Span, position: Position) -> Option<Node> {
        if text == "$body" {
            let help = "write it in `event: data`, or write a member for each slot";
            return match self.body {
                Some(body) => Some(body.clone()),
                None => self.fault(at, "`$body` inside of the body", help),
            };
        }
        if text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            let message = "the string contains a control character";
            self.findings.push(
                Diagnostic::new(Rule::ControlCharacter, at, message)
                    .help("remove the escape sequence"),
            );
            return None;
        }
        match slots::node(text) {
            Ok(Node::Slot(filled))
                if filled.slot == Slot::Errors && position == Position::Fault =>
            {
                self.no_errors(at)
            }
            Ok(node) => Some(node),
            Err(fault) => {
                let diagnostic = fault.diagnostic(at, self.findings);
                self.findings.push(diagnostic);
                None
            }
        }
    }

    /// Clients find the elements of a list by their positions, which those after the faults do not have.
    fn check_last(&mut self, list: &[Spanned<TreeAst>], nodes: &[Option<Node>]) -> Option<()> {
        let is_each = |node: &Option<Node>| matches!(node, Some(Node::Object(object)) if object.exists == Exists::Each);
        let each = nodes.iter().position(is_each);
        if let Some(next) = each.and_then(|each| list.get(each + 1)) {
            let help = "move it before the object with `$each`";
            return self.fault(next.span, "an element after `$each`", help);
        }
        Some(())
    }

    fn object(
        &mut self,
        entries: &[(String, Spanned<TreeAst>)],
        position: Position,
    ) -> Option<Object> {
        let mut object = Object::default();
        let mut is_sound = true;
        let marks = |key: &str| key.starts_with('$') && key != "$ref";
        for (key, entry) in entries.iter().filter(|(key, _)| marks(key)) {
            is_sound &= self.mark(key, entry, position, &mut object).is_some();
        }
        let inner = match (position, &object.exists) {
            (Position::Fault, _) | (_, Exists::Each) => Position::Fault,
            (Position::Member | Position::Element, _) => Position::Member,
        };
        for (key, entry) in entries.iter().filter(|(key, _)| !marks(key)) {
            if let Some(fault) = member_fault(key, entry.key) {
                self.findings.push(fault);
                is_sound = false;
            }
            let value = entry.value.as_ref();
            match value.and_then(|value| self.node(value, entry.span, inner)) {
                Some(node) => object.members.push((key.clone(), node)),
                None => is_sound = false,
            }
        }
        is_sound.then_some(object)
    }

    /// Reads a key of the shape itself, which is not a member of the object.
    fn mark(
        &mut self,
        key: &str,
        entry: &Spanned<TreeAst>,
        position: Position,
        object: &mut Object,
    ) -> Option<()> {
        let at = entry.span;
        let name = match (key, entry.value.as_ref()?) {
            ("$if", TreeAst::List(list)) if list.len() > 1 => {
                let slots = list.iter().map(|entry| match entry.value.as_ref()? {
                    TreeAst::Text(name) => self.condition(name, entry.span, position),
                    _ => self.no_name(entry.span),
                });
                // Every fault is reported.
                let slots: Vec<Option<Slot>> = slots.collect();
                let slots = slots.into_iter().collect::<Option<_>>()?;
                return self.exists(Exists::If(slots), entry, object);
            }
            (_, TreeAst::Text(name)) => name,
            _ => return self.no_name(at),
        };
        let exists = match key {
            "$schema" if self.origin == Origin::BuiltIn => {
                object.schema = Some(name.clone());
                return Some(());
            }
            "$each" if name != Slot::Errors.as_str() => {
                let message = format!("{} is not a list of faults", quoted(name));
                return self.fault(at, &message, "write `$each: errors`");
            }
            "$each" if position != Position::Element => {
                let help =
                    "write the object as an element of a list, which is not in another `$each`";
                return self.fault(entry.key, "`$each` outside of a list", help);
            }
            "$each" => Exists::Each,
            "$if" => Exists::If(vec![self.condition(name, at, position)?]),
            _ => {
                let message = format!("unknown mark {}", quoted(key));
                let help = "write `$if: SLOT` or `$each: errors`; the name of a member cannot begin with `$`";
                return self.fault(entry.key, &message, help);
            }
        };
        self.exists(exists, entry, object)
    }

    fn no_name<T>(&mut self, at: Span) -> Option<T> {
        let help = "write `$if: SLOT`, `$if: [SLOT, SLOT]` or `$each: errors`";
        self.fault(at, "expected the name of a slot", help)
    }

    /// Sets when an object exists.
    fn exists(
        &mut self,
        exists: Exists,
        entry: &Spanned<TreeAst>,
        object: &mut Object,
    ) -> Option<()> {
        if object.exists != Exists::Always {
            let help = "keep one of them";
            return self.fault(entry.key, "`$if` and `$each` in one object", help);
        }
        object.exists = exists;
        Some(())
    }

    fn no_errors<T>(&mut self, at: Span) -> Option<T> {
        let help = "move it out of the object with `$each`";
        self.fault(at, "a fault has no slot `$errors`", help)
    }

    /// The slot of a condition.
    fn condition(&mut self, name: &str, at: Span, position: Position) -> Option<Slot> {
        // A condition is written without the dollar of a value.
        let bare = name.strip_prefix('$').unwrap_or(name);
        match Slot::from_name(bare) {
            Some(slot) if bare != name => {
                let message = format!("{} is not the name of a slot", quoted(name));
                let help = format!("write `{}`", slot.as_str());
                self.fault(at, &message, &help)
            }
            Some(slot) if slot.is_always_there() => {
                let message = format!("every error has a value for the slot `{name}`");
                self.fault(at, &message, "remove the condition")
            }
            Some(Slot::Errors) if position == Position::Fault => self.no_errors(at),
            Some(slot) => Some(slot),
            None => {
                let diagnostic = slots::unknown(name).diagnostic(at, self.findings);
                self.findings.push(diagnostic);
                None
            }
        }
    }
}

/// Adds the slots that exist in every body, or are left out only where they have no value.
fn required_slots(node: &Node, found: &mut Vec<Slot>) {
    match node {
        Node::Object(object) if object.exists == Exists::Always => {
            let members = object.members.iter();
            members.for_each(|(_, node)| required_slots(node, found));
        }
        Node::List(nodes) => nodes.iter().for_each(|node| required_slots(node, found)),
        Node::Object(object) => {
            // A code may be in an object that exists only if the error has a code.
            if let Exists::If(slots) = &object.exists {
                let mut inner = Vec::new();
                object
                    .members
                    .iter()
                    .for_each(|(_, node)| node.slots(&mut inner));
                found.extend(inner.into_iter().filter(|inner| slots.contains(inner)));
            }
        }
        Node::Text(_) => {
            let mut inner = Vec::new();
            node.slots(&mut inner);
            // A string is left out if one of its slots has no value.
            let alone = |slot: &Slot| {
                let mut others = inner.iter().filter(|other| *other != slot);
                others.all(|other| other.is_always_there())
            };
            found.extend(inner.iter().copied().filter(alone));
        }
        Node::Constant(_) | Node::Slot(_) => node.slots(found),
    }
}

/// The error of a name that a member cannot have.
fn member_fault(name: &str, at: Span) -> Option<Diagnostic> {
    let (rule, message, help) = if name.is_empty() {
        (
            Rule::ImpossibleName,
            "the name is empty".to_owned(),
            "give the member a name",
        )
    } else if name.len() > MAX_TERM_BYTES {
        let message = format!(
            "the name has {} bytes; the limit is {MAX_TERM_BYTES}",
            name.len()
        );
        (Rule::TooLarge, message, "shorten the name")
    } else if name.contains(|c: char| c.is_control() || is_invisible(c)) {
        let message = format!("{} contains an invisible character", quoted(name));
        (Rule::ImpossibleName, message, "type the name again")
    } else {
        return key_fault(name, at);
    };
    Some(Diagnostic::new(rule, at, message).help(help))
}
