//! A release writes all files that name the version, or none.

use super::project::{CATALOG, Project, SMALL, xtask};

const LOCK: &str = "catalog/catalog.lock";
const CARGO_LOCK: &str = "version = 4

[[package]]
name = \"other\"
version = \"0.1.0\"
source = \"registry+https://example.com/index\"
dependencies = [
 \"small-errors\",
]

[[package]]
name = \"small-errors\"
version = \"0.1.0\"
";

fn released() -> Project {
    let project = Project::with_catalog(SMALL);
    project.run("release 1.0.0").exits_with(0);
    project
}

#[test]
fn the_version_goes_wherever_it_is_named() {
    let project = Project::with_catalog(SMALL);
    project.write("Cargo.lock", CARGO_LOCK);
    project.write("tools/Cargo.lock", CARGO_LOCK.replace('\n', "\r\n"));
    let other = CARGO_LOCK.replace("small-errors", "large-errors");
    project.write("other/Cargo.lock", &other);
    project.write("target/Cargo.lock", CARGO_LOCK);
    project
        .run("release 1.0.0")
        .exits_with(0)
        .prints("released 1.0.0")
        .prints("2 Cargo.locks written")
        .prints("git tag v1.0.0")
        .says_nothing();
    assert!(project.read(CATALOG).contains("version: 1.0.0"));
    assert!(
        project
            .read(CATALOG)
            .contains("fix: Choose another, since: 1.0.0 }")
    );
    assert!(project.read(LOCK).contains("\n  1.0.0: \""));
    assert!(
        project
            .read("generated/Cargo.toml")
            .contains("version = \"1.0.0\"")
    );
    assert!(
        project
            .read("generated/openapi.yaml")
            .contains("version: \"1.0.0\"")
    );
    assert!(
        project
            .read("docs/errors/CHANGELOG.md")
            .contains("## 1.0.0 (")
    );
    let locked = CARGO_LOCK.replace(
        "name = \"small-errors\"\nversion = \"0.1.0\"",
        "name = \"small-errors\"\nversion = \"1.0.0\"",
    );
    assert_eq!(project.read("Cargo.lock"), locked);
    assert_eq!(
        project.read("tools/Cargo.lock"),
        locked.replace('\n', "\r\n")
    );
    assert_eq!(project.read("other/Cargo.lock"), other);
    assert_eq!(project.read("target/Cargo.lock"), CARGO_LOCK);
    project.run("gen --check").exits_with(0).says_nothing();
    project.run("check").exits_with(0).says_nothing();
    let files = project.contents();
    assert!(
        !files.keys().any(|path| path.contains(".xtask-")),
        "nothing unfinished is left"
    );
}

#[test]
fn a_dry_run_shows_everything_and_writes_nothing() {
    let project = Project::with_catalog(SMALL);
    project.write("Cargo.lock", CARGO_LOCK);
    let before = project.snapshot();
    project
        .run("release 1.0.0 --dry-run")
        .exits_with(0)
        .prints("`bad_name`: added")
        .prints("+  bad_name: { type: request_error,")
        .prints("would write catalog/catalog.lock\n")
        .prints("would write Cargo.lock\n")
        .prints("would write generated/Cargo.toml\n")
        .prints("nothing was written");
    assert_eq!(project.snapshot(), before);
}

#[test]
fn texts_that_are_not_written_are_counted_and_refused() {
    let text = SMALL.replace("The name is taken", "\"TODO: say it\"");
    let project = Project::with_catalog(&format!(
        "{text}lint: {{ levels: {{ todo-left: \"off\" }} }}\n"
    ));
    project.run("check").exits_with(0).says_nothing();
    let before = project.snapshot();
    for dry in ["", " --dry-run"] {
        project
            .run(&format!("release 1.0.0{dry}"))
            .exits_with(1)
            .says("this meaning is not written yet")
            .says("1 text is not written yet: replace each TODO, or release with --allow-todo");
        assert_eq!(project.snapshot(), before);
    }
    project.run("release 1.0.0 --allow-todo").exits_with(0);
    project.run("check").exits_with(0).says_nothing();
}

#[test]
fn what_is_not_ready_is_refused_and_nothing_is_written() {
    let project = released();
    let before = project.snapshot();
    for (version, code, reason) in [
        ("1.0.0", 1, "1.0.0 is already released"),
        ("0.9.0", 1, "1.0.0 is already released"),
        ("1.1.0", 1, "no changes since 1.0.0"),
        ("one", 2, "`one` is not a version: use three numbers"),
        ("1.1", 2, "`1.1` is not a version"),
    ] {
        project
            .run(&format!("release {version}"))
            .exits_with(code)
            .says(reason);
    }
    assert_eq!(project.snapshot(), before);

    project.edit_catalog("status: 400", "status: [400, 409]");
    let before = project.snapshot();
    project
        .run("release 1.0.1")
        .exits_with(1)
        .says("1.0.1 is too low for the changes since 1.0.0: use 1.1.0")
        .prints("type-extended")
        .prints("nothing was written");
    project.edit_catalog("status: [400, 409]", "status: 40");
    project
        .run("release 2.0.0")
        .exits_with(1)
        .says("error[bad-status]");
    project.edit_catalog("status: 40,", "status: [400, 409],");
    assert_eq!(
        project.contents(),
        before
            .into_iter()
            .map(|(path, (bytes, _))| (path, bytes))
            .collect()
    );
}

#[test]
fn breaking_changes_cannot_be_released_as_any_version() {
    let project = released();
    project.edit_catalog("bad_name:", "worse_name:");
    project.run("gen").exits_with(1).says("error[renamed-code]");
    project
        .run("release 2.0.0")
        .exits_with(1)
        .says("error[renamed-code]")
        .prints("nothing was written");
}

#[test]
fn an_obstacle_stops_the_whole_run() {
    for (path, reason) in [
        ("generated/src/lib.rs", "is an output, but the file"),
        ("catalog/catalog.lock/file", "cannot read the lock"),
        ("Cargo.lock", "Cargo.lock is not a valid Cargo.lock"),
    ] {
        let project = Project::with_catalog(SMALL);
        project.write(path, "small-errors = { of = somebody }}");
        let before = project.snapshot();
        let run = project.run("release 1.0.0").says(reason);
        assert_ne!(run.code, Some(0));
        assert_eq!(project.snapshot(), before, "{path}");
    }
}

#[cfg(unix)]
#[test]
fn links_are_not_written_through() {
    for path in [LOCK, "Cargo.lock"] {
        let project = Project::with_catalog(SMALL);
        let elsewhere = Project::empty();
        elsewhere.write("file", if path == LOCK { "" } else { CARGO_LOCK });
        std::os::unix::fs::symlink(elsewhere.path("file"), project.path(path)).expect("a link");
        let before = elsewhere.snapshot();
        let run = project.run("release 1.0.0");
        assert_eq!(elsewhere.snapshot(), before, "{path}");
        assert!(path == "Cargo.lock" || run.code != Some(0));
    }
}

/// The system ends a run while it writes out a file: none was put into its place by then.
#[cfg(unix)]
#[test]
fn a_release_that_is_killed_while_it_writes_has_released_nothing() {
    use std::process::Command;

    let project = Project::with_catalog(SMALL);
    project.run("gen").exits_with(0);
    let before = project.contents();
    let killed = Command::new("sh")
        .arg("-c")
        .arg("ulimit -c 0; ulimit -f 8; exec \"$0\" release 1.0.0")
        .arg(env!("CARGO_BIN_EXE_cargo-error-catalog"))
        .current_dir(project.path(""))
        .status()
        .expect("a shell");
    assert_eq!(killed.code(), None, "ended by a signal");
    let mut after = project.contents();
    after.retain(|path, _| !path.contains(".xtask-"));
    assert_eq!(after, before);
    project.run("release 1.0.0").exits_with(0);
    project.run("gen --check").exits_with(0);
}

#[test]
fn a_lock_that_cannot_be_trusted_is_reported_and_nothing_is_overwritten() {
    let project = released();
    let sound = project.read(LOCK);
    let half = &sound[..sound.len() / 2];
    for (lock, reason) in [
        (half.to_owned(), "error["),
        (
            sound.replace("lock: 1\n", "lock: 2\n"),
            "error[unsupported-version]",
        ),
        (
            sound.replace("    status: ", "    stat: "),
            "error[bad-lock]",
        ),
        (
            sound.replacen("types:\n", "<<<<<<< ours\ntypes:\n", 1),
            "error[conflict-marker]",
        ),
        (String::new(), "error[bad-lock]"),
    ] {
        project.write(LOCK, &lock);
        project.edit_catalog("fix: Choose another", "fix: Choose one more");
        let before = project.snapshot();
        for verb in ["gen", "check", "release 2.0.0", "diff"] {
            project.run(verb).exits_with(1).says(reason).says(LOCK);
        }
        assert_eq!(project.snapshot(), before);
        project.edit_catalog("fix: Choose one more", "fix: Choose another");
    }
}

#[test]
fn a_catalog_of_another_place_has_its_lock_beside_it() {
    let project = Project::empty();
    project.write("my/errors.yaml", SMALL);
    project
        .run("release 0.1.0 --catalog my/errors.yaml --out out/my")
        .exits_with(0);
    assert!(project.exists("my/errors.lock"));
    assert!(project.exists("out/my/docs/errors/CHANGELOG.md"));
    project.run("check --catalog my/errors.yaml").exits_with(0);
}

#[test]
fn help_shows_how_to_release() {
    let run = super::project::Run::of(&mut xtask("release --help")).exits_with(0);
    run.prints("--dry-run").prints("cargo xtask release 1.1.0");
}
