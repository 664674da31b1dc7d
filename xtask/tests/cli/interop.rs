//! What `interop` needs it asks for before it builds or downloads anything.

use crate::project::{Project, Run, xtask};

const GUIDE: &str = include_str!("../../../docs/gateway.md");

fn project() -> Project {
    let project = Project::sample();
    project.write("docs/gateway.md", GUIDE);
    project
}

/// A run that finds no other programs.
fn alone(project: &Project, arguments: &str) -> Run {
    let mut command = xtask(arguments);
    let nowhere = project.path("no/programs");
    Run::of(command.current_dir(project.path("")).env("PATH", nowhere))
}

#[test]
fn a_tool_that_is_missing_fails_the_run_and_the_message_says_how_to_get_it() {
    let project = project();
    for (part, tool) in [
        ("curl", "curl"),
        ("openai-python", "python3"),
        ("langchain-openai", "python3"),
        ("openai-node", "node"),
        ("ai-sdk", "node"),
        ("editor", "node"),
        // The guide on OpenAPI uses tools of both languages, whatever is asked for.
        ("openapi-documents", "python3"),
        ("openapi-typescript", "python3"),
        ("openapi-python-client", "python3"),
        ("progenitor", "python3"),
        ("schemathesis", "python3"),
        ("docs", "python3"),
    ] {
        let run = alone(&project, &format!("interop --only {part}")).exits_with(2);
        run.says(&format!(
            "{tool} is not installed: get it with `apt-get install"
        ));
    }
    alone(&project, "interop")
        .exits_with(2)
        .says("is not installed");
}

#[test]
fn the_server_is_that_of_the_project() {
    for option in ["--catalog catalog/catalog.yaml", "--out out/x"] {
        let run = project().run(&format!("interop {option}")).exits_with(2);
        run.says("leave out --catalog and --out");
    }
}

#[test]
fn a_code_that_no_call_provokes_is_a_fault() {
    let project = project();
    project.edit_catalog(
        "codes:\n",
        "codes:\n  new_code: { type: auth_error, meaning: New, fix: Nothing }\n",
    );
    let run = project.run("interop --only curl").exits_with(2);
    run.says("docs/gateway.md has no call for new_code");
}

#[test]
fn a_catalog_with_a_mistake_is_reported_first() {
    let project = project();
    project.edit_catalog("fix: Rotate\n", "fixx: Rotate\n");
    project
        .run("interop")
        .exits_with(1)
        .says("error[unknown-key]");
}
