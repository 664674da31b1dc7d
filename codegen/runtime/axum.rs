//! Errors of an axum server. Needs the feature `axum`.

use core::any::Any;
use core::convert::Infallible;
use std::error::Error;
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
use http_body_util::BodyExt;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::{DeadlineBody, TimeoutError, TimeoutLayer};

use crate::caught::{of_panic, of_request};
use crate::tower::EnvelopeLayer;
use crate::{ApiError, Limits, REQUEST_ID_HEADER};

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        self.into()
    }
}

/// Makes every error response of an application an envelope with a request id.
///
/// Call it last: routes that are added to the router later are not part of it. It sees to
///
/// - rejected bodies, queries and paths, unknown paths and methods, bodies beyond the limit of
///   axum's `DefaultBodyLimit`, and any other error response that a handler or a layer makes: see
///   [`EnvelopeLayer`];
/// - bodies and handlers that take longer than the `limits`;
/// - panics, which are answered with the error of status 500 and told to nobody but the
///   [source](Error::source) of the error;
/// - the request id: the one that the client sent if it is visible ASCII of at most 256 bytes,
///   else a new one. It stands in the request's headers, and in every response's.
///
/// ```
/// use axum::Router;
/// use axum::routing::get;
/// use error_crate::{ApiError, ErrorCode, Limits};
///
/// async fn handler() -> Result<&'static str, ApiError> {
///     Err(ErrorCode::A_CODE.into())
/// }
///
/// let router = Router::new().route("/", get(handler));
/// let router: Router = error_crate::axum::wrap(router, Limits::default());
/// ```
pub fn wrap<S>(router: Router<S>, limits: Limits) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    let id = HeaderName::from_static(REQUEST_ID_HEADER);
    let timeout = TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, limits.answer);
    router
        .layer(CatchPanicLayer::custom(panicked))
        .layer(timeout)
        .layer(middleware::from_fn_with_state(limits, watch_body))
        .layer(EnvelopeLayer)
        .layer(PropagateRequestIdLayer::new(id.clone()))
        .layer(SetRequestIdLayer::new(id, MakeRequestUuid))
        .layer(middleware::map_request(drop_unfit_id))
}

#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over")]
fn panicked(panic: Box<dyn Any + Send>) -> Response {
    of_panic(&*panic).into()
}

/// Gives the body of a request its deadline. A handler tells only that the body cannot be read, so
/// the answer says here that it was late.
async fn watch_body(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    let is_late = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&is_late);
    let request = request.map(|body| {
        let body = DeadlineBody::new(limits.body, body);
        Body::new(body.map_err(move |error| {
            if error.is::<TimeoutError>() {
                seen.store(true, Ordering::Relaxed);
            }
            error
        }))
    });
    let response = next.run(request).await;
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    if is_error && is_late.load(Ordering::Relaxed) {
        return ApiError::of_status(408).into();
    }
    response
}

/// Takes a request id away that no response could repeat.
async fn drop_unfit_id(mut request: Request) -> Request {
    let headers = request.headers_mut();
    let mut sent = headers.get_all(REQUEST_ID_HEADER).iter();
    let first = sent.next().map(HeaderValue::as_bytes);
    let fits = first.is_none_or(crate::api_error::fits_as_request_id) && sent.next().is_none();
    if !fits {
        headers.remove(REQUEST_ID_HEADER);
    }
    request
}

/// The field that a deserializer was at, and what it said.
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
            /// The error of the status that axum answers with, with the field at fault and what is wrong
            /// with it.
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

/// The error of the status that axum answers with, with the name of the path's part at fault.
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
