//! The `upstream` section: errors for the errors of providers.

use super::first_fit::{Entry, FirstFit};
use super::scope::{Named, Scope, named, own_status};
use super::types::resolve_statuses;
use super::{Findings, optional};
use crate::ast::{Mapping, Spanned, UpstreamAst, UpstreamFromAst};
use crate::catalog::{Envelope, TypeId, UpstreamError, UpstreamFrom};
use crate::diagnostic::{Diagnostic, quoted};
use crate::limits::MAX_UPSTREAM;
use crate::rule::Rule;
use crate::suggest::closest;

/// The message and the help for an entry with an empty list of statuses.
const NO_STATUS: [&str; 2] = [
    "the list of statuses is empty",
    "list a status, or remove `status:`, which fits all of them",
];

const ENTRIES: FirstFit = FirstFit {
    most: MAX_UPSTREAM,
    entries: "entries",
    fewer: "let one entry fit more errors, such as a family of statuses",
    unreachable: Rule::UnreachableUpstream,
    said: [
        "no error reaches this entry",
        "this entry fits all of its errors",
        "move it before that entry, or remove it",
    ],
};

impl Entry for UpstreamError {
    /// The type and the code of the provider.
    type Key = [Option<String>; 2];

    fn key(&self) -> Self::Key {
        [self.from.error_type.clone(), self.from.code.clone()]
    }

    fn keys_of_covering(&self) -> Vec<Self::Key> {
        let [error_type, code] = self.key();
        let mut keys = vec![[None, None]];
        if error_type.is_some() {
            keys.push([error_type.clone(), None]);
        }
        if code.is_some() {
            keys.push([None, code.clone()]);
        }
        if error_type.is_some() && code.is_some() {
            keys.push([error_type, code]);
        }
        keys
    }

    fn covers(&self, later: &Self) -> bool {
        self.from.covers(&later.from)
    }
}

/// Resolves the entries, in the order in which they apply.
pub(crate) fn resolve(
    field: Option<&Spanned<Vec<Mapping<UpstreamAst>>>>,
    envelope: &Envelope,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Option<Vec<UpstreamError>> {
    ENTRIES.resolve(
        field,
        |entry, findings| resolve_entry(entry, envelope, scope, findings),
        findings,
    )
}

fn resolve_entry(
    entry: &Mapping<UpstreamAst>,
    envelope: &Envelope,
    scope: &Scope<'_>,
    findings: &mut Findings<'_>,
) -> Option<UpstreamError> {
    let ast = entry.value.as_ref()?;
    let from = match &ast.from {
        Some(from) => resolve_from(from, envelope, findings),
        None => Some(UpstreamFrom::default()),
    };
    let shows_message = optional(ast.message.as_ref()).copied().unwrap_or_default();
    let named = named(
        ast.error_type.as_ref(),
        ast.code.as_ref(),
        entry.key,
        "add `code:` or `type:`: the error that is sent",
        findings,
    )?;
    let (error_type, code) = match named {
        Named::Type(error_type) => (TypeId(scope.type_position(error_type, findings)?), None),
        Named::Code(code) => {
            let (id, resolved) = scope.public_code(code, findings)?;
            own_status(resolved, code.span, findings)?;
            (resolved.error_type, Some(id))
        }
    };
    Some(UpstreamError {
        from: from?,
        error_type,
        code,
        shows_message,
    })
}

fn resolve_from(
    field: &Mapping<UpstreamFromAst>,
    envelope: &Envelope,
    findings: &mut Findings<'_>,
) -> Option<UpstreamFrom> {
    let ast = field.value.as_ref()?;
    let style = match &ast.style {
        Some(style) => Some(style_of(style, envelope, findings)?),
        None => None,
    };
    let statuses = match &ast.status {
        Some(field) => {
            let statuses = field.value.as_ref()?;
            Some(resolve_statuses(statuses, field.span, NO_STATUS, findings)?)
        }
        None => None,
    };
    Some(UpstreamFrom {
        style,
        statuses,
        error_type: optional(ast.error_type.as_ref()).cloned(),
        code: optional(ast.code.as_ref()).cloned(),
    })
}

/// The name of a style that clients can read.
fn style_of(
    field: &Spanned<String>,
    envelope: &Envelope,
    findings: &mut Findings<'_>,
) -> Option<String> {
    let name = field.value.as_ref()?;
    if envelope.read_shapes().any(|shape| shape.name == *name) {
        return Some(name.clone());
    }
    let names = || envelope.read_shapes().map(|shape| shape.name.as_str());
    let message = format!("unknown style {}", quoted(name));
    let finding = Diagnostic::new(Rule::UnknownValue, field.span, message);
    let known: Vec<&str> = names().collect();
    let otherwise = format!("the styles are: {}", known.join(", "));
    findings.push(finding.did_you_mean(field.span, closest(name, names()), otherwise));
    None
}

#[cfg(test)]
mod tests {
    use super::Entry;
    use crate::catalog::UpstreamError;

    #[test]
    fn an_entry_that_covers_another_has_one_of_its_keys() {
        let entries = UpstreamError::combinations();
        for later in &entries {
            let keys = later.keys_of_covering();
            let mut covering = entries.iter().filter(|earlier| earlier.covers(later));
            assert!(
                covering.all(|earlier| keys.contains(&earlier.key())),
                "{later:?}"
            );
        }
    }
}
