//! Bodies and events in shapes of a catalog.

use shapes_errors::{ApiError, Envelope, EnvelopeStyle, ErrorCode, MaybeKnown, ReceivedError};

/// The name and the data of an event.
fn event(error: &ApiError) -> (Option<String>, String) {
    let event = error.to_sse_event();
    let event = event.strip_suffix("\n\n").unwrap();
    let (before, data) = event.split_once("data: ").unwrap();
    let name = before.strip_prefix("event: ").map(str::trim_end);
    (name.map(str::to_owned), data.to_owned())
}

#[test]
fn an_event_has_the_name_of_its_style_or_none() {
    for (style, expected) in [
        (EnvelopeStyle::Stripe, Some("error")),
        (EnvelopeStyle::Slack, Some("slack_error")),
        (EnvelopeStyle::TwilioRest, None),
    ] {
        let error = ApiError::new(ErrorCode::BadKey).with_style(style);
        let (name, data) = event(&error);
        assert_eq!(name.as_deref(), expected);
        let received = ReceivedError::from_event(name.as_deref(), &data).unwrap();
        assert_eq!(received.message.as_deref(), Some(error.message()));
    }
}

/// The style `github` has its body in an object of its own, and the style `slack` in `error`.
#[test]
fn an_event_around_a_body_is_read_as_its_style_declares_it() {
    for (style, name, id) in [
        (EnvelopeStyle::Github, "github", "trace"),
        (EnvelopeStyle::Slack, "slack", "request_id"),
    ] {
        for code in ErrorCode::ALL {
            let error = ApiError::new(*code).with_style(style);
            let error = error.with_message("Boom").with_request_id("req_1");
            let (event_name, data) = event(&error);
            assert!(data.contains(&format!("\"{id}\":\"req_1\"")), "{data}");
            let received = ReceivedError::from_event(event_name.as_deref(), &data).unwrap();
            let headers = [
                ("content-type", style.media_type()),
                ("x-request-id", "req_1"),
            ];
            let body = error.to_json();
            let of_body = ReceivedError::from_parts(code.status(), headers, body.as_bytes());
            assert_eq!(received.style.as_deref(), Some(name), "{data}");
            assert_eq!(received.request_id.as_deref(), Some("req_1"), "{data}");
            assert_eq!(received.message, of_body.message, "{data}");
            assert_eq!(received.param, of_body.param, "{data}");
            assert_eq!(received.faults(), of_body.faults(), "{data}");
            if style == EnvelopeStyle::Github {
                assert_eq!(received.code, of_body.code, "{data}");
                assert_eq!(received.status, code.status(), "{data}");
            }
            assert_eq!(received.raw_excerpt, None, "{data}");
            assert!(!received.extra.contains_key(id), "{data}");
        }
    }
}

/// The style `slack` has no place for codes.
#[test]
fn a_code_has_its_own_type_in_a_style_without_codes() {
    let no_headers: [(&str, &str); 0] = [];
    for (code, name, known) in [
        (ErrorCode::Invalid, "invalid_form", Some(ErrorCode::Invalid)),
        (ErrorCode::NotFound, "not_found", None),
    ] {
        let error = ApiError::new(code).with_style(EnvelopeStyle::Slack);
        let body = error.to_json();
        assert!(body.contains(&format!("\"error\":\"{name}\"")), "{body}");
        let received = ReceivedError::from_parts(code.status(), no_headers, body.as_bytes());
        assert_eq!(received.code.and_then(|code| code.known()), known, "{body}");
        let envelope = Envelope::from_json(body.as_bytes()).unwrap();
        assert_eq!(envelope, Envelope::new(&error));
        assert_eq!(serde_json::to_string(&envelope).unwrap(), body);
    }
}

/// The data of the style `twilio` has no member that marks an error.
#[test]
fn an_event_without_a_name_is_an_error_if_the_style_knows_it() {
    for code in ErrorCode::ALL {
        let error = ApiError::new(*code).with_style(EnvelopeStyle::TwilioRest);
        let (_, data) = event(&error);
        for name in [None, Some(""), Some("message")] {
            let received = ReceivedError::from_event(name, &data).unwrap();
            assert_eq!(received.code, Some(MaybeKnown::Known(*code)), "{data}");
            assert_eq!(received.status, code.status());
        }
    }
    for other in [
        r#"{"code":7,"message":"Hello","more_info":null,"status":200}"#,
        r#"{"message":"Hello"}"#,
        r#"{"code":20003,"message":""}"#,
    ] {
        assert_eq!(
            ReceivedError::from_event(Some("message"), other),
            None,
            "{other}"
        );
    }
}
