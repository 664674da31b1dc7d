//! The spanned tree: YAML without anything that only YAML needs.

use std::borrow::Cow;

use crate::span::Span;

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Without quotes: other YAML readers may take it for something else than a text.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// As a literal or folded block.
    Block,
}

/// A scalar with its text after YAML's escapes are resolved.
#[derive(Clone, Debug)]
pub(crate) struct Scalar<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) style: Style,
    pub(crate) span: Span,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) key: Scalar<'a>,
    pub(crate) value: Node<'a>,
}

/// The content of a node. Mappings keep the order of the file and contain each key once.
#[derive(Clone, Debug)]
pub(crate) enum Value<'a> {
    Scalar(Scalar<'a>),
    List(Vec<Node<'a>>),
    Map(Vec<Entry<'a>>),
    /// A value that was refused: it was reported, and nothing more can be said about it.
    Refused,
}

/// A value and its place.
#[derive(Clone, Debug)]
pub(crate) struct Node<'a> {
    pub(crate) span: Span,
    pub(crate) value: Value<'a>,
}

impl<'a> Node<'a> {
    /// What the node is, in the words of a diagnostic.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.value {
            Value::Scalar(_) if self.is_nothing() => "nothing",
            Value::Scalar(_) => "a single value",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
            Value::Refused => "a refused value",
        }
    }

    /// Whether no value is written: a key and nothing behind it.
    pub(crate) fn is_nothing(&self) -> bool {
        matches!(&self.value, Value::Scalar(scalar)
            if scalar.text.is_empty() && scalar.style == Style::Plain)
    }

    /// The value under `key`, where the node is a mapping that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Entry<'a>> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|entry| entry.key.text == key),
            _ => None,
        }
    }

    /// The first key of a mapping, else the node: the place of what is missing from a whole file.
    pub(crate) fn first_token(&self) -> Span {
        match &self.value {
            Value::Map(entries) => entries.first().map_or(self.span, |entry| entry.key.span),
            _ => self.span,
        }
    }

    /// Whether the value was reported and is not read.
    pub(crate) fn is_refused(&self) -> bool {
        matches!(self.value, Value::Refused)
    }
}
