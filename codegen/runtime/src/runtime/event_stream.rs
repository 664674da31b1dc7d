//! Streams of events that end with an error event or a cut connection if they fail. Needs the feature `axum`
//! or `actix-web`.

use core::fmt;
use core::sync::atomic::{AtomicBool, Ordering};
use core::task::{Context, Poll};
use std::borrow::Cow;
use std::error::Error;
use std::sync::{Arc, OnceLock};

use futures_util::stream::{self, Stream, StreamExt};

use crate::runtime::observer::RequestObserver;
use crate::{ApiError, EnvelopeStyle, RequestStyle};

/// A response that streams server-sent events, and whose clients can see how the stream ended.
///
/// Many clients take the end of a body for the end of a complete stream. So there are three ends:
///
/// - The stream is complete: [`Completion::complete`] was called, and the stream has ended. The body
///   ends, after the [end marker](Self::with_end_marker) if there is one.
/// - The stream fails with an [`ApiError`]: the error is sent as an event, and the body ends. `wrap`
///   provides its request id, and the style that the request asks for. Any other error is sent as the error of status 500.
/// - The stream panics, or ends although it is not complete, such as a channel whose sender was dropped:
///   the connection is cut, which every client sees as an error.
///
/// Make the response in the function that [`new`](Self::new) calls: of axum, an `Sse` or a `Body`; of
/// actix-web, an `HttpResponse` or another responder.
///
/// ```
/// use futures_util::stream;
/// use runtime::{ApiError, EventStream};
///
/// let events = EventStream::new(|completion| {
///     let chunks = [Ok("data: {}\n\n"), Err(ApiError::from_status(502))];
///     completion.at_end_of(stream::iter(chunks))
/// });
/// let events = events.with_end_marker("[DONE]");
/// # let _ = events;
/// ```
///
/// Answer errors that happen before the first event with a plain response: its status is an error, which
/// clients and proxies handle best. So wait for the first event of an upstream server before you return
/// the stream.
#[must_use]
pub struct EventStream<R> {
    response: R,
    ending: Ending,
}

impl<R> EventStream<R> {
    /// The stream of a response, which gets the [`Completion`] of the stream.
    pub fn new(respond: impl FnOnce(Completion) -> R) -> Self {
        let completion = Completion(Arc::default());
        let is_complete = Arc::clone(&completion.0);
        Self {
            response: respond(completion),
            ending: Ending {
                is_complete,
                marker: None,
                observer: None,
                request: StreamRequest::default(),
                written: *b"\n\n\n",
                phase: Phase::Open,
            },
        }
    }

    /// Sends a last event with these data after a complete stream, and only then, such as `[DONE]` for
    /// clients of OpenAI. A carriage return or line feed begins a new line of the data.
    pub fn with_end_marker(mut self, data: impl Into<Cow<'static, str>>) -> Self {
        self.ending.marker = Some(data.into());
        self
    }

    /// Calls a function with the error that ends the stream, for logs: that of the stream, with the
    /// request id, or that of a stream that ended although it was not complete. A panic is not one.
    pub fn on_error(mut self, observe: impl FnOnce(&ApiError) + Send + 'static) -> Self {
        self.ending.observer = Some(Box::new(observe));
        self
    }

    pub(crate) fn into_parts(self) -> (R, Ending) {
        (self.response, self.ending)
    }
}

impl<R: fmt::Debug> fmt::Debug for EventStream<R> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = formatter.debug_struct("EventStream");
        debug.field("response", &self.response);
        debug.field("end_marker", &self.ending.marker);
        debug.finish_non_exhaustive()
    }
}

/// The right to call a stream complete. A stream whose completion is dropped, as by a panic, is not.
#[derive(Debug)]
#[must_use = "a stream that is not complete is cut"]
pub struct Completion(Arc<AtomicBool>);

impl Completion {
    /// Marks the stream as complete: its end is a success. Call it after the last event was made, and
    /// before the stream ends.
    pub fn complete(self) {
        self.0.store(true, Ordering::Release);
    }

    /// The same stream, which is complete when it ends. Use it for streams that cannot end early, not for
    /// the receiver of a channel and not for the body of another server.
    pub fn at_end_of<S: Stream>(self, stream: S) -> impl Stream<Item = S::Item> {
        let mut completion = Some(self);
        stream.chain(stream::poll_fn(move |_| {
            if let Some(completion) = completion.take() {
                completion.complete();
            }
            Poll::Ready(None)
        }))
    }
}

/// What a stream learns of its request after the handler has returned.
#[derive(Clone, Debug, Default)]
pub(crate) struct StreamRequest {
    id: Arc<OnceLock<Box<str>>>,
    style: Arc<OnceLock<RequestStyle>>,
    #[cfg(any(feature = "metrics", feature = "tracing"))]
    observer: Arc<OnceLock<RequestObserver>>,
}

impl StreamRequest {
    /// Sets the request id.
    pub(crate) fn identify(&self, id: &str) {
        // An id that was set before stays.
        let _ = self.id.set(id.into());
    }

    /// Sets the style that the request asks for.
    pub(crate) fn answer_in(&self, asked: &RequestStyle) {
        // What was set before, by a layer that is closer to the handler, stays.
        let _ = self.style.set(asked.clone());
    }

    /// Sets what observes the error that ends the stream.
    pub(crate) fn observe_by(&self, observer: impl FnOnce() -> RequestObserver) {
        // As with the style, the first one stays, so that no error is observed twice.
        #[cfg(any(feature = "metrics", feature = "tracing"))]
        let _ = self.observer.get_or_init(observer);
        #[cfg(not(any(feature = "metrics", feature = "tracing")))]
        let _ = (self, observer);
    }

    /// Counts and records the error that ends the stream.
    fn observe(&self, error: &ApiError) {
        #[cfg(any(feature = "metrics", feature = "tracing"))]
        if let Some(observer) = self.observer.get() {
            observer.ended(error);
        }
        #[cfg(not(any(feature = "metrics", feature = "tracing")))]
        let _ = (self, error);
    }

    /// The style of an error whose own style is `own`.
    fn style(&self, own: EnvelopeStyle) -> EnvelopeStyle {
        self.style.get().map_or(own, |asked| asked.style(own))
    }
}

type Observer = Box<dyn FnOnce(&ApiError) + Send>;

/// How a stream ends.
pub(crate) struct Ending {
    is_complete: Arc<AtomicBool>,
    marker: Option<Cow<'static, str>>,
    observer: Option<Observer>,
    request: StreamRequest,
    /// The last bytes of the body so far. Nothing is open at its beginning, as after an empty line.
    written: [u8; 3],
    phase: Phase,
}

/// How far a stream is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Open,
    /// The next poll cuts the connection.
    Cut,
    Over,
}

impl Ending {
    pub(crate) fn request(&self) -> &StreamRequest {
        &self.request
    }

    /// Remembers the last bytes of a part of the body.
    pub(crate) fn pass(&mut self, part: &[u8]) {
        let kept = self.written.len();
        let last = &part[part.len().saturating_sub(kept)..];
        self.written.rotate_left(last.len());
        self.written[kept - last.len()..].copy_from_slice(last);
    }

    /// The event of an error that ended the stream.
    pub(crate) fn fail(&mut self, error: ApiError) -> String {
        let error = self.identified(error);
        self.fail_with(&error)
    }

    /// The event of an error that cannot be changed.
    pub(crate) fn fail_with(&mut self, error: &ApiError) -> String {
        self.phase = Phase::Over;
        self.observe(error);
        let mut event = self.separator().to_owned();
        let style = self.request.style(error.style());
        event.push_str(&error.to_sse_event_in(style));
        event
    }

    /// What follows the last part of the stream: the end marker, or an error that cuts the connection.
    pub(crate) fn poll_end(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<String, Incomplete>>> {
        if self.phase == Phase::Over {
            return Poll::Ready(None);
        }
        if self.is_complete.load(Ordering::Acquire) {
            self.phase = Phase::Over;
            return Poll::Ready(
                self.marker
                    .take()
                    .map(|marker| Ok(self.marker_event(&marker))),
            );
        }
        if self.phase == Phase::Open {
            // A server drops what it has not sent, and it sends before it waits.
            self.phase = Phase::Cut;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        self.phase = Phase::Over;
        let error = ApiError::from_status(500).with_source(Incomplete);
        let error = self.identified(error);
        self.observe(&error);
        Poll::Ready(Some(Err(Incomplete)))
    }

    fn marker_event(&self, marker: &str) -> String {
        let mut event = self.separator().to_owned();
        for line in marker.split(['\r', '\n']) {
            event.push_str("data: ");
            event.push_str(line);
            event.push('\n');
        }
        event.push('\n');
        event
    }

    /// What ends an event that the stream left open, so that the next one is not a part of it.
    fn separator(&self) -> &'static str {
        let written = &self.written[..];
        let lines = written
            .strip_suffix(b"\r\n")
            .or_else(|| written.strip_suffix(b"\n"))
            .or_else(|| written.strip_suffix(b"\r"));
        match lines.and_then(<[u8]>::last) {
            Some(b'\r' | b'\n') => "",
            Some(_) => "\n",
            None => "\n\n",
        }
    }

    fn identified(&self, error: ApiError) -> ApiError {
        match self.request.id.get() {
            Some(id) => error.with_request_id(id.clone()),
            None => error,
        }
    }

    fn observe(&mut self, error: &ApiError) {
        self.request.observe(error);
        if let Some(observe) = self.observer.take() {
            observe(error);
        }
    }
}

/// The error of a body that ends although the stream is not complete.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Incomplete;

impl fmt::Display for Incomplete {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the stream ended although it was not complete")
    }
}

impl Error for Incomplete {}
