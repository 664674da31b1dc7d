//! The processor time and the memory of a command.

use std::process::{Command, ExitCode, Stdio};

/// The argument with which this bench runs another command and prints its usage.
const RUN: &str = "--usage";

/// What a command took.
#[derive(Clone, Copy)]
pub(crate) struct Usage {
    /// The time of all processors, in seconds.
    pub(crate) seconds: f64,
    /// The most memory at a time, in bytes.
    pub(crate) bytes: f64,
}

/// Runs a command, and tells what it took. It has a process of its own around it, because the peak memory of children
/// is that of the largest there ever was.
pub(crate) fn of(command: &Command) -> Usage {
    let this = std::env::current_exe().expect("the bench knows where it is");
    let mut around = Command::new(this);
    around
        .arg(RUN)
        .arg(command.get_program())
        .args(command.get_args())
        .stderr(Stdio::inherit());
    if let Some(folder) = command.get_current_dir() {
        around.current_dir(folder);
    }
    let output = around.output().expect("the bench starts");
    assert!(output.status.success(), "{command:?} fails");
    let output = String::from_utf8(output.stdout).expect("numbers are text");
    let usage = output.trim().split_once(' ').and_then(|(seconds, bytes)| {
        Some(Usage {
            seconds: seconds.parse().ok()?,
            bytes: bytes.parse().ok()?,
        })
    });
    usage.expect("the bench prints numbers")
}

/// If the arguments ask for it, runs the rest of them as a command and prints what it took.
pub(crate) fn run() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    arguments.next().filter(|first| first == RUN)?;
    let mut command = Command::new(arguments.next()?);
    let status = command.args(arguments).stdout(Stdio::null()).status();
    let Usage { seconds, bytes } = children();
    println!("{seconds} {bytes}");
    Some(if status.expect("the command starts").success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// What the children of this process took that have ended.
#[cfg(unix)]
pub(crate) fn children() -> Usage {
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
pub(crate) fn children() -> Usage {
    panic!("only Unix tells what a child took");
}
