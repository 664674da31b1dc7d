//! What is observed of an error.

#![cfg(any(
    feature = "actix-web",
    feature = "metrics",
    feature = "tower",
    feature = "tracing"
))]
#![cfg_attr(
    not(any(feature = "metrics", feature = "tracing")),
    allow(dead_code, unreachable_pub, reason = "nothing is observed")
)]

use crate::{ApiError, ErrorCode};

/// Marks a response whose error was observed, so that a `wrap` around another does not observe it again.
#[allow(dead_code, reason = "servers only need it")]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Observed;

/// What is observed of an error. All of it is bounded by the catalog: no text of a client, a handler or a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    /// The code of the catalog.
    pub(crate) code: Option<ErrorCode>,
    /// Whether the error has a code that the catalog does not have.
    pub(crate) is_foreign: bool,
    /// The status of the error, 400 to 599.
    pub(crate) status: u16,
    /// Whether the error ended a stream.
    pub(crate) is_in_stream: bool,
}

impl Seen {
    pub(crate) fn of(error: &ApiError) -> Self {
        Self {
            code: error.code(),
            is_foreign: error.relayed_code().is_some(),
            ..Self::bare(error.status())
        }
    }

    /// An error without code.
    pub(crate) fn bare(status: u16) -> Self {
        Self {
            code: None,
            is_foreign: false,
            // A server sends another status as 500.
            status: if matches!(status, 400..=599) {
                status
            } else {
                500
            },
            is_in_stream: false,
        }
    }
}

#[cfg(any(feature = "metrics", feature = "tracing"))]
impl Seen {
    pub(crate) fn in_stream(self) -> Self {
        Self {
            is_in_stream: true,
            ..self
        }
    }

    /// The status of the response.
    pub(crate) fn sent(self) -> u16 {
        if self.is_in_stream { 200 } else { self.status }
    }

    /// The name of the code, if the error has one.
    pub(crate) fn code_name(self) -> Option<&'static str> {
        let foreign = self.is_foreign.then_some(crate::telemetry::OTHER);
        self.code.map(ErrorCode::as_str).or(foreign)
    }
}
