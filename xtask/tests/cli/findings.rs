//! `check`, and what diagnostics look like: streams, formats, colours, closed pipes.

use std::process::{Child, Stdio};

use serde_json::Value;

use crate::project::{Project, Run, SMALL, xtask};

fn broken() -> Project {
    let project = Project::with_catalog(SMALL);
    project.edit_catalog("fix: Choose another", "fixx: Choose another, since: 1.0");
    project
}

#[test]
fn check_reports_no_findings_for_a_good_catalog() {
    let project = Project::sample();
    let run = project.run("check").exits_with(0).says_nothing();
    assert_eq!(run.stdout, "5 types, 16 codes: no findings\n");
    assert_eq!(project.contents().len(), 1, "check writes nothing");
}

#[test]
fn a_diagnostic_names_rule_place_and_remedy() {
    let run = broken().run("check").exits_with(1).prints_nothing();
    run.says("error[unknown-key]")
        .says("catalog/catalog.yaml:6:")
        .says("fixx: Choose another")
        .says("^^^^")
        .says("did you mean `fix`?")
        .says("2 errors");
}

/// A catalog with twelve codes whose fix gives no instruction.
fn poor() -> String {
    let codes = (0..12).map(|number| {
        format!("  poor_{number}: {{ type: request_error, meaning: Number {number}, fix: Rather not {number} }}\n")
    });
    format!("{SMALL}{}", codes.collect::<String>())
}

#[test]
fn a_repeated_finding_is_shown_ten_times_and_counted() {
    let project = Project::with_catalog(&poor());
    let run = project.run("check").exits_with(0);
    let finding = "warning[missing-fix-verb]";
    assert_eq!(run.stderr.matches(finding).count(), 10);
    run.says("2 more findings of `missing-fix-verb` like this one")
        .says("\n12 warnings\n");
    let run = project.run("check --format json").exits_with(0);
    assert_eq!(run.stdout.lines().count(), 12);
}

#[test]
fn repeated_findings_about_other_names_are_counted_too() {
    let wrong = poor().replace(
        "type: request_error, meaning: N",
        "type: odd_error, meaning: N",
    );
    let project = Project::with_catalog(&wrong);
    let run = project.run("check").exits_with(1);
    assert_eq!(run.stderr.matches("error[unknown-type]").count(), 10);
    run.says("2 more findings of `unknown-type` like this one");
}

#[test]
fn lint_findings_wait_until_the_errors_are_fixed() {
    let project = Project::with_catalog(&poor());
    project.edit_catalog("fix: Choose another", "fixx: Choose another");
    let run = project.run("check").exits_with(1);
    assert!(!run.stderr.contains("warning["));
    run.says("error[unknown-key]")
        .says("12 warnings of lints not shown: fix the errors first")
        .says("1 error, 12 warnings\n");
    for format in ["json", "github", "sarif"] {
        let run = project
            .run(&format!("check --format {format}"))
            .exits_with(1);
        assert!(
            run.stdout.matches("missing-fix-verb").count() >= 12,
            "{format}"
        );
    }
}

#[test]
fn json_has_one_object_a_line_on_stdout() {
    let run = broken()
        .run("check --format json")
        .exits_with(1)
        .says_nothing();
    let findings: Vec<Value> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let rules: Vec<_> = findings.iter().map(|finding| &finding["rule"]).collect();
    assert_eq!(rules, ["unknown-key", "yaml-trap"]);
    assert!(findings.iter().all(Value::is_object));

    let run = Project::sample().run("check --format json").exits_with(0);
    run.prints_nothing().says_nothing();
}

#[test]
fn github_gets_annotations_on_stdout() {
    let run = broken()
        .run("check --format github")
        .exits_with(1)
        .says_nothing();
    let mut lines = run.stdout.lines();
    assert!(lines.all(|line| line.starts_with("::error file=catalog/catalog.yaml,line=6,")));

    let run = Project::sample().run("check --format github").exits_with(0);
    run.prints_nothing().says_nothing();
}

#[test]
fn sarif_is_one_log_on_stdout() {
    let log = |project: &Project, code: i32| {
        let run = project.run("check --format sarif").exits_with(code);
        let run = run.says_nothing();
        serde_json::from_str::<Value>(&run.stdout).expect("JSON")
    };
    let log_of_broken = log(&broken(), 1);
    let results = log_of_broken["runs"][0]["results"].as_array();
    let results = results.expect("a list");
    let rules: Vec<_> = results.iter().map(|result| &result["ruleId"]).collect();
    assert_eq!(rules, ["unknown-key", "yaml-trap"]);
    let file = &results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(file, "catalog/catalog.yaml");

    let log = log(&Project::sample(), 0);
    assert_eq!(log["runs"][0]["results"], serde_json::json!([]));
}

fn with_variables(project: &Project, variables: &[(&str, &str)]) -> Run {
    let mut command = xtask("check");
    command
        .current_dir(project.path(""))
        .envs(variables.iter().copied());
    Run::of(&mut command).exits_with(1)
}

#[test]
fn colours_are_for_terminals_and_for_those_who_force_them() {
    let project = broken();
    let coloured = |variables: &[(&str, &str)]| {
        let run = with_variables(&project, variables);
        assert!(!run.stdout.contains('\u{1B}'), "{run:#?}");
        run.stderr.contains('\u{1B}')
    };
    assert!(!coloured(&[]), "a pipe is no terminal");
    assert!(!coloured(&[("NO_COLOR", "1")]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}

#[test]
fn colours_change_no_word_of_a_diagnostic() {
    let project = broken();
    let plain = with_variables(&project, &[]).stderr;
    let coloured = with_variables(&project, &[("CLICOLOR_FORCE", "1")]).stderr;
    let mut text = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once("\u{1B}[") {
        text.push_str(before);
        rest = after.split_once('m').expect("the end of a colour").1;
    }
    assert_eq!(text + rest, plain);
}

/// A stream whose reader is gone before anything is printed.
fn closed() -> Stdio {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    writer.into()
}

/// The exit code of a run whose output has no reader.
fn unheard(project: &Project, arguments: &str) -> Option<i32> {
    let mut command = xtask(arguments);
    command.current_dir(project.path(""));
    command.stdout(closed()).stderr(closed());
    command.status().expect("a run").code()
}

#[test]
fn a_reader_that_closes_the_pipe_makes_no_noise() {
    let project = Project::generated();
    for arguments in [
        "list",
        "list --format json",
        "explain mime_mismatch",
        "check",
        "gen --check",
        "--help",
    ] {
        let mut command = xtask(arguments);
        command.current_dir(project.path("")).stdout(closed());
        let output = command.stderr(Stdio::piped()).spawn();
        let output = output.and_then(Child::wait_with_output).expect("a run");
        Run::from(output).exits_with(0).says_nothing();
    }
}

#[test]
fn a_closed_pipe_changes_neither_the_work_nor_the_exit_code() {
    let project = Project::generated();
    project.edit_catalog("fix: Rotate", "fix: Turn");
    assert_eq!(unheard(&project, "gen --check"), Some(1));
    project.write("docs/errors/foreign.md", "");
    assert_eq!(unheard(&project, "gen"), Some(0));
    std::fs::remove_file(project.path("docs/errors/foreign.md")).expect("removed");
    project.run("gen --check").exits_with(0);

    assert_eq!(unheard(&broken(), "check"), Some(1));
    assert_eq!(unheard(&Project::empty(), "check"), Some(2));
}
