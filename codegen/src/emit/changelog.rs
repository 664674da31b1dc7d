//! What a release changes, as Markdown: the changes of one weight after the other.

use super::markdown_escape;
use crate::catalog::{ChangeLevel, Released};

/// The text for a release without public changes.
pub(crate) const NOTHING: &str = "Nothing has changed for those who call the API.";

/// The changes of one weight.
pub(crate) struct Section {
    /// The heading.
    pub(crate) title: &'static str,
    /// A line for each change.
    pub(crate) changes: Vec<String>,
}

/// The sections with content.
pub(crate) fn sections(changes: &[Released]) -> Vec<Section> {
    let levels = [
        ("Breaking", ChangeLevel::Breaking),
        ("Risky", ChangeLevel::Risky),
        ("Safe", ChangeLevel::Safe),
    ];
    let sections = levels.into_iter().map(|(title, level)| {
        let own = changes.iter().filter(|change| change.event.level == level);
        Section {
            title,
            changes: own.map(line).collect(),
        }
    });
    sections
        .filter(|section| !section.changes.is_empty())
        .collect()
}

fn line(change: &Released) -> String {
    let subject = markdown_escape::inline(&change.subject);
    let mut out = match &change.slug {
        Some(slug) => format!("[{subject}]({slug}.md)"),
        None => subject,
    };
    out.push_str(": ");
    out.push_str(&markdown_escape::inline(&change.event.text));
    if let Some(reason) = &change.event.reason {
        out.push_str(" — ");
        out.push_str(&markdown_escape::inline(reason));
    }
    out
}
