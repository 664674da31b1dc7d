//! What a scalar without quotes means to the YAML readers of this world.

use crate::node::{Scalar, Style};

/// Why an unquoted scalar is not safe as a name or a text.
///
/// Returns what some YAML reader (1.1 or 1.2) takes the word for, or nothing when every reader
/// sees the same text.
pub(crate) fn trap(scalar: &Scalar<'_>) -> Option<&'static str> {
    if scalar.style != Style::Plain {
        return None;
    }
    let text = scalar.text.as_ref();
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

/// A plain decimal number without sign, leading zero or separators.
pub(crate) fn whole_number(scalar: &Scalar<'_>) -> Option<u64> {
    let text = scalar.text.as_ref();
    let canonical = scalar.style == Style::Plain
        && text.bytes().all(|b| b.is_ascii_digit())
        && (text == "0" || !text.starts_with('0'));
    if canonical { text.parse().ok() } else { None }
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
    use crate::span::Span;

    fn plain(text: &str) -> Scalar<'_> {
        Scalar {
            text: text.into(),
            style: Style::Plain,
            span: Span::default(),
        }
    }

    #[test]
    fn words_that_readers_disagree_about_are_traps() {
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
            assert!(trap(&plain(word)).is_some(), "{word}");
        }
    }

    #[test]
    fn ordinary_words_are_no_traps() {
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
            assert_eq!(trap(&plain(word)).is_some(), expected, "{word}");
        }
    }

    #[test]
    fn quotes_disarm_every_trap() {
        let mut scalar = plain("404");
        scalar.style = Style::Quoted;
        assert_eq!(trap(&scalar), None);
    }

    #[test]
    fn whole_numbers_are_canonical_decimals() {
        assert_eq!(whole_number(&plain("404")), Some(404));
        assert_eq!(whole_number(&plain("0")), Some(0));
        for word in ["0404", "+404", "4_04", "404.0", "", "99999999999999999999"] {
            assert_eq!(whole_number(&plain(word)), None, "{word}");
        }
    }
}
