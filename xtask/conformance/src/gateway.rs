//! Builds, starts and tests the example server.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, ensure};
use serde::Deserialize;

use crate::server::Server;
use crate::terminal::step;
use crate::toolchain;

const MANIFEST: &str = "codegen/examples/gateway/Cargo.toml";
const TARGET: &str = "target/gateway";

/// The longest time that the tests or an example of the server may take, with their build.
const TIMEOUT: Duration = Duration::from_secs(900);

fn cargo(root: &Path, verb: &str) -> Command {
    let mut command = Command::new(toolchain::cargo());
    command
        .current_dir(root)
        .arg(verb)
        .args(["--locked", "--manifest-path", MANIFEST]);
    command.args(["--target-dir", TARGET]);
    command
}

/// A build message of cargo.
#[derive(Deserialize)]
struct Built {
    executable: Option<PathBuf>,
}

/// Builds the server, and returns the path of its program. Progress goes to the terminal.
fn build(root: &Path) -> anyhow::Result<PathBuf> {
    let mut command = cargo(root, "build");
    command.args([
        "--bin",
        "gateway",
        "--message-format=json-render-diagnostics",
    ]);
    let output = command.stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "cargo cannot build {MANIFEST}");
    let messages = String::from_utf8_lossy(&output.stdout);
    let built = messages
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    let mut programs = built.filter_map(|built: Built| built.executable);
    programs.next_back().context("cargo reported no program")
}

/// Builds and starts the server.
pub(crate) fn start(root: &Path, folder: &Path) -> anyhow::Result<Server> {
    let program = step("building the example server", || build(root))?;
    let mut command = Command::new(program);
    command.args(["--port", "0"]);
    Server::start(command, folder, "gateway")
}

/// What the generated crate sends, as JSON: the output of the example `answers`.
pub(crate) fn answers(root: &Path, folder: &Path) -> anyhow::Result<String> {
    let mut command = cargo(root, "run");
    command.args(["--quiet", "--example", "answers"]);
    toolchain::output(command, TIMEOUT, folder, "answers")
}

/// The result of the tests of the server.
pub(crate) enum Tested {
    /// The summary of the load test.
    Passed(String),
    /// The output of the failed tests.
    Failed(String),
}

/// Runs the tests of the server.
pub(crate) fn test(root: &Path, folder: &Path) -> anyhow::Result<Tested> {
    let mut command = cargo(root, "test");
    command.args(["--no-fail-fast", "--", "--show-output"]);
    command.env("RUST_BACKTRACE", "0");
    let ended = toolchain::run(command, TIMEOUT, folder, "load")?;
    if !ended.success {
        return Ok(Tested::Failed(ended.err));
    }
    let mut lines = ended.out.lines();
    let line = lines.find(|line| line.contains("requests at once"));
    let line = line.context("the load test did not run")?;
    Ok(Tested::Passed(line.to_owned()))
}
