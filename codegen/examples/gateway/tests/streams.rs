//! Streamed chats over TCP: a client sees a whole answer, an error, or a cut connection.

use std::net::Ipv4Addr;

use axum::body::Body;
use axum::http::Request;
use gateway_errors::testkit::{EndMarker, TestResponse};
use gateway_errors::{
    ApiError, EnvelopeStyle, ErrorCode, ErrorType, Timeouts, assert_error, assert_stream,
};
use http_body_util::BodyExt;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};

/// What a client has read.
struct Read {
    response: TestResponse,
    /// Whether the body has an end.
    is_whole: bool,
}

impl Read {
    fn body(&self) -> &str {
        str::from_utf8(&self.response.body).expect("text")
    }
}

/// Asks for a streamed answer, and returns it with the credits that it cost.
async fn stream(model: &str) -> (Read, u64) {
    let body = format!(
        r#"{{"model":"{model}","stream":true,"messages":[{{"role":"user","content":"Hello"}}]}}"#
    );
    stream_at("/v1/chat/completions", &body).await
}

async fn stream_messages(model: &str) -> (Read, u64) {
    let body = format!(
        r#"{{"model":"{model}","max_tokens":9,"stream":true,"messages":[{{"role":"user","content":"Hello"}}]}}"#
    );
    stream_at("/v1/messages", &body).await
}

async fn stream_content(model: &str) -> (Read, u64) {
    let path = format!("/v1beta/models/{model}:streamGenerateContent?alt=sse");
    stream_at(&path, r#"{"contents":[{"parts":[{"text":"Hello"}]}]}"#).await
}

async fn stream_at(path: &str, body: &str) -> (Read, u64) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
    let listener = listener.expect("a port");
    let address = listener.local_addr().expect("an address");
    let router = gateway::router(Timeouts::default());
    let server = tokio::spawn(async { axum::serve(listener, router.into_make_service()).await });
    let before = credits(&send(address, "GET", "/v1/credits", "").await);
    let read = send(address, "POST", path, body).await;
    let after = credits(&send(address, "GET", "/v1/credits", "").await);
    server.abort();
    (read, before - after)
}

fn credits(read: &Read) -> u64 {
    let balance: serde_json::Value = serde_json::from_str(read.body()).expect("JSON");
    balance["balance"].as_u64().expect("a number")
}

async fn send(address: std::net::SocketAddr, method: &str, path: &str, body: &str) -> Read {
    let connection = TcpStream::connect(address).await.expect("a connection");
    let handshake = http1::handshake(TokioIo::new(connection)).await;
    let (mut sender, connection) = handshake.expect("HTTP");
    tokio::spawn(connection);
    let request = Request::builder().method(method).uri(path);
    let request = request
        .header("host", "localhost")
        .header("authorization", "Bearer sk-demo")
        .header("content-type", "application/json")
        .header("x-request-id", "req_stream")
        .body(Body::from(body.to_owned()));
    let response = sender.send_request(request.expect("a request")).await;
    let (parts, mut body) = response.expect("a response").into_parts();
    let headers = parts.headers.iter();
    let headers = headers.map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()));
    let mut read = Read {
        response: TestResponse {
            status: parts.status.as_u16(),
            headers: headers.collect(),
            body: Vec::new(),
        },
        is_whole: true,
    };
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            read.is_whole = false;
            break;
        };
        let part = frame.into_data().unwrap_or_default();
        read.response.body.extend(part);
    }
    read
}

#[tokio::test]
async fn a_complete_answer_ends_with_the_marker_and_costs_a_credit() {
    let (read, cost) = stream("gpt-small").await;
    assert!(read.is_whole);
    assert!(
        read.body().contains(r#""content":"Hello""#),
        "{}",
        read.body()
    );
    assert!(read.body().contains(r#""finish_reason":"stop""#));
    assert_eq!(assert_stream!(read.response, "[DONE]"), None);
    assert_eq!(cost, 1);
}

#[tokio::test]
async fn an_answer_that_fails_in_the_middle_ends_with_an_error_and_costs_nothing() {
    let (read, cost) = stream("upstream-breaks").await;
    assert!(read.is_whole);
    assert!(
        read.body().starts_with("data: {\"choices\""),
        "{}",
        read.body()
    );
    let error = ApiError::from_type(ErrorType::ServerError).with_status(502);
    let error = error.expect("a server error can have any 5xx status");
    let error = error.with_request_id("req_stream");
    assert!(read.body().ends_with(&error.to_sse_event()));
    assert!(
        !read.body().contains("in the middle"),
        "the cause is for the log"
    );
    assert!(assert_stream!(read.response, "[DONE]").is_some());
    assert_eq!(cost, 0);
}

#[tokio::test]
async fn an_answer_without_its_end_is_cut_and_costs_nothing() {
    let (read, cost) = stream("upstream-hangs-up").await;
    assert!(!read.is_whole);
    assert!(
        read.body().contains(r#""content":"Hello""#),
        "{}",
        read.body()
    );
    assert!(!read.body().contains("[DONE]"));
    assert_eq!(cost, 0);
}

#[tokio::test]
async fn an_error_before_the_first_word_is_a_response() {
    let (read, cost) = stream("no-such-model").await;
    assert_error!(read.response, ErrorCode::ModelNotFound);
    assert_eq!(cost, 0);
    let (read, _) = stream("upstream-busy").await;
    assert_error!(read.response, ErrorType::ServerError, 503);
}

/// The event of the error in the middle of an answer.
fn broken(style: EnvelopeStyle) -> String {
    let error = ApiError::from_type(ErrorType::ServerError).with_status(502);
    let error = error.expect("a server error can have any 5xx status");
    let error = error.with_style(style).with_request_id("req_stream");
    error.to_sse_event()
}

#[tokio::test]
async fn messages_have_the_events_of_their_api() {
    let (read, cost) = stream_messages("gpt-small").await;
    let names = read.body().lines();
    let names: Vec<_> = names
        .filter_map(|line| line.strip_prefix("event: "))
        .collect();
    assert_eq!(names[..2], ["message_start", "content_block_start"]);
    assert!(names.contains(&"content_block_delta"));
    let last = ["content_block_stop", "message_delta", "message_stop"];
    assert_eq!(names[names.len() - 3..], last);
    assert!(!read.body().contains("[DONE]"));
    let end = EndMarker::Named("message_stop");
    assert_eq!(assert_stream!(read.response, end), None);
    assert_eq!(cost, 1);

    let (read, cost) = stream_messages("upstream-breaks").await;
    assert!(
        read.body().ends_with(&broken(EnvelopeStyle::Anthropic)),
        "{}",
        read.body()
    );
    assert!(!read.body().contains("message_stop"));
    assert!(assert_stream!(read.response, end).is_some());
    assert_eq!(cost, 0);
}

#[tokio::test]
async fn contents_have_the_events_of_their_api() {
    let (read, cost) = stream_content("gpt-small").await;
    assert!(read.body().contains(r#""finishReason":"STOP""#));
    assert!(!read.body().contains("[DONE]"));
    assert_eq!(assert_stream!(read.response, EndMarker::Any), None);
    assert_eq!(cost, 1);

    let (read, cost) = stream_content("upstream-breaks").await;
    assert!(
        read.body().ends_with(&broken(EnvelopeStyle::Google)),
        "{}",
        read.body()
    );
    assert!(!read.body().contains("finishReason"));
    assert!(assert_stream!(read.response, EndMarker::Any).is_some());
    assert_eq!(cost, 0);
}
