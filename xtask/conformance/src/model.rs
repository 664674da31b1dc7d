//! The data of the suite: cases, clients, and what a client reported about a case.

use serde::Deserialize;

use crate::cli::Part;
use crate::families::{EventStatus, Family};

/// The end of the name of a case whose error ends a stream.
pub(crate) const IN_STREAM: &str = "_in_stream";

/// An error that a request provokes: a code, or a type with a status.
pub(crate) struct Case {
    /// The name of the code, or `<type>_<status>`.
    pub(crate) name: String,
    pub(crate) status: u16,
    /// The name in the log: that of the code or type.
    pub(crate) logged: String,
    /// What the error is in each style in which a request can get it.
    pub(crate) answers: Vec<Answer>,
    /// The ids of the operations that can fail with it.
    pub(crate) operations: Vec<String>,
    pub(crate) retryable: bool,
    pub(crate) place: Place,
    /// Whether a handler answers with it, and not only the framework. All clients send it.
    pub(crate) is_of_handler: bool,
}

/// An error in a style. A field that the style does not write is missing.
#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) style: String,
    pub(crate) error_type: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) param: Option<String>,
}

/// Where a client finds an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Response,
    /// The last event of a stream.
    Event,
    /// A stream that is cut: there is no error of the server.
    Cut,
}

impl Case {
    /// A stream whose connection is cut in the middle. It is not an error of the catalog.
    pub(crate) fn cut() -> Self {
        Self {
            name: "cut_stream".to_owned(),
            status: 200,
            logged: String::new(),
            answers: Vec::new(),
            operations: Vec::new(),
            retryable: false,
            place: Place::Cut,
            is_of_handler: false,
        }
    }

    /// The error in a style, if a request can get it there.
    pub(crate) fn answer(&self, style: &str) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.style == style)
    }

    /// How often a client such as `openai` sends the request: it retries twice. A stream that has begun is not retried.
    pub(crate) const fn attempts(&self) -> u32 {
        if self.retryable && matches!(self.place, Place::Response) {
            3
        } else {
            1
        }
    }
}

/// The language that a driver is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Python,
    Node,
    Rust,
}

impl Language {
    pub(crate) const ALL: [Self; 3] = [Self::Python, Self::Node, Self::Rust];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Python => "Python",
            Self::Node => "Node",
            Self::Rust => "Rust",
        }
    }
}

/// A client of the API.
pub(crate) struct Client {
    pub(crate) part: Part,
    pub(crate) language: Language,
    /// The file name of its driver.
    pub(crate) script: &'static str,
    pub(crate) kind: ClientKind,
}

/// The origin of a client.
pub(crate) enum ClientKind {
    /// The official client of an API.
    Official(&'static Family),
    /// Another published client, which retries by itself. Its differences from the catalog do not fail the run.
    Optional,
    /// A client generated from the OpenAPI document. It sends every request once.
    Generated {
        /// The cases that it can send, if it cannot send all.
        cases: Option<&'static [&'static str]>,
    },
}

impl Client {
    pub(crate) fn name(&self) -> String {
        self.part.name()
    }

    pub(crate) const fn is_generated(&self) -> bool {
        matches!(self.kind, ClientKind::Generated { .. })
    }

    /// Whether a difference from the catalog fails the run.
    pub(crate) const fn is_required(&self) -> bool {
        !matches!(self.kind, ClientKind::Optional)
    }

    const fn family(&self) -> Option<&'static Family> {
        match self.kind {
            ClientKind::Official(family) => Some(family),
            ClientKind::Optional | ClientKind::Generated { .. } => None,
        }
    }

    /// The style of the API that the client is made for.
    pub(crate) fn style(&self) -> &'static str {
        self.family().map_or("openai", |family| family.style)
    }

    /// The expected class of the error of a case, if it is checked.
    pub(crate) fn class_of(&self, case: &Case) -> Option<&'static str> {
        let family = self.family()?;
        let of_event = || family.event_class;
        let of_status = || (family.class_of)(case.status).unwrap_or(family.other_class);
        Some(match case.place {
            Place::Response => of_status(),
            Place::Event => of_event().unwrap_or_else(of_status),
            Place::Cut => family.cut_class,
        })
    }

    /// The expected status of the error of a case.
    pub(crate) fn status_of(&self, case: &Case) -> Option<u16> {
        let of_event = self.family().map(|family| &family.event_status);
        match (case.place, of_event) {
            (Place::Response, _) | (Place::Event, Some(EventStatus::OfError)) => Some(case.status),
            (Place::Event, Some(EventStatus::OfResponse)) => Some(200),
            (Place::Event | Place::Cut, _) => None,
        }
    }

    /// How often the client sends the request of a case.
    pub(crate) fn attempts(&self, case: &Case) -> u32 {
        match &self.kind {
            ClientKind::Official(family) if !family.retries => 1,
            ClientKind::Official(_) | ClientKind::Optional => case.attempts(),
            ClientKind::Generated { .. } => 1,
        }
    }

    /// Whether the client must send a case: by a call for a stream, or by another call.
    pub(crate) fn must_send(&self, case: &Case, is_stream: bool) -> bool {
        match self.kind {
            ClientKind::Optional => false,
            ClientKind::Generated { cases } => {
                let can = cases.is_none_or(|cases| cases.contains(&case.name.as_str()));
                can && case.is_of_handler && !is_stream
            }
            ClientKind::Official(family) => match (case.place, is_stream) {
                (Place::Response, false) => case.answer(family.style).is_some(),
                (Place::Response, true) => {
                    let mut operations = case.operations.iter();
                    operations.any(|id| family.streamed.contains(&id.as_str()))
                }
                (Place::Event | Place::Cut, _) => is_stream,
            },
        }
    }
}

/// What a client made of a response: one line of the output of its driver.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    /// Set from the first line of the driver.
    pub(crate) client: String,
    /// The style of the API at the path of the request.
    #[serde(skip)]
    pub(crate) style: String,
    pub(crate) case: String,
    /// Whether it called for a stream.
    #[serde(default)]
    pub(crate) stream: bool,
    /// The class of the error that the client raised.
    #[serde(default)]
    pub(crate) class: Option<String>,
    pub(crate) status: Option<u16>,
    pub(crate) code: Option<String>,
    #[serde(rename = "type")]
    pub(crate) error_type: Option<String>,
    pub(crate) param: Option<String>,
    pub(crate) request_id: Option<String>,
    /// How often the client sent the request.
    pub(crate) attempts: u32,
    /// The value of `x-should-retry`, if the client exposes headers.
    #[serde(default)]
    pub(crate) should_retry: Option<bool>,
    /// Why the other fields are missing.
    #[serde(default)]
    pub(crate) problem: Option<String>,
}
