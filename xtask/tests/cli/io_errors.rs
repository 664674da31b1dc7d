//! Exit codes: 1 for errors in the catalog, 2 for usage and I/O errors.

use crate::project::{CATALOG, Project, SMALL, xtask};

#[test]
fn with_an_error_in_the_catalog_nothing_is_written_at_all() {
    let project = Project::generated();
    project.edit_catalog("fix: Rotate\n", "fixx: Rotate\n");
    let before = project.snapshot();
    for arguments in ["gen", "gen --check"] {
        let run = project.run(arguments).exits_with(1);
        run.says("error[unknown-key]")
            .says("catalog/catalog.yaml:")
            .says("did you mean `fix`")
            .prints("nothing was written\n");
    }
    assert_eq!(project.snapshot(), before);

    let project = Project::with_catalog("version: 1\n");
    project.run("gen").exits_with(1);
    assert_eq!(project.contents().len(), 1, "only the catalog");
}

#[test]
fn every_mistake_is_reported_in_one_run() {
    let project = Project::sample();
    project.edit_catalog("fix: Rotate\n", "fixx: Rotate\n");
    project.edit_catalog("status: 404\n", "status: 42\n");
    let run = project.run("check").exits_with(1);
    run.says("error[unknown-key]").says("error[bad-status]");
}

#[test]
fn warnings_alone_stop_nothing() {
    let project = Project::with_catalog(&format!(
        "{SMALL}lint:\n  allow:\n    - {{ rule: missing-fix, reason: Not needed }}\n"
    ));
    for arguments in ["check", "gen", "gen --check"] {
        let run = project.run(arguments).exits_with(0);
        run.says("warning[unneeded-allow]").says("1 warning");
    }
    assert!(project.exists("generated/src/lib.rs"));
}

#[test]
fn an_allowance_applies_until_its_day_has_passed() {
    let catalog = |day: &str| {
        let small = SMALL.replace(", fix: Choose another", "");
        assert_ne!(small, SMALL);
        let entry = format!("{{ rule: missing-fix, until: {day}, reason: Not written yet }}");
        format!("{small}lint:\n  allow:\n    - {entry}\n")
    };
    let project = Project::with_catalog(&catalog("2999-12-31"));
    project.run("check").exits_with(0);
    let project = Project::with_catalog(&catalog("2024-02-29"));
    let run = project.run("gen").exits_with(1);
    run.says("error[expired-allow]").says("error[missing-fix]");
}

#[test]
fn bytes_that_are_not_utf8_are_a_finding() {
    for (bytes, rule) in [
        (&b"version: \xFF"[..], "not-utf8"),
        (b"version: [", "yaml-syntax"),
        (b"", "missing-field"),
    ] {
        let project = Project::empty();
        project.write(CATALOG, bytes);
        project.run("gen").exits_with(1).says(rule);
    }
}

#[test]
fn a_catalog_that_is_not_there_is_a_fault_of_the_call() {
    let project = Project::with_catalog(SMALL);
    for verb in ["gen", "gen --check", "check", "list", "explain bad_name"] {
        let run = project.run(&format!("{verb} --catalog no/such.yaml"));
        let run = run.exits_with(2).prints_nothing();
        run.says("there is no file no/such.yaml: name the catalog with --catalog");
    }
    let run = project.run("check --catalog catalog").exits_with(2);
    run.says("catalog is a folder: name the file in it, such as `--catalog catalog/catalog.yaml`");
}

#[test]
fn outside_of_a_project_the_help_names_the_option_for_a_catalog() {
    let folder = Project::empty();
    for verb in ["gen", "check", "list", "explain bad_name"] {
        let run = folder.run(verb).exits_with(2);
        run.says("no catalog/catalog.yaml in this folder or above")
            .says("name a catalog with --catalog");
    }
}

#[test]
fn wrong_usage_is_reported_with_a_correction() {
    let project = Project::with_catalog(SMALL);
    for (arguments, help) in [
        ("generate", "unrecognized subcommand 'generate'"),
        ("chek", "a similar subcommand exists: 'check'"),
        ("", "Usage: cargo xtask"),
        ("gen --chek", "a similar argument exists: '--check'"),
        (
            "check --format yaml",
            "[possible values: text, json, github, sarif]",
        ),
        ("list --format yaml", "[possible values: table, json]"),
        (
            "list --status 42",
            "expected a status from 400 to 599, 4xx or 5xx",
        ),
        (
            "list --status 3xx",
            "expected a status from 400 to 599, 4xx or 5xx",
        ),
        ("explain", "<NAME>"),
        ("gen --out=", "a value is required for '--out <DIR>'"),
    ] {
        project
            .run(arguments)
            .exits_with(2)
            .prints_nothing()
            .says(help);
    }
    assert_eq!(project.contents().len(), 1, "nothing was written");
}

#[test]
fn a_file_where_out_should_be_a_folder_is_a_fault_of_the_call() {
    let project = Project::with_catalog(SMALL);
    project.write("file", "");
    for out in ["file", "file/below"] {
        for verb in ["gen", "gen --check"] {
            let run = project.run(&format!("{verb} --out {out}")).exits_with(2);
            run.prints_nothing().says(&format!(
                "error: --out must be a folder: {out} is not a folder"
            ));
        }
    }
    assert_eq!(project.read("file"), "");
}

#[test]
fn help_of_every_verb_shows_examples() {
    for verb in ["", "gen", "check", "explain", "list"] {
        let run = crate::project::Run::of(&mut xtask(&format!("{verb} --help")));
        run.exits_with(0)
            .says_nothing()
            .prints("Examples:\n")
            .prints(format!("cargo xtask {verb}").trim_end())
            .prints("--catalog <FILE>")
            .prints("--out <DIR>");
    }
    let run = crate::project::Run::of(&mut xtask("--help"));
    run.prints("Exit codes: 0 ok, 1 the catalog or the outputs failed the check, 2 ");
}
