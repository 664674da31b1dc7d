//! Headers of error responses.

use axum::Router;
use axum::body::Body;
use axum::http::StatusCode;
use axum::routing::get;
use gateway_errors::{ApiError, ErrorCode, assert_error};
use tower::ServiceExt;

use crate::delays::DELAYS;
use crate::{get_path, get_root, request, send, wrapped};

#[tokio::test]
async fn the_body_of_a_bare_response_is_dropped_and_its_headers_are_sent() {
    let response = get_path("/leaks").await;
    assert_eq!(response.headers()["www-authenticate"], "Bearer");
    assert!(!response.headers().contains_key("content-language"));
    assert!(!response.headers().contains_key("etag"));
    let body = axum::body::to_bytes(response.into_body(), 1_000)
        .await
        .unwrap();
    assert!(!String::from_utf8_lossy(&body).contains("SELECT"));
}

#[tokio::test]
async fn request_ids_are_kept_where_they_fit_and_made_where_not() {
    let with_id = |id: &str| {
        let request = request("GET", "/refused").header("x-request-id", id);
        request.body(Body::empty()).unwrap()
    };
    let received = assert_error!(send(with_id("req_42")).await, ErrorCode::ModelNotFound);
    assert_eq!(received.request_id.as_deref(), Some("req_42"));
    let long = "x".repeat(257);
    for unfit in ["", "two words", &long, "\u{e4}"] {
        let received = assert_error!(send(with_id(unfit)).await, ErrorCode::ModelNotFound);
        assert_eq!(received.request_id.unwrap().len(), 36);
    }
    let twice = request("GET", "/refused")
        .header("x-request-id", "a")
        .header("x-request-id", "b");
    let response = send(twice.body(Body::empty()).unwrap()).await;
    assert_eq!(
        assert_error!(response, ErrorCode::ModelNotFound)
            .request_id
            .unwrap()
            .len(),
        36
    );
}

/// A gateway hands on what it was answered, ids included.
#[tokio::test]
async fn the_id_is_that_of_the_request_whatever_a_handler_sends() {
    for status in [StatusCode::OK, StatusCode::BAD_GATEWAY] {
        let handler = move || async move {
            let ids =
                axum::response::AppendHeaders([("x-request-id", "a"), ("x-request-id", "b c")]);
            (status, ids, "from upstream")
        };
        let request = request("GET", "/")
            .header("x-request-id", "mine")
            .body(Body::empty());
        let response = wrapped(get(handler))
            .oneshot(request.unwrap())
            .await
            .unwrap();
        let ids: Vec<_> = response.headers().get_all("x-request-id").iter().collect();
        assert_eq!(ids, ["mine"]);
        let error = ApiError::from_response(&response).and_then(ApiError::request_id);
        assert_eq!(error, status.is_server_error().then_some("mine"));
    }
}

#[tokio::test]
async fn the_delay_of_a_bare_response_is_one_that_clients_obey() {
    for (headers, expected) in DELAYS {
        for status in [503, 413, 400] {
            let status = StatusCode::from_u16(status).unwrap();
            let headers = axum::response::AppendHeaders(headers.to_vec());
            let handler = get(move || async move { (status, headers) });
            let response = get_root(wrapped(handler)).await;
            let found = response.headers().get_all("retry-after").iter();
            let found: Vec<_> = found.map(|value| value.to_str().unwrap()).collect();
            let expected = expected.filter(|_| status.as_u16() == 503);
            assert_eq!(found, expected.as_slice(), "{status}");
            assert!(!response.headers().contains_key("retry-after-ms"));
            let error = ApiError::from_status(status.as_u16());
            assert_error!(response, error.error_type(), error.status());
        }
    }
}

#[tokio::test]
async fn headers_that_describe_the_body_go_and_the_range_of_a_resource_stays() {
    for (status, stays) in [
        (StatusCode::RANGE_NOT_SATISFIABLE, true),
        (StatusCode::CONFLICT, false),
    ] {
        let headers = [
            ("content-range", "bytes */5"),
            ("content-digest", "sha-256=:x:"),
        ];
        let response = get_root(wrapped(get(move || async move { (status, headers) }))).await;
        assert_eq!(response.headers().contains_key("content-range"), stays);
        assert!(!response.headers().contains_key("content-digest"));
    }
}

/// Caches must hear of everything that a response varies with.
#[tokio::test]
async fn a_response_keeps_what_it_varies_with() {
    let vary = |value| (StatusCode::NOT_FOUND, [("vary", value)]);
    let router = Router::new()
        .route("/origin", get(move || async move { vary("origin") }))
        .route("/accept", get(move || async move { vary("accept") }));
    let router = details_errors::axum::wrap(router, details_errors::Timeouts::default());
    for (path, expected) in [
        ("/origin", &["origin", "accept"][..]),
        ("/accept", &["accept"]),
    ] {
        let request = request("GET", path).body(Body::empty()).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        let found: Vec<_> = response.headers().get_all("vary").iter().collect();
        assert_eq!(found, expected);
    }
}

/// Clients get the style that they accept, for errors of handlers and of the framework.
#[tokio::test]
async fn the_client_chooses_the_style_with_accept() {
    let router = Router::new().route(
        "/",
        get(|| async { details_errors::ApiError::from_status(503) }),
    );
    let router = details_errors::axum::wrap(router, details_errors::Timeouts::default());
    for path in ["/", "/nowhere"] {
        for (accept, media_type) in [
            ("application/problem+json", "application/problem+json"),
            ("application/json", "application/json"),
            ("text/html", details_errors::ENVELOPE_STYLES[0].media_type()),
        ] {
            let request = request("GET", path)
                .header("accept", accept)
                .body(Body::empty())
                .unwrap();
            let response = router.clone().oneshot(request).await.unwrap();
            assert_eq!(response.headers()["content-type"], media_type);
            let status = response.status().as_u16();
            let error = details_errors::ApiError::from_response(&response).unwrap();
            assert_eq!(error.status(), status);
            details_errors::assert_error!(response, (error_type(status), status));
        }
    }
}

fn error_type(status: u16) -> details_errors::ErrorType {
    details_errors::ApiError::from_status(status).error_type()
}
