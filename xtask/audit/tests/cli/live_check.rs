//! `live-check`: its formats, exit codes, scope and coverage.

use crate::project::{Project, Run, SMALL, audit};

/// A line of JSON with an error of the small API.
fn line(status: u16, code: &str) -> String {
    let body = format!(
        r#"{{\"error\":{{\"message\":\"No.\",\"type\":\"request_error\",\"code\":\"{code}\",\"param\":null}}}}"#
    );
    format!(
        r#"{{"method":"GET","target":"/names","status":{status},"request_headers":{{}},"headers":{{"content-type":"application/json","x-request-id":"req_1"}},"body":"{body}"}}"#
    ) + "\n"
}

fn project() -> Project {
    let project = Project::new(SMALL);
    project.write("good.jsonl", line(400, "bad_name"));
    project.write(
        "bad.jsonl",
        line(400, "bad_name") + &line(500, "bad_name") + &line(400, "nope"),
    );
    project
}

#[test]
fn a_clean_run_says_so_in_its_first_line() {
    let run = project().run("live-check good.jsonl").exits_with(0);
    let first = run.stdout.lines().next();
    assert_eq!(
        first,
        Some("ok: no rule is broken in 1 exchange, 1 error response")
    );
    run.prints("never seen  codes: file_too_large");
}

#[test]
fn findings_fail_the_run_from_a_level_on() {
    let project = project();
    let run = project.run("live-check bad.jsonl").exits_with(1);
    run.prints("error[wrong-status]: the status is 500, that of the code is 400")
        .prints("bad_name, once, first in bad.jsonl, exchange 2")
        .prints("error[undeclared-code]");
    project
        .run("live-check --fail-on never bad.jsonl")
        .exits_with(0);
    let lint = "lint: { levels: { wrong-status: warn, undeclared-code: warn } }\n";
    project.write("catalog/catalog.yaml", format!("{SMALL}{lint}"));
    project
        .run("live-check bad.jsonl")
        .exits_with(0)
        .prints("warning[wrong-status]");
    project
        .run("live-check --fail-on warn bad.jsonl")
        .exits_with(1);
}

#[test]
fn the_status_of_a_code_is_judged_by_the_operation() {
    let stated = "operations:\n  \
                  rename: { method: GET, path: /names, errors: [{ code: bad_name, status: 413 }] }\n  \
                  list: { method: GET, path: /lists, errors: [bad_name] }\n";
    let project = Project::new(&format!("{SMALL}{stated}"));
    let at = |path: &str, status| line(status, "bad_name").replace("/names", path);
    project.write("right.jsonl", at("/names", 413) + &at("/lists", 400));
    project.run("live-check right.jsonl").exits_with(0);
    project.write("own.jsonl", at("/names", 400));
    project.run("live-check own.jsonl").exits_with(1).prints(
        "error[wrong-status]: the status is 400, that of the code is 413 in the operation `rename`",
    );
    project.write("other.jsonl", at("/lists", 413));
    project.run("live-check other.jsonl").exits_with(1).prints(
        "error[wrong-status]: the status is 413, that of the code is 400 in the operation `list`",
    );
    // A request of no operation can be any of them.
    project.write("elsewhere.jsonl", at("/other", 413) + &at("/other", 400));
    project.run("live-check elsewhere.jsonl").exits_with(0);
    project.write("never.jsonl", at("/other", 404));
    project
        .run("live-check never.jsonl")
        .exits_with(1)
        .prints("error[wrong-status]: the status is 404, that of the code is 400");
}

#[test]
fn every_format_is_printed() {
    let project = project();
    for (format, part) in [
        ("text", "error[wrong-status]"),
        ("json", "\"rule\": \"wrong-status\""),
        ("markdown", "| `wrong-status` | error |"),
        ("github", "::error title=wrong-status::"),
        ("sarif", "\"ruleId\": \"wrong-status\""),
        (
            "junit",
            "<testcase classname=\"live-check\" name=\"wrong-status\">",
        ),
    ] {
        let run = project.run(&format!("live-check --format {format} bad.jsonl"));
        run.exits_with(1).prints(part);
    }
}

#[test]
fn coverage_is_merged_over_runs_and_can_be_required() {
    let project = project();
    project.write("other.jsonl", line(400, "file_too_large"));
    let run = |arguments: &str| project.run(&format!("live-check {arguments}"));
    run("--min-coverage 51 good.jsonl")
        .exits_with(1)
        .prints("error: 50 % of the codes were seen, less than 51 %");
    run("--coverage seen.json good.jsonl").exits_with(0);
    run("--coverage seen.json --min-coverage 100 other.jsonl").exits_with(0);
    run("--merge seen.json --min-coverage 100 good.jsonl").exits_with(0);
    run("--merge missing.json good.jsonl")
        .exits_with(2)
        .says("missing.json");
    run("--type request_error --min-coverage types=100 good.jsonl").exits_with(0);
    run("--type request_eror good.jsonl")
        .exits_with(2)
        .says("did you mean `request_error`?");
    run("--min-coverage most good.jsonl")
        .exits_with(2)
        .says("expected a percentage");
}

#[test]
fn a_recording_that_cannot_be_read_is_an_error_and_the_standard_input_is_one() {
    let project = project();
    project
        .run("live-check")
        .exits_with(2)
        .says("no recording is named");
    project
        .run("live-check missing.har")
        .exits_with(2)
        .says("missing.har");
    let mut command = audit();
    command
        .args(["live-check", "-"])
        .current_dir(project.path(""));
    let input = std::fs::File::open(project.path("bad.jsonl")).expect("the file");
    let output = command.stdin(input).output().expect("a run");
    Run::from(output)
        .exits_with(1)
        .prints("first in -, exchange 2");
}
