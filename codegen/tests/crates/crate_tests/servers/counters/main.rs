//! Every error of a server is counted and recorded once, by what the catalog knows of it.

mod actix_web;
mod axum;
mod names;
mod recorder;
mod spans;
mod subscriber;
mod tower;

use gateway_errors::{ApiError, ErrorCode, ReceivedError};

use recorder::Counted;

/// The answers of all servers, by the paths that they have. All are operations of the catalog, except `/nowhere`.
const ANSWERS: [(&str, &str, Counted); 9] = [
    (
        "GET",
        "/v1/models",
        Counted::answer("list_models", "model_not_found", "404"),
    ),
    (
        "GET",
        "/v1/models/secret-7",
        Counted::answer("get_model", "", "500"),
    ),
    (
        "POST",
        "/v1/messages",
        Counted::answer("create_message", "", "503"),
    ),
    (
        "GET",
        "/v1/files",
        Counted::answer("list_files", "_OTHER", "429"),
    ),
    (
        "POST",
        "/v1/files",
        Counted::answer("upload_file", "rate_limit_exceeded", "429"),
    ),
    ("GET", "/v1/files/7", Counted::answer("get_file", "", "502")),
    (
        "DELETE",
        "/v1/files/7",
        Counted::answer("delete_file", "", "409"),
    ),
    ("GET", "/nowhere", Counted::answer("", "", "404")),
    ("PUT", "/v1/models", Counted::answer("", "", "405")),
];

/// The answers that end a stream.
const ENDINGS: [(&str, &str, Counted); 2] = [
    (
        "GET",
        "/v1/credits",
        Counted::event("get_credits", "rate_limit_exceeded", "429"),
    ),
    (
        "POST",
        "/v1/chat/completions",
        Counted::event("create_chat_completion", "", "500"),
    ),
];

/// An error of a provider that is handed on: its code is not in the catalog.
fn relayed() -> ApiError {
    let body = br#"{"error":{"message":"Too many","type":"tokens","code":"tpm_7f3a_exceeded"}}"#;
    let headers: [(&str, &str); 0] = [];
    ApiError::relay(&ReceivedError::from_parts(429, headers, body))
}

/// An error of a provider with a code that the catalog has.
fn known() -> ApiError {
    let body = br#"{"error":{"message":"Slower","type":"tokens","code":"rate_limit_exceeded"}}"#;
    let headers: [(&str, &str); 0] = [];
    ApiError::relay(&ReceivedError::from_parts(429, headers, body))
}

/// An error of a provider that is translated.
fn translated() -> ApiError {
    let headers: [(&str, &str); 0] = [];
    ApiError::from_upstream(&ReceivedError::from_parts(
        401,
        headers,
        b"key sk-123 is invalid",
    ))
}

fn refused() -> ApiError {
    ApiError::new(ErrorCode::ModelNotFound).with_source("no row in models_v2")
}
