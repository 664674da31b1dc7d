//! Streams of events for axum. Needs the feature `axum`.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use ::axum::BoxError;
use ::axum::body::{Body, Bytes, HttpBody};
use ::axum::response::{IntoResponse, Response};
use ::http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue};
use http_body::Frame;

use crate::runtime::event_stream::Ending;
use crate::runtime::fallback::is_error;
use crate::{ApiError, EventStream};

/// A response with `Content-Type: text/event-stream`. One whose status is an error stays as it is.
///
/// ```
/// use axum::response::sse::{Event, Sse};
/// use axum::response::IntoResponse;
/// use futures_util::stream::{self, StreamExt};
/// use runtime::{ApiError, EventStream};
///
/// async fn count() -> impl IntoResponse {
///     EventStream::new(|completion| {
///         let numbers = stream::iter(1..=3);
///         let events = numbers.map(|number| Ok::<_, ApiError>(Event::default().data(number.to_string())));
///         Sse::new(completion.at_end_of(events))
///     })
/// }
/// ```
///
/// A `Body::from_stream` of bytes that are events is a response too.
impl<R: IntoResponse> IntoResponse for EventStream<R> {
    fn into_response(self) -> Response {
        let (response, ending) = self.into_parts();
        let mut response = response.into_response();
        if is_error(response.status().as_u16()) {
            return response;
        }
        set_headers(response.headers_mut());
        response.extensions_mut().insert(ending.request().clone());
        response.map(|body| {
            Body::new(EventBody {
                body: Some(body),
                ending,
            })
        })
    }
}

fn set_headers(headers: &mut HeaderMap) {
    // The body becomes longer.
    headers.remove(CONTENT_LENGTH);
    let content_type = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes);
    if content_type.is_none_or(|media_type| !media_type.starts_with(b"text/event-stream")) {
        let events = HeaderValue::from_static("text/event-stream");
        headers.insert(CONTENT_TYPE, events);
    }
    let no_cache = HeaderValue::from_static("no-cache");
    headers.entry(CACHE_CONTROL).or_insert(no_cache);
}

/// The body of an event stream.
struct EventBody {
    /// The parts of the stream, until its end.
    body: Option<Body>,
    ending: Ending,
}

impl HttpBody for EventBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        if let Some(body) = &mut this.body {
            match ready!(Pin::new(body).poll_frame(context)) {
                Some(Ok(frame)) => {
                    if let Some(part) = frame.data_ref() {
                        this.ending.pass(part);
                    }
                    return Poll::Ready(Some(Ok(frame)));
                }
                Some(Err(error)) => {
                    let event = this.ending.fail(of_stream(error));
                    this.body = None;
                    return Poll::Ready(Some(Ok(Frame::data(event.into()))));
                }
                None => this.body = None,
            }
        }
        let last = ready!(this.ending.poll_end(context));
        let last = last.map(|last| last.map(|event| Frame::data(event.into())));
        Poll::Ready(last.map(|last| last.map_err(BoxError::from)))
    }
}

/// The error of a stream. One that is not of this crate is for logs only.
fn of_stream(error: ::axum::Error) -> ApiError {
    let mut error = error.into_inner();
    // Each body around another adds an error of axum.
    while error.is::<::axum::Error>() {
        error = match error.downcast::<::axum::Error>() {
            Ok(outer) => outer.into_inner(),
            Err(error) => error,
        };
    }
    match error.downcast::<ApiError>() {
        Ok(error) => *error,
        Err(error) => ApiError::from_status(500).with_source(error),
    }
}
