//! Whatever a client sends to an axum server, every error is an envelope with a request id.

use std::error::Error;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, FromRequestParts};
use axum::http::{Request, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Router, http};
use futures_util::StreamExt;
use gateway_errors::{ApiError, ErrorCode, ErrorType, Timeouts, assert_error};
use serde::Deserialize;
use tower::ServiceExt;

#[derive(FromRequest)]
#[from_request(via(axum::Json), rejection(ApiError))]
struct Json<T>(T);

#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(ApiError))]
struct Query<T>(T);

#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(ApiError))]
struct Path<T>(T);

#[derive(Deserialize)]
struct Chat {
    model: String,
    messages: Vec<Message>,
}

#[derive(Deserialize)]
struct Message {
    role: String,
}

#[derive(Deserialize)]
struct Page {
    limit: u8,
}

async fn chat(Json(chat): Json<Chat>) -> String {
    chat.messages
        .into_iter()
        .map(|message| message.role)
        .fold(chat.model, |all, role| all + &role)
}

/// A handler that knows nothing of the crate.
async fn bare_chat(axum::Json(chat): axum::Json<Chat>) -> String {
    chat.model
}

async fn page(Query(page): Query<Page>) -> String {
    page.limit.to_string()
}

async fn numbered(Path(number): Path<u8>) -> String {
    number.to_string()
}

async fn refused() -> ApiError {
    ApiError::new(ErrorCode::ModelNotFound).with_source("no row in models_v2")
}

async fn panics() -> &'static str {
    panic!("password is hunter2")
}

async fn leaks() -> Response {
    let headers = [
        ("www-authenticate", "Bearer"),
        ("content-language", "de"),
        ("etag", "\"1\""),
    ];
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        headers,
        "SELECT * FROM accounts",
    )
        .into_response()
}

async fn sleeps() -> &'static str {
    tokio::time::sleep(Duration::from_secs(60)).await;
    "awake"
}

async fn streams() -> Body {
    let parts = futures_util::stream::iter(0..3).then(|part| async move {
        tokio::time::sleep(Duration::from_millis(300)).await;
        Ok::<_, std::io::Error>(part.to_string())
    });
    Body::from_stream(parts)
}

fn server() -> Router {
    let router = Router::new()
        .route("/chat", post(chat))
        .route("/bare-chat", post(bare_chat))
        .route("/page", get(page))
        .route("/number/{number}", get(numbered))
        .route("/refused", get(refused))
        .route("/panics", get(panics))
        .route("/leaks", get(leaks))
        .route("/sleeps", get(sleeps))
        .route("/streams", get(streams))
        .route("/elsewhere", get(|| async { Redirect::to("/page") }))
        .route(
            "/bytes",
            post(|bytes: Bytes| async move { bytes.len().to_string() }),
        )
        .layer(DefaultBodyLimit::max(1_000));
    let timeouts = Timeouts {
        request_body: Duration::from_millis(200),
        response: Duration::from_millis(600),
    };
    gateway_errors::axum::wrap(router, timeouts)
}

fn request(method: &str, path: &str) -> http::request::Builder {
    Request::builder().method(method).uri(path)
}

async fn send(request: Request<Body>) -> Response {
    server().oneshot(request).await.unwrap()
}

async fn post_json(path: &str, body: impl Into<Body>) -> Response {
    let request = request("POST", path).header("content-type", "application/json");
    send(request.body(body.into()).unwrap()).await
}

async fn get_path(path: &str) -> Response {
    send(request("GET", path).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn what_handlers_return_is_sent_as_it_is() {
    let response = get_path("/refused").await;
    let error = ApiError::from_response(&response).unwrap();
    assert_eq!(error.source().unwrap().to_string(), "no row in models_v2");
    let received = assert_error!(response, ErrorCode::ModelNotFound);
    assert_eq!(received.param.as_deref(), Some("model"));
}

#[tokio::test]
async fn rejected_bodies_name_the_field_and_the_reason() {
    let response = post_json("/chat", r#"{"model":"m","messages":[{"role":1}]}"#).await;
    let received = assert_error!(response, ErrorType::InvalidRequestError, 400);
    assert_eq!(received.param.as_deref(), Some("messages[0].role"));
    assert_eq!(
        received.message.as_deref(),
        Some(
            "The request does not have the expected fields: invalid type: integer `1`, expected \
             a string at line 1 column 34."
        )
    );
    let response = post_json("/chat", r#"{"model":"#).await;
    let received = assert_error!(response, ErrorType::InvalidRequestError, 400);
    assert_eq!(received.param.as_deref(), Some("model"));
    assert!(
        received
            .message
            .unwrap()
            .starts_with("The request could not be read: EOF")
    );
}

#[tokio::test]
async fn a_reason_names_no_type_of_the_server_and_repeats_no_long_text() {
    let long = format!(r#"{{"model":"m","messages":"{}"}}"#, "x".repeat(500));
    for body in ["[]", "\"text\"", &long] {
        let response = post_json("/chat", body.to_owned()).await;
        let received = assert_error!(response, ErrorType::InvalidRequestError, 400);
        let message = received.message.unwrap();
        assert!(
            !message.contains("Chat") && message.len() < 300,
            "{message}"
        );
    }
}

#[tokio::test]
async fn a_handler_that_knows_nothing_of_the_crate_is_covered_too() {
    for body in ["{", "[]", r#"{"model":1}"#] {
        let response = post_json("/bare-chat", body).await;
        assert_error!(response, ErrorType::InvalidRequestError, 400);
    }
    let bare = request("POST", "/bare-chat")
        .body(Body::from("{}"))
        .unwrap();
    let received = assert_error!(send(bare).await, ErrorType::InvalidRequestError, 400);
    let message = received.message.as_deref();
    assert_eq!(
        message,
        Some("The media type of the body is not supported.")
    );
}

#[tokio::test]
async fn rejected_queries_and_paths_name_the_field() {
    let received = assert_error!(
        get_path("/page?limit=many").await,
        ErrorType::InvalidRequestError,
        400
    );
    assert_eq!(received.param.as_deref(), Some("limit"));
    let received = assert_error!(
        get_path("/number/300").await,
        ErrorType::InvalidRequestError,
        400
    );
    assert!(!received.message.unwrap().contains("u8"));
    assert_error!(
        get_path("/number/%FF").await,
        ErrorType::InvalidRequestError,
        400
    );
}

#[tokio::test]
async fn unknown_paths_and_methods_are_envelopes() {
    assert_error!(
        get_path("/nowhere").await,
        ErrorType::InvalidRequestError,
        404
    );
    for method in ["PUT", "BREW"] {
        let response = send(request(method, "/page").body(Body::empty()).unwrap()).await;
        assert_eq!(response.headers()["allow"], "GET,HEAD");
        assert_error!(response, ErrorType::InvalidRequestError, 405);
    }
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_an_envelope() {
    for path in ["/bytes", "/chat", "/bare-chat"] {
        let response = post_json(path, format!("{{\"model\":\"{}\"}}", "x".repeat(2_000))).await;
        assert_error!(response, ErrorType::InvalidRequestError, 413);
    }
}

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
async fn a_panic_is_told_to_logs_only() {
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
async fn what_a_bare_response_says_reaches_nobody_and_its_headers_do() {
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
async fn responses_that_are_no_errors_are_left_alone() {
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

/// A handler that a limit cuts off, and that panics as it is dropped.
struct Fuse;

impl Drop for Fuse {
    fn drop(&mut self) {
        panic!("dropped");
    }
}

fn wrapped(handler: axum::routing::MethodRouter) -> Router {
    let timeouts = Timeouts {
        request_body: Duration::from_millis(200),
        response: Duration::from_millis(600),
    };
    gateway_errors::axum::wrap(Router::new().route("/", handler), timeouts)
}

async fn get_root(router: Router) -> Response {
    router
        .oneshot(request("GET", "/").body(Body::empty()).unwrap())
        .await
        .unwrap()
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

#[tokio::test]
async fn extensions_of_a_bare_response_go_with_it() {
    #[derive(Clone)]
    struct Phrase;

    let handler = get(|| async { (StatusCode::CONFLICT, axum::Extension(Phrase)) });
    let response = get_root(wrapped(handler)).await;
    assert!(response.extensions().get::<Phrase>().is_none());
}

#[tokio::test]
async fn a_panic_while_a_handler_is_cut_off_is_an_envelope() {
    let fused = get(|| async {
        let _fuse = Fuse;
        std::future::pending::<&'static str>().await
    });
    assert_error!(get_root(wrapped(fused)).await, ErrorType::ServerError, 500);
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
async fn retry_after_of_a_bare_response_stays_where_clients_understand_it() {
    for (status, value, kept) in [
        (503, "37", Some("37")),
        (503, "Wed, 21 Oct 2026 07:28:00 GMT", None),
        (413, "37", None),
    ] {
        let status = StatusCode::from_u16(status).unwrap();
        let handler = get(move || async move { (status, [("retry-after", value)]) });
        let response = get_root(wrapped(handler)).await;
        let found = response
            .headers()
            .get("retry-after")
            .map(|value| value.to_str().unwrap());
        assert_eq!(found, kept, "{status} {value}");
        let error = ApiError::from_status(status.as_u16());
        assert_error!(response, error.error_type(), error.status());
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

#[tokio::test]
async fn no_field_of_a_request_makes_a_long_answer() {
    async fn handler(_: Json<std::collections::HashMap<String, u8>>) {}
    let body = format!("{{\"{}\":\"text\"}}", "k".repeat(100_000));
    let request = request("POST", "/").header("content-type", "application/json");
    let response = wrapped(post(handler))
        .oneshot(request.body(Body::from(body)).unwrap())
        .await;
    let body = axum::body::to_bytes(response.unwrap().into_body(), 1_000_000)
        .await
        .unwrap();
    assert!(body.len() < 1_000, "{}", body.len());
}

#[tokio::test]
async fn nested_routers_and_fallbacks_are_covered() {
    let inner = Router::new()
        .route("/page", get(page))
        .fallback(|| async { StatusCode::GONE });
    let router = Router::new()
        .nest("/v1", inner)
        .method_not_allowed_fallback(|| async { StatusCode::METHOD_NOT_ALLOWED });
    let router: Router = gateway_errors::axum::wrap(router, Timeouts::default());
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

/// Clients of a catalog with several styles get the one that they accept, whoever made the error.
#[tokio::test]
async fn the_style_is_the_one_that_the_client_accepts() {
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
