//! Requests as bytes, and what comes back: over a socket.

use std::fmt::Write as _;
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How long an answer may take. The proxies wait for a second.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long the rest of a request waits for an answer to its beginning.
const PAUSE: Duration = Duration::from_millis(400);

/// The part of a target that tells requests apart.
const TOKEN: &str = "token=";

/// The token in a target.
pub(super) fn token(target: &str) -> Option<&str> {
    let (_, after) = target.split_once(TOKEN)?;
    after.split('&').next()
}

/// The query that gives a request a token.
pub(super) fn query(token: &str) -> String {
    format!("?{TOKEN}{token}")
}

/// The value of a header in a head.
pub(super) fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = head.lines().skip(1);
    lines.find_map(|line| {
        let (own, value) = line.split_once(':')?;
        own.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// A request that HTTP/2 can send too.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) method: &'static str,
    pub(super) target: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Body,
}

#[derive(Clone, Debug)]
pub(super) enum Body {
    None,
    /// A body whose length the request states.
    Sized(usize),
    /// A body that the length of a message does not limit.
    Chunked(usize),
}

impl Request {
    /// The bytes of the request, in parts. A part waits for an answer to those before it.
    pub(super) fn to_http(&self) -> Vec<Vec<u8>> {
        let mut head = format!(
            "{} {} HTTP/1.1\r\nhost: localhost\r\n",
            self.method, self.target
        );
        for (name, value) in &self.headers {
            // Writing to a string cannot fail.
            let _ = write!(head, "{name}: {value}\r\n");
        }
        match self.body {
            Body::None => vec![(head + "\r\n").into_bytes()],
            Body::Sized(length) => {
                let head = format!("{head}content-length: {length}\r\n\r\n");
                vec![head.into_bytes(), vec![b'x'; length]]
            }
            Body::Chunked(length) => {
                let mut start =
                    format!("{head}transfer-encoding: chunked\r\n\r\n{length:x}\r\n").into_bytes();
                start.resize(start.len() + length, b'x');
                vec![start, b"\r\n0\r\n\r\n".to_vec()]
            }
        }
    }
}

/// What a client saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// The end of the connection.
    Closed,
    /// Bytes that are not a response.
    Raw,
    Answer(Answer),
}

/// A response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// With names in lower case.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Seen {
    /// What the bytes of a whole connection are.
    fn of_bytes(bytes: &[u8]) -> Self {
        match Answer::read(bytes, true) {
            Some((answer, _)) => Self::Answer(answer),
            None if bytes.is_empty() => Self::Closed,
            None => Self::Raw,
        }
    }
}

impl Answer {
    /// The value of a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find_map(|(own, value)| (own == name).then_some(value.as_str()))
    }

    /// Replaces the value of a header.
    pub(super) fn set(&mut self, name: &str, value: String) {
        self.headers.retain(|(own, _)| own != name);
        self.headers.push((name.to_owned(), value));
    }

    /// The bytes of the response, after which the connection ends.
    pub(super) fn to_http(&self) -> String {
        let body = String::from_utf8_lossy(&self.body);
        let mut head = format!("HTTP/1.1 {} Error\r\n", self.status);
        for (name, value) in &self.headers {
            // Writing to a string cannot fail.
            let _ = write!(head, "{name}: {value}\r\n");
        }
        format!(
            "{head}content-length: {}\r\nconnection: close\r\n\r\n{body}",
            self.body.len()
        )
    }

    /// The first response in bytes, and where it ends; none if the bytes are not a whole response. If the
    /// connection has `ended`, what came is all.
    pub(super) fn read(bytes: &[u8], ended: bool) -> Option<(Self, usize)> {
        let mut start = 0;
        loop {
            let rest = &bytes[start..];
            if !rest.starts_with(b"HTTP/") {
                return None;
            }
            let end = rest.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
            let head = String::from_utf8_lossy(&rest[..end]).into_owned();
            let status: u16 = head.split(' ').nth(1)?.trim().parse().ok()?;
            start += end;
            if (100..200).contains(&status) {
                continue;
            }
            let headers = head.lines().skip(1).filter_map(|line| line.split_once(':'));
            let headers =
                headers.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()));
            let mut answer = Self {
                status,
                headers: headers.collect(),
                body: Vec::new(),
            };
            let (body, length) = answer.read_body(&bytes[start..], ended)?;
            answer.body = body;
            return Some((answer, start + length));
        }
    }

    fn read_body(&self, bytes: &[u8], ended: bool) -> Option<(Vec<u8>, usize)> {
        let whole = (bytes.to_vec(), bytes.len());
        if let Some(length) = self
            .header("content-length")
            .and_then(|length| length.parse::<usize>().ok())
        {
            return match bytes.get(..length) {
                Some(body) => Some((body.to_vec(), length)),
                None => ended.then_some(whole),
            };
        }
        if self.header("transfer-encoding").is_some() {
            return match unchunked(bytes) {
                None => ended.then_some(whole),
                found => found,
            };
        }
        ended.then_some(whole)
    }
}

/// The content of chunks, and where they end.
fn unchunked(bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    let mut content = Vec::new();
    let mut at = 0;
    loop {
        let line = bytes[at..].windows(2).position(|two| two == b"\r\n")?;
        let size = std::str::from_utf8(&bytes[at..at + line]).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        let start = at + line + 2;
        content.extend_from_slice(bytes.get(start..start + size)?);
        at = start + size + 2;
        if size == 0 {
            return Some((content, at));
        }
    }
}

/// Sends the parts of a request over a connection of its own.
pub(super) fn send(port: u16, parts: &[Vec<u8>]) -> anyhow::Result<Seen> {
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(Duration::from_millis(50)))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let done = AtomicBool::new(false);
    let mut reader = stream.try_clone()?;
    thread::scope(|scope| {
        let read = scope.spawn(|| {
            let bytes = read_answer(&mut reader);
            done.store(true, Ordering::Release);
            bytes
        });
        let mut writer = &stream;
        for (index, part) in parts.iter().enumerate() {
            let start = Instant::now();
            while index > 0 && !done.load(Ordering::Acquire) && start.elapsed() < PAUSE {
                thread::sleep(Duration::from_millis(5));
            }
            // A proxy that has answered need not read the rest.
            if done.load(Ordering::Acquire) || writer.write_all(part).is_err() {
                break;
            }
        }
        let bytes = read
            .join()
            .map_err(|_| anyhow::anyhow!("a reader panicked"))?;
        Ok(Seen::of_bytes(&bytes))
    })
}

/// Reads until a response is whole, the connection ends, or the patience does.
fn read_answer(reader: &mut TcpStream) -> Vec<u8> {
    let start = Instant::now();
    let mut bytes = Vec::new();
    let mut buffer = vec![0; 64 * 1024];
    while start.elapsed() < PATIENCE && Answer::read(&bytes, false).is_none() {
        match reader.read(&mut buffer) {
            Ok(0) => break,
            Ok(length) => bytes.extend_from_slice(&buffer[..length]),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(_) => break,
        }
    }
    bytes
}
