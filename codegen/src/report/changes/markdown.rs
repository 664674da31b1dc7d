//! Changes as a section of a changelog.

use std::fmt::Write as _;

use semver::Version;

use super::Compared;
use crate::catalog::{Audience, Event, Released};
use crate::compat::{Change, Diff};
use crate::emit::changelog;

/// Renders the public changes as a section of a changelog.
#[must_use]
pub fn markdown(compared: Compared<'_>) -> String {
    let diff = compared.diff;
    let public = diff.changes.iter();
    let public = public.filter(|change| change.audience == Audience::Public);
    // Without links to pages, since the section may be used anywhere.
    let released = |change: &Change| Released {
        subject: change.subject(),
        slug: None,
        event: event(change, diff),
    };
    let changes: Vec<Released> = public.map(released).collect();
    let mut out = format!("## {}\n", title(diff));
    let sections = changelog::sections(&changes);
    // Writing to a string cannot fail.
    if sections.is_empty() {
        let _ = writeln!(out, "\n{}", changelog::NOTHING);
    }
    for section in sections {
        let _ = writeln!(out, "\n### {}\n", section.title);
        for line in section.changes {
            let _ = writeln!(out, "- {line}");
        }
    }
    out
}

/// The version of the new catalog, if it is later than that of the old one.
fn title(diff: &Diff) -> &str {
    let version = |text: &str| Version::parse(text).ok();
    match (version(&diff.old_version), version(&diff.new_version)) {
        (Some(old), Some(new)) if new > old => &diff.new_version,
        _ => "Unreleased",
    }
}

/// The event of a change. The reason of a change to internal is internal too.
fn event(change: &Change, diff: &Diff) -> Event {
    let mut event = change.event(&diff.new_version);
    if change.field == "audience" {
        event.reason = None;
    }
    event
}
