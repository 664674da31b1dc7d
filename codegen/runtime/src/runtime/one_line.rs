//! A received error as one line of a log. Inlined, so that only crates that show one compile it.

use core::fmt::{self, Write as _};
use std::borrow::Cow;

use crate::runtime::body_json::parse;
use crate::runtime::other_formats::Found;
use crate::{MaybeKnown, ReceivedError};

/// The longest string that is displayed, in characters.
const LONGEST_LINE: usize = 500;
/// How often JSON in a string of JSON is read.
const DEEPEST: u8 = 4;

/// Writes one line. Characters that break lines, control a terminal or change the direction of text
/// are escaped, so that a server cannot forge log lines; long strings are cut. JSON is not shown: of a
/// message that is JSON, the message in it is.
impl fmt::Display for ReceivedError {
    #[inline]
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.status)?;
        let code = self.code.as_ref().map(MaybeKnown::as_str);
        if let Some(code) = code.filter(|code| !begins_json(code)) {
            write!(formatter, " {}", OneLine(code))?;
        }
        let excerpt = || self.raw_excerpt.as_deref().and_then(before_json);
        let text = match &self.message {
            Some(message) => without_json(message, DEEPEST),
            None => excerpt().map(Cow::Borrowed),
        };
        if let Some(text) = text {
            write!(formatter, ": {}", OneLine(&text))?;
        }
        if let Some(request_id) = &self.request_id {
            write!(formatter, " (request {})", OneLine(request_id))?;
        }
        Ok(())
    }
}

/// Whether a character breaks a line or changes the direction of text.
#[inline]
const fn is_misleading(character: char) -> bool {
    matches!(
        character,
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
    )
}

/// An untrusted string in a log line.
struct OneLine<'a>(&'a str);

impl fmt::Display for OneLine<'_> {
    #[inline]
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut characters = self.0.chars();
        for character in characters.by_ref().take(LONGEST_LINE) {
            if character.is_control() || is_misleading(character) {
                write!(formatter, "{}", character.escape_default())?;
            } else {
                formatter.write_char(character)?;
            }
        }
        if characters.next().is_some() {
            formatter.write_char('…')?;
        }
        Ok(())
    }
}

/// Whether a string begins with an object or a list of JSON, complete or not.
#[inline]
fn begins_json(text: &str) -> bool {
    let text = text.trim_start();
    let next = |bracket| {
        text.strip_prefix(bracket)
            .map(|rest: &str| rest.trim_start().chars().next())
    };
    let begins_object = matches!(next('{'), Some(None | Some('"' | '}')));
    let begins_list = matches!(next('['), Some(None | Some('"' | '{' | '[' | ']')));
    begins_object || begins_list
}

/// The part of a string before an object of JSON; `None` if it is blank or all of it is JSON.
#[inline]
fn before_json(text: &str) -> Option<&str> {
    let shown = text
        .char_indices()
        .nth(LONGEST_LINE + 1)
        .map_or(text, |(end, _)| &text[..end]);
    let mut brackets = shown.match_indices(['{', '[']);
    let end = brackets.find(|(at, _)| begins_json(&shown[*at..]));
    let text = end.map_or(text, |(at, _)| &text[..at]);
    let is_json = || parse(text.as_bytes()).is_some();
    (!text.trim().is_empty() && !is_json()).then_some(text)
}

/// A message; of one that is an object or a list of JSON, the message in it.
#[inline]
fn without_json(message: &str, depth: u8) -> Option<Cow<'_, str>> {
    if !message.trim_start().starts_with(['{', '[']) {
        return Some(message.into());
    }
    let Some(parsed) = parse(message.as_bytes()) else {
        return (!begins_json(message)).then_some(message.into());
    };
    let inner = Found::in_value(&parsed.value).message?;
    let inner = without_json(inner, depth.checked_sub(1)?)?;
    Some(inner.into_owned().into())
}
