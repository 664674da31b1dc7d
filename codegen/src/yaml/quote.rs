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
mod tests {
    use super::*;

    #[test]
    fn words_that_readers_disagree_about_are_found() {
        for word in [
            "no",
            "No",
            "NO",
            "on",
            "off",
            "y",
            "N",
            "true",
            "False",
            "~",
            "null",
            "404",
            "-1",
            "+3",
            "1e3",
            "1.5",
            ".5",
            "1.",
            "1_000",
            "0621",
            "0o17",
            "0x1F",
            "0b11",
            ".inf",
            "-.Inf",
            ".nan",
            "2024-01-01",
            "2024-1-1",
            "2024-01-01T10:00:00Z",
            "12:30:45",
            "1:2",
            "=",
            "6.02e+23",
            "2024-1-1T1:02:03Z",
            "2024-1-1 10:00:00",
            "1:2.5_0",
        ] {
            assert!(misread_as(word).is_some(), "{word}");
        }
    }

    #[test]
    fn ordinary_words_are_strings() {
        for word in [
            "nothing",
            "nO",
            "tRUE",
            "429 too many",
            "404_not_found",
            "e.g. Claude + audio",
            "1.2.3",
            "2024-01-01-code",
            "2024-01-01 was the last day",
            "0xyz",
            "-",
            "...",
            "yesterday",
            "a=b",
            "12:30pm",
            "5xx",
            "e3",
            "1e",
            "Null value",
            "file.not.found",
            "v1/models",
            "-x",
            "0b",
            "0x",
        ] {
            let expected = matches!(word, "0b" | "0x");
            assert_eq!(misread_as(word).is_some(), expected, "{word}");
        }
    }

    #[test]
    fn a_string_is_plain_where_every_reader_reads_the_same() {
        for text in [
            "a",
            "Plan doesn’t include this model",
            "https://docs.example.com/errors",
            "e.g. Claude + audio",
            "GET /v1/models to list available",
            "a#b:c",
            "größe 💥",
        ] {
            assert!(is_plain(text, Place::Flow), "{text}");
        }
        for text in ["a, b", "{slug} of a [list]", "why? because"] {
            let text = text.trim_start_matches('{');
            assert!(is_plain(text, Place::Block), "{text}");
            assert!(!is_plain(text, Place::Flow), "{text}");
        }
        for text in [
            "",
            " a",
            "a ",
            "a: b",
            "a:",
            "a #b",
            "- a",
            "@a",
            "NO",
            "nULL",
            "404",
            "a\tb",
            "a\nb",
            "a\u{2028}b",
            "a\u{202E}b",
            "...",
            "<<",
            "=",
            "~",
            "\u{A0}a",
        ] {
            assert!(!is_plain(text, Place::Block), "{text:?}");
        }
    }

    #[test]
    fn what_only_some_readers_take_for_a_number_is_quoted() {
        for text in [
            "E1",
            "E1001",
            "e5",
            "E+7",
            "e-7",
            ".E1",
            "E1_0",
            "nan",
            "NaN",
            "NAN",
            "inf",
            "Inf",
            "INF",
            "infinity",
            "Infinity",
            "INFINITY",
            "infinite",
            "+inf",
            "+Infinity",
            "+nan",
            ".INf",
            ".nAn",
            "+.iNF",
            "nanq",
            "NaN1",
            "nan(1)",
            "1.#INF",
            "1.#IND",
            "1,000",
            "1,2.5",
            "+1,000",
            "1_000,0.",
            "0X1F",
            "+_",
            "9,:0",
            "1,2:30",
            "+_9",
            "+_1_e5",
            "0B11",
            "0O17",
            "0x_1",
            "1,0e5",
        ] {
            for place in [Place::Block, Place::Flow] {
                assert!(!is_plain(text, place), "{text}");
            }
        }
        for text in [
            "E",
            "e",
            "E1001a",
            "E-",
            "E1.5",
            "error",
            "E_1",
            "ERR1001",
            "info",
            "infinities",
            "nanny",
            "inf.",
            "1.4.0",
            "404_not_found",
            "indexed",
            "eE1",
            "1e5s",
            "12 files",
            "1/2",
        ] {
            assert!(is_plain(text, Place::Block), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_bare_is_read_by_an_independent_reader(
            text in "([a-c]|[-?:,#&*!|>%@'\"{}\\[\\]= ~.0é🦀<]){1,8}",
        ) {
            for (place, yaml) in [
                (Place::Block, format!("k: {text}\n{text}: v\nl:\n- {text}\n")),
                (Place::Flow, format!("{{ k: {text}, {text}: v, l: [{text}, {text}] }}\n")),
            ] {
                if is_plain(&text, place) && text != "k" && text != "l" {
                    let read: Result<serde_json::Value, _> = serde_yaml::from_str(&yaml);
                    let read = read.unwrap_or_else(|error| panic!("{error}\n{yaml}"));
                    proptest::prop_assert_eq!(&read["k"], &text, "{}", &yaml);
                    proptest::prop_assert_eq!(&read[&text], "v", "{}", &yaml);
                    proptest::prop_assert_eq!(&read["l"][0], &text, "{}", &yaml);
                }
            }
        }

        #[test]
        fn what_is_quoted_is_read_by_an_independent_reader(text in "(.|[\\n\\r\\t\"\\\\])*") {
            let mut yaml = String::new();
            push_quoted(&text, is_shown, &mut yaml);
            for yaml in [yaml, to_scalar(&text, Place::Block), to_scalar(&text, Place::Flow)] {
                let read: String = serde_yaml::from_str(&yaml).expect("a text");
                proptest::prop_assert_eq!(&read, &text);
            }
        }
    }
}
