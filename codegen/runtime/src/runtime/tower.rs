//! tower integration: [`EnvelopeLayer`]. Needs the feature `tower`.

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use core::time::Duration;
use std::sync::Arc;

use ::http::header::{HeaderMap, HeaderValue};
use ::http::uri::PathAndQuery;
use ::http::{Method, Request, Response, Uri};
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

#[cfg(feature = "axum")]
use crate::runtime::event_stream::StreamRequest;
use crate::runtime::fallback::{is_error, is_replaced};
use crate::runtime::observer::{Arrived, Observer};
use crate::runtime::received_headers::ReceivedHeaders;
use crate::runtime::seen::{Observed, Seen};
use crate::{ApiError, Passthrough, REQUEST_ID_HEADER, RequestStyle};

/// Turns every response with an error status into an envelope.
///
/// The response of an [`ApiError`] keeps its error, in the style of the [`RequestStyle`], and the headers
/// that the handler set beside it: these win over those of the catalog. Any other
/// response, or one whose status was changed, gets the body of [`ApiError::from_status`], so its own
/// body does not reach the client. Its headers stay, except those that describe the body. If the error
/// is retryable, the delay of a `Retry-After` or `Retry-After-Ms` stays, in whole seconds: see
/// [`ApiError::retry_after`]. A response with the extension [`Passthrough`] is not changed.
///
/// The type of the response's body must implement `From<String>`, as that of axum does.
///
/// ```
/// use runtime::tower::EnvelopeLayer;
/// use tower_layer::Layer;
/// # struct MyService;
///
/// let service = EnvelopeLayer.layer(MyService);
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct EnvelopeLayer;

impl<S> Layer<S> for EnvelopeLayer {
    type Service = EnvelopeService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        EnvelopeService {
            inner,
            observer: Observer::new(),
        }
    }
}

/// An [`EnvelopeLayer`] of several services with one observer.
#[cfg(feature = "axum")]
#[derive(Clone, Debug)]
pub(crate) struct SharedLayer(pub(crate) Observer);

#[cfg(feature = "axum")]
impl<S> Layer<S> for SharedLayer {
    type Service = EnvelopeService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        EnvelopeService {
            inner,
            observer: self.0.clone(),
        }
    }
}

/// The service of an [`EnvelopeLayer`].
#[derive(Clone, Debug)]
pub struct EnvelopeService<S> {
    inner: S,
    observer: Observer,
}

impl<S, Q, B> Service<Request<Q>> for EnvelopeService<S>
where
    S: Service<Request<Q>, Response = Response<B>>,
    B: From<String>,
{
    type Response = Response<B>;
    type Error = S::Error;
    type Future = EnvelopeFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Q>) -> Self::Future {
        let headers = request.headers().iter();
        let headers = headers.map(|(name, value)| (name.as_str(), value.as_bytes()));
        let uri = uri(&request);
        let style = RequestStyle::new(uri.path(), headers);
        let request_id = request.headers().get(REQUEST_ID_HEADER).cloned();
        let arrived = Arrived::new(&self.observer, request.method(), uri.path_and_query());
        EnvelopeFuture {
            inner: self.inner.call(request),
            style,
            request_id,
            arrived,
        }
    }
}

pin_project! {
    /// The response future of an [`EnvelopeService`].
    #[derive(Debug)]
    pub struct EnvelopeFuture<F> {
        #[pin]
        inner: F,
        style: RequestStyle,
        request_id: Option<HeaderValue>,
        arrived: Arrived<Method, PathAndQuery>,
    }
}

impl<F, B, E> Future for EnvelopeFuture<F>
where
    F: Future<Output = Result<Response<B>, E>>,
    B: From<String>,
{
    type Output = Result<Response<B>, E>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let response = ready!(this.inner.poll(context))?;
        let request_id = this.request_id.as_ref().and_then(|id| id.to_str().ok());
        Poll::Ready(Ok(envelope(response, this.style, request_id, this.arrived)))
    }
}

/// The URI of a request, with what a router around this one took from it.
fn uri<Q>(request: &Request<Q>) -> &Uri {
    #[cfg(feature = "axum")]
    if let Some(original) = request.extensions().get::<::axum::extract::OriginalUri>() {
        return &original.0;
    }
    request.uri()
}

/// Removes an error from the response that it made, with the headers of its code.
pub(crate) fn conceal<B>(response: &mut Response<B>) {
    let Some(error) = response.extensions_mut().remove::<Arc<ApiError>>() else {
        return;
    };
    let headers = response.headers_mut();
    for (name, value) in error.headers_of_code() {
        if headers.get(name).is_some_and(|found| found == &*value) {
            headers.remove(name);
        }
    }
}

fn envelope<B: From<String>>(
    mut response: Response<B>,
    asked: &RequestStyle,
    request_id: Option<&str>,
    arrived: &Arrived<Method, PathAndQuery>,
) -> Response<B> {
    #[cfg(feature = "axum")]
    if let Some(stream) = response.extensions().get::<StreamRequest>() {
        stream.answer_in(asked);
        stream.observe_by(|| arrived.observer());
    }
    let status = response.status();
    if !is_error(status.as_u16()) {
        return response;
    }
    let is_observed = Observer::IS_ON && response.extensions().get::<Observed>().is_some();
    if response.extensions().get::<Passthrough>().is_some() {
        if !is_observed {
            arrived.see(Seen::bare(status.as_u16()), request_id);
            mark(&mut response);
        }
        return response;
    }
    let made = response.extensions().get::<Arc<ApiError>>();
    // A layer that changed the status does not want to show the error.
    let is_bare = made.is_none_or(|error| error.status() != status.as_u16());
    if is_bare {
        conceal(&mut response);
    }
    let headers = response.headers().iter();
    let headers = headers.map(|(name, value)| (name.as_str(), value.as_bytes()));
    let delay = ReceivedHeaders::of(headers).wait();
    let made = response.extensions_mut().remove::<Arc<ApiError>>();
    let error = match made {
        Some(error) => waiting(error, delay),
        None => Arc::new(ApiError::from_bare(status.as_u16(), delay)),
    };
    if let Some(id) = request_id {
        // Before the body is written, which may contain it.
        error.identify(id);
    }
    if !is_observed {
        arrived.see(Seen::of(&error), request_id);
    }
    let style = asked.style(error.style());
    let (parts, _) = response.into_parts();
    let kept = parts.headers.iter();
    let kept = kept.filter(|(name, _)| !is_replaced(name.as_str(), status.as_u16()));
    let mut headers = HeaderMap::new();
    for (name, value) in kept {
        headers.append(name.clone(), value.clone());
    }
    let mut answer = error.respond::<B>(style, headers);
    // The extensions of a bare response may contain a reason phrase, which a server would send.
    if !is_bare {
        let mut extensions = parts.extensions;
        extensions.extend(core::mem::take(answer.extensions_mut()));
        *answer.extensions_mut() = extensions;
    }
    mark(&mut answer);
    answer
}

/// Marks a response as observed.
fn mark<B>(response: &mut Response<B>) {
    if Observer::IS_ON {
        response.extensions_mut().insert(Observed);
    }
}

/// The error with the delay of its response, which a handler may have set there.
fn waiting(error: Arc<ApiError>, asked: Option<Duration>) -> Arc<ApiError> {
    let Some(delay) = asked.filter(|delay| error.retry_after() != Some(*delay)) else {
        return error;
    };
    // A shared error cannot be changed.
    let error = Arc::try_unwrap(error).map(|error| Arc::new(error.with_retry_after(delay)));
    error.unwrap_or_else(|kept| kept)
}
