//! The compiler, measured: for the crates of the workspace, cargo calls this bench in place of it.
//!
//! Each compilation has a process of its own around it, because the peak memory of children is that
//! of the largest there ever was.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, ExitCode};

use crate::consumer::Workspace;
use crate::consumer::usage::{self, Usage};

/// The variable that names the file into which a compilation notes what it took.
pub(crate) const FIGURES: &str = "CODEGEN_BENCH_FIGURES";

/// Runs cargo, and tells what the compilation of one crate took.
pub(crate) fn measure(workspace: &Workspace, cargo: &[&str], crate_name: &str) -> Usage {
    let figures = call(workspace, cargo);
    let of_crate = |line: &str| {
        let mut words = line.split(' ');
        let name = words.next();
        let mut number = || words.next()?.parse().ok();
        Some(Usage {
            seconds: number()?,
            bytes: number()?,
        })
        .filter(|_| name == Some(crate_name))
    };
    let usage = figures.lines().find_map(of_crate);
    usage.unwrap_or_else(|| panic!("cargo {cargo:?} has not compiled {crate_name}"))
}

/// Runs cargo, and gives a line for each compilation.
pub(crate) fn call(workspace: &Workspace, cargo: &[&str]) -> String {
    let this = std::env::current_exe().expect("the bench knows where it is");
    let figures = workspace.path("figures.txt");
    fs::write(&figures, "").expect("the workspace can be written to");
    workspace.cargo(
        cargo,
        &[
            ("RUSTC_WORKSPACE_WRAPPER", &this),
            (FIGURES, &figures),
            ("CARGO_PROFILE_RELEASE_STRIP", Path::new("symbols")),
        ],
    );
    fs::read_to_string(&figures).expect("the file was written before")
}

/// Runs the compiler as cargo wants it, and notes what it took.
pub(crate) fn run(figures: &Path) -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let compiler = arguments.next().expect("cargo names the compiler");
    let arguments: Vec<OsString> = arguments.collect();
    let status = Command::new(compiler)
        .args(&arguments)
        .status()
        .expect("the compiler can be started");
    let flag = arguments.iter().position(|flag| flag == "--crate-name");
    if let Some(name) = flag.and_then(|flag| arguments.get(flag + 1)) {
        let Usage { seconds, bytes } = usage::children();
        let line = format!("{} {seconds} {bytes}\n", name.display());
        File::options()
            .append(true)
            .open(figures)
            .and_then(|mut file| file.write_all(line.as_bytes()))
            .expect("the figures can be noted");
    }
    if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
