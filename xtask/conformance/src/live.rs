//! `live-check` with the example server and with planted faults: recorded exchanges, and a proxy.

mod planted;
mod recorded;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use fs_err as fs;
use serde::Deserialize;

use crate::audit::{self, Profile};
use crate::check::Check;
use crate::requests::Request;
use crate::toolchain::{self, Ended};

/// The longest time that a run may take.
const TIMEOUT: Duration = Duration::from_secs(300);
/// The events that end the streams of the example server.
const STREAM_ENDS: [&str; 4] = [
    "--stream-end",
    "[DONE]",
    "--stream-end",
    "event:message_stop",
];

/// The program, and the folder for what it reads.
struct LiveCheck<'a> {
    root: &'a Path,
    folder: PathBuf,
    program: PathBuf,
}

/// The part of a report for programs that is compared.
#[derive(Deserialize)]
struct Report {
    findings: Vec<Finding>,
}

#[derive(Deserialize)]
struct Finding {
    rule: String,
}

/// Checks the example server by all requests of the guide, and the rules by the exchanges of their documentation.
pub(crate) fn check(
    root: &Path,
    folder: &Path,
    requests: &[Request],
    address: &str,
) -> anyhow::Result<Vec<Check>> {
    let folder = folder.join("live");
    fs::create_dir_all(&folder)?;
    let live = LiveCheck {
        root,
        program: audit::build(root, &folder, Profile::Dev)?,
        folder,
    };
    let mut checks = live.gateway(requests, address)?;
    checks.extend(planted::check(&live)?);
    Ok(checks)
}

impl LiveCheck<'_> {
    /// A run with these arguments.
    fn run(&self, name: &str, arguments: &[&str]) -> anyhow::Result<Ended> {
        let mut command = Command::new(&self.program);
        command
            .arg("live-check")
            .args(arguments)
            .current_dir(self.root);
        // Without this file, curl would read the one in the user's home.
        command.env("CURL_HOME", &self.folder).env("NO_PROXY", "*");
        toolchain::run(command, TIMEOUT, &self.folder, name)
    }

    /// The rules that a run reports, in the order of the report.
    fn rules(&self, name: &str, arguments: &[&str]) -> anyhow::Result<Vec<String>> {
        let options = ["--format", "json", "--fail-on", "never"];
        let ended = self.run(name, &[&options[..], arguments].concat())?;
        ensure!(ended.success, "live-check failed:\n{}", ended.err);
        let report: Report = serde_json::from_str(&ended.out).context("no report")?;
        Ok(report
            .findings
            .into_iter()
            .map(|finding| finding.rule)
            .collect())
    }

    /// Both ways find every code of the example server and break no rule.
    fn gateway(&self, requests: &[Request], address: &str) -> anyhow::Result<Vec<Check>> {
        fs::write(self.folder.join(".curlrc"), "")?;
        let shells = requests
            .iter()
            .map(|request| format!("{}\n", request.shell()));
        let script = self.folder.join("requests.sh");
        let begin = "set -e -o pipefail\nexec > /dev/null\nGATEWAY=$LIVE_CHECK_URL\n";
        fs::write(&script, begin.to_owned() + &shells.collect::<String>())?;
        let script = script.display().to_string();
        let all = ["--min-coverage", "100"];
        let command = ["--to", address, "--", "bash", &script];
        let proxied = [&STREAM_ENDS[..], &all, &command].concat();
        let proxied = self.run("proxied", &proxied)?;
        let lines = recorded::of_requests(requests, address, &self.folder)?;
        let lines = lines.display().to_string();
        let recorded = [&STREAM_ENDS[..], &all, &[&*lines]].concat();
        let recorded = self.run("recorded", &recorded)?;
        let checks = [
            ("through the proxy", proxied),
            ("recorded by curl", recorded),
        ];
        Ok(checks
            .into_iter()
            .map(|(way, ended)| clean(way, requests.len(), &ended))
            .collect())
    }
}

/// The check of a run that must say in its first line that all of these requests break no rule.
fn clean(way: &str, requests: usize, ended: &Ended) -> Check {
    let line = ended.out.lines().next().unwrap_or_default();
    let expected = format!("ok: no rule is broken in {requests} exchanges, ");
    let is_clean = ended.success && line.starts_with(&expected);
    let fault = (!is_clean).then(|| {
        let (out, err) = (ended.out.trim_end(), ended.err.trim_end());
        format!("expected `{expected}`, and every code:\n{out}\n{err}")
    });
    Check::new("live-check", format!("the example server, {way}"), fault)
}
