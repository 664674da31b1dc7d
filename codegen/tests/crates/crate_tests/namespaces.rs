//! Codes in namespaces: bodies contain their names without the namespace, and several have the same.

use device_errors::{ApiError, Envelope, ErrorCode, MaybeKnown, ReceivedError};
use serde_json::json;

fn read(code: ErrorCode, media_type: &str) -> ReceivedError {
    let error = ApiError::new(code).with_accept(media_type);
    let headers = error.headers();
    let headers = headers.iter().map(|(name, value)| (name, value.as_bytes()));
    ReceivedError::from_parts(error.status(), headers, error.to_json().as_bytes())
}

/// Logs, counters and stored values name one code, and bodies what the API sends.
#[test]
fn a_code_has_a_name_of_its_own_and_one_that_is_sent() {
    let code = ErrorCode::WarmingUp;
    assert_eq!(code.as_str(), "large-printer:12");
    assert_eq!(code.namespace(), Some("large-printer"));
    assert_eq!(code.sent_name(), "12");
    assert_eq!(code.number(), Some(12));
    let body: serde_json::Value = serde_json::from_str(&ApiError::new(code).to_json()).unwrap();
    assert_eq!(body["error"]["code"], json!(12));
    let stored = serde_json::to_value(code).unwrap();
    assert_eq!(stored, json!("large-printer:12"));
    assert_eq!(serde_json::from_value::<ErrorCode>(stored).unwrap(), code);
    assert_eq!(ErrorCode::DeviceOff.namespace(), None);
    assert_eq!(ErrorCode::DeviceOff.sent_name(), "1");
    assert_eq!(
        serde_json::to_value(ErrorCode::DeviceOff).unwrap(),
        json!(1)
    );
    for code in ErrorCode::ALL {
        assert_eq!(code.as_str().parse(), Ok(*code));
        let named: MaybeKnown<ErrorCode> = code.as_str().into();
        assert_eq!(named.known(), Some(*code));
    }
}

#[test]
fn a_client_looks_up_by_namespace_and_code() {
    for code in ErrorCode::ALL {
        let Some(namespace) = code.namespace() else {
            continue;
        };
        assert_eq!(
            ErrorCode::in_namespace(namespace, code.sent_name()),
            Some(*code)
        );
    }
    assert_eq!(ErrorCode::in_namespace("printer", "1"), None);
    assert_eq!(ErrorCode::in_namespace("scanner", "7"), None);
    assert_eq!(ErrorCode::in_namespace("printer", "printer.12"), None);
}

#[test]
fn without_a_namespace_a_client_learns_that_there_are_several() {
    assert_eq!("7".parse(), Ok(ErrorCode::CoverOpen));
    assert_eq!(ErrorCode::from_wire("7"), Some(ErrorCode::CoverOpen));
    assert_eq!(
        serde_json::from_str::<ErrorCode>("7").unwrap(),
        ErrorCode::CoverOpen
    );
    let several = "13".parse::<ErrorCode>().unwrap_err();
    let codes = [
        ErrorCode::LidOpen,
        ErrorCode::TrayMissing,
        ErrorCode::TrayEmpty,
    ];
    assert_eq!(several.candidates(), codes);
    assert_eq!(
        several.to_string(),
        "ambiguous name \"13\": scanner.13 or large-printer:13 or printer.13"
    );
    assert_eq!(ErrorCode::candidates("13"), codes);
    assert_eq!(ErrorCode::from_wire("13"), None);
    assert_eq!(ErrorCode::candidates("7"), [ErrorCode::CoverOpen]);
    let unknown = "14".parse::<ErrorCode>().unwrap_err();
    assert!(unknown.candidates().is_empty());
    assert_eq!(unknown.to_string(), "unknown name \"14\"");
    let error = serde_json::from_str::<ErrorCode>("13").unwrap_err();
    assert!(error.to_string().starts_with("ambiguous name \"13\""));
}

/// The example of the guide.
#[test]
#[rustfmt::skip]
fn the_guide_looks_codes_up() {
    let code = ErrorCode::in_namespace("scanner", "12").unwrap();
    assert_eq!(code, ErrorCode::DirtyGlass);
    assert_eq!((code.as_str(), code.sent_name()), ("scanner.12", "12"));

    // Only one code is sent as 7, and three as 13.
    assert_eq!("7".parse(), Ok(ErrorCode::CoverOpen));
    let several = "13".parse::<ErrorCode>().unwrap_err();
    assert_eq!(several.candidates().len(), 3);

    let headers: [(&str, &str); 0] = [];
    let body = br#"{"error":{"message":"The tray is empty","type":"printer_error","code":13}}"#;
    let received = ReceivedError::from_parts(409, headers, body);
    assert_eq!(received.code.as_ref().and_then(MaybeKnown::known), None);
    assert_eq!(received.candidates(), [ErrorCode::TrayMissing, ErrorCode::TrayEmpty]);
}

/// The type and the status of a response often decide, and the page in the body always does.
#[test]
fn a_body_is_read_as_the_only_code_that_fits_it() {
    for code in ErrorCode::ALL {
        let problem = read(*code, "application/problem+json");
        assert_eq!(problem.code, Some(MaybeKnown::Known(*code)));
        assert_eq!(problem.candidates(), [*code]);
    }
    for code in [
        ErrorCode::PaperUsedUp,
        ErrorCode::WarmingUp,
        ErrorCode::DirtyGlass,
        ErrorCode::CoverOpen,
        ErrorCode::LidOpen,
        ErrorCode::DeviceOff,
    ] {
        let received = read(code, "*/*");
        assert_eq!(received.code, Some(MaybeKnown::Known(code)));
        assert_eq!(received.retry().rule, code.retry());
    }
    for code in [ErrorCode::TrayMissing, ErrorCode::TrayEmpty] {
        let received = read(code, "*/*");
        assert_eq!(received.code, Some(MaybeKnown::Unknown("13".into())));
        assert_eq!(
            received.candidates(),
            [ErrorCode::TrayMissing, ErrorCode::TrayEmpty]
        );
    }
}

#[test]
fn a_body_in_another_layout_is_read_alike() {
    for code in ErrorCode::ALL {
        for media_type in ["*/*", "application/problem+json"] {
            let error = ApiError::new(*code).with_accept(media_type);
            let body: serde_json::Value = serde_json::from_str(&error.to_json()).unwrap();
            let pretty = serde_json::to_string_pretty(&body).unwrap();
            let headers: [(&str, &str); 0] = [];
            let other = ReceivedError::from_parts(error.status(), headers, pretty.as_bytes());
            let canonical =
                ReceivedError::from_parts(error.status(), headers, error.to_json().as_bytes());
            assert_eq!(other.code, canonical.code);
            assert_eq!(other.candidates(), canonical.candidates());
        }
    }
}

/// A newer server can send a status or a type that no known code with the name has.
#[test]
fn candidates_that_do_not_fit_stay() {
    let headers: [(&str, &str); 0] = [];
    let body = br#"{"error":{"message":"m","type":"new_type","code":13}}"#;
    let received = ReceivedError::from_parts(418, headers, body);
    assert_eq!(received.code, Some(MaybeKnown::Unknown("13".into())));
    assert_eq!(received.candidates().len(), 3);
    let body = br#"{"error":{"message":"m","type":"scanner_error","code":14}}"#;
    assert!(
        ReceivedError::from_parts(409, headers, body)
            .candidates()
            .is_empty()
    );
}

#[test]
fn an_envelope_has_the_code_that_its_type_and_status_decide() {
    for code in [
        ErrorCode::DirtyGlass,
        ErrorCode::CoverOpen,
        ErrorCode::LidOpen,
    ] {
        let body = ApiError::new(code).to_json();
        let read = Envelope::from_json(body.as_bytes()).unwrap();
        assert_eq!(read.code, Some(code));
        let read: Envelope<'_> = serde_json::from_str(&body).unwrap();
        assert_eq!(read.code, Some(code));
    }
    for code in [ErrorCode::TrayMissing, ErrorCode::PaperUsedUp] {
        let body = ApiError::new(code).to_json();
        let refused = Envelope::from_json(body.as_bytes()).unwrap_err();
        assert!(
            refused.to_string().starts_with("ambiguous name"),
            "{refused}"
        );
        let problem = ApiError::new(code).with_accept("application/problem+json");
        let problem = problem.to_json();
        let read = Envelope::from_json(problem.as_bytes()).unwrap();
        assert_eq!(read.code, Some(code));
    }
}

/// A client would read the name as that of a code of this API.
#[test]
fn a_foreign_code_with_the_name_of_several_is_not_handed_on() {
    let headers: [(&str, &str); 0] = [];
    let body = br#"{"error":{"message":"m","type":"new_type","code":13}}"#;
    let received = ReceivedError::from_parts(418, headers, body);
    assert!(!ApiError::relay(&received).to_json().contains("13"));
}
