//! Walks through a text from value to value, and collects the comments and blank lines between them.

use std::collections::VecDeque;
use std::ops::Range;

use super::block;
use super::cst::{Block, Trivia};
use crate::span::Span;
use crate::yaml::node::Scalar;

/// A position in the text, and the comments and blank lines since the last value.
pub(super) struct Cursor<'a> {
    text: &'a str,
    /// The comments after the position.
    comments: VecDeque<Span>,
    position: usize,
    /// The end of the last value, indicator or taken comment.
    end: usize,
    /// From a former end to the next line: a long line is scanned only once.
    last_line: Range<usize>,
    passed: VecDeque<Passed<'a>>,
}

/// A comment or blank line, with its indentation.
struct Passed<'a> {
    trivia: Trivia<'a>,
    /// The indentation of a comment on its own line.
    indent: Option<usize>,
    end: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str, mut comments: Vec<Span>) -> Self {
        comments.sort_unstable();
        Self {
            text,
            comments: comments.into(),
            position: if text.starts_with('\u{FEFF}') { 3 } else { 0 },
            end: 0,
            last_line: 0..0,
            passed: VecDeque::new(),
        }
    }

    /// Passes spaces, line breaks and comments.
    pub(super) fn pass(&mut self) {
        let bytes = self.text.as_bytes();
        let before = self.text[..self.position].chars().next_back();
        let fresh = matches!(before, None | Some('\n' | '\r' | '\u{FEFF}'));
        let mut line = fresh.then_some(self.position);
        while let Some(byte) = bytes.get(self.position) {
            match byte {
                b' ' | b'\t' => self.position += 1,
                b'\n' | b'\r' => {
                    self.position = block::line(self.text, self.position).1;
                    if line.is_some() {
                        let trivia = Trivia::Blank;
                        self.passed.push_back(Passed {
                            trivia,
                            indent: None,
                            end: self.position,
                        });
                    }
                    line = Some(self.position);
                }
                b'#' => {
                    let Some(comment) = self.comment_before(self.position + 1) else {
                        return;
                    };
                    let indent = line.take().map(|start| self.position - start);
                    self.position = block::line(self.text, self.position).0;
                    self.passed.push_back(Passed {
                        trivia: Trivia::Comment(comment),
                        indent,
                        end: self.position,
                    });
                }
                _ => return,
            }
        }
    }

    /// The next comment, if it begins before `end`.
    fn comment_before(&mut self, end: usize) -> Option<&'a str> {
        let next = self.comments.front()?.range();
        if next.start >= end {
            return None;
        }
        self.comments.pop_front();
        Some(self.text[next].trim_end_matches([' ', '\t']))
    }

    /// The character at the position.
    pub(super) fn next(&self) -> Option<char> {
        self.text[self.position..].chars().next()
    }

    /// Passes the indicator `sign` and the trivia after it, if it is at the position.
    pub(super) fn sign(&mut self, sign: &str) -> bool {
        let found = self.text[self.position..].starts_with(sign);
        if found {
            self.position += sign.len();
            self.end = self.position;
            self.pass();
        }
        found
    }

    /// Passes `mark` and the trivia after it, if it is at the position as a whole word.
    pub(super) fn mark(&mut self, mark: &str) {
        let rest = self.text[self.position..].strip_prefix(mark);
        if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r'])) {
            self.sign(mark);
        }
    }

    pub(super) fn position(&self) -> usize {
        self.position
    }

    /// The column of the position, from 0.
    pub(super) fn column(&self) -> usize {
        let before = &self.text[..self.position];
        let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        before[start..].trim_start_matches('\u{FEFF}').len()
    }

    /// Moves past a plain or quoted scalar. A missing key has no span.
    pub(super) fn scalar(&mut self, scalar: &Scalar<'_>) {
        let span = scalar.span.range();
        if !span.is_empty() {
            self.position = self.position.max(span.end);
            self.end = self.position;
        }
    }

    /// Moves past the block scalar whose header is at the position, and returns the comment of the header. `column` is
    /// the column of its entry or item.
    pub(super) fn block(&mut self, column: usize) -> (Block<'a>, Option<&'a str>) {
        let start = self.position;
        let (block, end) = block::read(self.text, start, column);
        let comment = self.comment_before(block::line(self.text, start).0);
        self.position = end;
        self.end = end;
        (block, comment)
    }

    /// The end of the last value, indicator or taken comment.
    pub(super) fn end(&self) -> usize {
        self.end
    }

    /// The start of the line below that end.
    pub(super) fn below(&mut self) -> usize {
        if self.text[..self.end].ends_with(['\n', '\r']) {
            return self.end;
        }
        if !self.last_line.contains(&self.end) {
            self.last_line = self.end..block::line(self.text, self.end).1;
        }
        self.last_line.end
    }

    /// Takes all passed comments and blank lines.
    pub(super) fn take(&mut self) -> Vec<Trivia<'a>> {
        self.take_first(self.passed.len())
    }

    /// Takes the passed comments up to the first blank line.
    pub(super) fn take_heading(&mut self) -> Vec<Trivia<'a>> {
        let lines = self.passed.iter();
        let count = lines
            .take_while(|passed| passed.trivia != Trivia::Blank)
            .count();
        self.take_first(count)
    }

    /// Takes the first passed comment, if it is on the line of something else.
    pub(super) fn take_behind(&mut self) -> Option<&'a str> {
        let passed = self.passed.front()?;
        match (passed.trivia, passed.indent) {
            (Trivia::Comment(comment), None) => {
                self.end = passed.end;
                self.passed.pop_front();
                Some(comment)
            }
            _ => None,
        }
    }

    /// Takes the first passed comments while they are indented deeper than `column`, with the blank lines above each.
    pub(super) fn take_deeper(&mut self, column: usize) -> Vec<Trivia<'a>> {
        let mut taken = 0;
        for (position, passed) in self.passed.iter().enumerate() {
            match (passed.trivia, passed.indent) {
                (Trivia::Blank, _) => {}
                (Trivia::Comment(_), Some(indent)) if indent > column => {
                    taken = position + 1;
                    self.end = passed.end;
                }
                (Trivia::Comment(_), _) => break,
            }
        }
        self.take_first(taken)
    }

    fn take_first(&mut self, count: usize) -> Vec<Trivia<'a>> {
        let first = self.passed.drain(..count);
        first.map(|passed| passed.trivia).collect()
    }
}
