//! Whatever a client sends to an axum server, every error is an envelope with a request id.

mod composition;
#[path = "../support/delays.rs"]
mod delays;
mod headers;
mod rejections;
#[path = "../support/stream_client.rs"]
mod stream_client;
mod streams;
mod styles;
#[path = "../support/styles.rs"]
mod styles_cases;
mod timeouts;
mod values;

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, FromRequestParts};
use axum::http::{Request, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Router, http};
use futures_util::StreamExt;
use gateway_errors::axum::Wrapped;
use gateway_errors::{ApiError, ErrorCode, Timeouts};
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

fn server() -> Wrapped {
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

fn wrapped(handler: axum::routing::MethodRouter) -> Wrapped {
    let timeouts = Timeouts {
        request_body: Duration::from_millis(200),
        response: Duration::from_millis(600),
    };
    gateway_errors::axum::wrap(Router::new().route("/", handler), timeouts)
}

async fn get_root(router: Wrapped) -> Response {
    router
        .oneshot(request("GET", "/").body(Body::empty()).unwrap())
        .await
        .unwrap()
}
