//! The fast way through a body that is written as this crate writes it.

/// The members of a body in the style `openai`, in the order of the wire, without white space and
/// without an escape. Any other body is read by way of a JSON tree, with the same result.
pub(crate) struct Canonical<'a> {
    pub(crate) message: &'a str,
    pub(crate) error_type: &'a str,
    pub(crate) code: Option<&'a str>,
    pub(crate) param: Option<&'a str>,
}

impl<'a> Canonical<'a> {
    /// Reads a body; nothing where it is written in another way.
    pub(crate) fn read(body: &'a [u8]) -> Option<Self> {
        let rest = body.strip_prefix(b"{\"error\":{\"message\":\"")?;
        let (message, rest) = text(rest)?;
        let rest = rest.strip_prefix(b",\"type\":\"")?;
        let (error_type, rest) = text(rest)?;
        let rest = rest.strip_prefix(b",\"code\":")?;
        let (code, rest) = text_or_null(rest)?;
        let (param, rest) = match rest.strip_prefix(b",\"param\":") {
            Some(rest) => text_or_null(rest)?,
            None => (None, rest),
        };
        let canonical = Self {
            message,
            error_type,
            code,
            param,
        };
        (rest == b"}}").then_some(canonical)
    }
}

fn text_or_null(bytes: &[u8]) -> Option<(Option<&str>, &[u8])> {
    if let Some(rest) = bytes.strip_prefix(b"\"") {
        let (text, rest) = text(rest)?;
        Some((Some(text), rest))
    } else {
        let rest = bytes.strip_prefix(b"null")?;
        Some((None, rest))
    }
}

/// A text up to its closing quote, and what stands behind the quote. Nothing where an escape or a
/// control character comes first, or where the text is no UTF-8.
fn text(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let end = crate::json::clean_prefix(bytes);
    let (text, rest) = bytes.split_at(end);
    let rest = rest.strip_prefix(b"\"")?;
    Some((core::str::from_utf8(text).ok()?, rest))
}
