//! Bodies without a code, in which other texts look like one.

use super::reading::{code, read};
use crate::{MaybeKnown, RetryRule};

/// A body of this crate without a code stays without one, whatever its texts.
#[test]
fn no_code_is_read_from_a_body_that_states_none() {
    for body in [
        r#"{"error":{"message":"file_busy","type":"server_error","code":null,"param":"file_busy"}}"#,
        r#" {"error":{"message":"file_busy","type":"server_error","code":null,"param":"file_busy"}}"#,
        r#"{"type":"about:blank","title":"file_busy","detail":"file_busy","code":null,"error_type":"server_error","instance":"file_busy"}"#,
    ] {
        let received = read(500, body);
        assert_eq!(received.code, None, "{body}");
        assert_eq!(received.message.as_deref(), Some("file_busy"), "{body}");
    }
}

/// A body that has all members of its shape has no code where none is in its place, whatever the other members are.
#[test]
fn no_code_is_read_from_the_members_of_a_shape() {
    let google = r#"{"error":{"code":404,"message":"file_busy","status":"NOT_FOUND","details":[
        {"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"description":"file_busy","reason":"file_busy"}]}]}}"#;
    let anthropic = r#"{"type":"error","error":{"type":"not_found_error","message":"file_busy"}}"#;
    let problem = r#"{"type":"about:blank","title":"T","status":404,"detail":"D","code":null,"error_type":"t","retryable":false,"errors":[{"code":"file_busy","message":"file_busy"}]}"#;
    let json_api = r#"{"errors":[{"status":"404","title":"T","detail":"file_busy","meta":{"type":"t","retryable":false}},{"detail":"D","code":"file_busy"}]}"#;
    for (style, body, error_type) in [
        ("google", google, "NOT_FOUND"),
        ("anthropic", anthropic, "not_found_error"),
        ("problem", problem, "t"),
        ("jsonapi", json_api, "t"),
    ] {
        for body in [body.to_owned(), format!(" {body}")] {
            let received = read(404, &body);
            assert_eq!(received.style.as_deref(), Some(style), "{body}");
            assert_eq!(code(&received), None, "{body}");
            let name = received.error_type.as_ref().map(MaybeKnown::as_str);
            assert_eq!(name, Some(error_type), "{body}");
        }
    }
    // The status of the error stays readable, also in a success.
    let received = read(200, r#"{"error":{"code":429,"message":"m","status":"S"}}"#);
    assert_eq!(received.extra["code"], 429);
    assert_eq!(received.retry().rule, RetryRule::Backoff);
    // A code beside the members of the shape, and one instead of them, count.
    for body in [
        r#"{"error":{"code":404,"message":"m","status":"NOT_FOUND"},"reason":"file_busy"}"#,
        r#"{"error":{"message":"file_busy"}}"#,
        r#"{"type":"error","error":{"type":"file_busy","message":"m"}}"#,
    ] {
        assert_eq!(code(&read(404, body)), Some("file_busy"), "{body}");
    }
}

#[test]
fn words_that_mark_an_error_and_names_of_fields_are_not_codes() {
    let known = |name: &str| (name == "error" || name == "file").then_some(());
    for (body, expected) in [
        (
            r#"{"status":"error","type":"error","object":"error"}"#,
            None,
        ),
        (r#"{"param":"file","field":"file","path":"file"}"#, None),
        (r#"{"error":"error"}"#, Some(())),
        (r#"{"anything":"file"}"#, Some(())),
    ] {
        let body: serde_json::Value = body.parse().unwrap();
        let found = crate::runtime::other_formats::named(body.as_object().unwrap(), known);
        assert_eq!(found, expected, "{body}");
    }
    assert_eq!(
        code(&read(400, r#"{"a":"file_busy","b":"file_locked"}"#)),
        None
    );
    assert_eq!(
        code(&read(400, r#"{"a":"file_busy","reason":"file_locked"}"#)),
        Some("file_locked")
    );
}
