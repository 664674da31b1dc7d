//! What a client reads.

use core::time::Duration;

use gateway_errors::{ApiError, ErrorCode, ErrorType, MaybeKnown, ReceivedError, RetryRule};

use crate::no_headers;

#[test]
fn what_is_written_is_read_again() {
    for code in ErrorCode::ALL {
        let error = ApiError::new(*code).with_request_id("req_2");
        let headers = error.headers();
        let headers = headers.iter().map(|(name, value)| (name, value.as_bytes()));
        let body = error.to_json();
        let received = ReceivedError::from_parts(error.status(), headers, body.as_bytes());
        assert_eq!(received.code, Some(MaybeKnown::Known(*code)));
        assert_eq!(
            received.error_type,
            Some(MaybeKnown::Known(code.error_type()))
        );
        assert_eq!(received.message.as_deref(), Some(code.message()));
        assert_eq!(received.param.as_deref(), code.param());
        assert_eq!(received.request_id.as_deref(), Some("req_2"));
        assert_eq!(received.retry().rule, code.retry());
    }
}

#[test]
fn unknown_and_broken_answers_lose_nothing() {
    let newer = br#"{"error":{"message":"m","type":"new_type","code":"new_code","param":null}}"#;
    let received = ReceivedError::from_parts(418, no_headers(), newer);
    assert_eq!(received.code, Some(MaybeKnown::Unknown("new_code".into())));
    assert_eq!(
        received.error_type,
        Some(MaybeKnown::Unknown("new_type".into()))
    );
    assert_eq!(received.retry().rule, RetryRule::Never);

    let headers = [("X-Request-ID", "req_3"), ("Retry-After", "7")];
    let received = ReceivedError::from_parts(502, headers, b"<html>Bad Gateway</html>");
    assert_eq!(received.code, None);
    assert_eq!(
        received.raw_excerpt.as_deref(),
        Some("<html>Bad Gateway</html>")
    );
    assert_eq!(received.request_id.as_deref(), Some("req_3"));
    assert_eq!(received.retry().rule, RetryRule::Backoff);
    assert_eq!(received.retry().retry_after, Some(Duration::from_secs(7)));

    // Bodies, and what is understood of them: code, message, and whether an excerpt is kept.
    for (body, code, message, excerpt) in [
        (&b""[..], None, None, false),
        (
            b"\xEF\xBB\xBF{\"error\":{\"message\":\"m\"}}",
            None,
            Some("m"),
            false,
        ),
        (
            b"{\"message\":\"flat\",\"code\":\"x\"}",
            Some("x"),
            Some("flat"),
            false,
        ),
        (b"{\"error\":", None, None, true),
        (b"null", None, None, true),
        (b"[]", None, None, true),
        (b"\xFF\xFE", None, None, true),
        (b"{\"error\":\"text\"}", None, Some("text"), false),
        (b"{\"error\":{}}", None, None, true),
        (
            b"{\"error\":{\"message\":7,\"code\":404,\"type\":null}}",
            Some("404"),
            Some("7"),
            false,
        ),
    ] {
        let received = ReceivedError::from_parts(500, no_headers(), body);
        assert_eq!(received.code.as_ref().map(MaybeKnown::as_str), code);
        assert_eq!(received.message.as_deref(), message);
        assert_eq!(received.raw_excerpt.is_some(), excerpt);
    }
    let body = br#"{"error":{"message":"m","details":{"limit":5}}}"#;
    let received = ReceivedError::from_parts(500, no_headers(), body);
    assert_eq!(received.extra["details"]["limit"], 5);
    let body = br#"{"error":{"code":"c"},"message":"outer","trace":"t"}"#;
    let received = ReceivedError::from_parts(500, no_headers(), body);
    assert_eq!(received.message.as_deref(), Some("outer"));
    assert_eq!(received.code.as_ref().map(MaybeKnown::as_str), Some("c"));
    assert_eq!(received.extra["trace"], "t");
    let large = vec![b'x'; 10 << 20];
    let received = ReceivedError::from_parts(500, no_headers(), &large);
    assert_eq!(received.raw_excerpt.unwrap().len(), 2048);
    let large = ApiError::new(ErrorCode::FileTooLarge).with_message("x".repeat(10 << 20));
    let received = ReceivedError::from_parts(413, no_headers(), large.to_json().as_bytes());
    assert_eq!(received.message, None);
    assert_eq!(received.raw_excerpt.unwrap().len(), 2048);
}

#[test]
fn a_header_that_makes_no_sense_takes_nothing_away() {
    let headers = [
        ("retry-after", "5"),
        ("Retry-After", "soon"),
        ("retry-after", "+9"),
        ("x-request-id", "req_4"),
        ("x-request-id", " "),
        ("x-should-retry", "false"),
        ("x-should-retry", "perhaps"),
    ];
    let body = ApiError::new(ErrorCode::RateLimitExceeded).to_json();
    let received = ReceivedError::from_parts(429, headers, body.as_bytes());
    assert_eq!(received.retry_after, Some(Duration::from_secs(5)));
    assert_eq!(received.request_id.as_deref(), Some("req_4"));
    // The server knows better than an older client.
    assert_eq!(received.retry().rule, RetryRule::Never);
}

#[test]
fn the_decision_is_by_code_then_by_type_then_by_status() {
    let rule = |status, code: &str, error_type: &str| {
        let body = format!(r#"{{"error":{{"message":"m","type":"{error_type}","code":{code}}}}}"#);
        let received = ReceivedError::from_parts(status, no_headers(), body.as_bytes());
        received.retry().rule
    };
    // The code counts more than a status that a proxy made up.
    assert_eq!(
        rule(503, "\"file_not_found\"", "invalid_request_error"),
        RetryRule::Never
    );
    assert_eq!(
        rule(500, "\"rate_limit_exceeded\"", "x"),
        RetryRule::Backoff
    );
    // A code of a newer server: the type knows.
    assert_eq!(
        rule(200, "\"new_code\"", "rate_limit_error"),
        RetryRule::Backoff
    );
    assert_eq!(rule(503, "\"new_code\"", "auth_error"), RetryRule::Never);
    // The statuses of this type do not agree.
    assert_eq!(ErrorType::ServerError.retry(), None);
    assert_eq!(rule(502, "null", "server_error"), RetryRule::Backoff);
    assert_eq!(rule(500, "null", "server_error"), RetryRule::Never);
    assert_eq!(rule(504, "\"new_code\"", "new_type"), RetryRule::Backoff);
    // The event of a stream comes without a status of its own.
    let event = ApiError::new(ErrorCode::RateLimitExceeded).to_sse_event();
    let data = event.strip_prefix("event: error\ndata: ").unwrap();
    let received = ReceivedError::from_parts(200, no_headers(), data.as_bytes());
    assert_eq!(received.retry().rule, RetryRule::Backoff);
}

#[test]
fn a_problem_is_read_though_the_catalog_names_another_style() {
    let body =
        br#"{"type":"https://example.com/p","title":"Title","status":429,"detail":"Slow down",
        "code":"rate_limit_exceeded","error_type":"rate_limit_error","retryable":true,
        "instance":"/x","retry_after":3,"param":null,"trace":"t"}"#;
    let received = ReceivedError::from_parts(429, no_headers(), body);
    assert_eq!(
        received.code,
        Some(MaybeKnown::Known(ErrorCode::RateLimitExceeded))
    );
    assert_eq!(
        received.error_type,
        Some(MaybeKnown::Known(ErrorType::RateLimitError))
    );
    assert_eq!(received.message.as_deref(), Some("Slow down"));
    assert_eq!(received.retry_after, Some(Duration::from_secs(3)));
    assert_eq!(received.should_retry, Some(true));
    for kept in ["type", "title", "status", "instance", "trace"] {
        assert!(received.extra.contains_key(kept), "{kept}");
    }
    let foreign = br#"{"title":"Not today","status":503}"#;
    let received = ReceivedError::from_parts(503, no_headers(), foreign);
    assert_eq!(received.message.as_deref(), Some("Not today"));
    assert_eq!(received.extra["title"], "Not today");
    assert_eq!(received.raw_excerpt, None);
    assert_eq!(received.retry().rule, RetryRule::Backoff);
}

#[test]
fn a_problem_is_known_by_its_media_type() {
    let headers = [("Content-Type", "application/problem+json; charset=utf-8")];
    let body = br#"{"type":"https://example.com/p","status":429,"code":"rate_limit_exceeded",
        "error_type":"rate_limit_error","retryable":true,"retry_after":5,"error":"inner"}"#;
    let received = ReceivedError::from_parts(429, headers, body);
    assert_eq!(
        received.error_type,
        Some(MaybeKnown::Known(ErrorType::RateLimitError))
    );
    assert_eq!(received.retry_after, Some(Duration::from_secs(5)));
    assert_eq!(received.extra["type"], "https://example.com/p");
    assert_eq!(received.extra["error"], "inner");
    // Some frameworks put the media type of a problem on any body.
    let body = ApiError::new(ErrorCode::RateLimitExceeded).to_json();
    let received = ReceivedError::from_parts(503, headers, body.as_bytes());
    assert_eq!(
        received.code,
        Some(MaybeKnown::Known(ErrorCode::RateLimitExceeded))
    );
    // Without the header the members tell.
    for (body, message) in [
        (r#"{"title":"T","detail":"D","error":null}"#, "D"),
        (
            r#"{"detail":"D","message":"M","status":503,"retryable":false}"#,
            "D",
        ),
        (r#"{"error_type":"auth_error","message":"M"}"#, "M"),
        (r#"{"title":"T","message":"M","type":"auth_error"}"#, "M"),
    ] {
        let received = ReceivedError::from_parts(503, no_headers(), body.as_bytes());
        assert_eq!(received.message.as_deref(), Some(message), "{body}");
        let never = body.contains("false") || body.contains("auth_error");
        assert_eq!(received.retry().rule == RetryRule::Never, never, "{body}");
    }
}

#[test]
fn duplicate_members_are_kept() {
    let body = br#"{"error":{"message":"inner","code":"c"},"message":"outer","code":"d"}"#;
    let received = ReceivedError::from_parts(500, no_headers(), body);
    assert_eq!(received.message.as_deref(), Some("inner"));
    assert_eq!(received.extra["message"], "outer");
    assert_eq!(received.extra["code"], "d");
    let body = br#"{"error":{"message":"m","trace":"inner"},"trace":"outer"}"#;
    let received = ReceivedError::from_parts(500, no_headers(), body);
    assert_eq!(received.extra["trace"], "inner");
    assert!(
        received
            .raw_excerpt
            .is_some_and(|excerpt| excerpt.contains("outer"))
    );
    for twice in [
        r#"{"error":{"message":"a","message":"b","type":"auth_error","code":null}}"#,
        r#"{"error":{"message":"a","type":"auth_error","code":null,"details":{"x":1,"x":2}}}"#,
    ] {
        assert!(serde_json::from_str::<ApiError>(twice).is_err(), "{twice}");
    }
}

#[test]
fn errors_in_other_formats_are_read() {
    let body = br#"{"error":"model_not_found","message":"No such model"}"#;
    let received = ReceivedError::from_parts(404, no_headers(), body);
    assert_eq!(received.to_string(), "404 model_not_found: No such model");
    let body = br#"{"errors":[{"message":"Slow down","extensions":{"code":"rate_limit_exceeded"}},{"message":"Not now"}]}"#;
    let received = ReceivedError::from_parts(200, no_headers(), body);
    assert_eq!(received.retry().rule, RetryRule::Backoff);
    let messages: Vec<_> = received
        .errors()
        .filter_map(|error| error.message)
        .collect();
    assert_eq!(messages, ["Slow down", "Not now"]);
    let body = br#"{"error":{"message":"m","code":502,"quota":1e999}}"#;
    let received = ReceivedError::from_parts(200, no_headers(), body);
    assert_eq!(received.message.as_deref(), Some("m"));
    assert_eq!(received.extra["quota"], "1e999");
    assert_eq!(received.retry().rule, RetryRule::Backoff);
}
