//! What else a code says: its headers, and its names in other worlds.

use super::{Findings, optional};
use crate::ast::{Entries, IdText, Spanned};
use crate::catalog::{Header, Id};
use crate::diagnostic::{Diagnostic, quoted};
use crate::limits::{MAX_HEADERS, MAX_TOKEN_BYTES};
use crate::rule::Rule;

/// Headers that the server or the crate sets itself, or that mean something else on every response.
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

/// The headers of a code; missing where one was reported.
pub(crate) fn headers(
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
        } else if lower == "retry-after" {
            Some((
                "is promised by a retry rule",
                "remove the header and write `retry: after`",
            ))
        } else if TAKEN.contains(&lower.as_str()) || lower == request_id {
            Some(("is set by the server itself", "remove the header"))
        } else if headers.iter().any(|header| header.name == lower) {
            Some((
                "stands twice",
                "remove one of the two: capitals do not count",
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
        // mdBook takes such braces on a page for a command.
        if value.trim() != value || !value.chars().all(visible) || value.contains("{{") {
            findings.push(
                Diagnostic::new(
                    Rule::BadHeader,
                    entry.span,
                    "this cannot be the value of a header",
                )
                .help("write one line of ASCII characters without blanks at its ends"),
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

/// The names of a code in other worlds; missing where one was reported.
pub(crate) fn ids(
    field: Option<&Spanned<Entries<IdText>>>,
    findings: &mut Findings<'_>,
) -> Option<Vec<(String, Id)>> {
    let entries = optional(field).map_or(&[][..], |entries| &entries.0);
    let mut sound = few(field, entries.len(), findings);
    let mut ids = Vec::with_capacity(entries.len());
    for (name, entry) in entries {
        if !is_token(name) {
            let message = format!("{} cannot be the name of a system", quoted(name));
            findings.push(
                Diagnostic::new(Rule::ImpossibleName, entry.key, message)
                    .help("write letters, digits, `-` and `_`, such as `errno` or `grpc`"),
            );
            sound = false;
        }
        match entry.value.as_ref() {
            Some(IdText::Number(number)) => ids.push((name.clone(), Id::Number(*number))),
            Some(IdText::Word(word)) => ids.push((name.clone(), Id::Word(word.clone()))),
            None => sound = false,
        }
    }
    sound.then_some(ids)
}

fn few<T>(field: Option<&Spanned<T>>, count: usize, findings: &mut Findings<'_>) -> bool {
    if let Some(field) = field.filter(|_| count > MAX_HEADERS) {
        let message = format!("a code has at most {MAX_HEADERS} of these, not {count}");
        let diagnostic = Diagnostic::new(Rule::TooLarge, field.key, message);
        findings.push(diagnostic.help("remove those that nobody reads"));
        return false;
    }
    true
}

/// Whether a name is a token as most systems have them (RFC 9110, section 5.6.2, has more).
fn is_token(name: &str) -> bool {
    let token = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.len() <= MAX_TOKEN_BYTES
        && name.bytes().all(token)
}
