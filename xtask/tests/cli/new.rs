//! `new` puts a code into the catalog, where nothing else changes.

use super::project::{CATALOG, Project, SMALL};

const TEXTS: &str = "meaning: \"TODO: say what went wrong\", fix: \"TODO: say what to do\"";

#[test]
fn a_new_code_is_all_that_changes_and_is_found_to_be_unfinished() {
    let project = Project::sample();
    let before = project.read(CATALOG);
    let run = project
        .run("new key_is_locked --type auth_error --status 423")
        .exits_with(0);
    let run = run
        .says_nothing()
        .prints("added at catalog/catalog.yaml:114:3\n");
    let run = run.prints("replace each TODO by its meaning and fix, add it to `errors`");
    run.prints("then run `cargo xtask gen`\n");
    let stub = "  key_is_locked:\n    type: auth_error\n    status: 423\n    meaning: \"TODO: say what \
                went wrong\"\n    fix: \"TODO: say what to do\"\n";
    let after = project.read(CATALOG);
    assert_eq!(after.replacen(stub, "", 1), before);
    assert!(after.contains(&format!(
        "    fix: Rotate\n    since: 1.0.0\n{stub}  model_not_found:\n"
    )));
    let check = project.run("check").exits_with(0);
    check.says("warning[todo-left]: this meaning is not written yet");
    project.run("fmt --check").exits_with(0);
    project.run("gen").exits_with(0);
    project
        .run("explain key_is_locked")
        .exits_with(0)
        .prints("status   423");
}

#[test]
fn a_file_keeps_its_line_ends() {
    let project = Project::with_catalog(&SMALL.replace('\n', "\r\n"));
    project.run("new other --type request_error").exits_with(0);
    let stub = format!("  other: {{ type: request_error, {TEXTS} }}\n");
    let expected = format!("{SMALL}{stub}").replace('\n', "\r\n");
    assert_eq!(project.read(CATALOG), expected);
    assert_eq!(project.contents().len(), 1, "no other file is left");
}

#[test]
fn the_place_can_be_chosen() {
    let project = Project::with_catalog(SMALL);
    project.run("new second --type request_error").exits_with(0);
    let run = project.run("new first --type request_error --after bad_name");
    run.exits_with(0)
        .prints("added at catalog/catalog.yaml:7:3\n");
    let file = format!("new third --type request_error --file {CATALOG}");
    project
        .run(&file)
        .exits_with(0)
        .prints("added at catalog/catalog.yaml:9:3\n");
    for (options, message) in [
        ("--after bad_nam", "did you mean `bad_name`?"),
        (
            "--file other.yaml",
            "other.yaml is not a file of the catalog: its files are catalog/catalog.yaml",
        ),
        (
            "--after first --file catalog/catalog.yaml",
            "cannot be used with",
        ),
        ("--out out/x", "remove --out"),
    ] {
        let run = project.run(&format!("new other --type request_error {options}"));
        run.exits_with(2).says(message);
    }
}

#[test]
fn a_code_that_cannot_be_is_not_written() {
    let project = Project::with_catalog(SMALL);
    for (arguments, code, message) in [
        (
            "bad_name --type request_error",
            2,
            "duplicate code `bad_name`, first defined at catalog/catalog.yaml:6:3: choose another name",
        ),
        (
            "other --type request_eror",
            2,
            "did you mean `request_error`?",
        ),
        (
            "other --type zzz",
            2,
            "`cargo xtask list` shows the known ones",
        ),
        (
            "other --type request_error --status 200",
            2,
            "200 is not in 400..=599",
        ),
        ("other", 2, "--type <TYPE>"),
        (
            &format!("{} --type request_error", "n".repeat(2000)),
            2,
            "the name is too long: use at most 200 bytes",
        ),
        (
            "404 --type request_error",
            1,
            "`404` cannot be the name of a Rust variant",
        ),
        (
            "bad-name --type request_error",
            1,
            "two entries have the Rust name `BadName`",
        ),
        (
            "other --type request_error --rust no",
            1,
            "`no` cannot be the name of a Rust variant",
        ),
        (
            "other --type request_error --status 500",
            1,
            "error[status-outside-class]",
        ),
    ] {
        let run = project
            .run(&format!("new {arguments}"))
            .exits_with(code)
            .says(message);
        if code == 1 {
            let hint = arguments.ends_with("error") && !arguments.contains("--rust");
            let hints = run
                .stdout
                .contains("use `--rust NAME` to give the code another Rust name");
            assert_eq!(hints, hint, "{run:#?}");
            run.prints("nothing was changed\n");
        }
        assert_eq!(project.read(CATALOG), SMALL);
    }
    project
        .run("new 404 --type request_error --rust NotFound")
        .exits_with(0);
    let stub = format!("  \"404\": {{ type: request_error, {TEXTS}, rust: NotFound }}\n");
    assert_eq!(project.read(CATALOG), format!("{SMALL}{stub}"));
}

#[test]
fn a_code_is_added_to_a_catalog_with_errors_if_it_is_yaml() {
    let mistaken = SMALL.replace("fix: Choose another", "fx: Choose another");
    let project = Project::with_catalog(&mistaken);
    project.run("new other --type request_error").exits_with(0);
    assert!(project.read(CATALOG).starts_with(&mistaken));
    project
        .run("new 404 --type request_error")
        .exits_with(1)
        .prints("nothing was changed\n");

    let broken = SMALL.replace("Choose another }", "Choose another");
    project.write(CATALOG, &broken);
    let run = project.run("new other --type request_error").exits_with(1);
    run.says("error[yaml-syntax]")
        .prints("nothing was changed\n");
    assert_eq!(project.read(CATALOG), broken);
}

#[test]
fn a_code_may_be_unfinished_where_that_is_an_error_too() {
    let strict = format!("{SMALL}lint: {{ levels: {{ todo-left: error }} }}\n");
    let project = Project::with_catalog(&strict);
    project.run("new other --type request_error").exits_with(0);
    project
        .run("gen --out out/x")
        .exits_with(1)
        .says("error[todo-left]");
    let run = project.run("new 404 --type request_error").exits_with(1);
    run.says("error[impossible-name]").says("1 error\n");
}
