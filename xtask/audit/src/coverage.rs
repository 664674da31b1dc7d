//! `coverage`: which codes of the catalog the sources emit, and which of them tests name.

mod findings;
mod found;
mod language;
mod mention;
mod names;
mod quoted;
mod report;
mod rust;
mod sources;
mod walk;

use std::path::Path;

use codegen::{Diagnostic, Severity};
use error_catalog::toolkit::{self, Status};

use crate::cli::{CoverageOptions, FailOn, Format};
use names::Known;
use sources::Reader;

pub(crate) fn run(catalog: Option<&Path>, options: &CoverageOptions) -> anyhow::Result<Status> {
    let (mut inputs, outcome, audit) = toolkit::audit(catalog)?;
    let (Some(value), Some(mut audit)) = (&outcome.value, audit) else {
        toolkit::diagnostics(&inputs, &outcome.diagnostics)?;
        return Ok(Status::Failed);
    };
    let root = toolkit::root(catalog)?;
    let starts = walk::starts(&root, &options.paths);
    let files = walk::files(value, &root, &starts, &options.exclude)?;
    let known = Known::new(value);
    let mut reader = Reader::new(&known)?;
    for (path, name) in &files {
        reader.read(path, name)?;
    }
    let mut found = reader.finish();
    rust::read(&known, &files, &starts, &mut found)?;
    found.sort();
    let findings = findings::all(&known, &found, &mut audit, &mut inputs)?;
    for skipped in &found.skipped {
        toolkit::warn(skipped)?;
    }
    let text = match options.format {
        Format::Text => {
            toolkit::findings("coverage", &inputs, &findings)?;
            report::text(&known, &found, &findings)
        }
        Format::Json => report::json(&known, &found, &inputs, &findings)?,
        Format::Markdown => report::markdown(&known, &found, &inputs, &findings),
        Format::Github => codegen::report::github(&inputs, &findings),
        Format::Sarif => codegen::report::sarif_of("coverage", &inputs, &findings),
    };
    toolkit::print(text)?;
    Ok(status(&findings, options.fail_on))
}

fn status(findings: &[Diagnostic], fail_on: FailOn) -> Status {
    let fails = |finding: &Diagnostic| match fail_on {
        FailOn::Error => finding.severity == Severity::Error,
        FailOn::Warn => true,
        FailOn::Never => false,
    };
    if findings.iter().any(fails) {
        Status::Failed
    } else {
        Status::Ok
    }
}
