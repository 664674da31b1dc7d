//! What other tools say of changes that this project judges: cargo-semver-checks of the generated crate before
//! and after, oasdiff of the OpenAPI document: `cargo bench -p codegen --bench verdicts`.
//!
//! The table is held against the one of `docs/evolution.md`; with `-- --write` it takes its place.

#![allow(clippy::print_stdout, reason = "a bench prints its table")]
#![allow(
    clippy::print_stderr,
    reason = "a bench that takes minutes says how far it is, and why it cannot go on"
)]

mod changes;
#[path = "../../tests/compat/comparing.rs"]
mod comparing;
mod documents;
mod outputs;
mod outside;
mod semver_checks;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use changes::{CHANGES, Change};
use documents::Oasdiff;
use outside::Row;

const HELP: &str = "\
Asks cargo-semver-checks and oasdiff about representative changes, and compares the verdicts with the table of
docs/evolution.md.

usage: cargo bench -p codegen --bench verdicts -- [--write]

With --write the table is written. Without, the exit code is 1 where it is another.
";

fn main() -> ExitCode {
    let mut write = false;
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            // Cargo passes this to every bench.
            "--bench" => {}
            "--write" => write = true,
            "--help" => {
                print!("{HELP}");
                return ExitCode::SUCCESS;
            }
            _ => {
                eprint!("{argument} is no option.\n\n{HELP}");
                return ExitCode::from(2);
            }
        }
    }
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/evolution.md");
    match table().and_then(|table| compare(&page, &table, write)) {
        Ok(code) => code,
        Err(fault) => {
            eprintln!("error: {fault}");
            ExitCode::from(2)
        }
    }
}

/// Asks about every change.
fn table() -> Result<String, String> {
    semver_checks::find()?;
    let oasdiff = Oasdiff::install()?;
    let mut table = outside::HEAD.to_owned();
    for (position, change) in CHANGES.iter().enumerate() {
        eprintln!("{} of {}: {}", position + 1, CHANGES.len(), change.title);
        let row = row(change, &oasdiff)?;
        if row.is_disputed() == row.why.is_empty() {
            let wrong = if row.is_disputed() {
                "needs a sentence on why the verdicts differ"
            } else {
                "explains verdicts that do not differ"
            };
            eprintln!("{} {wrong}", change.title);
        }
        let _ = write!(table, "{}", row.line());
    }
    Ok(table)
}

fn row(change: &Change, oasdiff: &Oasdiff) -> Result<Row, String> {
    let [rules, level, version] = change.verdict();
    let catalogs = change.catalogs();
    let semver_checks = semver_checks::verdict(outputs::crates(&catalogs)?)?;
    let open = oasdiff.verdict(&outputs::documents(&catalogs)?)?;
    let closed = oasdiff.verdict(&outputs::documents(&outputs::closed(&catalogs))?)?;
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

/// Holds the table against that of the page, or writes it there.
fn compare(page: &Path, table: &str, write: bool) -> Result<ExitCode, String> {
    let fault = |error: std::io::Error| format!("{}: {error}", page.display());
    let text = fs::read_to_string(page).map_err(fault)?;
    let place = outside::place(&text).ok_or("docs/evolution.md has no table of verdicts")?;
    print!("{table}");
    if text[place.clone()] == *table {
        return Ok(ExitCode::SUCCESS);
    }
    if write {
        let (before, after) = (&text[..place.start], &text[place.end..]);
        fs::write(page, format!("{before}{table}{after}")).map_err(fault)?;
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!(
        "docs/evolution.md has another table: read the difference, and write this one with `-- --write`"
    );
    Ok(ExitCode::FAILURE)
}
