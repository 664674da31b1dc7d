//! The requests that make a proxy, or what is behind it, answer with an error.

use super::exchange::{Body, Request, query};
use super::sites::{LONGEST_BODY, MAKE};

/// What a client sends.
pub(super) enum Sent {
    /// A request that each version of HTTP can carry.
    Request(Request),
    /// Parts of bytes, for HTTP/1.1 only.
    Bytes(Vec<Vec<u8>>),
}

/// A way to provoke an error.
pub(super) struct Case {
    pub(super) name: String,
    pub(super) sent: Sent,
    /// How often it is sent. The last answer counts.
    pub(super) times: usize,
    /// Whether it waits for a timeout.
    pub(super) is_slow: bool,
}

/// How the names of cases begin in which the configuration of a site answers with a status.
pub(super) const MADE: &str = "status ";

impl Case {
    fn new(name: &str, sent: Sent) -> Self {
        Self {
            name: name.to_owned(),
            sent,
            times: 1,
            is_slow: false,
        }
    }

    /// A request without a body.
    fn get(name: &str, path: &str) -> Self {
        Self::request(name, path, |request| request)
    }

    fn request(name: &str, path: &str, change: impl FnOnce(Request) -> Request) -> Self {
        let request = Request {
            method: "GET",
            target: path.to_owned(),
            headers: vec![("accept".to_owned(), "*/*".to_owned())],
            body: Body::None,
        };
        Self::new(name, Sent::Request(change(request)))
    }

    /// A request with one more header.
    fn header(name: &str, header: &str, value: String) -> Self {
        Self::request(name, "/broken/ok", |mut request| {
            request.headers.push((header.to_owned(), value));
            request
        })
    }

    fn post(name: &str, path: &str, body: Body) -> Self {
        Self::request(name, path, |request| Request {
            method: "POST",
            body,
            ..request
        })
    }

    fn bytes(name: &str, parts: &[&[u8]]) -> Self {
        let parts = parts.iter().map(|part| part.to_vec()).collect();
        Self::new(name, Sent::Bytes(parts))
    }

    fn slow(self) -> Self {
        Self {
            is_slow: true,
            ..self
        }
    }

    /// The case with a token, which the upstream receives with it.
    pub(super) fn sent(&self, token: &str) -> Sent {
        match &self.sent {
            Sent::Request(request) => {
                let mut request = request.clone();
                let query = query(token);
                request.target = match request.target.split_once('?') {
                    Some((path, rest)) => format!("{path}{query}&{rest}"),
                    None => request.target + &query,
                };
                Sent::Request(request)
            }
            Sent::Bytes(parts) => Sent::Bytes(parts.clone()),
        }
    }
}

/// All cases for a proxy that can answer with these statuses by a line of its configuration.
pub(super) fn all(makes: &[u16]) -> Vec<Case> {
    let too_large = 2 * LONGEST_BODY;
    let target = |length: usize| format!("/broken/ok?{}", "x".repeat(length));
    let with_target = |name: &str, length: usize| {
        Case::request(name, "/broken/ok", |request| Request {
            target: target(length),
            ..request
        })
    };
    let mut cases = vec![
        Case::post("body too large", "/broken/ok", Body::Sized(too_large)),
        Case::post("body too large, chunked", "/broken/ok", Body::Chunked(LONGEST_BODY + 16 * 1024)),
        with_target("target of 9 kB", 9_000),
        with_target("target of 70 kB", 70_000),
        Case::header("header of 9 kB", "x-long", "x".repeat(9_000)),
        Case::header("header of 40 kB", "x-long", "x".repeat(40_000)),
        Case::request("150 headers", "/broken/ok", |mut request| {
            let more = (0..150).map(|index| (format!("x-{index}"), "x".to_owned()));
            request.headers.extend(more);
            request
        }),
        Case::bytes("not HTTP", &[b"\x16\x03\x01 hello\r\n\r\n"]),
        Case::bytes(
            "space in the name of a header",
            &[b"GET /broken/ok HTTP/1.1\r\nhost: localhost\r\nx bad: x\r\n\r\n"],
        ),
        Case::bytes(
            "unknown Transfer-Encoding",
            &[b"POST /broken/ok HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: unknown\r\n\r\n"],
        ),
        Case::bytes("HTTP/3.7", &[b"GET /broken/ok HTTP/3.7\r\nhost: localhost\r\n\r\n"]),
        Case::request("TRACE", "/broken/ok", |request| Request { method: "TRACE", ..request }),
        Case::header("unknown Expect", "expect", "unknown".to_owned()),
        Case::bytes("slow header", &[b"GET /broken/ok HTTP/1.1\r\nhost: local"]).slow(),
        Case::bytes(
            "slow body",
            &[b"POST /broken/ok HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\nx"],
        )
        .slow(),
        Case::get("denied", "/denied"),
        Case::get("no such file", "/missing"),
        Case { times: 3, ..Case::get("rate limit", "/limit") },
        Case::get("upstream down", "/down").slow(),
        Case::get("upstream slow", "/broken/slow").slow(),
        Case::get("upstream without HTTP", "/broken/garbage"),
        Case::get("upstream hangs up", "/broken/empty"),
        Case::get("upstream resets", "/broken/reset"),
        Case::get("upstream header of 64 kB", "/broken/huge-header"),
        Case::get("upstream's HTML, 404", "/broken/plain-404"),
        Case::get("upstream's HTML, 502", "/broken/plain-502"),
        Case::get("upstream's envelope", "/broken/own"),
        Case::post("Anthropic's path, body too large", "/v1/messages", Body::Sized(too_large)),
        Case::get("Anthropic's path, denied", "/v1/messages/denied"),
        Case::get("Anthropic's path, upstream down", "/v1/messages/down").slow(),
        Case::get("Anthropic's path, upstream hangs up", "/v1/messages/broken/empty"),
    ];
    cases.extend(
        makes
            .iter()
            .map(|status| Case::get(&format!("{MADE}{status}"), &format!("{MAKE}{status}"))),
    );
    cases
}
