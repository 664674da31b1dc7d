//! A fast reader for bodies in the layout of this crate.

use crate::catalog::settings::CODE_FORM;
use crate::runtime::wire_name::WireForm;

/// A number of this many digits fits into 64 bits.
const LONGEST_NUMBER: usize = 19;
/// What every body in the style `openai` begins with.
pub(crate) const HEAD: &str = "{\"error\":{\"message\":\"";

/// The members of a body in the style `openai`, in the order of the wire, without white space and
/// without an escape. Any other body is parsed as JSON, with the same result.
#[derive(Default)]
pub(crate) struct Canonical<'a> {
    /// Missing if the body has another layout.
    pub(crate) message: Option<&'a str>,
    pub(crate) error_type: Option<&'a str>,
    pub(crate) code: Option<&'a str>,
    pub(crate) param: Option<&'a str>,
}

impl<'a> Canonical<'a> {
    /// Reads a body. Everything is `None` if it has another layout.
    pub(crate) fn read(body: &'a [u8]) -> Self {
        Self::try_read(body).unwrap_or_default()
    }

    fn try_read(body: &'a [u8]) -> Option<Self> {
        let body = core::str::from_utf8(body).ok()?;
        let rest = body.strip_prefix(HEAD)?;
        let (message, rest) = text(rest)?;
        let rest = rest.strip_prefix(",\"type\":\"")?;
        let (error_type, rest) = text(rest)?;
        let rest = rest.strip_prefix(",\"code\":")?;
        let (code, rest) = name_or_null(rest)?;
        let (param, rest) = match rest.strip_prefix(",\"param\":") {
            Some(rest) => text_or_null(rest)?,
            None => (None, rest),
        };
        let canonical = Self {
            message: Some(message),
            error_type: Some(error_type),
            code,
            param,
        };
        (rest == "}}").then_some(canonical)
    }
}

/// A string, an integer if codes are numbers, or null.
fn name_or_null(body: &str) -> Option<(Option<&str>, &str)> {
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = body.split_at(digits);
    match (CODE_FORM, number) {
        (WireForm::Number, number) if digits > 0 => {
            let canonical = number == "0" || !number.starts_with('0');
            let ends = rest.starts_with([',', '}']);
            (canonical && ends && digits <= LONGEST_NUMBER).then_some((Some(number), rest))
        }
        _ => text_or_null(body),
    }
}

fn text_or_null(body: &str) -> Option<(Option<&str>, &str)> {
    if let Some(rest) = body.strip_prefix('"') {
        let (text, rest) = text(rest)?;
        Some((Some(text), rest))
    } else {
        let rest = body.strip_prefix("null")?;
        Some((None, rest))
    }
}

/// A string up to its closing quote, and the rest after the quote. `None` if an escape or a control
/// character comes first.
fn text(body: &str) -> Option<(&str, &str)> {
    let (text, rest) =
        body.split_at_checked(crate::runtime::json::clean_prefix(body.as_bytes()))?;
    Some((text, rest.strip_prefix('"')?))
}
