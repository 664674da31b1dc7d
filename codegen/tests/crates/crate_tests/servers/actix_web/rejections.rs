//! Requests that actix-web rejects.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use gateway_errors::{ErrorType, assert_error};

use crate::{get, post_json, send};

#[test]
fn rejected_requests_are_envelopes_with_a_reason() {
    for (body, expected) in [
        ("{", "The request could not be read: "),
        (
            r#"{"model":1}"#,
            "The request does not have the expected fields: invalid type",
        ),
    ] {
        let answer = post_json("/chat", body);
        let received = assert_error!(answer, ErrorType::InvalidRequestError, 400);
        let message = received.message.unwrap();
        assert!(message.starts_with(expected), "{message}");
    }
    let received = assert_error!(
        post_json("/chat", "[]"),
        ErrorType::InvalidRequestError,
        400
    );
    assert!(!received.message.unwrap().contains("Chat"));
    let bare = TestRequest::post().uri("/chat").set_payload("{}");
    let received = assert_error!(send(bare), ErrorType::InvalidRequestError, 400);
    let message = received.message.as_deref();
    assert_eq!(
        message,
        Some("The media type of the body is not supported.")
    );
    assert_error!(get("/page?limit=many"), ErrorType::InvalidRequestError, 400);
    assert_error!(get("/number/300"), ErrorType::InvalidRequestError, 404);
}

#[test]
fn unknown_paths_and_methods_are_envelopes() {
    assert_error!(get("/nowhere"), ErrorType::InvalidRequestError, 404);
    for method in [Method::PUT, Method::from_bytes(b"BREW").unwrap()] {
        let answer = send(TestRequest::default().method(method).uri("/page"));
        assert_error!(answer, ErrorType::InvalidRequestError, 405);
    }
}

#[test]
fn a_body_beyond_the_limit_is_an_envelope() {
    for path in ["/bytes", "/chat"] {
        let answer = post_json(path, format!("{{\"model\":\"{}\"}}", "x".repeat(2_000)));
        assert_error!(answer, ErrorType::InvalidRequestError, 413);
    }
}
