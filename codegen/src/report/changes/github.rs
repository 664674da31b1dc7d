//! Changes as GitHub workflow commands.

use super::super::github::{Annotation, Target};
use super::{Compared, Sides, open, said};
use crate::catalog::ChangeLevel;
use crate::compat::{Change, Place};
use crate::source::Source;

/// Renders all changes as `::error file=…::message` lines; accepted and safe changes are notices. A removed
/// entry has no line in the new catalog, and is reported for its first file.
#[must_use]
pub fn github(compared: Compared<'_>) -> String {
    let sides = Sides::new(compared);
    let catalog = compared.new.sources().first().map_or("", Source::name);
    let mut out = String::new();
    for change in &compared.diff.changes {
        let target = match change.place {
            Place::New(_) => {
                let (file, range) = sides.find(change.place);
                Target::Range(file, range)
            }
            Place::Old(_) => Target::File(catalog),
        };
        let annotation = Annotation {
            command: command(change),
            target,
            title: change.rule,
            text: &told(change),
        };
        out.push_str(&annotation.to_string());
    }
    out
}

fn command(change: &Change) -> &'static str {
    match change.level {
        _ if change.accepted.is_some() => "notice",
        ChangeLevel::Breaking => "error",
        ChangeLevel::Risky => "warning",
        ChangeLevel::Safe => "notice",
    }
}

/// The change, and on a line of its own its fingerprint, or why it was accepted.
fn told(change: &Change) -> String {
    let said = said(change);
    match (&change.accepted, open(change)) {
        (Some(reason), _) => format!("{said}\naccepted: {reason}"),
        (None, Some(fingerprint)) => format!("{said}\nfingerprint: {fingerprint}"),
        (None, None) => said,
    }
}
