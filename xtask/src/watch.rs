//! `watch`: writes the outputs whenever the catalog is saved.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use codegen::{Catalog, Inputs};
use fs_err as fs;

use crate::cli::Paths;
use crate::disk::Outputs;
use crate::project::Reading;
use crate::status::Status;
use crate::{project, terminal};

/// The interval between two looks at the files.
const INTERVAL: Duration = Duration::from_millis(200);
/// A save changes files several times. A run begins after this time without changes.
const QUIET: Duration = Duration::from_millis(100);
/// A run begins after this time even if there are more changes.
const PATIENCE: Duration = Duration::from_secs(1);

/// Runs until the process is stopped. Fails if the first run has an I/O error; later ones are only reported, since
/// the next save may fix them.
pub(crate) fn run(paths: &Paths) -> anyhow::Result<Status> {
    // Fixed, so that no other catalog is used while the file is missing.
    let paths = &Paths {
        catalog: Some(project::catalog_file(paths)?),
        out: paths.out.clone(),
    };
    let mut last: Option<Run> = None;
    loop {
        // Files saved after this point are read again.
        let folders = folders(paths, last.as_ref().map(|last| &last.reading))?;
        let before = states(&folders);
        let next = step(paths, last)?;
        let are_all = self::folders(paths, Some(&next.reading))? == folders;
        last = Some(next);
        if are_all {
            wait(&folders, before);
        }
    }
}

/// The last catalog, and the result of its run.
struct Run {
    reading: Reading,
    state: State,
}

#[derive(PartialEq, Eq)]
enum State {
    /// There is nothing to do until the catalog changes.
    Settled,
    /// The run failed for another reason than the catalog, and may succeed now.
    Blocked,
    /// The catalog cannot be read, for this reason.
    Unreadable(String),
}

/// Runs if there is something to do. The outputs of a run may cause events as well.
fn step(paths: &Paths, last: Option<Run>) -> anyhow::Result<Run> {
    let start = Instant::now();
    match (project::reading(paths), last) {
        (Ok(reading), None) => {
            let state = pass(paths, &reading.inputs, start)?;
            Ok(Run { reading, state })
        }
        (Ok(reading), Some(last)) => {
            let is_settled = last.state == State::Settled;
            if is_settled && contents(&last.reading.inputs).eq(contents(&reading.inputs)) {
                let state = State::Settled;
                return Ok(Run { reading, state });
            }
            let state = pass(paths, &reading.inputs, start).unwrap_or_else(|error| {
                terminal::error(error);
                State::Blocked
            });
            Ok(Run { reading, state })
        }
        (Err(error), None) => Err(error),
        (Err(error), Some(last)) => {
            let state = State::Unreadable(format!("{error:#}"));
            if last.state != state {
                terminal::clear()?;
                terminal::error(error);
            }
            Ok(Run { state, ..last })
        }
    }
}

/// The names and contents of all files of a catalog.
fn contents(inputs: &Inputs) -> impl Iterator<Item = (&str, &str)> {
    let sources = inputs.sources().iter().chain(inputs.lock());
    sources.map(|source| (source.name(), source.text()))
}

/// Runs once, and prints a summary.
fn pass(paths: &Paths, inputs: &Inputs, start: Instant) -> anyhow::Result<State> {
    terminal::clear()?;
    let outcome = codegen::compile(inputs);
    let findings = terminal::count(&outcome.diagnostics);
    terminal::diagnostics(inputs, &outcome.diagnostics)?;
    let (state, what) = match outcome.value {
        None => (State::Settled, format!("{findings}: nothing was written")),
        Some(catalog) => match write(paths, inputs, &catalog)? {
            Ok(counts) => (State::Settled, counts),
            Err(reasons) => {
                reasons.iter().for_each(terminal::error);
                (State::Blocked, "nothing was written".to_owned())
            }
        },
    };
    let milliseconds = start.elapsed().as_millis();
    terminal::print(format_args!(
        "{what}, in {milliseconds} ms; waiting for the next save\n"
    ))?;
    Ok(state)
}

/// Writes the outputs. The result is a summary, or the reasons why nothing was written.
fn write(
    paths: &Paths,
    inputs: &Inputs,
    catalog: &Catalog,
) -> anyhow::Result<Result<String, Vec<String>>> {
    let outputs = match Outputs::render(project::output_root(paths)?, catalog)? {
        Ok(outputs) => outputs,
        Err(reasons) => return Ok(Err(reasons)),
    };
    let comparison = outputs.compare()?;
    comparison.warnings().try_for_each(terminal::warn)?;
    let obstacles = comparison.obstacles();
    if !obstacles.is_empty() {
        return Ok(Err(obstacles));
    }
    project::remove_leftovers(paths, inputs)?;
    outputs.write(&comparison)?;
    let (written, removed) = comparison.counts(|_| true);
    let current = comparison.current.len();
    Ok(Ok(format!(
        "{written} written, {current} unchanged, {removed} removed"
    )))
}

/// The folders of the catalog. Folders are watched instead of files, since editors replace files.
fn folders(paths: &Paths, last: Option<&Reading>) -> anyhow::Result<BTreeSet<PathBuf>> {
    let sources = last.map_or(&[][..], |last| last.inputs.sources());
    let sources = sources.iter().map(|source| PathBuf::from(source.name()));
    let catalog = project::catalog_file(paths)?;
    let of_files = std::iter::once(catalog).chain(sources);
    let of_files = of_files.filter_map(|file| match file.parent()? {
        here if here == Path::new("") => Some(PathBuf::from(".")),
        folder => Some(folder.to_owned()),
    });
    let searched = last.map(|last| &last.folders).into_iter().flatten();
    Ok(of_files.chain(searched.cloned()).collect())
}

/// When each file changed, and its size; `None` for a link without a target.
type States = BTreeMap<PathBuf, Option<(SystemTime, u64)>>;

/// The states of all files in the folders, and of the targets of links. A missing folder has no files.
fn states(folders: &BTreeSet<PathBuf>) -> States {
    let entries = folders
        .iter()
        .filter_map(|folder| fs::read_dir(folder).ok());
    let files = entries
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()));
    let states = files.map(|file| {
        let metadata = fs::metadata(&file).ok();
        let state = metadata.and_then(|data| Some((data.modified().ok()?, data.len())));
        (file, state)
    });
    states.collect()
}

/// Waits for a change since `before`, and then for a time without changes.
fn wait(folders: &BTreeSet<PathBuf>, before: States) {
    while states(folders) == before {
        thread::sleep(INTERVAL);
    }
    let start = Instant::now();
    let mut last = before;
    while start.elapsed() < PATIENCE {
        let now = states(folders);
        if now == last {
            return;
        }
        last = now;
        thread::sleep(QUIET);
    }
}
