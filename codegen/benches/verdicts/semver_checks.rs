//! cargo-semver-checks, which compares crates.

use std::path::PathBuf;
use std::process::{Command, Output};

use crate::outputs;

/// Its lints change from version to version, and the table with them.
const VERSION: &str = "0.51.0";

/// Fails where it is not installed, or is of another version.
pub(crate) fn find() -> Result<(), String> {
    let how = format!("get it with `cargo install --locked cargo-semver-checks@{VERSION}`");
    let output = command().arg("--version").output();
    let said =
        output.map_err(|error| format!("cargo-semver-checks cannot be run: {error}; {how}"))?;
    let said = String::from_utf8_lossy(&said.stdout).trim().to_owned();
    match said.split(' ').next_back() {
        Some(VERSION) => Ok(()),
        _ => Err(format!(
            "cargo-semver-checks {VERSION} is needed, and not `{said}`: {how}"
        )),
    }
}

fn command() -> Command {
    let mut command = Command::new("cargo-semver-checks");
    command.arg("semver-checks");
    command
}

/// What it says of the crate before and after: the number of the version that has to change, and its lints.
pub(crate) fn verdict([before, after]: [PathBuf; 2]) -> Result<String, String> {
    let output = command()
        .args(["check-release", "--color", "never", "--default-features"])
        .arg("--baseline-root")
        .arg(before)
        .arg("--manifest-path")
        .arg(after.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", outputs::folder().join("target"))
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .output();
    let output = output.map_err(|error| format!("cargo-semver-checks cannot be run: {error}"))?;
    read(&output).ok_or_else(|| {
        let said = String::from_utf8_lossy(&output.stderr);
        format!("cargo-semver-checks ended with {}:\n{said}", output.status)
    })
}

/// The verdict in what it printed: each lint that fails has a line of its own, and the last lines sum them up.
fn read(output: &Output) -> Option<String> {
    let (found, told) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    let summary = "Summary ";
    let summary = told
        .lines()
        .find_map(|line| line.trim().strip_prefix(summary))?;
    let number = match summary.strip_prefix("semver requires new ") {
        Some(rest) => rest.split(' ').next()?,
        None if summary.starts_with("no semver update required") => "none",
        None => return None,
    };
    let mut lints: Vec<String> = found
        .lines()
        .filter_map(|line| line.strip_prefix("--- failure ")?.split(':').next())
        .map(|lint| format!("`{lint}`"))
        .collect();
    lints.sort_unstable();
    match (number, lints.is_empty()) {
        ("none", true) => Some(number.to_owned()),
        ("major" | "minor", false) => Some(format!("{number}: {}", lints.join(", "))),
        _ => None,
    }
}
