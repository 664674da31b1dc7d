//! Streams of events over TCP: what a client sees of each end.

use std::error::Error;
use std::io;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::stream::{self, Stream, StreamExt};
use gateway_errors::{ApiError, Completion, ErrorCode, EventStream, Timeouts, assert_error};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::stream_client::{self, Streamed};
use crate::{get_root, wrapped};

/// After it, the server has sent the events before.
const PAUSE: Duration = Duration::from_millis(10);
const TWO: &str = "data: Hello\n\ndata: Hello\n\n";

fn hello() -> Result<Event, ApiError> {
    Ok(Event::default().data("Hello"))
}

fn failed() -> ApiError {
    ApiError::new(ErrorCode::RateLimitExceeded).with_source("10.0.0.7 refused")
}

/// The event of an error, with the id of the request.
fn event(error: ApiError) -> String {
    error.with_request_id("req_stream").to_sse_event()
}

/// What a client reads from a handler.
async fn read<R: IntoResponse + 'static>(
    handle: impl Fn() -> R + Clone + Send + Sync + 'static,
) -> Streamed {
    let router = Router::new().route("/", get(move || async move { handle() }));
    let server = gateway_errors::axum::wrap(router, Timeouts::default());
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async { axum::serve(listener, server.into_make_service()).await });
    let read = tokio::task::spawn_blocking(move || stream_client::get(address, "/"));
    let streamed = read.await.unwrap();
    assert_eq!(streamed.header("x-request-id"), Some("req_stream"));
    streamed
}

/// What a client reads from a stream with an end marker.
async fn stream_of<R: IntoResponse + 'static>(
    respond: impl Fn(Completion) -> R + Clone + Send + Sync + 'static,
) -> Streamed {
    let streamed = read(move || EventStream::new(&respond).with_end_marker("[DONE]")).await;
    assert_eq!(streamed.header("content-type"), Some("text/event-stream"));
    assert_eq!(streamed.header("cache-control"), Some("no-cache"));
    streamed
}

/// The events that a task sends.
fn sent<F: Future<Output = ()> + Send + 'static>(
    send: impl FnOnce(mpsc::Sender<Result<Event, ApiError>>) -> F,
) -> Sse<impl Stream<Item = Result<Event, ApiError>>> {
    let (sender, mut receiver) = mpsc::channel(1);
    tokio::spawn(send(sender));
    Sse::new(stream::poll_fn(move |context| receiver.poll_recv(context)))
}

#[tokio::test]
async fn a_complete_stream_ends_with_the_marker() {
    let whole =
        stream_of(|completion| Sse::new(completion.at_end_of(stream::iter([hello(), hello()]))));
    let kept_alive = stream_of(|completion| {
        let events = Sse::new(completion.at_end_of(stream::iter([hello(), hello()])));
        events.keep_alive(KeepAlive::default())
    });
    let by_task = stream_of(|completion| {
        sent(async move |sender| {
            sender.send(hello()).await.unwrap();
            sender.send(hello()).await.unwrap();
            completion.complete();
        })
    });
    for streamed in [whole.await, kept_alive.await, by_task.await] {
        assert_eq!(streamed.after(TWO), "data: [DONE]\n\n");
        assert!(streamed.is_whole);
    }
    let without_marker = read(|| {
        EventStream::new(|completion| Sse::new(completion.at_end_of(stream::iter([hello()]))))
    });
    let without_marker = without_marker.await;
    assert_eq!(without_marker.after("data: Hello\n\n"), "");
    assert!(without_marker.is_whole);
}

#[tokio::test]
async fn an_error_leaves_as_the_last_event() {
    let inline = stream_of(|completion| {
        let events = stream::iter([hello(), hello(), Err(failed()), hello()]);
        Sse::new(completion.at_end_of(events))
    });
    let by_task = stream_of(|completion| {
        sent(async move |sender| {
            sender.send(hello()).await.unwrap();
            sender.send(hello()).await.unwrap();
            sender.send(Err(failed())).await.unwrap();
            completion.complete();
        })
    });
    let bytes = stream_of(|_| {
        let parts = stream::iter([Ok(TWO), Err(failed())]);
        Body::from_stream(parts)
    });
    for streamed in [inline.await, by_task.await, bytes.await] {
        assert_eq!(streamed.after(TWO), event(failed()));
        assert!(streamed.is_whole);
    }
}

#[tokio::test]
async fn another_error_leaves_without_its_text() {
    let streamed = stream_of(|_| {
        let refused = io::Error::other("10.0.0.7 refused");
        Body::from_stream(stream::iter([Ok(TWO), Err(refused)]))
    });
    let streamed = streamed.await;
    assert_eq!(streamed.after(TWO), event(ApiError::from_status(500)));
    assert!(streamed.is_whole);
}

#[tokio::test]
async fn a_stream_that_is_not_complete_is_cut() {
    let panics = stream_of(|completion| {
        let last = stream::once(async {
            tokio::time::sleep(PAUSE).await;
            panic!("password is hunter2")
        });
        let events = stream::iter([hello(), hello()]).chain(last);
        Sse::new(completion.at_end_of(events))
    });
    let task_panics = stream_of(|completion| {
        sent(async move |sender| {
            sender.send(hello()).await.unwrap();
            sender.send(hello()).await.unwrap();
            assert!(sender.is_closed(), "the provider sent <html>");
            completion.complete();
        })
    });
    let task_returns = stream_of(|completion| {
        sent(async move |sender| {
            let _completion = completion;
            sender.send(hello()).await.unwrap();
            sender.send(hello()).await.unwrap();
        })
    });
    let forgets = stream_of(|_| Sse::new(stream::iter([hello(), hello()])));
    for streamed in [
        panics.await,
        task_panics.await,
        task_returns.await,
        forgets.await,
    ] {
        assert!(!streamed.is_whole, "{streamed:?}");
        assert_eq!(streamed.body, TWO);
    }
}

/// An event after a part of another one would be a line of that.
#[tokio::test]
async fn an_open_event_is_ended_before_the_last_one() {
    let cases: [(&[&str], &str); 9] = [
        (&[], ""),
        (&["data: {}\n\n"], ""),
        (&["data: {}\n", "\n"], ""),
        (&["data: {}\r\n\r", "\n"], ""),
        (&["data: {}\r\r"], ""),
        (&["data: {}\n", "\r\n"], ""),
        (&["data: {}\r\n"], "\n"),
        (&["data: {}", "\n"], "\n"),
        (&["data: {\"a", "b"], "\n\n"),
    ];
    for (parts, separator) in cases {
        let all = parts.concat();
        let fails = stream_of(move |_| {
            let parts = stream::iter(parts).map(|part| Ok(*part));
            Body::from_stream(parts.chain(stream::iter([Err(failed())])))
        });
        let expected = format!("{separator}{}", event(failed()));
        assert_eq!(fails.await.after(&all), expected, "{parts:?}");
        let ends = stream_of(move |completion| {
            let parts = stream::iter(parts).map(|part| Ok::<_, ApiError>(*part));
            Body::from_stream(completion.at_end_of(parts))
        });
        let expected = format!("{separator}data: [DONE]\n\n");
        assert_eq!(ends.await.after(&all), expected, "{parts:?}");
    }
}

#[tokio::test]
async fn a_log_sees_what_ended_a_stream() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let handle = move |is_failed: bool| {
        let log = Arc::clone(&log);
        let events = EventStream::new(|_| {
            let end = is_failed.then(|| Err(failed()));
            Sse::new(stream::iter([hello()].into_iter().chain(end)))
        });
        events.on_error(move |error: &ApiError| {
            let id = error.request_id().unwrap().to_owned();
            let cause = error.source().unwrap().to_string();
            log.lock().unwrap().push((id, error.status(), cause));
        })
    };
    let both = handle.clone();
    read(move || both(true)).await;
    read(move || handle(false)).await;
    let seen = seen.lock().unwrap();
    let id = || "req_stream".to_owned();
    let cause = "the stream ended although it was not complete".to_owned();
    assert_eq!(
        *seen,
        [
            (id(), 429, "10.0.0.7 refused".to_owned()),
            (id(), 500, cause)
        ]
    );
}

#[tokio::test]
async fn a_response_with_an_error_status_is_no_stream() {
    async fn refuses() -> EventStream<Response> {
        EventStream::new(|_| failed().into_response()).with_end_marker("[DONE]")
    }
    let response = get_root(wrapped(get(refuses))).await;
    assert_error!(response, ErrorCode::RateLimitExceeded);
}
