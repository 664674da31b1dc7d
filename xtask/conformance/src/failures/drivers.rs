//! The drivers of the clients.

use std::collections::BTreeMap;
use std::path::Path;
use std::thread;

use anyhow::{Context as _, anyhow};
use serde::Deserialize;

use crate::driver;
use crate::environment::Environments;
use crate::model::Language;
use crate::server::Server;

use super::answers::Answers;
use super::streams::STREAMS;

/// A client, and how its driver calls it.
pub(super) struct Client {
    language: Language,
    pub(super) name: &'static str,
    /// The style of the API that the client is made for.
    style: &'static str,
}

/// All clients, in the order of the tables.
pub(super) const CLIENTS: [Client; 10] = {
    use Language::{Node, Python, Rust};
    const fn client(language: Language, name: &'static str, style: &'static str) -> Client {
        Client {
            language,
            name,
            style,
        }
    }
    [
        client(Python, "openai", "openai"),
        client(Node, "openai", "openai"),
        client(Python, "langchain-openai", "openai"),
        client(Node, "ai-sdk", "openai"),
        client(Python, "litellm", "openai"),
        client(Rust, "async-openai", "openai"),
        client(Rust, "genai", "openai"),
        client(Python, "anthropic", "anthropic"),
        client(Node, "anthropic", "anthropic"),
        client(Python, "google-genai", "google"),
    ]
};

impl Client {
    /// The name in paths and logs.
    pub(super) fn id(&self) -> String {
        format!("{}-{}", self.name, self.language.name().to_lowercase())
    }

    /// Its package, version and language.
    pub(super) fn title(&self, driven: &str) -> String {
        let (package, version) = driven.split_once(' ').unwrap_or_default();
        format!("`{package}` {version} ({})", self.language.name())
    }

    const fn driver(&self) -> &'static str {
        match self.language {
            Language::Python => "failing_cases.py",
            Language::Node => "failing_cases.mjs",
            Language::Rust => "failing-cases",
        }
    }
}

/// The error that a client reported.
#[derive(Deserialize)]
pub(super) struct Seen {
    pub(super) class: String,
    /// What a log shows.
    pub(super) text: String,
    pub(super) status: Option<String>,
    pub(super) code: Option<String>,
    #[serde(rename = "type")]
    pub(super) error_type: Option<String>,
    pub(super) request_id: Option<String>,
}

/// A line of a driver.
#[derive(Deserialize)]
pub(super) struct Row {
    pub(super) case: String,
    /// None if the call ended normally.
    pub(super) error: Option<Seen>,
}

/// What a client reported about all cases.
pub(super) struct Report {
    /// Its package, version and language.
    pub(super) client: String,
    pub(super) style: &'static str,
    seen: BTreeMap<String, Seen>,
    attempts: BTreeMap<String, usize>,
}

impl Report {
    /// The error of a case, unless the call ended normally.
    pub(super) fn seen(&self, case: &str) -> Option<&Seen> {
        self.seen.get(case)
    }

    /// How often the client sent the request of a case.
    pub(super) fn attempts(&self, case: &str) -> usize {
        self.attempts.get(case).copied().unwrap_or_default()
    }
}

/// Drives all clients at once against a server with these answers.
pub(super) fn run(
    answers: &Answers,
    file: &Path,
    environments: &Environments,
    folder: &Path,
) -> anyhow::Result<Vec<Report>> {
    let mut command = environments
        .of(Language::Python)?
        .driver("failing_server.py");
    command.arg(file);
    let mut server = Server::start(command, folder, "failing-server")?;
    let address = &server.address;
    let responses = answers.responses().collect::<Vec<_>>();
    let streams = STREAMS.map(|stream| stream.case);
    let clients: Vec<&Client> = CLIENTS.iter().collect();
    let driven = drive_all(&clients, |client| {
        let own = format!("{address}/{}", client.id());
        let cases: [&[&str]; 2] = [&responses, &streams];
        drive(client, &own, cases, environments, folder, "failing")
    });
    let log = server.log()?;
    let reports = CLIENTS.iter().zip(driven).map(|(client, driven)| {
        let driven = driven?;
        let attempts = attempts(&log, &client.id());
        let mut seen = BTreeMap::new();
        for row in driven.lines {
            attempts
                .get(&row.case)
                .with_context(|| format!("{} did not send the case {}", client.id(), row.case))?;
            if let Some(error) = row.error {
                seen.insert(row.case, error);
            }
        }
        Ok(Report {
            client: client.title(&driven.client),
            style: client.style,
            seen,
            attempts,
        })
    });
    reports.collect()
}

/// What the driver of each client printed. They run at once.
pub(super) fn drive_all<T: Send>(
    clients: &[&Client],
    drive: impl Fn(&Client) -> anyhow::Result<T> + Sync,
) -> Vec<anyhow::Result<T>> {
    let drive = &drive;
    thread::scope(|scope| {
        let started: Vec<_> = clients
            .iter()
            .map(|client| scope.spawn(move || drive(client)))
            .collect();
        let ended = started.into_iter().map(|thread| {
            let joined = thread.join().map_err(|_| anyhow!("a driver panicked"));
            joined.and_then(|driven| driven)
        });
        ended.collect()
    })
}

/// Drives a client against a server. The model of a request names its case: one of the responses, or of the streams.
/// The output is stored in `folder`; its name begins with `log`.
pub(super) fn drive(
    client: &Client,
    address: &str,
    [responses, streams]: [&[&str]; 2],
    environments: &Environments,
    folder: &Path,
    log: &str,
) -> anyhow::Result<driver::Report<Row>> {
    let mut command = environments.of(client.language)?.driver(client.driver());
    let cases = [responses.join(","), streams.join(",")];
    command.args([client.name, address]).args(cases);
    // The clients for Rust ask the proxy even for local addresses.
    command.env("NO_PROXY", "127.0.0.1");
    driver::run::<Row>(command, folder, &format!("{log}-{}", client.id()))
}

/// How often a client sent each case, by the log of the server.
fn attempts(log: &str, id: &str) -> BTreeMap<String, usize> {
    let mut attempts = BTreeMap::new();
    for line in log.lines() {
        let mut words = line.split(' ');
        if let (Some("request"), Some(client), Some(case)) =
            (words.next(), words.next(), words.next())
            && client == id
        {
            *attempts.entry(case.to_owned()).or_default() += 1;
        }
    }
    attempts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_are_counted_by_client_and_case() {
        let log = "request a-node busy\nrequest a-node busy\nrequest b-rust busy\nTraceback\n";
        let counted = attempts(log, "a-node");
        assert_eq!(counted, BTreeMap::from([("busy".to_owned(), 2)]));
        assert!(attempts(log, "c").is_empty());
    }
}
