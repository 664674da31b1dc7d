//! The code that a new one is put behind, and the habits of its author.

use super::block;
use super::end::{end_of_entry, kept_blank_lines};
use super::file::File;
use crate::node::{Entry, Node, Value};

/// The codes of a source.
pub(super) struct Codes<'a> {
    pub(super) file: &'a File<'a>,
    pub(super) node: &'a Node<'a>,
    pub(super) entries: &'a [Entry<'a>],
}

/// One of them.
pub(super) struct Neighbour<'a> {
    pub(super) codes: &'a Codes<'a>,
    pub(super) position: usize,
}

impl<'a> Codes<'a> {
    pub(super) fn of(file: &'a File<'a>) -> Option<Self> {
        let node = &file.node.get("codes")?.value;
        match &node.value {
            Value::Map(entries) => Some(Self {
                file,
                node,
                entries,
            }),
            _ => None,
        }
    }

    /// Where the code of this name stands among the others.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.entries.iter().position(|entry| entry.key.text == name)
    }
}

impl Neighbour<'_> {
    pub(super) fn text(&self) -> &str {
        self.codes.file.source.text()
    }

    fn entry(&self, position: usize) -> Option<&Entry<'_>> {
        self.codes.entries.get(position)
    }

    /// What stands on the line before the code.
    pub(super) fn before(&self) -> &str {
        let entry = &self.codes.entries[self.position];
        let before = &self.text()[..entry.key.span.range().start];
        let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        &before[start..]
    }

    /// The indentation of the line that the code begins on.
    pub(super) fn indent(&self) -> &str {
        let before = self.before();
        let content = before.trim_start_matches(' ');
        &before[..before.len() - content.len()]
    }

    /// Whether all codes stand between braces.
    pub(super) fn is_in_braces(&self) -> bool {
        self.text()[self.codes.node.span.range()].starts_with('{')
    }

    /// Whether the code stands between braces itself.
    pub(super) fn has_braces(&self) -> bool {
        let value = &self.codes.entries[self.position].value;
        self.text()[value.span.range()].starts_with('{')
    }

    /// How far the fields of the code are indented, where they stand on lines of their own.
    pub(super) fn field_indent(&self) -> usize {
        let own = self.indent().len();
        let entry = &self.codes.entries[self.position];
        let first = match &entry.value.value {
            Value::Map(fields) if !self.has_braces() => fields.first(),
            _ => None,
        };
        let column = first.map(|field| {
            let before = &self.text()[..field.key.span.range().start];
            before.len() - before.rfind(['\n', '\r']).map_or(0, |at| at + 1)
        });
        column.filter(|column| *column > own).unwrap_or(own + 2)
    }

    /// Where the value of the code ends, or its colon where it has none.
    pub(super) fn value_end(&self) -> usize {
        let entry = &self.codes.entries[self.position];
        let key_end = entry.key.span.range().end;
        let behind = self.text()[key_end..].trim_start_matches([' ', '\t']);
        match behind.strip_prefix(':') {
            Some(behind) if entry.value.is_nothing() => self.text().len() - behind.len(),
            _ => end_of_entry(self.text(), entry),
        }
    }

    /// Where the line begins below the last one that belongs to the code.
    pub(super) fn below(&self) -> usize {
        self.below_entry(&self.codes.entries[self.position])
    }

    fn below_entry(&self, entry: &Entry<'_>) -> usize {
        let text = self.text();
        let mut below = block::line(text, end_of_entry(text, entry)).1;
        // The blank lines of a text that keeps them are a part of it.
        for _ in 0..kept_blank_lines(&entry.value) {
            below = block::line(text, below).1;
        }
        let indent = self.indent().len();
        let mut position = below;
        while position < text.len() {
            let (end, next) = block::line(text, position);
            let line = &text[position..end];
            let content = line.trim_start_matches([' ', '\t']);
            let is_deeper_comment = content.starts_with('#') && line.len() - content.len() > indent;
            if is_deeper_comment {
                below = next;
            } else if !content.is_empty() {
                break;
            }
            position = next;
        }
        below
    }

    /// How many blank lines its author puts between two codes.
    pub(super) fn blank_lines(&self) -> usize {
        let above = self.position.checked_sub(1);
        let (above, code) = match above.and_then(|above| self.entry(above)) {
            Some(above) => (above, self.position),
            None => (&self.codes.entries[self.position], self.position + 1),
        };
        if self.entry(code).is_none() {
            return 0;
        }
        let text = self.text();
        let mut position = self.below_entry(above);
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

    /// The line break behind the code, or the first of the file.
    pub(super) fn line_break(&self) -> &str {
        let text = self.text();
        [self.value_end(), 0]
            .into_iter()
            .map(|from| block::line(text, from))
            .find_map(|(end, next)| text.get(end..next).filter(|it| !it.is_empty()))
            .unwrap_or("\n")
    }
}
