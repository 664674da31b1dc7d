//! The JSON of a received body.

use serde_json::Value;

/// The largest body that is read as JSON, in bytes.
const LARGEST_BODY: usize = 1 << 20;
/// The longest excerpt of a body, in bytes.
const LONGEST_EXCERPT: usize = 2048;
/// The deepest nesting that is kept where the parser rejects the body for its depth.
const DEEPEST: usize = 100;

/// Whether a body is small enough to be read as JSON.
pub(crate) const fn is_readable(body: &[u8]) -> bool {
    body.len() <= LARGEST_BODY
}

/// A body, and whether all of it was kept.
pub(crate) struct Parsed {
    pub(crate) value: Value,
    pub(crate) is_complete: bool,
}

/// The body as JSON. Invalid UTF-8 is replaced, and what the parser does not accept inside of a value.
pub(crate) fn parse(body: &[u8]) -> Option<Parsed> {
    if !is_readable(body) {
        return None;
    }
    let text = String::from_utf8_lossy(body);
    if let Ok(value) = text.parse() {
        return Some(Parsed {
            value,
            is_complete: true,
        });
    }
    let repaired = Repair::of(&text);
    let value = repaired.text.parse().ok()?;
    Some(Parsed {
        value,
        is_complete: repaired.is_complete,
    })
}

/// The beginning of a body, cut at a character boundary.
pub(crate) fn excerpt(body: &[u8]) -> String {
    let mut end = body.len().min(LONGEST_EXCERPT);
    while end < body.len() && end > LONGEST_EXCERPT - 3 && body[end] & 0xC0 == 0x80 {
        end -= 1;
    }
    String::from_utf8_lossy(&body[..end]).into_owned()
}

/// A body with replacements, so that one value that cannot be read hides no other:
///
/// - a number that no `f64` contains, `NaN` and `Infinity` become strings with the same characters,
/// - the escape of an unpaired surrogate, as programs write it that truncate UTF-16, becomes U+FFFD,
/// - a control character in a string is escaped,
/// - what is nested too deep becomes null.
struct Repair<'a> {
    from: &'a str,
    at: usize,
    copied: usize,
    text: String,
    is_complete: bool,
}

impl<'a> Repair<'a> {
    fn of(from: &'a str) -> Self {
        let mut repair = Self {
            from,
            at: 0,
            copied: 0,
            text: String::with_capacity(from.len()),
            is_complete: true,
        };
        let mut depth = 0_usize;
        while let Some(byte) = repair.byte() {
            match byte {
                b'"' => repair.string(),
                b'{' | b'[' if depth >= DEEPEST => repair.drop_nested(),
                b'{' | b'[' => {
                    depth += 1;
                    repair.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    repair.at += 1;
                }
                b'-' | b'0'..=b'9' | b'N' | b'I' => repair.number(),
                _ => repair.at += 1,
            }
        }
        repair.text.push_str(&from[repair.copied..]);
        repair
    }

    fn byte(&self) -> Option<u8> {
        self.from.as_bytes().get(self.at).copied()
    }

    /// Writes `text` instead of the next `length` bytes.
    fn replace(&mut self, length: usize, text: &str) {
        self.text.push_str(&self.from[self.copied..self.at]);
        self.text.push_str(text);
        self.at += length;
        self.copied = self.at;
    }

    fn string(&mut self) {
        self.at += 1;
        while let Some(byte) = self.byte() {
            match byte {
                b'"' => {
                    self.at += 1;
                    return;
                }
                b'\\' => self.escape(),
                0..0x20 => self.replace(1, &format!("\\u{byte:04x}")),
                _ => self.at += 1,
            }
        }
    }

    fn escape(&mut self) {
        match (self.unit(self.at), self.unit(self.at + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => self.at += 12,
            (Some(0xD800..=0xDFFF), _) => self.replace(6, "\\ufffd"),
            // The character after a backslash is part of the escape.
            _ => {
                let next = self.from[self.at + 1..].chars().next();
                self.at += 1 + next.map_or(0, char::len_utf8);
            }
        }
    }

    /// The UTF-16 unit of an escape.
    fn unit(&self, at: usize) -> Option<u16> {
        let digits = self.from.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    }

    fn number(&mut self) {
        let rest = &self.from[self.at..];
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
        let length = rest.bytes().take_while(|byte| is_part(byte)).count();
        let token = &rest[..length];
        let is_word = matches!(token, "NaN" | "Infinity" | "-Infinity");
        let is_digits = !token.contains(|letter: char| {
            letter.is_ascii_alphabetic() && letter != 'e' && letter != 'E'
        });
        let is_endless = || token.parse().is_ok_and(f64::is_infinite);
        if is_word || (is_digits && is_endless()) {
            let quoted = format!("\"{token}\"");
            self.replace(length, &quoted);
        } else {
            self.at += length;
        }
    }

    /// Replaces a value that is nested too deep.
    fn drop_nested(&mut self) {
        let start = self.at;
        let mut depth = 0_usize;
        while let Some(byte) = self.byte() {
            match byte {
                b'"' => self.skip_string(),
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth -= 1;
                    self.at += 1;
                    if depth == 0 {
                        break;
                    }
                }
                _ => self.at += 1,
            }
        }
        let length = self.at - start;
        self.at = start;
        self.replace(length, "null");
        self.is_complete = false;
    }

    fn skip_string(&mut self) {
        let mut is_escaped = true;
        while let Some(byte) = self.byte() {
            self.at += 1;
            match byte {
                b'"' if !is_escaped => return,
                b'\\' => is_escaped = !is_escaped,
                _ => is_escaped = false,
            }
        }
    }
}
