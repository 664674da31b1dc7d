//! The client's side: reading whatever came back.

use core::fmt;
use core::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::canonical::Canonical;
use crate::received_headers::ReceivedHeaders;
use crate::record::record;
use crate::{ErrorCode, ErrorType, Open, RetryAdvice, RetryRule};

/// The largest body that is read as JSON, in bytes. No envelope comes near it.
const LARGEST_BODY: usize = 1 << 20;
/// How much of a body that is no envelope is kept, in bytes.
const LONGEST_EXCERPT: usize = 2048;

/// An error response, as far as it could be understood.
///
/// Reading never fails: what the body does not say is missing here, what it says in unknown words
/// keeps them, and a body that is no envelope at all is kept as an excerpt. Bodies of both styles
/// are read, whichever the catalog names.
///
/// ```
/// use error_crate::{Open, ReceivedError};
///
/// let headers = [("x-should-retry", "true"), ("retry-after", "3")];
/// let body = br#"{"error":{"message":"Not now","type":"a_new_type","code":"a_new_code"}}"#;
/// let received = ReceivedError::from_parts(503, headers, body);
/// assert_eq!(received.code, Some(Open::Unknown("a_new_code".into())));
/// assert_eq!(received.message.as_deref(), Some("Not now"));
/// assert!(received.retry().rule.is_retryable());
///
/// // What a proxy says is no envelope, and kept.
/// let headers: [(&str, &str); 0] = [];
/// let received = ReceivedError::from_parts(502, headers, b"<h1>Bad Gateway</h1>");
/// assert_eq!(received.excerpt.as_deref(), Some("<h1>Bad Gateway</h1>"));
/// ```
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
    /// How long the server asked to wait. A date is understood with the feature `httpdate`.
    pub retry_after: Option<Duration>,
    /// The text of a `Retry-After` header that is no number of seconds, such as a date.
    pub retry_after_date: Option<String>,
    /// Whether the server said that another try can help.
    pub should_retry: Option<bool>,
    /// The members of the body that are none of the above.
    pub other: Map<String, Value>,
    /// The beginning of a body without a message: what it says may stand nowhere else.
    pub excerpt: Option<String>,
}

record!(ReceivedError {
    status = "status",
    code = "code",
    error_type = "error_type",
    message = "message",
    param = "param",
    request_id = "request_id",
    retry_after = "retry_after",
    retry_after_date = "retry_after_date",
    should_retry = "should_retry",
    other = "other",
    excerpt = "excerpt",
});

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
        let mut read = ReceivedHeaders::default();
        for (name, value) in headers {
            read.read(name.as_ref(), value.as_ref());
        }
        let canonical = if body.len() <= LARGEST_BODY {
            Canonical::read(body)
        } else {
            Canonical::default()
        };
        let mut received = Self {
            status,
            code: canonical.code.map(Open::from),
            error_type: canonical.error_type.map(Open::from),
            message: canonical.message.map(str::to_owned),
            param: canonical.param.map(str::to_owned),
            retry_after: read.wait(),
            request_id: read.request_id,
            retry_after_date: read.retry_after_date,
            should_retry: read.should_retry,
            other: Map::new(),
            excerpt: None,
        };
        if canonical.message.is_none() {
            received.read_body(body);
        }
        received
    }

    fn read_body(&mut self, body: &[u8]) {
        let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
        match parse(body) {
            Some(Value::Object(members)) if is_problem(&members) => self.read_problem(members),
            Some(Value::Object(members)) => self.read_envelope(members),
            _ => {}
        }
        let start = &body[..body.len().min(LONGEST_EXCERPT)];
        if self.message.is_none() && !start.is_empty() {
            self.excerpt = Some(String::from_utf8_lossy(start).into_owned());
        }
    }

    /// Some servers send the members of an envelope without the outer object.
    fn read_envelope(&mut self, mut body: Map<String, Value>) {
        if let Some(Value::Object(members)) = body.get_mut("error") {
            // What stands beside the envelope is kept too; inside it counts more.
            let members = core::mem::take(members);
            body.remove("error");
            body.extend(members);
        }
        for (name, value) in body {
            match name.as_str() {
                "message" => self.message = as_text(&value),
                "param" => self.param = as_text(&value),
                "code" => self.code = as_name(&value),
                "type" => self.error_type = as_name(&value),
                _ => {
                    self.other.insert(name, value);
                }
            }
        }
    }

    /// Source: RFC 9457, section 3.
    fn read_problem(&mut self, body: Map<String, Value>) {
        for (name, value) in body {
            match name.as_str() {
                "detail" => self.message = as_text(&value),
                "param" => self.param = as_text(&value),
                "code" => self.code = as_name(&value),
                "error_type" => self.error_type = as_name(&value),
                "retry_after" => {
                    let seconds = value.as_u64().map(Duration::from_secs);
                    self.retry_after = self.retry_after.or(seconds);
                    self.other.insert(name, value);
                }
                "retryable" => {
                    self.should_retry = self.should_retry.or(value.as_bool());
                    self.other.insert(name, value);
                }
                _ => {
                    self.other.insert(name, value);
                }
            }
        }
    }

    /// The arguments that stand in the body, read as a struct of the module `args` or any other
    /// type; nothing where the body has none, or others.
    #[must_use]
    pub fn details<T: DeserializeOwned>(&self) -> Option<T> {
        T::deserialize(self.other.get("details")?).ok()
    }

    /// Whether, and how, to send the request again: never if the server says so, else by the code
    /// if it is known, else by what the server says, else by the type if it is known and its
    /// statuses agree, else by the status.
    #[must_use]
    pub fn retry(&self) -> RetryAdvice {
        let code = self.code.as_ref().and_then(Open::known);
        let error_type = self.error_type.as_ref().and_then(Open::known);
        let rule = match (self.should_retry, code) {
            (Some(false), _) => RetryRule::Never,
            (_, Some(code)) => code.retry(),
            (Some(true), None) => RetryRule::Backoff,
            (None, None) => error_type
                .and_then(ErrorType::retry)
                .unwrap_or(RetryRule::of_status(self.status)),
        };
        RetryAdvice {
            rule,
            after: self.retry_after,
        }
    }
}

/// The body as JSON. Bytes that are no UTF-8 may still stand in a message only.
fn parse(body: &[u8]) -> Option<Value> {
    if body.len() > LARGEST_BODY {
        return None;
    }
    match core::str::from_utf8(body) {
        Ok(text) => serde_json::from_str(text).ok(),
        Err(_) => serde_json::from_str(&String::from_utf8_lossy(body)).ok(),
    }
}

/// Whether a body is a problem: it has a detail or a title, and neither a message nor an envelope.
fn is_problem(body: &Map<String, Value>) -> bool {
    let has = |name| body.contains_key(name);
    (has("detail") || has("title")) && !has("message") && !has("error")
}

/// A text as it is; a number or truth value in its JSON form, so that nothing is lost.
fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

fn as_name<T: core::str::FromStr>(value: &Value) -> Option<Open<T>> {
    as_text(value).map(|name| Open::from(name.as_str()))
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
