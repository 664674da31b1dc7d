//! Errors of other APIs that are handed on.
//!
//! All functions are inlined, so that only crates that hand errors on compile them.

use std::borrow::Cow;

use serde_json::Value;

use crate::runtime::details::ReadArguments;
use crate::runtime::fallback::{described, type_of};
use crate::runtime::relayed::Relayed;
use crate::{ApiError, Details, ErrorCode, ErrorType, Faults, MaybeKnown, ReceivedError};

/// The longest name that is handed on, in bytes.
const LONGEST_NAME: usize = 256;
/// The longest message that is handed on, in bytes.
const LONGEST_MESSAGE: usize = 4096;
/// The largest details that are handed on, in bytes of JSON.
const LARGEST_DETAILS: usize = 4096;
/// The most faults that are handed on, in bytes of JSON.
const MOST_FAULTS: usize = 4096;
/// The deepest nesting of details: what a reader of JSON accepts, with room for the body around them.
const DEEPEST_DETAILS: usize = 32;

impl ApiError {
    /// The error to send when a provider behind the API answers with an error that clients shall see as it is:
    /// with its status, code, type, message, `param`, details, faults and retry rule, in the style of this API.
    ///
    /// **The words of the provider reach the client**, with all that they reveal. For a provider whose messages
    /// are not meant for callers, translate its errors by the section `upstream` of the catalog instead.
    ///
    /// ```
    /// use runtime::{ApiError, ReceivedError};
    ///
    /// let body = br#"{"error":{"message":"The plan ended","type":"a new type","code":"a new code"}}"#;
    /// let headers = [("x-should-retry", "false"), ("x-request-id", "theirs")];
    /// let received = ReceivedError::from_parts(402, headers, body);
    /// let error = ApiError::relay(&received).with_request_id("ours");
    /// assert_eq!((error.status(), error.message()), (402, "The plan ended"));
    /// assert_eq!(error.relayed_code(), Some("a new code"));
    /// assert_eq!(error.request_id(), Some("ours"));
    /// assert!(std::error::Error::source(&error).is_some());
    /// ```
    ///
    /// An error whose code is in the catalog is the error of that code, with the message, `param`, details, faults and
    /// delay that were received. It keeps the received status, and the retry rule that follows, if the code
    /// [allows](ErrorCode::allows_status) the status; otherwise it has the status of the code. Any other error has no
    /// [`code`](Self::code), and its [`error_type`](Self::error_type) is the received one if the catalog has it, else the first that allows
    /// the status. The names of the provider are
    /// [`relayed_code`](Self::relayed_code) and [`relayed_type`](Self::relayed_type): they are in the body where
    /// the style has a place for the code and the type, and a client reads them as
    /// [`MaybeKnown::Unknown`]. [`Envelope`](crate::Envelope) writes such a body, and does not read it.
    ///
    /// A status outside of 400 to 599 becomes 502. Without a message, the message is the reason phrase of the
    /// status. A delay of a retryable error is kept within the bounds of [`retry_after`](Self::retry_after).
    ///
    /// A provider can send anything. Names of more than 256 bytes and details of more than 4 KiB are left out, and
    /// a message is cut after 4 KiB, and so is the list of [`faults`](Self::faults). A code is also left out if this API has codes that are numbers and it is not
    /// one, and where the style has the same name for a code of the catalog. The request id and the headers of the
    /// provider are not sent: the received error is the source of the error, for logs.
    #[must_use]
    #[inline]
    pub fn relay(received: &ReceivedError) -> Self {
        let status = match received.error_status() {
            status @ 400..=599 => status,
            other => unmapped(other),
        };
        let (code, foreign_code) = split(received.code.as_ref(), ErrorCode::from_wire);
        let (error_type, foreign_type) = split(received.error_type.as_ref(), ErrorType::from_wire);
        let mut error = if let Some(code) = code {
            // An operation can state another status than that of the code.
            Self::of_body(code, Some(status))
        } else {
            let error_type = error_type.unwrap_or_else(|| type_of(status));
            let mut error = Self::build(None, error_type, status).with_message(described(status));
            *error.relayed_mut() = Some(Box::new(Relayed {
                code: foreign_code.map(Into::into),
                error_type: foreign_type.map(Into::into),
                retry: received.retry().rule,
            }));
            error
        };
        if let Some(message) = &received.message {
            error = error.with_message(cut(message));
        }
        let param = received.param.as_deref();
        if let Some(param) = param.filter(|param| (1..=LONGEST_NAME).contains(&param.len())) {
            error = error.with_param(param.to_owned());
        }
        let (details, faults) = (details(received), faults(received));
        if details.is_some() || !faults.is_empty() {
            error = error.with_arguments(Box::new(ReadArguments { details, faults }));
        }
        if let Some(delay) = received
            .retry_after
            .filter(|_| error.retry().is_retryable())
        {
            error = error.with_retry_after(delay);
        }
        error.with_source(received.clone())
    }
}

/// The status that is sent for an error of a provider that has none, or none that can be handed on.
#[inline]
pub(crate) const fn unmapped(status: u16) -> u16 {
    match status {
        408 | 504 => 504,
        429 | 503 | 529 => 503,
        _ => 502,
    }
}

/// A name as one of the catalog, or as a foreign one that can be handed on.
#[inline]
fn split<T: Copy + AsRef<str>>(
    name: Option<&MaybeKnown<T>>,
    find: fn(&str) -> Option<T>,
) -> (Option<T>, Option<&str>) {
    let text = name.map(MaybeKnown::as_str);
    let known = name
        .and_then(MaybeKnown::known)
        .or_else(|| text.and_then(find));
    let is_sent = |text: &&str| text.len() <= LONGEST_NAME && !text.trim().is_empty();
    (known, text.filter(|_| known.is_none()).filter(is_sent))
}

/// A message of a length that can be handed on.
#[inline]
fn cut(message: &str) -> Cow<'static, str> {
    if message.len() <= LONGEST_MESSAGE {
        return Cow::Owned(message.to_owned());
    }
    let mut end = LONGEST_MESSAGE;
    while !message.is_char_boundary(end) {
        end -= 1;
    }
    Cow::Owned(format!("{}…", &message[..end]))
}

/// The details of a size that can be handed on.
#[inline]
fn details(received: &ReceivedError) -> Option<Details> {
    let details = received.details_of_body()?;
    let is_sent = depth(details) <= DEEPEST_DETAILS && details.to_string().len() <= LARGEST_DETAILS;
    details.as_object().filter(|_| is_sent).map(Details::from)
}

/// The first faults, as many as can be handed on.
#[inline]
fn faults(received: &ReceivedError) -> Faults {
    let mut faults = Faults::default();
    let mut json = String::new();
    for fault in received.faults() {
        fault.push_json(&mut json);
        if json.len() > MOST_FAULTS {
            break;
        }
        faults.push(fault);
    }
    faults
}

/// How deep objects and lists are nested.
#[inline]
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(list) => 1 + list.iter().map(depth).max().unwrap_or_default(),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}
