//! Quotes strings so that every YAML reader reads the same string: plain where that is safe, else in
//! double quotes.

use std::fmt::Write as _;

/// The context of a plain string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// On a line of its own, or after its key.
    Block,
    /// Between brackets or braces.
    Flow,
}

/// Whether every YAML reader sees this text in these characters, without quotes.
pub(crate) fn is_plain(text: &str, place: Place) -> bool {
    const WORDS: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
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
        && taken_for(text).is_none()
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// A string as a catalog writes it: plain where every reader reads the same string.
pub(crate) fn written(text: &str, place: Place) -> String {
    if is_plain(text, place) {
        return text.to_owned();
    }
    let mut out = String::new();
    push_quoted(text, is_shown, &mut out);
    out
}

/// Whether people see the character, and YAML allows it without an escape.
pub(crate) fn is_shown(c: char) -> bool {
    !c.is_control()
        && !matches!(
            c,
            '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
                | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}'
        )
}

/// Writes the text in double quotes; characters that `shown` refuses are escaped.
pub(crate) fn push_quoted(text: &str, shown: impl Fn(char) -> bool, out: &mut String) {
    out.push('"');
    for c in text.chars() {
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

/// What some YAML reader (1.1 or 1.2) reads instead of a string where the word has no quotes.
pub(crate) fn taken_for(text: &str) -> Option<&'static str> {
    match text {
        "~" | "null" | "Null" | "NULL" => return Some("nothing"),
        "=" => return Some("a default value"),
        _ => {}
    }
    if is_truth_value(text) {
        return Some("a truth value");
    }
    let first = text.bytes().next()?;
    if !(first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.')) {
        return None;
    }
    if is_date(text) {
        return Some("a date");
    }
    if is_base_sixty(text) {
        return Some("a number in base sixty");
    }
    if is_octal(text) {
        return Some("an octal number");
    }
    is_number(text).then_some("a number")
}

fn is_truth_value(text: &str) -> bool {
    const WORDS: [&str; 8] = ["y", "n", "yes", "no", "on", "off", "true", "false"];
    WORDS.iter().any(|word| {
        let upper_first = text.len() == word.len()
            && text.as_bytes()[0].eq_ignore_ascii_case(&word.as_bytes()[0])
            && text[1..] == word[1..];
        upper_first || text == word.to_ascii_uppercase()
    })
}

fn is_date(text: &str) -> bool {
    let date = text.get(..10).unwrap_or(text);
    let mut parts = date.split('-');
    let widths = [
        parts.next().map(str::len),
        parts.next().map(str::len),
        parts.next().map(str::len),
    ];
    let digits = date.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let rest = text.get(10..).unwrap_or("");
    digits
        && parts.next().is_none()
        && matches!(widths, [Some(4), Some(1 | 2), Some(1 | 2)])
        && (rest.is_empty() || is_time(rest))
}

fn is_time(text: &str) -> bool {
    let time = text.trim_start_matches(['T', 't', ' ', '\t']);
    time.len() < text.len() && time.starts_with(|c: char| c.is_ascii_digit())
}

fn is_base_sixty(text: &str) -> bool {
    let unsigned = text.trim_start_matches(['+', '-']);
    let mut parts = unsigned.split(':');
    let first = parts.next().unwrap_or_default();
    let mut count = 0;
    let rest = parts.all(|part| {
        count += 1;
        let whole = part.split('.').next().unwrap_or_default();
        matches!(whole.len(), 1 | 2) && part.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    });
    rest && count > 0 && is_digits(first)
}

fn is_octal(text: &str) -> bool {
    let unsigned = text.trim_start_matches(['+', '-']);
    match unsigned.strip_prefix('0') {
        None | Some("") => false,
        Some(rest) => {
            let digits = rest.strip_prefix('o').unwrap_or(rest);
            !digits.is_empty() && digits.bytes().all(|b| matches!(b, b'0'..=b'7' | b'_'))
        }
    }
}

fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let hexadecimal = unsigned
        .strip_prefix("0x")
        .is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit() || b == b'_'));
    let binary = unsigned
        .strip_prefix("0b")
        .is_some_and(|digits| digits.bytes().all(|b| matches!(b, b'0' | b'1' | b'_')));
    if hexadecimal || binary {
        return true;
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => {
            let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            (mantissa, digits)
        }
        None => (unsigned, "0"),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let some_digit = mantissa.bytes().any(|b| b.is_ascii_digit());
    some_digit
        && (whole.is_empty() || is_digits(whole))
        && (fraction.is_empty() || is_digits(fraction))
        && is_digits(exponent)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty()
        && text.as_bytes()[0].is_ascii_digit()
        && text.bytes().all(|b| b.is_ascii_digit() || b == b'_')
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
        ] {
            assert!(taken_for(word).is_some(), "{word}");
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
            assert_eq!(taken_for(word).is_some(), expected, "{word}");
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
            let read: String = serde_yaml::from_str(&yaml).expect("a text");
            proptest::prop_assert_eq!(read, text);
        }
    }
}
