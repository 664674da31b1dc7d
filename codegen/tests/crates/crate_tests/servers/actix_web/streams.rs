//! Streams of events over TCP: what a client sees of each end.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::rt::time;
use actix_web::web::Bytes;
use actix_web::{App, Error, HttpResponse, HttpServer, Responder, web};
use futures_util::stream::{self, StreamExt};
use gateway_errors::{ApiError, Completion, ErrorCode, EventStream, Timeouts, assert_error};

use crate::get_root;
use crate::stream_client::{self, Streamed};

/// After it, the server has sent the events before.
const PAUSE: Duration = Duration::from_millis(10);
const TWO: &str = "data: Hello\n\ndata: Hello\n\n";

fn hello<E>() -> Result<Bytes, E> {
    Ok(Bytes::from("data: Hello\n\n"))
}

fn failed() -> ApiError {
    ApiError::new(ErrorCode::RateLimitExceeded).with_source("10.0.0.7 refused")
}

/// The event of an error, with the id of the request.
fn event(error: ApiError) -> String {
    error.with_request_id("req_stream").to_sse_event()
}

/// What a client reads from a handler.
fn read<R: Responder + 'static>(
    handle: impl Fn() -> R + Clone + Send + Sync + 'static,
) -> Streamed {
    actix_web::rt::System::new().block_on(async {
        let server = HttpServer::new(move || {
            let handle = handle.clone();
            let handle = move || std::future::ready(handle());
            let app = App::new().route("/", web::get().to(handle));
            gateway_errors::actix_web::wrap(app, Timeouts::default())
        });
        let server = server.workers(1).disable_signals();
        let server = server.bind(("127.0.0.1", 0)).unwrap();
        let address = server.addrs()[0];
        let server = server.run();
        let handle = server.handle();
        let running = actix_web::rt::spawn(server);
        let streamed = web::block(move || stream_client::get(address, "/")).await;
        handle.stop(false).await;
        running.await.unwrap().unwrap();
        let streamed = streamed.unwrap();
        assert_eq!(streamed.header("x-request-id"), Some("req_stream"));
        assert_eq!(streamed.header("content-type"), Some("text/event-stream"));
        assert_eq!(streamed.header("cache-control"), Some("no-cache"));
        streamed
    })
}

/// What a client reads from a stream with an end marker.
fn stream_of(
    respond: impl Fn(Completion) -> HttpResponse + Clone + Send + Sync + 'static,
) -> Streamed {
    read(move || EventStream::new(&respond).with_end_marker("[DONE]"))
}

#[test]
fn a_complete_stream_ends_with_the_marker() {
    let streamed = stream_of(|completion| {
        let events = stream::iter([hello::<ApiError>(), hello()]);
        HttpResponse::Ok().streaming(completion.at_end_of(events))
    });
    assert_eq!(streamed.after(TWO), "data: [DONE]\n\n");
    assert!(streamed.is_whole);
}

#[test]
fn a_body_that_has_a_length_gets_longer() {
    let streamed = stream_of(|completion| {
        completion.complete();
        HttpResponse::Ok().body(TWO)
    });
    assert_eq!(streamed.after(TWO), "data: [DONE]\n\n");
    assert!(streamed.is_whole);
}

#[test]
fn an_error_leaves_as_the_last_event() {
    let own = stream_of(|completion| {
        let events = stream::iter([hello(), hello(), Err(failed()), hello()]);
        HttpResponse::Ok().streaming(completion.at_end_of(events))
    });
    assert_eq!(own.after(TWO), event(failed()));
    assert!(own.is_whole);
    let of_actix = stream_of(|_| {
        let refused = actix_web::error::ErrorBadGateway("10.0.0.7 refused");
        HttpResponse::Ok().streaming(stream::iter([hello(), hello(), Err(refused)]))
    });
    assert_eq!(of_actix.after(TWO), event(ApiError::from_status(502)));
    let other = stream_of(|_| {
        let refused = std::io::Error::other("10.0.0.7 refused");
        HttpResponse::Ok().streaming(stream::iter([hello(), hello(), Err(refused)]))
    });
    assert_eq!(other.after(TWO), event(ApiError::from_status(500)));
}

/// Handlers that use the error of actix-web lose neither code nor message.
#[test]
fn an_error_in_an_error_of_actix_web_leaves_too() {
    let streamed = stream_of(|_| {
        let error: Error = failed().into();
        HttpResponse::Ok().streaming(stream::iter([hello(), hello(), Err(error)]))
    });
    assert!(
        streamed
            .after(TWO)
            .contains("\"code\":\"rate_limit_exceeded\"")
    );
    assert!(streamed.is_whole);
}

#[test]
fn a_stream_that_is_not_complete_is_cut() {
    let panics = stream_of(|completion| {
        let last = stream::once(async {
            time::sleep(PAUSE).await;
            panic!("password is hunter2")
        });
        let events = stream::iter([hello::<ApiError>(), hello()]).chain(last);
        HttpResponse::Ok().streaming(completion.at_end_of(events))
    });
    let forgets = stream_of(|_| {
        let events = stream::iter([hello::<ApiError>(), hello()]);
        HttpResponse::Ok().streaming(events)
    });
    for streamed in [panics, forgets] {
        assert!(!streamed.is_whole, "{streamed:?}");
        assert_eq!(streamed.body, TWO);
    }
}

#[test]
fn an_open_event_is_ended_before_the_last_one() {
    let streamed = stream_of(|_| {
        let part = Ok(Bytes::from("data: {\"a"));
        HttpResponse::Ok().streaming(stream::iter([part, Err(failed())]))
    });
    assert_eq!(streamed.after("data: {\"a\n\n"), event(failed()));
}

#[test]
fn a_log_sees_what_ended_a_stream() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    read(move || {
        let log = Arc::clone(&log);
        let events = EventStream::new(|_| {
            HttpResponse::Ok().streaming(stream::iter([hello(), Err(failed())]))
        });
        events.on_error(move |error: &ApiError| {
            let id = error.request_id().unwrap().to_owned();
            log.lock().unwrap().push((id, error.status()));
        })
    });
    assert_eq!(*seen.lock().unwrap(), [("req_stream".to_owned(), 429)]);
}

#[test]
fn a_response_with_an_error_status_is_no_stream() {
    async fn refuses() -> impl Responder {
        EventStream::new(|_| Err::<&'static str, _>(failed())).with_end_marker("[DONE]")
    }
    let app = App::new().route("/", web::get().to(refuses));
    assert_error!(get_root!(app), ErrorCode::RateLimitExceeded);
}
