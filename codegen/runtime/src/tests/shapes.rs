//! Bodies in the built-in shapes.

use core::time::Duration;

use crate::{
    ApiError, ENVELOPE_STYLES, Envelope, EnvelopeStyle, ErrorCode, ErrorType, MaybeKnown,
    ReceivedError,
};

#[track_caller]
fn read(status: u16, media_type: &str, body: &str) -> ReceivedError {
    ReceivedError::from_parts(status, [("content-type", media_type)], body.as_bytes())
}

fn names(received: &ReceivedError) -> [Option<&str>; 4] {
    [
        received.message.as_deref(),
        received.error_type.as_ref().map(MaybeKnown::as_str),
        received.code.as_ref().map(MaybeKnown::as_str),
        received.param.as_deref(),
    ]
}

/// Every code in every style, with all that an error can have.
#[test]
fn what_is_written_is_read_again() {
    for style in ENVELOPE_STYLES {
        let shape = style.shape();
        let has = |name: &str| shape.places.iter().any(|place| place.name() == name);
        for code in ErrorCode::ALL {
            let error = ApiError::new(*code)
                .with_style(*style)
                .with_message("Two\nlines and a \"quote\".")
                .with_param("name")
                .with_request_id("req_1")
                .with_instance("/files/7");
            let body = error.to_json();
            let received = read(code.status(), style.media_type(), &body);
            assert_eq!(received.message.as_deref(), Some(error.message()), "{body}");
            let _: serde_json::Value = body.parse().unwrap();
            if has("code") || has("reason") {
                assert_eq!(received.code, Some(MaybeKnown::Known(*code)), "{body}");
            }
            let name = shape.type_of_code(*code, code.status());
            assert_eq!(names(&received)[1], Some(name), "{body}");
            assert_eq!(serde_json::to_string(&error).unwrap(), body);
            let envelope = Envelope::from_json(body.as_bytes()).unwrap();
            assert_eq!(envelope, Envelope::new(&error), "{body}");
            assert_eq!(serde_json::to_string(&envelope).unwrap(), body);
            let again: ApiError = serde_json::from_str(&body).unwrap();
            assert_eq!(again.to_json(), body);
        }
        for error_type in ErrorType::ALL {
            let error = ApiError::from_type(*error_type).with_style(*style);
            let body = error.to_json();
            let again: ApiError = serde_json::from_str(&body).unwrap();
            assert_eq!(again.to_json(), body);
            assert_eq!(again.style(), *style);
        }
    }
}

/// In a style without codes, a code can have a type of its own.
#[test]
fn a_type_of_one_code_is_read_as_that_code() {
    let sent = |code, status| {
        let error = ApiError::new(code).with_style(EnvelopeStyle::Anthropic);
        let body = error.to_json();
        let received = read(status, "application/json", &body);
        let spaced = read(status, "application/json", &format!(" {body}"));
        assert_eq!(received.code, spaced.code, "{body}");
        (body, received.code.and_then(|code| code.known()))
    };
    let (body, code) = sent(ErrorCode::FileLocked, 409);
    assert!(body.contains("memory_path_conflict_error"), "{body}");
    assert_eq!(code, Some(ErrorCode::FileLocked));
    // Another status is not that of the code.
    assert_eq!(sent(ErrorCode::FileLocked, 400).1, None);
    // With the status 529, every error has this type.
    assert_eq!(sent(ErrorCode::DiskFull, 503).1, Some(ErrorCode::DiskFull));
    assert_eq!(sent(ErrorCode::DiskFull, 529).1, None);
    assert_eq!(sent(ErrorCode::TooManyRequests, 429).1, None);

    let event = |code| {
        let event = ApiError::new(code).with_style(EnvelopeStyle::Anthropic);
        let event = event.to_sse_event();
        let data = event.lines().find_map(|line| line.strip_prefix("data: "));
        ReceivedError::from_event(Some("error"), data.unwrap()).unwrap()
    };
    let received = event(ErrorCode::FileLocked);
    let code = received.code.and_then(|code| code.known());
    assert_eq!((code, received.status), (Some(ErrorCode::FileLocked), 409));
    assert_eq!(event(ErrorCode::DiskFull).code, None);
}

#[test]
fn an_event_is_one_line_of_json_with_the_message() {
    for style in ENVELOPE_STYLES {
        let error = ApiError::new(ErrorCode::FileNotFound).with_style(*style);
        let event = error.with_request_id("req_1").to_sse_event();
        // The official client of Google cannot read an event with a name.
        let name = match style {
            EnvelopeStyle::Google => "",
            _ => "event: error\n",
        };
        let data = event.strip_prefix(name).unwrap();
        let data = data.strip_prefix("data: ").unwrap();
        let data = data.strip_suffix("\n\n").unwrap();
        assert!(!data.contains('\n'));
        let data: serde_json::Value = data.parse().unwrap();
        assert!(data["error"].is_object(), "{data}");
        assert!(data.to_string().contains(ErrorCode::FileNotFound.message()));
    }
}

#[test]
fn bodies_of_anthropic_are_read() {
    let body = r#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_011"}"#;
    for body in [body.to_owned(), format!(" {body}")] {
        let received = read(529, "application/json", &body);
        let expected = [Some("Overloaded"), Some("overloaded_error"), None, None];
        assert_eq!(names(&received), expected);
        assert_eq!(received.request_id.as_deref(), Some("req_011"));
        assert!(received.extra.is_empty(), "{:?}", received.extra);
    }
}

/// AIP-193.
#[test]
fn bodies_of_google_are_read() {
    let body = r#"{
      "error": {
        "code": 429,
        "message": "The zone 'us-east1-a' is exhausted.",
        "status": "RESOURCE_EXHAUSTED",
        "details": [
          { "@type": "type.googleapis.com/google.rpc.LocalizedMessage", "locale": "en", "message": "m" },
          { "@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "TOO_MANY_REQUESTS",
            "domain": "files.example.com", "metadata": { "zone": "us-east1-a" } },
          { "@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "3.5s" },
          { "@type": "type.googleapis.com/google.rpc.BadRequest",
            "fieldViolations": [{ "field": "zone", "description": "It is full." }] },
          { "@type": "type.googleapis.com/google.rpc.RequestInfo", "requestId": "req_7" }
        ]
      }
    }"#;
    let received = read(429, "application/json; charset=UTF-8", body);
    let code = Some(ErrorCode::TooManyRequests.as_str());
    let message = Some("The zone 'us-east1-a' is exhausted.");
    let expected = [message, Some("RESOURCE_EXHAUSTED"), code, Some("zone")];
    assert_eq!(names(&received), expected);
    assert_eq!(received.retry_after, Some(Duration::from_millis(3_500)));
    assert_eq!(received.request_id.as_deref(), Some("req_7"));
    assert_eq!(received.extra["details"].as_array().unwrap().len(), 5);
    let body = r#"{"error":{"code":404,"message":"Gone","status":"NOT_FOUND","details":[
        {"@type":"type.googleapis.com/google.protobuf.Struct","value":{"size":3}}]}}"#;
    let received = read(404, "application/json", body);
    let details: serde_json::Value = received.details().unwrap().unwrap();
    assert_eq!(details["size"], 3);
}

/// JSON:API 1.1.
#[test]
fn bodies_of_json_api_are_read() {
    let body = r#"{
      "jsonapi": { "version": "1.1" },
      "errors": [
        { "id": "req_9", "status": "422", "code": "file_too_large", "title": "Too large",
          "detail": "The file has too many bytes.", "source": { "parameter": "file" } },
        { "status": "422", "detail": "The name is empty.", "source": { "pointer": "/data/attributes/name" } }
      ]
    }"#;
    let received = read(422, "application/vnd.api+json", body);
    let code = Some(ErrorCode::FileTooLarge.as_str());
    let expected = [
        Some("The file has too many bytes."),
        None,
        code,
        Some("file"),
    ];
    assert_eq!(names(&received), expected);
    assert_eq!(received.request_id.as_deref(), Some("req_9"));
    let messages: Vec<_> = received
        .errors()
        .filter_map(|error| error.message)
        .collect();
    assert_eq!(
        messages,
        ["The file has too many bytes.", "The name is empty."]
    );
}
