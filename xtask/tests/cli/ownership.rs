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

#[test]
fn what_cargo_puts_beside_the_crate_is_nobodys_business() {
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
        run.says("is a folder where a file belongs: move it away");
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
        .says("is no folder of its own");
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
    fn a_name_that_is_no_text_is_foreign_whatever_the_list_says() {
        let project = Project::generated();
        let name = std::ffi::OsStr::from_bytes(b"docs/errors/\xFF.md");
        fs::write(project.path("").join(name), "").expect("a new file");
        let mut list = project.read(FILE_LIST).into_bytes();
        list.extend(b"docs/errors/\xFF.md\ndocs/errors/\xEF\xBF\xBD.md\n");
        project.write(FILE_LIST, list);
        project.run("gen").exits_with(0).says("left alone");
        assert!(project.path("").join(name).exists());
    }

    #[test]
    fn a_pipe_in_the_place_of_an_output_is_replaced() {
        let project = Project::generated();
        fs::remove_file(project.path(PAGE)).expect("removed");
        let made = std::process::Command::new("mkfifo")
            .arg(project.path(PAGE))
            .status();
        assert!(made.expect("mkfifo").success());
        project.run("gen").exits_with(0);
        project.run("gen --check").exits_with(0);
    }
}
