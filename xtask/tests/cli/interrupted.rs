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
        "catalog/.notes.yaml.xtask-a1B2c3",
        "catalog/.catalog.yaml.xtask-a1B2c3d",
        "docs/.catalog.yaml.xtask-a1B2c3",
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

/// The system ends a run in the middle: it may write no file as large as the OpenAPI document.
#[cfg(unix)]
#[test]
fn a_run_that_was_killed_changes_no_output_and_its_unfinished_files_go() {
    use std::process::{Command, Stdio};

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
        .arg(env!("CARGO_BIN_EXE_cargo-error-catalog"))
        .current_dir(project.path(""))
        // The limit also applies to a log that the tests write to.
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("a shell");
    assert_eq!(killed.code(), None, "ended by a signal");

    project.edit_catalog(new, "\ncodes:");
    let mut files = project.contents();
    let left: Vec<String> = files
        .keys()
        .filter(|path| !before.contains_key(*path))
        .cloned()
        .collect();
    assert!(!left.is_empty(), "some files were staged");
    for path in &left {
        assert!(path.starts_with("generated/.xtask-"), "{path}");
        files.remove(path);
    }
    assert_eq!(files, before, "an output was changed");
    let mut run = project.run("gen --check").exits_with(1);
    for path in &left {
        run = run.prints(&format!("surplus  {path}\n"));
    }
    project.run("gen").exits_with(0).says_nothing();
    assert_eq!(project.contents(), before);
}

/// The unfinished copies of the catalog and its lock.
const COPIES: [&str; 2] = [
    "catalog/.catalog.yaml.xtask-a1B2c3",
    "catalog/.catalog.lock.xtask-zzzzzz",
];

#[test]
fn each_verb_that_writes_removes_copies_of_the_files_of_the_catalog_and_reports_them() {
    let project = Project::with_catalog(crate::project::SMALL);
    for verb in [
        "gen",
        "fmt",
        "new brand_new --type request_error",
        "release 1.0.0 --allow-todo",
    ] {
        for path in COPIES {
            project.write(path, "half a fi");
        }
        project.run("check").exits_with(0);
        project.run("fmt --check");
        project.run("gen --check");
        assert!(COPIES.iter().all(|path| project.exists(path)), "{verb}");
        let mut run = project.run(verb).exits_with(0);
        for path in COPIES {
            run = run.says(&format!(
                "removed {path}, an unfinished file of an interrupted run"
            ));
            assert!(!project.exists(path), "{verb}");
        }
        let run = project.run("gen").exits_with(0);
        assert!(!run.stderr.contains("removed"), "{verb}");
    }
}

#[cfg(unix)]
#[test]
fn a_copy_that_a_process_writes_and_a_link_stay() {
    use nix::fcntl::{Flock, FlockArg};

    let project = Project::with_catalog(crate::project::SMALL);
    project.write(COPIES[0], "half a fi");
    project.write("catalog/mine", "mine");
    std::os::unix::fs::symlink("mine", project.path(COPIES[1])).expect("a link");
    let file = std::fs::File::open(project.path(COPIES[0])).expect("the copy");
    let lock = Flock::lock(file, FlockArg::LockExclusiveNonblock).expect("a lock");
    let run = project.run("gen").exits_with(0);
    assert!(!run.stderr.contains("removed"), "{run:?}");
    assert!(COPIES.iter().all(|path| project.exists(path)));
    drop(lock);
    project.run("gen").exits_with(0).says("removed");
    assert!(!project.exists(COPIES[0]) && project.exists(COPIES[1]));
    assert_eq!(project.read("catalog/mine"), "mine");
}

/// A release stages the schemas beside the catalog too.
#[test]
fn a_copy_of_an_output_beside_the_catalog_is_removed_by_the_next_generation() {
    const COPY: &str = "catalog/.catalog.schema.json.xtask-a1b2c3";

    let project = Project::with_catalog(crate::project::SMALL);
    project.write(COPY, "half a fi");
    let run = project.run("gen").exits_with(0);
    run.says(&format!(
        "removed {COPY}, an unfinished file of an interrupted run"
    ));
    assert!(!project.exists(COPY));
}

/// Releases are killed after different times; the next run completes or repeats each.
#[cfg(unix)]
#[test]
fn a_release_that_is_killed_leaves_nothing_that_stays() {
    for microseconds in [2_000, 5_000, 10_000, 20_000, 40_000, 80_000] {
        let project = Project::with_catalog(crate::project::SMALL);
        let mut command = crate::project::xtask("release 1.0.0");
        command.current_dir(project.path(""));
        let mut child = command
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("a process");
        std::thread::sleep(std::time::Duration::from_micros(microseconds));
        // It may have ended.
        let _ = child.kill();
        child.wait().expect("its end");
        project.run("gen").exits_with(0);
        let unfinished = |path: &&String| path.contains(".xtask-");
        let files = project.contents();
        let left: Vec<_> = files.keys().filter(unfinished).collect();
        assert_eq!(left, [""; 0], "{microseconds}");
    }
}
