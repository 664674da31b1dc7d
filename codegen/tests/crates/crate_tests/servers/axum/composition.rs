//! Handlers, layers and nested routers.

use std::error::Error;

use axum::Router;
use axum::body::Body;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use gateway_errors::{ApiError, ErrorCode, ErrorType, Timeouts, assert_error};
use tower::ServiceExt;

use crate::{get_path, get_root, page, request, server, wrapped};

#[tokio::test]
async fn what_handlers_return_is_sent_as_it_is() {
    let response = get_path("/refused").await;
    let error = ApiError::from_response(&response).unwrap();
    assert_eq!(error.source().unwrap().to_string(), "no row in models_v2");
    let received = assert_error!(response, ErrorCode::ModelNotFound);
    assert_eq!(received.param.as_deref(), Some("model"));
}

/// A gateway hands on what another service answered.
#[tokio::test]
async fn a_marked_response_passes_as_it_is() {
    let handler = get(|| async {
        let headers = [("x-request-id", "theirs"), ("x-should-retry", "true")];
        let mut response = (StatusCode::BAD_GATEWAY, headers, "their words").into_response();
        response.extensions_mut().insert(gateway_errors::Passthrough);
        response
    });
    let response = get_root(wrapped(handler)).await;
    assert_eq!(response.status(), 502);
    assert_eq!(response.headers()["x-should-retry"], "true");
    assert_ne!(response.headers()["x-request-id"], "theirs");
    let body = axum::body::to_bytes(response.into_body(), 100).await.unwrap();
    assert_eq!(body, "their words");
}

#[tokio::test]
async fn a_panic_message_reaches_only_the_log() {
    let response = get_path("/panics").await;
    let error = ApiError::from_response(&response).unwrap();
    assert_eq!(
        error.source().unwrap().to_string(),
        "a handler panicked: password is hunter2"
    );
    let received = assert_error!(response, ErrorType::ServerError, 500);
    assert_eq!(
        received.message.as_deref(),
        Some("Something went wrong on our side.")
    );
}

#[tokio::test]
async fn responses_without_error_statuses_are_not_changed() {
    let response = get_path("/page?limit=3").await;
    assert_eq!(response.status(), 200);
    assert!(response.headers().contains_key("x-request-id"));
    let body = axum::body::to_bytes(response.into_body(), 100)
        .await
        .unwrap();
    assert_eq!(body, "3");
    assert_eq!(get_path("/elsewhere").await.status(), 303);
}

#[tokio::test]
async fn extensions_of_a_bare_response_go_with_it() {
    #[derive(Clone)]
    struct Phrase;

    let handler = get(|| async { (StatusCode::CONFLICT, axum::Extension(Phrase)) });
    let response = get_root(wrapped(handler)).await;
    assert!(response.extensions().get::<Phrase>().is_none());
}

#[tokio::test]
async fn layers_around_it_reach_every_response() {
    let cors = tower_http::cors::CorsLayer::permissive();
    for path in [
        "/refused",
        "/panics",
        "/sleeps",
        "/nowhere",
        "/page?limit=1",
    ] {
        let request = request("GET", path).header("origin", "https://example.com");
        let router = server().layer(cors.clone());
        let response = router
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        assert!(
            response
                .headers()
                .contains_key("access-control-allow-origin"),
            "{path}"
        );
    }
    let preflight = request("OPTIONS", "/page")
        .header("origin", "https://example.com")
        .header("access-control-request-method", "GET");
    let router = server().layer(cors);
    let response = router
        .oneshot(preflight.body(Body::empty()).unwrap())
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
}

#[tokio::test]
async fn a_status_that_a_layer_changed_hides_the_error() {
    let hidden = Router::new()
        .route(
            "/",
            get(|| async { ApiError::new(ErrorCode::InvalidApiKey) }),
        )
        .layer(axum::middleware::map_response(
            |mut response: Response| async move {
                *response.status_mut() = StatusCode::NOT_FOUND;
                response
            },
        ));
    let router = gateway_errors::axum::wrap(hidden, Timeouts::default());
    assert_error!(get_root(router).await, ErrorType::InvalidRequestError, 404);
}

#[tokio::test]
async fn nested_routers_and_fallbacks_are_covered() {
    let inner = Router::new()
        .route("/page", get(page))
        .fallback(|| async { StatusCode::GONE });
    let router = Router::new()
        .nest("/v1", inner)
        .method_not_allowed_fallback(|| async { StatusCode::METHOD_NOT_ALLOWED });
    let router = gateway_errors::axum::wrap(router, Timeouts::default());
    for (method, path, status) in [
        ("GET", "/v1/nowhere", 410),
        ("GET", "/nowhere", 404),
        ("POST", "/v1/page", 405),
    ] {
        let request = request(method, path).body(Body::empty()).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        assert_error!(response, ErrorType::InvalidRequestError, status);
    }
    let head = request("HEAD", "/nowhere").body(Body::empty()).unwrap();
    let head = router.oneshot(head).await.unwrap();
    assert_eq!(head.status(), 404);
    assert!(head.headers().contains_key("x-request-id"));
}

/// A wrapped router is a service of another router, and its errors stay its own.
#[tokio::test]
async fn a_wrapped_router_is_a_part_of_another() {
    for application in [
        Router::new()
            .route("/health", get(|| async { "well" }))
            .nest_service("/api", server()),
        Router::new()
            .nest_service("/api", server())
            .merge(Router::new().route("/health", get(|| async { "well" })))
            .fallback(|| async { "home" }),
    ] {
        for path in ["/api/nowhere", "/api/page/nowhere"] {
            let request = request("GET", path).body(Body::empty()).unwrap();
            let response = application.clone().oneshot(request).await.unwrap();
            assert_error!(response, ErrorType::InvalidRequestError, 404);
        }
        let request = request("GET", "/health").body(Body::empty()).unwrap();
        let response = application.oneshot(request).await.unwrap();
        assert_eq!(response.status(), 200);
    }
    let application = Router::new()
        .route("/health", get(|| async { "well" }))
        .fallback_service(server());
    let request = request("PUT", "/page").body(Body::empty()).unwrap();
    let response = application.oneshot(request).await.unwrap();
    assert_error!(response, ErrorType::InvalidRequestError, 405);
}

#[tokio::test]
async fn a_state_can_be_added_to_a_wrapped_router() {
    async fn handler(axum::extract::State(code): axum::extract::State<ErrorCode>) -> ApiError {
        code.into()
    }
    let router = Router::new().route("/", get(handler));
    let router = gateway_errors::axum::wrap(router, Timeouts::default());
    let router = router.with_state(ErrorCode::ModelNotFound);
    assert_error!(get_root(router).await, ErrorCode::ModelNotFound);
}

/// hyper replaces a status that no final response can have by an empty 500.
#[tokio::test]
async fn a_status_that_is_none_of_a_response_is_an_envelope() {
    for status in [100, 102, 103, 199, 600, 700, 999] {
        let status = StatusCode::from_u16(status).unwrap();
        let response = get_root(wrapped(get(move || async move { (status, "leak") }))).await;
        assert_error!(response, ErrorType::ServerError, 500);
    }
    for status in [101, 200, 204, 299, 304, 399] {
        let status = StatusCode::from_u16(status).unwrap();
        let response = get_root(wrapped(get(move || async move { status }))).await;
        assert_eq!(response.status(), status);
    }
}

/// What a client of a real server sees.
#[tokio::test]
async fn a_served_router_answers_with_envelopes() {
    use std::io::{Read, Write};

    let odd = get(|| async { (StatusCode::from_u16(600).unwrap(), "leak") });
    let early = get(|| async { (StatusCode::from_u16(103).unwrap(), "leak") });
    let router = Router::new().route("/odd", odd).route("/early", early);
    let server = gateway_errors::axum::wrap(router, Timeouts::default());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let served = axum::serve(listener, server.into_make_service());
    let served = tokio::spawn(served.into_future());
    for (path, status) in [("/odd", 500), ("/early", 500), ("/nowhere", 404)] {
        let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        let exchange = tokio::task::spawn_blocking(move || {
            let mut stream = std::net::TcpStream::connect(address).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            answer
        });
        let answer = exchange.await.unwrap();
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{answer}"
        );
        assert!(
            answer.contains("{\"error\":{") && !answer.contains("leak"),
            "{answer}"
        );
    }
    served.abort();
}
