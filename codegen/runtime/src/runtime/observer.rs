//! What operators learn of the errors of a server. Without the features `metrics` and `tracing` it is nothing.

#![cfg(any(
    feature = "actix-web",
    feature = "metrics",
    feature = "tower",
    feature = "tracing"
))]
#![cfg_attr(
    not(any(feature = "metrics", feature = "tracing")),
    allow(dead_code, unreachable_pub, reason = "nothing is observed")
)]

#[cfg(feature = "metrics")]
use std::sync::Arc;

#[cfg(any(feature = "metrics", feature = "tracing"))]
use crate::ApiError;
#[cfg(any(feature = "metrics", feature = "tracing"))]
use crate::catalog::routes::{OPERATIONS, ROUTES};
#[cfg(feature = "metrics")]
use crate::runtime::counters::Counters;
#[cfg(any(feature = "metrics", feature = "tracing"))]
use crate::runtime::route;
use crate::runtime::seen::Seen;

/// Counts the errors of a server, and records them on spans, as far as the features `metrics` and `tracing` are on.
///
/// `EnvelopeLayer` and the functions `wrap` use it: it is for servers that write responses themselves. Make one when
/// the server starts, and clone it. The module [`telemetry`](crate::telemetry) has the names of the counter, its
/// labels and the fields of spans.
///
/// ```
/// use runtime::{ApiError, ErrorCode, Observer};
///
/// let observer = Observer::new();
/// let request = observer.request("GET", "/files/7");
/// let error = ApiError::new(ErrorCode::FileNotFound).with_request_id("req_1");
/// request.answered(&error);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Observer {
    #[cfg(feature = "metrics")]
    counters: Arc<Counters>,
}

impl Observer {
    /// Whether errors are observed at all.
    #[allow(dead_code, reason = "servers only need it")]
    pub(crate) const IS_ON: bool = cfg!(any(feature = "metrics", feature = "tracing"));

    /// An observer with counters of its own. It takes the recorder of the crate `metrics` that is there when an error
    /// is counted.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The observer of one request. It keeps the operation that the method and the path belong to in the catalog, and
    /// nothing else of the request. Make it when the request has failed: a success needs none.
    #[inline]
    #[must_use]
    pub fn request(&self, method: &str, path: &str) -> RequestObserver {
        RequestObserver {
            operation: Operation::of(method, path),
            observer: self.clone(),
        }
    }

    /// Counts and records an error of an operation.
    #[inline]
    fn see(&self, operation: Operation, seen: Seen, request_id: Option<&str>) {
        #[cfg(feature = "metrics")]
        self.counters.count(seen, operation.position);
        #[cfg(feature = "tracing")]
        crate::runtime::spans::record(seen, operation.id(), request_id);
        #[cfg(not(all(feature = "metrics", feature = "tracing")))]
        let _ = (self, operation, seen, request_id);
    }
}

/// An operation of the catalog, or none.
#[derive(Clone, Copy, Debug)]
struct Operation {
    #[cfg(any(feature = "metrics", feature = "tracing"))]
    position: Option<u32>,
}

impl Operation {
    #[inline]
    fn of(method: &str, path: &str) -> Self {
        #[cfg(not(any(feature = "metrics", feature = "tracing")))]
        let _ = (method, path);
        Self {
            #[cfg(any(feature = "metrics", feature = "tracing"))]
            position: route::find(ROUTES, method, path),
        }
    }

    #[cfg(any(feature = "metrics", feature = "tracing"))]
    fn id(self) -> Option<&'static str> {
        let position = usize::try_from(self.position?).ok()?;
        OPERATIONS.get(position).copied()
    }
}

/// What is kept of a request until it is known whether it fails: its method and its path, in the types of a framework,
/// whose clones allocate nothing.
#[cfg(any(feature = "actix-web", feature = "tower"))]
#[derive(Clone, Debug)]
pub(crate) struct Arrived<M, P> {
    observer: Observer,
    #[cfg(any(feature = "metrics", feature = "tracing"))]
    request: (M, Option<P>),
    #[cfg(not(any(feature = "metrics", feature = "tracing")))]
    request: core::marker::PhantomData<(M, P)>,
}

#[cfg(any(feature = "actix-web", feature = "tower"))]
impl<M: Clone + AsRef<str>, P: Clone + Path> Arrived<M, P> {
    #[inline]
    pub(crate) fn new(observer: &Observer, method: &M, path: Option<&P>) -> Self {
        #[cfg(not(any(feature = "metrics", feature = "tracing")))]
        let _ = (method, path);
        Self {
            observer: observer.clone(),
            #[cfg(any(feature = "metrics", feature = "tracing"))]
            request: (method.clone(), path.cloned()),
            #[cfg(not(any(feature = "metrics", feature = "tracing")))]
            request: core::marker::PhantomData,
        }
    }

    #[inline]
    #[cfg_attr(
        not(any(feature = "metrics", feature = "tracing")),
        allow(clippy::unused_self, reason = "nothing is kept")
    )]
    fn operation(&self) -> Operation {
        #[cfg(any(feature = "metrics", feature = "tracing"))]
        let (method, path) = {
            let (method, path) = &self.request;
            (method.as_ref(), path.as_ref().map_or("", Path::path))
        };
        #[cfg(not(any(feature = "metrics", feature = "tracing")))]
        let (method, path) = ("", "");
        Operation::of(method, path)
    }

    /// Counts and records an error.
    #[inline]
    pub(crate) fn see(&self, seen: Seen, request_id: Option<&str>) {
        self.observer.see(self.operation(), seen, request_id);
    }

    /// The observer of the request, for its stream.
    #[cfg(any(feature = "actix-web", feature = "axum"))]
    pub(crate) fn observer(&self) -> RequestObserver {
        RequestObserver {
            operation: self.operation(),
            observer: self.observer.clone(),
        }
    }
}

/// The target of a request in the type of a framework.
#[cfg(any(feature = "actix-web", feature = "tower"))]
pub(crate) trait Path {
    /// The path, without query.
    fn path(&self) -> &str;
}

#[cfg(feature = "actix-web")]
impl Path for ::actix_web::http::uri::PathAndQuery {
    fn path(&self) -> &str {
        self.path()
    }
}

#[cfg(feature = "tower")]
impl Path for ::http::uri::PathAndQuery {
    fn path(&self) -> &str {
        self.path()
    }
}

/// Observes the errors of one request: the result of [`Observer::request`].
#[derive(Clone, Debug)]
pub struct RequestObserver {
    #[allow(dead_code, reason = "observers that are off need no state")]
    operation: Operation,
    #[allow(dead_code, reason = "observers that are off need no state")]
    observer: Observer,
}

#[cfg(any(feature = "metrics", feature = "tracing"))]
impl RequestObserver {
    /// The response is this error.
    pub fn answered(&self, error: &ApiError) {
        self.see(Seen::of(error), error);
    }

    /// The response began with status 200, and this error ends its stream.
    pub fn ended(&self, error: &ApiError) {
        self.see(Seen::of(error).in_stream(), error);
    }

    /// The id of the operation in the catalog. Where several operations have the method and the path of the request, it
    /// is the name that the OpenAPI document gives to all of them.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.operation.id()
    }

    #[inline]
    fn see(&self, seen: Seen, error: &ApiError) {
        self.observer.see(self.operation, seen, error.request_id());
    }
}
