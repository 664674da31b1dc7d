//! What has changed since a release, a revision of git, or another catalog.

use super::project::{CATALOG, Project, Run, SMALL, xtask};
use super::repository::{commit, git};

/// The small catalog in a repository.
fn committed() -> Project {
    let project = Project::with_catalog(SMALL);
    git(&project, &["init", "--quiet"]);
    commit(&project);
    project
}

/// The small catalog after its first release.
fn released() -> Project {
    let project = Project::with_catalog(SMALL);
    project.run("release 1.0.0").exits_with(0);
    project
}

/// Gives the code of the small catalog another type and status, and the catalog another code.
fn change(project: &Project) {
    project.edit_catalog("status: 400", "status: [400, 409]");
    let text = project.read(CATALOG);
    let changed = text.replace("fix: Choose another", "status: 409, fix: Choose another");
    let more = "  no_name: { type: request_error, meaning: There is no name, fix: Send one }\n";
    // In the canonical form too, the keys of a code stand each in its line or all in one.
    let end = changed.find("\nlint").map_or(changed.len(), |at| at + 1);
    project.write(
        CATALOG,
        format!("{}{more}{}", &changed[..end], &changed[end..]),
    );
}

#[test]
fn the_lock_is_what_is_compared_with() {
    let project = released();
    project
        .run("diff --fail-on risky")
        .exits_with(0)
        .prints("no changes\n")
        .says_nothing();
    change(&project);
    let run = project.run("diff").exits_with(0).says_nothing();
    let run = run
        .prints("breaking[status-changed]: `bad_name`: `status` changed from `400` to `409`\n--> catalog/catalog.yaml:")
        .prints("safe[code-added]: `no_name`: added\n")
        .prints("safe[type-extended]: type `request_error`: `status`: `409` added\n")
        .prints("1 breaking, 0 risky, 2 safe: major, at least 2.0.0 after 1.0.0\n")
        .prints(" = fingerprint: ");
    assert_eq!(run.stdout.matches("fingerprint").count(), 1);
    assert!(!run.stdout.contains('\u{1b}'));
    project.run("diff --fail-on breaking").exits_with(1);
}

#[test]
fn without_a_release_something_else_has_to_be_named() {
    let project = Project::with_catalog(SMALL);
    project
        .run("diff")
        .exits_with(2)
        .prints_nothing()
        .says("no catalog/catalog.lock: nothing was released")
        .says("cargo xtask release")
        .says("--against");
}

#[test]
fn a_damaged_lock_is_the_fault_of_the_lock() {
    let project = released();
    project.write("catalog/catalog.lock", "");
    project
        .run("diff")
        .exits_with(1)
        .prints_nothing()
        .says("the lock is empty")
        .says("catalog/catalog.lock");
}

#[test]
fn a_catalog_that_cannot_be_read_is_reported_by_its_side() {
    let project = committed();
    project.write("old.yaml", SMALL.replace("status: 400", "status: 4000"));
    project
        .run("diff --against old.yaml")
        .exits_with(1)
        .prints_nothing()
        .says("old.yaml:4:");
    project.edit_catalog("status: 400", "status: 4000");
    project
        .run("diff --against HEAD")
        .exits_with(1)
        .prints_nothing()
        .says("catalog/catalog.yaml:4:");
    commit(&project);
    project.write(CATALOG, SMALL);
    project
        .run("diff --against HEAD")
        .exits_with(1)
        .says(" HEAD:catalog/catalog.yaml:4:");
}

#[test]
fn a_file_of_any_place_is_compared_with_before_a_revision_of_that_name() {
    let project = committed();
    git(&project, &["branch", "old.yaml"]);
    project.write("old.yaml", SMALL.replace("bad_name", "worse_name"));
    let run = project.run("diff --against old.yaml --fail-on breaking");
    run.exits_with(1)
        .prints("breaking[renamed-code]: `worse_name`: renamed to `bad_name`\n--> old.yaml:6:3\n");
    let other = released();
    let lock = other.path("catalog/catalog.lock");
    let run = Run::of(
        xtask("diff --against")
            .arg(lock)
            .current_dir(project.path("")),
    );
    run.exits_with(0)
        .prints("safe[since-changed]: `bad_name`: `since` removed (was `1.0.0`)");
}

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

#[test]
fn json_has_each_change_with_its_place() {
    let project = released();
    change(&project);
    let run = project
        .run("diff --format json")
        .exits_with(0)
        .says_nothing();
    let document: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(document["oldVersion"], "1.0.0");
    assert_eq!(document["version"], "major");
    assert_eq!(document["leastVersion"], "2.0.0");
    assert_eq!(document["breaking"], 1);
    assert_eq!(document["safe"], 2);
    let change = &document["changes"][0];
    for (key, value) in [
        ("level", "breaking"),
        ("version", "major"),
        ("rule", "status-changed"),
        ("kind", "codes"),
        ("name", "bad_name"),
        ("field", "status"),
        ("old", "400"),
        ("new", "409"),
        ("subject", "`bad_name`"),
        ("audience", "public"),
    ] {
        assert_eq!(change[key], value, "{key}");
    }
    assert_eq!(change["accepted"], serde_json::Value::Null);
    assert_eq!(change["place"]["side"], "new");
    assert_eq!(change["place"]["file"], "catalog/catalog.yaml");
    let text = project.read(CATALOG);
    let byte = |key: &str| usize::try_from(change["place"][key].as_u64().expect("a number"));
    let range = byte("byteStart").expect("small")..byte("byteEnd").expect("small");
    assert_eq!(&text[range], "409");
}

#[test]
fn github_gets_an_annotation_for_each_change() {
    let project = released();
    change(&project);
    project.edit_catalog("The request is wrong", "50% of it is wrong");
    let run = project
        .run("diff --format github")
        .exits_with(0)
        .says_nothing();
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert!(
        lines[0].starts_with("::error file=catalog/catalog.yaml,line="),
        "{run:#?}"
    );
    assert!(lines[0].contains(
        ",title=status-changed::`bad_name`: `status` changed from `400` to `409`%0Afingerprint: "
    ));
    // The message of a type is its meaning, where it has none of its own.
    assert_eq!(lines.len(), 5);
    assert!(
        lines[1..]
            .iter()
            .all(|line| line.starts_with("::notice file="))
    );
    // What is gone has no line.
    project.write(
        CATALOG,
        SMALL
            .replace("bad_name", "worse_name")
            .replace("The name", "A name"),
    );
    let run = project.run("diff --format github").exits_with(0);
    run.prints("::error file=catalog/catalog.yaml,title=removed-code::`bad_name`: removed%0A");
}

#[test]
fn markdown_is_a_section_of_a_changelog() {
    let project = released();
    change(&project);
    let run = project
        .run("diff --format markdown")
        .exits_with(0)
        .says_nothing();
    assert_eq!(
        run.stdout,
        "## Unreleased\n\n\
         ### Breaking\n\n\
         - `bad_name`: `status` changed from `400` to `409`\n\n\
         ### Safe\n\n\
         - `no_name`: added\n- type `request_error`: `status`: `409` added\n\
         "
    );
    let text = project
        .read(CATALOG)
        .replace("version: 1.0.0", "version: 2.0.0");
    project.write(CATALOG, text);
    let run = project.run("diff --format markdown").exits_with(0);
    assert!(
        run.stdout.starts_with("## 2.0.0\n\n### Breaking\n"),
        "{run:#?}"
    );
}

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

#[test]
fn colours_are_for_terminals_and_for_those_who_ask() {
    let project = released();
    change(&project);
    let run = |name: &str| {
        let mut command = xtask("diff");
        Run::of(command.current_dir(project.path("")).env(name, "1")).exits_with(0)
    };
    assert!(run("CLICOLOR_FORCE").stdout.contains("\u{1b}["));
    assert!(!run("NO_COLOR").stdout.contains('\u{1b}'));
}

#[test]
fn nothing_is_written_anywhere_else() {
    let project = released();
    project
        .run("diff --out elsewhere")
        .exits_with(2)
        .says("remove --out");
    let before = project.snapshot();
    project.run("diff").exits_with(0);
    assert_eq!(project.snapshot(), before);
}
