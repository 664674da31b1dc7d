//! The `framework` section: errors for bare statuses of the web framework.

use super::scope::{Named, Scope, named};
use super::types::{outside_class, resolve_list, resolve_status};
use super::{Findings, optional};
use crate::ast::{FrameworkAst, Mapping, Spanned};
use crate::catalog::{ErrorType, FrameworkError, Status, TypeId};
use crate::diagnostic::Diagnostic;
use crate::rule::Rule;
use crate::span::Span;

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
    let asts = entries.iter().filter_map(|entry| entry.value.as_ref());
    let statuses = resolve_list(asts.map(|ast| &ast.status), findings);
    let mut errors = Vec::with_capacity(entries.len());
    for entry in entries {
        let status = entry.value.as_ref().and_then(|ast| {
            let mut of_entry = statuses.iter();
            of_entry.find(|(_, span)| *span == ast.status.span)
        });
        let status = status.map(|(status, _)| *status);
        errors.push(resolve_entry(entry, status, types, scope, findings));
    }
    let mut errors: Vec<FrameworkError> = errors.into_iter().collect::<Option<_>>()?;
    errors.sort_by_key(|error| (error.sent, error.status));
    Some(errors)
}

fn resolve_entry(
    entry: &Mapping<FrameworkAst>,
    status: Option<Status>,
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
                Some(sent) => resolve_status(sent.value.as_ref()?, sent.span, findings),
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
                sent,
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
            if let Some(status) = status.filter(|status| status.class() != resolved.status.class())
            {
                let sent = resolved.status;
                findings.push(other_class(status, sent, code.span, ast.status.span));
                return None;
            }
            Some(FrameworkError {
                status: status?,
                error_type: resolved.error_type,
                code: Some(id),
                sent: resolved.status,
                message: None,
            })
        }
    }
}

/// Reports an error of the other status class: client and server errors must not be swapped.
fn other_class(status: Status, sent: Status, at: Span, stated: Span) -> Diagnostic {
    let message =
        format!("{sent} is not in the same class as {status}, the status of the framework");
    Diagnostic::new(Rule::StatusOutsideClass, at, message)
        .related(stated, "the status of the framework")
        .help("send an error of the same class")
}
