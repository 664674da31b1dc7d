//! The commands of `docs/live-check.md` run.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use codegen::{Inputs, Source, compile};

use crate::project::{Project, audit};

/// A file of the repository.
fn file(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::fs::read_to_string(root.join(path)).expect("a file of the repository")
}

/// The code blocks of the page in a language.
fn blocks(language: &str) -> Vec<String> {
    let page = file("docs/live-check.md");
    let fence = format!("```{language}\n");
    let blocks = page.split(&fence).skip(1);
    blocks
        .map(|rest| rest.split("```").next().unwrap_or_default().to_owned())
        .collect()
}

/// The body of an error of the gateway.
const BODY: &str = r#"{"error":{"message":"There is no file with this id in the workspace.","type":"invalid_request_error","code":"file_not_found","param":"file_id"}}"#;

/// A HAR file as Playwright writes it.
fn har() -> String {
    let body = serde_json::to_string(BODY).expect("a string");
    format!(
        r#"{{"log":{{"version":"1.2","creator":{{"name":"Playwright","version":"1.65.1"}},"pages":[],"entries":[{{"startedDateTime":"2026-11-29T17:18:38.133Z","time":1,"request":{{"method":"GET","url":"http://127.0.0.1:4000/v1/files/file-1","httpVersion":"HTTP/1.1","cookies":[],"headers":[],"queryString":[],"headersSize":-1,"bodySize":0}},"response":{{"status":400,"statusText":"Bad Request","httpVersion":"HTTP/1.1","cookies":[],"headers":[{{"name":"content-type","value":"application/json"}},{{"name":"x-request-id","value":"req_1"}}],"content":{{"size":130,"mimeType":"application/json","text":{body}}},"headersSize":-1,"bodySize":130,"redirectURL":""}},"cache":{{}},"timings":{{"send":0,"wait":1,"receive":0}}}}]}}}}"#
    )
}

/// A cassette as vcrpy writes it.
fn cassette() -> String {
    format!(
        "interactions:\n- request:\n    body: null\n    headers:\n      accept: ['*/*']\n    method: GET\n    uri: http://127.0.0.1:4000/v1/files/file-1\n  response:\n    body:\n      string: '{BODY}'\n    headers:\n      content-type: [application/json]\n      x-request-id: [req_1]\n    status:\n      code: 400\n      message: Bad Request\nversion: 1\n"
    )
}

/// A line of the log of nginx.
fn line() -> &'static str {
    "{\"method\":\"GET\",\"target\":\"/v1/files/file-1\",\"status\":400,\"headers\":{\"content-type\":\"application/json\",\"x-request-id\":\"req_1\",\"retry-after\":\"\"},\"repeated\":\"absent\"}\n"
}

/// A folder with every recording that the page names.
fn project() -> Project {
    let project = Project::new(&file("catalog/catalog.yaml"));
    for name in ["traffic.har", "more.har", "traffic/test-1.har"] {
        project.write(name, har());
    }
    project.write("tests/cassettes/test_files.yaml", cassette());
    project.write("traffic.jsonl", sample());
    project.write("exchanges.jsonl", line());
    project.write("exchanges.jsonl.1", line());
    let zipped = Command::new("gzip")
        .arg(project.path("exchanges.jsonl.1"))
        .status();
    assert!(zipped.expect("gzip").success());
    let browser = project.run("live-check --coverage browser.json traffic.har");
    browser.exits_with(0);
    project
}

/// Runs a command of the page: `cargo xtask` is the program, and the test runner is left out.
fn run(project: &Project, command: &str) -> (Option<i32>, String, String) {
    let mut shell = Command::new("sh");
    let program = audit().get_program().to_string_lossy().into_owned();
    let command = command.replace("cargo xtask", &program);
    shell.args(["-c", &command]).current_dir(project.path(""));
    shell
        .env("GITHUB_STEP_SUMMARY", "summary.md")
        .stdin(Stdio::null());
    let output = shell.output().expect("a shell");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn every_command_of_the_page_runs() {
    let project = project();
    let shell = blocks("sh").into_iter();
    let lines: Vec<String> = shell
        .flat_map(|block| block.lines().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let steps = blocks("yaml").into_iter();
    let steps: Vec<String> = steps
        .flat_map(|block| {
            block
                .lines()
                .filter_map(|line| line.strip_prefix("- run: "))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect();
    let commands = lines
        .iter()
        .chain(&steps)
        .filter(|line| line.contains("cargo xtask live-check"));
    let mut count = 0;
    for command in commands {
        // Other tests run commands through a server.
        if command.contains("--to ") {
            continue;
        }
        let (code, out, err) = run(&project, command);
        let fails = ["--min-coverage", "traffic.jsonl"]
            .iter()
            .any(|part| command.contains(part));
        assert_eq!(code, Some(fails.into()), "{command}\n{out}\n{err}");
        assert_eq!(err, "", "{command}");
        count += 1;
    }
    assert!(count >= 9, "{count} commands");
    let summary = std::fs::read_to_string(project.path("summary.md")).expect("the summary");
    assert!(summary.contains("No rule is broken"), "{summary}");
}

/// Exchanges that show what a report looks like.
fn sample() -> String {
    let mut lines = String::new();
    let mut line = |method: &str, target: &str, status: u16, media_type: &str, body: &str| {
        let body = serde_json::to_string(body).expect("a string");
        // Writing to a string cannot fail.
        let _ = writeln!(
            lines,
            r#"{{"method":"{method}","target":"{target}","status":{status},"request_headers":{{}},"headers":{{"content-type":"{media_type}","x-request-id":"req_1"}},"repeated":"kept","body":{body}}}"#
        );
    };
    let error = |code: &str, error_type: &str| {
        format!(r#"{{"error":{{"message":"No.","type":"{error_type}","code":"{code}"}}}}"#)
    };
    for number in 0..40 {
        line(
            "GET",
            "/v1/models",
            200,
            "application/json",
            r#"{"data":[]}"#,
        );
        if number % 10 == 0 {
            line(
                "POST",
                "/v1/messages",
                502,
                "text/html",
                "<html>Bad Gateway</html>",
            );
        }
        if number % 20 == 0 {
            line(
                "POST",
                "/v1/chat/completions",
                200,
                "text/event-stream",
                "data: {}\n\n",
            );
        }
    }
    line(
        "GET",
        "/v1/files/file-1",
        404,
        "application/json",
        &error("model_not_found", "invalid_request_error"),
    );
    let inputs = Inputs::new(Source::new(
        "catalog.yaml",
        file("catalog/catalog.yaml").into(),
    ));
    let catalog = compile(&inputs).value.expect("the catalog of the gateway");
    for code in &catalog.codes {
        let name = &code.names.wire;
        let operation = &catalog.operations[code.operations[0]];
        if !["captcha_failed", "storage_quota_exceeded"].contains(&name.as_str()) {
            let error_type = &catalog[code.error_type].names.wire;
            let target = operation.path.replace(['{', '}'], "");
            let (method, status) = (operation.method.as_str(), code.status.sent().get());
            line(
                method,
                &target,
                status,
                "application/json",
                &error(name, error_type),
            );
        }
    }
    lines
}

#[test]
fn the_page_shows_a_report_as_it_is() {
    let project = Project::new(&file("catalog/catalog.yaml"));
    project.write("traffic.jsonl", sample());
    let report = project.run("live-check traffic.jsonl").exits_with(1);
    let shown = blocks("text");
    assert_eq!(shown.first(), Some(&report.stdout));
}
