//! Conditions of requests as regular expressions, which all proxies read alike.

use crate::catalog::Segment;

/// What follows the segments of a path: the end, or the next segment.
pub(super) const PATH_ENDS: &str = "(?:/|$)";
/// The same of a request target, in which the query can follow.
pub(super) const TARGET_ENDS: &str = "(?:[/?]|$)";

/// A path that begins with segments, and goes on as `ends` states.
pub(super) fn path(segments: &[Segment], ends: &str) -> String {
    if segments.is_empty() {
        return "^/".to_owned();
    }
    let segments = segments.iter().map(|segment| match segment {
        Segment::Text(text) => format!("/{}", literal(text)),
        Segment::Any(_) => "/[^/?]+".to_owned(),
    });
    format!("^{}{ends}", segments.collect::<String>())
}

/// A header that names a media type.
pub(super) fn names(media_type: &str) -> String {
    format!("(?:^|,) *{} *(?:[;,]|$)", literal(media_type))
}

/// One of several media types, with or without parameters.
pub(super) fn media_types(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| literal(name)).collect();
    format!("^(?:{}) *(?:;|$)", names.join("|"))
}

/// A text in a regular expression. An escape by its number has no character that a proxy reads.
fn literal(text: &str) -> String {
    let bytes = text.bytes().map(|byte| match byte {
        b'/' | b'-' | b'_' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("\\x{byte:02x}"),
    });
    bytes.collect()
}
