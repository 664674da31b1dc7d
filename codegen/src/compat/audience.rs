//! The audience of a change.

use serde_json::Value;

use super::context::{ChangeContext, Snapshots};
use super::policy::Field;
use crate::record::{Entry, Kind};

/// Whether an entry is internal, in the old or the new catalog: an internal code, or an operation with only internal
/// codes.
pub(super) fn is_internal(
    (old, new): (Option<&Entry>, Option<&Entry>),
    snapshots: &Snapshots<'_>,
) -> bool {
    let mut entries = old.into_iter().chain(new);
    entries.any(|entry| match entry.kind {
        Kind::Code | Kind::Retired => entry.is_internal(),
        Kind::Operation => {
            let mut errors = entry.texts("errors").peekable();
            errors.peek().is_some() && errors.all(|code| is_internal_code(code, snapshots))
        }
        _ => false,
    })
}

/// Whether a change of an operation names an internal code.
pub(super) fn names_internal(row: &Field, at: &ChangeContext<'_>) -> bool {
    let values = [at.values.0, at.values.1].into_iter().flatten();
    let mut texts = values.filter_map(Value::as_str);
    match row.name {
        _ if row.kind != Kind::Operation => false,
        "errors" => texts.any(|code| is_internal_code(code, at.snapshots)),
        // The key of what an operation states is the code.
        name => name.starts_with("errors.") && is_internal_code(at.key, at.snapshots),
    }
}

fn is_internal_code(code: &str, snapshots: &Snapshots<'_>) -> bool {
    let is_internal = |entry: Option<&&Entry>| entry.is_some_and(|entry| entry.is_internal());
    is_internal(snapshots.old.codes.get(code)) || is_internal(snapshots.new.codes.get(code))
}
