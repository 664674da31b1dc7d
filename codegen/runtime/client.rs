//! The client's side: reading whatever came back.

use core::fmt;
use core::time::Duration;

use serde_json::{Map, Value};

use crate::settings::REQUEST_ID_HEADER;
use crate::{ErrorCode, ErrorType, Open, RetryAdvice, RetryRule};

/// The largest body that is read as JSON, in bytes. No envelope comes near it.
const LARGEST_BODY: usize = 1 << 20;
/// How much of a body that is no envelope is kept, in bytes.
const LONGEST_EXCERPT: usize = 2048;

/// An error response, as far as it could be understood.
///
/// Reading never fails: what the body does not say is missing here, what it says in unknown words
/// keeps them, and a body that is no envelope at all is kept as an excerpt.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ReceivedError {
    /// The HTTP status.
    pub status: u16,
    /// The code, if the body has one.
    pub code: Option<Open<ErrorCode>>,
    /// The type, if the body has one.
    pub error_type: Option<Open<ErrorType>>,
    /// The message, if the body has one.
    pub message: Option<String>,
    /// The request field at fault, if the body names one.
    pub param: Option<String>,
    /// The id of the request, to be quoted when the error is reported.
    pub request_id: Option<String>,
    /// How long the server asked to wait.
    pub retry_after: Option<Duration>,
    /// Whether the server said that another try can help.
    pub should_retry: Option<bool>,
    /// The members of the body that are none of the above.
    pub other: Map<String, Value>,
    /// The beginning of a body without a message: what it says may stand nowhere else.
    pub excerpt: Option<String>,
}

impl ReceivedError {
    /// Reads an error response from its parts. Header names are compared without regard to case;
    /// the iterator of an `http::HeaderMap` fits.
    pub fn from_parts<N, V>(
        status: u16,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
    ) -> Self
    where
        N: AsRef<str>,
        V: AsRef<[u8]>,
    {
        let mut received = Self {
            status,
            code: None,
            error_type: None,
            message: None,
            param: None,
            request_id: None,
            retry_after: None,
            should_retry: None,
            other: Map::new(),
            excerpt: None,
        };
        let mut retry_after_ms = None;
        for (name, value) in headers {
            let name = name.as_ref();
            let value = String::from_utf8_lossy(value.as_ref());
            let value = value.trim();
            if name.eq_ignore_ascii_case(REQUEST_ID_HEADER) {
                if !value.is_empty() {
                    received.request_id = Some(value.to_owned());
                }
            } else if name.eq_ignore_ascii_case("retry-after") {
                let seconds = whole_number(value).map(Duration::from_secs);
                received.retry_after = seconds.or(received.retry_after);
            } else if name.eq_ignore_ascii_case("retry-after-ms") {
                let milliseconds = whole_number(value).map(Duration::from_millis);
                retry_after_ms = milliseconds.or(retry_after_ms);
            } else if name.eq_ignore_ascii_case("x-should-retry") {
                received.should_retry = match value {
                    "true" => Some(true),
                    "false" => Some(false),
                    _ => received.should_retry,
                };
            }
        }
        received.retry_after = retry_after_ms.or(received.retry_after);
        received.read_body(body);
        received
    }

    fn read_body(&mut self, body: &[u8]) {
        let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
        let value = if body.len() <= LARGEST_BODY {
            serde_json::from_slice::<Value>(body).ok()
        } else {
            None
        };
        for (name, value) in members(value) {
            match name.as_str() {
                "message" => self.message = as_text(&value),
                "param" => self.param = as_text(&value),
                "code" => self.code = as_text(&value).map(|name| Open::from(name.as_str())),
                "type" => self.error_type = as_text(&value).map(|name| Open::from(name.as_str())),
                _ => {
                    self.other.insert(name, value);
                }
            }
        }
        let start = &body[..body.len().min(LONGEST_EXCERPT)];
        if self.message.is_none() && !start.is_empty() {
            self.excerpt = Some(String::from_utf8_lossy(start).into_owned());
        }
    }

    /// Whether, and how, to send the request again: never if the server says so, else by the code
    /// if it is known, else by what the server says, else by the status.
    #[must_use]
    pub fn retry(&self) -> RetryAdvice {
        let known = self.code.as_ref().and_then(Open::known);
        let rule = match (self.should_retry, known) {
            (Some(false), _) => RetryRule::Never,
            (_, Some(code)) => code.retry(),
            (Some(true), None) => RetryRule::Backoff,
            (None, None) => RetryRule::of_status(self.status),
        };
        RetryAdvice {
            rule,
            after: self.retry_after,
        }
    }
}

/// The members of an envelope, and those beside it. Some servers send them without the outer
/// object.
fn members(body: Option<Value>) -> Map<String, Value> {
    let Some(Value::Object(mut body)) = body else {
        return Map::new();
    };
    if let Some(Value::Object(members)) = body.get_mut("error") {
        // What stands beside the envelope is kept too; inside it counts more.
        let members = core::mem::take(members);
        body.remove("error");
        body.extend(members);
    }
    body
}

/// Digits only: a sign or a fraction is no number of seconds.
fn whole_number(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// A text as it is; a number or truth value in its JSON form, so that nothing is lost.
fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

impl fmt::Display for ReceivedError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.status)?;
        if let Some(code) = &self.code {
            write!(formatter, " {code}")?;
        }
        if let Some(message) = &self.message {
            write!(formatter, ": {message}")?;
        }
        if let Some(request_id) = &self.request_id {
            write!(formatter, " (request {request_id})")?;
        }
        Ok(())
    }
}

impl std::error::Error for ReceivedError {}
