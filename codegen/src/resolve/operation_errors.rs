//! The errors of an operation.

use std::collections::{BTreeMap, BTreeSet};

use super::inherit::Effective;
use super::retry::Statuses;
use super::scope::{Scope, own_status};
use super::types::{outside_class, resolve_status};
use super::{Findings, optional};
use crate::ast::{CodeName, CodeOrSet, OperationErrorAst, OwnErrorAst, Spanned};
use crate::catalog::{CodeId, ErrorType, OwnError, RetryRule};
use crate::diagnostic::{Diagnostic, quoted, to_scalar};
use crate::rule::Rule;
use crate::span::Span;
use crate::suggest::closest;
use crate::unord_map::UnordMap;

/// The positions of the codes of each set, by name, including sets whose list was reported.
pub(super) type Sets<'a> = UnordMap<&'a str, Vec<usize>>;

/// What the errors of operations refer to, besides codes.
pub(crate) struct Context<'a> {
    pub(crate) types: &'a [Option<ErrorType>],
    pub(crate) retry_statuses: &'a Statuses,
    pub(crate) effective: &'a [Effective<'a>],
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        types: &'a [Option<ErrorType>],
        retry_statuses: &'a Statuses,
        effective: &'a [Effective<'a>],
    ) -> Self {
        Self {
            types,
            retry_statuses,
            effective,
        }
    }
}

/// Resolves the errors of an operation: its codes, and what it states of some of them.
pub(super) fn resolve(
    list: &[Spanned<OperationErrorAst>],
    sets: &Sets<'_>,
    set_names: &[&str],
    context: &Context<'_>,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> (Vec<CodeId>, Vec<OwnError>) {
    let mut codes = BTreeSet::new();
    // The places of the names and of the mappings.
    let mut named: BTreeMap<usize, Span> = BTreeMap::new();
    let mut stated: BTreeMap<usize, (Span, Option<OwnError>)> = BTreeMap::new();
    for field in list {
        let own = match field.value.as_ref() {
            None => continue,
            Some(OperationErrorAst::Own(own)) => own,
            Some(OperationErrorAst::Name(CodeOrSet(name))) => {
                match name.strip_prefix('@') {
                    Some(set) => match sets.get(&set) {
                        Some(members) => {
                            for position in members {
                                check_status(*position, field.span, scope, findings);
                            }
                            codes.extend(members.iter().copied());
                        }
                        None => findings.push(unknown_set(field.span, set, set_names)),
                    },
                    None => {
                        let position = scope.position_of(name, field.span, findings);
                        if let Some(position) = position {
                            check_status(position, field.span, scope, findings);
                        }
                        named.extend(position.map(|position| (position, field.span)));
                    }
                }
                continue;
            }
        };
        let Some(position) = code_of(own, field.span, scope, findings) else {
            continue;
        };
        let own_error = own_error(own, field.span, position, context, scope, findings);
        if let Some((first, _)) = stated.get(&position) {
            findings.push(listed_twice(own, *first));
        } else {
            stated.insert(position, (own.code.span, own_error));
        }
    }
    for (position, (span, _)) in &stated {
        if let Some(name) = named.get(position) {
            findings.push(named_too(*name, *span));
        }
    }
    codes.extend(named.into_keys());
    codes.extend(stated.keys().copied());
    let stated = stated.into_values().filter_map(|(_, own)| own);
    (codes.into_iter().map(CodeId).collect(), stated.collect())
}

/// The position of the code of a mapping.
fn code_of(
    own: &OwnErrorAst,
    entry: Span,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Option<usize> {
    let CodeName(name) = findings.required(&own.code, entry, "code")?;
    if name.starts_with('@') {
        findings.push(
            Diagnostic::new(
                Rule::WrongKind,
                own.code.span,
                format!("expected a code, found the set {}", quoted(name)),
            )
            .help("list the set alone, and each code that differs in a mapping beside it"),
        );
        return None;
    }
    let position = scope.position(&own.code, findings)?;
    check_status(position, own.code.span, scope, findings);
    Some(position)
}

/// Reports a code without a status: an operation lists the errors of its responses.
fn check_status(position: usize, span: Span, scope: &Scope<'_>, findings: &mut Findings<'_>) {
    if let Some(code) = scope.codes[position].as_ref() {
        own_status(code, span, findings);
    }
}

/// What the operation states of a code.
fn own_error(
    own: &OwnErrorAst,
    entry: Span,
    position: usize,
    context: &Context<'_>,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Option<OwnError> {
    if own.status.is_none() && own.meaning.is_none() && own.fix.is_none() {
        let name = &context.effective[position].wire;
        findings.push(
            Diagnostic::new(
                Rule::MissingField,
                entry,
                "the mapping states nothing besides the code",
            )
            .help("write the name of the code alone, or add `status:`, `meaning:` or `fix:`")
            .suggest(entry, to_scalar(name)),
        );
        return None;
    }
    let stated = own.status.as_ref();
    let status = match stated {
        Some(field) => Some(resolve_status(field.value.as_ref()?, field.span, findings)?),
        None => None,
    };
    let code = scope.codes[position].as_ref()?;
    let error_type = context.types[code.error_type.0].as_ref()?;
    if let Some((status, field)) = status.zip(stated)
        && !error_type.statuses.has_class(status.class())
    {
        let wire = &error_type.names.wire;
        let finding = outside_class(status, field.span, &error_type.statuses, wire);
        findings.push(finding.related(context.effective[position].key, "the code"));
        return None;
    }
    // A code without a status was reported.
    let of_code = code.status.own()?;
    let status = status.unwrap_or(of_code);
    let states_retry = context.effective[position].field(|own| &own.retry);
    let retry = if states_retry.is_some() || status == of_code {
        code.retry
    } else if context.retry_statuses.contains_key(&status) {
        RetryRule::Backoff
    } else {
        RetryRule::Never
    };
    Some(OwnError {
        code: CodeId(position),
        status,
        retry,
        meaning: optional(own.meaning.as_ref()).cloned(),
        fix: optional(own.fix.as_ref()).cloned(),
        states_status: stated.is_some(),
    })
}

fn listed_twice(own: &OwnErrorAst, first: Span) -> Diagnostic {
    let message = "the operation states this code twice";
    Diagnostic::new(Rule::DuplicateKey, own.code.span, message)
        .related(first, "first here")
        .help("merge the two, or give one of them a code of its own")
}

fn named_too(name: Span, stated: Span) -> Diagnostic {
    let message = "the operation lists this code twice";
    Diagnostic::new(Rule::DuplicateKey, name, message)
        .related(stated, "what differs is stated here")
        .help("remove the name: the mapping lists the code too")
}

fn unknown_set(span: Span, name: &str, known: &[&str]) -> Diagnostic {
    let message = format!("unknown set {}", quoted(name));
    let meant = closest(name, known.iter().copied()).map(|meant| format!("@{meant}"));
    Diagnostic::new(Rule::UnknownCode, span, message).did_you_mean(
        span,
        meant.as_deref(),
        "declare it under `sets`, or name a declared set",
    )
}
