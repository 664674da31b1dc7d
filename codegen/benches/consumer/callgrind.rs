//! Instructions, counted by callgrind: they hardly differ from run to run, whatever else the machine does.

use std::fmt;
use std::fs;
use std::path::Path;
use std::process::Command;

/// There is no valgrind here.
#[derive(Debug)]
pub(crate) struct Missing;

impl fmt::Display for Missing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(
            "valgrind, which counts instructions, is missing: get it with `apt-get install valgrind`, or from your \
             system",
        )
    }
}

/// Finds valgrind.
pub(crate) fn find() -> Result<(), Missing> {
    let valgrind = Command::new("valgrind").arg("--version").output();
    match valgrind {
        Ok(output) if output.status.success() => Ok(()),
        _ => Err(Missing),
    }
}

/// A command that runs a program and counts its instructions in a profile. The program's arguments are to be added.
pub(crate) fn command(program: &Path, profile: &Path) -> Command {
    let mut command = Command::new("valgrind");
    command
        .args(["--quiet", "--tool=callgrind"])
        .arg(format!("--callgrind-out-file={}", profile.display()))
        .arg(program);
    command
}

/// The instructions of a profile.
pub(crate) fn total(profile: &Path) -> f64 {
    let profile = fs::read_to_string(profile).expect("callgrind writes a profile");
    let mut lines = profile.lines();
    let total = lines.find_map(|line| line.strip_prefix("totals: "));
    total
        .and_then(|total| total.trim().parse().ok())
        .expect("a profile has a total")
}
