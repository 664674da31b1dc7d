//! The client reader.

use std::time::Duration;

use arbitrary::{Arbitrary, Unstructured};
use runtime::{
    ApiError, ENVELOPE_STYLES, Envelope, ErrorCode, ErrorType, MaybeKnown, ReceivedError,
};
use serde_json::Value;

use crate::json::Json;

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    status: u16,
    headers: Vec<(u8, &'a str)>,
    body: Body<'a>,
}

#[derive(Arbitrary, Debug)]
enum Body<'a> {
    Bytes(&'a [u8]),
    Json(Json),
    Wrapped(Json),
    Written(Written<'a>),
    Extended(Written<'a>, Json),
}

/// An error that the crate writes.
#[derive(Arbitrary, Debug)]
struct Written<'a> {
    code: Option<u8>,
    error_type: u8,
    style: bool,
    message: Option<&'a str>,
    param: Option<&'a str>,
    instance: Option<&'a str>,
    seconds: Option<u8>,
}

const HEADERS: [&str; 8] = [
    "content-type",
    "retry-after",
    "Retry-After-Ms",
    "x-should-retry",
    "X-Request-Id",
    "date",
    "x-other",
    "",
];

/// Checks how a response is read.
///
/// # Panics
///
/// Panics if the result breaks an invariant.
pub fn check(bytes: &[u8]) {
    let Ok(input) = Input::arbitrary_take_rest(Unstructured::new(bytes)) else {
        return;
    };
    let names = input
        .headers
        .iter()
        .map(|(name, value)| (HEADERS[usize::from(*name) % HEADERS.len()], *value));
    let headers: Vec<(&str, &str)> = names.take(8).collect();
    match input.body {
        Body::Bytes(body) => gives_a_value(input.status, &headers, body),
        Body::Json(Json(body)) => {
            gives_a_value(input.status, &headers, body.to_string().as_bytes());
        }
        Body::Wrapped(Json(error)) => {
            let body = serde_json::json!({ "error": error }).to_string();
            gives_a_value(input.status, &headers, body.as_bytes());
        }
        Body::Written(written) => {
            let error = written.error();
            let body = error.to_json();
            gives_a_value(input.status, &headers, body.as_bytes());
            is_read_again(&error, &body);
            let read: Result<ApiError, _> = serde_json::from_str(&body);
            let read = read.expect("the crate reads what it writes");
            assert_eq!(read.with_accept(error.style().media_type()).to_json(), body);
        }
        Body::Extended(written, Json(extra)) => {
            let error = written.error();
            let body = error.to_json();
            for extra in [
                extra.to_string(),
                "1e999".to_owned(),
                format!("[NaN,{{\"a\":-1e999}},{extra}]"),
            ] {
                let body = format!("{{\"zzz\":{extra},{}", &body[1..]);
                is_read_again(&error, &body);
            }
        }
    }
}

impl Written<'_> {
    fn error(&self) -> ApiError {
        let pick = |index: u8, count: usize| usize::from(index) % count;
        let error = match self.code {
            Some(code) => ApiError::new(ErrorCode::ALL[pick(code, ErrorCode::ALL.len())]),
            None => {
                ApiError::from_type(ErrorType::ALL[pick(self.error_type, ErrorType::ALL.len())])
            }
        };
        let error = error
            .with_accept(ENVELOPE_STYLES[usize::from(self.style)].media_type())
            .with_message(self.message.unwrap_or_default().to_owned())
            .with_param(self.param.unwrap_or_default().to_owned())
            .with_instance(self.instance.unwrap_or_default());
        match self.seconds {
            Some(seconds) => error.with_retry_after(Duration::from_secs(seconds.into())),
            None => error,
        }
    }
}

/// What the crate writes is read again, and an unknown member changes nothing.
fn is_read_again(error: &ApiError, body: &str) {
    let headers: [(&str, &str); 0] = [];
    let received = ReceivedError::from_parts(error.status(), headers, body.as_bytes());
    assert_eq!(received.code, error.code().map(MaybeKnown::Known), "{body}");
    assert_eq!(
        received.error_type,
        Some(MaybeKnown::Known(error.error_type())),
        "{body}"
    );
    assert_eq!(received.message.as_deref(), Some(error.message()), "{body}");
    assert_eq!(received.param.as_deref(), error.param(), "{body}");
    assert_eq!(received.retry().rule, error.retry(), "{body}");
}

/// The laws of any response.
fn gives_a_value(status: u16, headers: &[(&str, &str)], body: &[u8]) {
    let received = ReceivedError::from_parts(status, headers.iter().copied(), body);
    assert_eq!(received.status, status);
    let text = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    assert!(received.message.is_some() || received.raw_excerpt.is_some() || text.is_empty());
    assert!(
        received
            .raw_excerpt
            .as_ref()
            .is_none_or(|excerpt| excerpt.len() <= 3 * 2_048)
    );
    is_one_line(&received, body);
    let _ = received.retry();
    let _ = received.details::<Value>();
    let json = serde_json::to_string(&received).expect("it is written");
    let again: ReceivedError = serde_json::from_str(&json).expect("it is read");
    assert_eq!(again, received);
    let mut count = 0;
    for error in received.errors() {
        count += 1;
        assert_eq!(
            (error.status, &error.request_id),
            (status, &received.request_id)
        );
        is_one_line(&error, body);
    }
    assert!(count <= body.len());
    // A space takes the way of a body that the crate did not write.
    let spaced = [b" ", text].concat();
    let mut slow = ReceivedError::from_parts(status, headers.iter().copied(), &spaced);
    if body.starts_with(b"{") && body.len() < 1_000 && std::str::from_utf8(body).is_ok() {
        slow.raw_excerpt = slow.raw_excerpt.map(|excerpt| excerpt[1..].to_owned());
        assert_eq!(slow, received);
        let [fast, slow] = [body, &spaced].map(|body| Envelope::from_json(body).ok());
        assert_eq!(fast, slow);
    }
}

/// A line of a log cannot be forged, is short, and contains no JSON.
fn is_one_line(received: &ReceivedError, body: &[u8]) {
    let line = received.to_string();
    let is_safe =
        |letter: char| !letter.is_control() && !('\u{2028}'..='\u{202E}').contains(&letter);
    assert!(line.chars().all(is_safe), "{line:?}");
    assert!(line.chars().count() < 20_000);
    let is_json =
        serde_json::from_slice::<Value>(body).is_ok_and(|body| body.is_object() || body.is_array());
    if received.message.is_none() && is_json {
        let mut text = received.clone();
        (text.code, text.request_id) = (None, None);
        let line = text.to_string();
        assert!(
            !line.contains("{\""),
            "{line:?} of {:?}",
            String::from_utf8_lossy(body)
        );
    }
}
