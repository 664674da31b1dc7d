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
    /// nothing else of the request.
    #[inline]
    #[must_use]
    pub fn request(&self, method: &str, path: &str) -> RequestObserver {
        #[cfg(not(any(feature = "metrics", feature = "tracing")))]
        let _ = (method, path);
        RequestObserver {
            #[cfg(any(feature = "metrics", feature = "tracing"))]
            operation: route::find(ROUTES, method, path),
            observer: self.clone(),
        }
    }
}

/// Observes the errors of one request: the result of [`Observer::request`].
#[derive(Clone, Debug)]
pub struct RequestObserver {
    #[cfg(any(feature = "metrics", feature = "tracing"))]
    operation: Option<u32>,
    #[allow(dead_code, reason = "spans need no state")]
    observer: Observer,
}

#[cfg(any(feature = "metrics", feature = "tracing"))]
impl RequestObserver {
    /// The response is this error.
    pub fn answered(&self, error: &ApiError) {
        self.see(Seen::of(error), error.request_id());
    }

    /// The response began with status 200, and this error ends its stream.
    pub fn ended(&self, error: &ApiError) {
        self.see(Seen::of(error).in_stream(), error.request_id());
    }

    /// The id of the operation in the catalog.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        let position = usize::try_from(self.operation?).ok()?;
        OPERATIONS.get(position).copied()
    }
}

impl RequestObserver {
    /// Counts and records an error.
    #[inline]
    pub(crate) fn see(&self, seen: Seen, request_id: Option<&str>) {
        #[cfg(feature = "metrics")]
        self.observer.counters.count(seen, self.operation);
        #[cfg(feature = "tracing")]
        crate::runtime::spans::record(seen, self.operation(), request_id);
        #[cfg(not(feature = "tracing"))]
        let _ = (self, seen, request_id);
    }
}
