//! An observer of HTTP/1.1.
//!
//! Source: RFC 9112. Requests can be sent before the response to an earlier one, and the responses have their order.

use std::collections::VecDeque;

use super::ending::{End, Next};
use super::framing::{Framing, NotHttp};
use super::observed::{Answer, Asked, Exchanges, Fields, Kept, Loss};
use crate::exchange::{Body, Unknown};

/// The largest head that is read.
const MAX_HEAD: usize = 256 << 10;
/// The most headers that are read.
const MAX_HEADERS: usize = 256;
/// The most requests that wait for their response.
const MAX_PIPELINED: usize = 1000;

/// Observes a connection.
#[derive(Debug)]
pub(super) struct Http1 {
    exchanges: Exchanges,
    /// The begin of a head of a request.
    request: Vec<u8>,
    /// The body of the request.
    upload: Framing,
    waiting: VecDeque<Asked>,
    /// The begin of a head of a response.
    response: Vec<u8>,
    answering: Option<Answering>,
}

/// A response whose head has come.
#[derive(Debug)]
struct Answering {
    asked: Asked,
    status: u16,
    headers: Fields,
    framing: Framing,
    kept: Kept,
}

impl Http1 {
    pub(super) fn new(exchanges: Exchanges) -> Self {
        Self {
            exchanges,
            request: Vec::new(),
            upload: Framing::length(0),
            waiting: VecDeque::new(),
            response: Vec::new(),
            answering: None,
        }
    }

    /// Reads bytes of the client.
    pub(super) fn client_sends(&mut self, mut bytes: &[u8]) -> Result<Next, NotHttp> {
        loop {
            let read = self.upload.read(bytes, |_| {})?;
            bytes = &bytes[read..];
            if bytes.is_empty() || !self.upload.is_done() {
                return Ok(Next::Http);
            }
            let Some(length) = head(&mut self.request, bytes)? else {
                return Ok(Next::Http);
            };
            bytes = &bytes[length..];
            let head = std::mem::take(&mut self.request);
            self.asked(&head)?;
        }
    }

    fn asked(&mut self, head: &[u8]) -> Result<(), NotHttp> {
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut request = httparse::Request::new(&mut headers);
        let is_whole = request.parse(head).is_ok_and(|status| status.is_complete());
        let (true, Some(method), Some(target)) = (is_whole, request.method, request.path) else {
            return Err(NotHttp);
        };
        if self.waiting.len() >= MAX_PIPELINED {
            return Err(NotHttp);
        }
        let fields = request
            .headers
            .iter()
            .map(|field| (field.name, field.value));
        self.upload = Framing::stated(fields)?.unwrap_or(Framing::length(0));
        let fields = owned(request.headers);
        let asked = self
            .exchanges
            .asked(method.to_owned(), target.to_owned(), fields);
        self.waiting.push_back(asked);
        Ok(())
    }

    /// Reads bytes of the server.
    pub(super) fn server_sends(&mut self, mut bytes: &[u8]) -> Result<Next, NotHttp> {
        while !bytes.is_empty() {
            if let Some(mut answering) = self.answering.take() {
                bytes = &bytes[answering.read(bytes)?..];
                self.next(answering);
                continue;
            }
            let Some(length) = head(&mut self.response, bytes)? else {
                return Ok(Next::Http);
            };
            bytes = &bytes[length..];
            let head = std::mem::take(&mut self.response);
            if self.answered(&head)? == Next::Other {
                return Ok(Next::Other);
            }
        }
        Ok(Next::Http)
    }

    fn answered(&mut self, head: &[u8]) -> Result<Next, NotHttp> {
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut response = httparse::Response::new(&mut headers);
        let is_whole = response
            .parse(head)
            .is_ok_and(|status| status.is_complete());
        let (true, Some(status)) = (is_whole, response.code) else {
            return Err(NotHttp);
        };
        if matches!(status, 100 | 102..200) {
            return Ok(Next::Http);
        }
        let asked = self.waiting.pop_front().ok_or(NotHttp)?;
        let is_tunnel = status == 101 || (asked.method == "CONNECT" && status < 300);
        let has_none = is_tunnel || matches!(status, 204 | 304) || asked.method == "HEAD";
        let fields = response
            .headers
            .iter()
            .map(|field| (field.name, field.value));
        let framing = if has_none {
            Framing::length(0)
        } else {
            Framing::stated(fields)?.unwrap_or(Framing::rest())
        };
        self.next(Answering {
            asked,
            status,
            headers: owned(response.headers),
            framing,
            kept: Kept::default(),
        });
        if is_tunnel {
            self.exchanges.lost(Loss::Upgraded);
            return Ok(Next::Other);
        }
        Ok(Next::Http)
    }

    /// Goes on with a response, or hands it over if it is whole.
    fn next(&mut self, answering: Answering) {
        if answering.framing.is_done() {
            answering.hand_over(&self.exchanges, Body::Whole);
        } else {
            self.answering = Some(answering);
        }
    }

    /// Hands over what the end of the connection leaves.
    pub(super) fn end(self, end: End) {
        if let Some(answering) = self.answering {
            let body: fn(_) -> _ = match end {
                End::Closed if answering.framing.is_rest() => Body::Whole,
                End::Closed | End::Broken => Body::Cut,
                End::Left => |_| Body::Unknown(Unknown::Left),
            };
            answering.hand_over(&self.exchanges, body);
        }
        for asked in self.waiting {
            self.exchanges.seen(asked, Answer::None(end.reason()));
        }
    }
}

impl Answering {
    fn read(&mut self, bytes: &[u8]) -> Result<usize, NotHttp> {
        let (kept, asked) = (&mut self.kept, &mut self.asked);
        self.framing.read(bytes, |data| kept.push(data, asked))
    }

    fn hand_over(
        self,
        exchanges: &Exchanges,
        body: fn(std::borrow::Cow<'static, [u8]>) -> Body<'static>,
    ) {
        let body = self.kept.body(body);
        exchanges.seen(
            self.asked,
            Answer::Response(self.status, self.headers, body),
        );
    }
}

/// Adds bytes to the begin of a head, up to its end. Returns how many belong to it if it is whole.
fn head(begin: &mut Vec<u8>, bytes: &[u8]) -> Result<Option<usize>, NotHttp> {
    let before = begin.len();
    let known = begin.len().saturating_sub(3);
    begin.extend_from_slice(bytes);
    // Lines that are empty can precede a head.
    let blank = begin
        .iter()
        .take_while(|byte| matches!(byte, b'\r' | b'\n'))
        .count();
    let Some(end) = end(&begin[known.max(blank)..]) else {
        return if begin.len() > MAX_HEAD {
            Err(NotHttp)
        } else {
            Ok(None)
        };
    };
    let length = known.max(blank) + end;
    begin.truncate(length);
    Ok(Some(length - before))
}

/// The end of a head: an empty line.
fn end(bytes: &[u8]) -> Option<usize> {
    let ends = memchr::memchr_iter(b'\n', bytes);
    let mut ends = ends.filter_map(|at| match bytes.get(at + 1..)? {
        [b'\n', ..] => Some(at + 2),
        [b'\r', b'\n', ..] => Some(at + 3),
        _ => None,
    });
    ends.next()
}

fn owned(headers: &[httparse::Header<'_>]) -> Fields {
    let fields = headers.iter();
    fields
        .map(|field| (field.name.to_owned(), field.value.to_owned()))
        .collect()
}
