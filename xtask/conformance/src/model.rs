//! The data of the suite: cases, clients, and what a client reported about a case.

use serde::Deserialize;

use crate::cli::Part;

/// An error that a request provokes: a code, or a type with a status.
pub(crate) struct Case {
    /// The name of the code, or `<type>_<status>`.
    pub(crate) name: String,
    pub(crate) status: u16,
    pub(crate) error_type: String,
    pub(crate) code: Option<String>,
    pub(crate) param: Option<String>,
    pub(crate) retryable: bool,
    /// Whether the clients send it, and not only curl. Clients cannot provoke errors that occur before a
    /// handler runs.
    pub(crate) is_for_clients: bool,
}

impl Case {
    /// How often a client such as `openai` sends the request: it retries twice.
    pub(crate) const fn attempts(&self) -> u32 {
        if self.retryable { 3 } else { 1 }
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
    /// Whether a difference from the catalog fails the run.
    pub(crate) required: bool,
    pub(crate) kind: ClientKind,
}

/// The origin of a client.
pub(crate) enum ClientKind {
    /// A published client, which retries by itself.
    Installed {
        /// The error class for a status without its own class, if classes are checked.
        other_class: Option<&'static str>,
    },
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

    /// The expected error class for a status, if it is checked.
    pub(crate) fn class_of(&self, status: u16) -> Option<&'static str> {
        let ClientKind::Installed {
            other_class: Some(other),
        } = self.kind
        else {
            return None;
        };
        Some(match status {
            400 => "BadRequestError",
            401 => "AuthenticationError",
            403 => "PermissionDeniedError",
            404 => "NotFoundError",
            409 => "ConflictError",
            422 => "UnprocessableEntityError",
            429 => "RateLimitError",
            500.. => "InternalServerError",
            _ => other,
        })
    }

    /// How often the client sends the request of a case.
    pub(crate) const fn attempts(&self, case: &Case) -> u32 {
        match self.kind {
            ClientKind::Installed { .. } => case.attempts(),
            ClientKind::Generated { .. } => 1,
        }
    }

    /// Whether the client must send a case.
    pub(crate) fn must_send(&self, case: &Case) -> bool {
        let can = match self.kind {
            ClientKind::Generated { cases: Some(cases) } => cases.contains(&case.name.as_str()),
            _ => true,
        };
        self.required && can && case.is_for_clients
    }
}

/// What a client made of a response: one line of the output of its driver.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    /// Set from the first line of the driver.
    pub(crate) client: String,
    pub(crate) case: String,
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
