//! Ten thousand requests at once, half of them hostile: every answer is an envelope with a request id,
//! none hangs, and the server survives.

mod kinds;
mod proxied;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Request};
use gateway_errors::EnvelopeStyle;
use gateway_errors::testkit::{TestResponse, check};
use http_body_util::BodyExt;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::{Barrier, Semaphore};
use tokio::time::timeout;

use kinds::{Kind, Material, friendly, get, hostile, oversized, style_at};

const REQUESTS: usize = 10_000;

/// No answer may take longer. Bodies that do not arrive are given up after `BODY_SECONDS`.
const PATIENCE: Duration = Duration::from_secs(90);
const BODY_SECONDS: &str = "25";

/// The server, which ends with the test.
struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_gateway"))
            .args(["--port", "0", "--body-timeout", BODY_SECONDS])
            .args(["--answer-timeout", "80"])
            .env("RUST_BACKTRACE", "0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("a pipe");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let address = line.trim().rsplit('/').next().expect("an address");
        Self {
            address: address.parse().expect("an address"),
            child,
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn send(stream: TcpStream, request: Request<Body>) -> hyper::Result<TestResponse> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let connection = tokio::spawn(connection);
    let response = sender.send_request(request).await?;
    let (parts, body) = response.into_parts();
    let body = body.collect().await?.to_bytes().to_vec();
    connection.abort();
    Ok(TestResponse {
        status: parts.status.as_u16(),
        headers: pairs(&parts.headers),
        body,
    })
}

fn pairs(headers: &HeaderMap) -> Vec<(String, Vec<u8>)> {
    let headers = headers.iter();
    headers
        .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
        .collect()
}

/// The request id of an answer, or why the answer is not what it should be.
fn verdict(kind: &Kind, style: EnvelopeStyle, answer: TestResponse) -> Result<String, String> {
    let of_kind = |text: String| format!("{}: {text}", kind.name);
    let status = answer.status;
    let mut headers = answer.headers.iter();
    let id = headers.find(|(name, _)| name == "x-request-id");
    let id = id.and_then(|(_, id)| String::from_utf8(id.clone()).ok());
    match kind.error {
        Some(error) => {
            let received = check(answer, error).map_err(of_kind)?;
            if received.style.as_deref() != Some(style.as_str()) {
                return Err(of_kind(format!("the style is {:?}", received.style)));
            }
        }
        None if status == 200 => {}
        None => return Err(of_kind(format!("status {status}"))),
    }
    id.ok_or_else(|| of_kind("no request id".to_owned()))
}

/// What ten thousand requests at once got.
struct Outcome {
    /// The different answers to each kind, without what differs between two equal requests.
    answers: BTreeMap<&'static str, BTreeSet<String>>,
    /// From the moment when all are connected, in no order.
    latencies: Vec<Duration>,
    taken: Duration,
}

impl Outcome {
    fn median(&self) -> Duration {
        let mut sorted = self.latencies.clone();
        sorted.sort();
        sorted[sorted.len() / 2]
    }
}

/// An answer without its request id and its date.
fn comparable(answer: &TestResponse) -> String {
    let mut headers = answer.headers.iter();
    let id = headers.find(|(name, _)| name == "x-request-id");
    let id = id.map_or_else(String::new, |(_, id)| {
        String::from_utf8_lossy(id).into_owned()
    });
    let headers = answer.headers.iter().filter(|(name, _)| name != "date");
    let headers =
        headers.map(|(name, value)| format!("{name}: {}\n", String::from_utf8_lossy(value)));
    let head: String = headers.collect();
    let text = format!(
        "{}\n{head}\n{}",
        answer.status,
        String::from_utf8_lossy(&answer.body)
    );
    if id.is_empty() {
        text
    } else {
        text.replace(&id, "ID")
    }
}

/// Sends the requests to an address. Every answer is as it should be, with an id of its own.
async fn all_at_once(address: SocketAddr) -> Outcome {
    let material = Arc::new(Material {
        oversized: Bytes::from(format!("{{\"message\":\"{}\"}}", "x".repeat(2_200_000))),
        deep: Bytes::from("[".repeat(100_000)),
    });
    let (friendly, hostile) = (Arc::new(friendly()), Arc::new(hostile()));
    let all_connected = Arc::new(Barrier::new(REQUESTS));
    // The queue of connections that wait to be accepted has its limit too.
    let connecting = Arc::new(Semaphore::new(200));
    let started = Instant::now();
    let requests = (0..REQUESTS).map(|number| {
        let (material, barrier) = (Arc::clone(&material), Arc::clone(&all_connected));
        let (friendly, hostile) = (Arc::clone(&friendly), Arc::clone(&hostile));
        let connecting = Arc::clone(&connecting);
        tokio::spawn(async move {
            let stream = {
                let _turn = connecting.acquire().await.expect("a turn");
                timeout(PATIENCE, TcpStream::connect(address)).await
            };
            barrier.wait().await;
            let started = Instant::now();
            let large = oversized();
            let kind = match number {
                _ if number % 2 == 0 => &friendly[number / 2 % friendly.len()],
                _ if number % 101 == 0 => &large,
                _ => &hostile[number / 2 % hostile.len()],
            };
            let failed = |error: &dyn std::fmt::Display| Err(format!("{}: {error}", kind.name));
            let outcome = match stream {
                Err(elapsed) => failed(&elapsed),
                Ok(Err(error)) => failed(&error),
                Ok(Ok(stream)) => {
                    let request = (kind.make)(&material);
                    let style = style_at(request.uri().path());
                    match timeout(PATIENCE, send(stream, request)).await {
                        Err(elapsed) => failed(&elapsed),
                        Ok(Err(error)) => failed(&error),
                        Ok(Ok(answer)) => {
                            let latency = started.elapsed();
                            let text = comparable(&answer);
                            verdict(kind, style, answer).map(|id| (id, text, latency))
                        }
                    }
                }
            };
            (kind.name, outcome)
        })
    });
    let requests: Vec<_> = requests.collect();
    let mut ids = HashSet::new();
    let mut answers: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut latencies = Vec::with_capacity(REQUESTS);
    let mut wrong = Vec::new();
    for request in requests {
        let (kind, outcome) = request.await.expect("a task that does not panic");
        let answers = answers.entry(kind).or_default();
        match outcome {
            Ok((id, text, latency)) => {
                assert!(ids.insert(id), "{kind}: an id that another request has");
                answers.insert(text);
                latencies.push(latency);
            }
            Err(text) => wrong.push(text),
        }
    }
    let few: Vec<&String> = wrong.iter().take(10).collect();
    assert!(
        wrong.is_empty(),
        "{} of {REQUESTS} answers are wrong, such as {few:#?}",
        wrong.len()
    );
    assert_eq!(answers.len(), friendly.len() + hostile.len() + 1);
    Outcome {
        answers,
        latencies,
        taken: started.elapsed(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_requests_at_once() {
    let files = rlimit::increase_nofile_limit(u64::MAX).expect("a limit");
    let needed = REQUESTS as u64 + 500;
    assert!(
        files >= needed,
        "{needed} open files are needed, and only {files} allowed: see `ulimit -Hn`"
    );
    let mut server = Server::start();
    let direct = all_at_once(server.address).await;
    let stream = TcpStream::connect(server.address)
        .await
        .expect("a connection");
    let after = send(stream, get("/v1/models", "sk-demo"))
        .await
        .expect("an answer");
    assert_eq!(after.status, 200);
    assert!(
        server.child.try_wait().expect("a state").is_none(),
        "the server has ended"
    );
    println!(
        "{REQUESTS} requests at once, each answered as it should be, in {:.1} s",
        direct.taken.as_secs_f32()
    );
    if let Some(program) = std::env::var_os("GATEWAY_PROXY") {
        proxied::compare(&program, server.address, &direct).await;
    }
}
