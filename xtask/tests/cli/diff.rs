//! What has changed since a release, a revision of git, or another catalog.

mod accept;
mod revisions;

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
    run.exits_with(0).prints("no changes\n");
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
