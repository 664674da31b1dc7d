//! The command that a person is told to run: the one that started the tool.

use crate::project::{Project, Run, SMALL, xtask};

/// Starts the tool as cargo does for its subcommand.
fn subcommand(project: &Project, arguments: &str) -> Run {
    let mut command = xtask(&format!("error-catalog {arguments}"));
    command.env_remove("CARGO_PKG_NAME");
    Run::of(command.current_dir(project.path("")))
}

#[test]
fn messages_name_the_command_that_started_the_tool() {
    let project = Project::with_catalog(SMALL);
    let cases = [
        ("gen --check", "run `cargo error-catalog gen` and commit"),
        ("explain nope", "`cargo error-catalog list` shows the codes"),
        (
            "new some_code --type nope",
            "`cargo error-catalog list` shows",
        ),
    ];
    for (arguments, expected) in cases {
        let run = subcommand(&project, arguments);
        let printed = format!("{}{}", run.stdout, run.stderr);
        assert!(printed.contains(expected), "{run:#?}");
        assert!(!run.stderr.contains("cargo xtask"), "{run:#?}");
    }
    let run = project.run("explain nope").exits_with(2);
    assert!(run.stderr.contains("`cargo xtask list`"), "{run:#?}");
}

#[test]
fn diagnostics_name_the_command_that_started_the_tool() {
    let project = Project::with_catalog(SMALL);
    project.run("release 0.1.0").exits_with(0);
    let text = project.read("catalog/catalog.yaml");
    project.write(
        "catalog/catalog.yaml",
        text.replace("version: 0.1.0", "version: 9.9.9"),
    );
    for arguments in ["check", "check --format github", "check --format json"] {
        let run = subcommand(&project, arguments);
        let printed = format!("{}{}", run.stdout, run.stderr);
        assert!(
            printed.contains("`cargo error-catalog release`"),
            "{run:#?}"
        );
    }
}

#[test]
fn files_name_the_alias_whatever_started_the_tool() {
    let project = Project::with_catalog(SMALL);
    project.run("gen").exits_with(0);
    let run = subcommand(&project, "gen --check").exits_with(0);
    assert!(run.stdout.ends_with("current\n"), "{run:#?}");
}
