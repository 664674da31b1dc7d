//! The costs of the working tree beside those of an earlier commit, measured in the same run, with goals and peers.
//!
//! Instructions are counted by callgrind. Times are those of the processor, the median of five runs in turns; that from
//! a save to finished outputs is a time of the clock. Memory is the peak of the resident set. Whether a goal is reached
//! is printed, and never asserted.

mod crates;
mod peers;
mod program;
pub(crate) mod rows;
mod run_time;
pub(crate) mod sides;

use std::fmt;
use std::fs;
use std::io;
use std::num::NonZero;
use std::thread;
use std::time::Instant;

use crate::consumer::{Package, Workspace, callgrind, table};
use crates::Crates;
use peers::Peer;
use program::Programs;
use rows::{Cost, Row};
use run_time::RunTimes;
use sides::{COMMIT, Sides};

/// Whether peers are measured too.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Peers {
    Measured,
    LeftOut,
}

/// Why nothing can be compared.
#[derive(Debug)]
pub(crate) enum Obstacle {
    Valgrind(callgrind::Missing),
    Git(io::Error),
    Commit,
    CheckOut,
    Folder(io::Error),
}

impl fmt::Display for Obstacle {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Valgrind(missing) => write!(formatter, "{missing}"),
            Self::Git(error) => write!(
                formatter,
                "git, which gets commit {COMMIT} to compare with, cannot be started: {error}"
            ),
            Self::Commit => write!(
                formatter,
                "commit {COMMIT}, which the working tree is compared with, is not in this repository: a shallow clone \
                 gets it with `git fetch --unshallow`, a folder without history has to be cloned"
            ),
            Self::CheckOut => write!(formatter, "git cannot check out commit {COMMIT}"),
            Self::Folder(error) => write!(
                formatter,
                "commit {COMMIT} cannot be written below `target/costs`: {error}"
            ),
        }
    }
}

/// What was measured of a row.
pub(crate) struct Figures {
    pub(crate) before: f64,
    pub(crate) now: f64,
    pub(crate) peers: Vec<Peer>,
}

/// Measures rows, and prints their table.
pub(crate) fn print(rows: &[&Row], peers: Peers) -> Result<(), Obstacle> {
    callgrind::find().map_err(Obstacle::Valgrind)?;
    let start = Instant::now();
    let machine = machine();
    let sides = Sides::build()?;
    eprintln!("generating the crates to measure");
    let workspace = Workspace::write("comparison", &packages(rows, &sides, peers));
    let mut programs = Programs::new(&sides, &workspace, peers);
    let mut crates = Crates::new(&workspace, peers);
    let mut run_times = RunTimes::new(&workspace, peers);
    let head = ["what", COMMIT, "now", "ratio", "goal", "", "peers"];
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    for (position, row) in rows.iter().enumerate() {
        eprintln!(
            "{} ({} of {}, after {} s)",
            row.id,
            position + 1,
            rows.len(),
            start.elapsed().as_secs()
        );
        let figures = match row.cost {
            Cost::Program(program) => programs.figures(program),
            Cost::Crate(kind, compiled) => crates.figures(kind, compiled),
            Cost::RunTime(run_time) => run_times.figures(run_time),
        };
        lines.push(line(row, &figures));
    }
    println!("{machine}\n");
    table::print_markdown(&lines);
    Ok(())
}

/// The crates and binaries that the rows need.
fn packages(rows: &[&Row], sides: &Sides, peers: Peers) -> Vec<Package> {
    let mut packages = crates::packages(rows, sides, peers);
    packages.extend(run_time::packages(rows, sides, peers));
    packages.extend(program::packages(rows, peers));
    packages
}

fn line(row: &Row, figures: &Figures) -> Vec<String> {
    let Figures { before, now, peers } = figures;
    let verdict = if row.goal.is_reached(*before, *now) {
        "reached"
    } else {
        "missed"
    };
    let peers = peers.iter().map(|peer| peer.show(row.unit));
    vec![
        row.what.to_owned(),
        row.unit.show(*before),
        row.unit.show(*now),
        format!("{:.2}", now / before),
        row.goal.show(row.unit),
        verdict.to_owned(),
        peers.collect::<Vec<_>>().join("; "),
    ]
}

/// When and where the table is measured.
fn machine() -> String {
    let today = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let (arch, os) = (std::env::consts::ARCH, std::env::consts::OS);
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let mut names = info.lines().filter(|line| line.starts_with("model name"));
    let name = names.next().and_then(|line| line.split_once(": "));
    let name = name.map_or("", |(_, name)| name);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default();
    format!(
        "Measured on {today}, {os} on {arch}, {processors} processors ({name}), load {load} at the beginning."
    )
}

/// The one in the middle.
fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
