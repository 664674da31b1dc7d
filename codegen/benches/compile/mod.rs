//! What the generated crate costs those who compile it, beside one of thiserror, strum and serde:
//! `cargo bench -p error-catalog-codegen -- compile`, or for some sizes only `… -- compile 16 1000`.
//!
//! Processor time and peak memory are those of the compiler process that makes the crate itself; what
//! it depends on was compiled before. The least of several runs counts.

pub(crate) mod packages;
pub(crate) mod rustc;

use std::fs::{self, File};
use std::path::Path;
use std::time::SystemTime;

use crate::consumer::usage::Usage;
use crate::consumer::{self, Workspace, table};
use packages::{EMPTY, Kind, WARM_UP};

/// The sizes to measure, if none are asked for. At 10,000 the peer takes about five minutes, and more than 4 GB of
/// memory.
const SIZES: [usize; 3] = [16, 1_000, 10_000];

/// Prints the tables of some sizes.
pub(crate) fn print(sizes: &[usize]) {
    let sizes = if sizes.is_empty() { &SIZES } else { sizes };
    let workspace = packages::workspace(sizes);
    eprintln!("compiling what the crates depend on");
    for kind in Kind::ALL {
        figures(&workspace, kind, WARM_UP);
    }
    for size in sizes {
        table::print(&measure(&workspace, *size));
    }
}

/// What was measured of a crate, in the order of the rows.
type Figures = [f64; ROWS.len()];

const ROWS: [&str; 6] = [
    "check, seconds of processor",
    "check, MB at the peak",
    "release, seconds of processor",
    "release, MB at the peak",
    "added to a stripped binary, kB",
    "the same, times the texts",
];

/// The table of a size.
fn measure(workspace: &Workspace, size: usize) -> Vec<Vec<String>> {
    let rounds = match size {
        1..=100 => 5,
        101..=1_000 => 3,
        _ => 1,
    };
    let mut least = [[f64::INFINITY; ROWS.len()]; Kind::ALL.len()];
    for round in 1..=rounds {
        for (kind, least) in Kind::ALL.into_iter().zip(&mut least) {
            let package = kind.package(size);
            eprintln!("compiling {package}, round {round} of {rounds}");
            let figures = figures(workspace, kind, size);
            *least = std::array::from_fn(|row| least[row].min(figures[row]));
        }
    }
    let heading = format!("{} codes", table::thousands(size));
    let mut heading = vec![heading];
    for kind in Kind::ALL {
        heading.push(kind.name().to_owned());
        if !matches!(kind, Kind::Ours) {
            heading.push("times ours".to_owned());
        }
    }
    heading.push("target".to_owned());
    let mut rows = vec![heading];
    let [ours, repeated, picked, different, peer] = least;
    for (row, title) in ROWS.into_iter().enumerate() {
        let times = |figures: Figures| figures[row] / ours[row];
        let mut cells = vec![format!("  {title}"), table::figure(ours[row])];
        for figures in [repeated, picked, different, peer] {
            cells.extend([figures[row], times(figures)].map(table::figure));
        }
        let are_cheap = times(repeated) <= 3.0 && times(picked) <= 3.0;
        let (target, is_met) = match (row, size) {
            (0, 1_000) => (
                "repeated and picked at most 3, peer at least 20",
                are_cheap && times(peer) >= 20.0,
            ),
            (0, 10_000) => (
                "repeated and picked at most 3, peer at least 50",
                are_cheap && times(peer) >= 50.0,
            ),
            (1, 1_000..) => ("repeated and picked at most 3", are_cheap),
            (5, 1_000..) => ("ours at most 1.5", ours[row] <= 1.5),
            _ => ("", true),
        };
        cells.push(target.to_owned());
        if !is_met {
            cells.push("missed".to_owned());
        }
        rows.push(cells);
    }
    rows.push(Vec::new());
    rows
}

fn figures(workspace: &Workspace, kind: Kind, size: usize) -> Figures {
    let probe = kind.probe(size);
    let package = kind.package(size);
    let check = compile(workspace, &package, &probe, CHECK);
    let release = compile(workspace, &package, &probe, RELEASE);
    let added = added(workspace, &probe);
    [
        check.seconds,
        check.bytes / 1e6,
        release.seconds,
        release.bytes / 1e6,
        added / 1e3,
        added / texts(size),
    ]
}

/// The commands that are measured.
pub(crate) const CHECK: &[&str] = &["check"];
pub(crate) const RELEASE: &[&str] = &["build", "--release"];

/// What the compilation of a crate takes when cargo builds a binary that uses it. What it depends on takes nothing.
pub(crate) fn compile(
    workspace: &Workspace,
    package: &str,
    probe: &str,
    command: &[&str],
) -> Usage {
    touch(&workspace.path(&format!("{package}/src/lib.rs")));
    rustc::measure(
        workspace,
        &of_probe(command, probe),
        &package.replace('-', "_"),
    )
}

fn of_probe<'a>(command: &[&'a str], probe: &'a str) -> Vec<&'a str> {
    let packages = ["--quiet", "--package", probe, "--package", EMPTY];
    command.iter().copied().chain(packages).collect()
}

/// The bytes that the binary of a release build has beyond one without errors.
pub(crate) fn added(workspace: &Workspace, probe: &str) -> f64 {
    rustc::call(workspace, &of_probe(RELEASE, probe));
    length(&workspace.binary(probe)) - length(&workspace.binary(EMPTY))
}

/// How long the names, messages, meanings and fixes are, in bytes: what no crate can do without.
pub(crate) fn texts(size: usize) -> f64 {
    let catalog = consumer::catalog("texts", size);
    let texts = catalog.codes.iter().flat_map(|code| {
        [
            &code.names.wire,
            &code.plain_message,
            &code.meaning,
            &code.fix,
        ]
    });
    texts.map(String::len).sum::<usize>() as f64
}

/// Makes a file look new, so that cargo compiles its crate.
fn touch(path: &Path) {
    File::options()
        .append(true)
        .open(path)
        .and_then(|file| file.set_modified(SystemTime::now()))
        .expect("the workspace is written");
}

fn length(path: &Path) -> f64 {
    let metadata = fs::metadata(path).expect("cargo has built it");
    metadata.len() as f64
}
