//! `traffic`: how fast `live-check` is, beside checks of the strict OpenAPI document in Python.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use fs_err as fs;
use serde::Deserialize;

use crate::audit::{self, Profile};
use crate::cli::TrafficOptions;
use crate::environment::Environment;
use crate::model::Language;
use crate::status::Status;
use crate::terminal::{self, step};
use crate::{catalogs, toolchain};

/// The folder for exchanges and installations.
const FOLDER: &str = "target/conformance/traffic";
/// The longest time that a step may take.
const TIMEOUT: Duration = Duration::from_secs(1_800);
/// The tools of Python, and what they check.
const TOOLS: [(&str, &str); 2] = [
    ("openapi-core", "what the strict document states"),
    ("jsonschema-rs", "the same, by schemas alone"),
];

/// What `measure.py` prints.
#[derive(Deserialize)]
struct Measured {
    code: i32,
    seconds: f64,
    processor: f64,
    kilobytes: f64,
}

/// What `strict_document.py` prints.
#[derive(Deserialize)]
struct Checked {
    exchanges: f64,
    failed: u64,
    example: String,
    seconds: f64,
}

pub(crate) fn run(options: &TrafficOptions) -> anyhow::Result<Status> {
    let root = catalogs::find_root()?;
    let folder = root.join(FOLDER);
    fs::create_dir_all(&folder)?;
    let program = step("building error-catalog-audit", || {
        audit::build(&root, &folder, Profile::Release)
    })?;
    let python = step("installing the dependencies for Python", || {
        Environment::install_drivers("traffic", Language::Python, &root, &folder)
    })?;
    let run = Run {
        root,
        folder,
        python,
    };
    let lines = options.lines;
    let exchanges = step("making the exchanges", || run.make(lines))?;
    let ours = step("live-check", || run.live_check(&program, &exchanges))?;
    let rate = f64_of(lines) / ours.seconds;
    let mut table = String::from(
        "| Tool | Checks | Exchanges | Seconds | Processor | Peak | Per second | Factor |\n| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    // Writing to a string cannot fail.
    let _ = writeln!(
        table,
        "| `live-check` | every rule | {lines} | {:.1} | {:.1} | {:.0} MB | {rate:.0} | |",
        ours.seconds,
        ours.processor,
        ours.kilobytes / 1_000.0
    );
    for (tool, checks) in TOOLS {
        let found = step(tool, || {
            run.strict_document(tool, &exchanges, options.python_lines)
        })?;
        let theirs = found.exchanges / found.seconds;
        let _ = writeln!(
            table,
            "| `{tool}` | {checks} | {} | {:.1} | | | {theirs:.0} | {:.0} |",
            found.exchanges,
            found.seconds,
            rate / theirs
        );
    }
    terminal::print(table)?;
    Ok(Status::Ok)
}

#[expect(clippy::cast_precision_loss, reason = "the numbers of lines are small")]
fn f64_of(lines: u64) -> f64 {
    lines as f64
}

/// The parts of a run.
struct Run {
    root: PathBuf,
    folder: PathBuf,
    python: Environment,
}

impl Run {
    fn driver(&self, name: &str) -> Command {
        let mut command = self.python.python();
        command.arg(self.python.path(name));
        command.current_dir(&self.root);
        command
    }

    /// Makes the exchanges, unless they are there.
    fn make(&self, lines: u64) -> anyhow::Result<PathBuf> {
        let path = self.folder.join(format!("{lines}.jsonl.gz"));
        let mut command = self.driver("make_lines.py");
        command.args(["generated/openapi.json", "generated/errors.json"]);
        command.arg(lines.to_string()).arg(&path);
        toolchain::output(command, TIMEOUT, &self.folder, "make")?;
        Ok(path)
    }

    fn live_check(&self, program: &Path, exchanges: &Path) -> anyhow::Result<Measured> {
        let mut command = self.driver("measure.py");
        command.arg(program).arg("live-check").arg(exchanges);
        let out = toolchain::output(command, TIMEOUT, &self.folder, "live-check")?;
        let measured: Measured = serde_json::from_str(&out)?;
        let report = self.folder.join("live-check.err").display().to_string();
        ensure!(
            measured.code == 0,
            "live-check found something: see {report}"
        );
        Ok(measured)
    }

    fn strict_document(&self, tool: &str, exchanges: &Path, lines: u64) -> anyhow::Result<Checked> {
        let mut command = self.driver("strict_document.py");
        command.arg("generated/openapi-strict.yaml").arg(exchanges);
        command.arg(tool).arg(lines.to_string());
        let out = toolchain::output(command, TIMEOUT, &self.folder, tool)?;
        let checked: Checked = serde_json::from_str(&out).context("the driver prints JSON")?;
        let Checked {
            failed, example, ..
        } = &checked;
        ensure!(
            *failed == 0,
            "{failed} exchanges failed, such as: {example}"
        );
        Ok(checked)
    }
}
