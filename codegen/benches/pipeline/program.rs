//! What the program costs as a whole, with 10,000 codes and all outputs, beside what it cost at commit 13f4828 and what it
//! should cost.
//!
//! Instructions are counted by callgrind. They hardly vary with the machine, so those of the earlier commit and of the
//! peers are recorded here, with the day on which they were counted.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::{catalogs, table};

/// The argument with which this bench runs another command and prints its peak memory.
const PEAK: &str = "--peak";
const CODES: usize = 10_000;
const CODES_WATCHED: usize = 1_000;
/// How often the watched catalog is saved. The median counts.
const SAVES: usize = 9;

/// What is measured: its name, the unit, what it was at 13f4828, the ratio to reach, and peers.
type Row = (&'static str, &'static str, f64, f64, &'static str);

/// Counted on 2026-11-30, side by side with the program of that day.
const ROWS: [Row; 4] = [
    (
        "gen, first run",
        "M instructions",
        FIRST,
        0.25,
        "weaver 4,078, of which 2 outputs (recorded)",
    ),
    ("gen, nothing changed", "M instructions", AGAIN, 0.25, ""),
    ("check", "M instructions", CHECK, 0.35, ""),
    (
        "gen, peak memory",
        "MB",
        MEMORY,
        0.4,
        "weaver 140, openapi-generator 387 (recorded)",
    ),
];
const FIRST: f64 = 14_284.0;
const AGAIN: f64 = 14_181.0;
const CHECK: f64 = 1_832.0;
const MEMORY: f64 = 378.0;
/// The longest time from a save to finished outputs, in milliseconds.
const SAVED: f64 = 60.0;

/// Runs the rest of the arguments as a command if they begin with [`PEAK`], and prints the peak of its memory in bytes.
pub(crate) fn is_peak() -> bool {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_none_or(|first| first != PEAK) {
        return false;
    }
    let program = arguments.next().expect("a program");
    let mut command = Command::new(program);
    command.args(arguments).stdout(Stdio::null());
    assert!(command.status().expect("the program starts").success());
    println!("{}", peak());
    true
}

#[cfg(target_os = "linux")]
fn peak() -> i64 {
    use nix::sys::resource::{UsageWho, getrusage};

    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("a process knows its children");
    usage.max_rss() * 1024
}

#[cfg(not(target_os = "linux"))]
fn peak() -> i64 {
    0
}

/// Prints the table.
pub(crate) fn print() {
    let valgrind = Command::new("valgrind").arg("--version").output();
    if !valgrind.is_ok_and(|output| output.status.success()) {
        println!("There is no valgrind here: the costs of the program are not counted.\n");
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = Runs {
        program: build(),
        folder: folder.path().to_owned(),
    };
    let catalog = run.folder.join("catalog.yaml");
    fs::write(&catalog, catalogs::catalog(CODES)).expect("a file");
    let memory = run.peak();
    let now = [
        run.instructions("gen"),
        run.instructions("gen"),
        run.instructions("check"),
        memory,
    ];
    let mut rows = vec![
        ["", "unit", "13f4828", "now", "ratio", "goal", "", "peers"]
            .map(str::to_owned)
            .to_vec(),
    ];
    for ((name, unit, before, goal, peers), now) in ROWS.into_iter().zip(now) {
        let ratio = now / before;
        rows.push(vec![
            name.to_owned(),
            unit.to_owned(),
            table::figure(before),
            table::figure(now),
            table::figure(ratio),
            table::figure(goal),
            verdict(ratio <= goal).to_owned(),
            peers.to_owned(),
        ]);
    }
    let saved = run.watch();
    rows.push(vec![
        format!("save to outputs in watch, {CODES_WATCHED} codes"),
        "ms".to_owned(),
        String::new(),
        table::figure(saved),
        String::new(),
        table::figure(SAVED),
        verdict(saved <= SAVED).to_owned(),
        String::new(),
    ]);
    table::print(&rows);
    println!();
}

const fn verdict(is_reached: bool) -> &'static str {
    if is_reached { "reached" } else { "missed" }
}

/// Builds the program, and returns its path.
fn build() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let target = root.join("target");
    let status = Command::new(env!("CARGO"))
        .args([
            "build",
            "--release",
            "--quiet",
            "--package",
            "error-catalog",
        ])
        .arg("--target-dir")
        .arg(&target)
        .current_dir(&root)
        .status();
    assert!(status.expect("cargo starts").success());
    target.join("release/cargo-error-catalog")
}

struct Runs {
    program: PathBuf,
    folder: PathBuf,
}

impl Runs {
    /// The millions of instructions of a verb.
    fn instructions(&self, verb: &str) -> f64 {
        let profile = self.folder.join("profile");
        let mut command = Command::new("valgrind");
        command
            .args(["--quiet", "--tool=callgrind"])
            .arg(format!("--callgrind-out-file={}", profile.display()))
            .arg(&self.program);
        self.run(command, verb);
        let profile = fs::read_to_string(profile).expect("callgrind writes a profile");
        let mut lines = profile.lines();
        let total = lines.find_map(|line| line.strip_prefix("totals: "));
        let total: f64 = total
            .and_then(|total| total.trim().parse().ok())
            .expect("a profile has a total");
        total / 1e6
    }

    /// The peak memory of a first `gen`, in megabytes. Its outputs are removed.
    fn peak(&self) -> f64 {
        let this = std::env::current_exe().expect("the bench knows where it is");
        let mut command = Command::new(this);
        command.arg(PEAK).arg(&self.program);
        let bytes: f64 = self
            .run(command, "gen")
            .trim()
            .parse()
            .expect("the bench prints a number");
        fs::remove_dir_all(self.folder.join("out")).expect("there are outputs");
        bytes / 1e6
    }

    fn run(&self, mut command: Command, verb: &str) -> String {
        command.arg(verb).args(["--catalog", "catalog.yaml"]);
        if verb == "gen" {
            command.args(["--out", "out"]);
        }
        let output = command.current_dir(&self.folder).output();
        let output = output.expect("the program starts");
        assert!(output.status.success(), "{command:?} fails");
        String::from_utf8(output.stdout).expect("the program prints text")
    }

    /// The milliseconds from a save, which changes one code, to finished outputs.
    fn watch(&self) -> f64 {
        let folder = self.folder.join("watched");
        fs::create_dir(&folder).expect("a new folder");
        let catalog = folder.join("catalog.yaml");
        let text = catalogs::catalog(CODES_WATCHED);
        fs::write(&catalog, &text).expect("a file");
        let mut child = Command::new(&self.program)
            .args(["watch", "--catalog", "catalog.yaml", "--out", "out"])
            .current_dir(&folder)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let output = child.stdout.take().expect("its output is read");
        let mut lines = BufReader::new(output).lines();
        let mut wait = || {
            let mut lines = lines
                .by_ref()
                .map(|line| line.expect("the program prints text"));
            assert!(lines.any(|line| line.contains("waiting for the next save")));
        };
        wait();
        let mut times = Vec::new();
        for save in 0..SAVES {
            let changed = text.replacen("Look at", &format!("In case {save}, look at"), 1);
            // The program waits for saves only after its last line.
            std::thread::sleep(std::time::Duration::from_millis(300));
            let start = Instant::now();
            fs::write(&catalog, changed).expect("a file");
            wait();
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
        child.kill().expect("the program runs");
        child.wait().expect("the program ends");
        times.sort_by(f64::total_cmp);
        times[SAVES / 2]
    }
}
