//! The headers of a code.

use std::collections::BTreeSet;

use super::message::{self, Place};
use super::{Findings, optional};
use crate::ast::{ArgumentAst, Entries, Spanned};
use crate::catalog::{Header, Part, Template};
use crate::diagnostic::{Diagnostic, quoted};
use crate::limits::{MAX_HEADERS, MAX_TOKEN_BYTES};
use crate::rule::Rule;
use crate::span::Span;
use crate::unord_map::UnordMap;

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

/// The arguments that the headers of a code use.
pub(crate) fn arguments(field: Option<&Spanned<Entries<String>>>) -> UnordMap<&str, ()> {
    let entries = optional(field).map_or(&[][..], |entries| &entries.0);
    let values = entries
        .iter()
        .filter_map(|(_, entry)| entry.value.as_deref());
    let names = values.flat_map(message::placeholders);
    names.map(|name| (name, ())).collect()
}

/// The headers of a code; missing if one was reported. `args` is missing if the arguments were reported.
pub(crate) fn resolve(
    field: Option<&Spanned<Entries<String>>>,
    args: Option<&[(String, Spanned<ArgumentAst>)]>,
    request_id: &str,
    findings: &mut Findings<'_>,
) -> Option<Vec<Header>> {
    let entries = optional(field).map_or(&[][..], |entries| &entries.0);
    let mut headers: Vec<Header> = Vec::with_capacity(entries.len());
    let mut names = BTreeSet::new();
    let mut sound = few(field, entries.len(), findings);
    for (name, entry) in entries {
        let lower = name.to_ascii_lowercase();
        let is_known = names.contains(&lower);
        if let Some((what, help)) = fault_of_name(name, &lower, request_id, is_known) {
            let message = format!("{} {what}", quoted(name));
            findings.push(Diagnostic::new(Rule::BadHeader, entry.key, message).help(help));
            sound = false;
            continue;
        }
        match resolve_value(name, entry, args, findings) {
            Some(value) => {
                names.insert(lower.clone());
                headers.push(Header { name: lower, value });
            }
            None => sound = false,
        }
    }
    sound.then_some(headers)
}

/// What is wrong with the name of a header, and how to correct it.
fn fault_of_name(
    name: &str,
    lower: &str,
    request_id: &str,
    is_known: bool,
) -> Option<(&'static str, &'static str)> {
    if !is_token(name) {
        return Some((
            "cannot be the name of a header",
            "write letters, digits and `-`, such as `WWW-Authenticate`",
        ));
    }
    if matches!(lower, "retry-after" | "retry-after-ms") {
        return Some((
            "is set by a retry rule",
            "remove the header and write `retry: after`",
        ));
    }
    if TAKEN.contains(&lower) || lower == request_id {
        return Some(("is set by the server itself", "remove the header"));
    }
    is_known.then_some((
        "is listed twice",
        "remove one of the two: header names ignore case",
    ))
}

/// The value of a header; missing if it was reported.
fn resolve_value(
    name: &str,
    entry: &Spanned<String>,
    args: Option<&[(String, Spanned<ArgumentAst>)]>,
    findings: &mut Findings<'_>,
) -> Option<Template> {
    let value = entry.value.as_ref()?;
    let visible = |c: char| c.is_ascii_graphic() || c == ' ';
    if value.trim() != value || !value.chars().all(visible) {
        findings.push(
            Diagnostic::new(Rule::BadHeader, entry.span, "invalid header value")
                .help("write one line of ASCII characters without spaces at its ends"),
        );
        return None;
    }
    let what = format!("the header {}", quoted(name));
    let place = Place {
        span: entry.span,
        what: &what,
    };
    let (template, _) = message::parse(value, &place, args?, findings);
    let template = template?;
    // mdBook reads two braces as a command.
    let has_command = |part: &Part| matches!(part, Part::Text(text) if text.contains("{{"));
    if template.parts.iter().any(has_command) {
        findings.push(
            Diagnostic::new(Rule::BadHeader, entry.span, "invalid header value")
                .help("separate the two literal braces, each written as `{{`"),
        );
        return None;
    }
    Some(template)
}

/// Reports the arguments of inherited headers that a code with its own message does not have.
pub(crate) fn check_inherited(
    code: Span,
    field: Option<&Spanned<Entries<String>>>,
    args: Option<&[(String, Spanned<ArgumentAst>)]>,
    findings: &mut Findings<'_>,
) {
    let entries = optional(field).map_or(&[][..], |entries| &entries.0);
    let Some(args) = args else {
        return;
    };
    let args: UnordMap<&str, ()> = args.iter().map(|(name, _)| (name.as_str(), ())).collect();
    for (header, entry) in entries {
        let value = entry.value.as_deref().unwrap_or_default();
        let mut names = message::placeholders(value);
        let missing = names.find(|name| args.get(name).is_none());
        if let Some(name) = missing {
            let message = format!(
                "unknown argument {} in the inherited header {}",
                quoted(name),
                quoted(header)
            );
            findings.push(
                Diagnostic::new(Rule::PlaceholderUnknown, code, message)
                    .related(entry.span, "inherited from here")
                    .help("declare it under `args:`, or state `headers:` here"),
            );
        }
    }
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

#[cfg(test)]
mod tests {
    use syn::{Expr, Item, Lit};

    use super::TAKEN;

    const RUNTIME: &str = include_str!("../../runtime/src/runtime/headers.rs");

    /// A catalog refuses what a handler cannot set, and two headers that a handler can set.
    #[test]
    fn the_generated_crate_refuses_the_same_names() {
        let file = syn::parse_file(RUNTIME).expect("Rust");
        let list = file.items.into_iter().find_map(|item| match item {
            Item::Const(item) if item.ident == "SET_BY_SERVERS" => Some(*item.expr),
            _ => None,
        });
        let Some(Expr::Array(list)) = list else {
            panic!("a list of names");
        };
        let names = list.elems.into_iter().map(|name| match name {
            Expr::Lit(name) => match name.lit {
                Lit::Str(name) => name.value(),
                _ => panic!("a string"),
            },
            _ => panic!("a literal"),
        });
        let of_handlers = ["set-cookie", "vary"];
        let mut taken = TAKEN.to_vec();
        taken.retain(|name| !of_handlers.contains(name));
        assert_eq!(names.collect::<Vec<_>>(), taken);
    }
}
