//! Errors of other APIs that are handed on.

use core::time::Duration;
use std::error::Error as _;

use serde_json::json;

use crate::runtime::shape::Slot;
use crate::{
    ApiError, ENVELOPE_STYLES, Envelope, EnvelopeStyle, ErrorCode, ErrorType, Fault, Faults,
    MaybeKnown, ReceivedError, RetryRule,
};

const NO_HEADERS: [(&str, &str); 0] = [];

fn relayed(status: u16, headers: &[(&str, &str)], body: &str) -> ApiError {
    let headers = headers.iter().copied();
    ApiError::relay(&ReceivedError::from_parts(status, headers, body.as_bytes()))
}

/// What a client reads from the response.
fn read(error: &ApiError) -> ReceivedError {
    let headers = error.headers();
    let headers = headers.iter().map(|(name, value)| (name, value.as_bytes()));
    ReceivedError::from_parts(error.status(), headers, error.to_json().as_bytes())
}

const PLAN: &str = r#"{"error":{"message":"The plan ended","type":"billing","code":"plan_ended","param":"seat","details":{"seats":[1,2]}}}"#;

#[test]
fn a_foreign_error_is_handed_on_in_every_style() {
    for style in ENVELOPE_STYLES {
        let error = relayed(402, &[("x-request-id", "theirs")], PLAN)
            .with_style(*style)
            .with_request_id("ours");
        let received = read(&error);
        let body = error.to_json();
        assert_eq!(received.status, 402);
        assert_eq!(
            received.message.as_deref(),
            Some("The plan ended"),
            "{body}"
        );
        assert_eq!(
            received.error_type,
            Some(MaybeKnown::Unknown("billing".into()))
        );
        assert_eq!(received.request_id.as_deref(), Some("ours"), "{body}");
        assert_eq!(received.retry().rule, RetryRule::Never);
        if *style == EnvelopeStyle::Anthropic {
            assert_eq!(received.code, None);
            continue;
        }
        assert_eq!(
            received.code,
            Some(MaybeKnown::Unknown("plan_ended".into()))
        );
        assert_eq!(received.param.as_deref(), Some("seat"), "{body}");
        let details: serde_json::Value = received.details().unwrap().unwrap();
        assert_eq!(details, json!({ "seats": [1, 2] }), "{body}");
    }
}

/// Where the style has a place for faults, which two of the styles here do not.
#[test]
fn the_faults_are_handed_on() {
    let body = r#"{"title":"T","status":422,"detail":"Not valid","code":"plan_invalid",
        "errors":[{"detail":"Too long","pointer":"/name","code":"file_busy"},{"message":"file_locked","param":"age"}]}"#;
    let faults: Faults = [
        Fault::new("Too long").with_code("file_busy"),
        Fault::new("file_locked").with_param("age"),
    ]
    .into_iter()
    .collect();
    let problem = ("content-type", "application/problem+json");
    let without_code = r#""type":"about:blank","code":null,"error_type":"t","retryable":false,"#;
    let without_code = body.replace(r#""code":"plan_invalid","#, without_code);
    for body in [body, without_code.as_str()] {
        for style in ENVELOPE_STYLES {
            let error = relayed(422, &[problem], body).with_style(*style);
            assert_eq!(error.faults(), faults, "{style}");
            let received = read(&error);
            let body = error.to_json();
            if style.shape().place(Slot::Code).is_some() {
                let code = received.code.as_ref().map(MaybeKnown::as_str);
                assert_eq!(code, error.code_in(style.shape()), "{body}");
            }
            if style.shape().faults.is_some() {
                assert_eq!(received.faults(), faults, "{body}");
            }
            assert_eq!(serde_json::to_string(&error).unwrap(), body);
        }
    }
    // An error of the catalog has the faults that were received.
    let body = r#"{"detail":"D","code":"names_invalid","details":{"faults":[{"message":"a"}]},"errors":[{"message":"b"}]}"#;
    let error = relayed(400, &[problem], body);
    assert_eq!(error.code(), Some(ErrorCode::NamesInvalid));
    assert_eq!(error.faults().to_string(), "b");
    let received = read(&error.with_style(EnvelopeStyle::Problem));
    assert_eq!(received.faults().to_string(), "b");
}

#[test]
fn faults_are_handed_on_up_to_a_size() {
    let entry = json!({ "message": "m".repeat(900), "param": "p" });
    let faults = |entries: &[serde_json::Value]| {
        let body = json!({ "title": "T", "detail": "D", "errors": entries }).to_string();
        relayed(400, &[("content-type", "application/problem+json")], &body).faults()
    };
    assert_eq!(faults(&vec![entry.clone(); 4]).len(), 4);
    assert_eq!(faults(&vec![entry.clone(); 5]).len(), 4);
    assert_eq!(faults(&vec![json!({ "message": "" }); 5_000]).len(), 292);
    let long = json!({ "message": "m".repeat(5_000) });
    assert_eq!(faults(&[entry, long]).len(), 1);
}

#[test]
fn a_foreign_error_has_the_accessors_of_one_without_code() {
    let error = relayed(402, &[("x-request-id", "theirs")], PLAN);
    assert_eq!((error.code(), error.status()), (None, 402));
    assert_eq!(error.error_type(), ErrorType::InvalidRequest);
    assert_eq!(error.relayed_code(), Some("plan_ended"));
    assert_eq!(error.relayed_type(), Some("billing"));
    assert_eq!(error.request_id(), None);
    let source = error.source().and_then(|source| source.downcast_ref());
    let source: &ReceivedError = source.unwrap();
    assert_eq!(source.request_id.as_deref(), Some("theirs"));
    let problem = error.with_style(EnvelopeStyle::Problem).to_json();
    let problem: serde_json::Value = problem.parse().unwrap();
    assert_eq!(problem["title"], "Payment Required");
    assert_eq!(problem["type"], "about:blank");
}

#[test]
fn an_error_of_the_catalog_is_that_error() {
    let body =
        r#"{"error":{"message":"Busy, says Bob","type":"t","code":"file_locked","param":"name"}}"#;
    let error = relayed(
        500,
        &[("retry-after", "7"), ("x-should-retry", "true")],
        body,
    );
    assert_eq!(error.code(), Some(ErrorCode::FileLocked));
    assert_eq!(error.status(), ErrorCode::FileLocked.status());
    assert_eq!(error.error_type(), ErrorCode::FileLocked.error_type());
    assert_eq!(error.message(), "Busy, says Bob");
    assert_eq!(error.param(), Some("name"));
    assert_eq!(
        (error.retry(), error.retry_after()),
        (RetryRule::Never, None)
    );
    assert_eq!((error.relayed_code(), error.relayed_type()), (None, None));

    // A field that a program sets may have the name of a code.
    let mut received = ReceivedError::from_parts(500, NO_HEADERS, b"");
    received.code = Some(MaybeKnown::Unknown("file_locked".into()));
    assert_eq!(
        ApiError::relay(&received).code(),
        Some(ErrorCode::FileLocked)
    );
}

#[test]
fn a_type_of_the_catalog_is_that_type() {
    let body = r#"{"error":{"message":"m","type":"rate_limit","code":"burst"}}"#;
    let error = relayed(418, &[], body).with_style(EnvelopeStyle::Google);
    assert_eq!(
        (error.error_type(), error.status()),
        (ErrorType::RateLimit, 418)
    );
    assert_eq!(error.relayed_type(), None);
    let body: serde_json::Value = error.to_json().parse().unwrap();
    assert_eq!(body["error"]["status"], "INVALID_ARGUMENT");
}

#[test]
fn a_status_that_is_not_an_error_becomes_that_of_a_gateway() {
    for (status, sent) in [
        (200, 502),
        (302, 502),
        (0, 502),
        (600, 502),
        (418, 418),
        (599, 599),
    ] {
        assert_eq!(relayed(status, &[], PLAN).status(), sent, "{status}");
    }
    let within = r#"{"error":{"message":"m","code":429}}"#;
    let error = relayed(200, &[], within);
    assert_eq!((error.status(), error.relayed_code()), (429, Some("429")));
    assert_eq!(error.retry(), RetryRule::Backoff);
}

#[test]
fn the_retry_rule_is_the_received_one_and_the_delay_has_its_bounds() {
    let delayed = |should_retry, delay| {
        let headers = [("x-should-retry", should_retry), ("retry-after", delay)];
        let error = relayed(402, &headers, PLAN);
        (error.retry(), error.retry_after())
    };
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    assert_eq!(delayed("true", "7"), (RetryRule::Backoff, seconds(7)));
    assert_eq!(delayed("true", "3600"), (RetryRule::Backoff, seconds(59)));
    assert_eq!(delayed("false", "7"), (RetryRule::Never, None));
    assert_eq!(delayed("", "7"), (RetryRule::Never, None));
    let should_retry = |error: &ApiError| read(error).should_retry;
    let error = relayed(402, &[("x-should-retry", "true")], PLAN);
    assert_eq!(should_retry(&error), Some(true));
    assert_eq!(should_retry(&relayed(402, &[], PLAN)), Some(false));
}

#[test]
fn a_body_without_message_has_the_reason_of_its_status() {
    for (status, message) in [
        (404, "Not Found"),
        (502, "Bad Gateway"),
        (555, "Status 555"),
    ] {
        let error = relayed(status, &[], "<h1>secret</h1>");
        assert_eq!(error.message(), message);
        assert!(!error.to_json().contains("secret"));
        assert_eq!((error.relayed_code(), error.relayed_type()), (None, None));
    }
}

#[test]
fn what_is_too_long_is_cut_or_left_out() {
    let long = "é".repeat(3_000);
    let body = json!({ "error": { "message": long, "type": long, "code": long, "param": long, "details": { "a": long } } });
    let error = relayed(400, &[], &body.to_string());
    assert_eq!((error.relayed_code(), error.relayed_type()), (None, None));
    assert_eq!(error.param(), None);
    assert_eq!(error.details(), None);
    assert_eq!(error.message(), format!("{}…", "é".repeat(2_048)));
    let deep = format!(
        r#"{{"error":{{"message":"m","type":"t","code":"c","details":{{"a":{}{}}}}}}}"#,
        "[".repeat(100),
        "]".repeat(100)
    );
    assert_eq!(relayed(400, &[], &deep).details(), None);
    let blank = r#"{"error":{"message":" ","type":" ","code":" ","param":""}}"#;
    let error = relayed(400, &[], blank);
    assert_eq!((error.message(), error.param()), ("Bad Request", None));
    assert_eq!((error.relayed_code(), error.relayed_type()), (None, None));
}

/// In the style `google`, `FILE_LOCKED` is the code `file_locked`.
#[test]
fn no_foreign_code_is_read_as_one_of_the_catalog() {
    let body = r#"{"error":{"message":"m","type":"t","code":"FILE_LOCKED"}}"#;
    let error = relayed(400, &[], body);
    assert_eq!(error.relayed_code(), Some("FILE_LOCKED"));
    assert_eq!(
        read(&error).code,
        Some(MaybeKnown::Unknown("FILE_LOCKED".into()))
    );
    let error = error.with_style(EnvelopeStyle::Google);
    let read = read(&error).code.and_then(|code| code.known());
    assert_eq!(read, None, "{}", error.to_json());
}

/// In the style `anthropic`, the code `file_locked` has a type of its own.
#[test]
fn no_foreign_type_is_read_as_a_code_of_the_catalog() {
    let body = r#"{"error":{"message":"m","type":"memory_path_conflict_error","code":"c"}}"#;
    let error = relayed(409, &[], body).with_style(EnvelopeStyle::Anthropic);
    let received = read(&error);
    assert_eq!(received.code, None);
    let name = received.error_type.as_ref().map(MaybeKnown::as_str);
    assert_eq!(name, Some("conflict_error"));
    // A style without a place for codes has nothing else to read the code from.
    let body = r#"{"error":{"message":"m","type":"file_not_found","code":"other"}}"#;
    let error = relayed(404, &[], body).with_style(EnvelopeStyle::Anthropic);
    assert_eq!(read(&error).code, None);
}

#[test]
fn foreign_text_stays_within_its_string() {
    let body = r#"{"error":{"message":"a\r\nb\u0000","type":"t\"}","code":"c\r\nx-evil: 1","param":"p\\"}}"#;
    for style in ENVELOPE_STYLES {
        let error = relayed(400, &[], body).with_style(*style);
        let sent = error.to_json();
        assert!(!sent.contains(['\r', '\n']), "{sent}");
        let parsed: Result<serde_json::Value, _> = sent.parse();
        assert!(parsed.is_ok(), "{sent}");
        let headers = error.headers();
        assert!(headers.iter().all(|(_, value)| !value.contains("evil")));
        let event = error.to_sse_event();
        assert_eq!(
            event
                .lines()
                .filter(|line| line.starts_with("data: "))
                .count(),
            1
        );
        assert_eq!(read(&error).message.as_deref(), Some("a\r\nb\0"));
    }
}

/// Only codes of the catalog are read by serde.
#[test]
fn serde_writes_a_foreign_error_and_does_not_read_it() {
    for style in ENVELOPE_STYLES {
        let error = relayed(418, &[], PLAN).with_style(*style);
        let body = error.to_json();
        assert_eq!(serde_json::to_string(&error).unwrap(), body);
        let envelope = Envelope::new(&error);
        assert_eq!(envelope.code, None);
        assert_eq!(serde_json::to_string(&envelope).unwrap(), body);
        assert!(Envelope::from_json(body.as_bytes()).is_err(), "{body}");
        assert!(serde_json::from_str::<ApiError>(&body).is_err(), "{body}");
    }
}

#[test]
fn a_foreign_error_is_an_event_that_is_read() {
    for style in ENVELOPE_STYLES {
        let event = relayed(402, &[], PLAN).with_style(*style).to_sse_event();
        let data = event.lines().find_map(|line| line.strip_prefix("data: "));
        let received = ReceivedError::from_event(Some("error"), data.unwrap()).unwrap();
        assert_eq!(
            received.message.as_deref(),
            Some("The plan ended"),
            "{event}"
        );
        assert_eq!(
            received.error_type,
            Some(MaybeKnown::Unknown("billing".into()))
        );
    }
}

/// An operation can state another status than that of a code. A proxy hands on what the operation behind it sent.
#[test]
fn a_known_code_keeps_a_status_that_an_operation_states() {
    let file = r#"{"error":{"message":"Gone","type":"invalid_request","code":"file_not_found"}}"#;
    let full = r#"{"error":{"message":"Full","type":"server_error","code":"disk_full"}}"#;
    for (body, received, status, rule) in [
        (file, 410, 410, RetryRule::Never),
        (file, 404, 404, RetryRule::Never),
        // No operation states it.
        (file, 409, 404, RetryRule::Never),
        (full, 500, 500, ErrorCode::DiskFull.retry_with(500)),
    ] {
        let error = relayed(received, &NO_HEADERS, body);
        assert!(error.code().is_some(), "{body}");
        assert_eq!((error.status(), error.retry()), (status, rule), "{body}");
        let read = read(&error);
        assert_eq!((read.status, read.retry().rule), (status, rule), "{body}");
        assert_eq!(read.message, Some(error.message().into()));
    }
}
