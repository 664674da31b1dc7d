//! The end of a stream of events.

use core::fmt::Write as _;

use serde_json::Value;

use super::{IntoTestResponse, TestResponse};
use crate::ReceivedError;
use crate::catalog::settings::{ENVELOPE_STYLES, REQUEST_ID_HEADER};
use crate::runtime::read_shape::fitting;
use crate::runtime::shape::EventData;

/// Asserts that the end of a stream of server-sent events is visible to every client, and returns the error that it
/// ended with, if any: see [`check_stream`](crate::testkit::check_stream).
///
/// ```
/// use runtime::testkit::TestResponse;
/// use runtime::{ApiError, assert_stream};
///
/// let response = |body: String| TestResponse {
///     status: 200,
///     headers: vec![("content-type".to_owned(), b"text/event-stream".to_vec())],
///     body: body.into_bytes(),
/// };
/// let complete = "data: {}\n\ndata: [DONE]\n\n".to_owned();
/// assert!(assert_stream!(response(complete), "[DONE]").is_none());
/// let failed = ApiError::from_status(500).to_sse_event();
/// assert!(assert_stream!(response(failed), "[DONE]").is_some());
/// ```
///
/// # Panics
///
/// Panics if the end is not visible, or if the body is not complete.
#[macro_export]
macro_rules! assert_stream {
    ($response:expr, $marker:expr $(,)?) => {
        match $crate::testkit::check_stream($response, $marker) {
            Ok(error) => error,
            Err(differences) => panic!("{differences}"),
        }
    };
}

/// The last event of a complete stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndMarker {
    /// An event with these data, such as `[DONE]`.
    Data(&'static str),
    /// An event with this name, such as `message_stop`.
    Named(&'static str),
    /// Any event: a stream without error is complete.
    Any,
}

impl From<&'static str> for EndMarker {
    fn from(data: &'static str) -> Self {
        Self::Data(data)
    }
}

/// An event of a stream.
#[derive(Default)]
struct Event {
    name: Option<String>,
    data: Option<String>,
}

impl EndMarker {
    fn ends(self, event: &Event) -> bool {
        match self {
            Self::Data(data) => event.data.as_deref() == Some(data),
            Self::Named(name) => event.name.as_deref() == Some(name),
            Self::Any => false,
        }
    }
}

/// Checks the end of a stream: the function of [`assert_stream!`](crate::assert_stream).
///
/// The stream ends with the end marker or with one error event, an empty line, and the end of the body. The error event
/// has the name and the form that this crate gives it: it is not a body in a style whose events have another form, and
/// its request id is that of the response. Returns the error of a stream that failed.
///
/// # Errors
///
/// Fails with a list of all differences, and the body.
///
/// # Panics
///
/// Panics if the body of the response is not complete, as one whose connection was cut.
#[track_caller]
pub fn check_stream(
    response: impl IntoTestResponse,
    marker: impl Into<EndMarker>,
) -> Result<Option<ReceivedError>, String> {
    let answer = response.into_test_response();
    let body = String::from_utf8_lossy(&answer.body).into_owned();
    let (events, is_open) = events(&body);
    let mut differences = Vec::new();
    let content_type = answer.shown("content-type").unwrap_or_default();
    if !content_type.starts_with("text/event-stream") {
        differences.push(format!(
            "the content type is {content_type:?}, not text/event-stream"
        ));
    }
    if is_open {
        differences.push("no empty line ends the last event".to_owned());
    }
    let marker = marker.into();
    let ends = events.iter().enumerate().filter_map(|(position, event)| {
        let data = event.data.as_deref().unwrap_or_default();
        let error = ReceivedError::from_event(event.name.as_deref(), data);
        (error.is_some() || marker.ends(event)).then_some((position, event, error))
    });
    let ends: Vec<_> = ends.collect();
    for (position, event, error) in &ends {
        if position + 1 < events.len() {
            let what = if error.is_some() {
                "error"
            } else {
                "end marker"
            };
            differences.push(format!("events follow the {what}"));
        }
        if let Some(error) = error {
            error_event(event, error, &answer, &mut differences);
        }
    }
    if ends.is_empty() && marker != EndMarker::Any {
        differences.push("neither the end marker nor an error is the last event".to_owned());
    }
    if differences.is_empty() {
        return Ok(ends.into_iter().find_map(|(.., error)| error));
    }
    let mut told = "the end of the stream is not as it should be:\n".to_owned();
    for line in differences {
        // Writing to a string cannot fail.
        let _ = writeln!(told, "  {line}");
    }
    Err(told + "body: " + &body)
}

fn error_event(
    event: &Event,
    error: &ReceivedError,
    answer: &TestResponse,
    differences: &mut Vec<String>,
) {
    let found = event.name.as_deref();
    // Readers call an event without a name so.
    let found = found.filter(|name| !matches!(*name, "" | "message"));
    let mut styles = ENVELOPE_STYLES.iter();
    if !styles.any(|style| style.shape().event_name == found) {
        differences.push(match ENVELOPE_STYLES[0].shape().event_name {
            Some(name) => format!("the event of the error is not called {name}"),
            None => "the event of the error has a name".to_owned(),
        });
    }
    let data = event.data.as_deref().unwrap_or_default();
    let data: Value = serde_json::from_str(data).unwrap_or_default();
    if let Some(shape) = data.as_object().and_then(fitting) {
        if !matches!(shape.event_data, EventData::Body) {
            differences.push(format!(
                "the event of the error is a body in the style {}, which is no event",
                shape.name
            ));
        }
    }
    if error.message.is_none() {
        differences.push("the event of the error has no message".to_owned());
    }
    let id = answer.shown(REQUEST_ID_HEADER);
    if let (Some(id), Some(found)) = (id, &error.request_id) {
        if id != *found {
            differences.push(format!("the request id of the error is {found}, not {id}"));
        }
    }
}

/// The events of a body, and whether the last one is not ended by an empty line.
///
/// Source: the HTML standard, section 9.2.6 "Interpreting an event stream".
fn events(body: &str) -> (Vec<Event>, bool) {
    let body = body.replace("\r\n", "\n").replace('\r', "\n");
    let mut events = Vec::new();
    let mut event = Event::default();
    let mut is_open = false;
    for line in body.split_terminator('\n') {
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        is_open = !line.is_empty();
        match field {
            // An event without data is none.
            "" if line.is_empty() => {
                let event = core::mem::take(&mut event);
                events.extend(event.data.is_some().then_some(event));
            }
            "event" => event.name = Some(value.to_owned()),
            "data" => {
                let data = event.data.take().map(|data| data + "\n");
                event.data = Some(data.unwrap_or_default() + value);
            }
            _ => {}
        }
    }
    (events, is_open)
}
