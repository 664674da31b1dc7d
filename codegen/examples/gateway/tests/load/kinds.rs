//! The kinds of requests, and what answers each.

use axum::body::{Body, Bytes};
use axum::http::Request;
use futures_util::{StreamExt, stream};
use gateway_errors::testkit::Expected;
use gateway_errors::{EnvelopeStyle, ErrorCode, ErrorType};

/// One kind of request, and the error that answers it; nothing where it should succeed.
pub(super) struct Kind {
    pub(super) name: &'static str,
    pub(super) make: Make,
    pub(super) error: Option<Expected>,
}

/// What is made once and sent often.
pub(super) struct Material {
    pub(super) oversized: Bytes,
    pub(super) deep: Bytes,
}

fn request(method: &str, path: &str, key: &str, body: impl Into<Body>) -> Request<Body> {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("host", "localhost");
    let request = request.header("authorization", format!("Bearer {key}"));
    let request = request.header("content-type", "application/json");
    request.body(body.into()).expect("a request")
}

pub(super) fn get(path: &str, key: &str) -> Request<Body> {
    request("GET", path, key, Body::empty())
}

fn chat(model: &str, key: &str) -> Request<Body> {
    let body = format!(r#"{{"model":"{model}","messages":[{{"role":"user","content":"Hello"}}]}}"#);
    request("POST", "/v1/chat/completions", key, body)
}

fn message(model: &str, key: &str) -> Request<Body> {
    let messages = r#"[{"role":"user","content":"Hello"}]"#;
    let body = format!(r#"{{"model":"{model}","max_tokens":9,"messages":{messages}}}"#);
    request("POST", "/v1/messages", key, body)
}

fn content(model: &str, key: &str) -> Request<Body> {
    let path = format!("/v1beta/models/{model}:generateContent");
    let body = r#"{"contents":[{"parts":[{"text":"Hello"}]}]}"#;
    request("POST", &path, key, body)
}

/// The style of the errors at a path.
pub(super) fn style_at(path: &str) -> EnvelopeStyle {
    if path.starts_with("/v1/messages") {
        EnvelopeStyle::Anthropic
    } else if path.starts_with("/v1beta/") {
        EnvelopeStyle::Google
    } else if path.starts_with("/v2/") {
        EnvelopeStyle::Flat
    } else {
        EnvelopeStyle::OpenAi
    }
}

/// A body whose first bytes arrive and whose last do not.
fn endless(path: &str) -> Request<Body> {
    let start = stream::iter([Ok::<_, std::io::Error>("{\"message\":")]);
    request(
        "POST",
        path,
        "sk-demo",
        Body::from_stream(start.chain(stream::pending())),
    )
}

pub(super) type Make = fn(&Material) -> Request<Body>;

fn works(name: &'static str, make: Make) -> Kind {
    Kind {
        name,
        make,
        error: None,
    }
}

fn fails(name: &'static str, make: Make, error: impl Into<Expected>) -> Kind {
    Kind {
        name,
        make,
        error: Some(error.into()),
    }
}

const fn invalid(status: u16) -> (ErrorType, u16) {
    (ErrorType::InvalidRequestError, status)
}

const fn server(status: u16) -> (ErrorType, u16) {
    (ErrorType::ServerError, status)
}

pub(super) fn friendly() -> Vec<Kind> {
    vec![
        works("models", |_| get("/v1/models", "sk-demo")),
        works("chat", |_| chat("gpt-small", "sk-demo")),
        works("credits", |_| get("/v1/credits", "sk-free")),
        fails(
            "no model",
            |_| chat("none", "sk-demo"),
            ErrorCode::ModelNotFound,
        ),
        fails(
            "no key",
            |_| get("/v1/models", "sk-none"),
            ErrorCode::InvalidApiKey,
        ),
        fails(
            "no credits",
            |_| chat("gpt-small", "sk-broke"),
            ErrorCode::InsufficientCredits,
        ),
        fails(
            "rate limit",
            |_| get("/v1/models", "sk-busy"),
            ErrorCode::RateLimitExceeded,
        ),
        fails(
            "no file",
            |_| get("/v1/files/none", "sk-demo"),
            ErrorCode::FileNotFound,
        ),
        fails(
            "upstream busy",
            |_| chat("upstream-busy", "sk-demo"),
            server(503),
        ),
        fails(
            "upstream slow",
            |_| chat("upstream-slow", "sk-demo"),
            server(504),
        ),
        works("message", |_| message("gpt-small", "sk-demo")),
        works("content", |_| content("gpt-small", "sk-demo")),
        fails(
            "no model for a message",
            |_| message("none", "sk-demo"),
            ErrorCode::ModelNotFound,
        ),
        fails(
            "no key for content",
            |_| content("gpt-small", "sk-none"),
            ErrorCode::InvalidApiKey,
        ),
        fails(
            "rate limit of messages",
            |_| message("gpt-small", "sk-busy"),
            ErrorCode::RateLimitExceeded,
        ),
        fails(
            "no credits for content",
            |_| content("gpt-small", "sk-broke"),
            ErrorCode::InsufficientCredits,
        ),
        fails(
            "upstream busy with a message",
            |_| message("upstream-busy", "sk-demo"),
            server(503),
        ),
        fails(
            "upstream slow with content",
            |_| content("upstream-slow", "sk-demo"),
            server(504),
        ),
        fails(
            "overloaded provider",
            |_| message("anthropic-overloaded", "sk-demo"),
            server(503),
        ),
    ]
}

pub(super) fn hostile() -> Vec<Kind> {
    vec![
        fails("broken JSON", |_| contact("{\"message\":"), invalid(400)),
        fails("no JSON", |_| contact(&b"\xff\x00\xfe"[..]), invalid(400)),
        fails("wrong fields", |_| contact("[1,2]"), invalid(400)),
        fails(
            "deep JSON",
            |material| contact(material.deep.clone()),
            invalid(400),
        ),
        fails(
            "unknown path",
            |_| get("/../../etc/passwd?%00", "sk-demo"),
            invalid(404),
        ),
        fails(
            "unknown method",
            |_| request("BREW", "/v1/models", "sk-demo", ""),
            invalid(405),
        ),
        fails(
            "wrong method",
            |_| request("DELETE", "/v1/models", "sk-demo", ""),
            invalid(405),
        ),
        fails(
            "bad query",
            |_| get("/v1/files?limit=%FF", "sk-demo"),
            invalid(400),
        ),
        fails("panic", |_| chat("upstream-crash", "sk-demo"), server(500)),
        fails("slow body", |_| endless("/v1/contact"), invalid(408)),
        fails("slow upload", |_| slow_upload(), invalid(408)),
        fails(
            "hostile id",
            |_| with_id(&"x".repeat(5_000)),
            ErrorCode::InvalidApiKey,
        ),
        fails(
            "broken message",
            |_| request("POST", "/v1/messages", "sk-demo", "{\"model\":"),
            invalid(400),
        ),
        fails(
            "unknown path of messages",
            |_| get("/v1/messages/none", "sk-demo"),
            invalid(404),
        ),
        fails(
            "unknown path of contents",
            |_| get("/v1beta/none", "sk-demo"),
            invalid(404),
        ),
        fails(
            "unknown path of version 2",
            |_| get("/v2/none", "sk-demo"),
            invalid(404),
        ),
        fails(
            "unknown model of version 2",
            |_| get("/v2/models/none", "sk-demo"),
            ErrorCode::ModelNotFound,
        ),
        fails(
            "wrong method for content",
            |_| get("/v1beta/models/gpt-small:generateContent", "sk-demo"),
            invalid(405),
        ),
        fails(
            "panic at a message",
            |_| message("upstream-crash", "sk-demo"),
            server(500),
        ),
        fails(
            "panic at content",
            |_| content("upstream-crash", "sk-demo"),
            server(500),
        ),
        fails("slow message", |_| endless("/v1/messages"), invalid(408)),
    ]
}

/// So large that only some of the requests are of this kind.
pub(super) fn oversized() -> Kind {
    fails(
        "oversized",
        |material| contact(material.oversized.clone()),
        invalid(413),
    )
}

fn contact(body: impl Into<Body>) -> Request<Body> {
    request("POST", "/v1/contact", "sk-demo", body)
}

fn slow_upload() -> Request<Body> {
    let mut request = endless("/v1/files");
    let form = "multipart/form-data; boundary=x".parse().expect("a value");
    request.headers_mut().insert("content-type", form);
    request
}

fn with_id(id: &str) -> Request<Body> {
    let mut request = get("/v1/models", "sk-none");
    request
        .headers_mut()
        .insert("x-request-id", id.parse().expect("a value"));
    request
}
