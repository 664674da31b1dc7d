//! What the crate of the sample catalog puts on the wire and reads from it.

use core::time::Duration;

use gateway_errors::{
    ApiError, BACKOFF, ErrorCode, ErrorType, MaybeKnown, REQUEST_ID_HEADER, ReceivedError,
    RetryRule,
};

fn no_headers() -> [(&'static str, &'static str); 0] {
    []
}

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
fn only_429_502_503_and_504_are_worth_another_try() {
    for status in 400..600 {
        let expected = matches!(status, 429 | 502 | 503 | 504);
        assert_eq!(
            RetryRule::from_status(status).is_retryable(),
            expected,
            "{status}"
        );
    }
    for code in ErrorCode::ALL {
        let expected = *code == ErrorCode::RateLimitExceeded;
        assert_eq!(code.retry().is_retryable(), expected, "{code}");
    }
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

#[test]
fn names_parse_print_and_serialise() {
    assert_eq!("file_too_large".parse(), Ok(ErrorCode::FileTooLarge));
    let unknown = "x".repeat(5000).parse::<ErrorCode>().unwrap_err();
    assert_eq!(unknown.name().len(), 100);
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
fn delays_grow_up_to_the_longest() {
    let delays: Vec<_> = (0..4).map(|retry| BACKOFF.delay(retry)).collect();
    assert_eq!(
        delays,
        [
            Some(Duration::from_millis(500)),
            Some(Duration::from_secs(1)),
            None,
            None
        ]
    );
}

#[test]
fn waits_are_drawn_below_the_longest_and_honour_the_server() {
    for seed in 0..1_000 {
        let waits: Vec<_> = BACKOFF.delays(seed).collect();
        assert_eq!(waits.len(), 2);
        assert!(waits[0] <= Duration::from_millis(500));
        assert!(waits[1] <= Duration::from_secs(1));
        assert_eq!(waits, BACKOFF.delays(seed).collect::<Vec<_>>());
    }
    let halves = (0..1_000).filter(|seed| {
        let first = BACKOFF.delays(*seed).next().unwrap();
        first < Duration::from_millis(250)
    });
    let halves = halves.count();
    assert!(
        (400..600).contains(&halves),
        "{halves} of 1000 in the lower half"
    );

    let mut delays = BACKOFF.delays(7);
    let asked = Duration::from_secs(30);
    let received = ReceivedError::from_parts(503, [("retry-after", "30")], b"");
    let wait = delays.next_delay(received.retry()).unwrap();
    assert!(wait >= asked && wait <= asked + BACKOFF.initial, "{wait:?}");
    let final_one = ReceivedError::from_parts(400, [("retry-after", "30")], b"");
    assert_eq!(delays.next_delay(final_one.retry()), None);
    assert!(delays.next_delay(received.retry()).is_some());
    assert_eq!(delays.next_delay(received.retry()), None);
    let plain = gateway_errors::Backoff {
        jitter: false,
        ..BACKOFF
    };
    let waits: Vec<_> = plain.delays(0).collect();
    assert_eq!(waits, [Duration::from_millis(500), Duration::from_secs(1)]);
}

#[test]
fn an_event_is_one_line_of_data() {
    let event = ApiError::new(ErrorCode::FileTooLarge)
        .with_message("two\nlines\r\n\nand more")
        .to_sse_event();
    let body = event.strip_prefix("data: ").unwrap();
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
    assert!(headers.contains(&("retry-after", u64::MAX.to_string().into())));
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
    let data = event.trim_end().strip_prefix("data: ").unwrap();
    let received = ReceivedError::from_parts(200, no_headers(), data.as_bytes());
    assert_eq!(received.retry().rule, RetryRule::Backoff);
}

#[test]
fn waits_are_read_in_every_form_that_servers_use() {
    let wait = |headers: &[(&str, &str)]| {
        ReceivedError::from_parts(429, headers.iter().copied(), b"").retry_after
    };
    for (headers, milliseconds) in [
        (&[("retry-after", "7")][..], Some(7_000)),
        (&[("retry-after", "0")], Some(0)),
        (&[("retry-after", " 1.5 ")], Some(1_500)),
        (&[("retry-after-ms", "250")], Some(250)),
        (&[("retry-after-ms", "250.5")], Some(250)),
        (
            &[("retry-after", "7"), ("retry-after-ms", "250")],
            Some(250),
        ),
        (
            &[("retry-after-ms", "250"), ("retry-after", "7")],
            Some(250),
        ),
        (
            &[("retry-after-ms", "soon"), ("retry-after", "7")],
            Some(7_000),
        ),
        (&[("retry-after", "-1")], None),
        (&[("retry-after", "1e3")], None),
        (&[("retry-after", "NaN")], None),
        (&[("retry-after", ".")], None),
        (&[("retry-after", "")], None),
    ] {
        let read = wait(headers).map(|wait| wait.as_millis());
        assert_eq!(read, milliseconds, "{headers:?}");
    }
    // What is beyond a clock is a long time, not none.
    for endless in [
        "18446744073709551615",
        "99999999999999999999",
        "1e",
        "9999999999999999999999.5",
    ] {
        let seconds = wait(&[("retry-after", endless)]).map(|wait| wait.as_secs());
        let expected = (endless != "1e").then_some(u64::MAX);
        assert_eq!(seconds, expected, "{endless}");
    }
}

#[test]
fn a_date_is_kept_whether_or_not_it_is_understood() {
    let date = "Wed, 21 Oct 2015 07:28:00 GMT";
    let received = ReceivedError::from_parts(503, [("Retry-After", date)], b"");
    assert_eq!(received.retry_after_text.as_deref(), Some(date));
    // The day is past.
    let expected = cfg!(feature = "httpdate").then_some(Duration::ZERO);
    assert_eq!(received.retry_after, expected);
}

#[cfg(feature = "httpdate")]
#[test]
fn a_date_is_a_wait_by_the_clock_of_the_server() {
    for (date, seconds) in [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 37),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 37),
        ("Sun Nov  6 08:49:37 1994", 37),
        ("Sun, 06 Nov 1994 08:48:00 GMT", 0),
    ] {
        let headers = [
            ("retry-after", date),
            ("date", "Sun, 06 Nov 1994 08:49:00 GMT"),
        ];
        let received = ReceivedError::from_parts(503, headers, b"");
        assert_eq!(
            received.retry_after,
            Some(Duration::from_secs(seconds)),
            "{date}"
        );
    }
    let date = "Sun, 06 Nov 1994 08:49:37 GMT";
    let headers = [("retry-after", date), ("retry-after", "soon")];
    let received = ReceivedError::from_parts(503, headers, b"");
    assert_eq!(received.retry_after_text.as_deref(), Some(date));
    let headers = [("retry-after", "soon")];
    let received = ReceivedError::from_parts(503, headers, b"");
    assert_eq!(received.retry_after, None);
    assert_eq!(received.retry_after_text.as_deref(), Some("soon"));
}

#[test]
fn bytes_that_are_no_text_cost_no_more_than_themselves() {
    let body = b"{\"error\":{\"message\":\"gr\xFC\xDFe\",\"type\":\"auth_error\",\"code\":\"invalid_api_key\"}}";
    let received = ReceivedError::from_parts(401, no_headers(), body);
    assert_eq!(
        received.code,
        Some(MaybeKnown::Known(ErrorCode::InvalidApiKey))
    );
    assert_eq!(received.message.as_deref(), Some("gr\u{FFFD}\u{FFFD}e"));
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
        ("{}", "status"),
        (r#"{"error":{}}"#, "message"),
        (
            r#"{"error":{"message":"m","type":"new_type","code":null}}"#,
            "new_type",
        ),
        (
            r#"{"error":{"message":"m","type":"auth_error","code":"new_code"}}"#,
            "new_code",
        ),
        ("7", "the members error, status"),
    ] {
        let error = serde_json::from_str::<ApiError>(body)
            .unwrap_err()
            .to_string();
        assert!(error.contains(said) && error.len() < 200, "{error}");
    }
}

#[test]
fn a_result_with_an_error_is_no_larger_than_a_pointer() {
    assert_eq!(size_of::<Result<(), ApiError>>(), size_of::<usize>());
    assert_eq!(size_of::<Option<ApiError>>(), size_of::<usize>());
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
        (r#"{"detail":"D","message":"M","retryable":false}"#, "D"),
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
fn what_stands_twice_is_kept_twice() {
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
fn halves_of_characters_cost_no_more_than_themselves() {
    for (message, read) in [
        (r"cut \ud83d", "cut \u{FFFD}"),
        (
            r"\udca5 and \ud83d\udca5 and \ud83d!",
            "\u{FFFD} and \u{1F4A5} and \u{FFFD}!",
        ),
        (r"\\ud83d \ud83d", "\\ud83d \u{FFFD}"),
        (r"\ud83d\ud83d\udca5", "\u{FFFD}\u{1F4A5}"),
    ] {
        let body = format!(
            r#"{{"error":{{"message":"{message}","type":"auth_error","code":"invalid_api_key"}}}}"#
        );
        let received = ReceivedError::from_parts(401, no_headers(), body.as_bytes());
        assert_eq!(received.message.as_deref(), Some(read), "{body}");
        assert_eq!(
            received.code,
            Some(MaybeKnown::Known(ErrorCode::InvalidApiKey))
        );
    }
}

#[test]
fn an_excerpt_ends_with_a_whole_character() {
    for start in 0..4 {
        let body = "x".repeat(start) + &"\u{1F4A5}".repeat(1_000);
        let received = ReceivedError::from_parts(502, no_headers(), body.as_bytes());
        let excerpt = received.raw_excerpt.unwrap();
        assert!(
            body.starts_with(&excerpt) && excerpt.len() > 2_044,
            "{}",
            excerpt.len()
        );
    }
}

#[test]
fn no_answer_forges_a_line_of_a_log() {
    let body = format!(
        r#"{{"error":{{"message":"first\nsecond\u001b[31m{}","code":"a\rb"}}}}"#,
        "x".repeat(10_000)
    );
    let headers = [("x-request-id", "req\n1")];
    let received = ReceivedError::from_parts(500, headers, body.as_bytes());
    let line = received.to_string();
    assert!(
        line.starts_with("500 a\\rb: first\\nsecond\\u{1b}[31mxx"),
        "{line}"
    );
    assert!(line.ends_with("x… (request req\\n1)"), "{line}");
    assert!(line.len() < 700);
    let body = "{\"error\":{\"message\":\"a\u{2028}b\u{202e}c\"}}";
    let turned = ReceivedError::from_parts(500, no_headers(), body.as_bytes());
    assert_eq!(turned.to_string(), "500: a\\u{2028}b\\u{202e}c");
    let page = ReceivedError::from_parts(502, no_headers(), b"<h1>\r\nBad Gateway</h1>");
    assert_eq!(page.to_string(), "502: <h1>\\r\\nBad Gateway</h1>");
}

#[test]
fn floating_point_numbers_are_read_as_they_were_written() {
    for number in ["0.19844004278856286", "5e-324", "1.7976931348623157e308"] {
        let body = format!(r#"{{"error":{{"message":"m","details":{{"ratio":{number}}}}}}}"#);
        let received = ReceivedError::from_parts(400, no_headers(), body.as_bytes());
        let expected: f64 = number.parse().unwrap();
        assert_eq!(received.extra["details"]["ratio"].as_f64(), Some(expected));
    }
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
