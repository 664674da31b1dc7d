//! Reads what passes through a connection.

use super::ending::{End, Next};
use super::framing::NotHttp;
use super::http1::Http1;
use super::http2::{Http2, PREFACE};
use super::observed::{Exchanges, Loss};

/// Bytes of the server that are kept until the client has sent its first ones.
const MAX_GREETING: usize = 64 << 10;

/// Observes a connection, whatever passes through it.
#[derive(Debug)]
pub(super) struct Observer {
    exchanges: Exchanges,
    mode: Mode,
    /// Whether the client sends no more.
    is_left: bool,
}

#[derive(Debug)]
enum Mode {
    /// What was read of the client and of the server, before it is clear what they speak.
    Begin(Vec<u8>, Vec<u8>),
    Http1(Box<Http1>),
    Http2(Box<Http2>),
    /// Nothing that can be judged.
    Other,
}

impl Observer {
    pub(super) fn new(exchanges: Exchanges) -> Self {
        Self {
            exchanges,
            mode: Mode::Begin(Vec::new(), Vec::new()),
            is_left: false,
        }
    }

    /// Reads bytes of the client.
    pub(super) fn client_sends(&mut self, bytes: &[u8]) {
        let next = match &mut self.mode {
            Mode::Begin(begin, greeting) => {
                begin.extend_from_slice(bytes);
                if begin.len() < PREFACE.len() && PREFACE.starts_with(begin) {
                    return;
                }
                let begin = std::mem::take(begin);
                let greeting = std::mem::take(greeting);
                let exchanges = self.exchanges.clone();
                self.mode = if begin.starts_with(PREFACE) {
                    Mode::Http2(Box::new(Http2::new(exchanges)))
                } else {
                    Mode::Http1(Box::new(Http1::new(exchanges)))
                };
                self.client_sends(&begin);
                if !greeting.is_empty() {
                    self.server_sends(&greeting);
                }
                return;
            }
            Mode::Http1(http) => http.client_sends(bytes),
            Mode::Http2(http) => http.client_sends(bytes),
            Mode::Other => return,
        };
        self.go_on(next);
    }

    /// Reads bytes of the server.
    pub(super) fn server_sends(&mut self, bytes: &[u8]) {
        let next = match &mut self.mode {
            Mode::Begin(_, greeting) if greeting.len() + bytes.len() > MAX_GREETING => Err(NotHttp),
            Mode::Begin(_, greeting) => {
                greeting.extend_from_slice(bytes);
                return;
            }
            Mode::Http1(http) => http.server_sends(bytes),
            Mode::Http2(http) => http.server_sends(bytes),
            Mode::Other => return,
        };
        self.go_on(next);
    }

    fn go_on(&mut self, next: Result<Next, NotHttp>) {
        match next {
            Ok(Next::Http) => return,
            Ok(Next::Other) => {}
            Err(NotHttp) => self.exchanges.lost(Loss::NotHttp),
        }
        self.mode = Mode::Other;
    }

    /// The client sends no more. Many servers then end a response that is not whole.
    pub(super) fn client_ended(&mut self) {
        self.is_left = true;
    }

    /// Hands over what the end of the connection leaves.
    pub(super) fn end(&mut self, end: End) {
        let end = if self.is_left { End::Left } else { end };
        match std::mem::replace(&mut self.mode, Mode::Other) {
            Mode::Http1(http) => http.end(end),
            Mode::Http2(http) => http.end(end),
            Mode::Begin(begin, greeting) if !(begin.is_empty() && greeting.is_empty()) => {
                self.exchanges.lost(Loss::NotHttp);
            }
            Mode::Begin(..) | Mode::Other => {}
        }
    }
}
