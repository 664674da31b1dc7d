//! A fast reader for bodies in the layout of this crate.

use crate::runtime::json::{clean_name, clean_prefix};
use crate::runtime::shape::{Kind, Part, SLOT_COUNT, Shape, Slot};

/// A number of this many digits fits into 64 bits.
const LONGEST_NUMBER: usize = 19;

/// The slots of a body that has the layout of its shape: no white space, no escape, no other member. Any other
/// body is parsed as JSON, with the same result.
pub(crate) struct Canonical<'a> {
    body: &'a str,
    /// Where the values begin and end: the content of a string, or the JSON of another value. One that is missing
    /// ends where the body begins.
    values: [[usize; 2]; SLOT_COUNT],
}

impl<'a> Canonical<'a> {
    /// A body, before it is read.
    #[inline]
    pub(crate) const fn new(body: &'a str) -> Self {
        Self {
            body,
            values: [[0; 2]; SLOT_COUNT],
        }
    }

    /// Reads the body in a shape, and returns whether it has its layout. Otherwise, no slot has a value.
    #[inline]
    pub(crate) fn read(&mut self, shape: &Shape) -> bool {
        let [Part::Text(first), parts @ ..] = shape.body else {
            return false;
        };
        let rest = strip(self.body.as_bytes(), first);
        let Some(rest) = rest.filter(|_| shape.is_exact) else {
            return false;
        };
        let is_read = self.walk(parts, rest).is_some_and(<[u8]>::is_empty);
        if !is_read {
            self.values = [[0; 2]; SLOT_COUNT];
        }
        is_read
    }

    #[inline]
    pub(crate) fn get(&self, slot: Slot) -> Option<&'a str> {
        let [start, end] = self.values[slot as usize];
        if end == 0 {
            None
        } else {
            self.body.get(start..end)
        }
    }

    /// Whether a value that every body has, or the code, is blank: that counts as missing.
    pub(crate) fn has_blank(&self, shape: &Shape) -> bool {
        let is_blank = |text: &str| text.chars().all(char::is_whitespace);
        shape.places.iter().any(|place| {
            let counts = place.missing.is_some() || place.slot == Slot::Code;
            counts && self.get(place.slot).is_some_and(is_blank)
        })
    }

    /// What is between two positions in the parts of the shape.
    pub(crate) fn between(
        &self,
        shape: &Shape,
        positions: &[(usize, usize); 2],
    ) -> Option<&'a str> {
        let [start, end] = positions.map(|position| self.position_in(shape, position));
        self.body.get(start?..end?)
    }

    fn position_in(&self, shape: &Shape, (part, offset): (usize, usize)) -> Option<usize> {
        let (before, rest) = shape.body.split_at_checked(part)?;
        if let [Part::Text(last)] = rest {
            return Some(self.body.len() - last.len() + offset);
        }
        let rest = Self::new(self.body).walk(before, self.body.as_bytes())?;
        Some(self.position(rest) + offset)
    }

    /// Reads parts, and returns what is after them.
    fn walk<'r>(&mut self, parts: &[Part], mut rest: &'r [u8]) -> Option<&'r [u8]> {
        for part in parts {
            rest = match part {
                Part::Text(text) => strip(rest, text)?,
                Part::Content(slot) => self.content(*slot, rest)?,
                Part::Value(slot, missing) => self.value(*slot, missing, rest)?,
                Part::If(_, [Part::Text(before), Part::Content(slot), Part::Text(after)]) => {
                    match strip(rest, before) {
                        Some(rest) => strip(self.content(*slot, rest)?, after)?,
                        None => rest,
                    }
                }
                Part::If(_, parts) | Part::Any(_, parts) => self.optional(parts, rest)?,
                // A body with faults is read as JSON.
                Part::Each(_) => rest,
                Part::Comma => self.comma(rest)?,
            }
        }
        Some(rest)
    }

    /// Reads parts that can be left out. They are there if the text that they begin with is.
    fn optional<'r>(&mut self, parts: &[Part], rest: &'r [u8]) -> Option<&'r [u8]> {
        let (first, inner, after) = match parts {
            [Part::Text(first), inner @ ..] => (first, inner, Some(rest)),
            [Part::Comma, Part::Text(first), inner @ ..] => (first, inner, self.comma(rest)),
            [Part::If(_, parts)] => return self.optional(parts, rest),
            _ => return None,
        };
        match after.and_then(|after| strip(after, first)) {
            Some(after) => self.walk(inner, after),
            None => Some(rest),
        }
    }

    /// Reads a comma, if a member or element is before it.
    fn comma<'r>(&self, rest: &'r [u8]) -> Option<&'r [u8]> {
        match self.body.as_bytes()[..self.position(rest)].last() {
            Some(b'{' | b'[') => Some(rest),
            _ => rest.strip_prefix(b","),
        }
    }

    /// Where the rest of the body begins.
    #[inline]
    const fn position(&self, rest: &[u8]) -> usize {
        self.body.len() - rest.len()
    }

    /// Reads a value inside of a string.
    #[inline]
    fn content<'r>(&mut self, slot: Slot, rest: &'r [u8]) -> Option<&'r [u8]> {
        if slot.kind() == Kind::Text {
            self.text(slot, rest)
        } else {
            self.scalar(slot, rest)
        }
    }

    /// Reads the rest of a string up to its end or to the first character that needs an escape.
    #[inline]
    fn text<'r>(&mut self, slot: Slot, rest: &'r [u8]) -> Option<&'r [u8]> {
        let length = match slot {
            Slot::Message => clean_prefix(rest),
            _ => clean_name(rest),
        };
        self.keep(slot, rest, length)
    }

    /// Reads a value, or what is written if there is none.
    #[inline]
    fn value<'r>(&mut self, slot: Slot, missing: &str, rest: &'r [u8]) -> Option<&'r [u8]> {
        match rest {
            [b'"', inner @ ..] if slot.kind() == Kind::Text && !missing.starts_with('"') => {
                self.text(slot, inner)?.strip_prefix(b"\"")
            }
            _ => self.other_value(slot, missing, rest),
        }
    }

    /// Reads a value that is no text, or what is written if there is none.
    fn other_value<'r>(&mut self, slot: Slot, missing: &str, rest: &'r [u8]) -> Option<&'r [u8]> {
        match strip(rest, missing) {
            Some(after) => Some(after),
            None if slot.kind() == Kind::Text => self
                .text(slot, rest.strip_prefix(b"\"")?)?
                .strip_prefix(b"\""),
            None => self.scalar(slot, rest),
        }
    }

    /// Reads a number or boolean.
    fn scalar<'r>(&mut self, slot: Slot, rest: &'r [u8]) -> Option<&'r [u8]> {
        let length = match slot.kind() {
            Kind::Number => rest.iter().take_while(|byte| byte.is_ascii_digit()).count(),
            Kind::Bool if rest.starts_with(b"true") => 4,
            Kind::Bool if rest.starts_with(b"false") => 5,
            Kind::Bool | Kind::Text | Kind::Object | Kind::List => return None,
        };
        let is_canonical = length == 1 || !rest.starts_with(b"0");
        let fits = (1..=LONGEST_NUMBER).contains(&length) && is_canonical;
        let after = self.keep(slot, rest, length)?;
        let goes_on = matches!(after, [b'.' | b'e' | b'E', ..]);
        (fits && !goes_on).then_some(after)
    }

    /// Keeps a value of this length, and returns what is after it. A slot that a shape has twice must have the same
    /// value.
    #[inline]
    fn keep<'r>(&mut self, slot: Slot, rest: &'r [u8], length: usize) -> Option<&'r [u8]> {
        let after = rest.get(length..)?;
        let value = [self.position(rest), self.position(after)];
        let kept = core::mem::replace(&mut self.values[slot as usize], value);
        (kept == [0; 2] || self.is_same(kept, value)).then_some(after)
    }

    #[cold]
    fn is_same(&self, kept: [usize; 2], value: [usize; 2]) -> bool {
        let [kept, value] = [kept, value].map(|[start, end]| self.body.as_bytes().get(start..end));
        kept == value
    }
}

/// What is after a text that `rest` begins with.
#[inline]
fn strip<'r>(rest: &'r [u8], text: &str) -> Option<&'r [u8]> {
    let (start, after) = rest.split_at_checked(text.len())?;
    is_same(start, text.as_bytes()).then_some(after)
}

/// Whether two texts of one length are equal. The first and the last bytes of most are all of them, as soon as they
/// meet.
#[inline]
fn is_same(text: &[u8], other: &[u8]) -> bool {
    match text.len() {
        33.. => text == other,
        16.. => have_same_ends::<16>(text, other),
        8.. => have_same_ends::<8>(text, other),
        4.. => have_same_ends::<4>(text, other),
        2.. => have_same_ends::<2>(text, other),
        _ => text == other,
    }
}

#[inline]
fn have_same_ends<const N: usize>(text: &[u8], other: &[u8]) -> bool {
    text.first_chunk::<N>() == other.first_chunk() && text.last_chunk::<N>() == other.last_chunk()
}
