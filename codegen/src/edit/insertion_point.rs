//! The code that a new code follows, and the layout that its author uses.

use super::block;
use super::cst::{Element, Layout, Part};
use super::file::File;
use super::trivia::Document;
use crate::yaml::node::{Entry, Value};

/// The codes of a source.
pub(super) struct Codes<'a> {
    pub(super) file: &'a File<'a>,
    pub(super) entries: &'a [Entry<'a>],
    /// The same codes, with their comments and blank lines.
    elements: &'a [Element<'a>],
    layout: &'a Layout,
}

/// A code of the source.
pub(super) struct Neighbour<'a> {
    pub(super) codes: &'a Codes<'a>,
    pub(super) position: usize,
}

impl<'a> Codes<'a> {
    pub(super) fn of(file: &'a File<'a>, document: &'a Document<'a>) -> Option<Self> {
        let section = document.root.child("codes")?;
        match (&file.node.get("codes")?.value.value, &section.value) {
            (Value::Map(entries), Part::Collection(collection)) => Some(Self {
                file,
                entries,
                elements: &collection.children,
                layout: &collection.layout,
            }),
            _ => None,
        }
    }

    /// The position of the code of this name.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.entries.iter().position(|entry| entry.key.text == name)
    }
}

impl Neighbour<'_> {
    pub(super) fn text(&self) -> &str {
        self.codes.file.source.text()
    }

    fn element(&self) -> &Element<'_> {
        &self.codes.elements[self.position]
    }

    /// The text before an element on its line.
    fn before(&self, element: &Element<'_>) -> &str {
        let before = &self.text()[..element.start];
        let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        &before[start..]
    }

    /// Whether the code begins its line.
    pub(super) fn begins_line(&self) -> bool {
        self.before(self.element()) == self.indent()
    }

    /// The indentation of the line on which the code begins.
    pub(super) fn indent(&self) -> &str {
        let before = self.before(self.element());
        let content = before.trim_start_matches([' ', '\t']);
        &before[..before.len() - content.len()]
    }

    /// Whether the codes are a flow mapping.
    pub(super) fn is_in_braces(&self) -> bool {
        *self.codes.layout == Layout::Flow
    }

    /// Whether the code itself is a flow mapping.
    pub(super) fn has_braces(&self) -> bool {
        matches!(&self.element().value, Part::Collection(own) if own.layout == Layout::Flow)
    }

    /// The indentation of the code's keys, if they are on lines of their own.
    pub(super) fn field_indent(&self) -> usize {
        let own = self.indent().len();
        let fields = match &self.element().value {
            Part::Collection(fields) if fields.layout == Layout::Block => {
                fields.children.as_slice()
            }
            _ => &[],
        };
        let column = fields.first().map(|field| self.before(field).len());
        column.filter(|column| *column > own).unwrap_or(own + 2)
    }

    /// The end of the code's value.
    pub(super) fn end(&self) -> usize {
        self.element().end
    }

    /// The start of the line below everything that belongs to the code.
    pub(super) fn below(&self) -> usize {
        self.element().below
    }

    /// The number of blank lines between two codes.
    pub(super) fn blank_lines(&self) -> usize {
        let above = self.position.saturating_sub(1);
        let [above, _, ..] = &self.codes.elements[above..] else {
            return 0;
        };
        let text = self.text();
        let mut position = above.below;
        let mut count = 0;
        while position < text.len() {
            let (end, next) = block::line(text, position);
            if !text[position..end].trim().is_empty() {
                break;
            }
            count += 1;
            position = next;
        }
        count
    }

    /// The line break after the code, or the first of the file.
    pub(super) fn line_break(&self) -> &str {
        block::line_break(self.text(), self.end())
    }
}
