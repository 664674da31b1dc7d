//! Sends the requests of the guide, word for word.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, ensure};
use fs_err as fs;
use serde::Deserialize;

use crate::model::Row;
use crate::toolchain;

/// The page with the requests.
pub(crate) const GUIDE: &str = "docs/gateway.md";

/// The longest time that the requests of one block may take.
const TIMEOUT: Duration = Duration::from_secs(60);

/// A block of shell code that provokes one case, once or several times.
pub(crate) struct Request {
    pub(crate) case: String,
    shell: String,
}

/// The blocks of shell code in a text.
pub(crate) fn shell_blocks(text: &str) -> impl Iterator<Item = &str> {
    let blocks = text.split("```sh\n").skip(1);
    blocks.filter_map(|block| Some(block.split_once("```")?.0))
}

/// The blocks of a page, each below a heading that names its case, such as `` `code` `` or
/// `` `type` 500 ``.
pub(crate) fn of_guide(page: &str) -> anyhow::Result<Vec<Request>> {
    let mut requests: Vec<Request> = Vec::new();
    for section in page.split("\n### `").skip(1) {
        let (heading, text) = section.split_once('\n').unwrap_or((section, ""));
        let case = heading.replacen("` ", "_", 1).replace('`', "");
        let mut blocks = shell_blocks(text);
        let shell = blocks.next();
        let shell = shell.with_context(|| format!("{GUIDE} has no request below {heading}"))?;
        ensure!(
            blocks.next().is_none(),
            "{GUIDE} has two blocks below {heading}"
        );
        ensure!(
            requests.iter().all(|request| request.case != case),
            "{GUIDE} has {case} twice"
        );
        let shell = shell.to_owned();
        requests.push(Request { case, shell });
    }
    ensure!(!requests.is_empty(), "{GUIDE} has no requests");
    Ok(requests)
}

/// Sends all requests.
pub(crate) fn send_all(
    requests: &[Request],
    address: &str,
    folder: &Path,
) -> anyhow::Result<Vec<Row>> {
    let mut rows = Vec::new();
    // Without this file, curl would read the one in the user's home.
    fs::write(folder.join(".curlrc"), "")?;
    for request in requests {
        let mut command = Command::new("bash");
        command
            .args(["-e", "-o", "pipefail", "-c", &request.shell])
            .env("GATEWAY", address);
        command
            .env("CURL_HOME", folder)
            .env("NO_PROXY", "*")
            .current_dir(folder);
        let output = toolchain::output(command, TIMEOUT, folder, "curl")?;
        let commands = request.shell.matches("curl ").count();
        let responses =
            responses(&output).with_context(|| format!("the response to {}", request.case))?;
        ensure!(
            responses.len() == commands,
            "{} has {commands} requests, and {} responses",
            request.case,
            responses.len()
        );
        rows.extend(responses.into_iter().map(|response| response.row(request)));
    }
    Ok(rows)
}

/// A response as `curl -i` prints it.
struct Response {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

/// An envelope. The page promises JSON, so anything else is a fault.
#[derive(Deserialize)]
struct Envelope {
    error: Members,
}

#[derive(Deserialize)]
struct Members {
    message: String,
    #[serde(rename = "type")]
    error_type: String,
    code: Option<String>,
    param: Option<String>,
}

/// Splits consecutive responses, without the interim ones.
fn responses(mut text: &str) -> anyhow::Result<Vec<Response>> {
    let mut responses = Vec::new();
    while !text.is_empty() {
        let (head, rest) = text
            .split_once("\r\n\r\n")
            .context("no end of the headers")?;
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1));
        let status: u16 = status
            .and_then(|status| status.parse().ok())
            .context("no status")?;
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        text = rest;
        if status < 200 {
            continue;
        }
        let length = headers.iter().find(|(name, _)| name == "content-length");
        let length = length
            .and_then(|(_, value)| value.parse().ok())
            .context("no length")?;
        let (body, rest) = text.split_at_checked(length).context("a truncated body")?;
        text = rest;
        responses.push(Response {
            status,
            headers,
            body: body.to_owned(),
        });
    }
    Ok(responses)
}

impl Response {
    /// The value of a header that appears once.
    fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(header, _)| header == name);
        let (_, value) = values.next()?;
        values.next().is_none().then_some(value)
    }

    fn row(self, request: &Request) -> Row {
        let mut row = Row {
            client: "curl".to_owned(),
            case: request.case.clone(),
            status: Some(self.status),
            request_id: self.header("x-request-id").map(str::to_owned),
            attempts: 1,
            ..Row::default()
        };
        match self.envelope() {
            Ok(members) => {
                row.error_type = Some(members.error_type);
                row.code = members.code;
                row.param = members.param;
                let should_retry = self.header("x-should-retry");
                row.should_retry = should_retry.and_then(|value| value.parse().ok());
            }
            Err(problem) => row.problem = Some(problem.to_string()),
        }
        row
    }

    fn envelope(&self) -> anyhow::Result<Members> {
        let content_type = self.header("content-type").unwrap_or("none");
        ensure!(
            content_type == "application/json",
            "content-type is {content_type}"
        );
        let Envelope { error } = serde_json::from_str(&self.body).context("not an envelope")?;
        ensure!(!error.message.trim().is_empty(), "an empty message");
        let promised = matches!(self.status, 429 | 503).then_some("1");
        let delay = self.header("retry-after");
        ensure!(
            delay == promised,
            "Retry-After is {}",
            delay.unwrap_or("missing")
        );
        Ok(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str = "HTTP/1.1 100 Continue\r\n\r\n\
         HTTP/1.1 413 Content Too Large\r\nContent-Type: application/json\r\nx-request-id: req_1\r\n\
         x-should-retry: false\r\ncontent-length: 66\r\n\r\n\
         {\"error\":{\"message\":\"m\",\"type\":\"t\",\"code\":\"file_too_large\",\"x\":1}}";

    fn request() -> Request {
        let page = "# Page\n\n### `file_too_large`\n\n```sh\ncurl -i $GATEWAY\n```\n\n## Other\n";
        of_guide(page).unwrap().remove(0)
    }

    fn row(answer: &str) -> Row {
        responses(answer).unwrap().remove(0).row(&request())
    }

    #[test]
    fn a_block_belongs_to_the_heading_before_it() {
        assert_eq!(request().case, "file_too_large");
        let page = "\n### `server_error` 500\n\nThe handler:\n\n```sh\ncurl\n```\n";
        assert_eq!(of_guide(page).unwrap()[0].case, "server_error_500");
        assert!(of_guide("\n### `a_code`\n\nNothing.\n").is_err());
        assert!(of_guide(&format!("{page}{page}")).is_err());
        assert!(of_guide("# Page\n").is_err());
    }

    #[test]
    fn consecutive_responses_are_split() {
        let answers = responses(&format!("{ANSWER}{ANSWER}")).unwrap();
        assert_eq!(answers.len(), 2);
        let row = row(ANSWER);
        assert_eq!((row.status, row.problem), (Some(413), None));
        assert_eq!(row.code.as_deref(), Some("file_too_large"));
        assert_eq!(row.request_id.as_deref(), Some("req_1"));
        assert!(responses(&ANSWER[..ANSWER.len() - 1]).is_err());
    }

    #[test]
    fn an_invalid_envelope_is_a_problem() {
        for (right, wrong, problem) in [
            (
                "application/json",
                "text/plain",
                "content-type is text/plain",
            ),
            ("{\"error\"", "[\"error\"", "not an envelope"),
            ("\"m\"", "\" \"", "an empty message"),
            ("413", "429", "Retry-After is missing"),
            ("x-request-id: req_1", "Retry-After: 2", "Retry-After is 2"),
        ] {
            let answer = ANSWER.replace(right, wrong);
            assert_eq!(row(&answer).problem.as_deref(), Some(problem));
        }
    }
}
