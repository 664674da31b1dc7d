//! The interactions of a YAML document, one after the other.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, BufRead};
use std::rc::Rc;

use granit_parser::{ErrorKind, Event, FallibleBufferedInput, Parser, ScalarStyle, Tag};
use serde_json::{Map, Value};

use crate::recording::error::At;
use crate::recording::limits::{MAX_DEPTH, MAX_EXCHANGE};

/// Why a document cannot be read further.
pub(crate) struct Stop {
    pub(crate) at: At,
    pub(crate) message: String,
}

/// The member that stands for `!!binary`.
pub(crate) const BINARY: &str = "$base64";

/// Hands over each item of the lists with these names, as JSON. Scalars are strings, except for null.
pub(crate) fn items(
    input: impl BufRead,
    lists: &[&str],
    mut item: impl FnMut(At, Value),
) -> Result<(), Stop> {
    bounded(input, lists, MAX_EXCHANGE, &mut item)
}

fn bounded(
    input: impl BufRead,
    lists: &[&str],
    limit: usize,
    item: &mut impl FnMut(At, Value),
) -> Result<(), Stop> {
    let budget = Budget {
        limit,
        left: Rc::new(Cell::new(limit)),
    };
    let options = granit_parser::options! {
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let characters = Characters {
        input,
        budget: budget.clone(),
        held: [0; 4],
        ended: false,
    };
    let parser = Parser::new_from_fallible_iter_with_options(characters, options);
    let mut reader = Reader {
        parser,
        budget,
        anchors: BTreeMap::new(),
        anchored: 0,
        line: 1,
    };
    reader.document(lists, item)
}

/// How many characters may be read before the next item begins, and how much aliases may add.
#[derive(Clone)]
struct Budget {
    limit: usize,
    left: Rc<Cell<usize>>,
}

impl Budget {
    fn take(&self, bytes: usize) -> bool {
        let left = self.left.get().checked_sub(bytes);
        left.map(|left| self.left.set(left)).is_some()
    }

    fn renew(&self) {
        self.left.set(self.limit);
    }
}

/// The characters of UTF-8.
struct Characters<R> {
    input: R,
    budget: Budget,
    held: [u8; 4],
    ended: bool,
}

impl<R: BufRead> Characters<R> {
    fn byte(&mut self) -> io::Result<Option<u8>> {
        loop {
            match self.input.fill_buf() {
                Ok(bytes) => {
                    let byte = bytes.first().copied();
                    self.input.consume(usize::from(byte.is_some()));
                    return Ok(byte);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn character(&mut self) -> Result<Option<char>, String> {
        let Some(first) = self.byte().map_err(|error| error.to_string())? else {
            return Ok(None);
        };
        if first.is_ascii() {
            return Ok(Some(char::from(first)));
        }
        let length = match first {
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF4 => 4,
            _ => return Err("the text is not UTF-8".to_owned()),
        };
        self.held = [first, 0, 0, 0];
        for at in 1..length {
            let byte = self.byte().map_err(|error| error.to_string())?;
            if let (Some(place), Some(byte)) = (self.held.get_mut(at), byte) {
                *place = byte;
            }
        }
        let text = self
            .held
            .get(..length)
            .and_then(|bytes| str::from_utf8(bytes).ok());
        text.and_then(|text| text.chars().next())
            .map(Some)
            .ok_or_else(|| "the text is not UTF-8".to_owned())
    }
}

impl<R: BufRead> Iterator for Characters<R> {
    type Item = Result<char, ErrorKind>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let read = match self.character() {
            Ok(None) => return None,
            Ok(Some(_)) if !self.budget.take(1) => {
                Err(format!("larger than {} characters", self.budget.limit))
            }
            Ok(Some(character)) => return Some(Ok(character)),
            Err(message) => Err(message),
        };
        self.ended = true;
        Some(read.map_err(|message| ErrorKind::InputIo {
            error: granit_parser::InputIoError::from_message(message),
        }))
    }
}

struct Reader<R: BufRead> {
    parser: Parser<'static, FallibleBufferedInput<Characters<R>>>,
    budget: Budget,
    anchors: BTreeMap<usize, (Value, usize)>,
    /// The weight of all of them.
    anchored: usize,
    line: u64,
}

impl<R: BufRead> Reader<R> {
    fn document(&mut self, lists: &[&str], item: &mut impl FnMut(At, Value)) -> Result<(), Stop> {
        loop {
            match self.event()? {
                Event::MappingStart(..) => break,
                Event::StreamStart | Event::DocumentStart(..) => {}
                _ => return Err(self.stop("expected a mapping")),
            }
        }
        loop {
            let key = match self.event()? {
                Event::MappingEnd => return Ok(()),
                Event::Scalar(key, ..) => key.into_owned(),
                _ => return Err(self.stop("expected a key")),
            };
            let value = self.event()?;
            if lists.contains(&&*key) && matches!(value, Event::SequenceStart(..)) {
                self.list(item)?;
            } else {
                self.value(value, 0)?;
            }
        }
    }

    fn list(&mut self, item: &mut impl FnMut(At, Value)) -> Result<(), Stop> {
        loop {
            self.budget.renew();
            let event = self.event()?;
            if matches!(event, Event::SequenceEnd) {
                return Ok(());
            }
            let at = At::Line(self.line);
            let value = self.value(event, 0)?;
            item(at, value);
        }
    }

    fn event(&mut self) -> Result<Event<'static>, Stop> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => {
                self.line = span.start.line() as u64;
                Ok(event)
            }
            Some(Err(error)) => Err(Stop {
                at: At::Line(error.marker().line() as u64),
                message: error.info(),
            }),
            None => Err(self.stop("the text ends inside of a value")),
        }
    }

    fn stop(&self, message: &str) -> Stop {
        Stop {
            at: At::Line(self.line),
            message: message.to_owned(),
        }
    }

    /// The value that begins with this event.
    fn value(&mut self, event: Event<'static>, depth: usize) -> Result<Value, Stop> {
        if depth > MAX_DEPTH {
            return Err(self.stop("too many mappings and lists inside each other"));
        }
        let (value, anchor) = match event {
            Event::Alias(anchor) => return self.alias(anchor),
            Event::Scalar(text, style, anchor, tag) => {
                (scalar(text.into_owned(), style, tag.as_deref()), anchor)
            }
            Event::SequenceStart(_, anchor, _) => {
                let mut items = Vec::new();
                loop {
                    match self.event()? {
                        Event::SequenceEnd => break,
                        event => items.push(self.value(event, depth + 1)?),
                    }
                }
                (Value::Array(items), anchor)
            }
            Event::MappingStart(_, anchor, _) => {
                let mut members = Map::new();
                loop {
                    let key = match self.event()? {
                        Event::MappingEnd => break,
                        event => self.value(event, depth + 1)?,
                    };
                    let event = self.event()?;
                    let value = self.value(event, depth + 1)?;
                    if let Value::String(key) = key {
                        members.insert(key, value);
                    }
                }
                (Value::Object(members), anchor)
            }
            _ => return Err(self.stop("expected a value")),
        };
        if anchor != 0 {
            let size = weight(&value);
            self.anchors.insert(anchor, (value.clone(), size));
            self.anchored += size;
            if self.anchored > self.budget.limit {
                return Err(self.stop("too many anchors"));
            }
        }
        Ok(value)
    }

    fn alias(&mut self, anchor: usize) -> Result<Value, Stop> {
        let Some((value, size)) = self.anchors.get(&anchor) else {
            return Err(self.stop("an alias to the value that contains it"));
        };
        if !self.budget.take(*size) {
            return Err(self.stop("aliases make the exchange too large"));
        }
        Ok(value.clone())
    }
}

/// About how much memory a value takes.
fn weight(value: &Value) -> usize {
    let inside = match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(weight).sum(),
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| key.len() + weight(value))
            .sum(),
        _ => 0,
    };
    inside + 64
}

fn scalar(text: String, style: ScalarStyle, tag: Option<&Tag>) -> Value {
    let kind = tag.and_then(|tag| tag.suffix_in_namespace("tag:yaml.org,2002:"));
    if kind.as_deref() == Some("binary") {
        return Value::Object(Map::from_iter([(BINARY.to_owned(), Value::String(text))]));
    }
    let plain = style == ScalarStyle::Plain;
    if plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL") {
        return Value::Null;
    }
    Value::String(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(yaml: &str) -> (Vec<Value>, String) {
        let mut all = Vec::new();
        let end = bounded(yaml.as_bytes(), &["list"], 1_000, &mut |_, item| {
            all.push(item);
        });
        (all, end.err().map_or(String::new(), |stop| stop.message))
    }

    #[test]
    fn each_item_is_handed_over_as_json() {
        let (items, end) = read(concat!(
            "list:\n- &a {b: 1, c: !!binary aGk=, d: ~, e: 'null'}\n",
            "-\n  - *a\n  - |\n    x\nother: [1]\n"
        ));
        assert_eq!(end, "");
        let first = r#"{"b":"1","c":{"$base64":"aGk="},"d":null,"e":"null"}"#;
        let texts: Vec<String> = items.iter().map(Value::to_string).collect();
        assert_eq!(texts, [first.to_owned(), format!("[{first},\"x\\n\"]")]);
    }

    #[test]
    fn an_item_has_a_limit_and_all_of_them_have_none() {
        let (items, end) = read(&format!("list:\n{}", "- abcdefghij\n".repeat(1_000)));
        assert_eq!((items.len(), &*end), (1_000, ""));
        let (_, end) = read(&format!("list:\n- {}", "a".repeat(2_000)));
        assert!(end.contains("larger than 1000 characters"), "{end}");
        let (_, end) = read(&format!(
            "list:\n- &a [{}]\n- [{}*a]",
            "b, ".repeat(5),
            "*a, ".repeat(9)
        ));
        assert_eq!(end, "aliases make the exchange too large");
        let (_, end) = read("list:\n- &a [*a]");
        assert_eq!(end, "an alias to the value that contains it");
    }
}
