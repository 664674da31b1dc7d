//! `watch`: writes the outputs whenever the catalog is saved.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use anyhow::Context;
use codegen::{Catalog, Diagnostic, Inputs, Outcome};
use fs_err as fs;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::cli::Paths;
use crate::disk::{Keep, Outputs, Seen};
use crate::project::Reading;
use crate::status::Status;
use crate::{project, terminal};

/// A save causes several events, a few milliseconds apart. It is over after this time without events. Meanwhile a run
/// makes what it will write; if the catalog changes again, it starts over.
const QUIET: Duration = Duration::from_millis(20);
/// A run begins after this time without events, since the first event may be that of an emptied file.
const PAUSE: Duration = Duration::from_millis(2);
/// A save is taken to be over after this time, even if there are more events.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often a run starts over. A catalog that goes on changing is written then.
const MOST_DRAFTS: usize = 5;
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
    let mut seen = Seen::default();
    loop {
        let folders = folders(paths, last.as_ref().map(|last| &last.reading))?;
        // Files saved before this point are read below.
        let all_watched = watch(&mut watcher, &folders);
        let next = step(paths, last, &events, &mut seen)?;
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
fn step(
    paths: &Paths,
    last: Option<Run>,
    events: &Receiver<()>,
    seen: &mut Seen,
) -> anyhow::Result<Run> {
    let start = Instant::now();
    let mut reading = project::reading(paths);
    let mut draft = Draft::of(paths, &reading, last.as_ref(), seen);
    let mut begun = start;
    for _ in 1..MOST_DRAFTS {
        let Some(changed) = changed(paths, &reading, events, begun) else {
            break;
        };
        begun = Instant::now();
        reading = changed;
        if let Some(draft) = draft {
            draft.discard();
        }
        draft = Draft::of(paths, &reading, last.as_ref(), seen);
    }
    match (reading, last) {
        (Ok(reading), last) => {
            let state = match draft {
                None => Ok(State::Settled),
                Some(draft) => draft.finish(paths, &reading.inputs, start),
            };
            let state = match state {
                Err(error) if last.is_some() => {
                    terminal::error(error);
                    State::Blocked
                }
                state => state?,
            };
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

/// Waits until a save is over, with the time of the last known event. The result is the catalog if it was changed since
/// it was read.
fn changed(
    paths: &Paths,
    reading: &anyhow::Result<Reading>,
    events: &Receiver<()>,
    mut last_event: Instant,
) -> Option<anyhow::Result<Reading>> {
    let start = Instant::now();
    while start.elapsed() < PATIENCE
        && let rest = QUIET.saturating_sub(last_event.elapsed())
        && events.recv_timeout(rest).is_ok()
    {
        pause(events);
        last_event = Instant::now();
        let now = project::reading(paths);
        let is_same = match (reading, &now) {
            (Ok(before), Ok(now)) => is_same(before, now),
            (Err(before), Err(now)) => format!("{before:#}") == format!("{now:#}"),
            _ => false,
        };
        if !is_same {
            return Some(now);
        }
    }
    None
}

fn is_same(before: &Reading, now: &Reading) -> bool {
    contents(&before.inputs).eq(contents(&now.inputs))
}

/// The names and contents of all files of a catalog.
fn contents(inputs: &Inputs) -> impl Iterator<Item = (&str, &str)> {
    let sources = inputs.sources().iter().chain(inputs.templates());
    let sources = sources.chain(inputs.lock());
    sources.map(|source| (source.name(), source.text()))
}

/// What a run will print and write, once the save is over.
struct Draft {
    catalog: Option<Catalog>,
    diagnostics: Vec<Diagnostic>,
    /// The outputs, the reasons why they cannot be written, or an I/O error; nothing without a catalog.
    outputs: Option<anyhow::Result<Result<Outputs, Vec<String>>>>,
}

impl Draft {
    /// Nothing if the catalog cannot be read, or if the outputs are those of this catalog.
    fn of(
        paths: &Paths,
        reading: &anyhow::Result<Reading>,
        last: Option<&Run>,
        seen: &mut Seen,
    ) -> Option<Self> {
        let reading = reading.as_ref().ok()?;
        let is_done = last
            .is_some_and(|last| last.state == State::Settled && is_same(&last.reading, reading));
        (!is_done).then(|| Self::make(paths, &reading.inputs, seen))
    }

    fn make(paths: &Paths, inputs: &Inputs, seen: &mut Seen) -> Self {
        let Outcome { value, diagnostics } = codegen::compile(inputs);
        let outputs = value.as_ref().map(|catalog| {
            seen.begin_run();
            Outputs::render(project::output_root(paths)?, catalog, Keep::Staged, seen)
        });
        Self {
            catalog: value,
            diagnostics,
            outputs,
        }
    }

    /// Prints and writes it, and prints a summary.
    fn finish(self, paths: &Paths, inputs: &Inputs, start: Instant) -> anyhow::Result<State> {
        terminal::clear()?;
        let findings = terminal::count(&self.diagnostics);
        terminal::diagnostics(inputs, &self.diagnostics)?;
        let (state, what) = match self.outputs {
            None => (State::Settled, format!("{findings}: nothing was written")),
            Some(outputs) => match write(paths, inputs, outputs?)? {
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
        // It takes a while to drop a large one.
        drop(self.catalog);
        Ok(state)
    }

    fn discard(self) {
        if let Some(Ok(Ok(outputs))) = self.outputs {
            outputs.discard();
        }
    }
}

/// Writes the outputs. The result is a summary, or the reasons why nothing was written.
fn write(
    paths: &Paths,
    inputs: &Inputs,
    outputs: Result<Outputs, Vec<String>>,
) -> anyhow::Result<Result<String, Vec<String>>> {
    let mut outputs = match outputs {
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

/// Waits for an event, at most for `limit`.
fn wait(events: &Receiver<()>, limit: Option<Duration>) {
    // The sender lives as long as the watcher.
    let _ = match limit {
        Some(limit) => events.recv_timeout(limit).ok(),
        None => events.recv().ok(),
    };
    pause(events);
}

/// Waits for a short time without events.
fn pause(events: &Receiver<()>) {
    let start = Instant::now();
    while start.elapsed() < QUIET && events.recv_timeout(PAUSE).is_ok() {}
}
