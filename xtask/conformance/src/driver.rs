//! Drivers: programs that use a client or a tool, and print its results as lines of JSON.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::Context;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::toolchain;

/// The longest time that a driver may take.
const TIMEOUT: Duration = Duration::from_secs(600);

/// The output of a driver.
pub(crate) struct Report<T> {
    /// The name and version of the client or tool.
    pub(crate) client: String,
    pub(crate) lines: Vec<T>,
}

/// The first line of the output.
#[derive(Deserialize)]
struct Version {
    client: String,
    version: String,
}

/// Runs a driver, and reads the version of the client and the lines after it. The output is stored in
/// `folder` as `name`.
pub(crate) fn run<T: DeserializeOwned>(
    command: Command,
    folder: &Path,
    name: &str,
) -> anyhow::Result<Report<T>> {
    let output = toolchain::output(command, TIMEOUT, folder, name)?;
    let (version, lines) = output.split_once('\n').unwrap_or_default();
    let unreadable = |line: &str| format!("the driver of {name} printed an invalid line: {line}");
    let Version { client, version } =
        serde_json::from_str(version).with_context(|| unreadable(version))?;
    let lines = lines
        .lines()
        .map(|line| serde_json::from_str(line).with_context(|| unreadable(line)));
    Ok(Report {
        client: format!("{client} {version}"),
        lines: lines.collect::<anyhow::Result<_>>()?,
    })
}
