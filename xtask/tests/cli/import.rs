//! `import`: what is written where, what is said, and what is refused.

use std::path::Path;

use crate::project::{Project, Run};

const ROWS: &str = r#"{"code": "no_pet", "type": "not_found", "http_status": 404, "message": "No pet {id}", "fix": "List them"}
{"code": "no_pet", "type": "not_found", "http_status": 404}

{"code": "too many", "http_status": 429}
{"code": "late", "http_status": "soon", "meaning": "Too late"}
"#;

const PAGE: &str = "\
| Code | Status | Type | Meaning | Fix |
| --- | --- | --- | --- | --- |
| `no_pet` | 404 | not_found | There is no such pet | List the pets |
| `name_taken` | 409 | conflict | Another pet has the name | Choose another name |
";

/// Generates all outputs of a draft, as the run that made it says.
fn generate(project: &Project, folder: &str) -> Run {
    project.run(&format!(
        "gen --catalog {folder}/catalog.yaml --out {folder}"
    ))
}

#[test]
fn a_draft_is_written_and_can_be_generated_at_once() {
    let project = Project::empty();
    project.write("pet-list.md", PAGE);
    let run = project
        .run("import pet-list.md --out out/pets")
        .exits_with(0);
    let run = run.says("draft with 2 types and 2 codes\n");
    run.prints("then run `cargo xtask gen --catalog out/pets/catalog.yaml --out out/pets`");
    let draft = project.read("out/pets/catalog.yaml");
    assert!(
        draft.starts_with(
            "# yaml-language-server: $schema=catalog/catalog.schema.json\nversion: 1\n"
        )
    );
    assert!(draft.contains("  crate: pet-list-errors\n"));
    generate(&project, "out/pets").exits_with(0).says_nothing();
    assert!(project.exists("out/pets/catalog/catalog.schema.json"));
    assert!(project.exists("out/pets/generated/Cargo.toml"));
}

#[test]
fn the_samples_become_crates() {
    let project = Project::empty();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/tests/fixtures/samples");
    for (name, codes) in [
        ("docker_registry", 20),
        ("nats_jetstream", 226),
        ("onedata", 187),
    ] {
        let file = samples.join(name).with_extension("jsonl");
        let folder = format!("out/{name}");
        let command = format!("import {} --out {folder}", file.display());
        let run = project.run(&command).exits_with(0);
        run.says(&format!(" and {codes} codes\n"));
        generate(&project, &folder).exits_with(0).says_nothing();
        let check = format!("fmt --check --catalog {folder}/catalog.yaml");
        project.run(&check).exits_with(0);
    }
}

#[test]
fn what_cannot_be_taken_is_reported_with_its_line() {
    let project = Project::empty();
    project.write("pets.jsonl", ROWS);
    let run = project.run("import pets.jsonl --crate my-pets --type pet_error");
    let run = run.exits_with(1);
    let run = run.says("error: pets.jsonl:2: duplicate code `no_pet`: the first is at 1, with another message, fix\n");
    let run = run.says("error: pets.jsonl:4: `too many` cannot be a wire name\n");
    let run = run.says(
        "warning: pets.jsonl, line 5: the source has no status from 400 to 599: replace 400,",
    );
    let run =
        run.says("warning: pets.jsonl, line 1: the message names `id`, which is not declared");
    let run = run.says("the rule `missing-fix`, which is an error, is turned off for 1 code");
    let run =
        run.says("draft with 2 types and 2 codes\n4 rows read: 2 taken, 0 merged, 2 refused\n");
    let run = run.prints("  crate: my-pets\n");
    let run = run.prints("    type: pet_error\n    # TODO: the source has no valid status: replace this one\n    status: 400\n");
    run.prints("    x-http-status: soon\n");
    assert!(!project.exists("catalog.yaml"));
    let partial = project.run("import pets.jsonl --partial").exits_with(0);
    partial.says("error: pets.jsonl:4: `too many` cannot be a wire name\n");
}

/// After the tenth finding of a kind, the others are one line with all their places. The sums have them all.
#[test]
fn findings_of_a_kind_are_grouped_after_the_tenth() {
    let project = Project::empty();
    let bad = (0..15).map(|number| format!("{{\"code\": \"too many {number}\"}}\n"));
    let list = format!(
        "{{\"code\": \"a_b\", \"http_status\": 400, \"message\": \"m\"}}\nodd\n{}",
        bad.collect::<String>()
    );
    project.write("pets.jsonl", list);
    let run = project.run("import pets.jsonl --from jsonl").exits_with(1);
    let run = run.says("error: pets.jsonl:2: the line is not valid JSON: ");
    let run = run.says("error: pets.jsonl:12: `too many 9` cannot be a wire name\n");
    let run = run.says("error: pets.jsonl, lines 13-17: 5 more of this kind, such as: `too many 10` cannot be a wire name\n");
    run.says("16 rows read: 1 taken, 0 merged, 15 refused; skipped: 1 line\n");
}

#[test]
fn a_file_that_is_there_is_never_written_over() {
    let project = Project::empty();
    project.write("pets.md", PAGE);
    project.write("out/catalog.yaml", "mine\n");
    let run = project.run("import pets.md --out out").exits_with(2);
    run.says("out/catalog.yaml exists, and is not overwritten");
    assert_eq!(project.read("out/catalog.yaml"), "mine\n");
    project.write("file", "");
    project.run("import pets.md --out file").exits_with(2);
}

#[test]
fn the_kind_of_a_list_follows_from_its_name_and_from_what_is_in_it() {
    let project = Project::empty();
    let document = "openapi: 3.1.0\ninfo: { title: Pets }\ncomponents: { schemas: { ErrorCode: { enum: [no_pet] } } }\n";
    let json =
        r#"{"openapi": "3.1.0", "components": {"schemas": {"ErrorCode": {"enum": ["no_pet"]}}}}"#;
    for (file, contents) in [
        ("a.yaml", document),
        ("a", document),
        ("a.json", json),
        ("b", json),
        ("rows", "{\"code\": \"no_pet\"}\n{\"code\": \"b\"}\n"),
        ("a.jsonl", "{\"code\": \"no_pet\"}\n"),
        ("a.txt", PAGE),
        ("page", PAGE),
        ("plain.txt", "Code\tMeaning\nno_pet\tThere is none\n"),
    ] {
        project.write(file, contents);
        let run = project.run(&format!("import {file}")).exits_with(0);
        run.prints("\n  no_pet:\n");
    }
    project.run("import a.txt --from markdown").exits_with(0);
    let run = project.run("import a.txt --from jsonl").exits_with(1);
    let run = run.prints_nothing();
    let run =
        run.says("error: no errors found in a.txt: it was read as JSON lines, as `--from` says. ");
    run.says("looked for objects with a field `code`. Try another format with `--from`");
    project.write("prose.md", "# Pets\n\nThere are many.\n");
    let run = project.run("import prose.md").exits_with(1);
    run.says("it was read as a page of Markdown or plain text, by its contents");
}

#[test]
fn wrong_usage_is_reported_with_the_right_usage() {
    let project = Project::empty();
    project.write("a.md", PAGE);
    project.write("bytes.md", [0xFF, 0xFE, 0x00]);
    project.write("no.yaml", "a: [\n");
    project.write("bomb.yaml", "a: &a [1, 2]\nb: [*a, *a]\n");
    for (arguments, said) in [
        ("import none.md", "none.md"),
        ("import .", "is a folder"),
        ("import a.md --crate Std", "`--crate photo-errors`"),
        ("import a.md --type a/\u{200B}b", "--type: `a/"),
        ("import a.md --catalog x.yaml", "remove --catalog"),
        ("import bytes.md", "is not UTF-8 text"),
        ("import no.yaml --from openapi", "invalid YAML"),
        (
            "import bomb.yaml --from openapi",
            "YAML aliases are not supported, but line 2 has one",
        ),
    ] {
        project
            .run(arguments)
            .exits_with(2)
            .prints_nothing()
            .says(said);
    }
}

#[test]
fn the_help_explains_the_options_for_a_draft() {
    let run = Project::empty().run("import --help").exits_with(0);
    assert!(
        !run.stdout.contains("[default: the project]"),
        "{}",
        run.stdout
    );
    run.prints("--out <DIR>")
        .prints("[default: the draft is printed]")
        .prints("With --update: the catalog");
}

/// Global options may be before the command or after it.
#[test]
fn the_folder_may_be_before_the_command() {
    let project = Project::empty();
    project.write("list.md", PAGE);
    project.run("--out out/pets import list.md").exits_with(0);
    assert!(project.exists("out/pets/catalog.yaml"));
    let run = project.run("--catalog a.yaml import list.md").exits_with(2);
    run.says("import reads a list, not a catalog");
}
