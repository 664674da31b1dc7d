//! External ids: what other systems call the code.

use super::headers::{few, is_token};
use super::keys::key_fault;
use super::{Findings, optional};
use crate::ast::{Entries, IdText, Spanned};
use crate::catalog::Id;
use crate::diagnostic::{Diagnostic, quoted};
use crate::rule::Rule;

/// The external ids of a code; missing if one was reported.
pub(crate) fn resolve(
    field: Option<&Spanned<Entries<IdText>>>,
    findings: &mut Findings<'_>,
) -> Option<Vec<(String, Id)>> {
    let entries = optional(field).map_or(&[][..], |entries| &entries.0);
    let mut sound = few(field, entries.len(), findings);
    let mut ids = Vec::with_capacity(entries.len());
    for (name, entry) in entries {
        if !is_token(name) {
            let message = format!("{} cannot be the name of a system", quoted(name));
            findings.push(
                Diagnostic::new(Rule::ImpossibleName, entry.key, message)
                    .help("write letters, digits, `-` and `_`, such as `errno` or `grpc`"),
            );
            sound = false;
        } else if let Some(fault) = key_fault(name, entry.key) {
            findings.push(fault);
            sound = false;
        }
        match entry.value.as_ref() {
            Some(IdText::Number(number)) => ids.push((name.clone(), Id::Number(*number))),
            Some(IdText::Word(word)) => ids.push((name.clone(), Id::Word(word.clone()))),
            None => sound = false,
        }
    }
    sound.then_some(ids)
}
