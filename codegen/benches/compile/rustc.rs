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

/// The variable that names the file into which a compilation notes what it took.
pub(crate) const FIGURES: &str = "CODEGEN_BENCH_FIGURES";

/// What a compilation took.
#[derive(Clone, Copy)]
pub(crate) struct Usage {
    /// The time of all processors, in seconds.
    pub(crate) seconds: f64,
    /// The most memory at a time, in bytes.
    pub(crate) bytes: f64,
}

/// Runs cargo, and tells what the compilation of one crate took.
pub(crate) fn measure(workspace: &Workspace, cargo: &[&str], crate_name: &str) -> Usage {
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
    let figures = fs::read_to_string(&figures).expect("the file was written before");
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
        let Usage { seconds, bytes } = children();
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

/// What the children of this process took that have ended.
#[cfg(unix)]
fn children() -> Usage {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike as _;

    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("a process knows its children");
    let time = usage.user_time() + usage.system_time();
    let unit = if cfg!(target_vendor = "apple") {
        1
    } else {
        1024
    };
    Usage {
        seconds: time.num_microseconds() as f64 / 1e6,
        bytes: (usage.max_rss() * unit) as f64,
    }
}

#[cfg(not(unix))]
fn children() -> Usage {
    panic!("only Unix tells what a child took");
}
