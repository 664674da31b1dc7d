//! Bodies and handlers that are late.

use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use axum::routing::{get, post};
use futures_util::StreamExt;
use gateway_errors::{ErrorType, assert_error};
use tower::ServiceExt;

use crate::{get_path, get_root, post_json, request, wrapped};

#[tokio::test]
async fn a_body_that_does_not_arrive_is_an_envelope() {
    for path in ["/bytes", "/chat", "/bare-chat"] {
        let start = futures_util::stream::iter([Ok::<_, std::io::Error>("{")]);
        let body = Body::from_stream(start.chain(futures_util::stream::pending()));
        let response = post_json(path, body).await;
        assert_error!(response, ErrorType::InvalidRequestError, 408);
    }
}

#[tokio::test]
async fn a_handler_that_takes_too_long_is_cut_off_and_a_stream_is_not() {
    assert_error!(get_path("/sleeps").await, ErrorType::ServerError, 504);
    let response = get_path("/streams").await;
    let body = axum::body::to_bytes(response.into_body(), 100)
        .await
        .unwrap();
    assert_eq!(body, "012");
}

#[tokio::test]
async fn a_body_that_is_there_is_read_however_late_a_handler_asks_for_it() {
    let slow = post(|request: Request<Body>| async move {
        tokio::time::sleep(Duration::from_millis(300)).await;
        axum::body::to_bytes(request.into_body(), 100)
            .await
            .unwrap()
    });
    let request = request("POST", "/").body(Body::from("{}")).unwrap();
    let response = wrapped(slow).oneshot(request).await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(
        axum::body::to_bytes(response.into_body(), 100)
            .await
            .unwrap(),
        "{}"
    );
}

/// A gateway hands bodies on, and says how long they are.
#[tokio::test]
async fn a_body_is_as_long_as_it_was() {
    use axum::body::HttpBody;

    let length = |body: Body| async move {
        let handler = post(|request: Request<Body>| async move {
            let hint = request.body().size_hint().exact();
            let ended = request.body().is_end_stream();
            let bytes = axum::body::to_bytes(request.into_body(), 100)
                .await
                .unwrap();
            format!("{hint:?} {ended} {}", bytes.len())
        });
        let request = request("POST", "/").body(body).unwrap();
        let response = wrapped(handler).oneshot(request).await.unwrap();
        let body = axum::body::to_bytes(response.into_body(), 100)
            .await
            .unwrap();
        String::from_utf8(body.to_vec()).unwrap()
    };
    assert_eq!(length(Body::empty()).await, "Some(0) true 0");
    assert_eq!(length(Body::from("four")).await, "Some(4) false 4");
    let parts = futures_util::stream::iter([Ok::<_, std::io::Error>("one"), Ok("two")]);
    assert_eq!(length(Body::from_stream(parts)).await, "None false 6");
}

/// A handler that a limit cuts off, and that panics as it is dropped.
struct Fuse;

impl Drop for Fuse {
    fn drop(&mut self) {
        panic!("dropped");
    }
}

#[tokio::test]
async fn a_panic_while_a_handler_is_cut_off_is_an_envelope() {
    let fused = get(|| async {
        let _fuse = Fuse;
        std::future::pending::<&'static str>().await
    });
    assert_error!(get_root(wrapped(fused)).await, ErrorType::ServerError, 500);
}
