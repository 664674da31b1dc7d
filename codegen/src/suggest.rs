//! Did you mean: the nearest of some known words, and how it is written.

use std::fmt::Write as _;

/// The longest word that is compared, so that the work stays small however long a wrong word is.
const LONGEST_COMPARED: usize = 100;
/// How many words of about the right length one question is compared with, so that a large
/// catalog full of mistakes is still answered in a blink.
const MOST_COMPARED: usize = 300;

/// The word of `known` that is closest to `word`, if one is close enough to be meant.
#[must_use]
pub fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    if length > LONGEST_COMPARED {
        return None;
    }
    let limit = (length / 3).max(1);
    known
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .take(MOST_COMPARED)
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A text as it is written in a catalog: in quotes, unless every YAML reader takes the bare word
/// for the same text.
pub(crate) fn written(text: &str) -> String {
    const WORDS: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    let bare = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word));
    if bare {
        return text.to_owned();
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control()
                || matches!(
                    c,
                    '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}'
                ) =>
            {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::{closest, written};

    #[test]
    fn a_word_is_quoted_where_a_reader_could_misread_it() {
        for (text, expected) in [
            ("file_too_large", "file_too_large"),
            ("file.too-large", "file.too-large"),
            ("404", "\"404\""),
            ("no", "\"no\""),
            ("a: b", "\"a: b\""),
            ("#a", "\"#a\""),
            ("a\"\\\u{7}", "\"a\\\"\\\\\\u0007\""),
        ] {
            assert_eq!(written(text), expected);
        }
    }

    #[test]
    fn a_slip_of_the_fingers_is_understood() {
        let known = ["status", "message", "meaning", "fix"];
        assert_eq!(closest("stauts", known), Some("status"));
        assert_eq!(closest("mesage", known), Some("message"));
        assert_eq!(closest("fixes", known), None);
        assert_eq!(closest("colour", known), None);
    }
}
