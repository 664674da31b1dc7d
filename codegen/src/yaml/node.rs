//! The YAML tree: scalars, lists and mappings with their spans.

use std::borrow::Cow;

use crate::span::Span;

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Without quotes: other YAML readers may not read a string.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// As a literal or folded block.
    Block,
}

/// A scalar, with the escapes in its text resolved.
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
    /// A value that was reported and is not read.
    Refused,
}

/// A value and its span.
#[derive(Clone, Debug)]
pub(crate) struct Node<'a> {
    pub(crate) span: Span,
    pub(crate) value: Value<'a>,
}

impl<'a> Node<'a> {
    /// The kind of the node, as a diagnostic calls it.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.value {
            Value::Scalar(_) if self.is_absent() => "nothing",
            Value::Scalar(_) => "a single value",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
            Value::Refused => "a refused value",
        }
    }

    /// Whether a key has no value.
    pub(crate) fn is_absent(&self) -> bool {
        matches!(&self.value, Value::Scalar(scalar)
            if scalar.text.is_empty() && scalar.style == Style::Plain)
    }

    /// The entry of `key`, if the node is a mapping that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Entry<'a>> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|entry| entry.key.text == key),
            _ => None,
        }
    }

    /// The span of the first key of a mapping, else of the node: where a missing section is reported.
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
