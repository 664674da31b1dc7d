//! Which strings an output writes without quotes.

use crate::yaml::quote::{self, Place};

/// A character that a plain string of an output can contain.
const PLAIN: u8 = 1;
/// One that is a sign between brackets.
const SIGN: u8 = 2;
/// A part of a character beyond ASCII.
const WIDE: u8 = 4;
/// A character that a plain string of an output cannot contain.
const OTHER: u8 = 8;

/// What each byte of a string is. Few signs are allowed: outputs are not edited by hand.
static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0_u8;
    loop {
        classes[byte as usize] = match byte {
            b'0'..=b'9'
            | b'A'..=b'Z'
            | b'a'..=b'z'
            | b'_'
            | b'.'
            | b'/'
            | b' '
            | b'('
            | b')'
            | b'$'
            | b'-'
            | b';'
            | b'+' => PLAIN,
            b',' => PLAIN | SIGN,
            0x80.. => PLAIN | WIDE,
            _ => OTHER,
        };
        if byte == u8::MAX {
            break classes;
        }
        byte += 1;
    }
};

/// Whether an output writes the string plain.
pub(super) fn is_plain(text: &str, place: Place) -> bool {
    let bytes = text.as_bytes();
    let begins = |first: &u8| first.is_ascii_alphabetic() || matches!(first, b'_' | b'/' | b'$');
    if !bytes.first().is_some_and(begins) {
        return false;
    }
    // Most strings are plain, so all bytes are looked at, without a branch for each.
    let classes = bytes.iter().map(|byte| CLASSES[usize::from(*byte)]);
    let seen = classes.fold(0, |seen, class| seen | class);
    if seen & OTHER != 0 {
        return false;
    }
    if seen & WIDE != 0 && text.chars().any(|c| !c.is_ascii() && c != '’') {
        return false;
    }
    // No other sign that matters to a reader is in one of these strings.
    (place == Place::Block || seen & SIGN == 0) && !text.ends_with(' ') && !quote::is_special(text)
}

#[cfg(test)]
mod tests {
    use super::{Place, is_plain, quote};

    /// The rule, character by character.
    fn is_plain_by_rule(text: &str, place: Place) -> bool {
        let inside = |c: char| c.is_ascii_alphanumeric() || "_./ ()$-,;+’".contains(c);
        text.starts_with(|c: char| c.is_ascii_alphabetic() || "_/$".contains(c))
            && text.chars().all(inside)
            && quote::is_plain(text, place)
    }

    proptest::proptest! {
        #[test]
        fn a_string_is_plain_by_its_bytes_as_by_its_characters(
            text in "[a-zE_/$ ]?([aeinsfqNATlyo]|[0-9]|[-_./ ()$,;+’:#é?]){0,7}",
        ) {
            for place in [Place::Block, Place::Flow] {
                let by_rule = is_plain_by_rule(&text, place);
                proptest::prop_assert_eq!(is_plain(&text, place), by_rule, "{}", &text);
            }
        }
    }
}
