//! The changelog page.

use askama::Template;

use super::super::changelog::{NOTHING, Section, sections};
use crate::catalog::Catalog;

/// The page.
#[derive(Template)]
#[template(path = "changelog.md")]
pub(super) struct ChangelogPage<'a> {
    title: &'a str,
    releases: Vec<ReleaseView>,
    /// The text for a release without sections.
    nothing: &'static str,
}

struct ReleaseView {
    heading: String,
    sections: Vec<Section>,
}

impl<'a> ChangelogPage<'a> {
    pub(super) fn new(catalog: &'a Catalog) -> Self {
        let releases = catalog.releases.iter().map(|release| ReleaseView {
            heading: format!("{} ({})", release.version, release.date),
            sections: sections(&release.changes),
        });
        Self {
            title: &catalog.api.title,
            releases: releases.collect(),
            nothing: NOTHING,
        }
    }
}
