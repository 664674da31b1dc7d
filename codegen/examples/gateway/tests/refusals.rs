//! Each code that the gateway sends can be provoked, in the form of the API at whose path it happens.

use axum::body::{Body, to_bytes};
use axum::http::Request;
use gateway_errors::testkit::TestResponse;
use gateway_errors::{ErrorCode, Timeouts, assert_error};
use serde_json::{Value, json};
use tower::ServiceExt;

/// The answer to a request of a new server.
async fn send(request: Request<Body>) -> TestResponse {
    let router = gateway::router(Timeouts::default());
    let response = router.oneshot(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let headers = parts.headers.iter();
    let headers = headers.map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()));
    TestResponse {
        status: parts.status.as_u16(),
        headers: headers.collect(),
        body: to_bytes(body, 100_000).await.expect("a body").to_vec(),
    }
}

async fn get(path: &str, key: Option<&str>) -> TestResponse {
    let mut request = Request::get(path);
    if let Some(key) = key {
        request = request.header("authorization", format!("Bearer {key}"));
    }
    send(request.body(Body::empty()).expect("a request")).await
}

async fn post(path: &str, key: &str, body: &Value) -> TestResponse {
    let request = Request::post(path)
        .header("authorization", format!("Bearer {key}"))
        .header("content-type", "application/json");
    let body = Body::from(body.to_string());
    send(request.body(body).expect("a request")).await
}

/// Uploads a file.
async fn upload(key: &str, media_type: &str, content: &[u8]) -> TestResponse {
    let head = format!(
        "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a\"\r\n\
         content-type: {media_type}\r\n\r\n"
    );
    let body = [head.as_bytes(), content, b"\r\n--x--\r\n"].concat();
    let request = Request::post("/v1/files")
        .header("authorization", format!("Bearer {key}"))
        .header("content-type", "multipart/form-data; boundary=x");
    send(request.body(Body::from(body)).expect("a request")).await
}

fn question(model: &str) -> Value {
    json!({ "model": model, "messages": [{ "role": "user", "content": "Hello" }] })
}

#[tokio::test]
async fn a_request_needs_a_key_that_is_valid() {
    assert_error!(get("/v1/models", None).await, ErrorCode::MissingApiKey);
    let unknown = get("/v1/models", Some("sk-unknown")).await;
    assert_error!(unknown, ErrorCode::InvalidApiKey);
    let expired = get("/v1/models", Some("sk-expired")).await;
    assert_error!(expired, ErrorCode::ExpiredApiKey);
}

#[tokio::test]
async fn a_rate_and_a_balance_are_limits() {
    let busy = get("/v1/models", Some("sk-busy")).await;
    assert_error!(busy, ErrorCode::RateLimitExceeded);
    let broke = post("/v1/chat/completions", "sk-broke", &question("gpt-small")).await;
    assert_error!(broke, ErrorCode::InsufficientCredits);
}

#[tokio::test]
async fn a_plan_has_its_models() {
    let unknown = get("/v1/models/none", Some("sk-free")).await;
    assert_error!(unknown, ErrorCode::ModelNotFound);
    let large = post("/v1/chat/completions", "sk-free", &question("gpt-large")).await;
    assert_error!(large, ErrorCode::ModelNotSupported);
    let sound = json!([{ "type": "input_audio" }]);
    let prompt =
        json!({ "model": "claude-text", "messages": [{ "role": "user", "content": sound }] });
    let deaf = post("/v1/chat/completions", "sk-demo", &prompt).await;
    assert_error!(deaf, ErrorCode::AudioNotSupportedByModel);
}

#[tokio::test]
async fn a_file_has_a_size_a_type_and_a_place() {
    let large = vec![b'x'; (1 << 20) + 1];
    let large = upload("sk-demo", "text/plain", &large).await;
    assert_error!(large, ErrorCode::FileTooLarge);
    let program = upload("sk-demo", "application/x-sh", b"ls").await;
    assert_error!(program, ErrorCode::UnsupportedFileType);
    let picture = upload("sk-demo", "image/png", b"Hello").await;
    assert_error!(picture, ErrorCode::MimeMismatch);
    let third = upload("sk-many-files", "text/plain", b"Hello").await;
    assert_error!(third, ErrorCode::FileCountQuotaExceeded);
    let full = upload("sk-full", "text/plain", b"Hello").await;
    assert_error!(full, ErrorCode::StorageQuotaExceeded);
    let unknown = get("/v1/files/file-none", Some("sk-demo")).await;
    assert_error!(unknown, ErrorCode::FileNotFound);
}

#[tokio::test]
async fn the_contact_form_asks_for_a_captcha() {
    let form = json!({ "message": "Hello" });
    let none = post("/v1/contact", "sk-demo", &form).await;
    assert_error!(none, ErrorCode::CaptchaRequired);
    let form = json!({ "message": "Hello", "captcha": "wrong" });
    let wrong = post("/v1/contact", "sk-demo", &form).await;
    assert_error!(wrong, ErrorCode::CaptchaFailed);
}
