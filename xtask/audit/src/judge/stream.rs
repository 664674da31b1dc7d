//! Streams of server-sent events.

use std::borrow::Cow;

use super::body::{Bodies, Reading};
use super::request::Styles;
use super::style::Listed;

/// The end of a stream that did not fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StreamEnd {
    /// An event with these data, such as `[DONE]`.
    Data(String),
    /// An event with this name, such as `message_stop`.
    Named(String),
}

impl StreamEnd {
    /// The end that `--stream-end` names: `event:NAME`, or data.
    #[must_use]
    pub fn new(text: &str) -> Self {
        match text.strip_prefix("event:") {
            Some(name) => Self::Named(name.trim().to_owned()),
            None => Self::Data(text.to_owned()),
        }
    }

    fn is(&self, event: &Event<'_>) -> bool {
        match self {
            Self::Data(data) => event.data.as_deref() == Some(data),
            Self::Named(name) => event.name == Some(name),
        }
    }
}

/// An event of a stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Event<'a> {
    name: Option<&'a str>,
    data: Option<Cow<'a, str>>,
}

/// What a stream ends with.
#[derive(Clone, Debug)]
pub(super) enum Ended {
    /// An error. What follows it is not read.
    Error(Box<Reading>),
    /// The end marker.
    Marked,
    /// An event, or nothing.
    Open,
    /// The middle of an event.
    InEvent,
}

/// Reads a stream.
pub(super) fn read(
    bodies: &Bodies<'_>,
    ends: &[StreamEnd],
    expected: Styles,
    body: &[u8],
    listed: Listed<'_>,
) -> Ended {
    let body = String::from_utf8_lossy(body);
    let body = body.strip_prefix('\u{feff}').unwrap_or(&body);
    let mut ended = Ended::Open;
    let mut event = Event::default();
    let mut is_open = false;
    for line in lines(body) {
        is_open = !line.is_empty() && !line.starts_with(':');
        if !line.is_empty() {
            event.add(line);
            continue;
        }
        let event = std::mem::take(&mut event);
        let Some(data) = &event.data else {
            continue;
        };
        // Readers call an event without a name so.
        let name = event.name.filter(|name| !matches!(*name, "" | "message"));
        if let Some(reading) = bodies.read_event(name, data, expected, listed) {
            return Ended::Error(Box::new(reading));
        }
        ended = if ends.iter().any(|end| end.is(&event)) {
            Ended::Marked
        } else {
            Ended::Open
        };
    }
    if is_open { Ended::InEvent } else { ended }
}

impl<'a> Event<'a> {
    /// Reads a line.
    ///
    /// Source: the HTML standard, section 9.2.6 "Interpreting an event stream".
    fn add(&mut self, line: &'a str) {
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => self.name = Some(value),
            "data" => {
                self.data = Some(match self.data.take() {
                    None => Cow::Borrowed(value),
                    Some(data) => Cow::Owned(format!("{data}\n{value}")),
                });
            }
            _ => {}
        }
    }
}

/// The lines of a stream, which end with any of the three line breaks.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some(end) = rest.find(['\r', '\n']) else {
            return Some(std::mem::take(&mut rest));
        };
        let line = &rest[..end];
        let length = if rest[end..].starts_with("\r\n") {
            2
        } else {
            1
        };
        rest = &rest[end + length..];
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn lines_end_with_any_line_break() {
        let found: Vec<&str> = lines("a\r\nb\rc\n\n\r\nd").collect();
        assert_eq!(found, ["a", "b", "c", "", "", "d"]);
    }
}
