//! Sends the requests of the guide, word for word.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, ensure};
use codegen::catalog::{Envelope, Shape, Slot};
use fs_err as fs;
use serde_json::Value;

use crate::envelope;
use crate::model::{IN_STREAM, Row};
use crate::toolchain;

/// The page with the requests.
pub(crate) const GUIDE: &str = "docs/gateway.md";

/// The longest time that a request may take.
const TIMEOUT: Duration = Duration::from_secs(60);

/// A command that provokes one case.
pub(crate) struct Request {
    pub(crate) case: String,
    /// The style of the errors at its path.
    style: String,
    shell: String,
    /// The end of the body, if the page shows it.
    shown: Option<String>,
    /// The `Retry-After` of the response.
    delay: Option<String>,
}

impl Request {
    /// The command, which sends it to `$GATEWAY`.
    pub(crate) fn shell(&self) -> &str {
        &self.shell
    }
}

/// The blocks of shell code in a text.
pub(crate) fn shell_blocks(text: &str) -> impl Iterator<Item = &str> {
    let blocks = text.split("```sh\n").skip(1);
    blocks.filter_map(|block| Some(block.split_once("```")?.0))
}

/// The requests of a page. They are in sections with a heading that names the case, such as `` `code` ``,
/// `` `type` 500 `` or `` `type` 500 in a stream ``; more words follow a comma. A block of JSON or text after a block of
/// shell code is the end of the body of its last response.
pub(crate) fn of_guide(page: &str, envelope: &Envelope) -> anyhow::Result<Vec<Request>> {
    let mut requests: Vec<Request> = Vec::new();
    let mut headings = Vec::new();
    for section in page.split("\n### `").skip(1) {
        let (heading, text) = section.split_once('\n').unwrap_or((section, ""));
        ensure!(!headings.contains(&heading), "{GUIDE} has {heading} twice");
        headings.push(heading);
        let (case, _) = heading.split_once(", ").unwrap_or((heading, ""));
        let case = case.replace(" in a stream", IN_STREAM);
        let case = case.replacen("` ", "_", 1).replace('`', "");
        let (text, _) = text.split_once("\n## ").unwrap_or((text, ""));
        let before = requests.len();
        for block in text.split("```sh\n").skip(1) {
            let (shell, rest) = block.split_once("```").unwrap_or((block, ""));
            for command in commands(shell) {
                let path = path(&command);
                let path = path.with_context(|| format!("{GUIDE}: no request in {command}"))?;
                requests.push(Request {
                    case: case.clone(),
                    style: envelope::shape_at(envelope, path).name.clone(),
                    delay: delay(page, &command).map(str::to_owned),
                    shell: command,
                    shown: None,
                });
            }
            if let Some(last) = requests.last_mut() {
                last.shown = shown(rest).map(str::to_owned);
            }
        }
        ensure!(
            requests.len() > before,
            "{GUIDE} has no request below {heading}"
        );
    }
    ensure!(!requests.is_empty(), "{GUIDE} has no requests");
    Ok(requests)
}

/// The commands of a block. A backslash at the end of a line continues it.
fn commands(shell: &str) -> impl Iterator<Item = String> {
    let joined = shell.replace("\\\n", "\u{0}");
    let commands: Vec<String> = joined
        .lines()
        .map(|line| line.replace('\u{0}', "\\\n"))
        .collect();
    commands.into_iter()
}

/// The path of the address in a command.
fn path(command: &str) -> Option<&str> {
    let (_, address) = command.split_once("$GATEWAY")?;
    let end = address.find(|c: char| c.is_whitespace() || "\"'?".contains(c));
    Some(&address[..end.unwrap_or(address.len())])
}

/// The first block of JSON or text.
fn shown(text: &str) -> Option<&str> {
    let blocks = ["```json\n", "```text\n"].into_iter();
    let mut found = blocks.filter_map(|fence| text.split_once(fence));
    let (_, block) = found.next()?;
    block.split_once("```").map(|(block, _)| block)
}

/// The last cell of the row of a model: `Retry-After`. The row begins with the name of the model.
fn delay<'a>(page: &'a str, command: &str) -> Option<&'a str> {
    let mut rows = page.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.find_map(|row| {
        let (model, cells) = row.strip_suffix(" |")?.split_once('`')?;
        let is_asked = [format!("\"{model}\""), format!("/{model}:")]
            .iter()
            .any(|model| command.contains(model));
        let (_, delay) = cells.rsplit_once('|')?;
        is_asked.then(|| delay.trim())
    })
}

/// Sends all requests.
pub(crate) fn send_all(
    requests: &[Request],
    envelope: &Envelope,
    address: &str,
    folder: &Path,
) -> anyhow::Result<Vec<Row>> {
    // Without this file, curl would read the one in the user's home.
    fs::write(folder.join(".curlrc"), "")?;
    let rows = requests.iter().map(|request| {
        let mut command = Command::new("bash");
        command
            .args(["-e", "-o", "pipefail", "-c", &request.shell])
            .env("GATEWAY", address);
        command
            .env("CURL_HOME", folder)
            .env("NO_PROXY", "*")
            .current_dir(folder);
        let output = toolchain::output(command, TIMEOUT, folder, "curl")?;
        let shape = envelope.shapes.iter();
        let shape = shape.into_iter().find(|shape| shape.name == request.style);
        let shape = shape.context("a request without a style")?;
        let response = Response::parse(&output);
        let response = response.with_context(|| format!("the response to {}", request.shell))?;
        Ok(response.row(request, shape))
    });
    rows.collect()
}

/// A response as `curl -i` prints it.
pub(crate) struct Response {
    pub(crate) status: u16,
    /// The names are in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Response {
    /// The response in the output of a command, without the interim ones.
    pub(crate) fn parse(mut text: &str) -> anyhow::Result<Self> {
        loop {
            let (head, rest) = text
                .split_once("\r\n\r\n")
                .context("no end of the headers")?;
            let mut lines = head.lines();
            let status = lines.next().and_then(|line| line.split(' ').nth(1));
            let status: u16 = status
                .and_then(|status| status.parse().ok())
                .context("no status")?;
            if status < 200 {
                text = rest;
                continue;
            }
            let headers = lines
                .filter_map(|line| line.split_once(": "))
                .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()));
            return Ok(Self {
                status,
                headers: headers.collect(),
                body: rest.to_owned(),
            });
        }
    }

    /// The value of a header that appears once.
    fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(header, _)| header == name);
        let (_, value) = values.next()?;
        values.next().is_none().then_some(value)
    }

    fn row(self, request: &Request, shape: &Shape) -> Row {
        let mut row = Row {
            client: "curl".to_owned(),
            style: request.style.clone(),
            case: request.case.clone(),
            stream: request.case.ends_with(IN_STREAM),
            status: Some(self.status),
            request_id: self.header("x-request-id").map(str::to_owned),
            attempts: 1,
            ..Row::default()
        };
        match self.fill(&mut row, request, shape) {
            Ok(()) => {}
            Err(problem) => row.problem = Some(problem.to_string()),
        }
        row
    }

    /// Reads the error into a row.
    fn fill(&self, row: &mut Row, request: &Request, shape: &Shape) -> anyhow::Result<()> {
        let media_type = if row.stream {
            "text/event-stream"
        } else {
            &shape.content_type
        };
        let content_type = self.header("content-type").unwrap_or("none");
        ensure!(content_type == media_type, "content-type is {content_type}");
        let (body, json) = if row.stream {
            (&shape.event.data, self.last_event(shape)?)
        } else {
            (&shape.body, &*self.body)
        };
        let json: Value = serde_json::from_str(json).context("not an envelope")?;
        let read = |slot| envelope::read(body, &json, slot);
        let message = read(Slot::Message).context("not an envelope")?;
        ensure!(!message.trim().is_empty(), "an empty message");
        if let Some(id) = read(Slot::RequestId) {
            ensure!(
                Some(&id) == row.request_id.as_ref(),
                "the request id is {id}"
            );
        }
        row.error_type = read(Slot::Type);
        row.code = read(Slot::Code);
        row.param = read(Slot::Param);
        if let Some(shown) = &request.shown {
            // The line of the page ends, and the body does not.
            let is_shown = self.body.trim_end_matches('\n').ends_with(shown.trim_end());
            let is_whole = row.stream || self.body.len() < shown.len();
            ensure!(is_shown && is_whole, "{GUIDE} shows another body");
        }
        if row.stream {
            return Ok(());
        }
        let should_retry = self.header("x-should-retry");
        row.should_retry = should_retry.and_then(|value| value.parse().ok());
        let usual = matches!(self.status, 429 | 503).then_some("1");
        let promised = request.delay.as_deref().filter(|delay| !delay.is_empty());
        let delay = self.header("retry-after");
        ensure!(
            delay == promised.or(usual),
            "Retry-After is {}",
            delay.unwrap_or("missing")
        );
        Ok(())
    }

    /// The data of the event that ends a stream.
    fn last_event(&self, shape: &Shape) -> anyhow::Result<&str> {
        let events = self.body.strip_suffix("\n\n");
        let events = events.context("no empty line ends the stream")?;
        let (_, event) = events.rsplit_once("\n\n").context("only one event")?;
        let (name, data) = match event.split_once('\n') {
            Some((name, data)) => (name.strip_prefix("event: "), data),
            None => (None, event),
        };
        ensure!(
            name == shape.event.name.as_deref(),
            "the last event is {event}"
        );
        data.strip_prefix("data: ").context("no data")
    }
}

#[cfg(test)]
mod tests;
