//! The example is a gateway and not only a set of errors: what should work works.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use gateway_errors::axum::Wrapped;
use gateway_errors::{ErrorCode, Timeouts, assert_error};
use serde_json::{Value, json};
use tower::ServiceExt;

fn request(method: &str, path: &str) -> axum::http::request::Builder {
    let request = Request::builder().method(method).uri(path);
    request.header("authorization", "Bearer sk-demo")
}

async fn send(router: &Wrapped, request: Request<Body>) -> Value {
    let response = router.clone().oneshot(request).await.expect("an answer");
    assert_eq!(response.status(), StatusCode::OK);
    assert!(response.headers().contains_key("x-request-id"));
    let body = to_bytes(response.into_body(), 100_000)
        .await
        .expect("a body");
    serde_json::from_slice(&body).expect("JSON")
}

async fn get(router: &Wrapped, path: &str) -> Value {
    send(
        router,
        request("GET", path).body(Body::empty()).expect("a request"),
    )
    .await
}

async fn post(router: &Wrapped, path: &str, body: &Value) -> Value {
    let request = request("POST", path).header("content-type", "application/json");
    send(
        router,
        request
            .body(Body::from(body.to_string()))
            .expect("a request"),
    )
    .await
}

#[tokio::test]
async fn a_completion_costs_a_credit() {
    let router = gateway::router(Timeouts::default());
    let before = get(&router, "/v1/credits").await["balance"].as_u64();
    let prompt =
        json!({ "model": "gpt-large", "messages": [{ "role": "user", "content": "Hello" }] });
    let answer = post(&router, "/v1/chat/completions", &prompt).await;
    assert_eq!(
        answer["choices"][0]["message"]["content"],
        "You said: Hello"
    );
    let after = get(&router, "/v1/credits").await["balance"].as_u64();
    assert_eq!(after.map(|balance| balance + 1), before);
}

#[tokio::test]
async fn a_provider_that_fails_costs_nothing() {
    let router = gateway::router(Timeouts::default());
    let before = get(&router, "/v1/credits").await;
    for model in [
        "upstream-crash",
        "upstream-down",
        "upstream-busy",
        "upstream-slow",
    ] {
        let prompt =
            json!({ "model": model, "messages": [{ "role": "user", "content": "Hello" }] });
        let request = request("POST", "/v1/chat/completions")
            .header("content-type", "application/json")
            .body(Body::from(prompt.to_string()))
            .expect("a request");
        let response = router.clone().oneshot(request).await.expect("an answer");
        assert!(response.status().is_server_error(), "{model}");
    }
    assert_eq!(get(&router, "/v1/credits").await, before);
}

#[tokio::test]
async fn every_model_that_is_listed_is_there() {
    let router = gateway::router(Timeouts::default());
    let models = get(&router, "/v1/models").await;
    for model in models["data"].as_array().expect("a list") {
        let id = model["id"].as_str().expect("an id");
        assert_eq!(get(&router, &format!("/v1/models/{id}")).await["id"], id);
    }
}

#[tokio::test]
async fn a_file_is_stored_listed_and_deleted() {
    let router = gateway::router(Timeouts::default());
    let form = "--x\r\ncontent-disposition: form-data; name=\"purpose\"\r\n\r\nassistants\r\n\
                --x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"note.txt\"\r\n\
                content-type: text/plain; charset=utf-8\r\n\r\nHello\r\n--x--\r\n";
    let upload =
        request("POST", "/v1/files").header("content-type", "multipart/form-data; boundary=x");
    let file = send(&router, upload.body(Body::from(form)).expect("a request")).await;
    assert_eq!(
        (&file["bytes"], &file["purpose"]),
        (&json!(5), &json!("assistants"))
    );
    assert_eq!(
        get(&router, "/v1/files?limit=1").await["data"],
        json!([file])
    );
    let path = format!("/v1/files/{}", file["id"].as_str().expect("an id"));
    assert_eq!(get(&router, &path).await, file);
    let delete = request("DELETE", &path)
        .body(Body::empty())
        .expect("a request");
    assert_eq!(send(&router, delete).await["deleted"], true);
    let gone = request("GET", &path)
        .body(Body::empty())
        .expect("a request");
    let gone = router.oneshot(gone).await.expect("an answer");
    assert_error!(gone, ErrorCode::FileNotFound);
}

#[tokio::test]
async fn the_contact_form_takes_a_solved_captcha() {
    let router = gateway::router(Timeouts::default());
    let form = json!({ "message": "Hello", "captcha": "solved" });
    assert_eq!(post(&router, "/v1/contact", &form).await["characters"], 5);
}
