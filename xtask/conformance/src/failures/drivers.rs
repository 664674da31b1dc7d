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
    name: &'static str,
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
    fn id(&self) -> String {
        format!("{}-{}", self.name, self.language.name().to_lowercase())
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
struct Row {
    case: String,
    /// None if the call ended normally.
    error: Option<Seen>,
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
    let responses = answers.responses().collect::<Vec<_>>().join(",");
    let streams = STREAMS.map(|stream| stream.case).join(",");
    let drive = |client: &Client| {
        let mut command = environments.of(client.language)?.driver(client.driver());
        let id = client.id();
        command.args([
            client.name,
            &format!("{address}/{id}"),
            &responses,
            &streams,
        ]);
        // The clients for Rust ask the proxy even for local addresses.
        command.env("NO_PROXY", "127.0.0.1");
        driver::run::<Row>(command, folder, &format!("failing-{id}"))
    };
    let driven = thread::scope(|scope| {
        let started = CLIENTS
            .each_ref()
            .map(|client| scope.spawn(move || drive(client)));
        started.map(|thread| {
            let joined = thread.join().map_err(|_| anyhow!("a driver panicked"));
            joined.and_then(|driven| driven)
        })
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
        let (package, version) = driven.client.split_once(' ').unwrap_or_default();
        Ok(Report {
            client: format!("`{package}` {version} ({})", client.language.name()),
            style: client.style,
            seen,
            attempts,
        })
    });
    reports.collect()
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
