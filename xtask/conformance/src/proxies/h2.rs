//! Requests over HTTP/2, which Node sends.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use fs_err as fs;
use serde::Deserialize;
use serde_json::{Value, json};

use super::exchange::{Answer, Body, Request, Seen};
use crate::toolchain;

/// The driver, relative to the root.
const DRIVER: &str = "xtask/conformance/drivers/node/send_h2.mjs";

/// How long all requests together may take.
const TIMEOUT: Duration = Duration::from_secs(60);

/// A response as the driver prints it.
#[derive(Deserialize)]
struct Printed {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

/// Sends requests side by side, each as often as stated, and returns the last answers. The log is stored in `folder` as
/// `name`.
pub(super) fn send_all(
    root: &Path,
    port: u16,
    requests: &[(Request, usize)],
    folder: &Path,
    name: &str,
) -> anyhow::Result<Vec<Seen>> {
    let file = folder.join(format!("{name}.json"));
    let all: Vec<Value> = requests
        .iter()
        .map(|(request, times)| to_json(request, *times))
        .collect();
    fs::write(&file, serde_json::to_vec(&all)?)?;
    let mut command = Command::new("node");
    command
        .arg(root.join(DRIVER))
        .arg(port.to_string())
        .arg(&file);
    let printed = toolchain::output(command, TIMEOUT, folder, name)?;
    let printed: Vec<Option<Printed>> =
        serde_json::from_str(&printed).context("the answers are unreadable")?;
    ensure!(
        printed.len() == requests.len(),
        "{name} has {} answers",
        printed.len()
    );
    let seen = printed.into_iter().map(|printed| match printed {
        None => Seen::Closed,
        Some(Printed {
            status,
            headers,
            body,
        }) => Seen::Answer(Answer {
            status,
            headers,
            body: body.into_bytes(),
        }),
    });
    Ok(seen.collect())
}

fn to_json(request: &Request, times: usize) -> Value {
    let (length, sized) = match request.body {
        Body::None => (0, false),
        Body::Sized(length) => (length, true),
        Body::Chunked(length) => (length, false),
    };
    json!({
        "method": request.method,
        "target": request.target,
        "headers": request.headers,
        "length": length,
        "sized": sized,
        "times": times,
    })
}
