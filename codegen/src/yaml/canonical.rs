//! Reads the plain form of YAML, in which most catalogs are written, in a tenth of the instructions of the parser.
//!
//! A line is an entry of a mapping or an item of a list. Its value is a scalar or a collection in brackets on this line,
//! or a block on the lines below it, which are indented. Whatever is not of this form, and every mistake, is left to the parser: what is
//! read here is read there as the same tree, without a diagnostic.

use std::borrow::Cow;

use crate::limits::{MAX_SIMPLE_KEY, MAX_TEXT_BYTES};
use crate::span::{SourceId, Span};
use crate::unord_map::UnordMap;
use crate::yaml::node::{Entry, Node, Scalar, Style, Value};

/// The deepest nesting that is read here, which is within that of the parser.
const DEPTH: usize = 8;
/// Up to so many keys, a look at each is faster than a table.
const FEW: usize = 16;

/// The tree of the text; nothing if the text has another form.
pub(super) fn read(source: SourceId, text: &str) -> Option<Node<'_>> {
    if !text.bytes().all(|byte| IS_PLAIN[usize::from(byte)]) || u32::try_from(text.len()).is_err() {
        return None;
    }
    let mut reader = Reader {
        source,
        text,
        line: None,
        next: 0,
    };
    reader.advance();
    let Line { start, indent, .. } = reader.line?;
    if indent > 0 || reader.rest(start).starts_with("- ") {
        return None;
    }
    let root = reader.mapping(0, DEPTH)?;
    reader.line.is_none().then_some(root)
}

/// Whether a byte is no control character, and no part of a character that is one or that ends a line.
static IS_PLAIN: [bool; 256] = {
    let mut is_plain = [false; 256];
    let mut byte = 0_u8;
    loop {
        // Characters that begin with two bytes are left out: some of them are such characters, and the others are rare.
        is_plain[byte as usize] =
            matches!(byte, b'\n' | b' '..=b'~' | 0x80..=0xC1 | 0xC3..=0xEE | 0xF0..);
        if byte == u8::MAX {
            break is_plain;
        }
        byte += 1;
    }
};

/// A line that is neither empty nor a comment.
#[derive(Clone, Copy)]
struct Line {
    indent: usize,
    /// Where it begins, after its indentation.
    start: usize,
    end: usize,
}

struct Reader<'a> {
    source: SourceId,
    text: &'a str,
    /// The line to be read.
    line: Option<Line>,
    /// The start of the line after it.
    next: usize,
}

impl<'a> Reader<'a> {
    /// Goes to the next line with contents.
    fn advance(&mut self) {
        let bytes = self.text.as_bytes();
        self.line = None;
        while self.next < bytes.len() {
            let from = self.next;
            let rest = &bytes[from..];
            let length = memchr::memchr(b'\n', rest);
            let end = from + length.unwrap_or(rest.len());
            self.next = end + 1;
            let indent = rest.iter().position(|byte| *byte != b' ');
            let indent = indent.unwrap_or(rest.len());
            let start = from + indent;
            if start < end && bytes[start] != b'#' {
                self.line = Some(Line { indent, start, end });
                return;
            }
        }
    }

    fn rest(&self, start: usize) -> &'a str {
        &self.text[start..]
    }

    fn span(&self, start: usize, end: usize) -> Span {
        // The text is no longer than a span can be.
        let [start, end] = [start, end].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
        Span::new(self.source, start, end)
    }

    /// A mapping whose keys have this indentation, from the current line.
    fn mapping(&mut self, indent: usize, depth: usize) -> Option<Node<'a>> {
        let mut entries = Entries::default();
        let depth = depth.checked_sub(1)?;
        while let Some(line) = self.line.filter(|line| line.indent >= indent) {
            if line.indent > indent {
                return None;
            }
            let key = self.key(line)?;
            let value = self.value(line, key.span.end as usize + 1, indent, depth)?;
            entries.push(key, value)?;
        }
        entries.node()
    }

    /// A list whose dashes have this indentation, from the current line.
    fn list(&mut self, indent: usize, depth: usize) -> Option<Node<'a>> {
        let mut items = Vec::new();
        let depth = depth.checked_sub(1)?;
        while let Some(line) = self.line.filter(|line| line.indent == indent) {
            if !self.rest(line.start).starts_with("- ") {
                break;
            }
            let item = Line {
                indent: indent + 2,
                start: line.start + 2,
                end: line.end,
            };
            items.push(if self.key(item).is_some() {
                self.line = Some(item);
                self.mapping(item.indent, depth)?
            } else {
                self.inline(item.start, item.end, indent, depth)?
            });
        }
        let start = items.first()?.span.start;
        let end = items.last()?.span.end;
        // The dash belongs to the list.
        let span = Span::new(self.source, start - 2, end);
        let value = Value::List(items);
        Some(Node { span, value })
    }

    /// The key at the beginning of a line.
    fn key(&self, line: Line) -> Option<Scalar<'a>> {
        let text = &self.text[line.start..line.end];
        let is_part =
            |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
        let length = text.bytes().position(|byte| !is_part(&byte))?;
        let (name, after) = text.split_at(length);
        let begins = name.as_bytes().first()?.is_ascii_alphanumeric() && length <= MAX_SIMPLE_KEY;
        let is_key = begins && (after == ":" || after.starts_with(": "));
        is_key.then(|| self.scalar(line.start, line.start + length, Style::Plain))
    }

    /// The value of a key, from `after` its colon.
    fn value(&mut self, line: Line, after: usize, indent: usize, depth: usize) -> Option<Node<'a>> {
        if after < line.end {
            return self.inline(after + 1, line.end, indent, depth);
        }
        self.advance();
        let below = self.line?;
        let is_list = self.rest(below.start).starts_with("- ");
        match below.indent {
            at if at <= indent => None,
            at if is_list => self.list(at, depth),
            at => self.mapping(at, depth),
        }
    }

    /// The value on the rest of a line, below which nothing belongs to it.
    fn inline(
        &mut self,
        start: usize,
        end: usize,
        indent: usize,
        depth: usize,
    ) -> Option<Node<'a>> {
        let text = &self.text[start..end];
        let (node, length) = match text.as_bytes().first()? {
            b'[' | b'{' => self.flow(start, end, depth)?,
            b'"' | b'\'' => self.quoted(start, end)?,
            first => {
                let begins = first.is_ascii_alphanumeric()
                    || matches!(first, b'/' | b'_' | b'(' | b'$' | 0x80..);
                let bytes = text.as_bytes();
                let mut signs = memchr::memchr2_iter(b':', b'#', bytes);
                let is_one = signs.all(|at| match bytes[at] {
                    b':' => bytes.get(at + 1) != Some(&b' '),
                    _ => at == 0 || bytes[at - 1] != b' ',
                });
                if !begins || !is_one || text.ends_with([':', ' ']) {
                    return None;
                }
                (self.node(start, end, Style::Plain)?, text.len())
            }
        };
        if length < text.len() {
            return None;
        }
        self.advance();
        let continues = self.line.is_some_and(|line| line.indent > indent);
        (!continues).then_some(node)
    }

    /// A string in quotes without escapes, and its length.
    fn quoted(&self, start: usize, end: usize) -> Option<(Node<'a>, usize)> {
        let text = &self.text[start..end];
        let quote = char::from(*text.as_bytes().first()?);
        let inner = text[1..].split(quote).next()?;
        let length = inner.len() + 2;
        let is_closed = length <= text.len();
        // Two single quotes are one.
        let is_escaped = inner.contains('\\') || text[length.min(text.len())..].starts_with(quote);
        if !is_closed || is_escaped || inner.len() > MAX_TEXT_BYTES {
            return None;
        }
        let span = self.span(start, start + length);
        let text = Cow::Borrowed(inner);
        let style = Style::Quoted;
        let value = Value::Scalar(Scalar { text, style, span });
        Some((Node { span, value }, length))
    }

    /// A list or mapping in brackets, and its length.
    fn flow(&self, start: usize, end: usize, depth: usize) -> Option<(Node<'a>, usize)> {
        let depth = depth.checked_sub(1)?;
        let bytes = self.text.as_bytes();
        let is_list = bytes[start] == b'[';
        let close = if is_list { b']' } else { b'}' };
        let mut items = Vec::new();
        let mut entries = Entries::default();
        let mut at = self.skip(start + 1, end);
        while bytes.get(at)? != &close || at >= end {
            if !(items.is_empty() && entries.0.is_empty()) {
                if bytes[at] != b',' {
                    return None;
                }
                at = self.skip(at + 1, end);
            }
            let key = if is_list {
                None
            } else {
                let key = self.key(Line {
                    indent: 0,
                    start: at,
                    end,
                })?;
                at = key.span.end as usize + 2;
                Some(key)
            };
            let (node, length) = match bytes.get(at).filter(|_| at < end)? {
                b'[' | b'{' => self.flow(at, end, depth)?,
                b'"' | b'\'' => self.quoted(at, end)?,
                _ => self.word(at, end)?,
            };
            at = self.skip(at + length, end);
            match key {
                None => items.push(node),
                Some(key) => entries.push(key, node)?,
            }
        }
        let span = self.span(start, at + 1);
        let value = if is_list {
            Value::List(items)
        } else {
            Value::Map(entries.0)
        };
        Some((Node { span, value }, at + 1 - start))
    }

    /// A plain string in brackets, and its length.
    fn word(&self, start: usize, end: usize) -> Option<(Node<'a>, usize)> {
        let text = &self.text[start..end];
        let is_part =
            |byte: u8| byte.is_ascii_alphanumeric() || b" _.-/()".contains(&byte) || byte >= 0x80;
        let length = text.bytes().position(|byte| !is_part(byte))?;
        let word = text[..length].trim_end_matches(' ');
        let first = word.as_bytes().first()?;
        let begins = first.is_ascii_alphanumeric() || matches!(first, b'/' | b'_');
        let node = self.node(start, start + word.len(), Style::Plain)?;
        begins.then_some((node, word.len()))
    }

    /// The place after some spaces.
    fn skip(&self, at: usize, end: usize) -> usize {
        let rest = &self.text.as_bytes()[at.min(end)..end];
        let spaces = rest.iter().position(|byte| *byte != b' ');
        at + spaces.unwrap_or(rest.len())
    }

    fn scalar(&self, start: usize, end: usize, style: Style) -> Scalar<'a> {
        Scalar {
            text: Cow::Borrowed(&self.text[start..end]),
            style,
            span: self.span(start, end),
        }
    }

    fn node(&self, start: usize, end: usize, style: Style) -> Option<Node<'a>> {
        let scalar = self.scalar(start, end, style);
        let span = scalar.span;
        let value = Value::Scalar(scalar);
        (end - start <= MAX_TEXT_BYTES).then_some(Node { span, value })
    }
}

/// The entries of a mapping.
#[derive(Default)]
struct Entries<'a>(Vec<Entry<'a>>, Option<UnordMap<Cow<'a, str>, ()>>);

impl<'a> Entries<'a> {
    /// Adds an entry; nothing if its key is there already.
    fn push(&mut self, key: Scalar<'a>, value: Node<'a>) -> Option<()> {
        let Self(entries, known) = self;
        let is_known = match known {
            Some(known) => known.insert(key.text.clone(), ()).is_some(),
            None => entries.iter().any(|entry| entry.key.text == key.text),
        };
        if is_known {
            return None;
        }
        entries.push(Entry { key, value });
        if known.is_none() && entries.len() == FEW {
            let keys = entries.iter().map(|entry| (entry.key.text.clone(), ()));
            *known = Some(keys.collect());
        }
        Some(())
    }

    /// A mapping of lines, which begins with its first key and ends with its last value.
    fn node(self) -> Option<Node<'a>> {
        let first = self.0.first()?.key.span;
        let last = self.0.last()?.value.span;
        let span = Span::new(first.source, first.start, last.end);
        let value = Value::Map(self.0);
        Some(Node { span, value })
    }
}

#[cfg(test)]
mod tests;
