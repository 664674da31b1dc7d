//! `llms.txt`: the codes for language models, a line for each.
//!
//! Source: the proposal at llmstxt.org, which asks for a title, a summary and lists of links.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::NOTICE;
use super::markdown_escape::{encoded, looks_like_entity};
use crate::artifact::Artifact;
use crate::bytes;
use crate::catalog::{Catalog, Code, CodeId, RetryRule};

/// Emits `llms.txt`.
#[must_use]
pub(super) fn emit(catalog: &Catalog) -> Vec<Artifact> {
    let catalog = catalog.public();
    let title = text(&catalog.api.title);
    let notice = NOTICE.replace('`', "");
    let mut out = format!("# {title} errors\n\n> {notice}\n\n## Codes\n\n");
    for code in &catalog.codes {
        let summary = code.summary();
        let (what, said) = match (code.fix.as_str(), code.meaning.as_str()) {
            ("", "") => ("message", summary.as_ref()),
            ("", meaning) => ("meaning", meaning),
            (fix, _) => ("fix", fix),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "- [{}]({}): {}; {}; {}{}{what}: {}",
            text(&code.names.wire),
            address(&code.doc_url),
            code.status,
            retry(code.retry),
            sent(code),
            deprecated(catalog, code),
            text(said)
        );
    }
    let without: Vec<String> = catalog
        .retry
        .statuses
        .iter()
        .filter(|status| {
            let mut groups = catalog.statuses.iter();
            groups.any(|group| group.status == **status && !group.codeless.is_empty())
        })
        .map(ToString::to_string)
        .collect();
    if !without.is_empty() {
        let without = without.join(", ");
        let _ = writeln!(
            out,
            "\nErrors without code: {without}; {}",
            retry(RetryRule::Backoff)
        );
    }
    if !catalog.retired.is_empty() {
        out.push_str("\n## Retired codes\n\n");
    }
    for code in &catalog.retired {
        let _ = writeln!(
            out,
            "- [{}]({}): {}; reason: {}",
            text(&code.wire),
            address(&catalog.api.doc_url(&code.slug)),
            ended(catalog, "retired", code.since.as_deref(), code.successor),
            text(&code.reason)
        );
    }
    vec![Artifact::new("docs/errors/llms.txt", out)]
}

/// What bodies contain of the name of a code in a namespace, with its separator.
fn sent(code: &Code) -> String {
    if code.names.unsent == 0 {
        return String::new();
    }
    format!("sent as {}; ", text(code.names.sent()))
}

/// The deprecation in a line, with its separator.
fn deprecated(catalog: &Catalog, code: &Code) -> String {
    let Some(end) = &code.deprecated else {
        return String::new();
    };
    let mut out = ended(catalog, "deprecated", end.since.as_deref(), end.successor);
    if let Some(note) = &end.note {
        out.push_str("; note: ");
        out.push_str(&text(note));
    }
    out + "; "
}

/// The state of a deprecated or retired code: since when, and its successor.
fn ended(catalog: &Catalog, state: &str, since: Option<&str>, successor: Option<CodeId>) -> String {
    let since = since.map(|version| format!(" since {}", text(version)));
    let successor = successor.map(|code| format!(", use {}", text(&catalog[code].names.wire)));
    [since, successor]
        .into_iter()
        .flatten()
        .fold(state.to_owned(), |out, part| out + &part)
}

const fn retry(rule: RetryRule) -> &'static str {
    match rule {
        RetryRule::Never => "do not retry",
        RetryRule::Backoff => "retry with backoff",
        RetryRule::After => "retry after Retry-After",
    }
}

/// The address of a link. It stays as it is published where Markdown allows it: models read the file as plain text.
fn address(url: &str) -> String {
    let url = encoded(url);
    if !url.contains('&') {
        return url;
    }
    let mut parts = url.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_entity = looks_like_entity(&format!("&{part}"));
        out.push_str(if is_entity { "&amp;" } else { "&" });
        out.push_str(part);
    }
    out
}

/// A text on one line, in which nothing is a link or a tag.
fn text(text: &str) -> Cow<'_, str> {
    let line = if bytes::has_single_spaces(text) {
        Cow::Borrowed(text.trim())
    } else {
        Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let is_sign = |byte| matches!(byte, b'&' | b'[' | b']' | b'\\' | b'<' | b'`');
    if !bytes::any(&line, is_sign) {
        return line;
    }
    let mut out = String::with_capacity(line.len());
    for (at, c) in line.char_indices() {
        let is_entity = c == '&' && looks_like_entity(&line[at..]);
        if is_entity || matches!(c, '[' | ']' | '\\' | '<' | '`') {
            out.push('\\');
        }
        out.push(c);
    }
    out.into()
}
