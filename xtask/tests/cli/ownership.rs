//! What the generator may remove and replace, and what it must leave alone.

use std::fs;

use crate::project::{CATALOG, FILE_LIST, PAGE, Project, SCHEMA};

#[test]
fn a_file_that_no_run_wrote_is_reported_and_left_alone() {
    let project = Project::generated();
    let foreign = "docs/errors/notes/mine.md";
    project.write(foreign, "my notes");
    project
        .run("gen")
        .exits_with(0)
        .says("warning")
        .says(&format!("{foreign} was not written by this tool"));
    assert_eq!(project.read(foreign), "my notes");
    let run = project.run("gen --check").exits_with(1);
    let run = run.prints(&format!("foreign  {foreign}"));
    assert!(!run.stdout.contains("run `cargo"), "gen would not help");
}

/// Outputs that say of themselves that they are generated, and one that does not.
const OUTPUTS: [&str; 5] = [
    PAGE,
    SCHEMA,
    "docs/errors/README.md",
    "generated/Cargo.toml",
    "generated/src/runtime/json.rs",
];

#[test]
fn a_file_of_someone_else_where_an_output_belongs_stops_the_run() {
    for foreign in OUTPUTS {
        let project = Project::sample();
        project.write(foreign, "mine");
        let before = project.snapshot();
        project
            .run("gen")
            .exits_with(1)
            .prints("nothing was written\n")
            .says(&format!("error: {foreign} is an output, but the file"))
            .says("was not written by this tool: move or delete it");
        project
            .run("gen --check")
            .exits_with(1)
            .prints(&format!("foreign  {foreign}"))
            .prints("missing  generated/src/lib.rs\n")
            .prints("move or delete the foreign files, then run `cargo xtask gen`");
        assert_eq!(project.snapshot(), before, "{foreign}");

        fs::rename(project.path(foreign), project.path("away")).expect("moved");
        project.run("gen").exits_with(0).says_nothing();
        assert_eq!(project.read("away"), "mine");
        project.run("gen --check").exits_with(0);
    }
}

#[test]
fn all_files_in_the_way_are_named_in_one_run() {
    let project = Project::sample();
    for foreign in OUTPUTS {
        project.write(foreign, "");
    }
    let run = project.run("gen").exits_with(1);
    let check = project.run("gen --check").exits_with(1);
    for foreign in OUTPUTS {
        assert!(run.stderr.contains(foreign), "{foreign}");
        let line = format!("foreign  {foreign} ");
        assert!(check.stdout.contains(&line), "{foreign}");
    }
}

#[test]
fn a_listed_output_is_replaced_whatever_its_content() {
    let project = Project::generated();
    let before = project.contents();
    for path in OUTPUTS {
        project.write(path, "edited");
    }
    project.run("gen").exits_with(0).says_nothing();
    assert_eq!(project.contents(), before);
}

#[test]
fn without_the_list_outputs_are_known_by_their_contents() {
    let project = Project::generated();
    let before = project.contents();
    for list in [None, Some("")] {
        for path in OUTPUTS {
            let text = project.read(path);
            if text.contains("from the error catalog. Edits are overwritten.") {
                project.write(path, text + "edited\n");
            }
        }
        fs::remove_file(project.path(FILE_LIST)).expect("removed");
        if let Some(list) = list {
            project.write(FILE_LIST, list);
        }
        project.run("gen --check").exits_with(1).prints("\n+++ ");
        project.run("gen").exits_with(0).says_nothing();
        assert_eq!(project.contents(), before);
    }
}

#[test]
fn with_an_empty_list_deleted_outputs_come_back() {
    let project = Project::generated();
    let before = project.contents();
    fs::remove_dir_all(project.path("generated")).expect("removed");
    fs::remove_dir_all(project.path("docs")).expect("removed");
    project.write(FILE_LIST, "");
    project.run("gen").exits_with(0).says_nothing();
    assert_eq!(project.contents(), before);
}

#[test]
fn files_of_cargo_beside_the_crate_are_ignored() {
    let project = Project::generated();
    project.write("generated/Cargo.lock", "");
    project.write("generated/target/debug/thing", "");
    project.run("gen").exits_with(0).says_nothing();
    project.run("gen --check").exits_with(0);
    assert!(project.exists("generated/Cargo.lock"));
    assert!(project.exists("generated/target/debug/thing"));
}

#[test]
fn a_hostile_list_of_files_removes_nothing_outside_the_owned_folders() {
    let hostile = [
        "../outside",
        "../../outside",
        "/etc/passwd",
        CATALOG,
        "./catalog/catalog.yaml",
        "docs/errors/../../catalog/catalog.yaml",
        "docs/errors/../guide.md",
        "docs/guide.md",
        "generated",
        "generated/target/thing",
        ".",
        "..",
        "",
        "src/main.rs",
        "docs/errors/",
        "catalog/other.yaml",
    ];
    let outer = Project::empty();
    outer.write("outside", "");
    outer.write(
        "inner/catalog/catalog.yaml",
        crate::project::sample_catalog(),
    );
    for path in [
        "docs/guide.md",
        "src/main.rs",
        "catalog/other.yaml",
        "generated/target/thing",
    ] {
        outer.write(&format!("inner/{path}"), "mine");
    }
    outer.run_in("inner", "gen").exits_with(0);
    let before = outer.contents();
    let list = hostile.join("\n").into_bytes();
    let junk: Vec<u8> = (0..=255).cycle().take(10_000).collect();
    for list in [list, junk, vec![b'\n'; 10_000], Vec::new()] {
        outer.write(&format!("inner/{FILE_LIST}"), list);
        outer.run_in("inner", "gen").exits_with(0);
        assert_eq!(outer.contents(), before);
    }
}

#[test]
fn a_folder_in_the_place_of_an_output_is_not_removed() {
    let project = Project::generated();
    fs::remove_file(project.path(PAGE)).expect("removed");
    project.write(&format!("{PAGE}/mine"), "my notes");
    let before = project.contents();
    for arguments in ["gen", "gen --check"] {
        let run = project.run(arguments).exits_with(2);
        run.says("is a folder, but an output is a file of this name: move or delete it");
    }
    assert_eq!(project.contents(), before);
}

#[test]
fn a_file_in_the_place_of_an_owned_folder_is_not_replaced() {
    let project = Project::sample();
    project.write("generated", "mine");
    project
        .run("gen")
        .exits_with(2)
        .says("is not a folder: outputs are not written");
    assert_eq!(project.read("generated"), "mine");
    assert!(!project.exists("docs"), "nothing else is written either");
}

#[cfg(unix)]
mod links {
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn nothing_is_written_through_a_linked_folder() {
        for folder in ["generated", "docs", "docs/errors", "generated/src"] {
            let project = Project::sample();
            project.write("elsewhere/mine", "");
            let link = project.path(folder);
            fs::create_dir_all(link.parent().expect("a folder")).expect("a new folder");
            symlink(project.path("elsewhere"), link).expect("a link");
            let before = project.contents();
            for arguments in ["gen", "gen --check"] {
                let run = project.run(arguments).exits_with(2);
                run.says("outputs are not written through links");
            }
            assert_eq!(project.contents(), before, "{folder}");
        }
    }

    #[test]
    fn a_linked_file_is_replaced_and_its_target_stays() {
        for path in [PAGE, SCHEMA, FILE_LIST, "generated/src/lib.rs"] {
            let project = Project::generated();
            let contents = project.read(path);
            project.write("target", &contents);
            fs::remove_file(project.path(path)).expect("removed");
            symlink(project.path("target"), project.path(path)).expect("a link");
            project.edit_catalog("fix: Rotate", "fix: Turn");
            let stale = format!("stale    {path}\n");
            project.run("gen --check").exits_with(1).prints(&stale);
            project.run("gen").exits_with(0);
            let metadata = fs::symlink_metadata(project.path(path)).expect("a file");
            assert!(metadata.is_file(), "{path}");
            assert_eq!(project.read("target"), contents);
            project.run("gen --check").exits_with(0);
        }
    }

    #[test]
    fn a_link_or_pipe_that_no_list_names_is_in_the_way() {
        for path in [PAGE, SCHEMA, "generated/src/lib.rs"] {
            let project = Project::generated();
            let contents = project.read(path);
            project.write("target", &contents);
            let list = project.read(FILE_LIST).replace(&format!("{path}\n"), "");
            project.write(FILE_LIST, list);
            fs::remove_file(project.path(path)).expect("removed");
            symlink(project.path("target"), project.path(path)).expect("a link");
            let line = format!("foreign  {path} ");
            project.run("gen --check").exits_with(1).prints(&line);
            project.run("gen").exits_with(1).says(path);
            let metadata = fs::symlink_metadata(project.path(path)).expect("a link");
            assert!(metadata.is_symlink(), "{path}");

            fs::remove_file(project.path(path)).expect("removed");
            make_pipe(&project, path);
            project.run("gen --check").exits_with(1).prints(&line);
            project.run("gen").exits_with(1).says(path);
        }
    }

    fn make_pipe(project: &Project, path: &str) {
        let made = std::process::Command::new("mkfifo")
            .arg(project.path(path))
            .status();
        assert!(made.expect("mkfifo").success());
    }

    #[test]
    fn a_link_that_a_hostile_list_names_is_removed_and_its_target_stays() {
        let project = Project::generated();
        project.write("elsewhere/mine", "");
        symlink(project.path("elsewhere"), project.path("docs/errors/link")).expect("a link");
        let list = project.read(FILE_LIST) + "docs/errors/link\ndocs/errors/link/mine\n";
        project.write(FILE_LIST, list);
        project.run("gen").exits_with(0);
        assert!(!project.exists("docs/errors/link"));
        assert!(project.exists("elsewhere/mine"));
    }

    #[test]
    fn a_file_name_that_is_not_utf8_is_never_ours() {
        let project = Project::generated();
        let name = std::ffi::OsStr::from_bytes(b"docs/errors/\xFF.md");
        fs::write(project.path("").join(name), "").expect("a new file");
        let mut list = project.read(FILE_LIST).into_bytes();
        list.extend(b"docs/errors/\xFF.md\ndocs/errors/\xEF\xBF\xBD.md\n");
        project.write(FILE_LIST, list);
        project.run("gen").exits_with(0).says("is ignored");
        assert!(project.path("").join(name).exists());
    }

    #[test]
    fn a_pipe_in_the_place_of_an_output_is_replaced() {
        let project = Project::generated();
        fs::remove_file(project.path(PAGE)).expect("removed");
        make_pipe(&project, PAGE);
        project.run("gen").exits_with(0);
        project.run("gen --check").exits_with(0);
    }
}
