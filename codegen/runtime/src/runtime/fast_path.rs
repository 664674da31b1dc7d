//! A fast reader for bodies in the layout of this crate.

use crate::runtime::json::{clean_name, clean_prefix};
use crate::runtime::slot::{SLOT_COUNT, Slot};

/// A number of this many digits fits into 64 bits.
const LONGEST_NUMBER: usize = 19;
/// How many places of a body are kept.
const MOST_MARKS: usize = 4;

/// Reads a body in the layout of a shape, and returns whether it has that layout.
pub(crate) type Reader = fn(&mut Canonical<'_>) -> bool;

/// The slots of a body that has the layout of its shape: no white space, no escape, no other member. Any other
/// body is parsed as JSON, with the same result.
///
/// A shape reads its parts, one after the other, and stops at the first that is not there.
pub(crate) struct Canonical<'a> {
    body: &'a str,
    /// What was not read yet.
    rest: &'a str,
    /// The content of strings, and the JSON of other values.
    values: [Option<&'a str>; SLOT_COUNT],
    /// Whether a value could be blank: it is empty, or begins with a character that could be white space.
    is_odd: bool,
    marks: [usize; MOST_MARKS],
}

impl<'a> Canonical<'a> {
    /// A body, before it is read.
    #[inline]
    pub(crate) const fn new(body: &'a str) -> Self {
        Self {
            body,
            rest: body,
            values: [None; SLOT_COUNT],
            is_odd: false,
            marks: [0; MOST_MARKS],
        }
    }

    /// Reads the body in a shape, and returns whether it has its layout. Otherwise, no slot has a value.
    #[inline]
    pub(crate) fn read(&mut self, reader: Option<Reader>) -> bool {
        let is_read = reader.is_some_and(|read| read(self));
        // What has no layout at all is seen at its first text.
        if !is_read && self.rest.len() < self.body.len() {
            self.begin_again();
        }
        is_read
    }

    #[cold]
    #[inline(never)]
    fn begin_again(&mut self) {
        *self = Self::new(self.body);
    }

    #[inline]
    pub(crate) const fn get(&self, slot: Slot) -> Option<&'a str> {
        self.values[slot as usize]
    }

    /// Whether a value could be blank.
    #[inline]
    pub(crate) const fn is_odd(&self) -> bool {
        self.is_odd
    }

    /// What is between two marks, each with a number of bytes after it.
    pub(crate) fn between(&self, ends: &[(usize, usize); 2]) -> Option<&'a str> {
        let [start, end] = ends.map(|(mark, after)| Some(self.marks.get(mark)? + after));
        self.body.get(start?..end?)
    }

    /// Reads a text that every body has here.
    #[inline]
    pub(crate) fn text(&mut self, text: &'static str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Reads a comma, if a member or element is before it.
    pub(crate) fn comma(&mut self) -> bool {
        self.is_first() || self.text(",")
    }

    /// Reads a text, with a comma if a member or element is before it.
    #[inline]
    pub(crate) fn text_after_comma(&mut self, text: &'static str) -> bool {
        let rest = if self.is_first() {
            Some(self.rest)
        } else {
            self.rest.strip_prefix(',')
        };
        match rest.and_then(|rest| rest.strip_prefix(text)) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Whether no member or element is before the rest.
    fn is_first(&self) -> bool {
        let before = self.body.len() - self.rest.len();
        matches!(
            self.body.as_bytes()[..before].last(),
            Some(b'{' | b'[') | None
        )
    }

    /// Reads the message up to the end of its string, or to the first character that needs an escape.
    #[inline]
    pub(crate) fn message(&mut self) -> bool {
        self.keep(Slot::Message, clean_prefix(self.rest.as_bytes()))
    }

    /// Reads a short text up to the end of its string, or to the first character that needs an escape.
    #[inline]
    pub(crate) fn name(&mut self, slot: Slot) -> bool {
        self.keep(slot, clean_name(self.rest.as_bytes()))
    }

    /// Reads a value that was read before.
    #[inline]
    pub(crate) fn again(&mut self, slot: Slot) -> bool {
        let rest = self.get(slot);
        match rest.and_then(|value| self.rest.strip_prefix(value)) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Reads a number.
    pub(crate) fn number(&mut self, slot: Slot) -> bool {
        let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let is_canonical = digits == 1 || !self.rest.starts_with('0');
        let fits = (1..=LONGEST_NUMBER).contains(&digits) && is_canonical;
        fits && self.keep(slot, digits) && !self.rest.starts_with(['.', 'e', 'E'])
    }

    /// Reads a boolean.
    pub(crate) fn boolean(&mut self, slot: Slot) -> bool {
        let length = if self.rest.starts_with("true") {
            4
        } else if self.rest.starts_with("false") {
            5
        } else {
            return false;
        };
        self.keep(slot, length)
    }

    /// Remembers where the rest begins.
    #[inline]
    pub(crate) fn mark(&mut self, mark: usize) -> bool {
        self.marks[mark] = self.body.len() - self.rest.len();
        true
    }

    /// Whether nothing is left.
    #[inline]
    pub(crate) fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    /// Keeps a value of this length.
    #[inline]
    fn keep(&mut self, slot: Slot, length: usize) -> bool {
        let Some((value, rest)) = self.rest.split_at_checked(length) else {
            return false;
        };
        if !matches!(value.as_bytes(), [b'!'..=b'~', ..]) {
            self.is_odd = true;
        }
        self.values[slot as usize] = Some(value);
        self.rest = rest;
        true
    }
}
