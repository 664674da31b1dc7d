//! The error that handlers return.

use core::fmt;
use core::time::Duration;
use std::borrow::Cow;

use crate::json::push_escaped;
use crate::settings::{BACKOFF, NULL_PARAM, REQUEST_ID_HEADER};
use crate::{ErrorCode, ErrorType, RetryRule};

type Source = Box<dyn std::error::Error + Send + Sync + 'static>;

/// An error of the API, on its way to a client.
///
/// It is one pointer wide. Its source is for logs: it is part of the error chain, and never of
/// the response.
pub struct ApiError(Box<Inner>);

struct Inner {
    code: Option<ErrorCode>,
    error_type: ErrorType,
    status: u16,
    /// The message, where it is not that of the code or type.
    message: Option<Cow<'static, str>>,
    param: Option<Cow<'static, str>>,
    request_id: Option<Box<str>>,
    retry_after: Option<Duration>,
    source: Option<Source>,
}

/// The error of asking for a status that a type does not admit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct StatusNotAdmitted {
    /// The type.
    pub error_type: ErrorType,
    /// The status that it does not admit.
    pub status: u16,
}

impl fmt::Display for StatusNotAdmitted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { error_type, status } = self;
        write!(
            formatter,
            "an error of type {error_type} cannot have status {status}"
        )
    }
}

impl std::error::Error for StatusNotAdmitted {}

impl ApiError {
    /// An error with this code: its type, status, message and usual `param` follow.
    #[must_use]
    pub fn new(code: ErrorCode) -> Self {
        Self(Box::new(Inner {
            code: Some(code),
            error_type: code.error_type(),
            status: code.status(),
            message: None,
            param: code.param().map(Cow::Borrowed),
            request_id: None,
            retry_after: None,
            source: None,
        }))
    }

    /// An error with a type and no code, with the default status of the type.
    #[must_use]
    pub fn of_type(error_type: ErrorType) -> Self {
        Self(Box::new(Inner {
            code: None,
            error_type,
            status: error_type.default_status(),
            message: None,
            param: None,
            request_id: None,
            retry_after: None,
            source: None,
        }))
    }

    /// An error with a type, one of its statuses, and no code.
    ///
    /// # Errors
    ///
    /// Fails where the type does not admit the status.
    pub fn of_type_and_status(
        error_type: ErrorType,
        status: u16,
    ) -> Result<Self, StatusNotAdmitted> {
        if !error_type.admits(status) {
            return Err(StatusNotAdmitted { error_type, status });
        }
        let mut error = Self::of_type(error_type);
        error.0.status = status;
        Ok(error)
    }

    /// Replaces the message. A blank one is ignored: every error on the wire says something.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<Cow<'static, str>>) -> Self {
        let message = message.into();
        if !message.trim().is_empty() {
            self.0.message = Some(message);
        }
        self
    }

    /// Names the request field at fault. An empty name takes back the one that the code brought.
    #[must_use]
    pub fn with_param(mut self, param: impl Into<Cow<'static, str>>) -> Self {
        self.0.param = Some(param.into()).filter(|param| !param.is_empty());
        self
    }

    /// Sets the id of the request, which the response repeats in its header.
    ///
    /// Ids often come from clients. One that is empty or holds anything but visible ASCII
    /// characters is ignored, so that it cannot smuggle a header into the response.
    #[must_use]
    pub fn with_request_id(mut self, request_id: impl Into<Box<str>>) -> Self {
        let request_id = request_id.into();
        if !request_id.is_empty() && request_id.bytes().all(|b| b.is_ascii_graphic()) {
            self.0.request_id = Some(request_id);
        }
        self
    }

    /// Asks the client to wait this long before it tries again.
    #[must_use]
    pub fn with_retry_after(mut self, delay: Duration) -> Self {
        self.0.retry_after = Some(delay);
        self
    }

    /// Keeps what caused the error, for logs. It never reaches the response.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// The code, if the error has one.
    #[must_use]
    pub fn code(&self) -> Option<ErrorCode> {
        self.0.code
    }

    /// The type.
    #[must_use]
    pub fn error_type(&self) -> ErrorType {
        self.0.error_type
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// The message.
    #[must_use]
    pub fn message(&self) -> &str {
        match (&self.0.message, self.0.code) {
            (Some(message), _) => message,
            (None, Some(code)) => code.message(),
            (None, None) => self.0.error_type.message(),
        }
    }

    /// The request field at fault, if the error names one.
    #[must_use]
    pub fn param(&self) -> Option<&str> {
        self.0.param.as_deref()
    }

    /// The id of the request, if it was set.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// How long the client should wait. Where it was not set, a code that promises `Retry-After`
    /// asks for the first delay of the catalog's backoff.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        let promised = (self.retry() == RetryRule::After).then_some(BACKOFF.initial);
        self.0.retry_after.or(promised)
    }

    /// Whether, and how, a client may try again: by the code, else by the status.
    #[must_use]
    pub fn retry(&self) -> RetryRule {
        match self.0.code {
            Some(code) => code.retry(),
            None => RetryRule::of_status(self.0.status),
        }
    }

    /// The body of the response: compact JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut body = String::with_capacity(256);
        self.write_json(&mut body);
        body
    }

    /// Adds the body of the response to `out`, which may be used again and again.
    ///
    /// What the catalog knows of the error was put into JSON when the crate was generated; the
    /// rest gives the same bytes as [`Envelope`](crate::Envelope) does through serde.
    pub fn write_json(&self, out: &mut String) {
        let (escaped, tail) = match self.0.code {
            Some(code) => code.json(),
            None => self.0.error_type.json(),
        };
        out.push_str("{\"error\":{\"message\":\"");
        match &self.0.message {
            None => out.push_str(escaped),
            Some(message) => push_escaped(message, out),
        }
        out.push_str(tail);
        match self.param() {
            Some(param) => {
                out.push_str(",\"param\":\"");
                push_escaped(param, out);
                out.push('"');
            }
            None if NULL_PARAM => out.push_str(",\"param\":null"),
            None => {}
        }
        out.push_str("}}");
    }

    /// The error as a server-sent event, for a stream that fails after its response has begun.
    ///
    /// The event is one line of data: the body holds no line break, whatever the message does.
    #[must_use]
    pub fn to_event(&self) -> String {
        let mut event = String::with_capacity(256);
        event.push_str("data: ");
        self.write_json(&mut event);
        event.push_str("\n\n");
        event
    }

    /// The headers of the response: content type, `x-should-retry`, and where they are set the
    /// request id and `Retry-After` in whole seconds.
    ///
    /// `x-should-retry` keeps clients of the OpenAI family from retrying by status alone what the
    /// catalog says cannot help.
    #[must_use]
    pub fn headers(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        let should_retry = if self.retry().is_retryable() {
            "true"
        } else {
            "false"
        };
        let mut headers = vec![
            ("content-type", Cow::Borrowed("application/json")),
            ("x-should-retry", Cow::Borrowed(should_retry)),
        ];
        if let Some(request_id) = self.request_id() {
            headers.push((REQUEST_ID_HEADER, Cow::Borrowed(request_id)));
        }
        if let Some(delay) = self.retry_after() {
            let part = u64::from(delay.subsec_nanos() > 0);
            let seconds = delay.as_secs().saturating_add(part);
            headers.push(("retry-after", Cow::Owned(seconds.to_string())));
        }
        headers
    }
}

impl From<ErrorCode> for ApiError {
    fn from(code: ErrorCode) -> Self {
        Self::new(code)
    }
}

/// Writes the message, as a client sees it.
impl fmt::Display for ApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.message())
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ApiError")
            .field("code", &self.0.code)
            .field("error_type", &self.0.error_type)
            .field("status", &self.0.status)
            .field("message", &self.message())
            .field("param", &self.0.param)
            .field("request_id", &self.0.request_id)
            .field("retry_after", &self.0.retry_after)
            .field("source", &self.0.source)
            .finish()
    }
}

impl std::error::Error for ApiError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let source = self.0.source.as_deref()?;
        Some(source)
    }
}
