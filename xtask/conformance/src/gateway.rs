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
    /// The line that the load test prints.
    Passed(String),
    /// The output of the failed tests.
    Failed(String),
}

/// What the tests that failed printed: the sections `failures` of the programs of tests.
fn failures(out: &str) -> String {
    let programs = out.split("\nrunning ");
    let failed = programs.filter(|program| program.contains("test result: FAILED"));
    let sections = failed.filter_map(|program| Some(program.split_once("\nfailures:\n")?.1));
    sections.collect::<Vec<_>>().join("\n")
}

/// Runs the tests of the server.
pub(crate) fn test(root: &Path, folder: &Path) -> anyhow::Result<Tested> {
    let mut command = cargo(root, "test");
    command.args(["--no-fail-fast", "--", "--show-output"]);
    tested(command, folder, "requests at once")
}

/// Runs the load test of the server, optimised, with the proxy of this program and without it.
pub(crate) fn test_through(program: &Path, root: &Path, folder: &Path) -> anyhow::Result<Tested> {
    let mut command = cargo(root, "test");
    command.args(["--release", "--test", "load", "--", "--show-output"]);
    command.env("GATEWAY_PROXY", program);
    tested(command, folder, "through the proxy")
}

/// Runs tests. One of them prints a line with this text.
fn tested(mut command: Command, folder: &Path, text: &str) -> anyhow::Result<Tested> {
    command.env("RUST_BACKTRACE", "0");
    let ended = toolchain::run(command, TIMEOUT, folder, "load")?;
    if !ended.success {
        let failures = failures(&ended.out);
        return Ok(Tested::Failed(format!("{}\n{failures}", ended.err)));
    }
    let mut lines = ended.out.lines();
    let line = lines.find(|line| line.contains(text));
    let line = line.context("the load test did not run")?;
    Ok(Tested::Passed(line.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::failures;

    #[test]
    fn failures_show_what_a_failed_test_printed() {
        let out = "\nrunning 1 test\ntest a ... ok\n\nsuccesses:\n\ntest result: ok. 1 passed\n\n\nrunning 1 test\n\
                   test b ... FAILED\n\nfailures:\n\n---- b stdout ----\npanicked: 6 answers are wrong\n\nfailures:\n    \
                   b\n\ntest result: FAILED. 0 passed\n\nrunning 0 tests\n\ntest result: ok.\n";
        let shown = failures(out);
        assert!(shown.contains("panicked: 6 answers are wrong"), "{shown}");
        assert!(!shown.contains("test a"), "{shown}");
    }
}
