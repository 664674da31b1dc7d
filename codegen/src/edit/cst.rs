//! A catalog with all that its author wrote around its values.

use crate::yaml::node::Scalar;

/// What stands between values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trivia<'a> {
    /// A line with nothing on it.
    Blank,
    /// A comment, from its `#` on.
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
    /// The comment behind its value, or behind the key of a block collection.
    pub(super) trailing: Option<&'a str>,
    /// Lines below it that are indented deeper than it is.
    pub(super) after: Vec<Trivia<'a>>,
    /// Where it begins.
    pub(super) start: usize,
    /// Where its value ends.
    pub(super) end: usize,
    /// Where the line begins below everything that belongs to it.
    pub(super) below: usize,
}

/// A value.
#[derive(Debug)]
pub(super) enum Part<'a> {
    /// A key, and nothing behind it.
    Nothing,
    Scalar(&'a Scalar<'a>),
    Block(Block<'a>),
    Collection(Collection<'a>),
}

/// A literal or folded text.
#[derive(Debug)]
pub(super) struct Block<'a> {
    /// `|` or `>`.
    pub(super) style: char,
    /// `-`, `+`, or nothing.
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
    /// What stands before the closing bracket.
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
    /// Between brackets, as it was read.
    Flow,
    /// Between brackets in these characters.
    Line(String),
    /// A child a line.
    Block,
}

impl Element<'_> {
    /// Whether a line that holds other values too can hold this one.
    fn is_bare(&self) -> bool {
        let value = match &self.value {
            Part::Nothing | Part::Block(_) => false,
            Part::Scalar(_) => true,
            Part::Collection(nested) => nested.is_bare(),
        };
        value && self.leading.is_empty() && self.trailing.is_none() && self.after.is_empty()
    }
}

impl Collection<'_> {
    /// Whether nothing stands between the brackets but values, so that one line can hold them.
    pub(super) fn is_bare(&self) -> bool {
        self.layout == Layout::Flow
            && self.inner.is_empty()
            && self.children.iter().all(Element::is_bare)
    }
}
