//! A provider with the APIs of three providers, on a port of its own. Its models fail, each in another form.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use axum::Json;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// Serves the provider until the runtime ends.
pub(crate) async fn start() -> io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    let router = Router::new()
        .route("/v1/chat/completions", post(chat))
        .route("/v1/messages", post(message))
        .route("/v1beta/models/{call}", post(generate));
    tokio::spawn(async { axum::serve(listener, router).await });
    Ok(address)
}

async fn chat(Json(question): Json<Value>) -> Response {
    let model = question["model"].as_str().unwrap_or_default();
    let answer = || {
        let prompt = question["messages"][0]["content"].as_str();
        let message = json!({ "role": "assistant", "content": echo(prompt.unwrap_or_default()) });
        json!({ "choices": [{ "index": 0, "message": message, "finish_reason": "stop" }] })
    };
    refusal(model).unwrap_or_else(|| Json(answer()).into_response())
}

async fn message(Json(question): Json<Value>) -> Response {
    let model = question["model"].as_str().unwrap_or_default();
    let answer = || {
        let prompt = question["messages"][0]["content"].as_str();
        let content = json!([{ "type": "text", "text": echo(prompt.unwrap_or_default()) }]);
        json!({ "type": "message", "role": "assistant", "content": content })
    };
    refusal(model).unwrap_or_else(|| Json(answer()).into_response())
}

async fn generate(Path(call): Path<String>, Json(question): Json<Value>) -> Response {
    let (model, _) = call.split_once(':').unwrap_or((&call, ""));
    let answer = || {
        let prompt = question["contents"][0]["parts"][0]["text"].as_str();
        let content =
            json!({ "role": "model", "parts": [{ "text": echo(prompt.unwrap_or_default()) }] });
        json!({ "candidates": [{ "content": content, "finishReason": "STOP" }] })
    };
    refusal(model).unwrap_or_else(|| Json(answer()).into_response())
}

/// The error of a model that fails.
fn refusal(model: &str) -> Option<Response> {
    let response = match model {
        "openai-limited" => refused(
            StatusCode::TOO_MANY_REQUESTS,
            &[("x-request-id", "req_openai_1"), ("retry-after", "7200")],
            &json!({ "error": {
                "message": "Rate limit reached for gpt-4o in organization org-secret: try again in 2h.",
                "type": "requests",
                "param": null,
                "code": "rate_limit_exceeded",
            } }),
        ),
        "openai-refuses" => refused(
            StatusCode::UNAUTHORIZED,
            &[("x-request-id", "req_openai_2")],
            &json!({ "error": {
                "message": "Incorrect API key provided: sk-of-the-gateway.",
                "type": "invalid_request_error",
                "param": null,
                "code": "invalid_api_key",
            } }),
        ),
        "anthropic-overloaded" => refused(
            StatusCode::from_u16(529).unwrap_or(StatusCode::SERVICE_UNAVAILABLE),
            &[("request-id", "req_anthropic_1"), ("retry-after", "3")],
            &json!({
                "type": "error",
                "error": { "type": "overloaded_error", "message": "Overloaded: shard org-secret" },
                "request_id": "req_anthropic_1",
            }),
        ),
        "google-limited" => refused(
            StatusCode::TOO_MANY_REQUESTS,
            &[],
            &json!({ "error": {
                "code": 429,
                "message": "Quota exceeded for project org-secret.",
                "status": "RESOURCE_EXHAUSTED",
                "details": [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "7s" }],
            } }),
        ),
        "google-refuses" => refused(
            StatusCode::BAD_REQUEST,
            &[],
            &json!({ "error": {
                "code": 400,
                "message": "API key not valid: sk-of-the-gateway.",
                "status": "INVALID_ARGUMENT",
                "details": [{
                    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                    "reason": "API_KEY_INVALID",
                    "domain": "googleapis.com",
                }],
            } }),
        ),
        "page-down" => {
            let page = "<html><title>503</title><h1>org-secret is down</h1></html>";
            let headers = [("content-type", "text/html"), ("retry-after", "5")];
            (StatusCode::SERVICE_UNAVAILABLE, headers, page).into_response()
        }
        "unknown-failed" => refused(
            StatusCode::INTERNAL_SERVER_ERROR,
            &[],
            &json!({ "fault": { "faultstring": "org-secret failed", "detail": { "errorcode": "x.1" } } }),
        ),
        _ => return None,
    };
    Some(response)
}

fn refused(status: StatusCode, headers: &[(&'static str, &'static str)], body: &Value) -> Response {
    let mut response = (status, Json(body)).into_response();
    for (name, value) in headers {
        let value = axum::http::HeaderValue::from_static(value);
        response.headers_mut().insert(*name, value);
    }
    response
}

/// The answer to a prompt.
pub(crate) fn echo(prompt: &str) -> String {
    format!("You said: {prompt}")
}
