//! axum integration: `IntoResponse` and [`wrap`]. Needs the feature `axum`.

use core::any::Any;
use core::convert::Infallible;
use std::error::Error;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ::axum::Router;
use ::axum::body::Body;
use ::axum::extract::path::ErrorKind;
use ::axum::extract::rejection::{
    BytesRejection, FormRejection, JsonRejection, PathRejection, QueryRejection, StringRejection,
};
use ::axum::extract::{Request, State};
use ::axum::middleware::{self, Next};
use ::axum::response::{IntoResponse, Response};
use ::http::StatusCode;
use ::http::header::{HeaderName, HeaderValue};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::map_response_body::MapResponseBodyLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::TimeoutLayer;
use tower_layer::Stack;

pub use crate::runtime::axum_wrapped::Wrapped;
use crate::runtime::body_timeout::axum::arriving;
use crate::runtime::event_stream::StreamRequest;
use crate::runtime::fallback::is_error;
use crate::runtime::observer::Observer;
use crate::runtime::rejection::{of_panic, of_request};
use crate::runtime::tower::{SharedLayer, conceal};
use crate::{ApiError, Passthrough, REQUEST_ID_HEADER, Timeouts};

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        self.into()
    }
}

/// Turns every error response of an application into an envelope with a request id.
///
/// It takes the complete router: no route can be added to a [`Wrapped`] router. It handles
///
/// - rejected bodies, queries and paths, unknown paths and methods, bodies beyond the limit of
///   axum's `DefaultBodyLimit`, and any other error response of a handler or a layer: see
///   [`EnvelopeLayer`](crate::tower::EnvelopeLayer);
/// - bodies and handlers that take longer than the `timeouts`;
/// - panics, which become the error of status 500 with the panic message as its
///   [source](Error::source);
/// - the request id: that of the client if it is visible ASCII of at most 256 bytes, else a new one.
///   It is in the headers of the request and of every response, replaces an id that a handler sets, and
///   is in the errors of [`ApiError::from_response`].
///
/// Add layers that change every response, such as CORS, compression and logs, around it:
/// `wrap(router, timeouts).layer(cors)`.
///
/// ```
/// use axum::Router;
/// use axum::routing::get;
/// use runtime::{ApiError, ErrorCode, Timeouts};
///
/// async fn handler() -> Result<&'static str, ApiError> {
///     Err(ErrorCode::FileNotFound.into())
/// }
///
/// let router = Router::new().route("/", get(handler));
/// let server = runtime::axum::wrap(router, Timeouts::default()).into_make_service();
/// ```
///
/// It needs the timers of a tokio runtime, and panics that unwind.
pub fn wrap<S>(router: Router<S>, timeouts: Timeouts) -> Wrapped<S>
where
    S: Clone + Send + Sync + 'static,
{
    let id = HeaderName::from_static(REQUEST_ID_HEADER);
    // From the innermost to the outermost.
    let layers = TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, timeouts.response);
    let layers = Stack::new(layers, middleware::from_fn_with_state(timeouts, watch_body));
    // Outside of the timeout, since a cancelled handler may panic when it is dropped.
    let layers = Stack::new(layers, CatchPanicLayer::custom(panicked));
    let layers = Stack::new(layers, MapResponseBodyLayer::new(Body::new));
    let layers = Stack::new(layers, SharedLayer(Observer::new()));
    let layers = Stack::new(layers, middleware::map_response(drop_other_ids));
    let layers = Stack::new(layers, PropagateRequestIdLayer::new(id.clone()));
    let layers = Stack::new(layers, SetRequestIdLayer::new(id, MakeRequestUuid));
    let layers = Stack::new(layers, middleware::map_response(identify));
    Wrapped::new(router.layer(Stack::new(layers, middleware::map_request(drop_unfit_id))))
}

#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over")]
fn panicked(panic: Box<dyn Any + Send>) -> Response {
    of_panic(&*panic).into()
}

/// Sets a deadline for the body of a request. A handler only reports that it cannot read the body, so
/// the error is set here.
async fn watch_body(State(timeouts): State<Timeouts>, request: Request, next: Next) -> Response {
    let is_late = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&is_late);
    let request = request.map(|body| {
        arriving(body, timeouts.request_body, move || {
            seen.store(true, Ordering::Relaxed);
            ::axum::Error::new(io::Error::from(io::ErrorKind::TimedOut))
        })
    });
    let mut response = next.run(request).await;
    if is_error(response.status().as_u16()) && is_late.load(Ordering::Relaxed) {
        // The outer layer turns it into an envelope and keeps the headers.
        let error = ApiError::from_status(408).with_source("the body of the request was late");
        conceal(&mut response);
        response.extensions_mut().remove::<Passthrough>();
        if let Ok(status) = StatusCode::from_u16(error.status()) {
            *response.status_mut() = status;
        }
        response.extensions_mut().insert(Arc::new(error));
    }
    response
}

/// Removes any other request id, such as that of an upstream server.
async fn drop_other_ids(mut response: Response) -> Response {
    response.headers_mut().remove(REQUEST_ID_HEADER);
    response
}

/// Adds the request id to the error of a stream; the layer that makes envelopes adds it to other errors.
async fn identify(response: Response) -> Response {
    let id = response.headers().get(REQUEST_ID_HEADER);
    let id = id.and_then(|id| id.to_str().ok()).unwrap_or_default();
    if let Some(stream) = response.extensions().get::<StreamRequest>() {
        stream.identify(id);
    }
    response
}

/// Removes a request id that a response cannot repeat.
async fn drop_unfit_id(mut request: Request) -> Request {
    let headers = request.headers_mut();
    let mut sent = headers.get_all(REQUEST_ID_HEADER).iter();
    let first = sent.next().map(HeaderValue::as_bytes);
    let fits =
        first.is_none_or(crate::runtime::request_id::fits_as_request_id) && sent.next().is_none();
    if !fits {
        headers.remove(REQUEST_ID_HEADER);
    }
    request
}

/// The field that a deserializer failed at, and its message.
fn place<E: Error + 'static>(
    rejection: &(dyn Error + 'static),
) -> Option<(Option<String>, String)> {
    let mut cause = Some(rejection);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<serde_path_to_error::Error<E>>() {
            let path = error.path().to_string();
            return Some((
                Some(path).filter(|path| path != "."),
                error.inner().to_string(),
            ));
        }
        cause = error.source();
    }
    None
}

macro_rules! rejections {
    ($($rejection:ident: $inner:ty;)+) => {
        $(
            /// The error for the status of the rejection, with the request field and the reason.
            impl From<$rejection> for ApiError {
                fn from(rejection: $rejection) -> Self {
                    let status = rejection.status().as_u16();
                    let (param, reason) = place::<$inner>(&rejection).unzip();
                    of_request(status, param.flatten(), reason.as_deref(), rejection)
                }
            }
        )+
    };
}

rejections! {
    JsonRejection: serde_json::Error;
    QueryRejection: serde::de::value::Error;
    FormRejection: serde::de::value::Error;
    // These have no fields.
    BytesRejection: Infallible;
    StringRejection: Infallible;
}

/// The error for the status of the rejection, with the name of the path parameter.
impl From<PathRejection> for ApiError {
    fn from(rejection: PathRejection) -> Self {
        let status = rejection.status().as_u16();
        let param = match &rejection {
            PathRejection::FailedToDeserializePathParams(failed) => match failed.kind() {
                ErrorKind::ParseErrorAtKey { key, .. }
                | ErrorKind::InvalidUtf8InPathParam { key }
                | ErrorKind::DeserializeError { key, .. } => Some(key.clone()),
                _ => None,
            },
            _ => None,
        };
        of_request(status, param, None, rejection)
    }
}
