//! Errors of an actix-web server. Needs the feature `actix-web`.

use core::cell::Cell;
use core::future::Future;
use core::panic::AssertUnwindSafe;
use core::task::Poll;
use core::time::Duration;
use std::io;
use std::rc::Rc;

use ::actix_web::body::{EitherBody, MessageBody};
use ::actix_web::dev::{Payload, ServiceFactory, ServiceRequest, ServiceResponse};
use ::actix_web::error::{InternalError, JsonPayloadError, PayloadError, QueryPayloadError};
use ::actix_web::http::StatusCode;
use ::actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use ::actix_web::middleware::{Next, from_fn};
use ::actix_web::rt::time;
use ::actix_web::{App, Error, HttpMessage, HttpResponse, ResponseError};
use futures_util::{FutureExt, StreamExt, stream};

use crate::api_error::fits_as_request_id;
use crate::caught::{of_panic, of_request};
use crate::framework::OF_BODY;
use crate::{ApiError, ENVELOPE_STYLES, EnvelopeStyle, Limits, REQUEST_ID_HEADER};

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        envelope(self, self.style())
    }
}

fn envelope(error: &ApiError, style: EnvelopeStyle) -> HttpResponse {
    let mut response = HttpResponse::build(error.status_code());
    for (name, value) in error.headers_in(style) {
        response.insert_header((name, value.as_ref()));
    }
    let mut body = String::with_capacity(256);
    error.write_json_in(style, &mut body);
    response.body(body)
}

/// Makes every error response of an application an envelope with a request id.
///
/// Call it last, so that it stands around all other middleware. It sees to
///
/// - rejected bodies, queries and paths, unknown paths and methods, and bodies beyond the limit of
///   an extractor;
/// - any other error response that a handler or a middleware makes: it gets the error of
///   [`ApiError::of_status`], and what was in its body reaches no client;
/// - bodies and handlers that take longer than the `limits`;
/// - panics, which are answered with the error of status 500;
/// - the style that the request accepts;
/// - the request id: the one that the client sent if it is visible ASCII of at most 256 bytes,
///   else a new one. It stands in the request's headers, and in every response's.
///
/// ```
/// use actix_web::{App, web};
/// use error_crate::{ApiError, ErrorCode, Limits};
///
/// async fn handler() -> Result<&'static str, ApiError> {
///     Err(ErrorCode::A_CODE.into())
/// }
///
/// let app = App::new().route("/", web::get().to(handler));
/// let app = error_crate::actix_web::wrap(app, Limits::default());
/// # let _ = app;
/// ```
pub fn wrap<T, B>(
    app: App<T>,
    limits: Limits,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<EitherBody<B>>,
        Error = Error,
        InitError = (),
    >,
>
where
    T: ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<B>,
            Error = Error,
            InitError = (),
        > + 'static,
    B: MessageBody + 'static,
{
    app.wrap(from_fn(move |request, next| answer(request, next, limits)))
}

/// The answer to one request.
async fn answer<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
    limits: Limits,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let asked = Asked::new(&mut request);
    let is_late = watch_body(&mut request, limits.body);
    let called = AssertUnwindSafe(next.call(request)).catch_unwind();
    let mut response = match time::timeout(limits.answer, called).await {
        Ok(Ok(Ok(response))) => response,
        Ok(Ok(Err(error))) => return Err(asked.fail(error, is_late.get())),
        Ok(Err(panic)) => return Err(asked.fail(of_panic(&*panic), is_late.get())),
        Err(elapsed) => {
            let error = ApiError::of_status(504).with_source(elapsed);
            return Err(asked.fail(error, is_late.get()));
        }
    };
    let status = response.status();
    if status.is_client_error() || status.is_server_error() {
        let (request, bare) = response.into_parts();
        let response = asked.respond(bare, is_late.get());
        let response = response.map_into_right_body();
        return Ok(ServiceResponse::new(request, response));
    }
    asked.set_request_id(response.headers_mut());
    Ok(response.map_into_left_body())
}

fn new_id() -> HeaderValue {
    let id = uuid::Uuid::new_v4().to_string();
    // The digits and dashes of an id can stand in a header.
    HeaderValue::from_str(&id).unwrap_or(HeaderValue::from_static("unknown"))
}

/// What the answer to a request depends on.
struct Asked {
    request_id: HeaderValue,
    accept: Option<HeaderValue>,
}

impl Asked {
    /// Gives the request an id, if it has none that a response can repeat.
    fn new(request: &mut ServiceRequest) -> Self {
        let accept = request.headers().get(header::ACCEPT);
        let accept = accept.filter(|_| ENVELOPE_STYLES.len() > 1).cloned();
        let mut sent = request.headers().get_all(REQUEST_ID_HEADER);
        let id = sent.next().filter(|id| fits_as_request_id(id.as_bytes()));
        let id = id.filter(|_| sent.next().is_none());
        let id = id.cloned().unwrap_or_else(new_id);
        let name = HeaderName::from_static(REQUEST_ID_HEADER);
        request.headers_mut().insert(name, id.clone());
        Self {
            request_id: id,
            accept,
        }
    }

    fn set_request_id(&self, headers: &mut HeaderMap) {
        if !headers.contains_key(REQUEST_ID_HEADER) {
            let name = HeaderName::from_static(REQUEST_ID_HEADER);
            headers.insert(name, self.request_id.clone());
        }
    }

    /// An error that has its response with it. Without the request, which the handler had, there can be
    /// none in its own right.
    fn fail(&self, error: impl Into<Error>, is_late: bool) -> Error {
        let error = error.into();
        let made = error.as_error::<ApiError>();
        let cause = made.and_then(|error| std::error::Error::source(error));
        let cause = cause.map_or_else(|| error.to_string(), ToString::to_string);
        let response = self.respond(HttpResponse::from_error(error), is_late);
        InternalError::from_response(cause, response).into()
    }

    /// Makes an envelope of a response. Its headers stay, but for those that describe its body, and so
    /// does the error that it was made of, for the logs of outer middleware.
    fn respond<B>(&self, bare: HttpResponse<B>, is_late: bool) -> HttpResponse {
        let status = if is_late { 408 } else { bare.status().as_u16() };
        let error = bare.error().filter(|_| !is_late);
        let envelope = match error.and_then(Error::as_error::<ApiError>) {
            Some(made) => self.envelope(made),
            None => self.envelope(&of_rejection(status, error)),
        };
        let (envelope, body) = envelope.into_parts();
        let mut response = bare.set_body(body);
        *response.status_mut() = envelope.status();
        let headers = response.headers_mut();
        for name in OF_BODY {
            headers.remove(name);
        }
        for (name, value) in envelope.headers() {
            if name != header::VARY {
                headers.insert(name.clone(), value.clone());
            } else if headers.get_all(name).all(|other| other != value) {
                // A response may vary with other headers too.
                headers.append(name.clone(), value.clone());
            }
        }
        self.set_request_id(headers);
        response
    }

    /// The envelope in the style that the request accepts.
    fn envelope(&self, error: &ApiError) -> HttpResponse {
        let accept = self.accept.as_ref().and_then(|accept| accept.to_str().ok());
        let style = accept.map_or(error.style(), EnvelopeStyle::from_accept);
        envelope(error, style)
    }
}

/// Gives the body of a request its deadline. A handler tells only that the body cannot be read, so
/// this tells whether it was late.
fn watch_body(request: &mut ServiceRequest, limit: Duration) -> Rc<Cell<bool>> {
    let is_late = Rc::new(Cell::new(false));
    let seen = Rc::clone(&is_late);
    let mut payload = request.take_payload();
    if matches!(payload, Payload::None) {
        return is_late;
    }
    let mut deadline = Box::pin(time::sleep(limit));
    let watched = stream::poll_fn(move |context| {
        if deadline.as_mut().poll(context).is_ready() {
            seen.set(true);
            let late = PayloadError::Io(io::ErrorKind::TimedOut.into());
            return Poll::Ready(Some(Err(late)));
        }
        payload.poll_next_unpin(context)
    });
    request.set_payload(Payload::Stream {
        payload: Box::pin(watched),
    });
    is_late
}

/// The error of the status that actix-web answers with, with what is wrong with the request.
fn of_rejection(status: u16, error: Option<&Error>) -> ApiError {
    let reason = error.and_then(reason);
    match error.zip(reason) {
        Some((error, reason)) => of_request(status, None, Some(&reason), error.to_string()),
        None => ApiError::of_status(status),
    }
}

/// What a deserializer says.
fn reason(error: &Error) -> Option<String> {
    if let Some(JsonPayloadError::Deserialize(reason)) = error.as_error() {
        return Some(reason.to_string());
    }
    if let Some(QueryPayloadError::Deserialize(reason)) = error.as_error() {
        return Some(reason.to_string());
    }
    None
}
