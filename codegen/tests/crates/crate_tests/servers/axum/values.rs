//! Headers of one response that come from several places: the handler, the catalog, the framework.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use file_errors::{ApiError, ErrorCode, Timeouts};
use tower::ServiceExt;

async fn headers_of(handler: MethodRouter, with_wrap: bool) -> HeaderMap {
    let router = Router::new().route("/", handler);
    let request = Request::get("/").body(Body::empty()).unwrap();
    let response = if with_wrap {
        let router = file_errors::axum::wrap(router, Timeouts::default());
        router.oneshot(request).await.unwrap()
    } else {
        router.oneshot(request).await.unwrap()
    };
    response.headers().clone()
}

fn values<'h>(headers: &'h HeaderMap, name: &str) -> Vec<&'h str> {
    let values = headers.get_all(name).iter();
    values.map(|value| value.to_str().unwrap()).collect()
}

/// What a handler returns beside an error, and what it sets on the error, counts more than the catalog.
#[tokio::test]
async fn what_a_handler_sets_wins_with_and_without_wrap() {
    async fn beside() -> Response {
        let headers = [("www-authenticate", "Basic"), ("x-own", "1")];
        (headers, ApiError::new(ErrorCode::NotSigned)).into_response()
    }
    async fn on_the_error() -> ApiError {
        let error = ApiError::new(ErrorCode::NotSigned);
        error
            .with_header("WWW-Authenticate", "Basic")
            .with_header("X-Own", "1")
    }
    async fn several() -> Response {
        let mut response = ApiError::new(ErrorCode::NotSigned).into_response();
        response.headers_mut().remove("www-authenticate");
        let headers = [
            ("www-authenticate", "Basic"),
            ("www-authenticate", "Digest"),
            ("set-cookie", "a=1"),
            ("set-cookie", "b=2"),
            ("x-own", "1"),
        ];
        (AppendHeaders(headers), response).into_response()
    }
    for with_wrap in [false, true] {
        for handler in [get(beside), get(on_the_error)] {
            let headers = headers_of(handler, with_wrap).await;
            assert_eq!(values(&headers, "www-authenticate"), ["Basic"]);
            assert_eq!(values(&headers, "x-own"), ["1"]);
        }
        let headers = headers_of(get(several), with_wrap).await;
        assert_eq!(values(&headers, "www-authenticate"), ["Basic", "Digest"]);
        assert_eq!(values(&headers, "set-cookie"), ["a=1", "b=2"]);
    }
    async fn cookies() -> ApiError {
        let error = ApiError::new(ErrorCode::NotSigned);
        error
            .with_header("Set-Cookie", "a=1")
            .with_header("Set-Cookie", "b=2")
    }
    for with_wrap in [false, true] {
        let headers = headers_of(get(cookies), with_wrap).await;
        assert_eq!(values(&headers, "set-cookie"), ["a=1", "b=2"]);
        assert_eq!(values(&headers, "www-authenticate").len(), 1);
    }
}

/// What the crate sets on every response, and the bound of the delay.
#[tokio::test]
async fn the_crate_keeps_what_every_response_has() {
    async fn handler() -> Response {
        let headers = [
            ("content-type", "text/html"),
            ("x-should-retry", "perhaps"),
            ("x-request-id", "other"),
            ("retry-after", "3600"),
            ("cache-control", "no-store"),
            ("vary", "Origin, Accept"),
            ("access-control-allow-origin", "*"),
        ];
        (headers, ApiError::new(ErrorCode::ServiceDown)).into_response()
    }
    let headers = headers_of(get(handler), true).await;
    assert_eq!(values(&headers, "content-type"), ["application/json"]);
    assert_eq!(values(&headers, "x-should-retry"), ["true"]);
    assert_eq!(values(&headers, "retry-after"), ["120"]);
    assert_eq!(values(&headers, "x-incident"), ["yes"]);
    assert_eq!(values(&headers, "cache-control"), ["no-store"]);
    assert_eq!(values(&headers, "vary"), ["Origin, Accept"]);
    assert_eq!(values(&headers, "access-control-allow-origin"), ["*"]);
    let ids = values(&headers, "x-request-id");
    assert!(ids.len() == 1 && ids != ["other"], "{ids:?}");
}

/// The header of a code does not show which error a layer has hidden.
#[tokio::test]
async fn a_hidden_error_takes_its_headers_with_it() {
    async fn hide(mut response: Response) -> Response {
        *response.status_mut() = StatusCode::NOT_FOUND;
        response
    }
    let handler = get(|| async { ApiError::new(ErrorCode::ServiceDown) });
    let headers = headers_of(handler.layer(axum::middleware::map_response(hide)), true).await;
    assert_eq!(values(&headers, "x-incident"), [""; 0]);
    let own = get(|| async {
        (
            [("x-incident", "own")],
            ApiError::new(ErrorCode::ServiceDown),
        )
    });
    let headers = headers_of(own.layer(axum::middleware::map_response(hide)), true).await;
    assert_eq!(values(&headers, "x-incident"), ["own"]);
}
