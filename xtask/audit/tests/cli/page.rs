//! What `docs/coverage.md` shows.

use std::path::Path;

use crate::project::Project;

/// The blocks of the page in a language.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let start = format!("\n```{language}\n");
    let parts = page.split(start.as_str()).skip(1);
    parts
        .map(|part| part.split("```").next().unwrap_or_default().to_owned())
        .collect()
}

fn page() -> String {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/coverage.md");
    std::fs::read_to_string(page).expect("the page")
}

/// The project of the page, with a `lint` section.
fn project(lint: &str) -> Project {
    let catalog = format!(
        "version: 1
api: {{ title: Example, docs_url: https://docs.example.com, crate: example-errors }}
types:
  request_error: {{ status: 400, meaning: The request is wrong }}
codes:
  bad_name: {{ type: request_error, meaning: The name is taken, fix: Choose another }}
  name_too_long: {{ type: request_error, meaning: The name is too long, fix: Choose a shorter one }}
{lint}"
    );
    let project = Project::new(&catalog);
    let package = |name: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\nedition = \"2024\"\n")
    };
    let dependency = "[dependencies]\nexample-errors = { path = \"generated\" }\n[workspace]\n";
    project.write("Cargo.toml", package("server") + dependency);
    project.write("generated/Cargo.toml", package("example-errors"));
    project.write("generated/src/lib.rs", "");
    let [library, test] = &blocks(&page(), "rust")[..] else {
        panic!("the page shows a library and a test");
    };
    project.write("src/lib.rs", library);
    project.write("tests/names.rs", test);
    project
}

#[test]
fn the_commands_of_the_page_work_and_the_first_prints_what_it_shows() {
    let project = project("");
    let commands = blocks(&page(), "sh").concat();
    let mut commands = commands.lines();
    assert_eq!(commands.next(), Some("cargo xtask coverage"));
    let run = project.run("coverage").exits_with(0);
    assert_eq!(blocks(&page(), "text"), [run.stdout.as_str()]);
    run.says("warning[unemitted-code]: nothing emits `name_too_long`")
        .says("warning[untested-code]: no test names `name_too_long`");
    let mut count = 0;
    for command in commands {
        let arguments = command.strip_prefix("cargo xtask ").expect("a command");
        let code = i32::from(arguments.contains("--fail-on warn"));
        project.run(&arguments.replace('\'', "")).exits_with(code);
        count += 1;
    }
    assert_eq!(count, 8);
}

#[test]
fn the_allowances_of_the_page_are_needed() {
    let [lint] = &blocks(&page(), "yaml")[..] else {
        panic!("the page shows a `lint` section");
    };
    let run = project(lint).run("coverage --fail-on warn").exits_with(0);
    run.prints("1 emitted, 1 tested; no findings");
}
