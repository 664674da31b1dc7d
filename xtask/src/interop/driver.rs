//! Drivers: programs that use a client or a tool, and print what it made of things.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::Context;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::tools;

/// How long a driver may take.
const PATIENCE: Duration = Duration::from_secs(600);

/// What a driver printed.
pub(super) struct Said<T> {
    /// The client or tool that it drives, and the version of it.
    pub(super) client: String,
    pub(super) lines: Vec<T>,
}

/// The first line that a driver prints.
#[derive(Deserialize)]
struct Version {
    client: String,
    version: String,
}

/// Runs a driver, and reads the lines of JSON that it prints behind the version of the client. Its output
/// is kept in `folder` under `name`.
pub(super) fn run<T: DeserializeOwned>(
    command: Command,
    folder: &Path,
    name: &str,
) -> anyhow::Result<Said<T>> {
    let said = tools::output(command, PATIENCE, folder, name)?;
    let (version, lines) = said.split_once('\n').unwrap_or_default();
    let unread = |line: &str| format!("the driver of {name} printed {line}");
    let Version { client, version } =
        serde_json::from_str(version).with_context(|| unread(version))?;
    let lines = lines
        .lines()
        .map(|line| serde_json::from_str(line).with_context(|| unread(line)));
    Ok(Said {
        client: format!("{client} {version}"),
        lines: lines.collect::<anyhow::Result<_>>()?,
    })
}
