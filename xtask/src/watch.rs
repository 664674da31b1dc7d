//! `watch`: writes the outputs whenever the catalog is saved.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use anyhow::Context;
use codegen::{Catalog, Inputs};
use fs_err as fs;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::cli::Paths;
use crate::disk::{Keep, Outputs};
use crate::project::Reading;
use crate::status::Status;
use crate::{project, terminal};

/// A save causes several events, a few milliseconds apart. A run begins after this time without events. If it begins in
/// the middle of a slow save, the rest of the save starts another one.
const QUIET: Duration = Duration::from_millis(20);
/// A run begins after this time even if there are more events.
const PATIENCE: Duration = Duration::from_secs(1);
/// The interval between searches for a missing folder.
const MISSING: Duration = Duration::from_millis(500);

/// Runs until the process is stopped. Fails if the first run has an I/O error; later ones are only reported, since
/// the next save may fix them.
pub(crate) fn run(paths: &Paths) -> anyhow::Result<Status> {
    // Fixed, so that no other catalog is used while the file is missing.
    let paths = &Paths {
        catalog: Some(project::catalog_file(paths)?),
        out: paths.out.clone(),
    };
    let (sender, events) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // Reading causes events too, also in this program.
        if !event.is_ok_and(|event| event.kind.is_access()) {
            // Without a receiver, the program is about to end.
            let _ = sender.send(());
        }
    })
    .context("cannot watch folders on this system")?;
    let mut last: Option<Run> = None;
    loop {
        let folders = folders(paths, last.as_ref().map(|last| &last.reading))?;
        // Files saved before this point are read below.
        let all_watched = watch(&mut watcher, &folders);
        let next = step(paths, last)?;
        let are_all = self::folders(paths, Some(&next.reading))? == folders;
        last = Some(next);
        wait(
            &events,
            match (are_all, all_watched) {
                (false, _) => Some(QUIET),
                (true, false) => Some(MISSING),
                (true, true) => None,
            },
        );
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
    let sources = inputs.sources().iter().chain(inputs.templates());
    let sources = sources.chain(inputs.lock());
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
    let root = project::output_root(paths)?;
    let mut outputs = match Outputs::render(root, catalog, Keep::Staged)? {
        Ok(outputs) => outputs,
        Err(reasons) => return Ok(Err(reasons)),
    };
    let comparison = outputs.comparison();
    comparison.warnings().try_for_each(terminal::warn)?;
    let obstacles = comparison.obstacles();
    if !obstacles.is_empty() {
        outputs.discard();
        return Ok(Err(obstacles));
    }
    project::remove_leftovers(paths, inputs)?;
    outputs.write()?;
    let comparison = outputs.comparison();
    let (written, removed) = comparison.counts(|_| true);
    let current = comparison.current.len();
    Ok(Ok(format!(
        "{written} written, {current} unchanged, {removed} removed"
    )))
}

/// The folders of the catalog, including targets of links. Folders are watched instead of files, since editors replace
/// files.
fn folders(paths: &Paths, last: Option<&Reading>) -> anyhow::Result<BTreeSet<PathBuf>> {
    let inputs = last.into_iter().map(|last| &last.inputs);
    let sources = inputs.flat_map(|inputs| inputs.sources().iter().chain(inputs.templates()));
    let sources = sources.map(|source| PathBuf::from(source.name()));
    let catalog = project::catalog_file(paths)?;
    let named: Vec<_> = std::iter::once(catalog).chain(sources).collect();
    let real = named.iter().filter_map(|file| fs::canonicalize(file).ok());
    let files = real.chain(named.iter().cloned());
    let of_files = files.filter_map(|file| match file.parent()? {
        here if here == Path::new("") => Some(PathBuf::from(".")),
        folder => Some(folder.to_owned()),
    });
    let looked_through = last.map(|last| &last.folders).into_iter().flatten();
    Ok(of_files.chain(looked_through.cloned()).collect())
}

/// Watches the folders, and returns whether all exist. Watched folders are watched again, since they may have been
/// replaced.
fn watch(watcher: &mut RecommendedWatcher, folders: &BTreeSet<PathBuf>) -> bool {
    let missing = folders.iter().filter(|folder| {
        let result = watcher.watch(folder, RecursiveMode::NonRecursive);
        result.is_err()
    });
    missing.count() == 0
}

/// Waits for an event, at most for `limit`, and then for a time without events.
fn wait(events: &Receiver<()>, limit: Option<Duration>) {
    // The sender lives as long as the watcher.
    let _ = match limit {
        Some(limit) => events.recv_timeout(limit).ok(),
        None => events.recv().ok(),
    };
    let start = Instant::now();
    while start.elapsed() < PATIENCE && events.recv_timeout(QUIET).is_ok() {}
}
