//! The example server: built and tested.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, ensure};
use serde::Deserialize;

use crate::tools;

const MANIFEST: &str = "codegen/examples/gateway/Cargo.toml";
const TARGET: &str = "target/gateway";

/// How long the tests of the server may take, with what they need to be built.
const PATIENCE: Duration = Duration::from_secs(900);

fn cargo(root: &Path, verb: &str) -> Command {
    let mut command = Command::new(tools::cargo());
    command
        .current_dir(root)
        .arg(verb)
        .args(["--locked", "--manifest-path", MANIFEST]);
    command.args(["--target-dir", TARGET]);
    command
}

/// What cargo says of a program that it built.
#[derive(Deserialize)]
struct Built {
    executable: Option<PathBuf>,
}

/// Builds the server, and gives back its program. How it goes is shown on the terminal.
pub(super) fn build(root: &Path) -> anyhow::Result<PathBuf> {
    let mut command = cargo(root, "build");
    command.args([
        "--bin",
        "gateway",
        "--message-format=json-render-diagnostics",
    ]);
    let output = command.stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "cargo cannot build {MANIFEST}");
    let said = String::from_utf8_lossy(&output.stdout);
    let built = said
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    let mut programs = built.filter_map(|built: Built| built.executable);
    programs
        .next_back()
        .context("cargo did not say what it built")
}

/// How the tests of the server went.
pub(super) enum Tested {
    /// What the load test says of itself.
    Passed(String),
    /// What the tests that failed say.
    Failed(String),
}

/// Runs the tests of the server.
pub(super) fn test(root: &Path, folder: &Path) -> anyhow::Result<Tested> {
    let mut command = cargo(root, "test");
    command.args(["--no-fail-fast", "--", "--show-output"]);
    command.env("RUST_BACKTRACE", "0");
    let ended = tools::run(command, PATIENCE, folder, "load")?;
    if !ended.success {
        return Ok(Tested::Failed(ended.err));
    }
    let mut lines = ended.out.lines();
    let line = lines.find(|line| line.contains("requests at once"));
    let line = line.context("the load test did not run")?;
    Ok(Tested::Passed(line.to_owned()))
}
