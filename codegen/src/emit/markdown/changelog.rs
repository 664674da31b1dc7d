//! The page of what the releases changed.

use askama::Template;

use super::super::markup;
use super::notice;
use crate::catalog::{Catalog, ChangeLevel, Release, Released};

/// The page.
#[derive(Template)]
#[template(path = "changelog.md")]
pub(super) struct ChangelogPage<'a> {
    title: &'a str,
    notice: String,
    releases: Vec<ReleaseView>,
}

struct ReleaseView {
    heading: String,
    sections: Vec<SectionView>,
}

/// The changes of one weight.
struct SectionView {
    title: &'static str,
    changes: Vec<String>,
}

impl<'a> ChangelogPage<'a> {
    pub(super) fn new(catalog: &'a Catalog) -> Self {
        let releases = catalog.releases.iter().map(|release| ReleaseView {
            heading: markup::inline(&format!("{} ({})", release.version, release.date)),
            sections: sections(release),
        });
        Self {
            title: &catalog.api.title,
            notice: notice(),
            releases: releases.collect(),
        }
    }
}

/// The sections of a release that say something.
fn sections(release: &Release) -> Vec<SectionView> {
    let levels = [
        ("Breaking", ChangeLevel::Breaking),
        ("Risky", ChangeLevel::Risky),
        ("Safe", ChangeLevel::Safe),
    ];
    let sections = levels.into_iter().map(|(title, level)| {
        let changes = release.changes.iter();
        let changes = changes.filter(|change| change.event.level == level);
        SectionView {
            title,
            changes: changes.map(line).collect(),
        }
    });
    sections
        .filter(|section| !section.changes.is_empty())
        .collect()
}

fn line(change: &Released) -> String {
    let subject = markup::inline(&change.subject);
    let mut out = match &change.slug {
        Some(slug) => format!("[{subject}]({slug}.md)"),
        None => subject,
    };
    out.push_str(": ");
    out.push_str(&markup::inline(&change.event.text));
    if let Some(reason) = &change.event.reason {
        out.push_str(" — ");
        out.push_str(&markup::inline(reason));
    }
    out
}
