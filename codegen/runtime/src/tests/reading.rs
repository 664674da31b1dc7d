//! Bodies of other APIs and of proxies.

use crate::{ErrorCode, ErrorType, MaybeKnown, ReceivedError, RetryRule};

const PROBLEM: [(&str, &str); 1] = [("content-type", "application/problem+json")];

#[track_caller]
pub(super) fn read(status: u16, body: &str) -> ReceivedError {
    let headers: [(&str, &str); 0] = [];
    ReceivedError::from_parts(status, headers, body.as_bytes())
}

pub(super) fn code(received: &ReceivedError) -> Option<&str> {
    received.code.as_ref().map(MaybeKnown::as_str)
}

/// Bodies of frameworks, proxies, providers and specifications, each followed by its message and its code.
const FORMATS: &str = include_str!("formats.txt");

#[test]
fn bodies_in_other_formats_have_a_message_and_a_code() {
    let lines: Vec<&str> = FORMATS.lines().collect();
    let (pairs, []) = lines.as_chunks::<2>() else {
        panic!("a body without its message and code");
    };
    for [body, expected] in pairs {
        let (message, name) = expected.trim().split_once(" | ").unwrap();
        let received = read(400, body);
        assert_eq!(
            received.message.as_deref().unwrap_or("-"),
            message,
            "{body}"
        );
        assert_eq!(code(&received).unwrap_or("-"), name, "{body}");
        assert_eq!(received.raw_excerpt.is_some(), message == "-", "{body}");
        let line = received.to_string();
        assert!(!line.contains(['{', '[', '"']), "{body}: {line}");
    }
}

#[test]
fn a_known_type_is_found_by_its_name() {
    for body in [
        r#"{"error":"rate_limit","message":"m"}"#,
        r#"{"message":"m","error_type":"rate_limit"}"#,
        r#"{"errors":[{"kind":"rate_limit","message":"m"}]}"#,
    ] {
        let received = read(400, body);
        let expected = Some(MaybeKnown::Known(ErrorType::RateLimit));
        assert_eq!(received.error_type, expected, "{body}");
        assert_eq!(received.code, None, "{body}");
    }
}

#[test]
fn every_error_of_a_list_is_read() {
    type Errors = &'static [(
        Option<&'static str>,
        Option<&'static str>,
        Option<&'static str>,
    )];
    let cases: &[(&str, Errors)] = &[
        (
            r#"{"errors":[{"code":"file_busy","message":"a","param":"x"},"b",{"error":{"message":"c"}}]}"#,
            &[
                (Some("a"), Some("file_busy"), Some("x")),
                (Some("b"), None, None),
                (Some("c"), None, None),
            ],
        ),
        (
            r#"{"error":{"message":"m","errors":[{"message":"a"}]}}"#,
            &[(Some("a"), None, None)],
        ),
        (
            r#"[{"message":"a"},{"detail":"b"}]"#,
            &[(Some("a"), None, None), (Some("b"), None, None)],
        ),
        (
            r#"{"detail":[{"msg":"a"}],"title":"T"}"#,
            &[(Some("a"), None, None)],
        ),
        (
            r#"{"title":"T","errors":{"name":["a","b"],"born":["c"]}}"#,
            &[
                (Some("c"), None, Some("born")),
                (Some("a"), None, Some("name")),
                (Some("b"), None, Some("name")),
            ],
        ),
        (r#"{"result":{"errors":["a"]}}"#, &[(Some("a"), None, None)]),
        (r#"{"error":"a"}"#, &[]),
    ];
    for (body, expected) in cases {
        let received = read(422, body);
        let mut read: Vec<_> = received.errors().collect();
        // The order of members depends on a feature of serde_json.
        read.sort_by(|a, b| a.param.cmp(&b.param));
        let mut expected = expected.to_vec();
        expected.sort_by_key(|(_, _, param)| *param);
        assert_eq!(read.len(), expected.len(), "{body}");
        for (error, (message, name, param)) in read.iter().zip(expected) {
            assert_eq!(error.status, 422);
            assert_eq!(
                (
                    error.message.as_deref(),
                    code(error),
                    error.param.as_deref()
                ),
                (message, name, param),
                "{body}"
            );
        }
    }
}

/// RFC 9457, section 3.1.
#[test]
fn members_of_a_problem_with_a_wrong_type_are_ignored() {
    for (body, expected) in [
        (r#"{"title":"T","detail":7}"#, Some("T")),
        (r#"{"title":"T","detail":["x"],"status":"503"}"#, Some("T")),
        (r#"{"title":{"a":"b"},"detail":{"a":"b"}}"#, None),
        (
            r#"{"type":7,"title":7,"status":{},"detail":true,"instance":[]}"#,
            None,
        ),
        (
            r#"{"detail":"D","code":{"a":1},"error_type":[1],"param":{"b":2}}"#,
            Some("D"),
        ),
        (
            r#"{"detail":"D","code":7,"error_type":7,"param":7}"#,
            Some("D"),
        ),
    ] {
        let received = ReceivedError::from_parts(400, PROBLEM, body.as_bytes());
        assert_eq!(received.message.as_deref(), expected, "{body}");
        assert_eq!(
            (&received.code, &received.error_type, &received.param),
            (&None, &None, &None)
        );
        assert_eq!(
            received.extra.contains_key("code"),
            body.contains("code"),
            "{body}"
        );
    }
    let received = read(400, r#"{"title":"T","detail":{"a":"b"},"code":["x"]}"#);
    assert_eq!(received.to_string(), "400: T");
}

#[test]
fn members_of_an_envelope_with_a_wrong_type_are_kept_beside_it() {
    let received = read(
        400,
        r#"{"error":{"message":{"a":{"b":1}},"code":{"c":2},"type":[3],"param":["d"]}}"#,
    );
    assert_eq!((received.message, received.code), (None, None));
    assert_eq!((received.error_type, received.param), (None, None));
    for member in ["message", "code", "type", "param"] {
        assert!(received.extra.contains_key(member), "{member}");
    }
}

#[test]
fn a_value_that_cannot_be_read_hides_no_other() {
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    let objects = format!("{}1{}", r#"{"a]\"":"#.repeat(300), "}".repeat(300));
    let digits = "9".repeat(400);
    for value in [
        "1e999",
        "-1e999",
        "1E+999",
        digits.as_str(),
        "12345678901234567890123",
        "NaN",
        "-Infinity",
        "Infinity",
        "[1e999,{\"b\":NaN}]",
        "\"a\nb\tc\"",
        "\"\\ud83d\"",
        "\"1e999 \\\" NaN\"",
        deep.as_str(),
        objects.as_str(),
    ] {
        let body = format!(
            r#"{{"x":{value},"error":{{"x":{value},"message":"m","code":"file_locked"}},"y":{value}}}"#
        );
        let received = read(400, &body);
        assert_eq!(received.message.as_deref(), Some("m"), "{value}");
        assert_eq!(
            received.code,
            Some(MaybeKnown::Known(ErrorCode::FileLocked)),
            "{value}"
        );
        assert_eq!(
            received.raw_excerpt.is_some(),
            value.len() > 1_000,
            "{value}"
        );
    }
    let received = read(400, r#"{"error":{"message":"m","x":-1e999,"y":[NaN]}}"#);
    assert_eq!(received.extra["x"], "-1e999");
    assert_eq!(received.extra["y"][0], "NaN");
}

#[test]
fn a_status_in_the_body_of_a_success_decides_about_retries() {
    for (status, body, expected) in [
        (
            200,
            r#"{"error":{"message":"m","code":429}}"#,
            RetryRule::Backoff,
        ),
        (
            200,
            r#"{"error":{"message":"m","code":"503"}}"#,
            RetryRule::Backoff,
        ),
        (
            200,
            r#"{"error":{"message":"m","code":400}}"#,
            RetryRule::Never,
        ),
        (
            200,
            r#"{"error":{"message":"m","code":600}}"#,
            RetryRule::Never,
        ),
        (299, r#"{"title":"T","status":503}"#, RetryRule::Backoff),
        (
            200,
            r#"{"statusCode":429,"message":"m"}"#,
            RetryRule::Backoff,
        ),
        (
            200,
            r#"{"errors":[{"message":"m","status":"429"}]}"#,
            RetryRule::Backoff,
        ),
        (
            200,
            r#"{"errors":[{"error":{"code":429}}]}"#,
            RetryRule::Backoff,
        ),
        (
            200,
            r#"{"error":{"message":"m","code":429,"type":"server_error"}}"#,
            RetryRule::Backoff,
        ),
        (
            400,
            r#"{"error":{"message":"m","code":429}}"#,
            RetryRule::Never,
        ),
        (
            503,
            r#"{"error":{"message":"m","code":400}}"#,
            RetryRule::Backoff,
        ),
        (
            200,
            r#"{"error":{"message":"m","code":"file_busy"},"status":429}"#,
            RetryRule::Never,
        ),
    ] {
        let received = read(status, body);
        assert_eq!(received.retry().rule, expected, "{body}");
        assert_eq!(received.status, status);
    }
}

#[test]
fn no_line_of_a_log_contains_json() {
    let cut = format!(r#"{{"error":{{"message":"{}"#, "x".repeat(3_000));
    let large = format!(r#"{{"error":{{"message":"{}"}}}}"#, "x".repeat(2 << 20));
    for (body, expected) in [
        (r#"{"a":{"b":1}}"#, "400"),
        ("[]", "400"),
        ("null", "400"),
        ("true", "400"),
        (cut.as_str(), "400"),
        (large.as_str(), "400"),
        ("{\n  \"error\": {", "400"),
        ("data: {\"error\":7}\n\n", "400: data: "),
        (r#"{"message":{"a":{"b":1}},"code":{"a":1}}"#, "400"),
        (
            r#"{"error":{"message":"{\"error\":{\"message\":\"inner\"}}"}}"#,
            "400: inner",
        ),
        (
            r#"{"error":{"message":"{\"a\":1}","code":"{\"a\":1}"}}"#,
            "400",
        ),
        (r#"{"error":{"message":"[{\"a\":"}}"#, "400"),
        (
            r#"{"error":{"message":"[Errno 2] No such file"}}"#,
            "400: [Errno 2] No such file",
        ),
        (
            r#"{"error":{"message":"{name} is missing"}}"#,
            "400: {name} is missing",
        ),
        ("<h1>Bad Gateway</h1>", "400: <h1>Bad Gateway</h1>"),
        ("[error] upstream", "400: [error] upstream"),
    ] {
        assert_eq!(
            read(400, body).to_string(),
            expected,
            "{}",
            &body[..body.len().min(80)]
        );
    }
}

#[test]
fn bodies_that_are_wide_or_deep_give_a_value() {
    let wide = format!(
        r#"{{"errors":[{}0]}}"#,
        r#"{"a":{"error":{"b":[]}}},"#.repeat(5_000)
    );
    let names: Vec<String> = (0..10_000).map(|at| format!(r#""n{at}":"a b""#)).collect();
    let many = format!("{{{}}}", names.join(","));
    let deep = format!(
        "{}1{}",
        r#"{"error":{"errors":[{"detail":"#.repeat(30),
        "}]}}".repeat(30)
    );
    for body in [wide, many, deep] {
        let received = read(400, &body);
        assert_eq!(received.message, None);
        assert!(received.to_string().len() < 600);
        assert!(received.errors().count() <= 5_001);
        assert_eq!(received.retry().rule, RetryRule::Never);
    }
}
