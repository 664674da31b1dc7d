//! Messages: parses placeholders, and matches them with arguments.

use super::Findings;
use super::names::is_placeholder;
use crate::ast::{ArgumentAst, ArgumentKindAst, Entries, Spanned};
use crate::catalog::{Part, Template};
use crate::diagnostic::{Diagnostic, quoted};
use crate::limits::{MAX_FOUND_IN_MESSAGE, MAX_TERM_BYTES};
use crate::rule::Rule;
use crate::span::Span;
use crate::suggest::closest;
use crate::unord_map::UnordMap;

/// The arguments that bodies contain besides the message.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum InBody {
    Nothing,
    /// Those of the kind `errors`.
    Faults,
    All,
}

impl InBody {
    /// Whether bodies contain an argument.
    pub(crate) fn contains(self, argument: &Spanned<ArgumentAst>) -> bool {
        let kind = argument.value.as_ref().and_then(|own| own.kind.value);
        match self {
            Self::Nothing => false,
            Self::Faults => kind == Some(ArgumentKindAst::Errors),
            Self::All => true,
        }
    }
}

/// Parses the placeholders of a message. Reports placeholders without argument, and arguments that neither the message
/// nor a header uses, nor the body contains.
pub(crate) fn template(
    message: &str,
    span: Span,
    args: Option<&Entries<ArgumentAst>>,
    in_headers: &UnordMap<&str, ()>,
    in_body: InBody,
    findings: &mut Findings<'_>,
) -> Option<Template> {
    let asts = args.map_or(&[][..], |args| &args.0);
    let place = Place {
        span,
        what: "the message",
    };
    let (template, used) = parse(message, &place, asts, findings);
    let is_sound = report_unused(asts.iter().zip(used), span, in_headers, in_body, findings);
    template.filter(|_| is_sound)
}

/// Reports the arguments that neither the message nor a header uses, nor the body contains. `args` are arguments, and
/// whether the message uses them; `span` is its place. Returns whether there are none.
pub(super) fn report_unused<'a>(
    args: impl Iterator<Item = (&'a (String, Spanned<ArgumentAst>), bool)>,
    span: Span,
    in_headers: &UnordMap<&str, ()>,
    in_body: InBody,
    findings: &mut Findings<'_>,
) -> bool {
    let mut is_sound = true;
    for ((name, ast), used) in args {
        let is_used = used || in_headers.get(name.as_str()).is_some();
        if !is_used && !in_body.contains(ast) && !super::arguments::is_sensitive(ast) {
            is_sound = false;
            findings.push(
                Diagnostic::new(
                    Rule::ArgumentUnused,
                    ast.key,
                    format!("the message does not use the argument {}", quoted(name)),
                )
                .related(span, "the message")
                .help(format!(
                    "write `{{{name}}}` in the message, or remove the argument"
                )),
            );
        }
    }
    is_sound
}

/// The place of a text with placeholders, and what it is.
pub(crate) struct Place<'a> {
    pub(crate) span: Span,
    pub(crate) what: &'a str,
}

/// Parses the placeholders of a text, and finds which arguments it uses. Reports invalid placeholders, and those without
/// argument.
pub(crate) fn parse(
    message: &str,
    place: &Place<'_>,
    asts: &[(String, Spanned<ArgumentAst>)],
    findings: &mut Findings<'_>,
) -> (Option<Template>, Vec<bool>) {
    let span = place.span;
    let names = asts.iter().enumerate();
    let positions: UnordMap<&str, usize> = names
        .map(|(position, (name, _))| (name.as_str(), position))
        .collect();
    let mut used = vec![false; asts.len()];
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut unknown = Vec::new();
    let mut complete = true;
    let mut rest = message;
    while let Some(at) = memchr::memchr2(b'{', b'}', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("{{").or_else(|| rest.strip_prefix("}}")) {
            text.push_str(&rest[..1]);
            rest = after;
            continue;
        }
        let Some(name) = placeholder(rest) else {
            let fault = faulty(rest);
            findings.push(bad_brace(rest, fault, span, findings));
            complete = false;
            // The argument of an invalid placeholder counts as used.
            for prefix in names_at(rest[1..].trim_start()) {
                if let Some(position) = positions.get(prefix) {
                    used[*position] = true;
                }
            }
            rest = &rest[fault.len()..];
            continue;
        };
        rest = &rest[name.len() + 2..];
        match positions.get(name) {
            Some(&position) => {
                used[position] = true;
                if !text.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut text)));
                }
                parts.push(Part::Argument(position));
            }
            None => {
                complete = false;
                if !unknown.contains(&name) && unknown.len() < MAX_FOUND_IN_MESSAGE {
                    unknown.push(name);
                    findings.push(unknown_placeholder(name, place, asts, findings));
                }
            }
        }
    }
    text.push_str(rest);
    if !text.is_empty() || parts.is_empty() {
        parts.push(Part::Text(text));
    }
    (complete.then_some(Template { parts }), used)
}

/// The names in the placeholders of a text.
pub(crate) fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            rest = &rest[rest.find('{')?..];
            if let Some(after) = rest.strip_prefix("{{") {
                rest = after;
                continue;
            }
            let name = placeholder(rest);
            rest = &rest[name.map_or(1, |name| name.len() + 2)..];
            if name.is_some() {
                return name;
            }
        }
    })
}

/// The strings at the beginning of a text that can be the name of an argument.
fn names_at(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    let length = text
        .bytes()
        .take_while(is_part)
        .take(MAX_TERM_BYTES)
        .count();
    (1..=length).map(|end| &text[..end])
}

/// The name of the placeholder at the start of `text`.
fn placeholder(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('{')?;
    let end = inside.find(['{', '}'])?;
    let name = &inside[..end];
    let word = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    (word && inside[end..].starts_with('}')).then_some(name)
}

/// The invalid braces at the start of `text`: `{a b}`, `{`, or `}`.
fn faulty(text: &str) -> &str {
    let inside = text.strip_prefix('{');
    let end = inside.and_then(|inside| {
        let end = inside.find(['{', '}', '\n'])?;
        inside[end..].starts_with('}').then_some(end + 2)
    });
    &text[..end.unwrap_or(1)]
}

/// Reports invalid braces; an open brace is shown with the word after it.
fn bad_brace(rest: &str, fault: &str, span: Span, findings: &Findings<'_>) -> Diagnostic {
    let (message, help) = if fault.len() > 1 {
        (
            "invalid placeholder",
            "write `{name}` for an argument, or `{{` and `}}` for literal braces",
        )
    } else if fault == "{" {
        (
            "unmatched brace",
            "write `{name}` for an argument, or `{{` for a literal brace",
        )
    } else {
        ("unmatched brace", "write `}}` for a literal brace")
    };
    let word = rest[1..].find(|c: char| c.is_whitespace() || matches!(c, '{' | '}'));
    let shown = word.map_or(rest, |end| &rest[..=end]);
    let shown = if fault == "{" { shown } else { fault };
    let at = findings.within(span, shown);
    Diagnostic::new(Rule::PlaceholderSyntax, at, message).help(help)
}

fn unknown_placeholder(
    name: &str,
    place: &Place<'_>,
    asts: &[(String, Spanned<ArgumentAst>)],
    findings: &Findings<'_>,
) -> Diagnostic {
    let at = findings.within(place.span, &format!("{{{name}}}"));
    let diagnostic = Diagnostic::new(
        Rule::PlaceholderUnknown,
        at,
        format!("unknown argument {} in {}", quoted(name), place.what),
    );
    match closest(name, asts.iter().map(|(known, _)| known.as_str())) {
        Some(meant) => diagnostic.help(format!("did you mean `{{{meant}}}`?")),
        None if !is_placeholder(name) => {
            diagnostic.help("the name of an argument has letters, digits and `_`")
        }
        None => diagnostic.help(format!(
            "declare it: `args: {{ {name}: {{ kind: string }} }}`; a literal brace is written twice"
        )),
    }
}
