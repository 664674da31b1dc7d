//! Byte offsets to lines and columns.

use crate::Source;
use crate::span::Span;

/// The lines of all sources of a run, found once.
pub(super) struct Places<'a> {
    sources: &'a [Source],
    /// Offset of the first byte of each line, per source.
    starts: Vec<Vec<u32>>,
}

/// A range in the terms of an editor: lines and columns count from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
}

impl<'a> Places<'a> {
    pub(super) fn new(sources: &'a [Source]) -> Self {
        let starts = sources
            .iter()
            .map(|source| {
                let ends = source
                    .text()
                    .bytes()
                    .enumerate()
                    .filter(|(_, b)| *b == b'\n');
                let after = ends.map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX));
                std::iter::once(0).chain(after).collect()
            })
            .collect();
        Self { sources, starts }
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

    fn source(&self, span: Span) -> Option<&'a Source> {
        self.sources.get(span.source.0 as usize)
    }

    fn position(&self, span: Span, offset: u32) -> (usize, usize) {
        let Some(starts) = self.starts.get(span.source.0 as usize) else {
            return (1, 1);
        };
        let line = starts.partition_point(|start| *start <= offset).max(1);
        let start = starts[line - 1] as usize;
        let before = self.source(span).map_or("", |source| {
            let text = source.text();
            text.get(start..offset as usize).unwrap_or("")
        });
        // A byte-order mark is no character of the first line.
        let column = before.trim_start_matches('\u{FEFF}').chars().count() + 1;
        (line, column)
    }
}
