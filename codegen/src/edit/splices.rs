//! Changes of one text, from places that know their lines.

use std::cmp::Reverse;
use std::ops::Range;

use super::cst::{Collection, Element, Layout, Part};
use super::file::File;
use super::format::canonical;
use super::{Refusal, block};
use crate::ast::language::Language;
use crate::source::Source;
use crate::span::SourceId;
use crate::yaml;

/// A change of a text.
pub(super) struct Splice {
    /// The removed range.
    pub(super) range: Range<usize>,
    /// Its replacement.
    pub(super) text: String,
    /// The indentation, if the replacement is a line of its own.
    pub(super) line: Option<usize>,
}

/// Changes of one text. The places come from the elements of the document, which know the lines that belong to each.
pub(super) struct Splices<'f> {
    file: &'f File<'f>,
    pub(super) splices: Vec<Splice>,
}

impl<'f> Splices<'f> {
    pub(super) fn new(file: &'f File<'f>) -> Self {
        Self {
            file,
            splices: Vec::new(),
        }
    }

    pub(super) fn text(&self) -> &'f str {
        self.file.source.text()
    }

    /// The end of the root.
    #[cfg(feature = "import")]
    pub(super) const fn end(&self) -> usize {
        self.file.end()
    }

    pub(super) fn replace(&mut self, range: Range<usize>, text: &str) {
        let text = text.to_owned();
        self.splices.push(Splice {
            range,
            text,
            line: None,
        });
    }

    /// Adds a key at the end of a mapping.
    pub(super) fn push_member(&mut self, mapping: &Element<'_>, key: &str, value: &str) {
        if let Part::Collection(entries) = &mapping.value {
            self.push((entries, mapping.end), &format!("{key}: {value}"));
        }
    }

    /// Adds an item at the end of a list.
    pub(super) fn push_item(&mut self, list: &Element<'_>, item: &str) {
        if let Part::Collection(items) = &list.value {
            let dash = if items.layout == Layout::Block {
                "- "
            } else {
                ""
            };
            self.push((items, list.end), &format!("{dash}{item}"));
        }
    }

    /// Adds a child to a collection that ends at `end`.
    pub(super) fn push(&mut self, (collection, end): (&Collection<'_>, usize), text: &str) {
        let last = collection.children.iter().max_by_key(|child| child.start);
        match (last, &collection.layout) {
            (Some(last), Layout::Block) => self.splices.push(Splice {
                range: last.below..last.below,
                text: text.to_owned(),
                line: Some(self.column(last.start)),
            }),
            (Some(last), _) => {
                // Without the space, the comma would become part of a scalar.
                let is_absent = self.text()[..last.end].ends_with([':', '?']);
                let space = if is_absent { " " } else { "" };
                self.replace(last.end..last.end, &format!("{space}, {text}"));
            }
            (None, _) => {
                let close = end.saturating_sub(1);
                let is_open = self.text()[..close].ends_with(['{', '[']);
                let space = if is_open { " " } else { "" };
                self.replace(close..close, &format!("{space}{text} "));
            }
        }
    }

    /// Removes the lines of an entry of a block mapping.
    pub(super) fn remove_lines(&mut self, entry: &Element<'_>) {
        let start = entry.start - self.column(entry.start);
        self.replace(start..entry.below, "");
    }

    /// The column of an offset, from 0.
    pub(super) fn column(&self, at: usize) -> usize {
        let before = &self.text()[..at];
        let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        before[start..].trim_start_matches('\u{FEFF}').len()
    }

    /// The text with all changes; formatted, if it was in the canonical form before.
    pub(super) fn finish(mut self, language: &Language) -> Result<(SourceId, String), Refusal> {
        let old = self.text();
        let id = self.file.id;
        if self.splices.is_empty() {
            return Ok((id, old.to_owned()));
        }
        // Of two lines inserted at one offset, the deeper one belongs to the entry above.
        self.splices
            .sort_by_key(|splice| (splice.range.start, Reverse(splice.line)));
        let mut new = String::with_capacity(old.len());
        let mut at = 0;
        for Splice { range, text, line } in &self.splices {
            new.push_str(&old[at..range.start]);
            at = range.end;
            let Some(indent) = *line else {
                new.push_str(text);
                continue;
            };
            let breaks = ["\r\n", "\n", "\r"].into_iter();
            let mut above = breaks.filter(|it| new.ends_with(it));
            let line_break = above.next().unwrap_or_else(|| {
                let first = block::line_break(old, 0);
                new.push_str(first);
                first
            });
            new.extend(std::iter::repeat_n(' ', indent));
            new.push_str(text);
            new.push_str(line_break);
        }
        new.push_str(&old[at..]);
        let name = self.file.source.name().to_owned();
        let (_, found) = yaml::parse(id, &new);
        if !found.is_empty() {
            return Err(Refusal::Fault(name));
        }
        let was_canonical = {
            let file = File::read(id, self.file.source).map_err(Refusal::Findings)?;
            canonical(file, language).is_ok_and(|canonical| canonical == old)
        };
        if was_canonical {
            let source = Source::new(name, new.into_bytes());
            let file = File::read(id, &source).map_err(Refusal::Findings)?;
            return Ok((id, canonical(file, language)?));
        }
        Ok((id, new))
    }
}
