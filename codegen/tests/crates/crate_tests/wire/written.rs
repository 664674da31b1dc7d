//! What the crate sends.

use core::time::Duration;

use gateway_errors::{
    ApiError, BACKOFF, ErrorCode, ErrorType, REQUEST_ID_HEADER, ReceivedError, RetryRule,
};

#[test]
fn the_example_of_the_page_comes_out_word_for_word() {
    let error = ApiError::new(ErrorCode::FileTooLarge).with_message("Human-readable description");
    assert_eq!(
        error.to_json(),
        r#"{"error":{"message":"Human-readable description","type":"invalid_request_error","code":"file_too_large","param":"file"}}"#
    );
    let envelope = gateway_errors::Envelope::new(&error);
    assert_eq!(
        serde_json::to_string_pretty(&envelope).unwrap(),
        "{\n  \"error\": {\n    \"message\": \"Human-readable description\",\n    \"type\": \
         \"invalid_request_error\",\n    \"code\": \"file_too_large\",\n    \"param\": \
         \"file\"\n  }\n}"
    );
}

#[test]
fn an_error_without_code_has_a_null_code_and_follows_its_status() {
    let body = ApiError::from_type(ErrorType::ServerError).to_json();
    assert_eq!(
        body,
        r#"{"error":{"message":"The upstream provider failed to answer.","type":"server_error","code":null}}"#
    );
    for (status, rule) in [
        (500, RetryRule::Never),
        (502, RetryRule::Backoff),
        (503, RetryRule::Backoff),
        (504, RetryRule::Backoff),
    ] {
        let error = ApiError::from_type(ErrorType::ServerError)
            .with_status(status)
            .unwrap();
        assert_eq!(error.status(), status);
        assert_eq!(error.retry(), rule);
    }
    let refused = ApiError::from_type(ErrorType::ServerError)
        .with_status(400)
        .unwrap_err();
    assert_eq!(
        refused.to_string(),
        "an error of type server_error cannot have status 400"
    );
}

#[test]
fn headers_carry_the_request_id_and_the_retry_rule() {
    let error = ApiError::new(ErrorCode::RateLimitExceeded)
        .with_request_id("req_1")
        .with_retry_after(Duration::from_millis(1_200));
    let headers = error.headers();
    let find = |name: &str| headers.iter().find(|(known, _)| *known == name);
    assert_eq!(REQUEST_ID_HEADER, "x-request-id");
    assert_eq!(find("content-type").unwrap().1, "application/json");
    assert_eq!(find("x-request-id").unwrap().1, "req_1");
    assert_eq!(find("x-should-retry").unwrap().1, "true");
    assert_eq!(find("retry-after").unwrap().1, "2");
    let headers = ApiError::new(ErrorCode::InsufficientCredits)
        .headers()
        .len();
    assert_eq!(headers, 2);
}

#[test]
fn a_source_reaches_the_error_chain_and_nothing_else() {
    let error = ApiError::new(ErrorCode::FileNotFound).with_source("password=hunter2");
    assert!(!error.to_json().contains("hunter2"));
    assert!(!error.to_string().contains("hunter2"));
    assert_eq!(
        std::error::Error::source(&error).unwrap().to_string(),
        "password=hunter2"
    );
    let _: Box<dyn std::error::Error + Send + Sync + 'static> = error.into();
}

#[test]
fn an_event_is_one_line_of_data() {
    let event = ApiError::new(ErrorCode::FileTooLarge)
        .with_message("two\nlines\r\n\nand more")
        .to_sse_event();
    let body = event.strip_prefix("event: error\ndata: ").unwrap();
    let body = body.strip_suffix("\n\n").unwrap();
    assert!(!body.contains(['\n', '\r']));
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["error"]["message"], "two\nlines\r\n\nand more");
}

#[test]
fn every_byte_is_escaped_as_serde_json_escapes_it() {
    for byte in 0..=0x7F_u8 {
        for before in 0..10 {
            for after in [0, 1, 7, 8, 9] {
                let message = format!(
                    "{}{}{}",
                    "é".repeat(before),
                    char::from(byte),
                    "x".repeat(after)
                );
                let error = ApiError::new(ErrorCode::FileTooLarge).with_message(message);
                let envelope = gateway_errors::Envelope::new(&error);
                assert_eq!(error.to_json(), serde_json::to_string(&envelope).unwrap());
            }
        }
    }
}

#[test]
fn nothing_that_a_caller_passes_breaks_the_response() {
    let error = ApiError::new(ErrorCode::FileTooLarge)
        .with_request_id("req\r\nset-cookie: a=1")
        .with_retry_after(Duration::MAX)
        .with_message("")
        .with_param("");
    assert_eq!(error.request_id(), None);
    let long = ApiError::new(ErrorCode::FileTooLarge).with_request_id("r".repeat(257));
    assert_eq!(long.request_id(), None);
    assert_eq!(error.param(), None);
    assert_eq!(error.message(), ErrorCode::FileTooLarge.message());
    let headers = error.headers();
    assert!(
        headers
            .iter()
            .all(|(_, value)| !value.contains(['\r', '\n']))
    );
    // A client that uploads again because of this header would fail again.
    assert!(headers.iter().all(|(name, _)| *name != "retry-after"));
    let mut delays = BACKOFF.delays(1);
    let received = ReceivedError::from_parts(
        error.status(),
        [
            ("retry-after", u64::MAX.to_string()),
            ("x-should-retry", "true".to_owned()),
        ],
        b"",
    );
    let wait = delays.next_delay(received.retry()).unwrap();
    let day = Duration::from_secs(24 * 60 * 60);
    assert!(wait >= day && wait <= day + BACKOFF.initial, "{wait:?}");
}

#[test]
fn an_error_is_one_pointer_wide() {
    assert_eq!(size_of::<ApiError>(), size_of::<usize>());
    assert_eq!(size_of::<ErrorCode>(), 1);
}

#[test]
fn a_result_with_an_error_is_as_large_as_a_pointer() {
    assert_eq!(size_of::<Result<(), ApiError>>(), size_of::<usize>());
    assert_eq!(size_of::<Option<ApiError>>(), size_of::<usize>());
}

/// The errors of an operation go into the whole and come out of it again, and no others do.
#[test]
fn errors_of_an_operation_lose_nothing_on_the_way() {
    use gateway_errors::operations::UploadFileError;

    assert_eq!(UploadFileError::OPERATION, "upload_file");
    assert_eq!(
        (UploadFileError::METHOD, UploadFileError::PATH),
        ("POST", "/v1/files")
    );
    let mut found = Vec::new();
    for code in ErrorCode::ALL {
        match UploadFileError::try_from(*code) {
            Ok(error) => {
                assert_eq!(ErrorCode::from(error), *code);
                assert_eq!(ApiError::from(error).code(), Some(*code));
                assert_eq!(error.to_string(), code.as_str());
                let json = serde_json::to_string(&error).unwrap();
                assert_eq!(
                    serde_json::from_str::<UploadFileError>(&json).unwrap(),
                    error
                );
                found.push(error);
            }
            Err(refused) => {
                assert_eq!((refused.code, refused.operation), (*code, "upload_file"));
                let json = serde_json::to_string(code).unwrap();
                assert!(serde_json::from_str::<UploadFileError>(&json).is_err());
            }
        }
    }
    assert_eq!(found, UploadFileError::ALL);
    assert!(found.contains(&UploadFileError::FileTooLarge));
}
