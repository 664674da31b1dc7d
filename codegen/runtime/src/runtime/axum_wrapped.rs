//! A router with envelopes for axum. Needs the feature `axum`.

use core::convert::Infallible;
use core::task::{Context, Poll};

use ::axum::body::{Bytes, HttpBody};
use ::axum::extract::Request;
use ::axum::response::{IntoResponse, Response};
use ::axum::routing::future::RouteFuture;
use ::axum::routing::{IntoMakeService, Route};
use ::axum::{BoxError, Router};
use tower_layer::Layer;
use tower_service::Service;

/// A router all of whose errors are envelopes: the result of [`wrap`](crate::axum::wrap).
///
/// It has no `route`, `merge` and `fallback`: axum lets the fallback of the last router win, and what is
/// added after a layer is outside of it, so unknown paths and new routes would have no envelopes. Build
/// the whole router first. If only a part of an application sends these errors, add the wrapped router as a
/// service:
///
/// ```
/// use axum::Router;
/// use axum::routing::get;
/// use runtime::Timeouts;
///
/// let api = Router::new().route("/files", get(|| async { "none" }));
/// let api = runtime::axum::wrap(api, Timeouts::default());
/// let application: Router = Router::new()
///     .route("/health", get(|| async { "well" }))
///     .nest_service("/v1", api);
/// ```
///
/// It is a service. `axum::serve` takes the result of
/// [`into_make_service`](Self::into_make_service), or of the methods of `axum::ServiceExt`.
#[derive(Clone, Debug)]
#[must_use]
pub struct Wrapped<S = ()>(Router<S>);

impl<S: Clone + Send + Sync + 'static> Wrapped<S> {
    pub(crate) fn new(router: Router<S>) -> Self {
        Self(router)
    }

    /// Adds a layer around the envelopes: see [`Router::layer`].
    pub fn layer<L>(self, layer: L) -> Self
    where
        L: Layer<Route> + Clone + Send + Sync + 'static,
        L::Service: Service<Request> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request>>::Response: IntoResponse + 'static,
        <L::Service as Service<Request>>::Error: Into<Infallible> + 'static,
        <L::Service as Service<Request>>::Future: Send + 'static,
    {
        Self(self.0.layer(layer))
    }

    /// Provides the state: see [`Router::with_state`].
    pub fn with_state<T>(self, state: S) -> Wrapped<T> {
        Wrapped(self.0.with_state(state))
    }
}

impl Wrapped {
    /// What `axum::serve` takes.
    #[must_use]
    pub fn into_make_service(self) -> IntoMakeService<Router> {
        self.0.into_make_service()
    }
}

impl<B> Service<::http::Request<B>> for Wrapped
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = RouteFuture<Infallible>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Service::<::http::Request<B>>::poll_ready(&mut self.0, context)
    }

    fn call(&mut self, request: ::http::Request<B>) -> Self::Future {
        self.0.call(request)
    }
}
