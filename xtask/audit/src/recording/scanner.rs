//! Finds the exchanges in a JSON document without keeping the document.
//!
//! A recording is often one line of hundreds of megabytes. The scanner follows the strings and brackets, and hands over
//! each exchange as its bytes. So an exchange with a wrong member ends only itself, and JSON that is wrong in a string,
//! as mitmproxy writes it, ends nothing.

use std::io::{self, BufRead};

use memchr::memchr2;

use crate::recording::limits::{MAX_DEPTH, MAX_EXCHANGE};

/// What a document consists of, as far as it is read.
#[derive(Debug)]
pub(crate) enum Layout {
    /// An object with these members.
    Members(&'static [(&'static str, Layout)]),
    /// A list.
    Items(&'static Layout),
    /// A value that is handed over.
    Part(Part),
}

/// What a value is for the reader of a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// What made the recording.
    Creator,
    /// An exchange.
    Exchange,
}

/// Why a document cannot be read further.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The file cannot be read, or its compression is damaged.
    Io(io::Error),
    /// The text ends inside of a value.
    Ended,
    /// The text is not JSON.
    Unexpected(u8),
    /// Too many objects and lists are inside each other.
    Deep,
}

impl Stop {
    pub(crate) fn message(&self) -> String {
        match self {
            Self::Io(error) => error.to_string(),
            Self::Ended => "the text ends inside of a value".to_owned(),
            Self::Unexpected(byte) => format!("unexpected `{}`", byte.escape_ascii()),
            Self::Deep => format!("more than {MAX_DEPTH} objects and lists inside each other"),
        }
    }
}

/// A value that is handed over.
pub(crate) struct Found<'a> {
    pub(crate) part: Part,
    /// Where it begins.
    pub(crate) offset: u64,
    /// Its JSON; `None` if it is larger than [`MAX_EXCHANGE`].
    pub(crate) json: Option<&'a [u8]>,
}

/// Follows the text of a document.
pub(crate) struct Scanner<R> {
    input: R,
    offset: u64,
    kept: Vec<u8>,
}

impl<R: BufRead> Scanner<R> {
    pub(crate) fn new(input: R) -> Self {
        Self {
            input,
            offset: 0,
            kept: Vec::new(),
        }
    }

    /// How many bytes were read.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// Reads a value of this layout. Values of another kind are skipped.
    pub(crate) fn walk(
        &mut self,
        layout: &Layout,
        give: &mut dyn FnMut(Found<'_>),
    ) -> Result<(), Stop> {
        match (layout, self.peek()?) {
            (Layout::Members(members), b'{') => self.each(b'}', |scanner| {
                scanner.value(Keep::Bytes)?;
                let key: Option<String> = serde_json::from_slice(&scanner.kept).ok();
                scanner.expect(b':')?;
                let known = members
                    .iter()
                    .find(|(name, _)| key.as_deref() == Some(*name));
                match known {
                    Some((_, layout)) => scanner.walk(layout, give),
                    None => scanner.value(Keep::Nothing).map(drop),
                }
            }),
            (Layout::Items(item), b'[') => self.each(b']', |scanner| scanner.walk(item, give)),
            (Layout::Part(part), _) => {
                let offset = self.offset;
                let size = self.value(Keep::Bytes)?;
                let json = (size == Size::Kept).then_some(&*self.kept);
                give(Found {
                    part: *part,
                    offset,
                    json,
                });
                Ok(())
            }
            _ => self.value(Keep::Nothing).map(drop),
        }
    }

    /// Skips white space and gives all keys of the object that follows, and of the first object in a list.
    pub(crate) fn keys(&mut self, keys: &mut Vec<String>) -> Result<(), Stop> {
        match self.peek()? {
            b'[' => {
                self.bump()?;
                self.keys(keys)
            }
            b'{' => self.each(b'}', |scanner| {
                scanner.value(Keep::Bytes)?;
                keys.extend(serde_json::from_slice::<String>(&scanner.kept));
                scanner.expect(b':')?;
                scanner.value(Keep::Nothing).map(drop)
            }),
            other => Err(Stop::Unexpected(other)),
        }
    }

    /// Reads what is between an opening bracket and `close`, separated by commas.
    fn each(
        &mut self,
        close: u8,
        mut item: impl FnMut(&mut Self) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        self.bump()?;
        if self.peek()? == close {
            return self.bump();
        }
        loop {
            self.peek()?;
            item(self)?;
            match self.peek()? {
                b',' => self.bump()?,
                byte if byte == close => return self.bump(),
                other => return Err(Stop::Unexpected(other)),
            }
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), Stop> {
        match self.peek()? {
            found if found == byte => self.bump(),
            found => Err(Stop::Unexpected(found)),
        }
    }

    /// The next byte that is not white space, which is not read yet.
    fn peek(&mut self) -> Result<u8, Stop> {
        loop {
            let bytes = self.fill()?;
            match bytes.iter().position(|byte| !byte.is_ascii_whitespace()) {
                Some(at) => {
                    let byte = bytes.get(at).copied().unwrap_or_default();
                    self.consume(at);
                    return Ok(byte);
                }
                None => {
                    let all = bytes.len();
                    self.consume(all);
                }
            }
        }
    }

    fn bump(&mut self) -> Result<(), Stop> {
        self.peek()?;
        self.consume(1);
        Ok(())
    }

    /// What is read next: not empty.
    fn fill(&mut self) -> Result<&[u8], Stop> {
        loop {
            match self.input.fill_buf() {
                Ok(_) => break,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Stop::Io(error)),
            }
        }
        match self.input.fill_buf() {
            Ok([]) => Err(Stop::Ended),
            Ok(bytes) => Ok(bytes),
            Err(error) => Err(Stop::Io(error)),
        }
    }

    fn consume(&mut self, bytes: usize) {
        self.input.consume(bytes);
        self.offset += bytes as u64;
    }

    /// Reads a value, and keeps its bytes if they are not too many.
    fn value(&mut self, keep: Keep) -> Result<Size, Stop> {
        self.kept.clear();
        let first = self.peek()?;
        if matches!(first, b',' | b':' | b']' | b'}') {
            return Err(Stop::Unexpected(first));
        }
        let mut extent = Extent::default();
        let mut size = Size::Kept;
        loop {
            let bytes = match self.input.fill_buf() {
                Ok([]) if extent.is_number() => return Ok(size),
                Ok([]) => return Err(Stop::Ended),
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(Stop::Io(error)),
            };
            let (used, end) = extent.advance(bytes);
            if keep == Keep::Bytes && size == Size::Kept {
                if self.kept.len() + used <= MAX_EXCHANGE {
                    self.kept
                        .extend_from_slice(bytes.get(..used).unwrap_or_default());
                } else {
                    size = Size::TooLarge;
                    self.kept = Vec::new();
                }
            }
            self.consume(used);
            match end {
                End::Reached => return Ok(size),
                End::Later => {}
                End::TooDeep => return Err(Stop::Deep),
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    Bytes,
    Nothing,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Size {
    Kept,
    TooLarge,
}

enum End {
    Reached,
    Later,
    TooDeep,
}

/// Follows a value to its end.
#[derive(Default)]
struct Extent {
    depth: usize,
    inside: Inside,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Inside {
    /// Before the first byte.
    #[default]
    Nothing,
    /// A number or a keyword, or between the tokens of an object or list.
    Plain,
    String,
    /// After a backslash.
    Escape,
}

impl Extent {
    /// Whether the end of the text can be the end of the value.
    fn is_number(&self) -> bool {
        self.depth == 0 && self.inside == Inside::Plain
    }

    /// How many of these bytes belong to the value.
    fn advance(&mut self, bytes: &[u8]) -> (usize, End) {
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            match self.inside {
                Inside::Escape => {
                    self.inside = Inside::String;
                    at += 1;
                }
                Inside::String => {
                    let Some(next) = memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default())
                    else {
                        return (bytes.len(), End::Later);
                    };
                    at += next + 1;
                    if bytes.get(at - 1) == Some(&b'\\') {
                        self.inside = Inside::Escape;
                    } else if self.depth == 0 {
                        return (at, End::Reached);
                    } else {
                        self.inside = Inside::Plain;
                    }
                }
                Inside::Nothing | Inside::Plain => {
                    let began = self.inside == Inside::Plain;
                    self.inside = Inside::Plain;
                    match byte {
                        b'"' if self.depth == 0 && began => return (at, End::Reached),
                        b'"' => self.inside = Inside::String,
                        b'{' | b'[' if self.depth == MAX_DEPTH => return (at, End::TooDeep),
                        b'{' | b'[' => self.depth += 1,
                        b'}' | b']' | b',' | b':' if self.depth == 0 => return (at, End::Reached),
                        b'}' | b']' if self.depth == 1 => return (at + 1, End::Reached),
                        b'}' | b']' => self.depth -= 1,
                        _ if self.depth == 0 && byte.is_ascii_whitespace() => {
                            return (at, End::Reached);
                        }
                        _ => {}
                    }
                    at += 1;
                }
            }
        }
        (at, End::Later)
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    const LAYOUT: Layout = Layout::Members(&[(
        "log",
        Layout::Members(&[
            ("creator", Layout::Part(Part::Creator)),
            ("entries", Layout::Items(&Layout::Part(Part::Exchange))),
        ]),
    )]);

    fn parts(json: &str) -> (Vec<(u64, String)>, Option<String>) {
        // A buffer of three bytes puts each border between two reads somewhere.
        let mut scanner = Scanner::new(BufReader::with_capacity(3, json.as_bytes()));
        let mut found = Vec::new();
        let end = scanner.walk(&LAYOUT, &mut |part| {
            found.push((
                part.offset,
                String::from_utf8(part.json.unwrap().to_vec()).unwrap(),
            ));
        });
        (found, end.err().map(|stop| stop.message()))
    }

    #[test]
    fn each_part_is_handed_over_as_it_is() {
        let json = r#" {"x":[1,{"log":2}],"log":{"entries":[{"a":"\"]}\\"} , -1.5e3,"b",null],"creator":{"n":[]}}} "#;
        let expected = [
            (38, r#"{"a":"\"]}\\"}"#),
            (55, "-1.5e3"),
            (62, r#""b""#),
            (66, "null"),
            (82, r#"{"n":[]}"#),
        ];
        let (found, end) = parts(json);
        assert_eq!(
            found,
            expected.map(|(offset, json)| (offset, json.to_owned()))
        );
        assert_eq!(end, None);
    }

    #[test]
    fn parts_before_an_error_are_handed_over() {
        let (found, end) = parts(r#"{"log":{"entries":[1,2"#);
        assert_eq!(found.len(), 2);
        assert_eq!(end.as_deref(), Some("the text ends inside of a value"));
        let (found, end) = parts(r#"{"log":{"entries":[1 2]}}"#);
        assert_eq!(found.len(), 1);
        assert_eq!(end.as_deref(), Some("unexpected `2`"));
        let (_, end) = parts(&format!(r#"{{"log":{{"entries":[{}"#, "[".repeat(200)));
        assert_eq!(
            end.as_deref(),
            Some("more than 120 objects and lists inside each other")
        );
    }
}
