//! The headers of a code.

use super::{Findings, optional};
use crate::ast::{Entries, Spanned};
use crate::catalog::Header;
use crate::diagnostic::{Diagnostic, quoted};
use crate::limits::{MAX_HEADERS, MAX_TOKEN_BYTES};
use crate::rule::Rule;

/// Headers that the server or the generated crate sets, or that have another purpose.
const TAKEN: [&str; 14] = [
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "host",
    "keep-alive",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "vary",
    "x-should-retry",
];

/// The headers of a code; missing if one was reported.
pub(crate) fn resolve(
    field: Option<&Spanned<Entries<String>>>,
    request_id: &str,
    findings: &mut Findings<'_>,
) -> Option<Vec<Header>> {
    let entries = optional(field).map_or(&[][..], |entries| &entries.0);
    let mut headers: Vec<Header> = Vec::with_capacity(entries.len());
    let mut sound = few(field, entries.len(), findings);
    for (name, entry) in entries {
        let lower = name.to_ascii_lowercase();
        let fault = if !is_token(name) {
            Some((
                "cannot be the name of a header",
                "write letters, digits and `-`, such as `WWW-Authenticate`",
            ))
        } else if matches!(lower.as_str(), "retry-after" | "retry-after-ms") {
            Some((
                "is set by a retry rule",
                "remove the header and write `retry: after`",
            ))
        } else if TAKEN.contains(&lower.as_str()) || lower == request_id {
            Some(("is set by the server itself", "remove the header"))
        } else if headers.iter().any(|header| header.name == lower) {
            Some((
                "is listed twice",
                "remove one of the two: header names ignore case",
            ))
        } else {
            None
        };
        if let Some((what, help)) = fault {
            let message = format!("{} {what}", quoted(name));
            findings.push(Diagnostic::new(Rule::BadHeader, entry.key, message).help(help));
            sound = false;
            continue;
        }
        let Some(value) = entry.value.as_ref() else {
            sound = false;
            continue;
        };
        let visible = |c: char| c.is_ascii_graphic() || c == ' ';
        // mdBook would read two braces as a command.
        if value.trim() != value || !value.chars().all(visible) || value.contains("{{") {
            findings.push(
                Diagnostic::new(Rule::BadHeader, entry.span, "invalid header value")
                    .help("write one line of ASCII characters without spaces at its ends"),
            );
            sound = false;
            continue;
        }
        headers.push(Header {
            name: lower,
            value: value.clone(),
        });
    }
    sound.then_some(headers)
}

/// Reports a mapping with too many entries.
pub(super) fn few<T>(
    field: Option<&Spanned<T>>,
    count: usize,
    findings: &mut Findings<'_>,
) -> bool {
    if let Some(field) = field.filter(|_| count > MAX_HEADERS) {
        let message = format!("a code has at most {MAX_HEADERS} of these, not {count}");
        let diagnostic = Diagnostic::new(Rule::TooLarge, field.key, message);
        findings.push(diagnostic.help("remove the least useful ones"));
        return false;
    }
    true
}

/// Whether a name is a token that most systems accept. RFC 9110, section 5.6.2, allows more.
pub(super) fn is_token(name: &str) -> bool {
    let token = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.len() <= MAX_TOKEN_BYTES
        && name.bytes().all(token)
}
