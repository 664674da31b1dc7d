//! Codes that are numbers on the wire.

use serde_json::json;
use stream_errors::{ApiError, Envelope, ErrorCode, MaybeKnown, ReceivedError, args};

#[test]
fn a_code_is_a_number_in_every_body() {
    let error = ApiError::new(ErrorCode::StreamNotFound);
    let body: serde_json::Value = serde_json::from_str(&error.to_json()).unwrap();
    assert_eq!(body["error"]["code"], json!(10059));
    let problem = error.with_accept("application/problem+json").to_json();
    let body: serde_json::Value = serde_json::from_str(&problem).unwrap();
    assert_eq!(body["code"], json!(10059));
    assert_eq!(
        serde_json::to_value(ErrorCode::LargestCode).unwrap(),
        json!(9_007_199_254_740_991_u64)
    );
    assert_eq!(
        serde_json::to_value(ErrorCode::Unavailable).unwrap(),
        json!(0)
    );
    let negative = ApiError::new(ErrorCode::Minus1).to_json();
    let body: serde_json::Value = serde_json::from_str(&negative).unwrap();
    assert_eq!(body["error"]["code"], json!(-1));
    assert!(negative.contains(r#""code":-1"#), "{negative}");
    assert_eq!(ErrorCode::Minus1.slug(), "minus-1");
    assert_eq!(ErrorCode::Interrupted.slug(), "1");
}

#[test]
fn what_is_written_is_read_again() {
    for code in ErrorCode::ALL {
        let json = serde_json::to_string(code).unwrap();
        assert_eq!(serde_json::from_str::<ErrorCode>(&json).unwrap(), *code);
        assert_eq!(json, code.as_str());
        assert_eq!(
            code.integer().map(|number| number.to_string()).as_deref(),
            Some(code.as_str())
        );
        let is_negative = code.as_str().starts_with('-');
        assert_eq!(code.number().is_none(), is_negative);
        let body = ApiError::new(*code).to_json();
        let read = Envelope::from_json(body.as_bytes()).unwrap();
        assert_eq!(read.code, Some(*code));
        let read: Envelope<'_> = serde_json::from_str(&body).unwrap();
        assert_eq!(read.code, Some(*code));
        let problem = ApiError::new(*code)
            .with_accept("application/problem+json")
            .to_json();
        let read: Envelope<'_> = serde_json::from_str(&problem).unwrap();
        assert_eq!(read.code, Some(*code));
        let read: ApiError = serde_json::from_str(&body).unwrap();
        assert_eq!(read.code(), Some(*code));
    }
    let argued = ApiError::from(args::WrongLastSequence { seq: None });
    assert_eq!(argued.message(), "Wrong last sequence: unknown.");
    let read: ApiError = serde_json::from_str(&argued.to_json()).unwrap();
    assert_eq!(read.to_json(), argued.to_json());
}

/// The codes of this API are numbers, so a foreign code that is not one has no place.
#[test]
fn a_foreign_code_is_handed_on_if_it_is_a_number() {
    let headers: [(&str, &str); 0] = [];
    for (code, sent) in [
        ("4711", Some(json!(4711))),
        ("\"4711\"", Some(json!(4711))),
        ("9007199254740990", Some(json!(9_007_199_254_740_990_u64))),
        ("9007199254740992", None),
        ("\"plan_ended\"", None),
        ("\"007\"", None),
        ("\"+7\"", None),
        ("-3", Some(json!(-3))),
        ("\"-3\"", Some(json!(-3))),
        ("-9007199254740990", Some(json!(-9_007_199_254_740_990_i64))),
        ("-9007199254740992", None),
        ("\"-0\"", None),
        ("\"-\"", None),
        ("\"--3\"", None),
        ("1.5", None),
        ("null", None),
    ] {
        let body = format!(r#"{{"error":{{"message":"m","type":"billing","code":{code}}}}}"#);
        let received = ReceivedError::from_parts(402, headers, body.as_bytes());
        let error = ApiError::relay(&received);
        assert_eq!(error.code(), None);
        for media_type in ["application/json", "application/problem+json"] {
            let error = ApiError::relay(&received).with_accept(media_type);
            let body: serde_json::Value = error.to_json().parse().unwrap();
            let found = if body["error"].is_object() {
                &body["error"]["code"]
            } else {
                &body["code"]
            };
            assert_eq!(
                Some(found).filter(|code| !code.is_null()),
                sent.as_ref(),
                "{code}"
            );
        }
    }
    let body = br#"{"error":{"message":"m","type":"t","code":10059}}"#;
    let received = ReceivedError::from_parts(402, headers, body);
    assert_eq!(
        ApiError::relay(&received).code(),
        Some(ErrorCode::StreamNotFound)
    );
}

#[test]
fn a_client_reads_numbers_and_texts_and_loses_neither() {
    let headers: [(&str, &str); 0] = [];
    for (code, known) in [
        ("10059", Some(ErrorCode::StreamNotFound)),
        ("\"10059\"", Some(ErrorCode::StreamNotFound)),
        ("0", Some(ErrorCode::Unavailable)),
        ("-1", Some(ErrorCode::Minus1)),
        ("\"-1\"", Some(ErrorCode::Minus1)),
        ("1", Some(ErrorCode::Interrupted)),
        ("4711", None),
        ("\"new\"", None),
        ("123456789012345678901234567890", None),
        ("-3", None),
        ("1.5", None),
    ] {
        let body = format!(
            "{{\"error\":{{\"message\":\"m\",\"type\":\"stream_error\",\"code\":{code}}}}}"
        );
        let received = ReceivedError::from_parts(404, headers, body.as_bytes());
        let read = received.code.expect("a code");
        assert_eq!(read.known(), known, "{code}");
        if code.len() < 20 {
            assert_eq!(read.as_str(), code.trim_matches('"'));
        }
    }
    let body = br#"{"error":{"message":"m","type":"stream_error","code":null}}"#;
    assert_eq!(ReceivedError::from_parts(404, headers, body).code, None);
    let body = br#"{"error":{"message":"m","type":"stream_error","code":007}}"#;
    assert_eq!(ReceivedError::from_parts(404, headers, body).code, None);
}

#[test]
fn a_number_is_a_known_name_where_codes_are_numbers() {
    let headers: [(&str, &str); 0] = [];
    for (body, code) in [
        (r#"{"error":10059,"message":"m"}"#, Some("10059")),
        (r#"{"errorCode":"10059","message":"m"}"#, Some("10059")),
        (r#"{"errors":[{"code":4711,"message":"m"}]}"#, Some("4711")),
        (r#"{"title":"T","detail":"m","code":10059}"#, Some("10059")),
        (r#"{"error":4711,"message":"m"}"#, None),
        (r#"{"count":10059,"message":"m"}"#, None),
    ] {
        let received = ReceivedError::from_parts(404, headers, body.as_bytes());
        assert_eq!(received.message.as_deref(), Some("m"), "{body}");
        let read = received.code.as_ref().map(MaybeKnown::as_str);
        assert_eq!(read, code, "{body}");
    }
}

#[test]
fn an_open_code_is_read_and_written_by_serde() {
    let open: MaybeKnown<ErrorCode> = serde_json::from_str("10059").unwrap();
    assert_eq!(open.known(), Some(ErrorCode::StreamNotFound));
    assert_eq!(serde_json::to_string(&open).unwrap(), "10059");
    for number in ["4711", "-4711"] {
        let newer: MaybeKnown<ErrorCode> = serde_json::from_str(number).unwrap();
        assert_eq!(newer.as_str(), number);
    }
    let open: MaybeKnown<ErrorCode> = serde_json::from_str("-1").unwrap();
    assert_eq!(open.known(), Some(ErrorCode::Minus1));
    assert_eq!(serde_json::to_string(&open).unwrap(), "-1");
}

/// A code with `status: none` is in bodies, events and logs; a response with it is one of its type.
#[test]
fn a_code_without_responses_is_written_and_read_and_never_panics() {
    for (code, sent) in [(ErrorCode::Minus32, 500), (ErrorCode::EntryTooLarge, 400)] {
        assert_eq!(code.http_status(), None);
        assert_eq!(code.status(), sent);
        let error = ApiError::new(code);
        assert_eq!(error.status(), sent);
        let body = error.to_json();
        let read = ReceivedError::from_parts(200, [] as [(&str, &str); 0], body.as_bytes());
        assert_eq!(read.code, Some(MaybeKnown::Known(code)), "{body}");
        assert!(error.to_sse_event().contains(code.as_str()));
    }
    assert_eq!(ErrorCode::Unavailable.http_status(), Some(503));
    assert!(ErrorCode::EntryTooLarge.retry().is_retryable());
    assert!(!ErrorCode::Minus32.retry().is_retryable());
}
