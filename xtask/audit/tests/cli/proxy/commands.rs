//! The command whose requests go through the proxy.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;

use super::{Ending, GET, PATIENCE, Proxy, Server, error, interrupt, small, talk};
use crate::project::{Project, Run, audit};

/// A command that names the proxy in a file, waits for the test, and ends with a code.
fn waiting(code: i32) -> String {
    format!(
        "printf %s \"$LIVE_CHECK_URL\" > url.part && mv url.part url
         while [ ! -e done ]; do sleep 0.02; done
         echo printed; exit {code}"
    )
}

fn start(project: &Project, to: &str, options: &str, script: &str) -> Child {
    let mut command = audit();
    command
        .args(["live-check", "--to", to])
        .args(options.split_whitespace());
    command
        .args(["--", "sh", "-c", script])
        .current_dir(project.path(""));
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.spawn().expect("a run")
}

fn awaited(project: &Project, name: &str) -> String {
    let begin = Instant::now();
    loop {
        if let Ok(text) = fs::read_to_string(project.path(name)) {
            return text;
        }
        assert!(begin.elapsed() < PATIENCE, "no file {name}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// A run whose command ends with a code, after a request that gets this type.
fn run(options: &str, code: i32, error_type: &str) -> Run {
    let project = small();
    let server = Server::new(GET.len(), error(error_type).as_bytes(), Ending::Closed);
    let child = start(&project, &server.url, options, &waiting(code));
    let url = awaited(&project, "url");
    talk(&url, GET);
    project.write("done", "");
    Run::from(child.wait_with_output().expect("an end"))
}

#[test]
fn the_command_gives_the_exit_code_unless_it_succeeds() {
    let ok = run("", 0, "request_error").exits_with(0);
    assert!(
        ok.stdout
            .starts_with("printed\nok: no rule is broken in 1 exchange"),
        "{ok:?}"
    );
    assert_eq!(ok.stderr, "");
    run("", 0, "nope")
        .exits_with(1)
        .prints("error[undeclared-type]");
    run("--fail-on never", 0, "nope")
        .exits_with(0)
        .prints("error[undeclared-type]");
    run("", 7, "nope")
        .exits_with(7)
        .prints("error[undeclared-type]");
    run("", 7, "request_error")
        .exits_with(7)
        .prints("ok: no rule is broken");
}

/// The commands of `docs/live-check.md` with a proxy.
fn documented() -> Vec<String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/live-check.md");
    let page = fs::read_to_string(page).expect("the page");
    let lines = page.lines();
    let lines = lines.filter(|line| line.starts_with("cargo xtask live-check --to "));
    lines.map(str::to_owned).collect()
}

/// Programs that the page names: they do what the test waits for.
fn stand_ins(project: &Project) {
    for (name, arguments) in [("npm", "test"), ("pytest", "--base-url $LIVE_CHECK_URL")] {
        let waiting = waiting(0);
        let script = format!("#!/bin/sh\n[ \"$*\" = \"{arguments}\" ] || exit 5\n{waiting}\n");
        project.write(&format!("bin/{name}"), script);
        let mode = fs::Permissions::from_mode(0o755);
        fs::set_permissions(project.path(&format!("bin/{name}")), mode).expect("a program");
    }
}

#[test]
fn the_commands_of_the_page_run_a_suite_or_until_ctrl_c() {
    let server = Server::new(GET.len(), error("request_error").as_bytes(), Ending::Closed);
    let commands = documented();
    assert_eq!(commands.len(), 3);
    for command in commands {
        let project = small();
        stand_ins(&project);
        let to_server = command.replace("http://127.0.0.1:4000", &server.url);
        if let Some(listen) = to_server.split_once(" --listen ") {
            assert_eq!(listen.1, "4001");
            let proxy = Proxy::start(&project, &server.url, "--listen 0");
            talk(&proxy.url, GET);
            proxy
                .finish()
                .exits_with(0)
                .prints("in 1 exchange, 1 error response");
            continue;
        }
        let program = audit().get_program().to_string_lossy().into_owned();
        let mut shell = Command::new("sh");
        shell.args(["-c", &to_server.replace("cargo xtask", &program)]);
        let path = format!("{}:/usr/bin:/bin", project.path("bin").display());
        shell.env("PATH", path).current_dir(project.path(""));
        let child = shell
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        talk(&awaited(&project, "url"), GET);
        project.write("done", "");
        let run = Run::from(child.expect("a shell").wait_with_output().expect("an end"));
        run.exits_with(0).prints("in 1 exchange, 1 error response");
    }
}

#[test]
fn a_report_for_programs_is_alone_on_stdout() {
    let run = run("--format json", 0, "request_error").exits_with(0);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert!(report.is_object());
    run.says("printed");
}

#[test]
fn the_proxy_listens_where_it_should() {
    let project = small();
    let child = start(
        &project,
        "http://127.0.0.1:1",
        "--listen 127.0.0.1:0",
        &waiting(0),
    );
    let url = awaited(&project, "url");
    let port = url.strip_prefix("http://127.0.0.1:").expect("the address");
    // The port is in use.
    let taken = format!("live-check --to http://127.0.0.1:1 --listen {port} -- true");
    project
        .run(&taken)
        .exits_with(2)
        .says("cannot listen at 127.0.0.1:");
    project.write("done", "");
    Run::from(child.wait_with_output().expect("an end")).exits_with(0);
}

#[test]
fn signals_reach_the_command_and_the_report_follows() {
    for (signal, name, code) in [(Signal::SIGTERM, "TERM", 9), (Signal::SIGHUP, "HUP", 8)] {
        let project = small();
        let script = format!("trap 'exit {code}' {name}; echo > url; while :; do sleep 0.02; done");
        let child = start(&project, "http://127.0.0.1:1", "", &script);
        awaited(&project, "url");
        interrupt(&child, signal);
        let run = Run::from(child.wait_with_output().expect("an end")).exits_with(code);
        run.prints("ok: no rule is broken in 0 exchanges");
    }
    // A command that a signal ends has the code that a shell gives it.
    let project = small();
    let child = start(
        &project,
        "http://127.0.0.1:1",
        "",
        "echo > url; exec sleep 30",
    );
    awaited(&project, "url");
    interrupt(&child, Signal::SIGTERM);
    Run::from(child.wait_with_output().expect("an end")).exits_with(143);
}

#[test]
fn what_cannot_run_is_a_usage_error() {
    let project = small();
    let run = |arguments: &str| {
        project
            .run(&format!("live-check {arguments}"))
            .exits_with(2)
    };
    run("--to http://127.0.0.1:1 -- no-such-program").says("cannot run no-such-program");
    run("--to https://127.0.0.1:1 -- true").says("start the server without TLS");
    run("--to http://127.0.0.1:1/v1 -- true").says("the path of each request is passed on");
    run("--to http://127.0.0.1:1 traffic.har").says("cannot be used with");
    run("--to http://127.0.0.1:1 --at http://127.0.0.1:1").says("cannot be used with");
    run("--listen 4001 traffic.har").says("cannot be used with");
    run("--listen 4001").says("--to <URL>");
    run("-- true").says("--to <URL>");
}
