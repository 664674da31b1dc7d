//! What the server answers where no handler does.

use super::known::Known;
use super::types::{outside_class, resolve_list, resolve_status};
use super::{Findings, optional};
use crate::catalog::{CodeId, ErrorType, FrameworkError, Status, TypeId};
use crate::diagnostic::Diagnostic;
use crate::draft::{FrameworkDraft, Spanned};
use crate::rule::Rule;

/// Resolves the `framework` section: ascending by the status that is sent.
pub(crate) fn resolve(
    field: Option<&Spanned<Vec<Spanned<FrameworkDraft>>>>,
    types: &[Option<ErrorType>],
    known: &Known<'_>,
    findings: &mut Findings<'_>,
) -> Option<Vec<FrameworkError>> {
    let entries = optional(field).map_or(&[][..], Vec::as_slice);
    for entry in entries {
        if let Some(draft) = &entry.value {
            findings.required(&draft.status, entry.key, "status");
        }
    }
    let drafts = entries.iter().filter_map(|entry| entry.value.as_ref());
    let statuses = resolve_list(drafts.map(|draft| &draft.status), findings);
    let mut errors = Vec::with_capacity(entries.len());
    for entry in entries {
        let status = entry.value.as_ref().and_then(|draft| {
            let mut of_entry = statuses.iter();
            of_entry.find(|(_, span)| *span == draft.status.span)
        });
        let status = status.map(|(status, _)| *status);
        errors.push(resolve_entry(entry, status, types, known, findings));
    }
    let mut errors: Vec<FrameworkError> = errors.into_iter().collect::<Option<_>>()?;
    errors.sort_by_key(|error| (error.sent, error.status));
    Some(errors)
}

fn resolve_entry(
    entry: &Spanned<FrameworkDraft>,
    status: Option<Status>,
    types: &[Option<ErrorType>],
    known: &Known<'_>,
    findings: &mut Findings<'_>,
) -> Option<FrameworkError> {
    let draft = entry.value.as_ref()?;
    let message = optional(draft.message.as_ref()).cloned();
    match (&draft.error_type, &draft.code) {
        (Some(error_type), None) => {
            let sent = match &draft.sent {
                Some(sent) => resolve_status(sent.value.as_ref()?, sent.span, findings),
                None => status,
            };
            let position = known.type_position(error_type, findings)?;
            let sent = sent?;
            let declared = types[position].as_ref()?;
            if !declared.statuses.has_class(sent.class()) {
                let at = draft.sent.as_ref().unwrap_or(&draft.status);
                let wire = &declared.names.wire;
                let finding = outside_class(sent, at.span, &declared.statuses, wire);
                findings.push(finding.related(error_type.span, "the type of the error"));
                return None;
            }
            Some(FrameworkError {
                status: status?,
                error_type: TypeId(position),
                code: None,
                sent,
                message,
            })
        }
        (None, Some(code)) => {
            if let Some(sent) = &draft.sent {
                findings.push(
                    Diagnostic::new(
                        Rule::WrongKind,
                        sent.key,
                        "a code is sent with its own status",
                    )
                    .help("remove `as`, or name a type instead of the code"),
                );
            }
            let position = known.position(code, findings)?;
            let resolved = known.codes[position].as_ref()?;
            Some(FrameworkError {
                status: status?,
                error_type: resolved.error_type,
                code: Some(CodeId(position)),
                sent: resolved.status,
                message,
            })
        }
        (Some(_), Some(code)) => {
            findings.push(
                Diagnostic::new(
                    Rule::WrongKind,
                    code.key,
                    "an entry names a type or a code, not both",
                )
                .help("remove `type`: the code has one"),
            );
            None
        }
        (None, None) => {
            findings.push(
                Diagnostic::new(Rule::MissingField, entry.key, "the entry names no error")
                    .help("add `type:` or `code:`"),
            );
            None
        }
    }
}
