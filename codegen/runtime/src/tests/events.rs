//! Errors in streams of server-sent events.

use crate::{ApiError, EnvelopeStyle, ErrorCode, ErrorType, MaybeKnown, ReceivedError, RetryRule};

/// Events with their names, each followed by what is read from it: status, type, code, message and retry rule.
const EVENTS: &str = include_str!("events.txt");

fn shown<T: AsRef<str>>(value: Option<T>) -> String {
    value.map_or("-".to_owned(), |value| value.as_ref().to_owned())
}

fn read(event: &str) -> Option<ReceivedError> {
    let (name, data) = event.split_once(' ').unwrap();
    ReceivedError::from_event(Some(name).filter(|name| *name != "-"), data)
}

#[test]
fn events_of_every_server_are_read() {
    let lines: Vec<&str> = EVENTS.lines().collect();
    let (pairs, []) = lines.as_chunks::<2>() else {
        panic!("an event without what is read from it");
    };
    let mut wrong = Vec::new();
    for [event, expected] in pairs {
        let received = read(event).unwrap_or_else(|| panic!("{event}"));
        let rule = match received.retry().rule {
            RetryRule::Never => "never",
            RetryRule::Backoff => "backoff",
            RetryRule::After => "after",
        };
        let found = [
            received.status.to_string(),
            shown(received.error_type.as_ref().map(MaybeKnown::as_str)),
            shown(received.code.as_ref().map(MaybeKnown::as_str)),
            shown(received.message.as_ref()),
            rule.to_owned(),
        ];
        let found = found.join(" | ");
        if found != expected.trim() {
            wrong.push(format!("{event}\n{found}, not {}", expected.trim()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn other_events_are_no_errors() {
    for event in [
        "- [DONE]",
        "- ",
        "- Boom",
        "- \"Boom\"",
        "- [1]",
        "- {}",
        "- {\"error\":null}",
        "- {\"error\":false,\"message\":\"Hello\"}",
        "- {\"error\":{},\"id\":\"c1\"}",
        "- {\"error\":\"\",\"id\":\"c1\"}",
        "- {\"error\":0,\"id\":\"c1\"}",
        "- {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"delta\":{\"content\":\"error\"},\"finish_reason\":null}],\"error\":null}",
        "- {\"id\":\"c1\",\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\",\"error\":null}]}",
        "- {\"id\":\"c1\",\"choices\":[{\"delta\":{},\"finish_reason\":\"content_filter\"}]}",
        "message_start {\"type\":\"message_start\",\"message\":{\"role\":\"assistant\",\"content\":[]}}",
        "content_block_delta {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"error\"}}",
        "ping {\"type\":\"ping\"}",
        "response.created {\"type\":\"response.created\",\"response\":{\"status\":\"in_progress\",\"error\":null}}",
        "response.incomplete {\"type\":\"response.incomplete\",\"response\":{\"incomplete_details\":{\"reason\":\"content_filter\"}}}",
        "response.mcp_call.failed {\"type\":\"response.mcp_call.failed\",\"item_id\":\"i\",\"output_index\":0}",
        "- {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"file_busy\"}]}}]}",
        "- {\"type\":\"progress\",\"message\":\"Loading\",\"code\":\"phase_two\"}",
        "- {\"type\":\"progress\",\"message\":\"Loading\",\"status\":200}",
        "- {\"data\":{\"a\":1},\"errors\":[{\"message\":\"partial\"}]}",
        "- {\"errors\":[]}",
    ] {
        assert_eq!(read(event), None, "{event}");
    }
}

/// The name and the data of an event of this crate.
fn parts(event: &str) -> (Option<&str>, &str) {
    let event = event.strip_suffix("\n\n").unwrap();
    let field = |name| event.lines().find_map(|line| line.strip_prefix(name));
    (field("event: "), field("data: ").unwrap())
}

#[test]
fn events_of_this_crate_are_read() {
    for code in ErrorCode::ALL {
        let error = ApiError::new(*code)
            .with_message("two\nlines")
            .with_param("n");
        let event = error.to_sse_event();
        let (name, data) = parts(&event);
        let received = ReceivedError::from_event(name, data).unwrap();
        assert_eq!(received.code, Some(MaybeKnown::Known(*code)));
        let error_type = MaybeKnown::Known(code.error_type());
        assert_eq!(received.error_type, Some(error_type));
        assert_eq!(received.status, code.status());
        assert_eq!(received.message.as_deref(), Some("two\nlines"));
        assert_eq!(received.param.as_deref(), Some("n"));
        assert_eq!(received.retry().rule, code.retry());
        assert_eq!(received.raw_excerpt, None);
    }
    let event = ApiError::from_type(ErrorType::ServerError).to_sse_event();
    let (name, data) = parts(&event);
    let received = ReceivedError::from_event(name, data).unwrap();
    assert_eq!((received.status, received.code), (500, None));
}

/// Readers give an event without a name an empty one or `message`, or none.
#[test]
fn an_event_without_a_name_is_read() {
    let error = ApiError::new(ErrorCode::TooManyRequests).with_style(EnvelopeStyle::Google);
    let event = error.to_sse_event();
    let (name, data) = parts(&event);
    assert_eq!(name, None);
    for name in [None, Some(""), Some("message")] {
        let received = ReceivedError::from_event(name, data).unwrap();
        assert_eq!(
            received.code,
            Some(MaybeKnown::Known(ErrorCode::TooManyRequests))
        );
        assert_eq!(received.message.as_deref(), Some("Too many requests"));
        assert_eq!(received.status, 429);
    }
}

#[test]
fn the_request_id_of_an_event_is_read() {
    for event in [
        r#"error {"type":"error","error":{"type":"new","message":"Boom","request_id":"req_1"}}"#,
        r#"error {"type":"error","error":{"type":"new","message":"Boom"},"request_id":"req_1"}"#,
    ] {
        assert_eq!(read(event).unwrap().request_id.as_deref(), Some("req_1"));
    }
}

/// An event also has what the server had sent before, which is no text of the error.
#[test]
fn the_rest_of_an_event_is_kept() {
    let received = read(r#"- {"id":"c1","choices":[],"error":{"code":"new","hint":5}}"#);
    let received = received.unwrap();
    assert_eq!(received.message, None);
    let mut kept: Vec<&str> = received.extra.keys().map(String::as_str).collect();
    // The order depends on a feature of serde_json.
    kept.sort_unstable();
    assert_eq!(kept, ["choices", "hint", "id"]);
    assert!(received.raw_excerpt.is_some());
    let received = read("error {\"error\":{\"message\":\"Bo").unwrap();
    assert_eq!(
        received.raw_excerpt.as_deref(),
        Some("{\"error\":{\"message\":\"Bo")
    );
}

/// No event makes reading fail.
#[test]
fn damaged_events_are_read() {
    for line in EVENTS.lines().filter(|line| !line.starts_with(' ')) {
        let (name, data) = line.split_once(' ').unwrap();
        for end in (0..data.len()).filter(|end| data.is_char_boundary(*end)) {
            assert!(ReceivedError::from_event(Some("error"), &data[..end]).is_some());
            let _ = ReceivedError::from_event(Some(name), &data[..end]);
        }
    }
}
