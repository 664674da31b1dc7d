//! Names and values through serde.

use gateway_errors::{ApiError, BACKOFF, ErrorCode, ErrorType, MaybeKnown, ReceivedError};

#[test]
fn names_parse_print_and_serialise() {
    assert_eq!("file_too_large".parse(), Ok(ErrorCode::FileTooLarge));
    let unknown = "x".repeat(5000).parse::<ErrorCode>().unwrap_err();
    assert_eq!(unknown.name().len(), 200);
    assert_eq!(format!("{:?}", ErrorCode::FileTooLarge), "FileTooLarge");
    assert_eq!(
        format!("{:>16}|", ErrorCode::FileTooLarge),
        "  file_too_large|"
    );
    let json = serde_json::to_string(&ErrorCode::FileTooLarge).unwrap();
    assert_eq!(json, "\"file_too_large\"");
    assert_eq!(
        serde_json::from_str::<ErrorCode>(&json).unwrap(),
        ErrorCode::FileTooLarge
    );
    let error = serde_json::from_str::<ErrorCode>("\"nope\"").unwrap_err();
    assert!(error.to_string().len() < 100, "{error}");
    let open: MaybeKnown<ErrorType> = serde_json::from_str("\"new_type\"").unwrap();
    assert_eq!(serde_json::to_string(&open).unwrap(), "\"new_type\"");
}

#[test]
fn everything_that_is_public_survives_serde() {
    fn round_trip<T>(value: &T)
    where
        T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
    {
        let json = serde_json::to_string(value).unwrap();
        assert_eq!(&serde_json::from_str::<T>(&json).unwrap(), value, "{json}");
    }
    for code in ErrorCode::ALL {
        round_trip(code);
        round_trip(&MaybeKnown::Known(*code));
        round_trip(&code.retry());
        let error = ApiError::new(*code);
        let json = serde_json::to_string(&error).unwrap();
        assert_eq!(json, error.to_json());
        assert_eq!(
            serde_json::from_str::<ApiError>(&json).unwrap().to_json(),
            json
        );
    }
    for error_type in ErrorType::ALL {
        round_trip(error_type);
    }
    round_trip(&MaybeKnown::<ErrorCode>::Unknown("new".into()));
    round_trip(&BACKOFF);
    round_trip(&"nope".parse::<ErrorCode>().unwrap_err());
    round_trip(
        &ApiError::from_type(ErrorType::AuthError)
            .with_status(500)
            .unwrap_err(),
    );
    let received = ReceivedError::from_parts(429, [("retry-after", "7")], b"{\"x\":1}");
    round_trip(&received);
    round_trip(&received.retry());
    for style in gateway_errors::ENVELOPE_STYLES {
        round_trip(style);
    }
    let mut delays = BACKOFF.delays(3);
    delays.next();
    let json = serde_json::to_string(&delays).unwrap();
    let read: gateway_errors::Delays = serde_json::from_str(&json).unwrap();
    assert_eq!(read.collect::<Vec<_>>(), delays.collect::<Vec<_>>());
    // Formats without names of members give the members in their order.
    let sequence =
        serde_json::json!([429, null, null, "m", null, null, null, null, null, {}, null]);
    let received: ReceivedError = serde_json::from_value(sequence).unwrap();
    assert_eq!(
        (received.status, received.message.as_deref()),
        (429, Some("m"))
    );
}

#[test]
fn impossible_bodies_are_refused_in_few_words() {
    for (body, said) in [
        ("{}", "message"),
        (r#"{"error":{}}"#, "message"),
        (
            r#"{"error":{"message":"m","type":"new_type","code":null}}"#,
            "new_type",
        ),
        (
            r#"{"error":{"message":"m","type":"auth_error","code":"new_code"}}"#,
            "new_code",
        ),
        ("7", "message"),
    ] {
        let error = serde_json::from_str::<ApiError>(body)
            .unwrap_err()
            .to_string();
        assert!(error.contains(said) && error.len() < 200, "{error}");
    }
}
