//! Byte offsets to lines and columns.
//!
//! The crate `line-index` walks the wide characters of a line for each offset. Here, a catalog can be one line of 64
//! MiB with a diagnostic in every word.

use serde::Serialize;

use crate::source::{Inputs, Source};
use crate::span::Span;

/// The line starts of all sources, computed once.
pub(super) struct LineIndex<'a> {
    sources: Vec<&'a Source>,
    /// Offset of the first byte of each line, per source.
    starts: Vec<Vec<u32>>,
    /// The number of characters before each multiple of `STEP` bytes, per source: a line may be as long as its file,
    /// and must not be counted for each diagnostic.
    counts: Vec<Vec<usize>>,
}

/// The number of bytes between two counts.
const STEP: usize = 128;

/// A range as editors show it: lines and columns count from 1, columns in characters.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Range {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
}

impl<'a> LineIndex<'a> {
    pub(super) fn new(inputs: &'a Inputs) -> Self {
        let sources: Vec<&Source> = inputs.all().collect();
        let starts = sources
            .iter()
            .map(|source| {
                let ends = source.text().match_indices('\n');
                let after = ends.map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX));
                std::iter::once(0).chain(after).collect()
            })
            .collect();
        let count = |source: &&Source| {
            let mut counts = vec![0];
            let mut before = 0;
            for step in source.text().as_bytes().chunks(STEP) {
                before += count_characters(step);
                counts.push(before);
            }
            counts
        };
        let counts = sources.iter().map(count).collect();
        Self {
            sources,
            starts,
            counts,
        }
    }

    pub(super) fn name(&self, span: Span) -> &'a str {
        self.source(span).map_or("", Source::name)
    }

    pub(super) fn range(&self, span: Span) -> Range {
        let (line, column) = self.position(span, span.start);
        let (end_line, end_column) = self.position(span, span.end);
        Range {
            line,
            column,
            end_line,
            end_column,
        }
    }

    /// The lines from `first` to `last` (counted from 1), and the offset of the first.
    pub(super) fn lines(&self, span: Span, first: usize, last: usize) -> (&'a str, usize) {
        let Some(source) = self.source(span) else {
            return ("", 0);
        };
        let starts = &self.starts[span.source.0 as usize];
        let start = starts.get(first - 1).map_or(0, |start| *start as usize);
        let end = starts
            .get(last)
            .map_or(source.text().len(), |start| *start as usize);
        (&source.text()[start..end], start)
    }

    /// The text of the line around the start of a span: up to `bytes` bytes on each side.
    pub(super) fn line_around(&self, span: Span, bytes: usize) -> &'a str {
        let line = self.range(span).line;
        let (text, start) = self.lines(span, line, line);
        let boundary = |offset: usize| {
            let offset = offset.saturating_sub(start).min(text.len());
            (offset..=text.len()).find(|at| text.is_char_boundary(*at))
        };
        let first = boundary((span.start as usize).saturating_sub(bytes));
        let last = boundary(span.start as usize + bytes);
        &text[first.unwrap_or_default()..last.unwrap_or(text.len())]
    }

    fn source(&self, span: Span) -> Option<&'a Source> {
        self.sources.get(span.source.0 as usize).copied()
    }

    fn position(&self, span: Span, offset: u32) -> (usize, usize) {
        let Some(starts) = self.starts.get(span.source.0 as usize) else {
            return (1, 1);
        };
        let line = starts.partition_point(|start| *start <= offset).max(1);
        let start = starts[line - 1] as usize;
        let offset = offset as usize;
        let text = self.source(span).map_or("", Source::text);
        // A byte-order mark does not count as a character of the first line.
        let marks = text[start..].starts_with('\u{FEFF}') && start < offset;
        let characters = self.characters(span, offset) - self.characters(span, start);
        (line, characters - usize::from(marks) + 1)
    }

    /// The number of characters before `offset`.
    fn characters(&self, span: Span, offset: usize) -> usize {
        let text = self.source(span).map_or("", Source::text).as_bytes();
        let offset = offset.min(text.len());
        let step = offset / STEP;
        self.counts[span.source.0 as usize][step] + count_characters(&text[step * STEP..offset])
    }
}

/// The number of characters that begin in these bytes of UTF-8.
fn count_characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}
