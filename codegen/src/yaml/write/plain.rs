//! Which strings an output writes without quotes.

use crate::bytes;
use crate::yaml::quote::{self, Place};

/// Whether a plain string of an output can contain a byte. Few signs are allowed: outputs are not edited by hand.
const fn is_allowed(byte: u8) -> bool {
    byte.is_ascii_alphabetic()
        // `+`, `,`, `-`, `.`, `/` and digits.
        | matches!(byte, b'+'..=b'9')
        | matches!(byte, b'_' | b' ' | b'(' | b')' | b'$' | b';')
        | !byte.is_ascii()
}

/// Whether an output writes the string plain.
pub(super) fn is_plain(text: &str, place: Place) -> bool {
    let begins = |first: &u8| first.is_ascii_alphabetic() || matches!(first, b'_' | b'/' | b'$');
    if !text.as_bytes().first().is_some_and(begins) {
        return false;
    }
    if bytes::any(text, |byte| !is_allowed(byte)) {
        return false;
    }
    if !text.is_ascii() && text.chars().any(|c| !c.is_ascii() && c != '’') {
        return false;
    }
    // No other sign that matters to a reader is in one of these strings.
    let is_whole = place == Place::Block || !text.contains(',');
    is_whole && !text.ends_with(' ') && !quote::is_special(text)
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
