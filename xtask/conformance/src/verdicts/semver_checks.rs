//! cargo-semver-checks, which compares crates.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, bail};

use crate::toolchain::{self, Ended};

/// The lints, and with them the table, change with each version.
const VERSION: &str = "0.51.0";

/// The longest time that a comparison may take.
const TIMEOUT: Duration = Duration::from_secs(300);

/// Fails if the program is not installed or has another version.
pub(super) fn find() -> anyhow::Result<()> {
    let how = format!("get it with `cargo install --locked cargo-semver-checks@{VERSION}`");
    let output = command().arg("--version").output();
    let output = output.with_context(|| format!("cargo-semver-checks is not installed: {how}"))?;
    let found = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if found.split(' ').next_back() != Some(VERSION) {
        bail!("cargo-semver-checks {VERSION} is needed, found `{found}`: {how}");
    }
    Ok(())
}

fn command() -> Command {
    let mut command = Command::new("cargo-semver-checks");
    command.arg("semver-checks");
    command
}

/// The verdict on the crates before and after: the required part of the version, and the lints.
pub(super) fn verdict([before, after]: [PathBuf; 2], folder: &Path) -> anyhow::Result<String> {
    let mut command = command();
    command
        .args(["check-release", "--color", "never", "--default-features"])
        .arg("--baseline-root")
        .arg(before)
        .arg("--manifest-path")
        .arg(after.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    let ended = toolchain::run(command, TIMEOUT, folder, "semver-checks")?;
    read(&ended).with_context(|| {
        let code = ended.code;
        format!("cargo-semver-checks ended with {code:?}:\n{}", ended.err)
    })
}

/// The verdict in the output: each failed lint has a line in stdout, and stderr ends with a summary.
fn read(ended: &Ended) -> Option<String> {
    let summary = "Summary ";
    let summary = ended
        .err
        .lines()
        .find_map(|line| line.trim().strip_prefix(summary))?;
    let number = match summary.strip_prefix("semver requires new ") {
        Some(rest) => rest.split(' ').next()?,
        None if summary.starts_with("no semver update required") => "none",
        None => return None,
    };
    let mut lints: Vec<String> = ended
        .out
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
