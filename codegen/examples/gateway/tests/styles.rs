//! Every error has the form of the API at whose path it happens.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use futures_util::stream;
use gateway_errors::axum::Wrapped;
use gateway_errors::testkit::TestResponse;
use gateway_errors::{ErrorCode, ErrorType, Timeouts, assert_error};
use serde_json::{Value, json};
use tower::ServiceExt;

const CHAT: &str = "/v1/chat/completions";
const MESSAGES: &str = "/v1/messages";
const GENERATE: &str = "/v1beta/models/MODEL:generateContent";

/// What a test reads of a response.
struct Answer {
    response: TestResponse,
    body: Value,
}

async fn send(router: &Wrapped, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 100_000).await.expect("a body");
    let headers = parts.headers.iter();
    let headers = headers.map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()));
    Answer {
        response: TestResponse {
            status: parts.status.as_u16(),
            headers: headers.collect(),
            body: bytes.to_vec(),
        },
        body: serde_json::from_slice(&bytes).expect("JSON"),
    }
}

/// A question to a model in the form of the API at a path.
fn ask(path: &str, model: &str) -> Request<Body> {
    let messages = json!([{ "role": "user", "content": "Hello" }]);
    let body = match path {
        CHAT => json!({ "model": model, "messages": messages }),
        MESSAGES => json!({ "model": model, "max_tokens": 9, "messages": messages }),
        _ => json!({ "contents": [{ "parts": [{ "text": "Hello" }] }] }),
    };
    let key = match path {
        CHAT => ("authorization", "Bearer sk-demo"),
        MESSAGES => ("x-api-key", "sk-demo"),
        _ => ("x-goog-api-key", "sk-demo"),
    };
    Request::post(path.replace("MODEL", model))
        .header(key.0, key.1)
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .expect("a request")
}

/// A request to version 2 of the API.
fn describe(model: &str) -> Request<Body> {
    let request = Request::get(format!("/v2/models/{model}"));
    let request = request.header("authorization", "Bearer sk-demo");
    request.body(Body::empty()).expect("a request")
}

fn of(method: &str, path: &str) -> Request<Body> {
    let request = Request::builder().method(method).uri(path);
    request.body(Body::empty()).expect("a request")
}

fn router() -> Wrapped {
    gateway::router(Timeouts::default())
}

#[tokio::test]
async fn each_api_answers_in_its_own_form() {
    let router = router();
    let answer = send(&router, ask(MESSAGES, "gpt-small")).await.body;
    assert_eq!(answer["content"][0]["text"], "You said: Hello");
    assert_eq!(answer["stop_reason"], "end_turn");
    let answer = send(&router, ask(GENERATE, "gpt-small")).await.body;
    let candidate = &answer["candidates"][0];
    assert_eq!(candidate["content"]["parts"][0]["text"], "You said: Hello");
    assert_eq!(candidate["finishReason"], "STOP");
}

#[tokio::test]
async fn the_same_error_has_the_form_of_each_api() {
    let router = router();
    let openai = send(&router, ask(CHAT, "none")).await;
    assert_eq!(openai.body["error"]["code"], "model_not_found");
    let anthropic = send(&router, ask(MESSAGES, "none")).await;
    assert_eq!(anthropic.body["type"], "error");
    assert_eq!(anthropic.body["error"]["type"], "not_found_error");
    let google = send(&router, ask(GENERATE, "none")).await;
    assert_eq!(google.body["error"]["status"], "NOT_FOUND");
    let reason = &google.body["error"]["details"][0]["reason"];
    assert_eq!(reason, "MODEL_NOT_FOUND");
    let flat = send(&router, describe("none")).await;
    assert_eq!(flat.body["code"], "model_not_found");
    assert_eq!(flat.body["retryable"], false);
    for answer in [openai, google, flat] {
        assert_error!(answer.response, ErrorCode::ModelNotFound);
    }
}

#[tokio::test]
async fn keys_come_in_the_header_of_each_api_or_in_the_address() {
    let router = router();
    for path in ["/v1/messages", "/v1beta/models/gpt-small:generateContent"] {
        let none = send(&router, of("POST", path)).await;
        assert_eq!(none.response.status, 401, "{path}");
    }
    let body = json!({ "contents": [{ "parts": [{ "text": "Hello" }] }] });
    for (query, key, status) in [
        ("?key=sk-demo", None, 200),
        ("?key=sk-unknown", None, 401),
        ("", Some(("authorization", "bearer sk-demo")), 200),
        ("", Some(("x-api-key", "sk-demo")), 401),
    ] {
        let uri = format!("/v1beta/models/gpt-small:generateContent{query}");
        let mut request = Request::post(uri).header("content-type", "application/json");
        if let Some((name, value)) = key {
            request = request.header(name, value);
        }
        let request = request.body(Body::from(body.to_string()));
        let answer = send(&router, request.expect("a request")).await;
        assert_eq!(answer.response.status, status, "{query} {key:?}");
    }
}

#[tokio::test]
async fn audio_for_a_model_of_google_has_either_form_of_names() {
    let router = router();
    for part in [
        json!({ "inlineData": { "mimeType": "audio/wav", "data": "UklGRg==" } }),
        json!({ "inlineData": { "mime_type": "audio/wav", "data": "UklGRg==" } }),
        json!({ "inline_data": { "mime_type": "audio/wav", "data": "UklGRg==" } }),
    ] {
        let body = json!({ "contents": [{ "parts": [part] }] }).to_string();
        let request = Request::post("/v1beta/models/claude-text:generateContent")
            .header("x-goog-api-key", "sk-demo")
            .header("content-type", "application/json")
            .body(Body::from(body));
        let answer = send(&router, request.expect("a request")).await;
        assert_error!(answer.response, ErrorCode::AudioNotSupportedByModel);
    }
}

#[tokio::test]
async fn unknown_paths_and_wrong_methods_have_the_form_of_the_path() {
    let router = router();
    for (method, path, status) in [
        ("POST", "/v1/messages/nothing", 404),
        ("GET", "/v1/messages", 405),
    ] {
        let answer = send(&router, of(method, path)).await;
        assert_eq!(answer.response.status, status);
        assert_eq!(answer.body["type"], "error", "{path}");
    }
    for (method, path, status) in [
        ("GET", "/v1beta/nothing", 404),
        ("GET", "/v1beta/models/gpt-small:generateContent", 405),
    ] {
        let answer = send(&router, of(method, path)).await;
        assert_eq!(answer.response.status, status);
        assert_eq!(answer.body["error"]["code"], status, "{path}");
    }
    for (method, path, status) in [
        ("GET", "/v2/nothing", 404),
        ("DELETE", "/v2/models/gpt-small", 405),
    ] {
        let answer = send(&router, of(method, path)).await;
        assert_eq!(answer.response.status, status);
        assert_eq!(answer.body["type"], "invalid_request_error", "{path}");
    }
    let unknown = ask("/v1beta/models/MODEL:countTokens", "gpt-small");
    let unknown = send(&router, unknown).await;
    assert_eq!(unknown.body["error"]["status"], "NOT_FOUND");
    // A neighbour of a path is not below it.
    let answer = send(&router, of("GET", "/v1/messages2")).await;
    assert_error!(answer.response, ErrorType::InvalidRequestError, 404);
    assert_eq!(answer.body["error"]["type"], "invalid_request_error");
}

#[tokio::test]
async fn panics_and_timeouts_have_the_form_of_the_path() {
    let slow = Timeouts {
        response: Duration::from_millis(20),
        ..Timeouts::default()
    };
    for (timeouts, model, status, anthropic, google) in [
        (
            Timeouts::default(),
            "upstream-crash",
            500,
            "api_error",
            "INTERNAL",
        ),
        (
            slow,
            "upstream-slow",
            504,
            "timeout_error",
            "DEADLINE_EXCEEDED",
        ),
    ] {
        let router = gateway::router(timeouts);
        let answer = send(&router, ask(MESSAGES, model)).await;
        assert_eq!(answer.response.status, status);
        assert_eq!(answer.body["error"]["type"], anthropic);
        let answer = send(&router, ask(GENERATE, model)).await;
        assert_eq!(answer.response.status, status);
        assert_eq!(answer.body["error"]["status"], google);
    }
}

#[tokio::test]
async fn a_body_that_does_not_arrive_has_the_form_of_the_path() {
    let router = gateway::router(Timeouts {
        request_body: Duration::from_millis(20),
        ..Timeouts::default()
    });
    let body = Body::from_stream(stream::pending::<Result<&str, std::io::Error>>());
    let request = Request::post(MESSAGES)
        .header("x-api-key", "sk-demo")
        .header("content-type", "application/json");
    let answer = send(&router, request.body(body).expect("a request")).await;
    assert_eq!(answer.response.status, 408);
    assert_eq!(answer.body["error"]["type"], "invalid_request_error");
}

#[tokio::test]
async fn the_errors_of_each_provider_become_ours_in_the_form_of_the_caller() {
    let router = router();
    for (model, status, code, waits) in [
        // Two hours are more than the bound of the catalog.
        (
            "openai-limited",
            429,
            Some("rate_limit_exceeded"),
            Some("59"),
        ),
        ("openai-refuses", 502, None, None),
        ("anthropic-overloaded", 503, None, Some("3")),
        (
            "google-limited",
            429,
            Some("rate_limit_exceeded"),
            Some("7"),
        ),
        ("google-refuses", 500, None, None),
        ("page-down", 503, None, Some("5")),
        ("unknown-failed", 502, None, None),
    ] {
        for path in [CHAT, MESSAGES, GENERATE] {
            let answer = send(&router, ask(path, model)).await;
            assert_eq!(answer.response.status, status, "{model} {path}");
            let delay = answer.response.headers.iter();
            let mut delay = delay.filter(|(name, _)| name == "retry-after");
            let delay = delay
                .next()
                .map(|(_, value)| String::from_utf8_lossy(value));
            assert_eq!(delay.as_deref(), waits, "{model} {path}");
            let text = answer.body.to_string();
            for secret in [
                "org-secret",
                "sk-of-the-gateway",
                "req_openai",
                "req_anthropic",
            ] {
                assert!(!text.contains(secret), "{text}");
            }
            match path {
                CHAT => assert_eq!(answer.body["error"]["code"].as_str(), code, "{text}"),
                MESSAGES => assert_eq!(answer.body["type"], "error", "{text}"),
                _ => assert_eq!(answer.body["error"]["code"], status, "{text}"),
            }
        }
    }
    for model in ["openai-small", "anthropic-small", "google-small"] {
        let answer = send(&router, ask(CHAT, model)).await.body;
        let text = &answer["choices"][0]["message"]["content"];
        assert_eq!(text, "You said: Hello", "{model}");
    }
}

#[tokio::test]
async fn the_log_has_what_the_provider_said() {
    let response = router()
        .oneshot(ask(MESSAGES, "anthropic-overloaded"))
        .await;
    let response = response.expect("an answer");
    let error = gateway_errors::ApiError::from_response(&response).expect("an error");
    let cause = std::error::Error::source(error)
        .expect("a cause")
        .to_string();
    for said in ["529", "req_anthropic_1", "shard org-secret"] {
        assert!(cause.contains(said), "{cause}");
    }
}

const GUIDE: &str = include_str!("../../../../docs/gateway.md");

fn section(heading: &str) -> &'static str {
    let (_, text) = GUIDE.split_once(heading).expect("the section");
    text.split("\n## ").next().expect("its text")
}

#[tokio::test]
async fn the_guide_shows_one_error_in_four_shapes() {
    let router = router();
    let text = section("\n## One error in four shapes\n");
    let shown = text.split("```json\n").skip(1);
    let shown: Vec<&str> = shown.filter_map(|block| block.lines().next()).collect();
    assert_eq!(shown.len(), 4);
    let model = "no-such-model";
    let asked = [CHAT, MESSAGES, GENERATE].map(|path| ask(path, model));
    for (mut request, shown) in asked.into_iter().chain([describe(model)]).zip(shown) {
        let id = axum::http::HeaderValue::from_static("req_1");
        request.headers_mut().insert("x-request-id", id);
        let answer = send(&router, request).await;
        assert_eq!(answer.response.body, shown.as_bytes());
    }
}

#[tokio::test]
async fn the_guide_shows_what_becomes_of_the_errors_of_providers() {
    let router = router();
    let rows = section("\n## Errors of providers\n").lines();
    let rows = rows.filter_map(|line| line.strip_prefix("| `"));
    let mut count = 0;
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [model, _, sent, delay, _] = cells[..] else {
            panic!("{row}");
        };
        let answer = send(&router, ask(CHAT, model.trim_end_matches('`'))).await;
        let error = &answer.body["error"];
        let name = error["code"].as_str().or(error["type"].as_str());
        let name = name.expect("a name");
        assert_eq!(sent, format!("{} `{name}`", answer.response.status));
        let mut headers = answer.response.headers.iter();
        let found = headers.find(|(name, _)| name == "retry-after");
        let found = found.map_or(&b""[..], |(_, value)| value);
        assert_eq!(delay.as_bytes(), found, "{model}");
        count += 1;
    }
    assert_eq!(count, 7);
}
