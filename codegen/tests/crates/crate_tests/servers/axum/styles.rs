//! The style of an error is that which the catalog chooses for the request.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use problem_errors::axum::{Wrapped, wrap};
use problem_errors::{ApiError, Timeouts};
use tower::ServiceExt;

use crate::request;
use crate::styles_cases::CASES;

async fn panics() -> &'static str {
    panic!("10.0.0.7 refused")
}

fn server() -> Wrapped {
    let router = Router::new()
        .route("/wait/panics", get(panics))
        .route("/wait/bare", get(|| async { StatusCode::BAD_GATEWAY }));
    wrap(router, Timeouts::default())
}

async fn text(response: Response) -> String {
    let body = to_bytes(response.into_body(), 4096).await.unwrap();
    String::from_utf8(body.to_vec()).unwrap()
}

#[tokio::test]
async fn the_first_choice_that_fits_applies() {
    for (path, header, style) in CASES {
        let mut request = request("GET", path).header("x-request-id", "req_1");
        if let Some((name, value)) = header {
            request = request.header(name, value);
        }
        let request = request.body(Body::empty()).unwrap();
        let response = server().oneshot(request).await.unwrap();
        let error = ApiError::from_status(response.status().as_u16());
        let expected = error.with_style(style).with_request_id("req_1");
        assert_eq!(response.headers()["content-type"], style.media_type(), "{path}");
        let vary = response.headers().get_all("vary").iter();
        assert_eq!(vary.collect::<Vec<_>>(), ["accept", "x-legacy"]);
        assert_eq!(text(response).await, expected.to_json(), "{path} {header:?}");
    }
}

/// A router around the wrapped one takes the beginning of the path.
#[tokio::test]
async fn the_whole_path_of_a_nested_router_counts() {
    let router = wrap(Router::new(), Timeouts::default());
    let router: Router = Router::new().nest_service("/wait", router);
    let request = request("GET", "/wait/long").body(Body::empty()).unwrap();
    let response = router.oneshot(request).await.unwrap();
    assert!(text(response).await.starts_with(r#"{"error":{"#));
}
