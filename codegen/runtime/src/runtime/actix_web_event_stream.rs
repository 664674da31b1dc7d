//! Streams of events for actix-web. Needs the feature `actix-web`.

use core::pin::Pin;
use core::task::{Context, Poll, ready};
use std::error::Error;

use ::actix_web::body::{BodySize, BoxBody, MessageBody};
use ::actix_web::http::header::{self, HeaderMap, HeaderValue};
use ::actix_web::web::Bytes;
use ::actix_web::{HttpRequest, HttpResponse, Responder};

use crate::runtime::actix_web::style_of;
use crate::runtime::event_stream::Ending;
use crate::runtime::fallback::is_error;
use crate::runtime::observer::Observer;
use crate::{ApiError, EventStream, REQUEST_ID_HEADER};

/// A response with `Content-Type: text/event-stream`. One whose status is an error stays as it is.
///
/// ```
/// use actix_web::web::Bytes;
/// use actix_web::{HttpResponse, Responder};
/// use futures_util::stream::{self, StreamExt};
/// use runtime::{ApiError, EventStream};
///
/// async fn count() -> impl Responder {
///     EventStream::new(|completion| {
///         let numbers = stream::iter(1..=3);
///         let events = numbers.map(|number| Ok::<_, ApiError>(Bytes::from(format!("data: {number}\n\n"))));
///         HttpResponse::Ok().streaming(completion.at_end_of(events))
///     })
/// }
/// ```
impl<R> Responder for EventStream<R>
where
    R: Responder,
    R::Body: 'static,
{
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let (response, ending) = self.into_parts();
        let mut response = response.respond_to(request).map_into_boxed_body();
        if is_error(response.status().as_u16()) {
            return response;
        }
        let id = request.headers().get(REQUEST_ID_HEADER);
        if let Some(id) = id.and_then(|id| id.to_str().ok()) {
            ending.request().identify(id);
        }
        ending.request().answer_in(&style_of(request.head()));
        if Observer::IS_ON {
            // For `wrap`, which knows the operation.
            response.extensions_mut().insert(ending.request().clone());
        }
        set_headers(response.headers_mut());
        response.map_body(|_, body| {
            BoxBody::new(EventBody {
                body: Some(body),
                ending,
            })
        })
    }
}

fn set_headers(headers: &mut HeaderMap) {
    // The body becomes longer.
    headers.remove(header::CONTENT_LENGTH);
    let content_type = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    if content_type.is_none_or(|media_type| !media_type.starts_with(b"text/event-stream")) {
        let events = HeaderValue::from_static("text/event-stream");
        headers.insert(header::CONTENT_TYPE, events);
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        let no_cache = HeaderValue::from_static("no-cache");
        headers.insert(header::CACHE_CONTROL, no_cache);
    }
}

/// The body of an event stream.
struct EventBody {
    /// The parts of the stream, until its end.
    body: Option<BoxBody>,
    ending: Ending,
}

impl MessageBody for EventBody {
    type Error = Box<dyn Error>;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Box<dyn Error>>>> {
        let this = &mut *self;
        if let Some(body) = &mut this.body {
            match ready!(Pin::new(body).poll_next(context)) {
                Some(Ok(part)) => {
                    this.ending.pass(&part);
                    return Poll::Ready(Some(Ok(part)));
                }
                Some(Err(error)) => {
                    let event = fail(&mut this.ending, error);
                    this.body = None;
                    return Poll::Ready(Some(Ok(event.into())));
                }
                None => this.body = None,
            }
        }
        let last = ready!(this.ending.poll_end(context));
        let last = last.map(|last| last.map(Bytes::from));
        Poll::Ready(last.map(|last| last.map_err(Box::from)))
    }
}

/// The event of an error of a stream. One that is not of this crate is for logs only.
fn fail(ending: &mut Ending, error: Box<dyn Error>) -> String {
    let error = match error.downcast::<ApiError>() {
        Ok(error) => return ending.fail(*error),
        Err(error) => error,
    };
    let of_actix = error.downcast_ref::<::actix_web::Error>();
    if let Some(made) = of_actix.and_then(::actix_web::Error::as_error::<ApiError>) {
        return ending.fail_with(made);
    }
    let status = of_actix.map_or(500, |error| {
        error.as_response_error().status_code().as_u16()
    });
    ending.fail(ApiError::from_status(status).with_source(error.to_string()))
}
