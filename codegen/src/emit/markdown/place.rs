//! Where a body contains the value that identifies an error.

use super::quoting::{literal, single_quoted};
use crate::catalog::{Node, Piece, Shape, Slot};
use crate::tree::Tree;

/// The path from a body to a value.
pub(super) struct Place<'a>(Vec<Step<'a>>);

enum Step<'a> {
    /// The member with this name.
    Member(&'a str),
    /// The element at this position.
    Element(usize),
    /// The element whose member has this value.
    With(&'a str, &'a str),
}

impl<'a> Place<'a> {
    /// The place of the code; of the type in a shape without code.
    pub(super) fn of_code(shape: &'a Shape) -> Self {
        let find = |slot| {
            let mut steps = Vec::new();
            find(&shape.body, slot, &mut steps).then_some(steps)
        };
        let steps = find(Slot::Code).or_else(|| find(Slot::Type));
        Self(steps.unwrap_or_default())
    }

    /// The value there.
    pub(super) fn value<'b, 't>(&self, body: &'b Tree<'t>) -> &'b Tree<'t> {
        let found = self.0.iter().try_fold(body, |value, step| match step {
            Step::Member(name) => value.get(name),
            Step::Element(position) => value.as_list()?.get(*position),
            Step::With(name, wanted) => {
                let mut elements = value.as_list()?.iter();
                elements.find(|element| element.get(name).and_then(Tree::as_str) == Some(*wanted))
            }
        });
        found.unwrap_or(&Tree::Null)
    }

    /// An expression of TypeScript, which is undefined if the body is another.
    pub(super) fn typescript(&self, body: &str) -> String {
        self.0
            .iter()
            .fold(body.to_owned(), |before, step| match step {
                Step::Member(name) if is_word(name) => format!("{before}?.{name}"),
                Step::Member(name) => format!("{before}?.[{}]", literal(name)),
                Step::Element(position) => format!("{before}?.[{position}]"),
                Step::With(name, value) => format!(
                    "{before}?.find?.((entry) => entry?.[{}] === {})",
                    literal(name),
                    literal(value)
                ),
            })
    }

    /// An expression of Python, which raises `LookupError` or `TypeError` if the body is another.
    pub(super) fn python(&self, body: &str) -> String {
        self.0
            .iter()
            .fold(body.to_owned(), |before, step| match step {
                Step::Member(name) => format!("{before}[{}]", literal(name)),
                Step::Element(position) => format!("{before}[{position}]"),
                Step::With(name, value) => format!(
                    "[entry for entry in {before} if entry[{}] == {}][0]",
                    literal(name),
                    literal(value)
                ),
            })
    }

    /// A program of jq, as a word of a shell.
    pub(super) fn jq(&self) -> String {
        let program = self
            .0
            .iter()
            .fold(String::new(), |before, step| match step {
                Step::Member(name) if is_word(name) => format!("{before}.{name}"),
                Step::Member(name) => format!("{before}.{}", literal(name)),
                Step::Element(position) => format!("{before}[{position}]"),
                Step::With(name, value) => format!(
                    "{before}[] | select(.{} == {}) | ",
                    literal(name),
                    literal(value)
                ),
            });
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._".contains(&byte);
        if program.bytes().all(is_plain) {
            program
        } else {
            single_quoted(&program)
        }
    }
}

/// Whether a name needs no quotes as a member in TypeScript and jq.
fn is_word(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Finds the first value that only a slot determines.
fn find<'a>(node: &'a Node, wanted: Slot, steps: &mut Vec<Step<'a>>) -> bool {
    let length = steps.len();
    let mut found = |step, node: &'a Node| {
        steps.push(step);
        let found = find(node, wanted, steps);
        if !found {
            steps.truncate(length);
        }
        found
    };
    match node {
        Node::Object(object) => object
            .members
            .iter()
            .any(|(name, node)| found(Step::Member(name), node)),
        Node::List(nodes) => nodes.iter().enumerate().any(|(position, element)| {
            let step = match element.sign() {
                Some((name, value)) if nodes.len() > 1 => Step::With(name, value),
                _ => Step::Element(position),
            };
            found(step, element)
        }),
        Node::Constant(_) => false,
        Node::Slot(filled) => filled.slot == wanted,
        Node::Text(pieces) => {
            let mut slots = pieces.iter().filter_map(Piece::slot);
            slots.all(|slot| slot == wanted)
        }
    }
}
