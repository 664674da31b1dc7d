//! Deprecated and retired codes, and the pages that they keep.

use super::names::{self, Resolver};
use super::scope::{Scope, check_public};
use super::{Findings, api, optional};
use crate::ast::{
    AudienceAst, CodeAst, CodeName, Mapping, Mappings, RetiredAst, Spanned, VersionText,
};
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
            resolver.page(page, alias.span, "remove it from `aliases`", findings)
        })
        .collect()
}

/// The retired codes, in the order of the file.
pub(crate) fn retired(
    section: Option<&Mappings<RetiredAst>>,
    asts: CodeAsts<'_>,
    resolver: &mut Resolver,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Vec<Retired> {
    let entries = optional(section).map_or(&[][..], |entries| &entries.0);
    if entries.is_empty() {
        return Vec::new();
    }
    let active: UnordMap<&str, Span> = asts
        .iter()
        .map(|(wire, ast)| (wire.as_str(), ast.key))
        .collect();
    let ends = Ends::new(section, asts);
    entries
        .iter()
        .filter_map(|(wire, entry)| {
            if let Some(fault) = names::wire_fault(wire, entry.key) {
                findings.push(fault);
                return None;
            }
            if let Some(code) = active.get(&wire.as_str()) {
                findings.push(reused(wire, *code, entry.key));
                return None;
            }
            let ast = entry.value.as_ref()?;
            let slug = resolver.slug(wire, entry.key, ast.slug.as_ref(), findings);
            let aliases = former_pages(ast.aliases.as_ref(), resolver, findings);
            let reason = findings.required(&ast.reason, entry.key, "reason").cloned();
            let audience = match optional(ast.audience.as_ref()) {
                Some(AudienceAst::Internal) => Audience::Internal,
                Some(AudienceAst::Public) | None => Audience::Public,
            };
            let field = ast.successor.as_ref();
            let successor = ends.successor(wire, field, audience, scope, findings);
            Some(Retired {
                wire: wire.clone(),
                slug: slug?,
                aliases,
                audience,
                since: version(ast.since.as_ref(), findings),
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
    section: Option<&Mappings<RetiredAst>>,
    asts: CodeAsts<'_>,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Vec<Option<Deprecation>> {
    let ends = Ends::new(section, asts);
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
                since: version(ast.since.as_ref(), findings),
                successor: ends.successor(wire, named, audience, scope, findings),
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

fn version(field: Option<&Spanned<VersionText>>, findings: &mut Findings<'_>) -> Option<String> {
    let field = field?;
    let VersionText(version) = field.value.as_ref()?;
    api::check_version(version, field.span, findings).then(|| version.clone())
}

/// The codes that cannot be a successor.
struct Ends<'a> {
    retired: UnordMap<&'a str, End<'a>>,
    deprecated: UnordMap<&'a str, End<'a>>,
}

/// The place where a code is deprecated or retired, and its successor.
struct End<'a> {
    at: Span,
    successor: Option<&'a str>,
}

impl<'a> Ends<'a> {
    fn new(section: Option<&'a Mappings<RetiredAst>>, asts: CodeAsts<'a>) -> Self {
        fn name(field: Option<&Spanned<CodeName>>) -> Option<&str> {
            let CodeName(name) = field?.value.as_ref()?;
            Some(name)
        }
        let retired = optional(section).map_or(&[][..], |entries| &entries.0);
        let retired = retired.iter().map(|(wire, entry)| {
            let ast = entry.value.as_ref();
            let successor = name(ast.and_then(|ast| ast.successor.as_ref()));
            (
                wire.as_str(),
                End {
                    at: entry.key,
                    successor,
                },
            )
        });
        let deprecated = asts.iter().filter_map(|(wire, entry)| {
            let field = entry.value.as_ref()?.deprecated.as_ref()?;
            let ast = field.value.as_ref();
            let successor = name(ast.and_then(|ast| ast.successor.as_ref()));
            Some((
                wire.as_str(),
                End {
                    at: field.key,
                    successor,
                },
            ))
        });
        Self {
            retired: retired.collect(),
            deprecated: deprecated.collect(),
        }
    }

    /// The successor of the code `wire`, which must be active.
    fn successor(
        &self,
        wire: &str,
        field: Option<&Spanned<CodeName>>,
        audience: Audience,
        scope: &Scope<'_>,
        findings: &mut Findings<'_>,
    ) -> Option<CodeId> {
        let field = field?;
        let CodeName(name) = field.value.as_ref()?;
        let ended = [("retired", &self.retired), ("deprecated", &self.deprecated)];
        for (state, ends) in ended {
            if let Some(end) = ends.get(&name.as_str()) {
                findings.push(ended_too((wire, name), state, field.span, end));
                return None;
            }
        }
        let position = scope.position_of(name, field.span, findings)?;
        let code: &Code = scope.codes[position].as_ref()?;
        let shown = audience == Audience::Internal || check_public(code, field.span, findings);
        shown.then_some(CodeId(position))
    }
}

fn ended_too((wire, name): (&str, &str), state: &str, at: Span, end: &End<'_>) -> Diagnostic {
    if wire == name {
        let message = format!("{} cannot be its own successor", quoted(name));
        return Diagnostic::new(Rule::BadSuccessor, at, message)
            .help("name another code, or remove `use:`");
    }
    let message = format!("the successor {} is {state}", quoted(name));
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
