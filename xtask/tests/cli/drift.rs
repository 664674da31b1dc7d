//! `gen --check`: nothing that the catalog does not say passes.

use std::fs;

use crate::project::{FILE_LIST, PAGE, Project, SCHEMA};

#[test]
fn a_changed_text_is_shown_as_a_diff_of_every_stale_file() {
    let project = Project::generated();
    let before = project.snapshot();
    project.edit_catalog("meaning: MIME not allowed", "meaning: MIME refused");
    let run = project.run("gen --check").exits_with(1);
    for path in [
        "docs/errors/README.md",
        "docs/errors/unsupported_file_type.md",
        "generated/openapi.yaml",
        "generated/src/catalog/codes.rs",
    ] {
        assert!(run.stdout.contains(&format!("stale    {path}\n")), "{path}");
        let header = format!("--- {path}\n+++ {path} (generated)\n@@ ");
        assert!(run.stdout.contains(&header), "{path}");
    }
    let run = run.prints("run `cargo xtask gen` and commit the result\n");
    assert!(
        !run.stdout.contains("docs/errors/mime_mismatch.md"),
        "{}",
        run.stdout
    );

    let mut after = project.snapshot();
    after.insert(
        "catalog/catalog.yaml".into(),
        before["catalog/catalog.yaml"].clone(),
    );
    assert_eq!(after, before, "--check writes nothing");
}

#[test]
fn any_text_of_the_catalog_reaches_an_output() {
    for (from, to) in [
        ("title: Example Gateway API", "title: Another API"),
        ("crate: gateway-errors", "crate: other-errors"),
        ("request_id: x-request-id", "request_id: x-trace-id"),
        ("param: omit", "param: \"null\""),
        (
            "message: Human-readable description",
            "message: A description",
        ),
        ("The body is always valid JSON.", "The body is JSON."),
        (
            "Include it when reporting issues",
            "Quote it when reporting issues",
        ),
        ("initial_ms: 500", "initial_ms: 600"),
        ("reason: top up first", "reason: pay first"),
        ("Our fallback chains already retry", "Fallback chains retry"),
        ("text: Fallbacks", "text: Fallback"),
        (
            "meaning: Missing or invalid API key",
            "meaning: No good API key",
        ),
        (
            "message: Too many requests. Please retry later.",
            "message: Too many requests.",
        ),
        (
            "type_row: Model slug doesn’t exist",
            "type_row: Model doesn’t exist",
        ),
        ("fix: Rotate", "fix: Rotate it"),
        ("param: file_id", "param: file"),
    ] {
        let project = Project::generated();
        project.edit_catalog(from, to);
        let run = project.run("gen --check").exits_with(1).prints("stale ");
        assert!(run.stdout.contains("\n+"), "{}", run.stdout);
    }
}

#[test]
fn a_comment_in_the_catalog_changes_no_output() {
    let project = Project::generated();
    project.edit_catalog("version: 1\n", "version: 1 # of the language\n");
    project.run("gen --check").exits_with(0);
}

#[test]
fn an_output_that_was_edited_deleted_or_emptied_is_found_wherever_it_is() {
    let project = Project::generated();
    for path in project.read(FILE_LIST).lines() {
        let contents = project.read(path);
        project.write(path, format!("{contents}\n"));
        let stale = format!("stale    {path}\n");
        project.run("gen --check").exits_with(1).prints(&stale);
        project.write(path, "");
        project.run("gen --check").exits_with(1).prints(&stale);
        fs::remove_file(project.path(path)).expect("removed");
        let missing = format!("missing  {path}\n");
        project.run("gen --check").exits_with(1).prints(&missing);
        project.write(path, contents);
    }
    project.run("gen --check").exits_with(0);
}

#[test]
fn other_line_ends_and_other_encodings_are_stale() {
    let project = Project::generated();
    let contents = project.read(PAGE);
    project.write(PAGE, contents.replace('\n', "\r\n"));
    project.write(SCHEMA, [0xFF, 0xFE, 0x00]);
    let run = project.run("gen --check").exits_with(1);
    run.prints(&format!("stale    {PAGE}\n"))
        .prints(&format!("stale    {SCHEMA}\n"));
    project.run("gen").exits_with(0);
    assert_eq!(project.read(PAGE), contents);
}

#[test]
fn the_page_of_a_removed_code_is_surplus_and_gen_removes_it() {
    let project = Project::generated();
    project.remove_code("unsupported_file_type");
    let surplus = format!("surplus  {PAGE}\n");
    project.run("gen --check").exits_with(1).prints(&surplus);
    assert!(project.exists(PAGE), "--check removes nothing");
    project.run("gen").exits_with(0);
    assert!(!project.exists(PAGE));
    assert!(!project.read(FILE_LIST).contains(PAGE));
    project.run("gen --check").exits_with(0);
}

#[test]
fn a_folder_goes_with_its_last_file() {
    let project = Project::generated();
    let gone = "generated/src/of/yore.rs";
    project.write(gone, "");
    project.write(FILE_LIST, project.read(FILE_LIST) + gone + "\n");
    let surplus = format!("surplus  {gone}\n");
    project.run("gen --check").exits_with(1).prints(&surplus);
    project.run("gen").exits_with(0);
    assert!(!project.exists("generated/src/of"));
    assert!(project.exists("generated/src"));
}
