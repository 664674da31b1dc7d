//! What `gen` writes, and when it writes nothing.

use std::fs;

use crate::project::{CATALOG, FILE_LIST, PAGE, Project, SCHEMA};

#[test]
fn gen_makes_a_crate_an_openapi_document_docs_and_a_schema() {
    let project = Project::sample();
    project.run("gen").exits_with(0).says_nothing();
    for path in [
        "generated/Cargo.toml",
        "generated/src/lib.rs",
        "generated/openapi.yaml",
        FILE_LIST,
        "docs/errors/README.md",
        PAGE,
        SCHEMA,
    ] {
        assert!(project.exists(path), "{path}");
    }
}

#[test]
fn the_list_of_files_names_every_file_but_the_catalog() {
    let project = Project::generated();
    let mut found: Vec<String> = project.contents().into_keys().collect();
    found.retain(|path| path != CATALOG);
    let list = project.read(FILE_LIST);
    assert_eq!(list.lines().collect::<Vec<_>>(), found);
}

#[test]
fn the_summary_has_a_line_per_group() {
    let project = Project::sample();
    let count = |run: &str, group: &str| -> Vec<usize> {
        let line = run.lines().find(|line| line.starts_with(group));
        let words = line.expect("a line of the group").split_whitespace();
        words.filter_map(|word| word.parse().ok()).collect()
    };
    let first = project.run("gen").exits_with(0).stdout;
    let again = project.run("gen").exits_with(0).stdout;
    let mut all = 0;
    for group in ["crate", "openapi", "docs", "schema", "export", "proxies"] {
        let written = count(&first, group)[0];
        assert_eq!(count(&first, group), [written, 0, 0]);
        assert_eq!(count(&again, group), [0, written, 0]);
        all += written;
    }
    assert_eq!(all + 1, project.contents().len(), "all but the catalog");

    project.remove_code("unsupported_file_type");
    let less = project.run("gen").exits_with(0).stdout;
    assert_eq!(count(&less, "docs")[2], 1, "{less}");
}

#[test]
fn a_second_gen_touches_no_file() {
    let project = Project::generated();
    let before = project.snapshot();
    project.run("gen").exits_with(0);
    assert_eq!(project.snapshot(), before);
}

#[test]
fn gen_check_accepts_what_gen_wrote() {
    let project = Project::generated();
    let before = project.snapshot();
    let files = before.len() - 1;
    let run = project.run("gen --check").exits_with(0).says_nothing();
    assert_eq!(run.stdout, format!("{files} files current\n"));
    assert_eq!(project.snapshot(), before);
}

#[test]
fn deleted_outputs_come_back_byte_for_byte() {
    let project = Project::generated();
    let before = project.contents();
    fs::remove_dir_all(project.path("generated")).expect("removed");
    fs::remove_dir_all(project.path("docs")).expect("removed");
    fs::remove_file(project.path(SCHEMA)).expect("removed");
    project.run("gen --check").exits_with(1).prints("missing");
    project.run("gen").exits_with(0);
    assert_eq!(project.contents(), before);
}

#[test]
fn one_changed_code_rewrites_only_what_speaks_of_it() {
    let project = Project::generated();
    let before = project.snapshot();
    project.edit_catalog("fix: Transcribe first", "fix: Write it down first");
    project.run("gen").exits_with(0);
    let other = "docs/errors/unsupported_file_type.md";
    let own = "docs/errors/audio_not_supported_by_model.md";
    assert_eq!(project.snapshot()[other], before[other]);
    assert_ne!(project.snapshot()[own], before[own]);
}

#[cfg(unix)]
#[test]
fn outputs_are_as_readable_as_any_new_file() {
    use std::os::unix::fs::PermissionsExt as _;

    let project = Project::generated();
    project.write("made-by-hand", "");
    let mode = |path: &str| {
        let metadata = fs::metadata(project.path(path)).expect("a file");
        metadata.permissions().mode() & 0o777
    };
    for path in [FILE_LIST, PAGE, SCHEMA] {
        assert_eq!(mode(path), mode("made-by-hand"), "{path}");
    }
}
