//! The next run completes an interrupted one.

use crate::project::{FILE_LIST, PAGE, Project};

/// File names that an interrupted run leaves behind.
const UNFINISHED: [&str; 2] = ["generated/.xtask-a1B2c3", "generated/.xtask-zzzzzz"];

#[test]
fn unfinished_files_are_surplus_and_the_next_gen_removes_them() {
    let project = Project::generated();
    let before = project.snapshot();
    for path in UNFINISHED {
        project.write(path, "half a fi");
    }
    let run = project.run("gen --check").exits_with(1);
    for path in UNFINISHED {
        let surplus = format!("surplus  {path}\n");
        assert!(run.stdout.contains(&surplus), "{path}");
    }
    project.run("gen").exits_with(0).says_nothing();
    assert_eq!(project.snapshot(), before);
    project.run("gen --check").exits_with(0);
}

#[test]
fn files_that_only_look_unfinished_stay() {
    let project = Project::generated();
    for path in [
        "docs/errors/.xtask-a1B2c3",
        "docs/errors/.xtask-notes.md",
        "generated/src/.xtask-000000",
        "catalog/.xtask-notes.md",
        "catalog/.xtask-zzzzzz",
        "docs/.xtask-zzzzzz",
        ".xtask-a1B2c3",
    ] {
        project.write(path, "mine");
        project.run("gen").exits_with(0);
        assert_eq!(project.read(path), "mine");
    }
}

#[test]
fn what_a_stopped_run_listed_but_did_not_write_or_remove_is_put_right() {
    let project = Project::generated();
    let before = project.contents();
    let listed = "docs/errors/written_by_the_stopped_run.md";
    project.write(listed, "");
    let more = format!("{listed}\ndocs/errors/never_written.md\n");
    project.write(FILE_LIST, project.read(FILE_LIST) + &more);
    project.write(PAGE, "old");
    project.run("gen").exits_with(0).says_nothing();
    assert_eq!(project.contents(), before);
}

/// The system ends a run in the middle: it may write no file as large as the OpenAPI document,
/// which comes after the pages of the docs.
#[cfg(unix)]
#[test]
fn a_page_of_a_run_that_was_killed_goes_when_the_catalog_is_taken_back() {
    use std::process::Command;

    let project = Project::generated();
    let before = project.contents();
    let new = "\ncodes:\n  brand_new: { type: auth_error, meaning: New, fix: None yet }";
    project.edit_catalog("\ncodes:", new);

    let openapi = project.read("generated/openapi.yaml").len();
    let largest_before = project.read(crate::project::SCHEMA).len();
    assert!(largest_before + 1024 < openapi, "the test needs the room");
    let blocks = openapi / 512;
    let killed = Command::new("sh")
        .arg("-c")
        .arg(format!("ulimit -c 0; ulimit -f {blocks}; exec \"$0\" gen"))
        .arg(env!("CARGO_BIN_EXE_xtask"))
        .current_dir(project.path(""))
        .status()
        .expect("a shell");
    assert_eq!(killed.code(), None, "ended by a signal");
    assert!(project.exists("docs/errors/brand_new.md"));
    let unfinished = |path: &&String| path.contains("/.xtask-");
    let files = project.contents();
    let left: Vec<_> = files.keys().filter(unfinished).collect();
    assert_eq!(left.len(), 1);
    assert!(left[0].starts_with("generated/.xtask-"), "{left:?}");

    project.edit_catalog(new, "\ncodes:");
    project
        .run("gen --check")
        .exits_with(1)
        .prints("surplus  docs/errors/brand_new.md")
        .prints(&format!("surplus  {}\n", left[0]));
    project.run("gen").exits_with(0).says_nothing();
    assert_eq!(project.contents(), before);
}
