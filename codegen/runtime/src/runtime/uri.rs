//! URIs.

use core::fmt::Write as _;

/// A string as a URI: other characters are percent-encoded.
///
/// Source: RFC 3986, section 2.
#[inline]
pub(crate) fn uri(text: &str) -> String {
    let hexadecimal = |at: usize| {
        let digits = text.as_bytes().get(at + 1..at + 3);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    let fragment = text.find('#');
    let authority = text.find("://").map_or(0..0, |at| {
        let start = at + "://".len();
        let end = text[start..].find(['/', '?', '#']);
        start..end.map_or(text.len(), |end| start + end)
    });
    let mut out = String::with_capacity(text.len());
    for (at, byte) in text.bytes().enumerate() {
        let fits = match byte {
            b'%' => hexadecimal(at),
            b'#' => fragment == Some(at),
            // Brackets are valid around IPv6 addresses only.
            b'[' | b']' => authority.contains(&at),
            _ => byte.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(&byte),
        };
        if fits {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
