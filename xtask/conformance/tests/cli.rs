//! The command line checks for tools and requests before it builds or downloads anything.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const CATALOG: &str = "catalog/catalog.yaml";
const GUIDE: &str = "docs/gateway.md";

/// The sample catalog and the guide in a temporary folder.
struct Project(TempDir);

impl Project {
    fn new() -> Self {
        let project = Self(tempfile::tempdir().expect("a temporary folder"));
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        for file in [CATALOG, GUIDE] {
            let copy = project.0.path().join(file);
            fs::create_dir_all(copy.parent().expect("a folder")).expect("a new folder");
            fs::copy(root.join(file), copy).expect("a copy");
        }
        project
    }

    /// Replaces the only occurrence of `from` in the catalog.
    fn edit_catalog(&self, from: &str, to: &str) {
        let file = self.0.path().join(CATALOG);
        let text = fs::read_to_string(&file).expect("the catalog");
        assert_eq!(text.matches(from).count(), 1, "{from}");
        fs::write(file, text.replace(from, to)).expect("the edited catalog");
    }

    fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_conformance"));
        command.args(arguments.split_whitespace());
        command.current_dir(self.0.path());
        command
    }

    /// Runs without any program in PATH.
    fn run_without_tools(&self, arguments: &str) -> Output {
        let mut command = self.command(arguments);
        command.env("PATH", self.0.path().join("no/programs"));
        command.output().expect("a run")
    }
}

#[track_caller]
fn assert_fails(output: &Output, code: i32, message: &str) {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{stderr}");
    assert!(stderr.contains(message), "no `{message}` in {stderr}");
}

#[test]
fn the_message_about_a_missing_tool_has_the_command_to_install_it() {
    let project = Project::new();
    for (part, tool) in [
        ("curl", "curl"),
        ("openai-python", "python3"),
        ("langchain-openai", "python3"),
        ("anthropic-python", "python3"),
        ("google-genai", "python3"),
        ("openai-node", "node"),
        ("ai-sdk", "node"),
        ("anthropic-node", "node"),
        ("editor", "node"),
        // The guide on OpenAPI uses tools of both languages.
        ("openapi-documents", "python3"),
        ("openapi-typescript", "python3"),
        ("openapi-python-client", "python3"),
        ("progenitor", "python3"),
        ("schemathesis", "python3"),
        ("generators", "java"),
        ("growth", "valgrind"),
        ("docs", "python3"),
    ] {
        let output = project.run_without_tools(&format!("--only {part}"));
        let message = format!("{tool} is not installed: get it with `apt-get install");
        assert_fails(&output, 2, &message);
    }
    // Each part is named with all that it misses.
    let output = project.run_without_tools("--only curl,docs,growth");
    for message in [
        "these parts did not run:\n  curl: curl is not installed",
        "  docs: python3 is not installed",
        "  docs: chromium is not installed",
        "  growth: valgrind is not installed",
    ] {
        assert_fails(&output, 2, message);
    }
    let output = project.run_without_tools("--only fuzz");
    let message =
        "a nightly toolchain is not installed: get it with `rustup toolchain install nightly";
    assert_fails(&output, 2, message);
    let output = project.run_without_tools("verdicts");
    let message = "get it with `cargo install --locked cargo-semver-checks@";
    assert_fails(&output, 2, message);
}

#[test]
fn options_of_the_suite_do_not_fit_verdicts() {
    let output = Project::new().run_without_tools("--only curl verdicts");
    assert_fails(&output, 2, "cannot be used with");
}

#[test]
fn a_code_without_a_request_is_an_error() {
    let project = Project::new();
    project.edit_catalog(
        "codes:\n",
        "codes:\n  new_code: { type: auth_error, meaning: New, fix: Nothing }\n",
    );
    let output = project.command("--only curl").output().expect("a run");
    assert_fails(&output, 2, "docs/gateway.md has no request for new_code");
}

#[test]
fn an_invalid_catalog_is_reported_first() {
    let project = Project::new();
    project.edit_catalog("fix: Rotate\n", "fixx: Rotate\n");
    let output = project.command("").output().expect("a run");
    assert_fails(&output, 1, "error[unknown-key]");
}
