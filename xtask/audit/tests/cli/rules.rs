//! The rules about source code: their findings, levels and allowances, and the examples of their documentation.

use std::path::Path;

use serde_json::Value;

use crate::project::{Project, Run};

const MANIFEST: &str = "[package]\nname = \"server\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
    [dependencies]\nexample-errors = { path = \"generated\" }\n[workspace]\n";

/// A project with one code, a `lint` section, a library and a test.
fn project(lint: &str, library: &str, test: &str) -> Project {
    let catalog = format!(
        "version: 1
api: {{ title: Example, docs_url: https://docs.example.com, crate: example-errors }}
types:
  request_error: {{ status: 400, meaning: The request is wrong }}
codes:
  bad_name: {{ type: request_error, meaning: The name is taken, fix: Choose another }}
retired:
  old_name: {{ reason: Names are checked elsewhere, use: bad_name }}
{lint}"
    );
    let project = Project::new(&catalog);
    project.write("Cargo.toml", MANIFEST);
    let generated =
        "[package]\nname = \"example-errors\"\nversion = \"1.0.0\"\nedition = \"2024\"\n";
    project.write("generated/Cargo.toml", generated);
    project.write("generated/src/lib.rs", "");
    project.write("src/lib.rs", library);
    project.write("tests/names.rs", test);
    project
}

const EMITS: &str = "fn f() { g(example_errors::ErrorCode::BadName); }\n";

/// The rules of the findings, with their levels and lines.
fn findings(project: &Project) -> Vec<(String, String, u64)> {
    let run = project
        .run("coverage --format json --fail-on never")
        .exits_with(0);
    let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let findings = report["findings"].as_array().expect("findings").iter();
    findings
        .map(|found| {
            let text = |key: &str| found[key].as_str().expect("a text").to_owned();
            (
                text("rule"),
                text("severity"),
                found["line"].as_u64().expect("a line"),
            )
        })
        .collect()
}

fn rules(project: &Project) -> Vec<String> {
    findings(project)
        .into_iter()
        .map(|(rule, ..)| rule)
        .collect()
}

#[test]
fn a_clean_project_has_no_findings() {
    let project = project("", EMITS, EMITS);
    let run = project.run("coverage --fail-on warn").exits_with(0);
    assert_eq!(run.stderr, "");
    run.prints("1 code: 1 emitted, 1 tested; no findings\n");
}

#[test]
fn warnings_fail_only_if_they_should() {
    let project = project("", "", EMITS);
    project
        .run("coverage")
        .exits_with(0)
        .says("warning[unemitted-code]");
    project.run("coverage --fail-on warn").exits_with(1);
    let strict = "lint: { levels: { unemitted-code: error } }\n";
    let project = self::project(strict, "", EMITS);
    project
        .run("coverage")
        .exits_with(1)
        .says("error[unemitted-code]: nothing emits `bad_name`");
    project.run("coverage --fail-on never").exits_with(0);
}

#[test]
fn an_allowance_needs_a_finding() {
    let allow = |rule: &str| {
        format!(
            "lint: {{ allow: [{{ rule: {rule}, codes: [bad_name], reason: Another service }}] }}\n"
        )
    };
    let needed = project(&allow("unemitted-code"), "", EMITS);
    assert_eq!(rules(&needed), [""; 0]);
    let unneeded = project(&allow("unemitted-code"), EMITS, EMITS);
    assert_eq!(rules(&unneeded), ["unneeded-exemption"]);
    unneeded
        .run("coverage")
        .exits_with(1)
        .says("error[unneeded-exemption]: `bad_name` does not break `unemitted-code`");
    let general = project(
        "lint: { allow: [{ rule: untested-code, reason: Later }] }\n",
        EMITS,
        "",
    );
    assert_eq!(rules(&general), [""; 0]);
}

#[test]
fn a_name_that_is_not_a_code_is_found_where_a_code_is_expected() {
    for (line, meant) in [
        (
            "fn f() { g(example_errors::ErrorCode::Gone); }",
            "correct the name",
        ),
        (
            "fn f() { g(example_errors::ErrorCode::BadNam); }",
            "did you mean `BadName`?",
        ),
        (
            "use example_errors::ErrorCode::{Gone as G};",
            "correct the name",
        ),
        (
            "use example_errors::*; fn f() { g(args::Gone { a: 1 }); }",
            "correct the name",
        ),
        (
            "use example_errors::ErrorCode as C; fn f() { g(C::from_wire(\"gone_name\")); }",
            "correct",
        ),
        (
            "use example_errors::ErrorCode as C; fn f() { g(C::from_wire(\"old_name\")); }",
            "the code is retired: use `bad_name`",
        ),
        (
            "fn f() { g(\"gone_name\".parse::<example_errors::ErrorCode>()); }",
            "correct the name",
        ),
        (
            "fn f() -> V { json!({ \"code\": \"bad_nane\" }) }",
            "did you mean `bad_name`?",
        ),
        (
            "fn f() -> bool { error.code == \"bad_names\" }",
            "did you mean `bad_name`?",
        ),
        (
            "fn f() { bail!(example_errors::ErrorCode::Gone) }",
            "correct the name",
        ),
        (
            "const C: E = example_errors::ErrorCode::Gone;",
            "correct the name",
        ),
    ] {
        let project = project("", &format!("{EMITS}{line}\n"), EMITS);
        let expected = ("not-a-code".to_owned(), "error".to_owned(), 2);
        assert_eq!(findings(&project), [expected], "{line}");
        project
            .run("coverage")
            .exits_with(1)
            .says(" --> src/lib.rs:2:")
            .says(meant);
    }
}

#[test]
fn other_names_are_not_reported() {
    for line in [
        "fn f() { g(example_errors::ErrorCode::ALL); }",
        "fn f() { g(example_errors::ErrorCode::from_wire(name)); }",
        "use example_errors::ErrorCode; impl T for ErrorCode { type Output = Self; fn f() -> Self::Output { g() } }",
        "fn f() { g(example_errors::ErrorType::RequestError); }",
        "use other::ErrorCode; fn f() { g(ErrorCode::Gone); }",
        "fn f() { g(ErrorCode::Gone); }",
        "fn f() -> V { json!({ \"code\": \"context_length_exceeded\", \"type\": \"request_error\" }) }",
        "fn f() { log(\"bad_names\"); }",
        "fn f() { country(code, \"DE\"); }",
        "#[test] fn t() { assert_eq!(example_errors::ErrorCode::from_wire(\"gone_name\"), None); }",
    ] {
        let project = project("", &format!("{EMITS}{line}\n"), EMITS);
        assert_eq!(rules(&project), [""; 0], "{line}");
    }
}

#[test]
fn a_program_in_another_language_names_no_unknown_code() {
    let project = project("", EMITS, EMITS);
    project.write(
        "web/a.ts",
        "throw fail({ code: \"bad_nam\" })\nlog(\"bad_nam\")\n",
    );
    project
        .run("coverage")
        .exits_with(1)
        .says(" --> web/a.ts:1:21")
        .says("unknown code `bad_nam`");
}

#[test]
fn findings_have_the_formats_of_check() {
    let project = project(
        "",
        &format!("{EMITS}fn f() {{ example_errors::ErrorCode::Gone; }}\n"),
        EMITS,
    );
    let run = project.run("coverage --format github").exits_with(1);
    assert!(
        run.stdout
            .starts_with("::error file=src/lib.rs,line=2,col=10,"),
        "{run:#?}"
    );
    let run = project.run("coverage --format sarif").exits_with(1);
    let log: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(
        log["runs"][0]["tool"]["driver"]["name"],
        "cargo xtask coverage"
    );
    assert_eq!(log["runs"][0]["results"][0]["ruleId"], "not-a-code");
}

#[test]
fn a_file_that_is_not_rust_is_reported_and_its_names_still_count() {
    let project = project(
        "",
        "fn f( { g(example_errors::ErrorCode::BadName); }\n",
        EMITS,
    );
    let run = project.run("coverage").exits_with(0);
    let run = run
        .says("warning: src/lib.rs:")
        .says("it cannot be read as Rust");
    run.prints("0 emitted");
    project.write(
        "src/lib.rs",
        "fn f() { g(example_errors::ErrorCode::BadName); let = 1; }\n",
    );
    let run = project
        .run("coverage")
        .exits_with(0)
        .says("warning: src/lib.rs:1:");
    run.prints("1 emitted");
    project.write("src/lib.rs", "(".repeat(100_000));
    project
        .run("coverage")
        .exits_with(0)
        .says("brackets nest deeper than 200 levels");
}

#[test]
fn the_framework_emits_the_codes_of_its_section() {
    let project = project("framework: [{ status: 404, code: bad_name }]\n", "", EMITS);
    let run = project.run("coverage").exits_with(0);
    run.prints("bad_name  (framework)  tests/names.rs:1")
        .prints("1 emitted");
}

/// The sources in the section of a rule.
fn examples(id: &str) -> Vec<String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules.md");
    let page = std::fs::read_to_string(page).expect("the page");
    let (_, section) = page
        .split_once(&format!("\n## `{id}`\n"))
        .expect("the section");
    let section = section.split("\n## `").next().unwrap_or_default();
    let parts = section.split("```rust\n").skip(1);
    parts
        .map(|part| part.split("```").next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn each_wrong_example_breaks_its_rule_and_each_right_one_does_not() {
    let exempted = "lint: { allow: [{ rule: unemitted-code, codes: [bad_name], reason: Another service sends it }] }\n";
    for id in [
        "unemitted-code",
        "untested-code",
        "not-a-code",
        "unneeded-exemption",
    ] {
        let lint = if id == "unneeded-exemption" {
            exempted
        } else {
            ""
        };
        let broken = examples(id).into_iter().map(|example| {
            let (library, test) = if id == "untested-code" {
                (EMITS, example.as_str())
            } else {
                (example.as_str(), EMITS)
            };
            rules(&project(lint, library, test)).contains(&id.to_owned())
        });
        assert_eq!(broken.collect::<Vec<_>>(), [true, false], "{id}");
    }
}

/// The sample server: it emits every code of the sample catalog, and its tests name each of them.
#[test]
fn the_gateway_emits_and_tests_every_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut command = crate::project::audit();
    command.args(["coverage", "--fail-on", "warn", "codegen/examples/gateway"]);
    let run = Run::from(command.current_dir(root).output().expect("a run")).exits_with(0);
    assert_eq!(run.stderr, "");
    run.prints("16 codes: 16 emitted, 16 tested; no findings\n");
}
