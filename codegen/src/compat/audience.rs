//! Who may know of a change.

use super::entry::{Entry, Kind, Value};
use super::situation::Situation;
use super::table::Field;
use crate::catalog::Audience;

/// A change is internal where it speaks of what is: an internal code, or an operation that fails with nothing else.
pub(super) fn of(row: &Field, at: &Situation<'_>) -> Audience {
    let (old, new) = at.entries;
    let mut entries = old.into_iter().chain(new);
    let is_internal = entries.any(|entry| match entry.kind {
        Kind::Code | Kind::Retired => entry.text("audience") == INTERNAL,
        Kind::Operation => {
            let mut errors = entry.texts("errors").peekable();
            errors.peek().is_some() && errors.all(|code| is_internal_code(code, at))
        }
        _ => false,
    });
    let names_internal = (row.kind, row.name) == (Kind::Operation, "errors")
        && [at.values.0, at.values.1]
            .into_iter()
            .flatten()
            .any(|value| match value {
                Value::Text(code) => is_internal_code(code, at),
                _ => false,
            });
    if is_internal || names_internal {
        Audience::Internal
    } else {
        Audience::Public
    }
}

const INTERNAL: &str = "internal";

fn is_internal_code(code: &str, at: &Situation<'_>) -> bool {
    let is_internal =
        |entry: Option<&&Entry>| entry.is_some_and(|entry| entry.text("audience") == INTERNAL);
    is_internal(at.world.old.codes.get(code)) || is_internal(at.world.new.codes.get(code))
}
