//! `watch`: writes the outputs anew each time that the catalog is saved.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use anyhow::Context;
use codegen::{Catalog, Inputs, Source};
use fs_err as fs;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::cli::Paths;
use crate::disk::Outputs;
use crate::project::Reading;
use crate::status::Status;
use crate::{project, terminal};

/// One save makes several events: a run begins when there was none for so long.
const QUIET: Duration = Duration::from_millis(100);
/// In a folder where it is never quiet, a run begins after so long.
const PATIENCE: Duration = Duration::from_secs(1);
/// So often a folder is looked for that is not there.
const MISSING: Duration = Duration::from_millis(500);

/// Runs until it is stopped from outside. Each file is replaced in one step, so none is torn then.
///
/// # Errors
///
/// Fails where the first run cannot do its work. Later faults of the machine are shown only: the next
/// save may mend them.
pub(crate) fn run(paths: &Paths) -> anyhow::Result<Status> {
    let paths = &project::with_explicit_catalog(paths)?;
    let (sender, events) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // Reading makes events too, those of this very program among them.
        if !event.is_ok_and(|event| event.kind.is_access()) {
            // Nobody listens only where the program is about to end.
            let _ = sender.send(());
        }
    })
    .context("this system cannot watch folders")?;
    let mut last: Option<Run> = None;
    loop {
        let folders = folders(paths, last.as_ref().map(|last| &last.reading))?;
        // What is saved before its folder is watched is read below.
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

/// What was read last, and what came of it.
struct Run {
    reading: Reading,
    state: State,
}

#[derive(PartialEq, Eq)]
enum State {
    /// There is nothing to do until the catalog says something else.
    Settled,
    /// Something other than the catalog is at fault, and may be mended by now.
    Blocked,
    /// The catalog could not be read, for this reason.
    Unreadable(String),
}

/// Runs if there is something to do: what a run writes beside the catalog makes events as well.
fn step(paths: &Paths, last: Option<Run>) -> anyhow::Result<Run> {
    let start = Instant::now();
    match (project::reading(paths), last) {
        (Ok(reading), None) => {
            let state = pass(paths, &reading.inputs, start)?;
            Ok(Run { reading, state })
        }
        (Ok(reading), Some(last)) => {
            let is_settled = last.state == State::Settled;
            if is_settled && say_the_same(&last.reading.inputs, &reading.inputs) {
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

fn say_the_same(last: &Inputs, next: &Inputs) -> bool {
    let said = |source: &Source| (source.name().to_owned(), source.text().to_owned());
    let all = |inputs: &Inputs| -> Vec<(String, String)> {
        let sources = inputs.sources().iter().chain(inputs.lock());
        sources.map(said).collect()
    };
    all(last) == all(next)
}

/// One run, and a line about it.
fn pass(paths: &Paths, inputs: &Inputs, start: Instant) -> anyhow::Result<State> {
    terminal::clear()?;
    let outcome = codegen::compile(inputs);
    let findings = terminal::count(&outcome.diagnostics);
    terminal::diagnostics(inputs, &outcome.diagnostics)?;
    let (state, what) = match outcome.value {
        None => (State::Settled, format!("{findings}: nothing was written")),
        Some(catalog) => match write(paths, &catalog)? {
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
fn write(paths: &Paths, catalog: &Catalog) -> anyhow::Result<Result<String, Vec<String>>> {
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
    outputs.write(&comparison)?;
    let (written, removed) = comparison.counts(|_| true);
    let current = comparison.current.len();
    Ok(Ok(format!(
        "{written} written, {current} unchanged, {removed} removed"
    )))
}

/// The folders whose files make the catalog, or may. Editors replace files, so these are watched and not
/// the files; also those that links lead to.
fn folders(paths: &Paths, last: Option<&Reading>) -> anyhow::Result<BTreeSet<PathBuf>> {
    let sources = last.map_or(&[][..], |last| last.inputs.sources());
    let sources = sources.iter().map(|source| PathBuf::from(source.name()));
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

/// Watches folders. Those that are watched are watched again: one of the same name may be another by now.
/// Whether all are there.
fn watch(watcher: &mut RecommendedWatcher, folders: &BTreeSet<PathBuf>) -> bool {
    let missing = folders.iter().filter(|folder| {
        let result = watcher.watch(folder, RecursiveMode::NonRecursive);
        result.is_err()
    });
    missing.count() == 0
}

/// Waits until something has changed, where there is a limit no longer than that, and until nothing more does.
fn wait(events: &Receiver<()>, limit: Option<Duration>) {
    // The sender lives as long as the watcher, so there is always something to wait for.
    let _ = match limit {
        Some(limit) => events.recv_timeout(limit).ok(),
        None => events.recv().ok(),
    };
    let start = Instant::now();
    while start.elapsed() < PATIENCE && events.recv_timeout(QUIET).is_ok() {}
}
