//! Catalogs in several files on the disk.

use super::project::Project;

/// A catalog whose types and codes are in files of their own.
fn several() -> Project {
    let project = Project::with_catalog(
        "version: 1\n\
         include: [types.yaml, \"codes/*.yaml\"]\n\
         api: { title: Example, docs_url: https://docs.example.com, crate: example-errors }\n",
    );
    project.write(
        "catalog/types.yaml",
        "types:\n  request_error: { status: 400, meaning: The request is wrong }\n",
    );
    for name in ["second", "first"] {
        project.write(
            &format!("catalog/codes/{name}.yaml"),
            format!(
                "codes:\n  {name}: {{ type: request_error, meaning: It is {name}, fix: Mend it }}\n"
            ),
        );
    }
    project
}

#[test]
fn files_of_a_pattern_are_read_by_name() {
    let project = several();
    let list = project.run("list").exits_with(0);
    let first = list.stdout.find("first").expect("a code");
    assert!(first < list.stdout.find("second").expect("a code"));
    project.run("gen").exits_with(0);
    project.run("gen --check").exits_with(0);
}

#[test]
fn a_mistake_is_shown_by_a_path_that_can_be_opened() {
    let project = several();
    project.write("catalog/codes/first.yaml", "codes:\n  first: {}\n");
    let run = project.run("check").exits_with(1);
    assert!(
        run.stderr.contains("catalog/codes/first.yaml:2:3"),
        "{}",
        run.stderr
    );
    let run = project.run_in("catalog/codes", "check").exits_with(1);
    assert!(
        run.stderr.contains("catalog/codes/first.yaml:2:3"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_file_that_is_missing_or_a_folder_is_reported() {
    let project = several();
    std::fs::remove_file(project.path("catalog/types.yaml")).expect("the file is there");
    project
        .run("check")
        .exits_with(1)
        .says("`types.yaml` does not match any file");
    std::fs::create_dir(project.path("catalog/types.yaml")).expect("a folder");
    project
        .run("check")
        .exits_with(1)
        .says("`types.yaml` is not a file");
}

#[test]
fn no_folder_that_fits_a_pattern_is_read() {
    let project = several();
    std::fs::create_dir(project.path("catalog/codes/more.yaml")).expect("a folder");
    project.run("check").exits_with(0);
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_the_folder_of_the_catalog() {
    use std::os::unix::fs::symlink;

    let project = several();
    project.write("secret.yaml", "codes: { secret: {} }\n");
    symlink(
        "../../secret.yaml",
        project.path("catalog/codes/third.yaml"),
    )
    .expect("a link");
    let run = project.run("check").exits_with(1);
    let run = run.says("is outside the folder of the catalog");
    assert!(!run.stderr.contains("secret"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn a_file_and_a_link_to_it_are_one_file() {
    use std::os::unix::fs::symlink;

    let project = several();
    symlink("first.yaml", project.path("catalog/codes/third.yaml")).expect("a link");
    project
        .run("check")
        .exits_with(1)
        .says("`codes/first.yaml` is included twice");
}

#[test]
fn a_file_name_with_pattern_characters_is_included_literally() {
    let project = Project::with_catalog(
        "version: 1\n\
         include: [\"types[1].yaml\"]\n\
         api: { title: Example, docs_url: https://docs.example.com, crate: example-errors }\n\
         codes: { c: { type: request_error, meaning: M, fix: Mend it } }\n",
    );
    project.write(
        "catalog/types[1].yaml",
        "types:\n  request_error: { status: 400, meaning: The request is wrong }\n",
    );
    project.run("check").exits_with(0);
}

#[cfg(target_os = "linux")]
#[test]
fn patterns_skip_broken_links_and_names_that_are_not_utf8() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::symlink;

    let project = several();
    let codes = project.path("catalog/codes");
    std::fs::write(codes.join(OsStr::from_bytes(b"\xff.yaml")), "codes: [").expect("a file");
    symlink("nothing.yaml", codes.join("gone.yaml")).expect("a link");
    project.run("check").exits_with(0).says_nothing();
}

#[cfg(unix)]
#[test]
fn links_to_folders_are_not_followed_by_a_pattern() {
    use std::os::unix::fs::symlink;

    let project = several();
    let deep = format!("version: 1\ninclude: [\"{}x.yaml\"]\n", "*/".repeat(40));
    for link in ["here", "there"] {
        symlink(".", project.path("catalog/codes").join(link)).expect("a link");
    }
    project.write("catalog/types.yaml", deep);
    let run = project.run("check").exits_with(1);
    run.says("` does not match any file");
}

#[test]
fn files_are_edited_in_any_order_of_their_sections_and_with_any_line_break() {
    for line_break in ["\n", "\r\n", "\r"] {
        let project = several();
        let sections = "\
codes:
  busy: { type: request_error, meaning: It is busy, fix: Wait }
api:
  title: Example
  docs_url: https://docs.example.com
  crate: example-errors
include: [types.yaml, \"codes/*.yaml\"]
version: 1
";
        project.write("catalog/catalog.yaml", sections.replace('\n', line_break));
        project.run("release 1.0.0").exits_with(0).says_nothing();
        let arguments = "new locked --type request_error --after busy";
        project.run(arguments).exits_with(0).says_nothing();
        let text = project.read("catalog/catalog.yaml");
        assert!(text.contains("  version: 1.0.0"), "{text:?}");
        let found = text.replace("TODO: say ", "It is not ");
        let retried = found.replace("fix: Wait,", "fix: Wait, retry: backoff,");
        project.write("catalog/catalog.yaml", retried);
        let diff = project.run("diff --format json").exits_with(0);
        let diff: serde_json::Value = serde_json::from_str(&diff.stdout).expect("JSON");
        let change = &diff["changes"][0];
        assert_eq!(change["rule"], "retry-changed");
        let fingerprint = change["fingerprint"].as_str().expect("a fingerprint");
        project
            .run(&format!("diff --accept {fingerprint} --reason Checked"))
            .exits_with(0);
        project.run("release 1.1.0").exits_with(0);
        project.run("fmt").exits_with(0).says_nothing();
        project.run("check").exits_with(0);
        let text = project.read("catalog/catalog.yaml");
        assert!(text.starts_with("version: 1\n"), "{text:?}");
        assert!(text.contains("since: 1.1.0"), "{text:?}");
    }
}
