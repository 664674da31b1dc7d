//! The conditions of changes of the envelope.

use serde_json::Value;

use super::{ChangeContext, text_of};
use crate::catalog::{Condition, Slot};
use crate::record::items;
use crate::resolve::shapes::built_in;

/// Whether bodies of a style that the API had contain the address of the page of a code.
pub(crate) fn has_page_addresses(at: &ChangeContext<'_>) -> bool {
    let Some(envelope) = at.snapshots.old.envelope else {
        return false;
    };
    let own = envelope.fields.get("shapes");
    let built_in = built_in();
    envelope
        .texts("style")
        .any(|style| match own.and_then(|own| own.get(style)) {
            Some(shape) => states(shape, Slot::DocUrl),
            None => built_in.iter().any(|shape| {
                let mut slots = Vec::new();
                shape.body.slots(&mut slots);
                shape.name == style && slots.contains(&Slot::DocUrl)
            }),
        })
}

/// Whether a shape in the notation of the catalog contains the value of a slot.
fn states(shape: &Value, slot: Slot) -> bool {
    let name = slot.as_str();
    match shape {
        Value::String(text) => {
            let whole = text
                .strip_prefix('$')
                .and_then(|rest| rest.strip_prefix(name));
            whole.is_some_and(|rest| rest.is_empty() || rest.starts_with(['?', '|']))
                || text.contains(&format!("${{{name}}}"))
        }
        Value::Array(elements) => elements.iter().any(|element| states(element, slot)),
        Value::Object(members) => members.values().any(|member| states(member, slot)),
        _ => false,
    }
}

pub(crate) fn begins_as_before(at: &ChangeContext<'_>) -> bool {
    items(at.values.1).starts_with(items(at.values.0))
}

/// Whether the member is about a style that the API did not have.
pub(crate) fn is_of_new_style(at: &ChangeContext<'_>) -> bool {
    let envelope = at.snapshots.old.envelope;
    let mut styles = envelope.into_iter().flat_map(|entry| entry.texts("style"));
    !styles.any(|style| style == at.key)
}

/// Whether the old choices come first, and each other one gives a new style to a path of no released operation.
pub(crate) fn chooses_new_styles(at: &ChangeContext<'_>) -> bool {
    let old = &at.snapshots.old;
    let styles = old.envelope.into_iter();
    let styles: Vec<&str> = styles.flat_map(|entry| entry.texts("style")).collect();
    let (before, after) = (items(at.values.0), items(at.values.1));
    let is_new = |choice: &Value| {
        let is_new_style = !styles.contains(&text_of(choice.get("style")));
        let path = Condition::path(text_of(choice.get("path")));
        is_new_style && path.is_some_and(|path| !old.has_operation(&path))
    };
    begins_as_before(at) && after.iter().skip(before.len()).all(is_new)
}

/// Whether a shape differs from the old one in new members only.
pub(crate) fn only_adds_members(at: &ChangeContext<'_>) -> bool {
    const TREES: [&str; 2] = ["body", "event"];
    let (Some(Value::Object(old)), Some(Value::Object(new))) = at.values else {
        return false;
    };
    let keys = || old.keys().chain(new.keys());
    let mut others = keys().filter(|key| !TREES.contains(&key.as_str()));
    let contains = |(old, new)| match (old, new) {
        (None, None) => true,
        (Some(old), Some(new)) => has_all(old, new),
        _ => false,
    };
    others.all(|key| old.get(key) == new.get(key))
        && TREES
            .iter()
            .all(|key| contains((old.get(*key), new.get(*key))))
}

/// Whether a tree contains all of an older one, with the same values.
fn has_all(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            old
            .iter()
            .all(|(key, value)| new.get(key).is_some_and(|new| has_all(value, new)))
            // A condition decides whether the object exists.
            && new.keys().all(|key| !key.starts_with('$') || old.contains_key(key))
        }
        (Value::Array(old), Value::Array(new)) => {
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| has_all(old, new))
        }
        _ => old == new,
    }
}
