//! The conditions of changes of what operations state of their codes.

use serde_json::Value;

use super::{ChangeContext, Snapshot};
use crate::record::Entry;

/// Whether the operation lists the code before and after the change.
pub(crate) fn still_lists_code(at: &ChangeContext<'_>) -> bool {
    let lists = |entry: Option<&Entry>| {
        entry.is_some_and(|entry| entry.texts("errors").any(|code| code == at.key))
    };
    lists(at.entries.0) && lists(at.entries.1)
}

/// Whether the operation sends the code with the same status before and after the change.
pub(crate) fn sends_same_status(at: &ChangeContext<'_>) -> bool {
    let sent = |snapshot: &Snapshot<'_>, stated: Option<&Value>| {
        let of_code = || snapshot.codes.get(at.key)?.get("status");
        stated.or_else(of_code).and_then(Value::as_u64)
    };
    let (old, new) = at.values;
    let before = sent(&at.snapshots.old, old);
    still_lists_code(at) && before.is_some() && before == sent(&at.snapshots.new, new)
}
