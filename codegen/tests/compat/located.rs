//! Each change points at what was changed, and not at the entry around it.

use codegen::compat::{Change, Place};

use super::base::{BASE, differences, edited};
use super::mutations::{Mutation, all};

/// What a change points at, and the text before it.
fn located<'t>(change: &Change, old: &'t str, new: &'t str) -> (&'t str, &'t str) {
    let (text, span) = match change.place {
        Place::Old(span) => (old, span),
        Place::New(span) => (new, span),
    };
    (&text[span.range()], &text[..span.start as usize])
}

/// The key that a change is about. Of what an operation states of a code, it is not the last part.
fn key_of(change: &Change) -> &str {
    let path = change
        .field
        .strip_prefix("errors.")
        .unwrap_or(&change.field);
    let (first, last) = path.split_once('.').unwrap_or((path, path));
    if path.len() < change.field.len() {
        first
    } else {
        last.rsplit('.').next().unwrap()
    }
}

/// Whether the new catalog has the field: else there is nothing to point at but the entry.
fn has_field(mutation: &Mutation, change: &Change) -> bool {
    let key = key_of(change);
    let count = |text: &str| text.matches(&format!("{key}:")).count();
    let is_gone = mutation.change == "removed" && count(&mutation.new) < count(&mutation.old);
    !change.field.is_empty() && !is_gone
}

#[test]
fn each_row_of_the_table_has_a_place() {
    let mut lost = Vec::new();
    for mutation in all() {
        let diff = differences(&mutation.old, &mutation.new);
        let mut changes = diff.changes.iter();
        let change = changes.find(|change| change.row == mutation.row).unwrap();
        let key = match key_of(change) {
            // What a code sends follows from its group.
            "sent" => "group",
            key => key,
        };
        let (shown, before) = located(change, &mutation.old, &mutation.new);
        // The first entry of a list or a map is on a line of its own.
        let before = before.trim_end_matches([' ', '\n', '-']);
        let is_value = before.ends_with(&format!(" {key}:"));
        if has_field(&mutation, change) && shown != key && !is_value {
            let line = before.lines().last().unwrap();
            lost.push(format!("{}: {line}|{shown}|", change.field));
        }
    }
    assert_eq!(lost, [""; 0]);
}

#[test]
fn a_custom_key_of_an_argument_has_a_place_of_its_own() {
    let new = edited(BASE, "x-source: form", "x-source: body");
    let changes = differences(BASE, &new).changes;
    let [change] = &changes[..] else {
        panic!("{changes:#?}");
    };
    assert_eq!(change.field, "args.name.x-*.x-source");
    assert_eq!(located(change, BASE, &new).0, "body");
}
