//! A server with planted faults: the wrong example of each rule about servers, as `docs/rules.md` shows it.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use anyhow::{Context as _, ensure};
use codegen::Rule;
use codegen::rule::RuleKind;
use fs_err as fs;

use super::{LiveCheck, recorded};
use crate::check::Check;

/// The page with the rules.
const PAGE: &str = "docs/rules.md";

/// An exchange of the page.
struct Example {
    /// The command that sends the request to `$GATEWAY`.
    shell: String,
    /// The response.
    response: Vec<u8>,
}

/// Each wrong example breaks its rule alone, through the proxy and recorded, and each right one breaks none.
pub(super) fn check(live: &LiveCheck<'_>) -> anyhow::Result<Vec<Check>> {
    let page = fs::read_to_string(live.root.join(PAGE))?;
    let (_, rest) = page
        .split_once("## Rules about servers")
        .context("no rules about servers")?;
    let catalog = rest
        .split("```yaml\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    let file = live.folder.join("catalog.yaml");
    fs::write(&file, catalog.context("no catalog")?)?;
    let file = file.display().to_string();
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://{}", listener.local_addr()?);
    let (sender, responses) = sync_channel(1);
    thread::spawn(move || serve(&listener, &responses));
    let options = ["--catalog", &file, "--stream-end", "[DONE]"];
    let rules = Rule::ALL.iter().copied();
    let rules = rules.filter(|rule| matches!(rule.kind(), RuleKind::Traffic(_)));
    let mut checks = Vec::new();
    for rule in rules {
        let id = rule.id();
        let [wrong, right] = examples(&page, id)?;
        for (example, expected) in [(wrong, vec![id.to_owned()]), (right, Vec::new())] {
            let command = example.shell.replace("$GATEWAY", "$LIVE_CHECK_URL");
            let command = ["--to", &address, "--", "bash", "-c", &command];
            sender.send(example.response.clone())?;
            let proxied = live.rules("planted", &[&options[..], &command].concat())?;
            sender.send(example.response)?;
            let lines = recorded::record(&[&example.shell], &address, &live.folder)?;
            let lines = lines.display().to_string();
            let recorded = live.rules("planted", &[&options[..], &[&*lines]].concat())?;
            for (way, found) in [
                ("through the proxy", proxied),
                ("recorded by curl", recorded),
            ] {
                let fault = (found != expected)
                    .then(|| format!("expected the findings {expected:?}, found {found:?}"));
                checks.push(Check::new(
                    "live-check",
                    format!("the rule `{id}`, {way}"),
                    fault,
                ));
            }
        }
    }
    ensure!(!checks.is_empty(), "{PAGE} has no rules about servers");
    Ok(checks)
}

/// The wrong and the right example of a rule.
fn examples(page: &str, rule: &str) -> anyhow::Result<[Example; 2]> {
    let (_, section) = page
        .split_once(&format!("\n## `{rule}`\n"))
        .context("no section")?;
    let (section, _) = section.split_once("\n## ").unwrap_or((section, ""));
    let mut blocks = section.split("```http\n").skip(1);
    let mut next = || {
        let block = blocks.next().and_then(|rest| rest.split("```").next());
        example(block.with_context(|| format!("no example of `{rule}`"))?)
    };
    Ok([next()?, next()?])
}

/// The exchange of a block: the request, and below it the response.
fn example(block: &str) -> anyhow::Result<Example> {
    let (request, rest) = block.split_once("\n\n").context("no response")?;
    let (head, body) = rest.split_once("\n\n").unwrap_or((rest, ""));
    let (line, of_request) = request.split_once('\n').unwrap_or((request, ""));
    let (method, target) = line.split_once(' ').context("no target")?;
    let headers = of_request.lines().map(|header| format!(" -H '{header}'"));
    let headers: String = headers.collect();
    let shell = format!("curl -siN -X {method} \"$GATEWAY{target}\"{headers}");
    let (status, of_response) = head.split_once('\n').unwrap_or((head, ""));
    let status = status.strip_prefix("HTTP ").context("no status")?;
    let mut response = format!("HTTP/1.1 {} Status\r\n", status.trim());
    for header in of_response.lines() {
        response.push_str(header);
        response.push_str("\r\n");
    }
    let body = body.strip_suffix('\n').unwrap_or(body);
    // Writing to a string cannot fail.
    let _ = write!(
        response,
        "content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    Ok(Example {
        shell,
        response: response.into_bytes(),
    })
}

/// Answers each connection with the next response.
fn serve(listener: &TcpListener, responses: &Receiver<Vec<u8>>) {
    for stream in listener.incoming().flatten() {
        let Ok(response) = responses.recv() else {
            return;
        };
        // Whether the client got it is seen by the client.
        let _ = answer(stream, &response);
    }
}

fn answer(stream: TcpStream, response: &[u8]) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line)?;
        let line = line.trim_end().to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
        if line.is_empty() {
            break;
        }
    }
    stream.read_exact(&mut vec![0; length])?;
    stream.get_mut().write_all(response)
}
