//! Exchanges that passed through the proxy, and their way to the judge.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

use super::budget::{Budget, Share};
use crate::exchange::{Body, Exchange, Headers, Outcome, Place, Repeated, Request, Unknown};
use crate::recording::body::outcome;
use crate::recording::limits::MAX_BODY;

/// Bytes that are kept of all exchanges at once.
const MAX_KEPT: usize = 64 << 20;
/// Exchanges that wait for the judge.
const MAX_WAITING: usize = 8192;

/// Names and values of headers, in their order.
pub(super) type Fields = Vec<(String, Vec<u8>)>;

/// A request that passed.
#[derive(Debug)]
pub(super) struct Asked {
    /// Its number among all requests. Counts from 1.
    number: u64,
    pub(super) method: String,
    target: String,
    headers: Fields,
    share: Share,
    /// Whether the memory was enough for its headers.
    is_kept: bool,
}

/// A body as it passes.
#[derive(Debug, Default)]
pub(super) struct Kept {
    bytes: Vec<u8>,
    is_too_large: bool,
}

/// What came back.
#[derive(Debug)]
pub(super) enum Answer {
    None(&'static str),
    Response(u16, Fields, Body<'static>),
}

/// An exchange that passed.
#[derive(Debug)]
pub(crate) struct Observed {
    asked: Asked,
    answer: Answer,
}

impl Observed {
    /// The exchange as the judge takes it.
    pub(super) fn exchange(&self) -> Exchange<'_> {
        let asked = &self.asked;
        let outcome = match &self.answer {
            Answer::None(reason) => Outcome::None(Cow::Borrowed(reason)),
            Answer::Response(status, fields, body) => {
                let body = match body {
                    Body::Whole(bytes) => Body::Whole(Cow::Borrowed(&**bytes)),
                    Body::Cut(bytes) => Body::Cut(Cow::Borrowed(&**bytes)),
                    other => other.clone(),
                };
                outcome(Some(&asked.method), *status, headers(fields), body)
            }
        };
        Exchange {
            place: Place {
                recording: 0,
                exchange: asked.number,
            },
            request: Request {
                method: Some(Cow::Borrowed(&asked.method)),
                target: Some(Cow::Borrowed(&asked.target)),
                headers: headers(&asked.headers),
            },
            outcome,
        }
    }
}

fn headers(fields: &Fields) -> Headers<'_> {
    let fields = fields.iter();
    let fields = fields.map(|(name, value)| (Cow::from(&**name), Cow::from(&**value)));
    Headers {
        fields: fields.collect(),
        repeated: Repeated::Kept,
    }
}

impl Kept {
    /// Adds bytes, if the memory of the exchange allows it.
    pub(super) fn push(&mut self, bytes: &[u8], asked: &mut Asked) {
        if self.is_too_large {
            return;
        }
        let length = self.bytes.len();
        if length + bytes.len() <= MAX_BODY && asked.share.grow(bytes.len()) {
            self.bytes.extend_from_slice(bytes);
            return;
        }
        self.is_too_large = true;
        asked.share.shrink(length);
        self.bytes = Vec::new();
    }

    /// The body, whose bytes are known in this way.
    pub(super) fn body(self, known: fn(Cow<'static, [u8]>) -> Body<'static>) -> Body<'static> {
        if self.is_too_large {
            return Body::Unknown(Unknown::Omitted);
        }
        known(Cow::Owned(self.bytes))
    }
}

/// Takes what the observers see.
#[derive(Clone, Debug)]
pub(super) struct Exchanges(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    sender: SyncSender<Observed>,
    budget: Budget,
    requests: AtomicU64,
    counts: [AtomicU64; Loss::ALL.len()],
}

/// Why traffic was not judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Loss {
    /// The judge was slower than the traffic, or the memory was used up.
    Dropped,
    /// A connection was not HTTP, or not any more.
    NotHttp,
    /// A connection changed to another protocol.
    Upgraded,
    /// The server took no connection.
    Refused,
}

impl Loss {
    const ALL: [Self; 4] = [Self::Dropped, Self::NotHttp, Self::Upgraded, Self::Refused];

    fn line(self, count: u64) -> String {
        let (noun, be) = match (self, count) {
            (Self::Dropped, 1) => ("exchange", "was"),
            (Self::Dropped, _) => ("exchanges", "were"),
            (_, 1) => ("connection", "was"),
            _ => ("connections", "were"),
        };
        let reason = match self {
            Self::Dropped => "not judged: the traffic was faster than the judge",
            Self::NotHttp => "not judged to the end: what came is not HTTP/1.1 or HTTP/2",
            Self::Upgraded => "not judged after a change of the protocol",
            Self::Refused => "not accepted by the server",
        };
        format!("{count} {noun} {be} {reason}")
    }
}

/// What was not judged.
#[derive(Debug)]
pub(super) struct Unjudged([u64; Loss::ALL.len()]);

impl Unjudged {
    /// A sentence for each loss, without a full stop.
    pub(super) fn lines(&self) -> impl Iterator<Item = String> {
        let losses = Loss::ALL.into_iter().zip(self.0);
        losses
            .filter(|(_, count)| *count > 0)
            .map(|(loss, count)| loss.line(count))
    }
}

/// The way from the observers to the judge.
pub(super) fn channel() -> (Exchanges, Receiver<Observed>) {
    let (sender, receiver) = sync_channel(MAX_WAITING);
    let shared = Shared {
        sender,
        budget: Budget::new(MAX_KEPT),
        requests: AtomicU64::new(0),
        counts: Default::default(),
    };
    (Exchanges(Arc::new(shared)), receiver)
}

impl Exchanges {
    /// Numbers a request.
    pub(super) fn asked(&self, method: String, target: String, headers: Fields) -> Asked {
        let number = self.0.requests.fetch_add(1, Ordering::Relaxed) + 1;
        let mut share = self.0.budget.share();
        let is_kept = share.grow(method.len() + target.len() + size(&headers));
        Asked {
            number,
            method,
            target,
            headers: if is_kept { headers } else { Vec::new() },
            share,
            is_kept,
        }
    }

    /// Hands an exchange to the judge, unless too many wait.
    pub(super) fn seen(&self, mut asked: Asked, answer: Answer) {
        let added = match &answer {
            Answer::None(_) => 0,
            Answer::Response(_, headers, _) => size(headers),
        };
        if !asked.is_kept || !asked.share.grow(added) {
            return self.lost(Loss::Dropped);
        }
        if let Err(TrySendError::Full(_)) = self.0.sender.try_send(Observed { asked, answer }) {
            self.lost(Loss::Dropped);
        }
    }

    /// Counts what is not judged.
    pub(super) fn lost(&self, loss: Loss) {
        self.0.counts[loss as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// What was not judged until now.
    pub(super) fn unjudged(&self) -> Unjudged {
        Unjudged(
            self.0
                .counts
                .each_ref()
                .map(|count| count.load(Ordering::Relaxed)),
        )
    }
}

/// The memory of headers.
fn size(fields: &Fields) -> usize {
    let fields = fields.iter();
    fields
        .map(|(name, value)| size_of::<(String, Vec<u8>)>() + name.len() + value.len())
        .sum()
}
