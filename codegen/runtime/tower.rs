//! A layer that makes an envelope of every error response. Needs the feature `tower`.

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use std::sync::Arc;

use ::http::header::{self, HeaderValue};
use ::http::{Request, Response};
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

use crate::framework::OF_BODY;
use crate::{ApiError, ENVELOPE_STYLES, EnvelopeStyle};

/// Makes an envelope of every response whose status is one of an error.
///
/// A response that was made of an [`ApiError`] says what it said; where the catalog has several
/// styles of bodies, in the one that the request accepts. Any other gets the body of
/// [`ApiError::of_status`], so what a framework or a handler wrote into it reaches no client; its
/// headers stay, but for those that describe the body.
///
/// ```
/// use error_crate::tower::EnvelopeLayer;
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
        EnvelopeService { inner }
    }
}

/// The service of an [`EnvelopeLayer`].
#[derive(Clone, Debug)]
pub struct EnvelopeService<S> {
    inner: S,
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
        let accept = request.headers().get(header::ACCEPT);
        let accept = accept.filter(|_| ENVELOPE_STYLES.len() > 1).cloned();
        EnvelopeFuture {
            inner: self.inner.call(request),
            accept,
        }
    }
}

pin_project! {
    /// The response of an [`EnvelopeService`], in the making.
    #[derive(Debug)]
    pub struct EnvelopeFuture<F> {
        #[pin]
        inner: F,
        accept: Option<HeaderValue>,
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
        Poll::Ready(Ok(envelope(response, this.accept.as_ref())))
    }
}

fn envelope<B: From<String>>(
    mut response: Response<B>,
    accept: Option<&HeaderValue>,
) -> Response<B> {
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let made = response.extensions_mut().remove::<Arc<ApiError>>();
    let error = made.unwrap_or_else(|| Arc::new(ApiError::of_status(status.as_u16())));
    let accept = accept.and_then(|accept| accept.to_str().ok());
    let style = accept.map_or(error.style(), EnvelopeStyle::from_accept);
    let (parts, _) = response.into_parts();
    let mut headers = parts.headers;
    for name in OF_BODY {
        headers.remove(name);
    }
    let mut answer = error.respond::<B>(style, headers);
    let mut extensions = parts.extensions;
    extensions.extend(core::mem::take(answer.extensions_mut()));
    *answer.extensions_mut() = extensions;
    answer
}
