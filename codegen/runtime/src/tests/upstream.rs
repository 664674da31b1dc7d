//! Errors of providers.

use core::time::Duration;
use std::error::Error as _;

use crate::{ApiError, ErrorCode, ErrorType, ReceivedError};

#[track_caller]
fn translated(status: u16, body: &str) -> ApiError {
    let headers = [("retry-after", "7"), ("x-request-id", "theirs")];
    ApiError::from_upstream(&ReceivedError::from_parts(status, headers, body.as_bytes()))
}

#[test]
fn the_first_entry_that_fits_applies() {
    let named = translated(
        429,
        r#"{"error":{"message":"No secret","type":"a","code":"no_such_file"}}"#,
    );
    assert_eq!(named.code(), Some(ErrorCode::FileNotFound));
    assert_eq!(named.message(), "No secret");

    let busy = translated(
        503,
        r#"{"error":{"message":"secret","type":"a","code":"b"}}"#,
    );
    assert_eq!(busy.code(), Some(ErrorCode::TooManyRequests));
    assert_eq!(busy.retry_after(), Some(Duration::from_secs(7)));
    assert!(!busy.to_json().contains("secret"));

    let other = translated(404, "<h1>secret</h1>");
    assert_eq!((other.code(), other.status()), (None, 404));
    assert_eq!(other.error_type(), ErrorType::InvalidRequest);
    let fallback = translated(418, "");
    assert_eq!(
        fallback.status(),
        ErrorType::InvalidRequest.default_status()
    );
}

#[test]
fn an_error_without_entry_has_the_status_of_a_gateway() {
    let statuses = [
        (500, 502),
        (502, 502),
        (504, 504),
        (529, 503),
        (200, 502),
        (302, 502),
        (0, 502),
    ];
    for (status, sent) in statuses {
        let error = translated(
            status,
            r#"{"error":{"message":"secret","type":"a","code":"b"}}"#,
        );
        assert_eq!(error.status(), sent, "{status}");
        assert!(!error.to_json().contains("secret"), "{status}");
    }
}

#[test]
fn the_received_error_is_the_source() {
    let error = translated(
        500,
        r#"{"error":{"message":"Their words","type":"a","code":"b"}}"#,
    );
    let source = error
        .source()
        .and_then(|source| source.downcast_ref::<ReceivedError>());
    let source = source.unwrap();
    assert_eq!(source.message.as_deref(), Some("Their words"));
    assert_eq!(source.request_id.as_deref(), Some("theirs"));
    assert_eq!(error.request_id(), None);
}
