//! Errors with faults in the bodies of APIs that exist.

use shapes_errors::{
    ApiError, ENVELOPE_STYLES, Envelope, EnvelopeStyle, ErrorCode, Fault, Faults, ReceivedError,
    args,
};

/// What a request to create an issue can be refused for.
fn invalid() -> args::Invalid {
    let body = Fault::new("body is too long (maximum is 65536 characters)").with_code("custom");
    args::Invalid {
        faults: Faults::from(vec![body.with_param("body")]),
        unknown: Some(Faults::from(vec![Fault::new("\"labels\" is unknown")])),
    }
}

fn all() -> Faults {
    let args::Invalid { faults, unknown } = invalid();
    faults.into_iter().chain(unknown.unwrap()).collect()
}

/// The faults of all arguments are one list, in the order of the catalog.
#[test]
fn bodies_with_faults_are_written_and_read_byte_for_byte() {
    for (style, expected) in [
        (
            EnvelopeStyle::Github,
            concat!(
                r#"{"message":"Validation Failed","errors":["#,
                r#"{"resource":"Request","field":"title","code":"missing_field"},"#,
                r#"{"resource":"Request","field":"body","code":"custom","#,
                r#""message":"body is too long (maximum is 65536 characters)"},"#,
                r#"{"resource":"Request","field":null,"message":"\"labels\" is unknown"}],"#,
                r#""documentation_url":"https://docs.example.com/errors/21211","status":"422"}"#,
            ),
        ),
        (
            EnvelopeStyle::JsonApi,
            concat!(
                r#"{"errors":[{"links":{"about":"https://docs.example.com/errors/21211"},"#,
                r#""status":"422","code":"21211","title":"Validation Failed","#,
                r#""detail":"Validation Failed","source":{"parameter":"title"},"#,
                r#""meta":{"type":"request_error","retryable":false}},"#,
                r#"{"status":"422","code":"custom","#,
                r#""detail":"body is too long (maximum is 65536 characters)","#,
                r#""source":{"parameter":"body"}},"#,
                r#"{"status":"422","detail":"\"labels\" is unknown"}]}"#,
            ),
        ),
        (
            EnvelopeStyle::Stripe,
            concat!(
                r#"{"error":{"code":"21211","doc_url":"https://docs.example.com/errors/21211","#,
                r#""message":"Validation Failed","param":"title","type":"invalid_request_error"}}"#,
            ),
        ),
    ] {
        let error = ApiError::from(invalid()).with_style(style);
        assert_eq!(error.to_json(), expected);
        assert_eq!(serde_json::to_string(&error).unwrap(), expected);
        let read: ApiError = serde_json::from_str(expected).unwrap();
        assert_eq!(read.to_json(), expected);
        assert_eq!(read.code(), Some(ErrorCode::Invalid));
        let envelope = Envelope::from_json(expected.as_bytes()).unwrap();
        assert_eq!(envelope, Envelope::new(&error));
        let headers = [("content-type", style.media_type())];
        let received = ReceivedError::from_parts(422, headers, expected.as_bytes());
        let has_place = style != EnvelopeStyle::Stripe;
        let expected = if has_place { all() } else { Faults::default() };
        assert_eq!(received.faults(), expected);
        assert_eq!(read.faults(), expected);
        assert_eq!(envelope.faults, expected);
    }
}

/// The elements before the faults can be missing.
#[test]
fn an_error_with_faults_and_no_param_is_read() {
    for style in ENVELOPE_STYLES {
        let error = ApiError::from(invalid()).with_style(*style).with_param("");
        let body = error.to_json();
        let read: ApiError = serde_json::from_str(&body).unwrap();
        assert_eq!(read.to_json(), body);
        assert_eq!(
            Envelope::from_json(body.as_bytes()).unwrap(),
            Envelope::new(&error)
        );
    }
}

/// A body as GitHub sends it.
#[test]
fn members_in_another_order_and_unknown_members_are_read() {
    let body = r#"{"status": "422", "documentation_url": "https://docs.example.com/errors/21211",
        "message": "Validation Failed", "errors": [
          {"field": "title", "code": "missing_field", "resource": "Request"},
          {"message": "body is too long", "code": "custom", "index": 3, "field": "body", "resource": "Request"}
        ], "newer": 1}"#;
    let read: ApiError = serde_json::from_str(body).unwrap();
    let fault = Fault::new("body is too long").with_param("body");
    assert_eq!(read.faults(), Faults::from(vec![fault.with_code("custom")]));
    assert_eq!(
        (read.code(), read.param()),
        (Some(ErrorCode::Invalid), Some("title"))
    );
}
