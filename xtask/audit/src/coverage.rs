//! `coverage`: which codes of the catalog the sources emit, and which of them tests name.

mod language;
mod mention;
mod names;
mod quoted;
mod report;
mod sources;
mod walk;

use std::path::Path;

use error_catalog::toolkit::{self, Status};

use crate::cli::{CoverageOptions, Format};
use names::Known;
use sources::Reader;

pub(crate) fn run(catalog: Option<&Path>, options: &CoverageOptions) -> anyhow::Result<Status> {
    let (inputs, outcome) = toolkit::compile(catalog)?;
    let Some(value) = &outcome.value else {
        toolkit::diagnostics(&inputs, &outcome.diagnostics)?;
        return Ok(Status::Failed);
    };
    let root = toolkit::root(catalog)?;
    let files = walk::files(value, &root, &options.paths, &options.exclude)?;
    let known = Known::new(value);
    let mut reader = Reader::new(&known)?;
    for (path, name) in &files {
        reader.read(path, name)?;
    }
    let found = reader.finish();
    for skipped in &found.skipped {
        toolkit::warn(skipped)?;
    }
    let text = match options.format {
        Format::Text => report::text(&known, &found),
        Format::Json => report::json(&known, &found)?,
        Format::Markdown => report::markdown(&known, &found),
    };
    toolkit::print(text)?;
    Ok(Status::Ok)
}
