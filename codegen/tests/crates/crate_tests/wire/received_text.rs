//! The characters and numbers that a client reads.

use gateway_errors::{ErrorCode, MaybeKnown, ReceivedError};

use crate::no_headers;

#[test]
fn bytes_that_are_not_utf8_lose_only_themselves() {
    let body = b"{\"error\":{\"message\":\"gr\xFC\xDFe\",\"type\":\"auth_error\",\"code\":\"invalid_api_key\"}}";
    let received = ReceivedError::from_parts(401, no_headers(), body);
    assert_eq!(
        received.code,
        Some(MaybeKnown::Known(ErrorCode::InvalidApiKey))
    );
    assert_eq!(received.message.as_deref(), Some("gr\u{FFFD}\u{FFFD}e"));
}

#[test]
fn halves_of_characters_lose_only_themselves() {
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
