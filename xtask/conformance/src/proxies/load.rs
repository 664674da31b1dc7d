//! Thousands of requests through a proxy, half of them errors.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use serde_json::Value;

use super::exchange::Answer;

/// The requests of each proxy.
const REQUESTS: usize = 5_000;

/// The connections that send them side by side.
const CONNECTIONS: usize = 8;

const PATIENCE: Duration = Duration::from_secs(20);

/// A request, and the status of its answer.
struct Sent {
    target: String,
    key: Option<&'static str>,
    statuses: &'static [u16],
}

/// The requests. Every second one fails: here a proxy refuses, there an upstream does not answer, or the example
/// server has an error of its own.
fn sent(index: usize) -> Sent {
    let (target, key, statuses): (_, _, &'static [u16]) = match index % 10 {
        1 => ("/denied", None, &[403]),
        3 => ("/v1/messages/down", None, &[502, 503]),
        5 => ("/v1/models", None, &[401]),
        7 => ("/v2/models/no-such-model", Some("sk-demo"), &[404]),
        9 => ("/broken/empty", None, &[502, 503]),
        _ => ("/v1/models", Some("sk-demo"), &[200]),
    };
    Sent {
        target: target.to_owned(),
        key,
        statuses,
    }
}

/// What is wrong with the answers of a proxy.
pub(super) fn send_all(port: u16, id_header: &str) -> anyhow::Result<Vec<String>> {
    thread::scope(|scope| {
        let started = (0..CONNECTIONS).map(|connection| {
            scope.spawn(move || {
                let mut client = Client::new(port);
                let own = (connection..REQUESTS).step_by(CONNECTIONS);
                let faults = own.map(|index| {
                    let sent = sent(index);
                    let answer = client.send(&sent)?;
                    let fault = fault(&sent, &answer, id_header);
                    anyhow::Ok(
                        fault.map(|fault| format!("request {index}, {}: {fault}", sent.target)),
                    )
                });
                faults
                    .filter_map(Result::transpose)
                    .collect::<anyhow::Result<Vec<String>>>()
            })
        });
        let started: Vec<_> = started.collect();
        let mut faults = Vec::new();
        for thread in started {
            faults.extend(thread.join().map_err(|_| anyhow!("a client panicked"))??);
        }
        Ok(faults)
    })
}

fn fault(sent: &Sent, answer: &Answer, id_header: &str) -> Option<String> {
    let status = answer.status;
    if !sent.statuses.contains(&status) {
        return Some(format!("status {status}"));
    }
    if status < 400 {
        return None;
    }
    let Ok(body) = serde_json::from_slice::<Value>(&answer.body) else {
        return Some(format!(
            "{status} with the body {}",
            String::from_utf8_lossy(&answer.body)
        ));
    };
    if answer.header("content-type") != Some("application/json") || !body.is_object() {
        return Some(format!("{status} without an envelope: {body}"));
    }
    let missing = [id_header, "x-should-retry"]
        .into_iter()
        .find(|name| answer.header(name).is_none_or(str::is_empty));
    missing.map(|name| format!("{status} without {name}"))
}

/// A connection that is kept, and opened again if the proxy closes it.
struct Client {
    port: u16,
    stream: Option<TcpStream>,
}

impl Client {
    fn new(port: u16) -> Self {
        Self { port, stream: None }
    }

    fn send(&mut self, sent: &Sent) -> anyhow::Result<Answer> {
        // A kept connection may have been closed; a new one has not.
        if self.stream.is_some()
            && let Some(answer) = self.try_send(sent)?
        {
            return Ok(answer);
        }
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        self.stream = Some(stream);
        let answer = self.try_send(sent)?;
        answer.with_context(|| format!("{} was not answered", sent.target))
    }

    fn try_send(&mut self, sent: &Sent) -> anyhow::Result<Option<Answer>> {
        let Some(stream) = &mut self.stream else {
            return Ok(None);
        };
        let key = sent.key.map_or_else(String::new, |key| {
            format!("authorization: Bearer {key}\r\n")
        });
        let request = format!(
            "GET {} HTTP/1.1\r\nhost: localhost\r\n{key}\r\n",
            sent.target
        );
        if stream.write_all(request.as_bytes()).is_err() {
            self.stream = None;
            return Ok(None);
        }
        let mut bytes = Vec::new();
        let mut buffer = vec![0; 16 * 1024];
        loop {
            if let Some((answer, _)) = Answer::read(&bytes, false) {
                if answer.header("connection") == Some("close") {
                    self.stream = None;
                }
                return Ok(Some(answer));
            }
            match stream.read(&mut buffer) {
                Ok(length) if length > 0 => bytes.extend_from_slice(&buffer[..length]),
                _ => {
                    self.stream = None;
                    return Ok(Answer::read(&bytes, true).map(|(answer, _)| answer));
                }
            }
        }
    }
}
