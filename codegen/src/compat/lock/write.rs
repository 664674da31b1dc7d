//! Writes the lock: a block per entry, sorted, so that git can merge the additions of two branches.

use serde_json::Value;

use std::fmt::Write as _;

use super::{FORM, Lock, Locked, LockedEvent};
use crate::catalog::{Audience, Event};
use crate::yaml::quote::{Place, to_scalar};
use crate::yaml::write::{write_key, write_value};

const NOTICE: &str = "\
# What was released. `cargo xtask release` writes this file, and nothing else does: commit it as it is.
# docs/evolution.md says what it is for.
";

/// The text of a lock.
pub(crate) fn write(lock: &Lock) -> String {
    let mut out = NOTICE.to_owned();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "lock: {FORM}\nreleases:");
    for (version, date) in &lock.releases {
        let _ = writeln!(out, "  {}: \"{date}\"", to_scalar(version, Place::Flow));
    }
    sections(&lock.entries, 0, &mut out);
    if !lock.removed.is_empty() {
        out.push_str("removed:\n");
        sections(&lock.removed, 2, &mut out);
    }
    // The last line: without it, the file is truncated.
    out.push_str("complete: true\n");
    out
}

fn sections(entries: &[Locked], indent: usize, out: &mut String) {
    let mut last = None;
    for locked in entries {
        let kind = locked.entry.kind;
        if last != Some(kind) {
            key(kind.section(), indent, out);
            last = Some(kind);
        }
        if kind.is_single() {
            fields(locked, indent + 2, out);
        } else {
            key(&locked.entry.name, indent + 2, out);
            fields(locked, indent + 4, out);
        }
    }
}

fn key(name: &str, indent: usize, out: &mut String) {
    write_key(name, indent, out);
    out.push('\n');
}

fn fields(locked: &Locked, indent: usize, out: &mut String) {
    let start = out.len();
    for (name, value) in &locked.entry.fields {
        field(name, value, indent, out);
    }
    if !locked.lost.is_empty() {
        field("lost", &locked.lost.clone().into(), indent, out);
    }
    if !locked.lost_rust.is_empty() {
        field("lost_rust", &locked.lost_rust.clone().into(), indent, out);
    }
    if !locked.lost_args.is_empty() {
        field("lost_args", &locked.lost_args.clone().into(), indent, out);
    }
    if !locked.history.is_empty() {
        key("history", indent, out);
        for event in &locked.history {
            history(event, indent + 2, out);
        }
    }
    if out.len() == start {
        // YAML would read a key without a value as null.
        out.truncate(start - 1);
        out.push_str(" {}\n");
    }
}

fn field(name: &str, value: &Value, indent: usize, out: &mut String) {
    write_key(name, indent, out);
    write_value(value, indent + 2, out);
}

/// Writes an event on one line, which git merges as a whole.
fn history(locked: &LockedEvent, indent: usize, out: &mut String) {
    let LockedEvent {
        event:
            Event {
                version,
                rule,
                level,
                text,
                reason,
            },
        audience,
    } = locked;
    let flow = |text: &str| to_scalar(text, Place::Flow);
    let _ = write!(
        out,
        "{:indent$}- {{ in: {}, rule: {rule}, level: {}, text: {}",
        "",
        flow(version),
        level.as_str(),
        flow(text)
    );
    if let Some(reason) = reason {
        let _ = write!(out, ", reason: {}", flow(reason));
    }
    if *audience == Audience::Internal {
        out.push_str(", audience: internal");
    }
    out.push_str(" }\n");
}
