//! Quotes strings so that every YAML reader reads the same string: plain where that is safe, else in
//! quotes.

use std::fmt::Write as _;
use std::sync::LazyLock;

use regex_lite::Regex;

use crate::bytes;

/// The context of a plain string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// On a line of its own, or after its key.
    Block,
    /// Between brackets or braces.
    Flow,
}

/// Whether every YAML reader reads this string as it is, without quotes.
pub(crate) fn is_plain(text: &str, place: Place) -> bool {
    let begins_well = !text.is_empty()
        && !text.starts_with("...")
        && !text.starts_with(|c: char| c.is_whitespace() || "-?:,[]{}#&*!|>'\"%@`=<~".contains(c));
    // Readers of YAML 1.1 end a text between brackets at a `?` too.
    let flow_sign = |c: char| matches!(c, ',' | '[' | ']' | '{' | '}' | '?');
    begins_well
        && !text.ends_with(|c: char| c.is_whitespace() || c == ':')
        && !text.contains(": ")
        && !text.contains(" #")
        && text.chars().all(is_shown)
        && (place == Place::Block || !text.contains(flow_sign))
        && !is_special(text)
}

/// Whether some reader takes the string for something else than a string.
pub(super) fn is_special(text: &str) -> bool {
    const WORDS: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    let is_word = |word: &&str| text.eq_ignore_ascii_case(word);
    // Longer texts are numbers at most, which begin with one of these.
    if text.len() > 5
        && !text.starts_with(|c: char| c.is_ascii_digit() || "+-.eEiInNqQsS".contains(c))
    {
        return false;
    }
    misread_as(text).is_some()
        || resembles_number(text)
        || (text.len() <= 5 && WORDS.iter().any(is_word))
}

/// A string as a catalog writes it: plain where every reader reads the same string. The kind of the quotes is that of
/// prettier: single ones around a string with double quotes, unless it needs an escape.
pub(crate) fn to_scalar(text: &str, place: Place) -> String {
    if is_plain(text, place) {
        return text.to_owned();
    }
    if text.contains('"') && !text.contains('\\') && text.chars().all(is_shown) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut out = String::new();
    push_quoted(text, is_shown, &mut out);
    out
}

/// Whether the character is visible, and YAML allows it without an escape.
pub(crate) fn is_shown(c: char) -> bool {
    !c.is_control()
        && !matches!(
            c,
            '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
                | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}'
        )
}

/// Writes the string in double quotes; characters that `shown` rejects are escaped.
pub(crate) fn push_quoted(text: &str, shown: impl Fn(char) -> bool, out: &mut String) {
    out.push('"');
    let mut rest = text;
    loop {
        // Most texts are one run of characters that stay as they are.
        let special = |byte: u8| !matches!(byte, b' '..=b'~') || matches!(byte, b'"' | b'\\');
        let run = if bytes::any(rest, special) {
            rest.bytes().position(special).unwrap_or(rest.len())
        } else {
            rest.len()
        };
        let (plain, after) = rest.split_at(run);
        out.push_str(plain);
        let Some(c) = after.chars().next() else {
            break;
        };
        rest = &after[c.len_utf8()..];
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if shown(c) => out.push(c),
            // Writing to a string cannot fail.
            c if u32::from(c) <= 0xFFFF => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
        }
    }
    out.push('"');
}

/// What some YAML reader (1.1 or 1.2) reads instead of a string if the scalar has no quotes.
pub(crate) fn misread_as(text: &str) -> Option<&'static str> {
    /// The schemas of YAML 1.1 and 1.2, from the narrowest to the widest.
    static KINDS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
        let kinds = [
            (r"^\d{4}-\d\d?-\d\d?($|[Tt \t]+\d)", "a date"),
            (
                r"^[+-]*\d[\d_]*(:\d\d?(\.[\d._]*)?)+$",
                "a number in base sixty",
            ),
            (r"^[+-]*0o?[0-7_]+$", "an octal number"),
            (
                r"^([+-]?(0x[\da-fA-F_]*|0b[01_]*|\.(inf|Inf|INF))|\.(nan|NaN|NAN))$",
                "a number",
            ),
            (
                r"^[+-]?(\d[\d_]*(\.(\d[\d_]*)?)?|\.\d[\d_]*)([eE][+-]?\d[\d_]*)?$",
                "a number",
            ),
        ];
        let compiled = kinds.map(|(pattern, kind)| Regex::new(pattern).map(|regex| (regex, kind)));
        compiled.into_iter().flatten().collect()
    });
    match text {
        "~" | "null" | "Null" | "NULL" => return Some("nothing"),
        "=" => return Some("a default value"),
        "y" | "Y" | "yes" | "Yes" | "YES" | "n" | "N" | "no" | "No" | "NO" | "on" | "On" | "ON"
        | "off" | "Off" | "OFF" | "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => {
            return Some("a boolean");
        }
        _ => {}
    }
    let first = text.bytes().next()?;
    // Every pattern begins with one of these, and few strings do.
    if !(first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.')) {
        return None;
    }
    let found = KINDS.iter().find(|(regex, _)| regex.is_match(text));
    found.map(|(_, kind)| *kind)
}

/// Whether some reader takes the string for a number although no version of YAML does: an exponent without
/// digits before it (`E1001`), the names of the special floats without a dot, or commas and underscores among the digits.
fn resembles_number(text: &str) -> bool {
    static FORMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
        let forms = [
            r"^[+-]?([\d_][\d_,]*)?(\.[\d_,]*)?([eE][+-]?\d[\d_]*)?$",
            r"^[+-]?\d[\d_,]*(:[\d_,.]+)+$",
            r"^[+-]?0[xXoObB][\da-fA-F_,]*$",
            r"^(?i)[+-]?(\d\.#)?\.?(inf(inity|inite)?|ind|[qs]?nan([qs]|\d+|\(.*\))?)$",
        ];
        forms.into_iter().flat_map(Regex::new).collect()
    });
    // Every form begins with one of these, and few strings do.
    let begins = |word: &str| {
        let start = text.get(..word.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    let may_be = match text.as_bytes() {
        [b'0'..=b'9' | b'+' | b'-' | b'.', ..] => true,
        [b'e' | b'E', next, ..] => next.is_ascii_digit() || matches!(next, b'+' | b'-'),
        [b'i' | b'I' | b'n' | b'N' | b'q' | b'Q' | b's' | b'S', ..] => {
            ["inf", "ind", "nan", "qnan", "snan"]
                .into_iter()
                .any(begins)
        }
        _ => false,
    };
    may_be && FORMS.iter().any(|form| form.is_match(text))
}

#[cfg(test)]
mod tests;
