//! `coverage`: what is read, and how it is shown.

use crate::project::{Project, SMALL};

/// A project whose server in Python emits a code that no test names, and whose client tests the other.
fn project() -> Project {
    let project = Project::new(SMALL);
    project.write(
        "server/files.py",
        "# Files\nraise ApiError('file_too_large')\n",
    );
    project.write("web/src/list.ts", "if (error.code === \"bad_name\") {\n}\n");
    project.write(
        "web/src/list.test.ts",
        "\nexpect(error.code).toBe('bad_name')\n",
    );
    project
}

#[test]
fn the_help_has_examples() {
    let project = Project::new(SMALL);
    let help = project.run("--help").exits_with(0);
    help.prints("coverage").prints("Exit codes: 0 ok");
    let help = project.run("coverage --help").exits_with(0);
    help.prints("Examples:").prints("--exclude <GLOB>");
    project
        .run("coverage --colour")
        .exits_with(2)
        .says("--colour");
}

#[test]
fn a_table_shows_where_each_code_is_emitted_and_tested() {
    let run = project().run("coverage").exits_with(0);
    let expected = "\
CODE            EMITTED            TESTED
bad_name        -                  web/src/list.test.ts:2
file_too_large  server/files.py:2  -

2 codes: 1 emitted, 1 tested; 2 warnings
";
    assert_eq!(run.stdout, expected);
    run.says("warning[unemitted-code]: nothing emits `bad_name`\n --> catalog/catalog.yaml:6:3")
        .says("warning[untested-code]: no test names `file_too_large`")
        .says("write a test that provokes it: server/files.py:2 emits it");
}

#[test]
fn only_the_named_paths_are_read_and_no_excluded_file() {
    let project = project();
    project
        .run("coverage web")
        .exits_with(0)
        .prints("2 codes: 0 emitted, 1 tested");
    project
        .run("coverage server/files.py")
        .exits_with(0)
        .prints("2 codes: 1 emitted, 0 tested");
    project
        .run("coverage --exclude *.test.ts")
        .exits_with(0)
        .prints("2 codes: 1 emitted, 0 tested");
    project
        .run_in("web", "coverage")
        .exits_with(0)
        .prints("../server/files.py:2");
    project
        .run("coverage nowhere")
        .exits_with(2)
        .says("nowhere");
}

#[test]
fn ignored_files_and_outputs_are_not_read() {
    let project = Project::new(SMALL);
    project.write(".gitignore", "dist/\n");
    for path in [
        "dist/a.js",
        "node_modules/a/a.js",
        "target/a.js",
        "generated/a.js",
        "docs/errors/a.js",
    ] {
        project.write(path, "fail('bad_name')\n");
    }
    project.write("vendor/a.js", "fail('bad_name')\n");
    project.write(
        "my/errors/Cargo.toml",
        "[package]\nname = \"small-errors\"\n",
    );
    project.write("my/errors/src/a.js", "fail('bad_name')\n");
    project
        .run("coverage")
        .exits_with(0)
        .prints("2 codes: 0 emitted, 0 tested");
}

#[test]
fn a_catalog_with_errors_is_reported() {
    let project = Project::new("version: 1\n");
    project
        .run("coverage")
        .exits_with(1)
        .says("error[missing-field]");
    project
        .run("coverage --catalog none.yaml")
        .exits_with(2)
        .says("there is no file none.yaml");
}

#[test]
fn the_report_for_programs_has_every_place() {
    let run = project().run("coverage --format json").exits_with(0);
    let mut report: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let findings = report["findings"].take();
    let rules: Vec<_> = findings
        .as_array()
        .into_iter()
        .flatten()
        .map(|found| &found["rule"])
        .collect();
    assert_eq!(rules, ["unemitted-code", "untested-code"]);
    let expected = serde_json::json!({
        "version": 1,
        "codes": [
            {
                "code": "bad_name",
                "emitted": [],
                "emitted_by": [],
                "handled": [{ "file": "web/src/list.ts", "line": 1 }],
                "tested": [{ "file": "web/src/list.test.ts", "line": 2 }],
            },
            {
                "code": "file_too_large",
                "emitted": [{ "file": "server/files.py", "line": 2 }],
                "emitted_by": [],
                "handled": [],
                "tested": [],
            },
        ],
        "declared": 2,
        "emitted": 1,
        "tested": 1,
        "findings": null,
        "skipped": [],
    });
    assert_eq!(report, expected);
}

#[test]
fn the_report_for_a_pull_request_is_a_table() {
    let run = project().run("coverage --format markdown").exits_with(0);
    let expected = "\
**2 codes: 1 emitted, 1 tested; 2 warnings**

| Code | Emitted | Tested |
| --- | --- | --- |
| `bad_name` | **never** | `web/src/list.test.ts:2` |
| `file_too_large` | `server/files.py:2` | **never** |

- `catalog/catalog.yaml:6:3`: nothing emits `bad_name`; send it, deprecate it, or allow the rule with the reason (`unemitted-code`)
- `catalog/catalog.yaml:7:3`: no test names `file_too_large`; write a test that provokes it: server/files.py:2 emits it (`untested-code`)
";
    assert_eq!(run.stdout, expected);
}

#[test]
fn a_file_that_is_too_large_is_reported_and_skipped() {
    let project = project();
    project.write("server/large.py", vec![b' '; (8 << 20) + 1]);
    let run = project.run("coverage").exits_with(0);
    run.says("server/large.py is larger than 8 MiB: it was not read")
        .prints("1 emitted");
}

/// A catalog in which two namespaces send one name.
const PRINTERS: &str = "\
version: 1
api: { title: Printers, docs_url: https://docs.example.com, crate: printer-errors }
types:
  printer_error: { status: 409, meaning: The printer cannot print }
codes:
  inkjet.no_paper: { type: printer_error, meaning: There is no paper, fix: Add paper, group: inkjet }
  laser.no_paper: { type: printer_error, meaning: The tray is empty, fix: Fill the tray, group: laser }
  laser.no_toner: { type: printer_error, meaning: There is no toner, fix: Add toner, group: laser }
groups:
  inkjet: { title: Inkjet printers, prefix: inkjet., namespace: true }
  laser: { title: Laser printers, prefix: laser., namespace: true }
";

#[test]
fn a_name_that_namespaces_send_names_all_its_codes() {
    let project = Project::new(PRINTERS);
    project.write(
        "print.py",
        "raise ApiError('no_paper')\nraise ApiError('laser.no_toner')\n",
    );
    project.write(
        "tests/test_print.py",
        "assert error['code'] == 'no_toner'\nassert error.code == 'inkjet.no_paper'\n",
    );
    project.write("client.ts", "if (error.code === 'no_tonr') {}\n");
    let run = project.run("coverage").exits_with(1);
    let expected = "\
CODE             EMITTED     TESTED
inkjet.no_paper  print.py:1  tests/test_print.py:2
laser.no_paper   print.py:1  -
laser.no_toner   print.py:2  tests/test_print.py:1
";
    run.prints(expected)
        .says("unknown code `no_tonr`")
        .says("did you mean `no_toner`?");
}
