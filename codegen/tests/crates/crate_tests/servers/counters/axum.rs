//! Errors of a wrapped router of axum.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use axum::{Extension, Router};
use futures_util::stream;
use gateway_errors::axum::{Wrapped, wrap};
use gateway_errors::{ApiError, ErrorCode, EventStream, Passthrough, Timeouts};
use tower::ServiceExt;

use crate::recorder::{Counted, Stub};
use crate::{ANSWERS, ENDINGS, known, refused, relayed, translated};

async fn panics() -> &'static str {
    panic!("password is hunter2")
}

async fn passes() -> Response {
    (StatusCode::CONFLICT, Extension(Passthrough), "their words").into_response()
}

async fn fails_late() -> impl IntoResponse {
    EventStream::new(|_| {
        let error = ApiError::new(ErrorCode::RateLimitExceeded);
        Sse::new(stream::iter([
            Ok(Event::default().data("Hello")),
            Err(error),
        ]))
    })
}

/// A stream that ends although it is not complete: the connection is cut.
async fn is_cut() -> impl IntoResponse {
    EventStream::new(|_| Body::from_stream(stream::iter([Ok::<_, ApiError>("data: {}\n\n")])))
}

fn router() -> Router {
    Router::new()
        .route("/v1/models", get(async || refused()))
        .route("/v1/models/{model}", get(panics))
        .route(
            "/v1/messages",
            post(async || (StatusCode::SERVICE_UNAVAILABLE, "leak")),
        )
        .route("/v1/files", get(async || relayed()).post(async || known()))
        .route(
            "/v1/files/{id}",
            get(async || translated()).merge(delete(passes)),
        )
        .route("/v1/credits", get(fails_late))
        .route("/v1/chat/completions", post(is_cut))
        .route("/well", get(async || "well"))
}

/// Sends a request, and reads the response to its end.
async fn send(server: &Wrapped, method: &str, path: &str) {
    let request = Request::builder().method(method).uri(path);
    let request = request.body(Body::empty()).unwrap();
    let response = server.clone().oneshot(request).await.unwrap();
    // A stream that is cut is an error.
    let _ = axum::body::to_bytes(response.into_body(), 10_000).await;
}

#[tokio::test]
async fn every_error_is_counted_once() {
    for server in [
        wrap(router(), Timeouts::default()),
        // As a part of an application that is wrapped too.
        wrap(
            Router::new().fallback_service(wrap(router(), Timeouts::default())),
            Timeouts::default(),
        ),
    ] {
        let stub = Stub::default();
        let _guard = metrics::set_default_local_recorder(&stub);
        for (method, path, counted) in ANSWERS.iter().chain(&ENDINGS) {
            send(&server, method, path).await;
            let labels = stub.counters();
            assert!(
                labels.len() <= ANSWERS.len() + ENDINGS.len(),
                "{counted:?}: {labels:?}"
            );
        }
        send(&server, "GET", "/well").await;
        stub.assert_counted(
            ANSWERS
                .iter()
                .chain(&ENDINGS)
                .map(|(_, _, counted)| counted),
        );
    }
}

/// The labels know nothing of what clients send: counters stay as many as they are.
#[tokio::test]
async fn clients_and_providers_add_no_counter() {
    let stub = Stub::default();
    let _guard = metrics::set_default_local_recorder(&stub);
    let server = wrap(router(), Timeouts::default());
    for number in 0..50 {
        for path in ["/nowhere", "/v1/models", "/v1/files"] {
            send(&server, "GET", &format!("{path}/{number}?key={number}")).await;
        }
        send(&server, &format!("M{number}"), "/v1/models").await;
    }
    let expected = [
        (Counted::answer("", "", "404"), 50),
        (Counted::answer("get_model", "", "500"), 50),
        (Counted::answer("get_file", "", "502"), 50),
        (Counted::answer("", "", "405"), 50),
    ];
    let expected = expected
        .iter()
        .flat_map(|(counted, times)| vec![counted; *times]);
    stub.assert_counted(expected);
    assert_eq!(stub.registered(), 4);
}

/// A status that a layer changed hides the error: what the client gets is counted.
#[tokio::test]
async fn a_hidden_error_is_counted_as_the_one_that_is_sent() {
    let stub = Stub::default();
    let _guard = metrics::set_default_local_recorder(&stub);
    let hide = axum::middleware::map_response(async |mut response: Response| {
        *response.status_mut() = StatusCode::NOT_FOUND;
        response
    });
    let server = wrap(router().layer(hide), Timeouts::default());
    send(&server, "POST", "/v1/files").await;
    stub.assert_counted([&Counted::answer("upload_file", "", "404")]);
}

/// A server starts before its recorder is there: what counted nothing is not kept.
#[tokio::test]
async fn a_recorder_may_be_installed_late() {
    let server = wrap(router(), Timeouts::default());
    send(&server, "GET", "/v1/models").await;
    let stubs = [Stub::default(), Stub::default()];
    for stub in &stubs {
        let _guard = metrics::set_default_local_recorder(stub);
        send(&server, "GET", "/v1/models").await;
        send(&server, "GET", "/v1/models").await;
        stub.assert_counted([&ANSWERS[0].2, &ANSWERS[0].2]);
    }
}
