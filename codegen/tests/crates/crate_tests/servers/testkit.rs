//! The test kit sees every difference, and tells all of them at once.

use gateway_errors::testkit::{EndMarker, TestResponse, check, check_stream};
use gateway_errors::{
    ApiError, ENVELOPE_STYLES, ErrorCode, ErrorType, MaybeKnown, ReceivedError, assert_error,
    assert_stream,
};

fn answer(error: ApiError) -> TestResponse {
    let headers = error.headers().into_iter();
    TestResponse {
        status: error.status(),
        headers: headers
            .map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec()))
            .collect(),
        body: error.to_json().into_bytes(),
    }
}

fn file_too_large() -> TestResponse {
    answer(ApiError::new(ErrorCode::FileTooLarge).with_request_id("req_1"))
}

#[test]
fn every_error_of_the_crate_passes() {
    for code in ErrorCode::ALL {
        let error = ApiError::new(*code).with_request_id("req_1");
        assert_error!(answer(error), *code);
    }
    let error = ApiError::from_type(ErrorType::ServerError)
        .with_status(503)
        .unwrap();
    let error = error
        .with_request_id("req_1")
        .with_retry_after(std::time::Duration::from_secs(1));
    assert_error!(answer(error), ErrorType::ServerError, 503);
}

#[test]
fn every_difference_is_reported_at_once() {
    let wrong = TestResponse {
        status: 400,
        headers: vec![
            ("content-type".to_owned(), b"text/html".to_vec()),
            ("x-should-retry".to_owned(), b"true".to_vec()),
            ("retry-after".to_owned(), b"1.5".to_vec()),
        ],
        body: br#"{"error":{"message":"","type":"server_error","code":"file_to_large"}}"#.to_vec(),
    };
    assert_eq!(
        check(wrong, ErrorCode::FileTooLarge).unwrap_err(),
        "the response is not the error file_too_large:\n  \
         status           413 expected, 400 found\n  \
         content-type     application/json expected, text/html found\n  \
         type             invalid_request_error expected, server_error found\n  \
         code             file_too_large expected, file_to_large found\n  \
         message          a text expected, nothing found\n  \
         x-request-id     one id expected, nothing found\n  \
         x-should-retry   false expected, true found\n  \
         retry-after      nothing expected, 1.5 found\n\
         body: {\"error\":{\"message\":\"\",\"type\":\"server_error\",\"code\":\"file_to_large\"}}"
    );
}

fn replace(answer: &mut TestResponse, from: &str, to: &str) {
    let body = String::from_utf8(std::mem::take(&mut answer.body)).unwrap();
    assert!(body.contains(from));
    answer.body = body.replacen(from, to, 1).into_bytes();
}

fn set_id(answer: &mut TestResponse, id: &str) {
    for (name, value) in &mut answer.headers {
        if name == "x-request-id" {
            *value = id.as_bytes().to_vec();
        }
    }
}

fn handed_on(headers: &[(&str, &str)]) -> ApiError {
    let body = br#"{"error":{"message":"The plan ended","type":"billing","code":"plan_ended"}}"#;
    let headers = headers.iter().copied();
    ApiError::relay(&ReceivedError::from_parts(402, headers, body)).with_request_id("req_1")
}

#[test]
fn an_error_that_is_handed_on_is_expected_by_its_own_name() {
    for style in ENVELOPE_STYLES {
        let error = handed_on(&[]).with_style(*style).with_instance("/files/7");
        // One style has no place for codes.
        let name = match style.as_str() {
            "anthropic" => "billing",
            _ => "plan_ended",
        };
        let received = assert_error!(answer(error), name, 402);
        assert_eq!(received.message.as_deref(), Some("The plan ended"));
    }
    let delayed = [("x-should-retry", "true"), ("retry-after", "3")];
    assert_error!(answer(handed_on(&delayed)), "plan_ended", 402);
    let of_catalog = ApiError::new(ErrorCode::FileTooLarge).with_request_id("req_1");
    assert_error!(answer(of_catalog), "file_too_large", 413);

    let changes: [fn(&mut TestResponse); 5] = [
        |answer| answer.status = 400,
        |answer| answer.headers.retain(|(name, _)| name != "x-should-retry"),
        |answer| {
            answer
                .headers
                .push(("retry-after".to_owned(), b"3".to_vec()))
        },
        |answer| replace(answer, "plan_ended", "plan_over"),
        |answer| replace(answer, "}}", ",\"stack\":[]}}"),
    ];
    for (number, change) in changes.into_iter().enumerate() {
        let mut wrong = answer(handed_on(&[]));
        change(&mut wrong);
        assert!(
            check(wrong, ("plan_ended", 402)).is_err(),
            "change {number}"
        );
    }
}

/// Media types are the same in any case, and may have parameters.
#[test]
fn a_media_type_is_compared_as_http_compares_it() {
    let mut answer = file_too_large();
    for (name, value) in &mut answer.headers {
        if name == "content-type" {
            *value = b"Application/JSON; charset=utf-8".to_vec();
        }
    }
    assert_error!(answer, ErrorCode::FileTooLarge);
}

/// Whatever is taken from a right response, or changed in it, is a difference.
#[test]
fn each_difference_alone_is_one() {
    assert_error!(file_too_large(), ErrorCode::FileTooLarge);
    let changes: [fn(&mut TestResponse); 20] = [
        |answer| answer.status = 400,
        |answer| answer.headers.retain(|(name, _)| name != "content-type"),
        |answer| answer.headers.retain(|(name, _)| name != "x-should-retry"),
        |answer| answer.headers.retain(|(name, _)| name != "x-request-id"),
        |answer| {
            answer
                .headers
                .push(("x-request-id".to_owned(), b"req_2".to_vec()))
        },
        |answer| {
            answer
                .headers
                .push(("retry-after".to_owned(), b"1".to_vec()))
        },
        |answer| answer.body = b"<html>".to_vec(),
        |answer| answer.body = ErrorCode::MimeMismatch.body_json().as_bytes().to_vec(),
        |answer| {
            answer.body =
                br#"{"error":{"message":"m","type":"t","code":"file_too_large"}}"#.to_vec()
        },
        |answer| answer.body.clear(),
        |answer| replace(answer, "{\"error\":", ""),
        |answer| replace(answer, "{\"error\":", "\u{feff}{\"error\":"),
        |answer| replace(answer, "\"param\":\"file\"", "\"param\":7"),
        |answer| replace(answer, "\"param\":\"file\"", "\"debug\":\"SELECT\""),
        |answer| replace(answer, "}}", "},\"stack\":[]}"),
        |answer| replace(answer, "}}", ",\"code\":\"mime_mismatch\"}}"),
        |answer| replace(answer, "\"code\":\"file_too_large\",", ""),
        |answer| set_id(answer, &"x".repeat(257)),
        |answer| set_id(answer, "two words"),
        |answer| set_id(answer, ""),
    ];
    for (number, change) in changes.into_iter().enumerate() {
        let mut wrong = file_too_large();
        change(&mut wrong);
        assert!(
            check(wrong, ErrorCode::FileTooLarge).is_err(),
            "change {number}"
        );
    }
    let error = ApiError::new(ErrorCode::FileTooLarge).with_request_id("req_1");
    assert!(
        check(answer(error), (ErrorType::InvalidRequestError, 413)).is_err(),
        "has a code"
    );
}

#[test]
#[should_panic(expected = "the response is not the error mime_mismatch:")]
fn the_macro_panics_with_the_differences() {
    assert_error!(file_too_large(), ErrorCode::MimeMismatch);
}

#[test]
fn bodies_of_texts_and_bytes_are_whole() {
    let response = |code: ErrorCode| -> http::Response<String> {
        ApiError::new(code).with_request_id("req_1").into()
    };
    assert_error!(response(ErrorCode::FileTooLarge), ErrorCode::FileTooLarge);
    let bytes = response(ErrorCode::FileTooLarge).map(String::into_bytes);
    assert_error!(bytes, ErrorCode::FileTooLarge);
}

fn stream(body: impl Into<String>) -> TestResponse {
    let headers = [
        ("content-type", "text/event-stream"),
        ("x-request-id", "req_1"),
    ];
    TestResponse {
        status: 200,
        headers: headers
            .map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec()))
            .into(),
        body: body.into().into_bytes(),
    }
}

fn failed() -> String {
    let error = ApiError::new(ErrorCode::FileTooLarge).with_request_id("req_1");
    error.to_sse_event()
}

#[test]
fn the_end_of_a_stream_is_its_marker_or_its_error() {
    for body in [
        "data: [DONE]\n\n",
        "data: {}\n\n: keep-alive\n\ndata:[DONE]\n\n",
        "data: {}\r\n\r\ndata: [DONE]\r\n\r\n",
        "data: {}\n\ndata: [DONE]\n\n: end\n\n",
    ] {
        assert_eq!(assert_stream!(stream(body), "[DONE]"), None, "{body}");
    }
    let anthropic = "event: message_stop\ndata: {}\n\n";
    assert_eq!(
        assert_stream!(stream(anthropic), EndMarker::Named("message_stop")),
        None
    );
    assert_eq!(assert_stream!(stream("data: {}\n\n"), EndMarker::Any), None);
    for marker in [EndMarker::Any, "[DONE]".into()] {
        let error = assert_stream!(stream("data: {}\n\n".to_owned() + &failed()), marker);
        let code = error.unwrap().code;
        assert_eq!(code, Some(MaybeKnown::Known(ErrorCode::FileTooLarge)));
    }
}

#[test]
fn a_stream_whose_end_is_not_visible_is_one() {
    let failed = failed();
    let open = failed.trim_end().to_owned();
    let problem = "event: error\ndata: {\"title\":\"Boom\",\"status\":503,\"detail\":\"Boom\"}\n\n";
    for (body, difference) in [
        (String::new(), "neither the end marker"),
        ("data: {}\n\n".to_owned(), "neither the end marker"),
        ("data: [DONE]".to_owned(), "no empty line"),
        ("data: [DONE]\n".to_owned(), "no empty line"),
        (open, "no empty line"),
        (
            failed.clone() + "data: [DONE]\n\n",
            "events follow the error",
        ),
        (
            "data: [DONE]\n\n".to_owned() + &failed,
            "events follow the end marker",
        ),
        (failed.clone() + &failed, "events follow the error"),
        (
            "data: [DONE]\n\ndata: {}\n\n".to_owned(),
            "events follow the end marker",
        ),
        (problem.to_owned(), "is a body in the style problem"),
        ("event: error\ndata: {}\n\n".to_owned(), "has no message"),
        (
            "event: error\ndata: {\"error\":{\"message\":\"m\",\"request_id\":\"req_2\"}}\n\n"
                .to_owned(),
            "the request id of the error is req_2, not req_1",
        ),
    ] {
        let told = check_stream(stream(body), "[DONE]").unwrap_err();
        assert!(told.contains(difference), "{difference}: {told}");
    }
    let mut json = stream("data: [DONE]\n\n");
    json.headers.clear();
    assert!(
        check_stream(json, "[DONE]")
            .unwrap_err()
            .contains("content type")
    );
}
