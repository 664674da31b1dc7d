//! Changes as GitHub workflow commands.

use super::super::github::{Annotation, Target};
use super::{Compared, Sides, open, summary};
use crate::catalog::ChangeLevel;
use crate::compat::{Change, Place};
use crate::source::Source;

/// Renders all changes as `::error file=…::message` lines; accepted and safe changes are notices. A
/// removed entry has no line in the new catalog, so its change is reported for the first file.
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
            text: &message(change),
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

/// The change, and on its own line the fingerprint for its acceptance, or the reason of its acceptance.
fn message(change: &Change) -> String {
    let summary = summary(change);
    match (&change.accepted, open(change)) {
        (Some(reason), _) => format!("{summary}\naccepted: {reason}"),
        (None, Some(fingerprint)) => format!("{summary}\nfingerprint: {fingerprint}"),
        (None, None) => summary,
    }
}
