//! Scalars that YAML readers interpret differently.

use crate::yaml::node::{Scalar, Style};
use crate::yaml::quote::misread_as;

/// What some YAML reader (1.1 or 1.2) takes an unquoted string for, such as a number; nothing if all readers
/// see the same string.
pub(crate) fn trap(scalar: &Scalar<'_>) -> Option<&'static str> {
    if scalar.style == Style::Plain {
        misread_as(&scalar.text)
    } else {
        None
    }
}

/// A plain decimal number without sign, leading zero or separators.
pub(crate) fn whole_number(scalar: &Scalar<'_>) -> Option<u64> {
    let text = scalar.text.as_ref();
    let canonical = scalar.style == Style::Plain
        && text.bytes().all(|b| b.is_ascii_digit())
        && (text == "0" || !text.starts_with('0'));
    if canonical { text.parse().ok() } else { None }
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
