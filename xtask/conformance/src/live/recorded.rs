//! A recording of what curl gets, as JSON lines.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;
use fs_err as fs;
use serde_json::json;

use super::TIMEOUT;
use crate::requests::{Request, Response};
use crate::toolchain;

/// What curl prints after each response: the request.
const MARK: &str = "\n@request ";

/// Sends requests of the guide, and records the exchanges.
pub(super) fn of_requests(
    requests: &[Request],
    address: &str,
    folder: &Path,
) -> anyhow::Result<PathBuf> {
    let shells: Vec<&str> = requests.iter().map(Request::shell).collect();
    record(&shells, address, folder)
}

/// Runs commands of the shell with curl, and records the exchanges.
pub(super) fn record(shells: &[&str], address: &str, folder: &Path) -> anyhow::Result<PathBuf> {
    let written = "write-out = \"\\n@request %{method} %{url_effective}\"\n";
    fs::write(folder.join(".curlrc"), written)?;
    let mut lines = String::new();
    for shell in shells {
        let mut command = Command::new("bash");
        command.args(["-e", "-o", "pipefail", "-c", shell]);
        command
            .env("GATEWAY", address)
            .env("CURL_HOME", folder)
            .env("NO_PROXY", "*");
        let output = toolchain::output(command, TIMEOUT, folder, "curl")?;
        // Writing to a string cannot fail.
        let _ = writeln!(
            lines,
            "{}",
            line(&output).with_context(|| format!("after {shell}"))?
        );
    }
    fs::write(folder.join(".curlrc"), "")?;
    let path = folder.join("recorded.jsonl");
    fs::write(&path, lines)?;
    Ok(path)
}

/// The line for what curl printed.
fn line(output: &str) -> anyhow::Result<serde_json::Value> {
    let (response, request) = output
        .rsplit_once(MARK)
        .context("curl printed no request")?;
    let (method, url) = request.split_once(' ').context("no method")?;
    let response = Response::parse(response)?;
    Ok(json!({
        "method": method,
        "target": url,
        "status": response.status,
        "headers": response.headers,
        "body": response.body,
    }))
}
