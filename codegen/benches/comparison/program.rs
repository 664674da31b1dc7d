//! What the program costs as a whole, with all outputs.

use std::fs;
use std::io::{BufRead as _, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::consumer::{Package, Workspace, callgrind, usage};
use crate::pipeline::catalogs;

use super::peers::Typify;
use super::rows::{Cost, Program, Row};
use super::sides::{GENERATE, Side, Sides, generate};
use super::{Figures, Peers, median, peers};

const CODES: usize = 10_000;
const CODES_WATCHED: usize = 1_000;
/// How often the watched catalog is saved.
const SAVES: usize = 9;
/// A program waits for saves only after its last line.
const PAUSE: Duration = Duration::from_millis(300);

/// The binaries of peers that the rows need.
pub(crate) fn packages(rows: &[&Row], peers: Peers) -> Option<Package> {
    let is_beside = |row: &&Row| matches!(row.cost, Cost::Program(Program::Gen | Program::Memory));
    (peers == Peers::Measured && rows.iter().any(is_beside)).then(Typify::package)
}

/// The programs, each with a folder.
pub(crate) struct Programs<'a> {
    sides: &'a Sides,
    workspace: &'a Workspace,
    peers: Peers,
    folder: tempfile::TempDir,
}

impl<'a> Programs<'a> {
    pub(crate) fn new(sides: &'a Sides, workspace: &'a Workspace, peers: Peers) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self {
            sides,
            workspace,
            peers,
            folder,
        }
    }

    pub(crate) fn figures(&mut self, program: Program) -> Figures {
        let [before, now] = match program {
            Program::Gen => both(|side| {
                self.remove_outputs(side);
                self.instructions(side, &GENERATE)
            }),
            Program::GenUnchanged => both(|side| {
                usage::of(&generate(self.sides.program(side), &self.folder(side)));
                self.instructions(side, &GENERATE)
            }),
            Program::Check => {
                both(|side| self.instructions(side, &["check", "--catalog", "catalog.yaml"]))
            }
            Program::Memory => both(|side| {
                self.remove_outputs(side);
                usage::of(&generate(self.sides.program(side), &self.folder(side))).bytes
            }),
            Program::Watch => self.watch(),
        };
        let is_measured = self.peers == Peers::Measured;
        let peers = match program {
            Program::Gen if is_measured => {
                let typify = Typify::of(self.workspace, CODES);
                vec![peers::WEAVER_INSTRUCTIONS, typify.instructions()]
            }
            Program::Memory if is_measured => {
                let typify = Typify::of(self.workspace, CODES);
                let openapi_generator = peers::openapi_generator(self.workspace, CODES);
                vec![peers::WEAVER_MEMORY, typify.memory(), openapi_generator]
            }
            _ => Vec::new(),
        };
        Figures { before, now, peers }
    }

    /// The folder of a side, with a catalog in it.
    fn folder(&self, side: Side) -> PathBuf {
        let folder = self.folder.path().join(side.name());
        let catalog = folder.join("catalog.yaml");
        if !catalog.exists() {
            fs::create_dir_all(&folder).expect("a folder");
            fs::write(catalog, catalogs::catalog(CODES)).expect("a file");
        }
        folder
    }

    fn remove_outputs(&self, side: Side) {
        let outputs = self.folder(side).join("out");
        if outputs.exists() {
            fs::remove_dir_all(outputs).expect("outputs can be removed");
        }
    }

    fn instructions(&self, side: Side, arguments: &[&str]) -> f64 {
        let folder = self.folder(side);
        let profile = folder.join("profile");
        let mut command = callgrind::command(self.sides.program(side), &profile);
        command.args(arguments).current_dir(folder);
        command.stdout(Stdio::null());
        assert!(command.status().expect("valgrind starts").success());
        callgrind::total(&profile)
    }

    /// The milliseconds from a save, which changes one code, to finished outputs. Both sides take turns.
    fn watch(&self) -> [f64; 2] {
        let mut watchers = Side::ALL.map(|side| {
            let folder = self.folder.path().join("watched").join(side.name());
            Watcher::start(self.sides.program(side), &folder)
        });
        let mut times = [const { Vec::new() }; 2];
        for save in 0..SAVES {
            for (watcher, times) in watchers.iter_mut().zip(&mut times) {
                times.push(watcher.save(save));
            }
        }
        for watcher in watchers {
            watcher.end();
        }
        times.map(median)
    }
}

/// What both sides take, at the same time.
fn both(measure: impl Fn(Side) -> f64 + Sync) -> [f64; 2] {
    thread::scope(|scope| {
        let measure = &measure;
        let sides = Side::ALL.map(|side| scope.spawn(move || measure(side)));
        sides.map(|side| side.join().expect("a side is measured"))
    })
}

/// A program that watches a catalog.
struct Watcher {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    catalog: PathBuf,
    text: String,
}

impl Watcher {
    fn start(program: &Path, folder: &Path) -> Self {
        fs::create_dir_all(folder).expect("a new folder");
        let catalog = folder.join("catalog.yaml");
        let text = catalogs::catalog(CODES_WATCHED);
        fs::write(&catalog, &text).expect("a file");
        let mut child = Command::new(program)
            .args(["watch", "--catalog", "catalog.yaml", "--out", "out"])
            .current_dir(folder)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let output = child.stdout.take().expect("its output is read");
        let mut watcher = Self {
            child,
            lines: BufReader::new(output).lines(),
            catalog,
            text,
        };
        watcher.wait();
        watcher
    }

    /// Waits for the end of a pass.
    fn wait(&mut self) {
        let mut lines = self
            .lines
            .by_ref()
            .map(|line| line.expect("the program prints text"));
        assert!(lines.any(|line| line.contains("waiting for the next save")));
    }

    fn save(&mut self, number: usize) -> f64 {
        let case = format!("In case {number}, look at");
        let changed = self.text.replacen("Look at", &case, 1);
        thread::sleep(PAUSE);
        let start = Instant::now();
        fs::write(&self.catalog, changed).expect("a file");
        self.wait();
        start.elapsed().as_secs_f64() * 1e3
    }

    fn end(mut self) {
        self.child.kill().expect("the program runs");
        self.child.wait().expect("the program ends");
    }
}
