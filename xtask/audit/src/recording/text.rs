//! Strings of recordings as bytes.
//!
//! Two recorders write bytes that are not UTF-8: mitmproxy as lone surrogates `\udc80` to `\udcff`, which are not valid in a
//! JSON string, and access logs as they are. So strings are read as bytes, and the surrogates become bytes again.

use std::borrow::Cow;
use std::fmt;

use memchr::memchr;
use serde::de::{self, Deserialize, Deserializer, Visitor};

/// A string of a recording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Text<'a>(pub(crate) Cow<'a, [u8]>);

impl<'a> Text<'a> {
    /// The characters, if they are UTF-8, and else with U+FFFD in the place of the others.
    pub(crate) fn characters(self) -> Cow<'a, str> {
        match self.0 {
            // `from_utf8_lossy` looks at each character, also if all are UTF-8.
            Cow::Borrowed(bytes) => match str::from_utf8(bytes) {
                Ok(text) => Cow::Borrowed(text),
                Err(_) => String::from_utf8_lossy(bytes),
            },
            Cow::Owned(bytes) => Cow::Owned(match String::from_utf8(bytes) {
                Ok(text) => text,
                Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
            }),
        }
    }

    /// The bytes that a client read as Latin-1: each character up to U+00FF is one byte. Other texts stay as they are.
    pub(crate) fn latin1(self) -> Cow<'a, [u8]> {
        if self.0.is_ascii() {
            return self.0;
        }
        let bytes = str::from_utf8(&self.0).ok().and_then(|text| {
            text.chars()
                .map(|each| u8::try_from(u32::from(each)).ok())
                .collect()
        });
        bytes.map_or(self.0, Cow::Owned)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a string")
    }

    fn visit_borrowed_bytes<E: de::Error>(self, bytes: &'de [u8]) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Borrowed(bytes)))
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Borrowed(text.as_bytes())))
    }

    fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(without_surrogates(bytes))))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(text.as_bytes().to_vec())))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(text.into_bytes())))
    }
}

/// Replaces each of U+DC80 to U+DCFF, encoded like a character, with the byte that it stands for.
fn without_surrogates(mut bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    while let Some(at) = memchr(0xED, bytes) {
        let (before, rest) = bytes.split_at(at);
        out.extend_from_slice(before);
        bytes = match *rest {
            [_, high @ (0xB2 | 0xB3), low @ 0x80..=0xBF, ..] => {
                out.push((high << 6) | (low & 0x3F));
                rest.get(3..).unwrap_or_default()
            }
            _ => {
                out.push(0xED);
                rest.get(1..).unwrap_or_default()
            }
        };
    }
    out.extend_from_slice(bytes);
    out
}

/// A status, as the recorders write it: a number, a number in a string, a word, or nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Status {
    /// There is no response.
    #[default]
    None,
    /// The status of the response.
    Is(u16),
    /// A number that is not a status.
    Invalid(i64),
}

impl Status {
    fn of(number: i64) -> Self {
        match u16::try_from(number) {
            Ok(status @ 100..=599) => Self::Is(status),
            _ if number <= 0 => Self::None,
            _ => Self::Invalid(number),
        }
    }
}

impl<'de> Deserialize<'de> for Status {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StatusVisitor)
    }
}

struct StatusVisitor;

impl Visitor<'_> for StatusVisitor {
    type Value = Status;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a status")
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Status, E> {
        Ok(Status::of(i64::try_from(number).unwrap_or(i64::MAX)))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Status, E> {
        Ok(Status::of(number))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Status, E> {
        let whole = number.is_finite() && number.fract() == 0.0 && number.abs() < 1e6;
        #[allow(clippy::cast_possible_truncation, reason = "it is whole, and small")]
        Ok(if whole {
            Status::of(number as i64)
        } else {
            Status::Invalid(i64::MAX)
        })
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Status, E> {
        Ok(text.trim().parse().map_or(Status::None, Status::of))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Status, E> {
        Ok(Status::None)
    }

    fn visit_none<E: de::Error>(self) -> Result<Status, E> {
        Ok(Status::None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(json: &str) -> Vec<u8> {
        serde_json::from_str::<Text>(json).unwrap().0.into_owned()
    }

    #[test]
    fn lone_surrogates_are_the_bytes_that_they_stand_for() {
        assert_eq!(
            text(r#""caf\udce9\udcff \u00e9 \ud83d\ude00""#),
            b"caf\xe9\xff \xc3\xa9 \xf0\x9f\x98\x80"
        );
        // U+D7FF begins with the byte ED as well.
        assert_eq!(text(r#""a\n\ud7ff""#), "a\n\u{d7ff}".as_bytes());
    }

    #[test]
    fn latin_1_is_one_byte_for_each_character() {
        assert_eq!(*Text("Café".as_bytes().into()).latin1(), *b"Caf\xe9");
        assert_eq!(*Text("Ca€".as_bytes().into()).latin1(), *"Ca€".as_bytes());
    }

    #[test]
    fn a_status_is_a_number_in_whatever_form() {
        let statuses = [
            "429",
            "\"429\"",
            "429.0",
            "0",
            "-1",
            "null",
            "\"error\"",
            "700",
        ];
        let read: Vec<Status> = statuses
            .iter()
            .map(|json| serde_json::from_str(json).unwrap())
            .collect();
        let is = Status::Is(429);
        let none = Status::None;
        assert_eq!(
            read,
            [is, is, is, none, none, none, none, Status::Invalid(700)]
        );
    }
}
