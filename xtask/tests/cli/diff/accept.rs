//! Changes that a catalog accepts.

use super::{change, released};
use crate::project::{CATALOG, Project, Run, xtask};

/// The fingerprint of the only change that can be accepted.
fn fingerprint(project: &Project) -> String {
    let run = project.run("diff --format json").exits_with(0);
    let document: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let fingerprint = document["changes"][0]["fingerprint"].as_str();
    fingerprint.expect("a text").to_owned()
}

fn accept(project: &Project, fingerprint: &str, reason: &str) -> Run {
    let mut command = xtask("diff --accept");
    command.args([fingerprint, "--reason", reason]);
    Run::of(command.current_dir(project.path("")))
}

#[test]
fn a_breaking_change_is_accepted_with_a_reason() {
    let project = released();
    change(&project);
    project.run("check").exits_with(1).says("--accept");
    let own = fingerprint(&project);
    let reason = "Nobody has \"seen\" it: see #12, and\u{2026} `RFC`";
    accept(&project, &own, reason)
        .exits_with(0)
        .says_nothing()
        .prints(
            "accepted in catalog/catalog.yaml: `bad_name`: `status` changed from `400` to `409`",
        )
        .prints("1 breaking (1 accepted), 0 risky, 2 safe: major, at least 2.0.0 after 1.0.0");
    project.run("check").exits_with(0);
    let run = project.run("diff --fail-on breaking").exits_with(0);
    let run = run.prints(&format!(" = accepted: {reason}\n"));
    assert!(!run.stdout.contains("fingerprint"));
    let run = project.run("diff --format github").exits_with(0);
    assert!(!run.stdout.contains("::error"));
    let text = project.read(CATALOG);
    accept(&project, &own, "once more")
        .exits_with(2)
        .says("accepted already")
        .says(reason);
    assert_eq!(project.read(CATALOG), text);
    project.run("release 2.0.0").exits_with(0);
    project.run("check").exits_with(0);
}

#[test]
fn only_what_is_there_and_breaks_something_is_accepted() {
    let project = released();
    change(&project);
    let text = project.read(CATALOG);
    let own = fingerprint(&project);
    let wrong = own.replace(&own[..1], if own.starts_with('0') { "1" } else { "0" });
    accept(&project, &wrong[..], "why")
        .exits_with(2)
        .says(&format!("did you mean {own}?"));
    accept(&project, "nothing", "why")
        .exits_with(2)
        .says("the 1 change that can be accepted");
    accept(&project, &own, " ").exits_with(2).says("--reason");
    let run = project.run("diff --format json");
    let document: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let safe = document["changes"][1]["fingerprint"].as_str();
    accept(&project, safe.expect("a text"), "why")
        .exits_with(2)
        .says("the change is safe");
    for usage in [
        format!("diff --accept {own}"),
        "diff --reason why".to_owned(),
        format!("diff --accept {own} --reason why --against HEAD"),
        format!("diff --accept {own} --reason why --format json"),
    ] {
        project.run(&usage).exits_with(2);
    }
    assert_eq!(project.read(CATALOG), text);
}
