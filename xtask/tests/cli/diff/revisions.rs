//! What a revision of git contains.

use super::{change, committed};
use crate::project::{CATALOG, Project, Run, SMALL, xtask};
use crate::repository::{commit, git};

#[test]
fn revisions_are_named_as_git_names_them() {
    let project = committed();
    git(&project, &["tag", "v1.0.0"]);
    git(&project, &["branch", "feature/names"]);
    change(&project);
    commit(&project);
    for revision in ["HEAD~1", "v1.0.0", "feature/names", "HEAD^", "main@{1}"] {
        let run = project.run(&format!("diff --against {revision}"));
        run.exits_with(0)
            .prints("1 breaking, 0 risky, 2 safe: major");
    }
    let run = project.run("diff --against HEAD").exits_with(0);
    assert_eq!(run.stdout, "no changes\n");
    // From a folder below, and in a worktree of its own.
    let run = project.run_in("catalog", "diff --against v1.0.0");
    run.exits_with(0).prints("1 breaking");
    git(
        &project,
        &["worktree", "add", "--quiet", "--detach", "beside"],
    );
    let run = project.run_in("beside", "diff --against v1.0.0");
    run.exits_with(0).prints("1 breaking");
}

#[test]
fn an_unknown_revision_is_wrong_usage() {
    let project = committed();
    for (revision, says) in [
        ("nowhere", "nowhere is neither a file nor a git revision"),
        ("-x", "-x is neither a file nor a git revision"),
        ("--all", "--all is neither a file nor a git revision"),
        (
            "HEAD:catalog",
            "HEAD:catalog is neither a file nor a git revision",
        ),
        ("", "is neither a file nor a git revision"),
        (
            "catalog",
            "catalog is a folder: name the file in it, or a git revision",
        ),
    ] {
        let run = project.run(&format!("diff --against={revision}"));
        run.exits_with(2).prints_nothing().says(says);
    }
}

#[test]
fn a_catalog_outside_of_a_repository_has_no_revisions() {
    let project = Project::with_catalog(SMALL);
    let mut command = xtask("diff --against main");
    command.current_dir(project.path(""));
    command.env("GIT_CEILING_DIRECTORIES", project.path(".."));
    let run = Run::of(&mut command).exits_with(2);
    run.prints_nothing().says("not a git repository");
}

#[test]
fn without_git_a_revision_cannot_be_read() {
    let project = committed();
    let mut command = xtask("diff --against main");
    command.current_dir(project.path("")).env("PATH", "");
    let run = Run::of(&mut command).exits_with(2);
    run.prints_nothing()
        .says("git is not installed")
        .says("apt-get install git");
}

#[test]
fn a_catalog_that_a_revision_did_not_have_is_named() {
    let project = Project::empty();
    git(&project, &["init", "--quiet"]);
    project.write("README.md", "nothing\n");
    commit(&project);
    project.write(CATALOG, SMALL);
    project
        .run("diff --against HEAD")
        .exits_with(2)
        .says("HEAD has no catalog at catalog/catalog.yaml");
    // There was a file where the folder is.
    git(&project, &["rm", "--quiet", "README.md"]);
    std::fs::rename(project.path("catalog"), project.path("kept")).expect("a folder");
    project.write("catalog", "a file\n");
    commit(&project);
    std::fs::remove_file(project.path("catalog")).expect("a file");
    std::fs::rename(project.path("kept"), project.path("catalog")).expect("a folder");
    project
        .run("diff --against HEAD")
        .exits_with(2)
        .says("HEAD has no catalog at catalog/catalog.yaml");
}

#[test]
fn a_shallow_clone_is_reported() {
    let project = committed();
    git(&project, &["tag", "v1.0.0"]);
    change(&project);
    commit(&project);
    let from = format!("file://{}", project.path(".git").display());
    git(
        &project,
        &["clone", "--quiet", "--depth=1", "--no-tags", &from, "clone"],
    );
    let run = project.run_in("clone", "diff --against HEAD");
    run.exits_with(0).prints("no changes");
    let run = project.run_in("clone", "diff --against v1.0.0");
    run.exits_with(2).says("this clone is shallow");
}

/// A hook is called with the repository in its environment, by a path from another folder.
#[test]
fn a_hook_compares_the_catalog_that_it_names() {
    let project = committed();
    change(&project);
    let mut command = xtask("diff --against HEAD");
    command.current_dir(project.path("catalog"));
    command
        .env("GIT_DIR", ".git")
        .env("GIT_INDEX_FILE", "no/index");
    command.env("GIT_PREFIX", "elsewhere/");
    Run::of(&mut command).exits_with(0).prints("1 breaking");
}

/// A catalog in several files, whose repository has it in its root.
fn several() -> Project {
    let project = Project::empty();
    git(&project, &["init", "--quiet"]);
    project.write(
        "errors.yaml",
        "version: 1\n\
         include: [\"*.yaml\", \"codes/**/*.yaml\", \"odd[1].yaml\"]\n\
         api: { title: Example, docs_url: https://docs.example.com, crate: example-errors }\n",
    );
    project.write(
        "odd[1].yaml",
        "types:\n  request_error: { status: 400, meaning: The request is wrong }\n",
    );
    for name in ["first", "deep/second", "deep/er/third"] {
        let code = name.rsplit('/').next().expect("a name");
        project.write(
            &format!("codes/{name}.yaml"),
            format!(
                "codes:\n  {code}: {{ type: request_error, meaning: It is {code}, fix: Mend it }}\n"
            ),
        );
    }
    project.write("codes/.hidden.yaml", "codes: [");
    project.write("codes/notes.md", "codes: [");
    project
}

#[test]
fn included_files_of_a_revision_are_found_as_on_the_disk() {
    let project = several();
    // Two patterns find the same file, on the disk and in the revision.
    let text = project.read("errors.yaml");
    project.write("errors.yaml", text.replace("\"*.yaml\", ", ""));
    commit(&project);
    let run = project.run("diff --catalog errors.yaml --against HEAD");
    run.exits_with(0).prints("no changes");
    // A file with another name says the same, and one that is gone does not.
    let renamed = project.read("codes/first.yaml");
    std::fs::remove_file(project.path("codes/first.yaml")).expect("a file");
    project.write("codes/other/name.yaml", renamed);
    let run = project.run("diff --catalog errors.yaml --against HEAD");
    run.exits_with(0).prints("no changes");
    std::fs::remove_file(project.path("codes/deep/er/third.yaml")).expect("a file");
    let run = project.run("diff --catalog errors.yaml --against HEAD");
    run.exits_with(0).prints(
        "breaking[removed-code]: `third`: removed\n--> HEAD:codes/deep/er/third.yaml:2:3\n",
    );
}

#[test]
fn a_pattern_beside_the_catalog_does_not_read_it_twice_in_a_revision() {
    let project = several();
    let text = project.read("errors.yaml");
    project.write("errors.yaml", text.replace(", \"odd[1].yaml\"", ""));
    commit(&project);
    let run = project.run("diff --catalog errors.yaml --against HEAD");
    run.exits_with(0).says_nothing().prints("no changes");
}

#[test]
fn a_file_that_a_revision_did_not_have_is_reported() {
    let project = several();
    let text = project.read("errors.yaml");
    let text = text.replace("\"*.yaml\"", "codes, nothing.yaml");
    project.write("errors.yaml", text);
    commit(&project);
    project.write("errors.yaml", SMALL);
    let run = project.run("diff --catalog errors.yaml --against HEAD");
    run.exits_with(1)
        .says("`codes` is not a file")
        .says("`nothing.yaml` does not match any file")
        .says("HEAD:errors.yaml:2:");
}

#[cfg(unix)]
#[test]
fn links_of_a_revision_are_not_followed() {
    use std::os::unix::fs::symlink;

    let project = several();
    project.write("secret.txt", "codes: { secret: {} }\n");
    symlink("../secret.txt", project.path("codes/link.yaml")).expect("a link");
    symlink("codes", project.path("folder")).expect("a link");
    commit(&project);
    let run = project.run("diff --catalog errors.yaml --against HEAD");
    let run = run.exits_with(2).says("HEAD:codes/link.yaml is a link");
    assert!(!run.stderr.contains("secret"), "{}", run.stderr);
    let text = project
        .read("errors.yaml")
        .replace("codes/**/*.yaml", "folder/first.yaml");
    project.write("errors.yaml", text);
    commit(&project);
    let run = project.run("diff --catalog errors.yaml --against HEAD");
    run.exits_with(2)
        .says("HEAD:folder/first.yaml is a link or reached through a link");
}
