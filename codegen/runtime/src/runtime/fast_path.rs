//! A fast reader for bodies in the layout of this crate.

use crate::runtime::json::clean_prefix;
use crate::runtime::shape::{Kind, Part, SLOT_COUNT, Shape, Slot};

/// A number of this many digits fits into 64 bits.
const LONGEST_NUMBER: usize = 19;

/// The slots of a body that has the layout of its shape: no white space, no escape, no other member. Any other
/// body is parsed as JSON, with the same result.
pub(crate) struct Canonical<'a> {
    /// The values: the content of a string, or the JSON of another value.
    values: [Option<&'a str>; SLOT_COUNT],
}

impl<'a> Canonical<'a> {
    /// Reads a body of a shape.
    pub(crate) fn read(body: &'a str, shape: &Shape) -> Option<Self> {
        let mut reader = Reader {
            body,
            at: 0,
            values: [None; SLOT_COUNT],
        };
        let values = (reader.walk(shape.body)? == body.len()).then_some(reader.values)?;
        Some(Self { values })
    }

    pub(crate) fn get(&self, slot: Slot) -> Option<&'a str> {
        self.values[slot as usize]
    }
}

struct Reader<'a> {
    body: &'a str,
    at: usize,
    values: [Option<&'a str>; SLOT_COUNT],
}

impl<'a> Reader<'a> {
    /// Reads parts, and returns where they end.
    fn walk(&mut self, parts: &[Part]) -> Option<usize> {
        for part in parts {
            match part {
                Part::Text(text) => self.skip(text)?,
                Part::Comma => {
                    if !self.body[..self.at].ends_with(['{', '[']) {
                        self.skip(",")?;
                    }
                }
                Part::Content(slot) => {
                    let value = match slot.kind() {
                        Kind::Text => self.text(),
                        _ => self.scalar(*slot)?,
                    };
                    self.keep(*slot, value)?;
                }
                Part::Value(slot, missing) => {
                    if self.rest().starts_with(missing) {
                        self.at += missing.len();
                    } else if slot.kind() == Kind::Text {
                        self.skip("\"")?;
                        let value = self.text();
                        self.keep(*slot, value)?;
                        self.skip("\"")?;
                    } else {
                        let value = self.scalar(*slot)?;
                        self.keep(*slot, value)?;
                    }
                }
                Part::If(_, parts) => {
                    let start = self.at;
                    if self.walk(parts).is_none() {
                        self.at = start;
                    }
                }
            }
        }
        Some(self.at)
    }

    fn rest(&self) -> &'a str {
        &self.body[self.at..]
    }

    fn skip(&mut self, text: &str) -> Option<()> {
        self.rest().starts_with(text).then(|| self.at += text.len())
    }

    /// The rest of a string, up to its end or to the first character that needs an escape.
    fn text(&mut self) -> &'a str {
        let rest = self.rest();
        let text = &rest[..clean_prefix(rest.as_bytes())];
        self.at += text.len();
        text
    }

    /// A number or boolean, as it is written.
    fn scalar(&mut self, slot: Slot) -> Option<&'a str> {
        let rest = self.rest();
        let length = match slot.kind() {
            Kind::Number => {
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                let is_canonical = digits == 1 || !rest.starts_with('0');
                let fits = (1..=LONGEST_NUMBER).contains(&digits) && is_canonical;
                let ends = !rest[digits..].starts_with(['.', 'e', 'E']);
                (fits && ends).then_some(digits)?
            }
            Kind::Bool if rest.starts_with("true") => 4,
            Kind::Bool if rest.starts_with("false") => 5,
            Kind::Bool | Kind::Text | Kind::Object => return None,
        };
        self.at += length;
        Some(&rest[..length])
    }

    /// Keeps a value. A slot that a shape has twice must have the same value.
    fn keep(&mut self, slot: Slot, value: &'a str) -> Option<()> {
        let kept = &mut self.values[slot as usize];
        if kept.is_some_and(|kept| kept != value) {
            return None;
        }
        *kept = Some(value);
        Some(())
    }
}
