//! `docs`: the errors as a book of their own, and the guide.

use crate::project::{Project, Run, SMALL, xtask};

#[test]
fn without_mdbook_the_message_has_the_command_to_install_it() {
    let project = Project::generated();
    let nowhere = project.path("no/programs");
    let mut command = xtask("docs");
    Run::of(command.current_dir(project.path("")).env("PATH", nowhere))
        .exits_with(2)
        .says("mdbook is not installed: get it with `cargo install --locked mdbook@0.5.4`");
}

/// A program in the place of mdBook, which writes the folders of its calls into a file.
#[cfg(unix)]
fn with_mdbook(project: &Project, version: &str, arguments: &str) -> Run {
    use std::os::unix::fs::PermissionsExt as _;

    let script = format!(
        "#!/bin/sh\nif [ \"$1\" = --version ]; then echo mdbook v{version}; else echo \"$@\" >> calls; fi\n"
    );
    project.write("bin/mdbook", script);
    let program = project.path("bin/mdbook");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("a program");
    let mut command = xtask(arguments);
    Run::of(
        command
            .current_dir(project.path(""))
            .env("PATH", project.path("bin")),
    )
}

#[cfg(unix)]
#[test]
fn the_errors_are_a_book_of_their_own() {
    let project = Project::sample();
    project.write("target/errors/source/src/old.md", "of a code that is gone");
    let run = with_mdbook(&project, "0.5.4", "docs").exits_with(0);
    assert!(run.stdout.starts_with("the errors are in "));
    let source = "target/errors/source";
    assert!(project.read("calls").ends_with(&format!("{source}\n")));
    assert_eq!(project.read("calls").lines().count(), 1);
    let settings = project.read(&format!("{source}/book.toml"));
    assert!(settings.starts_with("[book]\ntitle = \"Example Gateway API errors\"\n"));
    let summary = project.read(&format!("{source}/src/SUMMARY.md"));
    assert!(summary.starts_with("# Summary\n\n- [All errors](README.md)\n"));
    assert!(!summary.contains("](errors/"));
    let index = project.read(&format!("{source}/src/README.md"));
    assert!(index.starts_with("# Example Gateway API errors\n\n[Find an error](errors.html): "));
    for page in ["errors.html", "mime_mismatch.md", "llms.txt"] {
        assert!(project.exists(&format!("{source}/src/{page}")), "{page}");
    }
    assert!(!project.exists(&format!("{source}/src/old.md")));
}

#[cfg(unix)]
#[test]
fn a_guide_is_built_too() {
    let project = Project::sample();
    project.write("docs/book.toml", "");
    with_mdbook(&project, "0.5.4", "docs --open").exits_with(0);
    let calls = project.read("calls");
    let calls: Vec<&str> = calls.lines().collect();
    assert!(calls[0].starts_with("build --open ") && calls[0].ends_with("target/errors/source"));
    assert!(calls[1].starts_with("build --open ") && calls[1].ends_with("docs"));
}

#[cfg(unix)]
#[test]
fn another_catalog_has_its_book_in_its_own_folder() {
    let project = Project::sample();
    project.write("my/catalog.yaml", SMALL);
    let arguments = "docs --catalog my/catalog.yaml --out out/my";
    with_mdbook(&project, "0.5.4", arguments).exits_with(0);
    let index = project.read("out/my/target/errors/source/src/README.md");
    assert!(index.starts_with("# Small API errors\n"));
    assert!(!project.exists("target"));
}

#[cfg(unix)]
#[test]
fn an_old_mdbook_and_a_catalog_with_errors_are_reported() {
    let project = Project::sample();
    with_mdbook(&project, "0.4.52", "docs")
        .exits_with(2)
        .says("expected mdbook 0.5 or newer, found `0.4.52`");
    project.edit_catalog("fix: Rotate\n", "fixx: Rotate\n");
    with_mdbook(&project, "0.5.4", "docs").exits_with(1);
    assert!(!project.exists("target"));
}
