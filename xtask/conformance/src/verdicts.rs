//! `verdicts`: compares our verdicts on catalog changes with those of cargo-semver-checks and oasdiff.

mod changes;
mod oasdiff;
mod outputs;
mod semver_checks;
mod table;

use std::fmt::Write as _;
use std::path::Path;

use fs_err as fs;

use crate::cli::WriteOptions;
use crate::page::{self, Table};
use crate::status::Status;
use crate::{catalogs, terminal};

use changes::{CHANGES, Change};
use oasdiff::Oasdiff;
use table::Row;

/// The page with the table.
const PAGE: &str = "docs/evolution.md";

/// The folder for outputs and installations.
const FOLDER: &str = "target/conformance/verdicts";

pub(crate) fn run(options: &WriteOptions) -> anyhow::Result<Status> {
    let root = catalogs::find_root()?;
    let table = table(&root.join(FOLDER))?;
    terminal::print(&table)?;
    let table = Table {
        heading: table::HEADING,
        text: table,
    };
    let command = "cargo conformance verdicts --write";
    page::compare(&root.join(PAGE), &[table], options.write, command)
}

/// The table with all changes.
fn table(folder: &Path) -> anyhow::Result<String> {
    semver_checks::find()?;
    fs::create_dir_all(folder)?;
    let oasdiff = Oasdiff::install(folder)?;
    let mut table = table::HEAD.to_owned();
    for (position, change) in CHANGES.iter().enumerate() {
        let title = change.title;
        terminal::progress(format_args!(
            "{} of {}: {title}",
            position + 1,
            CHANGES.len()
        ))?;
        let row = row(change, &oasdiff, folder)?;
        if row.is_disputed() && row.why.is_empty() {
            terminal::progress(format_args!("{title}: explain why the verdicts differ"))?;
        } else if !row.is_disputed() && !row.why.is_empty() {
            terminal::progress(format_args!(
                "{title}: remove the explanation, the verdicts agree"
            ))?;
        }
        // Writing to a string cannot fail.
        let _ = write!(table, "{}", row.line());
    }
    Ok(table)
}

fn row(change: &Change, oasdiff: &Oasdiff<'_>, folder: &Path) -> anyhow::Result<Row> {
    let [rules, level, version] = change.verdict();
    let catalogs = change.catalogs();
    let documents = |catalogs: &_| outputs::documents(catalogs, folder);
    let semver_checks = semver_checks::verdict(outputs::crates(&catalogs, folder)?, folder)?;
    let open = oasdiff.verdict(&documents(&catalogs)?)?;
    let closed = oasdiff.verdict(&documents(&outputs::closed(&catalogs))?)?;
    Ok(Row {
        change: change.title.to_owned(),
        rules,
        level,
        version,
        semver_checks,
        documents: [open, closed],
        why: change.why.to_owned(),
    })
}
