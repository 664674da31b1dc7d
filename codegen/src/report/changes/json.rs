//! Changes for tools: one JSON document.

use serde::Serialize;

use super::super::json::{Place, place};
use super::{Compared, Sides};
use crate::catalog::ChangeLevel;
use crate::compat::{self, Change};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    old_version: &'a str,
    new_version: &'a str,
    /// The part of the version that the changes require.
    version: Option<&'static str>,
    least_version: Option<String>,
    breaking: usize,
    risky: usize,
    safe: usize,
    changes: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    level: &'static str,
    version: &'static str,
    rule: &'static str,
    kind: &'static str,
    name: &'a str,
    field: &'a str,
    old: Option<&'a str>,
    new: Option<&'a str>,
    subject: String,
    text: &'a str,
    audience: &'static str,
    place: SidedPlace<'a>,
    fingerprint: &'a str,
    accepted: Option<&'a str>,
}

#[derive(Serialize)]
struct SidedPlace<'a> {
    side: &'static str,
    #[serde(flatten)]
    place: Place<'a>,
}

/// Renders all changes as one JSON document. Lines and columns count from 1, columns in characters; bytes count from 0.
#[must_use]
pub fn json(compared: Compared<'_>) -> String {
    let diff = compared.diff;
    let sides = Sides::new(compared);
    let document = Document {
        old_version: &diff.old_version,
        new_version: &diff.new_version,
        version: diff.version().map(compat::Version::as_str),
        least_version: diff.least_version(),
        breaking: diff.count(ChangeLevel::Breaking),
        risky: diff.count(ChangeLevel::Risky),
        safe: diff.count(ChangeLevel::Safe),
        changes: diff
            .changes
            .iter()
            .map(|change| entry(&sides, change))
            .collect(),
    };
    // Strings and numbers always serialise.
    let mut out = serde_json::to_string_pretty(&document).unwrap_or_default();
    out.push('\n');
    out
}

fn entry<'a>(sides: &Sides<'a>, change: &'a Change) -> Entry<'a> {
    let (side, place) = match change.place {
        compat::Place::Old(span) => ("old", place(&sides.old, span)),
        compat::Place::New(span) => ("new", place(&sides.new, span)),
    };
    Entry {
        level: change.level.as_str(),
        version: change.version.as_str(),
        rule: change.rule,
        kind: change.kind.section(),
        name: &change.name,
        field: &change.field,
        old: change.old.as_deref(),
        new: change.new.as_deref(),
        subject: change.subject(),
        text: &change.text,
        audience: change.audience.as_str(),
        place: SidedPlace { side, place },
        fingerprint: &change.fingerprint,
        accepted: change.accepted.as_deref(),
    }
}
