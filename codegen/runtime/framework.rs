//! What a server answers where no handler does.

use std::borrow::Cow;

use crate::reason::reason;
use crate::settings::FRAMEWORK;
use crate::{ApiError, ErrorCode, ErrorType, StatusNotAdmitted};

/// What stands for a bare status of the server's framework.
pub(crate) struct FrameworkError {
    /// The status that the framework answers with.
    pub(crate) status: u16,
    /// The type.
    pub(crate) error_type: ErrorType,
    /// The code, if the error has one.
    pub(crate) code: Option<ErrorCode>,
    /// The status that is sent.
    pub(crate) sent: u16,
    /// The message, where it is not that of the type or code.
    pub(crate) message: Option<&'static str>,
}

/// The headers that describe a body, and go with it where an envelope takes its place.
#[cfg(any(feature = "tower", feature = "actix-web"))]
pub(crate) const OF_BODY: [&str; 11] = [
    "accept-ranges",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-length",
    "content-range",
    "content-type",
    "etag",
    "last-modified",
    "trailer",
    "transfer-encoding",
];

impl ApiError {
    /// The error for a status that the framework of a server answers with by itself: there is no such
    /// path, a body is too large, a handler panicked.
    ///
    /// The catalog says under `framework` what is sent then. For a status that it does not name, that
    /// is an error without code: of the first type that admits the status, else of the first type of
    /// its class, with the phrase that HTTP has for the status as its message. A status that is
    /// none of an error counts as 500.
    ///
    /// ```
    /// use error_crate::ApiError;
    ///
    /// let error = ApiError::of_status(418);
    /// assert!((400..600).contains(&error.status()));
    /// assert!(!error.message().is_empty());
    /// ```
    #[must_use]
    pub fn of_status(status: u16) -> Self {
        let status = if matches!(status, 400..=599) {
            status
        } else {
            500
        };
        if let Some(named) = FRAMEWORK.iter().find(|named| named.status == status) {
            let error = Self::build(named.code, named.error_type, named.sent);
            return match named.message {
                Some(message) => error.with_message(message),
                None => error,
            };
        }
        let error_type = type_of(status);
        let error = Self::build(None, error_type, status);
        if error_type.admits(status) {
            return error;
        }
        error.with_message(match reason(status) {
            Some(reason) => Cow::Borrowed(reason),
            None => Cow::Owned(format!("Status {status}")),
        })
    }

    /// An error with a type, no code, and a status that servers send with the type: one that it admits,
    /// or one of [`of_status`](Self::of_status).
    pub(crate) fn of_sent(error_type: ErrorType, status: u16) -> Result<Self, StatusNotAdmitted> {
        let mut named = FRAMEWORK.iter().filter(|named| named.code.is_none());
        let is_named = named.any(|named| named.error_type == error_type && named.sent == status);
        let is_error = matches!(status, 400..=599);
        if is_named || (is_error && type_of(status) == error_type) {
            return Ok(Self::build(None, error_type, status));
        }
        Self::of_type_and_status(error_type, status)
    }
}

/// The type of a status that the catalog does not name.
fn type_of(status: u16) -> ErrorType {
    let types = || ErrorType::ALL.iter().copied();
    let class = status / 100 * 100;
    let of_class = |error_type: &ErrorType| (class..class + 100).any(|s| error_type.admits(s));
    let admitted = types().find(|error_type| error_type.admits(status));
    let of_class = admitted.or_else(|| types().find(of_class));
    of_class.unwrap_or(ErrorType::ALL[0])
}
