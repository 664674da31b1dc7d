//! Errors for bare statuses of a framework.

use std::borrow::Cow;

use crate::catalog::settings::FRAMEWORK;
use crate::runtime::reason_phrase::reason;
use crate::{ApiError, ErrorCode, ErrorType, InvalidStatus};

/// A framework error: it replaces a bare status.
pub(crate) struct FrameworkError {
    /// The bare status, or the first digit of a family: its other statuses.
    pub(crate) status: u16,
    /// The type.
    pub(crate) error_type: ErrorType,
    /// The code, if the error has one.
    pub(crate) code: Option<ErrorCode>,
    /// The status that is sent; 0 if it is the bare status.
    pub(crate) sent: u16,
    /// The message, unless it is that of the type or code.
    pub(crate) message: Option<&'static str>,
}

impl FrameworkError {
    /// The entry for a bare status: its own, else that of its family.
    fn of(status: u16) -> Option<&'static Self> {
        let find = |wanted| FRAMEWORK.iter().find(|named| named.status == wanted);
        find(status).or_else(|| find(status / 100))
    }

    /// Whether it can be sent with a status.
    fn is_sent_with(&self, status: u16) -> bool {
        match self.sent {
            0 => self.status == status / 100,
            sent => sent == status,
        }
    }
}

/// Whether a header of a bare response does not fit the envelope that replaces it: it describes the
/// body, or the envelope has its own.
#[cfg(any(feature = "tower", feature = "actix-web"))]
pub(crate) fn is_replaced(header: &str, status: u16) -> bool {
    match header {
        // With status 416 it describes the resource (RFC 9110, section 15.5.17).
        "content-range" => status != 416,
        "accept-ranges"
        | "content-digest"
        | "content-disposition"
        | "content-encoding"
        | "content-language"
        | "content-length"
        | "content-location"
        | "content-md5"
        | "content-type"
        | "digest"
        | "etag"
        | "last-modified"
        | "repr-digest"
        | "retry-after"
        | "retry-after-ms"
        | "trailer"
        | "transfer-encoding"
        | "x-should-retry" => true,
        _ => false,
    }
}

/// Whether a response is an error: also one whose status no final response can have.
#[cfg(any(feature = "tower", feature = "actix-web"))]
pub(crate) fn is_error(status: u16) -> bool {
    !matches!(status, 101 | 200..400)
}

impl ApiError {
    /// The error for a status that the framework of a server sends by itself: an unknown path, a body
    /// that is too large, a panic.
    ///
    /// The catalog defines these errors under `framework`. Any other status gets an error without code:
    /// its type is the first that allows the status, else the first of the status's class, and its
    /// message is the reason phrase of HTTP. A status outside of 400 to 599 counts as 500.
    ///
    /// ```
    /// use runtime::ApiError;
    ///
    /// let error = ApiError::from_status(418);
    /// assert!((400..600).contains(&error.status()));
    /// assert!(!error.message().is_empty());
    /// ```
    #[must_use]
    pub fn from_status(status: u16) -> Self {
        let status = if matches!(status, 400..=599) {
            status
        } else {
            500
        };
        if let Some(named) = FrameworkError::of(status) {
            let sent = if named.sent == 0 { status } else { named.sent };
            let error = Self::build(named.code, named.error_type, sent);
            return match named.message {
                Some(message) => error.with_message(message),
                None => error,
            };
        }
        let error = Self::build(None, type_of(status), status);
        error.with_message(described(status))
    }

    /// The error for a bare response with this status, whose headers ask for this delay. The error keeps
    /// the delay if it is retryable.
    #[cfg(any(feature = "tower", feature = "actix-web"))]
    pub(crate) fn from_bare(status: u16, delay: Option<core::time::Duration>) -> Self {
        let error = Self::from_status(status);
        match delay {
            Some(delay) if error.retry().is_retryable() => error.with_retry_after(delay),
            _ => error,
        }
    }

    /// An error with a type, no code, and a status that the type allows or that
    /// [`from_status`](Self::from_status) sends with it.
    pub(crate) fn from_sent(error_type: ErrorType, status: u16) -> Result<Self, InvalidStatus> {
        let mut named = FRAMEWORK.iter().filter(|named| named.code.is_none());
        let is_named =
            named.any(|named| named.error_type == error_type && named.is_sent_with(status));
        let is_error = matches!(status, 400..=599);
        if is_named || (is_error && type_of(status) == error_type) {
            return Ok(Self::build(None, error_type, status));
        }
        let error = Self::from_type(error_type);
        // A type without statuses has one all the same, for a server that returns it.
        if error.status() == status {
            return Ok(error);
        }
        error.with_status(status)
    }
}

/// The message of an error that only has a status.
pub(crate) fn described(status: u16) -> Cow<'static, str> {
    match reason(status) {
        Some(reason) => Cow::Borrowed(reason),
        None => Cow::Owned(format!("Status {status}")),
    }
}

/// The type of a status that is not under `framework`.
pub(crate) fn type_of(status: u16) -> ErrorType {
    let types = || ErrorType::ALL.iter().copied();
    let class = status / 100 * 100;
    let of_class =
        |error_type: &ErrorType| (class..class + 100).any(|s| error_type.allows_status(s));
    let admitted = types().find(|error_type| error_type.allows_status(status));
    let of_class = admitted.or_else(|| types().find(of_class));
    of_class.unwrap_or(ErrorType::ALL[0])
}
