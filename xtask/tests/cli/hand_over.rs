//! Verbs that another program runs. `cargo conformance --only adoption` runs those that an xtask is built without.

#![cfg(unix)]

use std::os::unix::fs::PermissionsExt as _;

use crate::project::{Project, Run, SMALL, xtask};

const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The lock of a workspace with the package as a member.
const MEMBER: &str =
    "version = 4\n\n[[package]]\nname = \"error-catalog-audit\"\nversion = \"0.1.0\"\n";

/// A program that writes its arguments to the file `calls`, one in a line, and ends with 3.
fn recorder(project: &Project, path: &str, version: &str) {
    let calls = project.path("calls");
    let script = format!(
        "#!/bin/sh\nif [ \"$1\" = --version ]; then echo error-catalog-audit {version}; exit; fi\n\
         printf '%s\\n' \"$@\" > '{}'\nexit 3\n",
        calls.display()
    );
    project.write(path, script);
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(project.path(path), mode).expect("a program");
}

fn run(project: &Project, folder: &str, arguments: &str) -> Run {
    let mut command = xtask(arguments);
    command.env(
        "PATH",
        format!("{}:/bin:/usr/bin", project.path("bin").display()),
    );
    command.env("CARGO", project.path("bin/cargo"));
    Run::of(command.current_dir(project.path(folder)))
}

fn calls(project: &Project) -> Vec<String> {
    project.read("calls").lines().map(str::to_owned).collect()
}

#[test]
fn both_verbs_are_in_the_help() {
    let project = Project::empty();
    let help = project.run("--help").exits_with(0);
    help.prints(
        "  live-check  Check recorded exchanges, or those of a test suite, against the catalog",
    )
    .prints("  coverage    Show where the source code emits each code, and which tests name it");
}

#[test]
fn cargo_builds_the_program_of_the_workspace() {
    let project = Project::with_catalog(SMALL);
    project.write("Cargo.lock", MEMBER);
    project.write("server/src/lib.rs", "");
    recorder(&project, "bin/cargo", VERSION);
    recorder(&project, "bin/error-catalog-audit", VERSION);
    run(&project, "server/src", "coverage --format json .")
        .exits_with(3)
        .says_nothing();
    let manifest = std::fs::canonicalize(project.path("")).expect("the folder");
    let manifest = manifest.join("Cargo.toml").display().to_string();
    let cargo = [
        "run",
        "--quiet",
        "--release",
        "--package",
        "error-catalog-audit",
    ];
    let rest = [
        "--manifest-path",
        &manifest,
        "--",
        "coverage",
        "--format",
        "json",
        ".",
    ];
    assert_eq!(calls(&project), [&cargo[..], &rest[..]].concat());
}

#[test]
fn all_arguments_are_handed_over() {
    let project = Project::with_catalog(SMALL);
    recorder(&project, "bin/error-catalog-audit", VERSION);
    for (arguments, expected) in [
        ("coverage", &["coverage"][..]),
        ("coverage --help", &["coverage", "--help"]),
        ("coverage -h", &["coverage", "-h"]),
        (
            "live-check --to http://127.0.0.1:4000 -- npm test --help",
            &[
                "live-check",
                "--to",
                "http://127.0.0.1:4000",
                "--",
                "npm",
                "test",
                "--help",
            ],
        ),
        (
            "live-check a.har --fail-on never -",
            &["live-check", "a.har", "--fail-on", "never", "-"],
        ),
        (
            "coverage --catalog catalog/catalog.yaml src",
            &["coverage", "--catalog", "catalog/catalog.yaml", "src"],
        ),
        (
            "--catalog catalog/catalog.yaml coverage --exclude x",
            &[
                "coverage",
                "--catalog",
                "catalog/catalog.yaml",
                "--exclude",
                "x",
            ],
        ),
        (
            "coverage src --catalog catalog/catalog.yaml",
            &["coverage", "src", "--catalog", "catalog/catalog.yaml"],
        ),
    ] {
        run(&project, "", arguments).exits_with(3);
        assert_eq!(calls(&project), expected, "{arguments}");
    }
}

#[test]
fn a_package_of_a_registry_is_not_run_by_cargo() {
    let project = Project::with_catalog(SMALL);
    let source = "source = \"registry+https://github.com/rust-lang/crates.io-index\"\n";
    project.write("Cargo.lock", format!("{MEMBER}{source}"));
    recorder(&project, "bin/error-catalog-audit", VERSION);
    run(&project, "", "coverage").exits_with(3);
    assert_eq!(calls(&project), ["coverage"]);
}

#[test]
fn without_the_program_the_message_has_the_command_to_install_it() {
    let project = Project::with_catalog(SMALL);
    let install = format!("`cargo install --locked error-catalog-audit@{VERSION}`");
    for verb in ["coverage", "live-check a.har"] {
        run(&project, "", verb).exits_with(2).says(&format!(
            "error-catalog-audit is not installed: get it with {install}"
        ));
    }
    recorder(&project, "bin/error-catalog-audit", "0.0.1");
    run(&project, "", "coverage").exits_with(2).says(&format!(
        "expected error-catalog-audit {VERSION}, found `0.0.1`: get it with {install}"
    ));
    assert!(!project.exists("calls"));
}

#[test]
fn a_folder_for_outputs_is_refused() {
    let project = Project::with_catalog(SMALL);
    run(&project, "", "coverage --out out/my")
        .exits_with(2)
        .says("`coverage` writes no outputs: remove --out");
}
