//! `fmt` brings the catalog to its canonical form, and `fmt --check` shows what it would do.

use std::fs;

use super::project::{CATALOG, Project, SMALL, sample_catalog};

/// The small catalog by a hand with other habits, and what `fmt` makes of it.
const UNTIDY: &str = "\
version: 1
codes: # The codes.
    bad_name: {type: request_error,  meaning: 'The name is taken', fix: Choose another} # One.

# What goes wrong.
types:
    request_error:
        meaning: The request is wrong
        status: 400
api: { title: Small API, docs_url: https://docs.example.com, crate: small-errors }
";
const TIDY: &str = "\
version: 1
api: { title: Small API, docs_url: https://docs.example.com, crate: small-errors }

# What goes wrong.
types:
  request_error:
    status: 400
    meaning: The request is wrong
codes:  # The codes.
  bad_name: { type: request_error, meaning: The name is taken, fix: Choose another }  # One.
";

#[test]
fn the_sample_catalog_is_in_canonical_form() {
    let project = Project::sample();
    let before = project.snapshot();
    for verb in ["fmt", "fmt --check"] {
        let run = project.run(verb).exits_with(0).says_nothing();
        run.prints("1 file in canonical form\n");
    }
    assert_eq!(project.snapshot(), before);
    assert_eq!(project.read(CATALOG), sample_catalog());
}

#[test]
fn an_untidy_catalog_is_tidied_once() {
    let project = Project::with_catalog(UNTIDY);
    let run = project.run("fmt").exits_with(0).says_nothing();
    assert_eq!(run.stdout, format!("formatted {CATALOG}\n"));
    assert_eq!(project.read(CATALOG), TIDY);
    assert_eq!(project.contents().len(), 1, "no other file is left");
    project.run("fmt --check").exits_with(0);
}

#[test]
fn check_prints_what_would_change_and_changes_nothing() {
    let project = Project::with_catalog(UNTIDY);
    let run = project.run("fmt --check").exits_with(1).says_nothing();
    let run = run.prints(&format!("--- {CATALOG}\n+++ {CATALOG} (formatted)\n"));
    let run = run
        .prints("-codes: # The codes.\n")
        .prints("+codes:  # The codes.\n");
    run.prints("run `cargo xtask fmt` and commit the result\n");
    assert_eq!(project.read(CATALOG), UNTIDY);
}

#[test]
fn any_catalog_can_be_named_but_no_place_for_outputs() {
    let project = Project::empty();
    project.write("my/errors.yaml", UNTIDY);
    let check = project
        .run("fmt --check --catalog my/errors.yaml")
        .exits_with(1);
    check.prints("run `cargo xtask fmt --catalog my/errors.yaml` and commit");
    project.run("fmt --catalog my/errors.yaml").exits_with(0);
    assert_eq!(project.read("my/errors.yaml"), TIDY);
    let run = project
        .run("fmt --catalog my/errors.yaml --out out/x")
        .exits_with(2);
    run.says("remove --out");
}

#[test]
fn a_catalog_with_errors_is_formatted_if_it_is_yaml() {
    let project = Project::with_catalog(&UNTIDY.replace("status: 400", "statis:   400"));
    project.run("check").exits_with(1);
    project.run("fmt").exits_with(0).says_nothing();
    let expected = TIDY.replace("    status: 400\n", "");
    let expected = expected.replace("request is wrong\n", "request is wrong\n    statis: 400\n");
    assert_eq!(project.read(CATALOG), expected);

    let broken = UNTIDY.replace(
        "meaning: 'The name is taken'",
        "meaning: 'The name is taken",
    );
    project.write(CATALOG, &broken);
    let run = project.run("fmt").exits_with(1).says("error[yaml-syntax]");
    run.prints("nothing was changed\n");
    assert_eq!(project.read(CATALOG), broken);
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_links_are_not_followed() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let project = Project::with_catalog(UNTIDY);
    let file = project.path(CATALOG);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("permissions");
    project.run("fmt").exits_with(0);
    let mode = fs::metadata(&file).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);

    project.write("elsewhere.yaml", UNTIDY);
    symlink(project.path("elsewhere.yaml"), project.path("link.yaml")).expect("a link");
    let run = project.run("fmt --catalog link.yaml").exits_with(2);
    run.says("link.yaml is a link or not a file");
    assert_eq!(project.read("elsewhere.yaml"), UNTIDY);
    project.write("small.yaml", SMALL);
    project
        .run("fmt --catalog small.yaml")
        .exits_with(0)
        .prints("in canonical form");
}
