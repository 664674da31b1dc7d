//! A fast reader for bodies in the layout of this crate.

use crate::runtime::json::clean_prefix;
use crate::runtime::shape::{Kind, Part, SLOT_COUNT, Shape, Slot};

/// A number of this many digits fits into 64 bits.
const LONGEST_NUMBER: usize = 19;

/// The slots of a body that has the layout of its shape: no white space, no escape, no other member. Any other
/// body is parsed as JSON, with the same result.
pub(crate) struct Canonical<'a> {
    body: &'a str,
    /// The values: the content of a string, or the JSON of another value.
    values: [Option<&'a str>; SLOT_COUNT],
}

impl<'a> Canonical<'a> {
    /// A body, before it is read.
    #[inline]
    pub(crate) const fn new(body: &'a str) -> Self {
        Self {
            body,
            values: [None; SLOT_COUNT],
        }
    }

    /// Reads the body in a shape, and returns whether it has its layout. Otherwise, no slot has a value.
    #[inline]
    pub(crate) fn read(&mut self, shape: &Shape) -> bool {
        match shape.body.first() {
            Some(Part::Text(first)) if !self.body.starts_with(first) => return false,
            _ => {}
        }
        let is_read = self.walk(shape.body, self.body) == Some("");
        if !is_read {
            self.values = [None; SLOT_COUNT];
        }
        is_read
    }

    #[inline]
    pub(crate) fn get(&self, slot: Slot) -> Option<&'a str> {
        self.values[slot as usize]
    }

    /// Reads parts, and returns what is after them.
    fn walk(&mut self, parts: &[Part], mut rest: &'a str) -> Option<&'a str> {
        for part in parts {
            rest = match part {
                Part::Text(text) => rest.strip_prefix(text)?,
                Part::Content(slot) => self.content(*slot, rest)?,
                Part::If(_, [Part::Text(before), Part::Content(slot), Part::Text(after)]) => {
                    match rest.strip_prefix(before) {
                        Some(rest) => self.content(*slot, rest)?.strip_prefix(after)?,
                        None => rest,
                    }
                }
                Part::Value(slot, missing) => match rest.strip_prefix('"') {
                    Some(rest) if slot.kind() == Kind::Text && !missing.starts_with('"') => {
                        self.text(*slot, rest)?.strip_prefix('"')?
                    }
                    _ => self.value(*slot, missing, rest)?,
                },
                Part::If(_, parts) | Part::Any(_, parts) => self.walk(parts, rest).unwrap_or(rest),
                // A body with faults is read as JSON.
                Part::Each(_) => rest,
                Part::Comma => {
                    let before = &self.body[..self.body.len() - rest.len()];
                    if before.ends_with(['{', '[']) {
                        rest
                    } else {
                        rest.strip_prefix(',')?
                    }
                }
            }
        }
        Some(rest)
    }

    /// Reads a value inside of a string.
    #[inline]
    fn content(&mut self, slot: Slot, rest: &'a str) -> Option<&'a str> {
        if slot.kind() == Kind::Text {
            self.text(slot, rest)
        } else {
            self.scalar(slot, rest)
        }
    }

    /// Reads the rest of a string up to its end or to the first character that needs an escape.
    #[inline]
    fn text(&mut self, slot: Slot, rest: &'a str) -> Option<&'a str> {
        let (text, after) = rest.split_at_checked(clean_prefix(rest.as_bytes()))?;
        self.keep(slot, text)?;
        Some(after)
    }

    /// Reads a value, or what is written if there is none.
    fn value(&mut self, slot: Slot, missing: &str, rest: &'a str) -> Option<&'a str> {
        match rest.strip_prefix(missing) {
            Some(after) => Some(after),
            None if slot.kind() == Kind::Text => {
                self.text(slot, rest.strip_prefix('"')?)?.strip_prefix('"')
            }
            None => self.scalar(slot, rest),
        }
    }

    /// Reads a number or boolean.
    fn scalar(&mut self, slot: Slot, rest: &'a str) -> Option<&'a str> {
        let length = match slot.kind() {
            Kind::Number => rest.bytes().take_while(u8::is_ascii_digit).count(),
            Kind::Bool if rest.starts_with("true") => 4,
            Kind::Bool if rest.starts_with("false") => 5,
            Kind::Bool | Kind::Text | Kind::Object | Kind::List => return None,
        };
        let (value, after) = rest.split_at_checked(length)?;
        let is_canonical = length == 1 || !value.starts_with('0');
        let fits = (1..=LONGEST_NUMBER).contains(&length) && is_canonical;
        if !fits || after.starts_with(['.', 'e', 'E']) {
            return None;
        }
        self.keep(slot, value)?;
        Some(after)
    }

    /// Keeps a value. A slot that a shape has twice must have the same value.
    #[inline]
    fn keep(&mut self, slot: Slot, value: &'a str) -> Option<()> {
        let kept = self.values[slot as usize].replace(value);
        kept.is_none_or(|kept| kept == value).then_some(())
    }
}
