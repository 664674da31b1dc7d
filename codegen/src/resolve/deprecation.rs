//! Deprecated and retired codes, and the pages that they keep.

use super::inherit::audience_of;
use super::names::{Resolver, check_wire};
use super::scope::{Scope, check_public};
use super::{Findings, api, optional};
use crate::ast::{CodeAst, CodeName, Mapping, Mappings, RetiredAst, Spanned};
use crate::catalog::{Audience, Code, CodeId, Deprecation, Retired};
use crate::diagnostic::{Diagnostic, quoted};
use crate::rule::Rule;
use crate::span::Span;
use crate::unord_map::UnordMap;

type CodeAsts<'a> = &'a [(String, Mapping<CodeAst>)];

/// The former names of the page of each code, in the order of the file.
pub(crate) fn aliases(
    asts: CodeAsts<'_>,
    resolver: &mut Resolver,
    findings: &mut Findings<'_>,
) -> Vec<Vec<String>> {
    let mut of = |ast: &Mapping<CodeAst>| {
        let own = ast.value.as_ref();
        former_pages(own.and_then(|own| own.aliases.as_ref()), resolver, findings)
    };
    asts.iter().map(|(_, ast)| of(ast)).collect()
}

fn former_pages(
    field: Option<&Spanned<Vec<Spanned<String>>>>,
    resolver: &mut Resolver,
    findings: &mut Findings<'_>,
) -> Vec<String> {
    let list = optional(field).map_or(&[][..], Vec::as_slice);
    list.iter()
        .filter_map(|alias| {
            let page = alias.value.as_ref()?;
            resolver.alias(page, alias.span, findings)
        })
        .collect()
}

/// The retired codes, in the order of the file.
pub(crate) fn retired(
    section: Option<&Mappings<RetiredAst>>,
    ends: &Ends<'_>,
    resolver: &mut Resolver,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Vec<Retired> {
    let entries = optional(section).map_or(&[][..], |entries| &entries.0);
    entries
        .iter()
        .filter_map(|(wire, entry)| {
            if !check_wire(wire, entry.key, findings) {
                return None;
            }
            if let Some(code) = scope.key_of(wire) {
                findings.push(reused(wire, code, entry.key));
                return None;
            }
            let ast = entry.value.as_ref()?;
            let slug = resolver.slug(wire, entry.key, ast.slug.as_ref(), findings);
            let aliases = former_pages(ast.aliases.as_ref(), resolver, findings);
            let reason = findings.required(&ast.reason, entry.key, "reason").cloned();
            let audience = audience_of(ast.audience.as_ref());
            let field = ast.successor.as_ref();
            let successor = successor(ends, wire, field, audience, scope, findings);
            Some(Retired {
                wire: wire.clone(),
                slug: slug?,
                aliases,
                audience,
                since: api::version(ast.since.as_ref(), findings),
                successor,
                reason: reason?,
                history: Vec::new(),
            })
        })
        .collect()
}

fn reused(wire: &str, code: Span, retired: Span) -> Diagnostic {
    let message = format!("{} is both a code and a retired code", quoted(wire));
    Diagnostic::new(Rule::ReusedCode, code, message)
        .related(retired, "retired here")
        .help("give the code another name: clients would take it for the retired code")
}

/// The deprecation of each code, in the order of the file.
pub(crate) fn deprecations(
    asts: CodeAsts<'_>,
    ends: &Ends<'_>,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Vec<Option<Deprecation>> {
    asts.iter()
        .zip(scope.codes)
        .map(|((wire, entry), code)| {
            let field = entry.value.as_ref()?.deprecated.as_ref()?;
            let ast = field.value.as_ref()?;
            if ast.successor.is_none() && ast.note.is_none() {
                let message = "`deprecated` needs `use` or `note`";
                findings.push(
                    Diagnostic::new(Rule::MissingField, field.key, message)
                        .help("name the code to `use`, or write a `note:`"),
                );
            }
            let audience = code.as_ref().map_or(Audience::Public, |code| code.audience);
            let named = ast.successor.as_ref();
            Some(Deprecation {
                since: api::version(ast.since.as_ref(), findings),
                successor: successor(ends, wire, named, audience, scope, findings),
                note: optional(ast.note.as_ref()).cloned(),
            })
        })
        .collect()
}

/// The codes with their deprecations; nothing if one was reported.
pub(crate) fn deprecated(
    codes: Vec<Option<Code>>,
    deprecations: Vec<Option<Deprecation>>,
) -> Option<Vec<Code>> {
    codes
        .into_iter()
        .zip(deprecations)
        .map(|(code, deprecated)| code.map(|code| Code { deprecated, ..code }))
        .collect()
}

/// The codes that cannot be a successor, by name.
pub(crate) type Ends<'a> = UnordMap<&'a str, End<'a>>;

/// The place where a code is deprecated or retired, and its successor.
pub(crate) struct End<'a> {
    state: &'static str,
    at: Span,
    successor: Option<&'a str>,
}

/// The deprecated and the retired codes.
pub(crate) fn ends<'a>(section: Option<&'a Mappings<RetiredAst>>, asts: CodeAsts<'a>) -> Ends<'a> {
    fn end<'a>(state: &'static str, at: Span, field: Option<&'a Spanned<CodeName>>) -> End<'a> {
        let successor = optional(field).map(|CodeName(name)| name.as_str());
        End {
            state,
            at,
            successor,
        }
    }
    let deprecated = asts.iter().filter_map(|(wire, entry)| {
        let field = entry.value.as_ref()?.deprecated.as_ref()?;
        let ast = field.value.as_ref();
        let successor = ast.and_then(|ast| ast.successor.as_ref());
        Some((wire.as_str(), end("deprecated", field.key, successor)))
    });
    let retired = optional(section).map_or(&[][..], |entries| &entries.0);
    let retired = retired.iter().map(|(wire, entry)| {
        let ast = entry.value.as_ref();
        let successor = ast.and_then(|ast| ast.successor.as_ref());
        (wire.as_str(), end("retired", entry.key, successor))
    });
    deprecated.chain(retired).collect()
}

/// The successor of the code `wire`, which must be active.
fn successor(
    ends: &Ends<'_>,
    wire: &str,
    field: Option<&Spanned<CodeName>>,
    audience: Audience,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Option<CodeId> {
    let field = field?;
    let CodeName(name) = field.value.as_ref()?;
    if let Some(end) = ends.get(&name.as_str()) {
        findings.push(ended_too(wire, name, field.span, end));
        return None;
    }
    let position = scope.position_of(name, field.span, findings)?;
    let code: &Code = scope.codes[position].as_ref()?;
    let shown = audience == Audience::Internal || check_public(code, field.span, findings);
    shown.then_some(CodeId(position))
}

fn ended_too(wire: &str, name: &str, at: Span, end: &End<'_>) -> Diagnostic {
    if wire == name {
        let message = format!("{} cannot be its own successor", quoted(name));
        return Diagnostic::new(Rule::BadSuccessor, at, message)
            .help("name another code, or remove `use:`");
    }
    let message = format!("the successor {} is {}", quoted(name), end.state);
    let diagnostic = Diagnostic::new(Rule::BadSuccessor, at, message).related(end.at, "here");
    match end.successor.filter(|next| *next != wire) {
        Some(next) => diagnostic.help(format!(
            "name the code at the end of the chain: {} names {}",
            quoted(name),
            quoted(next)
        )),
        None => diagnostic.help("name an active code, or remove `use:`"),
    }
}
