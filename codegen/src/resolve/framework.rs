//! The `framework` section: errors for bare statuses of the web framework.

use super::scope::{Named, Scope, named, own_status};
use super::types::{outside_class, resolve_status};
use super::{Findings, optional};
use crate::ast::{FrameworkAst, Mapping, Spanned, StatusAst};
use crate::catalog::{ErrorType, FrameworkError, StatusClass, TypeId};
use crate::diagnostic::Diagnostic;
use crate::rule::Rule;
use crate::span::Span;
use crate::unord_map::UnordMap;

/// Resolves the `framework` section, in ascending order of the sent status.
pub(crate) fn resolve(
    field: Option<&Spanned<Vec<Mapping<FrameworkAst>>>>,
    types: &[Option<ErrorType>],
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Option<Vec<FrameworkError>> {
    let entries = optional(field).map_or(&[][..], Vec::as_slice);
    for entry in entries {
        if let Some(ast) = &entry.value {
            findings.required(&ast.status, entry.key, "status");
        }
    }
    let statuses = statuses(entries, findings);
    let mut errors = Vec::with_capacity(entries.len());
    for (entry, status) in entries.iter().zip(statuses) {
        errors.push(resolve_entry(entry, status, types, scope, findings));
    }
    let mut errors: Vec<FrameworkError> = errors.into_iter().collect::<Option<_>>()?;
    errors.sort_by_key(|error| (error.sent.is_none(), error.sent, error.status));
    Some(errors)
}

/// The status or family of each entry; missing if it was reported.
fn statuses(
    entries: &[Mapping<FrameworkAst>],
    findings: &mut Findings<'_>,
) -> Vec<Option<StatusClass>> {
    let mut known: UnordMap<StatusClass, Span> = UnordMap::default();
    let mut statuses = Vec::with_capacity(entries.len());
    for entry in entries {
        let field = entry.value.as_ref().map(|ast| &ast.status);
        let status = field.and_then(|field| match field.value.as_ref()? {
            StatusAst::Family(class) => Some(StatusClass::Family(*class)),
            ast => resolve_status(ast, field.span, findings).map(StatusClass::Status),
        });
        let status = status.zip(field).and_then(|(status, field)| {
            let first = known.get(&status).copied();
            match first {
                None => {
                    known.insert(status, field.span);
                }
                Some(first) => {
                    let message = format!("the status {status} is listed twice");
                    findings.push(
                        Diagnostic::new(Rule::BadStatus, field.span, message)
                            .related(first, "first here")
                            .help("remove one of the two"),
                    );
                }
            }
            first.is_none().then_some(status)
        });
        statuses.push(status);
    }
    statuses
}

fn resolve_entry(
    entry: &Mapping<FrameworkAst>,
    status: Option<StatusClass>,
    types: &[Option<ErrorType>],
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Option<FrameworkError> {
    let ast = entry.value.as_ref()?;
    let named = named(
        ast.error_type.as_ref(),
        ast.code.as_ref(),
        entry.key,
        "add `type:` or `code:`",
        findings,
    )?;
    match named {
        Named::Type(error_type) => {
            let sent = match &ast.sent {
                Some(sent) => resolve_status(sent.value.as_ref()?, sent.span, findings)
                    .map(StatusClass::Status),
                None => status,
            };
            let position = scope.type_position(error_type, findings)?;
            let sent = sent?;
            let at = ast.sent.as_ref().unwrap_or(&ast.status);
            if let Some(status) = status.filter(|status| status.class() != sent.class()) {
                findings.push(other_class(status, sent, at.span, ast.status.span));
                return None;
            }
            let declared = types[position].as_ref()?;
            if !declared.statuses.has_class(sent.class()) {
                let wire = &declared.names.wire;
                let finding = outside_class(sent, at.span, &declared.statuses, wire);
                // The framework determines the status, so only the type can change.
                let finding = finding.help("name a type that has statuses of this class");
                findings.push(finding.related(error_type.span, "the type of the error"));
                return None;
            }
            Some(FrameworkError {
                status: status?,
                error_type: TypeId(position),
                code: None,
                sent: match sent {
                    StatusClass::Status(sent) => Some(sent),
                    StatusClass::Family(_) => None,
                },
                message: optional(ast.message.as_ref()).cloned(),
            })
        }
        Named::Code(code) => {
            if let Some(sent) = &ast.sent {
                findings.push(
                    Diagnostic::new(
                        Rule::WrongKind,
                        sent.key,
                        "a code is sent with its own status",
                    )
                    .help("remove `as`, or name a type instead of the code"),
                );
            }
            if let Some(message) = &ast.message {
                findings.push(
                    Diagnostic::new(Rule::WrongKind, message.key, "a code has its own message")
                        .help("remove `message`, or name a type instead of the code"),
                );
            }
            let (id, resolved) = scope.public_code(code, findings)?;
            let own = own_status(resolved, code.span, findings)?;
            if let Some(status) = status.filter(|status| status.class() != own.class()) {
                let sent = StatusClass::Status(own);
                findings.push(other_class(status, sent, code.span, ast.status.span));
                return None;
            }
            Some(FrameworkError {
                status: status?,
                error_type: resolved.error_type,
                code: Some(id),
                sent: Some(own),
                message: None,
            })
        }
    }
}

/// Reports an error of the other status class: client and server errors must not be swapped.
fn other_class(status: StatusClass, sent: StatusClass, at: Span, stated: Span) -> Diagnostic {
    let message =
        format!("{sent} is not in the same class as {status}, the status of the framework");
    Diagnostic::new(Rule::StatusOutsideClass, at, message)
        .related(stated, "the status of the framework")
        .help("send an error of the same class")
}
