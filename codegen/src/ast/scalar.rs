//! Scalars that YAML readers interpret differently.

use super::error::Fault;
use crate::diagnostic::{Diagnostic, quoted, to_scalar};
use crate::rule::Rule;
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

/// Refuses a string that some readers take for something else.
pub(super) fn refuse_trap(scalar: &Scalar<'_>) -> Result<(), Fault> {
    let Some(misread_as) = trap(scalar) else {
        return Ok(());
    };
    let quoted_form = to_scalar(&scalar.text);
    let help = if misread_as == "nothing" {
        format!("write `{quoted_form}` for the string, or remove the key")
    } else {
        format!("write `{quoted_form}`")
    };
    Err(Fault::Found(Box::new(
        Diagnostic::new(
            Rule::YamlTrap,
            scalar.span,
            format!(
                "without quotes, some YAML readers read {} as {misread_as}",
                quoted(&scalar.text)
            ),
        )
        .help(help)
        .suggest(scalar.span, quoted_form),
    )))
}

/// A plain decimal number without sign, leading zero or separators.
pub(crate) fn whole_number(scalar: &Scalar<'_>) -> Option<u64> {
    let text = scalar.text.as_ref();
    let canonical = scalar.style == Style::Plain
        && text.bytes().all(|b| b.is_ascii_digit())
        && (text == "0" || !text.starts_with('0'));
    if canonical { text.parse().ok() } else { None }
}

/// A plain negative number without leading zero or separators.
pub(crate) fn negative_number(scalar: &Scalar<'_>) -> Option<i64> {
    let digits = scalar.text.strip_prefix('-')?;
    let is_canonical =
        scalar.style == Style::Plain && is_digits(digits) && !digits.starts_with('0');
    is_canonical.then(|| scalar.text.parse().ok()).flatten()
}

/// A plain decimal fraction that all readers take for the same number, and outputs write with the same digits.
pub(crate) fn fraction(scalar: &Scalar<'_>) -> Option<f64> {
    /// The digits that a float keeps exactly.
    const KEPT: usize = 15;
    let text = scalar.text.as_ref();
    let (whole, part) = text.strip_prefix('-').unwrap_or(text).split_once('.')?;
    let is_canonical = scalar.style == Style::Plain
        && is_digits(whole)
        && is_digits(part)
        && (whole == "0" || !whole.starts_with('0'))
        && whole.len() + part.len() <= KEPT;
    let number = text.parse::<f64>().ok().filter(|_| is_canonical)?;
    let has_exponent = serde_json::Number::from_f64(number)?
        .to_string()
        .contains('e');
    (!has_exponent).then_some(number)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
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

    #[test]
    fn negative_numbers_and_fractions_have_one_form() {
        for (text, expected) in [("-1", -1), ("-40", -40), ("-9223372036854775808", i64::MIN)] {
            assert_eq!(negative_number(&plain(text)), Some(expected));
        }
        for text in ["-0", "-01", "-", "+1", "-1_0", "-9223372036854775809", "1"] {
            assert_eq!(negative_number(&plain(text)), None, "{text}");
        }
        for (text, expected) in [("1.5", 1.5), ("-0.25", -0.25), ("10.0", 10.0)] {
            assert_eq!(fraction(&plain(text)), Some(expected));
        }
        for text in [
            "1.",
            ".5",
            "01.5",
            "1.5e3",
            "1.5.2",
            "0.00000001",
            "1.2345678901234567",
        ] {
            assert_eq!(fraction(&plain(text)), None, "{text}");
        }
        let mut scalar = plain("-1");
        scalar.style = Style::Quoted;
        assert_eq!(negative_number(&scalar), None);
    }
}
