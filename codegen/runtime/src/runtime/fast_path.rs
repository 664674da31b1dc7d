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
    /// A body of which nothing was read.
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
                Part::Content(slot) => {
                    let (value, after) = content(*slot, rest)?;
                    self.keep(*slot, value)?;
                    after
                }
                Part::If(_, parts) => self.walk(parts, rest).unwrap_or(rest),
                Part::Value(slot, missing) => match rest.strip_prefix(missing) {
                    Some(after) => after,
                    None => self.value(*slot, rest)?,
                },
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

    fn value(&mut self, slot: Slot, rest: &'a str) -> Option<&'a str> {
        if slot.kind() == Kind::Text {
            let (value, after) = content(slot, rest.strip_prefix('"')?)?;
            self.keep(slot, value)?;
            after.strip_prefix('"')
        } else {
            let (value, after) = content(slot, rest)?;
            self.keep(slot, value)?;
            Some(after)
        }
    }

    /// Keeps a value. A slot that a shape has twice must have the same value.
    #[inline]
    fn keep(&mut self, slot: Slot, value: &'a str) -> Option<()> {
        let kept = self.values[slot as usize].replace(value);
        kept.is_none_or(|kept| kept == value).then_some(())
    }
}

/// The rest of a string up to its end or to the first character that needs an escape, or a number or boolean as it is
/// written; and what is after it.
#[inline]
fn content(slot: Slot, rest: &str) -> Option<(&str, &str)> {
    match slot.kind() {
        Kind::Text => rest.split_at_checked(clean_prefix(rest.as_bytes())),
        Kind::Number => {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let (number, after) = rest.split_at(digits);
            let is_canonical = digits == 1 || !number.starts_with('0');
            let fits = (1..=LONGEST_NUMBER).contains(&digits) && is_canonical;
            (fits && !after.starts_with(['.', 'e', 'E'])).then_some((number, after))
        }
        Kind::Bool => {
            let length = if rest.starts_with("true") { 4 } else { 5 };
            let (value, after) = rest.split_at_checked(length)?;
            matches!(value, "true" | "false").then_some((value, after))
        }
        Kind::Object => None,
    }
}
