//! What was read, and what of it could not be judged.

use crate::exchange::{Body, Exchange, Mistaken, Outcome, Repeated, Unknown};
use crate::recording::error::Fault;
use crate::recording::format::Format;
use crate::recording::limits::MAX_FAULTS;

/// A recording that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// The file, or `-` for the standard input.
    pub name: String,
    /// Its format.
    pub format: Format,
    /// How many exchanges it has.
    pub exchanges: u64,
    /// What of them could not be judged.
    pub doubts: Doubts,
    /// What could not be read, by place: the first of them.
    pub faults: Vec<Fault>,
    /// How many parts could not be read.
    pub faulty: u64,
}

impl Recording {
    pub(crate) fn new(name: String, format: Format) -> Self {
        Self {
            name,
            format,
            exchanges: 0,
            doubts: Doubts::default(),
            faults: Vec::new(),
            faulty: 0,
        }
    }

    /// Counts an exchange.
    pub(crate) fn count(&mut self, exchange: &Exchange<'_>) {
        self.exchanges += 1;
        self.doubts.count(exchange);
    }

    /// Adds a fault. Of the later ones, only the number is kept.
    pub(crate) fn fault(&mut self, fault: Fault) {
        self.faulty += 1;
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(fault);
        }
    }

    /// Adds what another thread read of the same recording.
    pub(crate) fn merge(&mut self, other: Self) {
        self.exchanges += other.exchanges;
        self.faulty += other.faulty;
        for (count, more) in self.doubts.0.iter_mut().zip(other.doubts.0) {
            *count += more;
        }
        self.faults.extend(other.faults);
        self.faults.sort();
        self.faults.truncate(MAX_FAULTS);
    }
}

/// A file of a folder that was not read, since it is not a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The file.
    pub name: String,
}

/// Why a part of an exchange cannot be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// There is no response.
    NoResponse,
    /// The recorder took an interim response for the final one.
    Interim,
    /// The response may belong to another request.
    Shifted,
    /// The recorder left out the body.
    BodyOmitted,
    /// The connection broke, and the body is lost.
    BodyLost,
    /// The client ended the connection before the body was whole.
    BodyLeft,
    /// The body is not the one that was sent.
    BodyDistorted,
    /// The encoding of the body cannot be removed.
    BodyEncoded,
    /// The recorder has no headers of the response, or not all of them.
    HeadersAbsent,
}

impl Doubt {
    /// All doubts.
    pub const ALL: [Self; 9] = [
        Self::NoResponse,
        Self::Interim,
        Self::Shifted,
        Self::BodyOmitted,
        Self::BodyLost,
        Self::BodyLeft,
        Self::BodyDistorted,
        Self::BodyEncoded,
        Self::HeadersAbsent,
    ];

    /// The doubt as a phrase, such as `body left out by the recorder`.
    #[must_use]
    pub fn phrase(self) -> &'static str {
        match self {
            Self::NoResponse => "no response",
            Self::Interim => "an interim response recorded as the response",
            Self::Shifted => "a response that may belong to another request",
            Self::BodyOmitted => "body left out by the recorder",
            Self::BodyLost => "body lost when the connection broke",
            Self::BodyLeft => "body that the client did not wait for",
            Self::BodyDistorted => "body changed by the recorder",
            Self::BodyEncoded => "body with an encoding that cannot be removed",
            Self::HeadersAbsent => "headers left out by the recorder",
        }
    }
}

/// How often each doubt arose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doubts([u64; Doubt::ALL.len()]);

impl Doubts {
    /// The doubts that arose, with how often they did.
    pub fn iter(&self) -> impl Iterator<Item = (Doubt, u64)> {
        Doubt::ALL
            .into_iter()
            .zip(self.0)
            .filter(|(_, count)| *count > 0)
    }

    fn count(&mut self, exchange: &Exchange<'_>) {
        let response = match &exchange.outcome {
            Outcome::None(_) => return self.add(Doubt::NoResponse),
            Outcome::Mistaken(Mistaken::Interim) => return self.add(Doubt::Interim),
            Outcome::Mistaken(Mistaken::Shifted) => return self.add(Doubt::Shifted),
            Outcome::Response(response) => response,
        };
        match response.body {
            Body::Whole(_) | Body::Parsed(_) | Body::Cut(_) => {}
            Body::Unknown(Unknown::Omitted) => self.add(Doubt::BodyOmitted),
            Body::Unknown(Unknown::Lost) => self.add(Doubt::BodyLost),
            Body::Unknown(Unknown::Left) => self.add(Doubt::BodyLeft),
            Body::Unknown(Unknown::Distorted) => self.add(Doubt::BodyDistorted),
            Body::Unknown(Unknown::Encoded) => self.add(Doubt::BodyEncoded),
        }
        if response.headers.repeated == Repeated::Absent {
            self.add(Doubt::HeadersAbsent);
        }
    }

    fn add(&mut self, doubt: Doubt) {
        if let Some(count) = self.0.get_mut(doubt as usize) {
            *count += 1;
        }
    }
}
