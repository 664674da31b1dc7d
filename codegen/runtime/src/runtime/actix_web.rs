//! actix-web integration: `ResponseError` and [`wrap`]. Needs the feature `actix-web`.

use core::cell::Cell;
use core::panic::AssertUnwindSafe;
use core::time::Duration;
use std::borrow::Cow;
use std::io;
use std::rc::Rc;

use ::actix_web::body::{EitherBody, MessageBody};
use ::actix_web::dev::{Payload, RequestHead, ServiceFactory, ServiceRequest, ServiceResponse};
use ::actix_web::error::{InternalError, PayloadError};
use ::actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use ::actix_web::http::uri::PathAndQuery;
use ::actix_web::http::{Method, StatusCode};
use ::actix_web::middleware::{Next, from_fn};
use ::actix_web::rt::time;
use ::actix_web::{App, Error, HttpMessage, HttpResponse, ResponseError};
use futures_util::FutureExt;

use crate::runtime::actix_web_rejection::of_rejection;
use crate::runtime::body_timeout::with_deadline;
use crate::runtime::event_stream::StreamRequest;
use crate::runtime::fallback::{is_error, is_replaced};
use crate::runtime::headers::{is_of_crate, lists};
use crate::runtime::observer::{Arrived, Observer};
use crate::runtime::received_headers::ReceivedHeaders;
use crate::runtime::rejection::of_panic;
use crate::runtime::request_id::fits_as_request_id;
use crate::runtime::seen::{Observed, Seen};
use crate::{
    ApiError, EnvelopeStyle, Passthrough, REQUEST_ID_HEADER, RequestStyle, RetryRule, Timeouts,
};

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        envelope(self, self.style())
    }
}

/// Marks a response that is an envelope already, even if its error is not available.
#[derive(Clone, Copy)]
struct Enveloped {
    status: StatusCode,
    retry: RetryRule,
    seen: Seen,
}

fn envelope(error: &ApiError, style: EnvelopeStyle) -> HttpResponse {
    let mut response = HttpResponse::build(error.status_code());
    for (name, value) in error.headers_in(style) {
        response.append_header((name, value.as_ref()));
    }
    let mut body = String::with_capacity(256);
    error.write_json_in(style, &mut body);
    let mut response = response.body(body);
    let enveloped = Enveloped {
        status: response.status(),
        retry: error.retry(),
        seen: Seen::of(error),
    };
    response.extensions_mut().insert(enveloped);
    response
}

/// Turns every error response of an application into an envelope with a request id.
///
/// It wraps all routes and the middleware that was added before. It handles
///
/// - rejected bodies, queries and paths, unknown paths and methods, and bodies beyond the limit of
///   an extractor;
/// - any other error response of a handler or a middleware: it becomes the error of
///   [`ApiError::from_status`], and its body does not reach the client;
/// - bodies and handlers that take longer than the `timeouts`;
/// - panics, which become the error of status 500 with the panic message as its cause;
/// - the style that the request asks for: see [`RequestStyle`];
/// - the request id: that of the client if it is visible ASCII of at most 256 bytes, else a new one.
///   It is in the headers of the request and of every response, and replaces an id that a handler sets.
///
/// Add middleware that changes every response, such as compression and logs, around it:
/// `wrap(app, timeouts).wrap(logger)`. CORS goes inside, since it refuses requests itself.
///
/// ```
/// use actix_web::{App, web};
/// use runtime::{ApiError, ErrorCode, Timeouts};
///
/// async fn handler() -> Result<&'static str, ApiError> {
///     Err(ErrorCode::FileNotFound.into())
/// }
///
/// let app = App::new().route("/", web::get().to(handler));
/// let app = runtime::actix_web::wrap(app, Timeouts::default());
/// # let _ = app;
/// ```
pub fn wrap<T, B>(
    app: App<T>,
    timeouts: Timeouts,
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
    let observer = Observer::new();
    app.wrap(from_fn(move |request, next| {
        answer(request, next, timeouts, observer.clone())
    }))
}

/// The response to one request.
async fn answer<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
    timeouts: Timeouts,
    observer: Observer,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let asked = Asked::new(&mut request, &observer);
    let is_late = watch_body(&mut request, timeouts.request_body);
    // Middleware may panic before it returns a future, and a cancelled handler when it is dropped.
    let called = async move { time::timeout(timeouts.response, next.call(request)).await };
    let mut response = match AssertUnwindSafe(called).catch_unwind().await {
        Ok(Ok(Ok(response))) => response,
        Ok(Ok(Err(error))) => return Err(asked.fail(error, is_late.get())),
        Ok(Err(elapsed)) => {
            let error = ApiError::from_status(504).with_source(elapsed);
            return Err(asked.fail(error, is_late.get()));
        }
        Err(panic) => return Err(asked.fail(of_panic(&*panic), is_late.get())),
    };
    let extensions = response.response().extensions();
    let is_kept = !is_late.get() && extensions.get::<Passthrough>().is_some();
    if let Some(stream) = extensions.get::<StreamRequest>() {
        stream.observe_by(|| asked.arrived.observer());
    }
    drop(extensions);
    if is_error(response.status().as_u16()) {
        if !is_kept {
            let (request, bare) = response.into_parts();
            let response = asked.respond(bare, is_late.get());
            return Ok(ServiceResponse::new(request, response));
        }
        let status = response.status().as_u16();
        asked.see(response.response(), Seen::bare(status));
        mark(response.response_mut());
    }
    asked.set_request_id(response.headers_mut());
    Ok(response.map_into_left_body())
}

fn new_id() -> HeaderValue {
    let id = uuid::Uuid::new_v4().to_string();
    // Digits and dashes are valid in a header.
    HeaderValue::from_str(&id).unwrap_or(HeaderValue::from_static("unknown"))
}

/// The style that a request asks for.
pub(crate) fn style_of(request: &RequestHead) -> RequestStyle {
    let headers = request.headers().iter();
    let headers = headers.map(|(name, value)| (name.as_str(), value.as_bytes()));
    RequestStyle::new(request.uri.path(), headers)
}

/// What the response to a request depends on.
struct Asked {
    request_id: HeaderValue,
    style: RequestStyle,
    arrived: Arrived<Method, PathAndQuery>,
}

impl Asked {
    /// Gives the request an id, unless it has an id that a response can repeat.
    fn new(request: &mut ServiceRequest, observer: &Observer) -> Self {
        let style = style_of(request.head());
        let target = request.uri().path_and_query();
        let arrived = Arrived::new(observer, request.method(), target);
        let mut sent = request.headers().get_all(REQUEST_ID_HEADER);
        let id = sent.next().filter(|id| fits_as_request_id(id.as_bytes()));
        let id = id.filter(|_| sent.next().is_none());
        let request_id = id.cloned().unwrap_or_else(new_id);
        let asked = Self {
            request_id,
            style,
            arrived,
        };
        asked.set_request_id(request.headers_mut());
        asked
    }

    /// Replaces any other id, such as that of an upstream server.
    fn set_request_id(&self, headers: &mut HeaderMap) {
        let name = HeaderName::from_static(REQUEST_ID_HEADER);
        headers.insert(name, self.request_id.clone());
    }

    /// An error that carries its response: a response of its own would need the request, which the
    /// handler took.
    fn fail(&self, error: impl Into<Error>, is_late: bool) -> Error {
        let error = error.into();
        let made = error.as_error::<ApiError>();
        let cause = made.and_then(|error| std::error::Error::source(error));
        let cause = cause.map_or_else(|| error.to_string(), ToString::to_string);
        // Headers that middleware adds are in this response only.
        let bare = error.error_response();
        let envelope = self.envelope_of(&bare, Some(&error), is_late);
        let response = self.put(envelope, bare).map_into_boxed_body();
        InternalError::from_response(cause, response).into()
    }

    /// Turns a bare response into an envelope. Its error stays, for the logs of outer middleware.
    fn respond<B: MessageBody + 'static>(
        &self,
        bare: HttpResponse<B>,
        is_late: bool,
    ) -> HttpResponse<EitherBody<B>> {
        let envelope = self.envelope_of(&bare, bare.error(), is_late);
        self.put(envelope, bare)
    }

    /// Counts and records the error of a response once, if several functions `wrap` see it.
    fn see<B>(&self, response: &HttpResponse<B>, seen: Seen) {
        let is_observed = response.extensions().get::<Observed>().is_some();
        if Observer::IS_ON && !is_observed {
            self.arrived.see(seen, self.request_id.to_str().ok());
        }
    }

    /// The envelope that replaces a response.
    fn envelope_of<B>(
        &self,
        bare: &HttpResponse<B>,
        error: Option<&Error>,
        is_late: bool,
    ) -> Replacement {
        let status = bare.status();
        let headers = bare.headers().iter();
        let headers = headers.map(|(name, value)| (name.as_str(), value.as_bytes()));
        let delay = ReceivedHeaders::of(headers).wait();
        let made = error.and_then(Error::as_error::<ApiError>);
        // Middleware that changed the status does not want to show the error.
        let shown = made.filter(|error| !is_late && error.status() == status.as_u16());
        if let Some(made) = shown {
            self.see(bare, Seen::of(made));
            let mut envelope = self.envelope(made);
            if let Some(delay) = delay {
                set_delay(envelope.headers_mut(), made.retry(), status, delay);
            }
            return Replacement::Envelope(envelope, Vec::new());
        }
        let enveloped = bare.extensions().get::<Enveloped>().copied();
        let enveloped = enveloped.filter(|enveloped| !is_late && enveloped.status == status);
        if let Some(enveloped) = enveloped {
            self.see(bare, enveloped.seen);
            return Replacement::None(delay.map(|delay| (enveloped.retry, delay)));
        }
        let error = if is_late {
            ApiError::from_status(408)
        } else {
            of_rejection(status.as_u16(), error, delay)
        };
        self.see(bare, Seen::of(&error));
        let of_made = made.into_iter().flat_map(ApiError::headers_of_code);
        let is_sent = |(name, value): &(&str, Cow<'_, str>)| {
            let sent = bare.headers().get(*name);
            sent.is_some_and(|sent| sent.as_bytes() == value.as_bytes())
        };
        let hidden = of_made.filter(is_sent).map(|(name, _)| name).collect();
        Replacement::Envelope(self.envelope(&error), hidden)
    }

    /// Replaces a response by an envelope. Headers stay, except those of the old body.
    fn put<B: MessageBody + 'static>(
        &self,
        replacement: Replacement,
        mut bare: HttpResponse<B>,
    ) -> HttpResponse<EitherBody<B>> {
        mark(&mut bare);
        let (envelope, hidden) = match replacement {
            Replacement::Envelope(envelope, hidden) => (envelope, hidden),
            Replacement::None(asked) => {
                let status = bare.status();
                let headers = bare.headers_mut();
                if let Some((rule, delay)) = asked {
                    headers.remove("retry-after-ms");
                    set_delay(headers, rule, status, delay);
                }
                self.set_request_id(headers);
                return bare.map_into_left_body();
            }
        };
        let status = bare.status().as_u16();
        let (envelope, body) = envelope.into_parts();
        let mut response = bare.set_body(body);
        let head = response.head_mut();
        head.status = envelope.status();
        // A reason phrase could show details too.
        head.reason = None;
        let headers = response.headers_mut();
        headers.retain(|name, _| {
            let name = name.as_str();
            !is_replaced(name, status) && !hidden.contains(&name)
        });
        for name in envelope.headers().keys() {
            let values = envelope.headers().get_all(name);
            if name == header::VARY {
                // A response may vary with other headers too.
                for value in values {
                    let mut others = headers.get_all(name).map(HeaderValue::as_bytes);
                    if !others.any(|other| lists(other, value.as_bytes())) {
                        headers.append(name.clone(), value.clone());
                    }
                }
            } else if is_of_crate(name.as_str()) || !headers.contains_key(name) {
                headers.remove(name);
                for value in values {
                    headers.append(name.clone(), value.clone());
                }
            }
        }
        self.set_request_id(headers);
        response.map_into_right_body()
    }

    /// The envelope in the style that the request asks for.
    fn envelope(&self, error: &ApiError) -> HttpResponse {
        if let Ok(id) = self.request_id.to_str() {
            // Before the body is written, which may contain it.
            error.identify(id);
        }
        envelope(error, self.style.style(error.style()))
    }
}

/// Marks a response as observed.
fn mark<B>(response: &mut HttpResponse<B>) {
    if Observer::IS_ON {
        response.extensions_mut().insert(Observed);
    }
}

/// What replaces a response.
enum Replacement {
    /// An envelope. The response loses these headers too.
    Envelope(HttpResponse, Vec<&'static str>),
    /// Nothing: the response is an envelope. Its headers ask for this delay.
    None(Option<(RetryRule, Duration)>),
}

/// Asks a client to wait, as far as the rule and the status allow.
fn set_delay(headers: &mut HeaderMap, rule: RetryRule, status: StatusCode, delay: Duration) {
    match rule.bounded(status.as_u16(), delay) {
        Some(delay) => headers.insert(header::RETRY_AFTER, HeaderValue::from(delay.as_secs())),
        None => headers.remove(header::RETRY_AFTER),
    };
}

/// Sets a deadline for the body of a request, and returns whether it was missed: a handler only
/// reports that it cannot read the body.
fn watch_body(request: &mut ServiceRequest, limit: Duration) -> Rc<Cell<bool>> {
    let is_late = Rc::new(Cell::new(false));
    // After an upgrade, as to a WebSocket, the body has no end.
    if request.head().upgrade() {
        return is_late;
    }
    let payload = request.take_payload();
    if matches!(payload, Payload::None) {
        return is_late;
    }
    let seen = Rc::clone(&is_late);
    let late = move || {
        seen.set(true);
        PayloadError::Io(io::ErrorKind::TimedOut.into())
    };
    let watched = with_deadline(payload, Box::pin(time::sleep(limit)), late);
    request.set_payload(Payload::Stream {
        payload: Box::pin(watched),
    });
    is_late
}
