//! A catalog with the comments and blank lines of its author.

use crate::yaml::node::Scalar;

/// A line between values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trivia<'a> {
    /// A blank line.
    Blank,
    /// A comment, from its `#`.
    Comment(&'a str),
}

/// An entry of a mapping, an item of a list, or the whole catalog.
#[derive(Debug)]
pub(super) struct Element<'a> {
    /// The lines above it.
    pub(super) leading: Vec<Trivia<'a>>,
    /// The key of an entry.
    pub(super) key: Option<&'a Scalar<'a>>,
    pub(super) value: Part<'a>,
    /// The comment on the line of its value, or of its key if the value is a block collection.
    pub(super) trailing: Option<&'a str>,
    /// The lines below it with a deeper indentation.
    pub(super) after: Vec<Trivia<'a>>,
    /// Where it begins.
    pub(super) start: usize,
    /// Where its value ends.
    pub(super) end: usize,
    /// The start of the line below everything that belongs to it.
    pub(super) below: usize,
}

/// A value.
#[derive(Debug)]
pub(super) enum Part<'a> {
    /// No value: a key alone.
    Nothing,
    Scalar(&'a Scalar<'a>),
    Block(Block<'a>),
    Collection(Collection<'a>),
}

/// A block scalar (`|` or `>`).
#[derive(Debug)]
pub(super) struct Block<'a> {
    /// `|` or `>`.
    pub(super) style: char,
    /// `-`, `+`, or `None`.
    pub(super) chomping: Option<char>,
    /// Its lines without their indentation, as they are written.
    pub(super) lines: Vec<&'a str>,
}

/// A mapping or a list.
#[derive(Debug)]
pub(super) struct Collection<'a> {
    pub(super) kind: Kind,
    pub(super) layout: Layout,
    pub(super) children: Vec<Element<'a>>,
    /// The comments and blank lines before the closing bracket.
    pub(super) inner: Vec<Trivia<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Map,
    List,
}

/// How a collection is written.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// A flow collection, as it was read.
    Flow,
    /// A flow collection on one line, with this text.
    Line(String),
    /// A block collection: each child on its own line.
    Block,
}

impl<'a> Element<'a> {
    /// The entry of this key, if the value is a mapping that has it.
    pub(super) fn child(&self, key: &str) -> Option<&Element<'a>> {
        match &self.value {
            Part::Collection(collection) => collection.child(key),
            _ => None,
        }
    }

    /// Whether the element can share a line with other values.
    fn is_bare(&self) -> bool {
        let value = match &self.value {
            Part::Nothing | Part::Block(_) => false,
            Part::Scalar(_) => true,
            Part::Collection(nested) => nested.is_bare(),
        };
        value && self.leading.is_empty() && self.trailing.is_none() && self.after.is_empty()
    }
}

impl<'a> Collection<'a> {
    /// The entry of this key.
    pub(super) fn child(&self, key: &str) -> Option<&Element<'a>> {
        let mut children = self.children.iter();
        children.find(|child| child.key.is_some_and(|own| own.text == key))
    }

    /// Whether the brackets contain only values, so that they fit on one line.
    pub(super) fn is_bare(&self) -> bool {
        self.layout == Layout::Flow
            && self.inner.is_empty()
            && self.children.iter().all(Element::is_bare)
    }
}
