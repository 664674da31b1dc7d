//! A row of the table of `docs/evolution.md` that holds our verdicts beside those of others.

use std::ops::Range;

/// What the section with the table is called on the page.
pub(crate) const HEADING: &str = "## What other tools say\n";

/// The lines above the rows.
pub(crate) const HEAD: &str = "\
| Change | Rules | Level | Version | cargo-semver-checks | oasdiff | oasdiff, `closed` | Why they differ |
| --- | --- | --- | --- | --- | --- | --- | --- |
";

/// The verdicts on a change. Those of other tools begin with the word for how much it weighs, and name
/// their rules behind it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) change: String,
    /// Our rules, in backticks.
    pub(crate) rules: String,
    /// How much it weighs for clients, and the version it calls for.
    pub(crate) level: String,
    pub(crate) version: String,
    /// What is said of the crate: `major`, `minor` or `none`.
    pub(crate) semver_checks: String,
    /// What is said of the OpenAPI documents, as they are by default and with `closed`: `error`, `warning`,
    /// `info` or `none`.
    pub(crate) documents: [String; 2],
    pub(crate) why: String,
}

impl Row {
    /// The row as the page has it.
    pub(crate) fn line(&self) -> String {
        let [open, closed] = &self.documents;
        format!(
            "| {} | {} | {} | {} | {} | {open} | {closed} | {} |\n",
            self.change, self.rules, self.level, self.version, self.semver_checks, self.why
        )
    }

    /// Whether somebody says something else than we do.
    pub(crate) fn is_disputed(&self) -> bool {
        let number = match weight(&self.semver_checks) {
            "none" => "patch",
            number => number,
        };
        let mut levels = self.documents.iter().map(|verdict| match weight(verdict) {
            "error" => "breaking",
            "warning" => "risky",
            _ => "safe",
        });
        number != self.version || levels.any(|level| level != self.level)
    }
}

fn weight(verdict: &str) -> &str {
    verdict.split_once(':').map_or(verdict, |(word, _)| word)
}

/// Where the table stands on the page.
pub(crate) fn place(page: &str) -> Option<Range<usize>> {
    let section = page.find(HEADING)?;
    let start = section + page[section..].find("\n|")? + 1;
    let length = page[start..].find("\n\n")? + 1;
    Some(start..start + length)
}
