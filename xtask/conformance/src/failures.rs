//! Clients whose requests and streams fail, and the tables of `docs/clients.md`.

mod answers;
mod drivers;
mod on_gateway;
mod streams;
mod tables;

use std::path::Path;

use fs_err as fs;

use crate::check::Check;
use crate::cli::WriteOptions;
use crate::environment::{self, Environment, Environments};
use crate::model::Language;
use crate::page::{self, Table};
use crate::status::Status;
use crate::terminal::{self, step};
use crate::{catalogs, gateway};

use answers::Answers;
use drivers::{CLIENTS, Report};

pub(crate) use on_gateway::check as check_on_gateway;

/// The page with the tables.
const PAGE: &str = "docs/clients.md";

/// The command that writes the tables.
const COMMAND: &str = "cargo conformance clients --write";

/// The folder for installations and logs.
const FOLDER: &str = "target/conformance";

/// Runs only this part, and updates the page on request.
pub(crate) fn run(options: &WriteOptions) -> anyhow::Result<Status> {
    let root = catalogs::find_root()?;
    let folder = root.join(FOLDER);
    fs::create_dir_all(&folder)?;
    let environments = Language::ALL.map(|language| {
        let tool = environment::find_tool(language)?;
        step(
            &format!("installing the dependencies for {}", language.name()),
            || Environment::install(language, &tool, &root, &folder),
        )
    });
    let environments = environments.into_iter().collect::<anyhow::Result<_>>()?;
    let failures = Failures::observe(&Environments(environments), &root, &folder)?;
    let tables = failures.tables();
    terminal::print(tables.each_ref().map(|table| &*table.text).join("\n"))?;
    let status = page::compare(&root.join(PAGE), &tables, options.write, COMMAND)?;
    let swallowed = failures.swallowed();
    for fault in &swallowed {
        terminal::error(fault);
    }
    Ok(if swallowed.is_empty() {
        status
    } else {
        Status::Failed
    })
}

/// The checks of the suite: each client reports an error, and the page is up to date.
pub(crate) fn check(
    environments: &Environments,
    root: &Path,
    folder: &Path,
) -> anyhow::Result<Vec<Check>> {
    let failures = Failures::observe(environments, root, folder)?;
    let tables = failures.tables();
    terminal::print(tables.each_ref().map(|table| &*table.text).join("\n"))?;
    let page = fs::read_to_string(root.join(PAGE))?;
    let is_stale = page::with_tables(&page, &tables)? != page;
    let stale = is_stale.then(|| format!("a table is stale: update it with `{COMMAND}`"));
    let mut checks = vec![Check::new("tables of clients", PAGE, stale)];
    checks.extend(failures.reports.iter().map(|report| {
        let fault = Failures::swallowed_by(report);
        Check::new("errors in streams", &*report.client, fault)
    }));
    Ok(checks)
}

/// What each client made of each failure.
struct Failures {
    answers: Answers,
    reports: Vec<Report>,
}

impl Failures {
    fn observe(environments: &Environments, root: &Path, folder: &Path) -> anyhow::Result<Self> {
        let print = || gateway::answers(root, folder);
        let printed = step("building the answers of the generated crate", print)?;
        let answers = Answers::parse(&printed)?;
        let file = folder.join("answers.json");
        fs::write(&file, printed)?;
        let what = format!(
            "failing the requests and streams of {} clients",
            CLIENTS.len()
        );
        let reports = step(&what, || {
            drivers::run(&answers, &file, environments, folder)
        })?;
        Ok(Self { answers, reports })
    }

    fn tables(&self) -> [Table; 2] {
        [
            tables::streams(&self.answers, &self.reports),
            tables::responses(&self.answers, &self.reports),
        ]
    }

    /// The fault of a client that takes the event for a normal end.
    fn swallowed_by(report: &Report) -> Option<String> {
        let is_swallowed = report.seen("event").is_none();
        is_swallowed.then(|| format!("{} takes the event for a normal end", report.client))
    }

    fn swallowed(&self) -> Vec<String> {
        let reports = self.reports.iter();
        reports.filter_map(Self::swallowed_by).collect()
    }
}
