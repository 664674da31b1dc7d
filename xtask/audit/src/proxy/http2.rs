//! An observer of HTTP/2 without TLS.
//!
//! Source: RFC 9113, sections 4 to 6. What the two sides agree on is theirs: only the size of the tables of headers
//! matters here.

mod frames;

use std::collections::HashMap;

use super::ending::{End, Next};
use super::framing::NotHttp;
use super::observed::{Answer, Asked, Exchanges, Fields, Kept};
use crate::exchange::{Body, Unknown};
use frames::{Event, Side};

/// What a client begins with.
pub(super) const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// The most requests that wait for the end of their response.
const MAX_STREAMS: usize = 10_000;

/// Observes a connection.
pub(super) struct Http2 {
    exchanges: Exchanges,
    client: Side,
    server: Side,
    streams: HashMap<u32, Stream>,
}

/// A request, and what has come of its response.
#[derive(Debug)]
struct Stream {
    asked: Asked,
    response: Option<(u16, Fields)>,
    kept: Kept,
}

impl std::fmt::Debug for Http2 {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Http2")
            .field("streams", &self.streams)
            .finish_non_exhaustive()
    }
}

impl Http2 {
    pub(super) fn new(exchanges: Exchanges) -> Self {
        Self {
            exchanges,
            client: Side::new(PREFACE.len()),
            server: Side::new(0),
            streams: HashMap::new(),
        }
    }

    /// Reads bytes of the client.
    pub(super) fn client_sends(&mut self, mut bytes: &[u8]) -> Result<Next, NotHttp> {
        while let Some(event) = self.client.next(&mut bytes, |_, _| {})? {
            match event {
                Event::Headers(stream, fields, _) if !self.streams.contains_key(&stream) => {
                    self.asked(stream, fields)?;
                }
                // Trailers, or the end of an upload.
                Event::Headers(..) | Event::Ended(_) => {}
                Event::Reset(stream) => self.finish(stream, End::Left),
            }
        }
        Ok(Next::Http)
    }

    fn asked(&mut self, stream: u32, fields: Fields) -> Result<(), NotHttp> {
        if self.streams.len() >= MAX_STREAMS {
            return Err(NotHttp);
        }
        let (mut method, mut target) = (None, None);
        let mut headers = Vec::with_capacity(fields.len());
        for (name, value) in fields {
            match &*name {
                ":method" => method = String::from_utf8(value).ok(),
                ":path" => target = String::from_utf8(value).ok(),
                name if name.starts_with(':') => {}
                _ => headers.push((name, value)),
            }
        }
        // CONNECT has no path.
        let asked =
            self.exchanges
                .asked(method.ok_or(NotHttp)?, target.unwrap_or_default(), headers);
        self.streams.insert(
            stream,
            Stream {
                asked,
                response: None,
                kept: Kept::default(),
            },
        );
        Ok(())
    }

    /// Reads bytes of the server.
    pub(super) fn server_sends(&mut self, mut bytes: &[u8]) -> Result<Next, NotHttp> {
        let streams = &mut self.streams;
        while let Some(event) = self.server.next(&mut bytes, |stream, data| {
            if let Some(stream) = streams.get_mut(&stream) {
                stream.kept.push(data, &mut stream.asked);
            }
        })? {
            match event {
                Event::Headers(stream, fields, is_last) => {
                    if let Some(found) = streams.get_mut(&stream) {
                        found.answered(fields)?;
                    }
                    if is_last {
                        whole(streams, stream, &self.exchanges);
                    }
                }
                Event::Ended(stream) => whole(streams, stream, &self.exchanges),
                Event::Reset(stream) => {
                    if let Some(found) = streams.remove(&stream) {
                        found.hand_over(&self.exchanges, End::Broken);
                    }
                }
            }
        }
        Ok(Next::Http)
    }

    fn finish(&mut self, stream: u32, end: End) {
        if let Some(found) = self.streams.remove(&stream) {
            found.hand_over(&self.exchanges, end);
        }
    }

    /// Hands over what the end of the connection leaves.
    pub(super) fn end(self, end: End) {
        for (_, stream) in self.streams {
            stream.hand_over(&self.exchanges, end);
        }
    }
}

/// Hands over a stream that the server has ended.
fn whole(streams: &mut HashMap<u32, Stream>, stream: u32, exchanges: &Exchanges) {
    let Some(Stream {
        asked,
        response,
        kept,
    }) = streams.remove(&stream)
    else {
        return;
    };
    let answer = match response {
        Some((status, headers)) => Answer::Response(status, headers, kept.body(Body::Whole)),
        None => Answer::None(End::Closed.reason()),
    };
    exchanges.seen(asked, answer);
}

impl Stream {
    /// Takes headers of the server: of an interim response, of the final one, or trailers.
    fn answered(&mut self, mut fields: Fields) -> Result<(), NotHttp> {
        if self.response.is_some() {
            return Ok(());
        }
        let status = fields.iter().find(|(name, _)| name == ":status");
        let status = status.and_then(|(_, value)| str::from_utf8(value).ok()?.parse().ok());
        let status = status.ok_or(NotHttp)?;
        if status >= 200 {
            fields.retain(|(name, _)| !name.starts_with(':'));
            self.response = Some((status, fields));
        }
        Ok(())
    }

    fn hand_over(self, exchanges: &Exchanges, end: End) {
        let body: fn(_) -> _ = match end {
            End::Closed | End::Broken => Body::Cut,
            End::Left => |_| Body::Unknown(Unknown::Left),
        };
        let answer = match self.response {
            Some((status, headers)) => Answer::Response(status, headers, self.kept.body(body)),
            None => Answer::None(end.reason()),
        };
        exchanges.seen(self.asked, answer);
    }
}
