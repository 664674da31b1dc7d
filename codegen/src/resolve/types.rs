//! The types of the catalog.

use super::names::Resolver;
use super::{Findings, optional};
use crate::ast::{Mapping, Spanned, StatusAst, StatusesAst, TypeAst};
use crate::catalog::{ErrorType, Status, StatusClass, StatusSet};
use crate::diagnostic::{Diagnostic, quoted};
use crate::rule::Rule;
use crate::span::Span;
use crate::suggest::closest;

/// Resolves all types, in the order of the file; missing if one was reported.
pub(crate) fn resolve(
    asts: &[(String, Mapping<TypeAst>)],
    findings: &mut Findings<'_>,
) -> Vec<Option<ErrorType>> {
    let mut names = Resolver::default();
    asts.iter()
        .map(|(wire, ast)| {
            let names = names.error_type(wire, ast, findings);
            let own = ast.value.as_ref()?;
            let statuses = findings.required(&own.status, ast.key, "status");
            let statuses = statuses.and_then(|status| match status {
                StatusesAst::One(StatusAst::None) => Some(StatusSet::None),
                status => resolve_statuses(status, own.status.span, NO_STATUS, findings),
            });
            let meaning = optional(own.meaning.as_ref()).cloned().unwrap_or_default();
            let message = optional(own.message.as_ref()).unwrap_or(&meaning).clone();
            if own.meaning.is_none() && own.message.is_none() {
                findings.push(without_text(wire, ast.key));
            }
            Some(ErrorType {
                names: names?,
                statuses: statuses?,
                meaning,
                message,
                retry: None,
                listed: Vec::new(),
                codes: Vec::new(),
            })
        })
        .collect()
}

/// The diagnostic for a type or code without a meaning and a message.
pub(crate) fn without_text(wire: &str, key: Span) -> Diagnostic {
    let message = format!("{} has neither `meaning` nor `message`", quoted(wire));
    Diagnostic::new(Rule::MissingField, key, message)
        .help("add `meaning:` here: it is also the default message")
}

/// The message and the help for a type with an empty list of statuses.
const NO_STATUS: [&str; 2] = [
    "a type needs at least one status",
    "list a status, or write a family such as `5xx`",
];

/// A status, a list of statuses or a family. An empty list is reported with a message and a help.
pub(crate) fn resolve_statuses(
    ast: &StatusesAst,
    span: Span,
    [message, help]: [&str; 2],
    findings: &mut Findings<'_>,
) -> Option<StatusSet> {
    let list = match ast {
        StatusesAst::One(StatusAst::Family(class)) => return Some(StatusSet::Family(*class)),
        StatusesAst::One(one) => {
            let status = resolve_status(one, span, findings)?;
            return Some(StatusSet::List(vec![status]));
        }
        StatusesAst::Many(list) => list,
    };
    if list.is_empty() {
        findings.push(Diagnostic::new(Rule::BadStatus, span, message).help(help));
        return None;
    }
    let statuses = resolve_list(list, findings);
    let complete = statuses.len() == list.len();
    complete.then(|| StatusSet::List(statuses.into_iter().map(|(status, _)| status).collect()))
}

/// The statuses of a list, each once. Invalid and repeated statuses are reported and left out.
pub(crate) fn resolve_list<'d>(
    list: impl IntoIterator<Item = &'d Spanned<StatusAst>>,
    findings: &mut Findings<'_>,
) -> Vec<(Status, Span)> {
    let mut statuses: Vec<(Status, Span)> = Vec::new();
    for entry in list {
        let Some(ast) = entry.value.as_ref() else {
            continue;
        };
        let Some(status) = resolve_status(ast, entry.span, findings) else {
            continue;
        };
        if let Some((_, first)) = statuses.iter().find(|(known, _)| *known == status) {
            let message = format!("the status {status} is listed twice");
            findings.push(
                Diagnostic::new(Rule::BadStatus, entry.span, message)
                    .related(*first, "first here")
                    .help("remove one of the two"),
            );
        } else {
            statuses.push((status, entry.span));
        }
    }
    statuses
}

/// One status; a family is not allowed.
pub(crate) fn resolve_status(
    ast: &StatusAst,
    span: Span,
    findings: &mut Findings<'_>,
) -> Option<Status> {
    let diagnostic = |message: String| Diagnostic::new(Rule::BadStatus, span, message);
    findings.push(match ast {
        StatusAst::Number(number) => match Status::new(*number) {
            Some(status) => return Some(status),
            None => diagnostic(format!("{number} is not an error status"))
                .help("error statuses are whole numbers from 400 to 599"),
        },
        StatusAst::Family(class) => diagnostic("a status family is not allowed here".to_owned())
            .help(format!(
                "name one status, such as `{class}00`; a family can be the whole `status` of a type"
            )),
        StatusAst::None => diagnostic("`none` is not allowed here".to_owned()).help(
            "name a status from 400 to 599; `none` can be the whole `status` of a type or code",
        ),
        StatusAst::Other(text) => {
            let digits = text.trim_start_matches('0');
            let number = digits.parse().ok().and_then(Status::new).is_some();
            let diagnostic = diagnostic(format!("invalid status {}", quoted(text)));
            if number {
                diagnostic
                    .help(format!(
                        "write `{digits}`, without quotes and leading zeros"
                    ))
                    .suggest(span, digits)
            } else {
                diagnostic
                    .help("write a whole number from 400 to 599, or `4xx` or `5xx` for a type")
            }
        }
    });
    None
}

/// Reports a status outside of the class of the type.
pub(crate) fn outside_class(
    status: impl Into<StatusClass>,
    span: Span,
    statuses: &StatusSet,
    wire: &str,
) -> Diagnostic {
    let status = status.into();
    let message = format!(
        "{status} is not in the class of {}, which has {statuses}",
        quoted(wire)
    );
    let help = match (statuses, status.class()) {
        (StatusSet::None, _) => "remove the status, or choose another type".to_owned(),
        (_, 4) => "choose a 5xx status, or another type".to_owned(),
        _ => "choose a 4xx status, or another type".to_owned(),
    };
    Diagnostic::new(Rule::StatusOutsideClass, span, message).help(help)
}

/// The diagnostic for an unknown type.
pub(crate) fn unknown_type<'d>(
    span: Span,
    wire: &str,
    known: impl Iterator<Item = &'d str>,
) -> Diagnostic {
    let message = format!("unknown type {}", quoted(wire));
    Diagnostic::new(Rule::UnknownType, span, message).did_you_mean(
        span,
        closest(wire, known),
        "declare it under `types`, or name a declared type",
    )
}

/// An inherited status, which has been checked.
pub(crate) fn resolve_inherited(ast: &StatusAst) -> Option<Status> {
    match ast {
        StatusAst::Number(number) => Status::new(*number),
        StatusAst::Family(_) | StatusAst::None | StatusAst::Other(_) => None,
    }
}
