//! Checks of responses, for the tests of a server. Needs the feature `testkit`.

use std::fmt::Write as _;

use crate::client::ReceivedError;
use crate::settings::{ENVELOPE_STYLES, REQUEST_ID_HEADER};
use crate::{ErrorCode, ErrorType, Open, RetryRule};

/// Checks that a response is an error, in everything that a client sees of it: the status, the
/// content type, the type and code in the body, the request id, `x-should-retry` and `Retry-After`.
///
/// It takes an `http::Response`, with the feature `axum` one of axum, with `actix-web` one of
/// actix-web; and a code, or a type and a status for an error without code. What differs is told
/// all at once. It gives back the [`ReceivedError`], for questions about the message.
///
/// ```
/// use error_crate::{ApiError, ErrorCode, assert_error};
///
/// let error = ApiError::new(ErrorCode::A_CODE).with_request_id("req_1");
/// let response: http::Response<String> = error.into();
/// let received = assert_error!(response, ErrorCode::A_CODE);
/// assert_eq!(received.request_id.as_deref(), Some("req_1"));
/// ```
///
/// # Panics
///
/// Panics where the response is something else, and where its body is not there yet, as that of a
/// stream.
#[macro_export]
macro_rules! assert_error {
    ($response:expr, $code:expr $(,)?) => {
        match $crate::testkit::check($response, $code) {
            Ok(received) => received,
            Err(differences) => panic!("{differences}"),
        }
    };
    ($response:expr, $error_type:expr, $status:expr $(,)?) => {
        $crate::assert_error!($response, ($error_type, $status))
    };
}

/// A response that can be checked: its status, its headers and its whole body.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers, by name in lower case.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body.
    pub body: Vec<u8>,
}

/// Responses that can be checked.
pub trait IntoAnswer {
    /// Takes the response apart.
    ///
    /// # Panics
    ///
    /// Panics where the body is not there yet, as that of a stream.
    fn into_answer(self) -> Answer;
}

impl IntoAnswer for Answer {
    fn into_answer(self) -> Answer {
        self
    }
}

/// Bodies that are there as a whole.
pub trait WholeBody {
    /// The bytes of the body.
    ///
    /// # Panics
    ///
    /// Panics where they are not there yet, as those of a stream.
    fn into_bytes(self) -> Vec<u8>;
}

impl WholeBody for Vec<u8> {
    fn into_bytes(self) -> Vec<u8> {
        self
    }
}

impl WholeBody for String {
    fn into_bytes(self) -> Vec<u8> {
        self.into_bytes()
    }
}

impl WholeBody for &[u8] {
    fn into_bytes(self) -> Vec<u8> {
        self.to_vec()
    }
}

impl WholeBody for &str {
    fn into_bytes(self) -> Vec<u8> {
        self.as_bytes().to_vec()
    }
}

#[cfg(any(feature = "axum", feature = "actix-web"))]
fn drain<E: core::fmt::Display>(
    mut next: impl FnMut(&mut core::task::Context<'_>) -> core::task::Poll<Option<Result<Vec<u8>, E>>>,
) -> Vec<u8> {
    use core::task::{Context, Poll, Waker};

    let mut context = Context::from_waker(Waker::noop());
    let mut bytes = Vec::new();
    loop {
        match next(&mut context) {
            Poll::Ready(Some(Ok(part))) => bytes.extend(part),
            Poll::Ready(Some(Err(error))) => panic!("the body cannot be read: {error}"),
            Poll::Ready(None) => return bytes,
            Poll::Pending => {
                panic!("the body is not there yet: read it first, and check the `Answer`")
            }
        }
    }
}

#[cfg(feature = "axum")]
impl WholeBody for ::axum::body::Body {
    fn into_bytes(mut self) -> Vec<u8> {
        use ::axum::body::HttpBody;

        drain(|context| {
            let frame = core::pin::Pin::new(&mut self).poll_frame(context);
            frame.map_ok(|frame| frame.into_data().map_or(Vec::new(), |data| data.to_vec()))
        })
    }
}

impl<B: WholeBody> IntoAnswer for ::http::Response<B> {
    fn into_answer(self) -> Answer {
        let (parts, body) = self.into_parts();
        let headers = parts.headers.iter();
        let headers = headers.map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()));
        Answer {
            status: parts.status.as_u16(),
            headers: headers.collect(),
            body: body.into_bytes(),
        }
    }
}

#[cfg(feature = "actix-web")]
impl<B: ::actix_web::body::MessageBody> IntoAnswer for ::actix_web::HttpResponse<B> {
    fn into_answer(self) -> Answer {
        let (head, body) = self.into_parts();
        let headers = head.headers().iter();
        let headers = headers.map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()));
        let mut body = Box::pin(body);
        let body = drain(|context| {
            let part = body.as_mut().poll_next(context);
            let part = part.map_ok(|part| part.to_vec());
            part.map_err(|error| error.into().to_string())
        });
        Answer {
            status: head.status().as_u16(),
            headers: headers.collect(),
            body,
        }
    }
}

#[cfg(feature = "actix-web")]
impl<B: ::actix_web::body::MessageBody> IntoAnswer for ::actix_web::dev::ServiceResponse<B> {
    fn into_answer(self) -> Answer {
        let (_, response) = self.into_parts();
        response.into_answer()
    }
}

/// What a service of actix-web fails with, as its server answers it.
#[cfg(feature = "actix-web")]
impl IntoAnswer for ::actix_web::Error {
    fn into_answer(self) -> Answer {
        self.error_response().into_answer()
    }
}

/// The error that a response should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    status: u16,
    error_type: ErrorType,
    code: Option<ErrorCode>,
    retry: RetryRule,
}

impl From<ErrorCode> for Expected {
    fn from(code: ErrorCode) -> Self {
        Self {
            status: code.status(),
            error_type: code.error_type(),
            code: Some(code),
            retry: code.retry(),
        }
    }
}

/// An error without code.
impl From<(ErrorType, u16)> for Expected {
    fn from((error_type, status): (ErrorType, u16)) -> Self {
        Self {
            status,
            error_type,
            code: None,
            retry: RetryRule::of_status(status),
        }
    }
}

/// Checks that a response is the expected error: what [`assert_error!`](crate::assert_error) does.
///
/// # Errors
///
/// Fails with a text that lists what differs, line by line, and has the body.
pub fn check(
    response: impl IntoAnswer,
    expected: impl Into<Expected>,
) -> Result<ReceivedError, String> {
    let answer = response.into_answer();
    let expected = expected.into();
    let headers = answer.headers.iter();
    let headers = headers.map(|(name, value)| (name.as_str(), value.as_slice()));
    let received = ReceivedError::from_parts(answer.status, headers, &answer.body);
    let mut differences = Differences { lines: Vec::new() };
    differences.compare(
        "status",
        &expected.status.to_string(),
        Some(&answer.status.to_string()),
    );
    differences.content_type(&answer);
    let found = received.error_type.as_ref().map(Open::as_str);
    differences.compare("type", expected.error_type.as_str(), found);
    let found = received.code.as_ref().map(Open::as_str);
    match expected.code {
        Some(code) => differences.compare("code", code.as_str(), found),
        None => differences.compare("code", "null", Some(found.unwrap_or("null"))),
    }
    if received
        .message
        .as_deref()
        .is_none_or(|message| message.trim().is_empty())
    {
        differences.add("message", "a text", None);
    }
    if answer.values(REQUEST_ID_HEADER).len() != 1 || received.request_id.is_none() {
        differences.add(
            REQUEST_ID_HEADER,
            "one id",
            answer.shown(REQUEST_ID_HEADER).as_deref(),
        );
    }
    let should_retry = expected.retry.is_retryable().to_string();
    let found = answer.shown("x-should-retry");
    differences.compare("x-should-retry", &should_retry, found.as_deref());
    differences.retry_after(&answer, expected.retry);
    if differences.lines.is_empty() {
        return Ok(received);
    }
    let name = match expected.code {
        Some(code) => code.as_str().to_owned(),
        None => format!("{} with status {}", expected.error_type, expected.status),
    };
    let mut text = format!("the response is not the error {name}:\n");
    for line in differences.lines {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {line}");
    }
    let _ = write!(text, "body: {}", String::from_utf8_lossy(&answer.body));
    Err(text)
}

impl Answer {
    fn values(&self, name: &str) -> Vec<String> {
        let headers = self.headers.iter();
        let named = headers.filter(|(header, _)| header.eq_ignore_ascii_case(name));
        named
            .map(|(_, value)| String::from_utf8_lossy(value).into_owned())
            .collect()
    }

    fn shown(&self, name: &str) -> Option<String> {
        let values = self.values(name);
        (!values.is_empty()).then(|| values.join(", "))
    }
}

/// What differs, a line each.
struct Differences {
    lines: Vec<String>,
}

impl Differences {
    fn add(&mut self, what: &str, expected: &str, found: Option<&str>) {
        let found = found.unwrap_or("nothing");
        self.lines
            .push(format!("{what:<16} {expected} expected, {found} found"));
    }

    fn compare(&mut self, what: &str, expected: &str, found: Option<&str>) {
        if found != Some(expected) {
            self.add(what, expected, found);
        }
    }

    fn content_type(&mut self, answer: &Answer) {
        let found = answer.shown("content-type");
        let media_type = found.as_deref().unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default().trim();
        let known: Vec<&str> = ENVELOPE_STYLES
            .iter()
            .map(|style| style.media_type())
            .collect();
        if !known.contains(&media_type) {
            self.add("content-type", &known.join(" or "), found.as_deref());
        }
    }

    /// Clients of the OpenAI family understand whole seconds only, all of them.
    fn retry_after(&mut self, answer: &Answer, retry: RetryRule) {
        let found = answer.shown("retry-after");
        let is_whole = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let (fits, expected) = match (retry, &found) {
            (RetryRule::Never, found) => (found.is_none(), "nothing"),
            (RetryRule::Backoff, None) => (true, ""),
            (RetryRule::After, None) => (false, "whole seconds"),
            (_, Some(text)) => (is_whole(text), "whole seconds"),
        };
        if !fits {
            self.add("retry-after", expected, found.as_deref());
        }
    }
}
