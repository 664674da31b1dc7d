//! Requests that axum rejects.

use axum::body::Body;
use axum::routing::post;
use gateway_errors::{ErrorType, assert_error};
use tower::ServiceExt;

use crate::{Json, get_path, post_json, request, send, wrapped};

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
