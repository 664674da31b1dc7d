//! What the crate says of codes that are new, deprecated and retired.

use ticket_errors::{
    CATALOG_VERSION, Deprecation, ErrorCode, MaybeKnown, ReceivedError, RetiredCode,
};

fn read(code: &str) -> MaybeKnown<ErrorCode> {
    let body = format!(r#"{{"error":{{"message":"No","type":"ticket_error","code":"{code}"}}}}"#);
    let headers: [(&str, &str); 0] = [];
    let received = ReceivedError::from_parts(404, headers, body.as_bytes());
    received.code.unwrap()
}

// What is known of codes is known to the compiler.
const IS_DEPRECATED: bool = ErrorCode::TicketLocked.is_deprecated();
const DEPRECATION: Option<Deprecation> = ErrorCode::TicketLocked.deprecation();
const SINCE: Option<&str> = ErrorCode::TicketLocked.since();

#[test]
fn a_deprecated_code_is_read_and_names_its_successor() {
    let code = read("ticket_busy").known().unwrap();
    assert!(code.is_deprecated());
    let deprecation = code.deprecation().unwrap();
    assert_eq!(deprecation.since, Some("2.0.0"));
    assert_eq!(deprecation.successor, Some(ErrorCode::TicketLocked));
    assert!(
        deprecation
            .note
            .unwrap()
            .starts_with("Look for `ticket_locked`")
    );

    let unreleased = read("ticket_stale").known().unwrap().deprecation().unwrap();
    assert_eq!((unreleased.since, unreleased.successor), (None, None));
    assert_eq!(unreleased.note, Some("Send `If-Match`"));

    let written = serde_json::to_value(deprecation).unwrap();
    assert_eq!(written["successor"], "ticket_locked");
}

#[test]
fn a_code_that_lasts_is_not_deprecated() {
    assert_eq!((IS_DEPRECATED, DEPRECATION), (false, None));
}

#[test]
fn a_code_states_the_version_that_introduced_it() {
    assert_eq!(SINCE, Some("2.0.0"));
    // Its history says what the catalog does not.
    assert_eq!(ErrorCode::TicketNotFound.since(), Some("1.0.0"));
    assert_eq!(read("ticket_stale").known().unwrap().since(), None);
    assert_eq!(CATALOG_VERSION, "3.1.0");
}

#[test]
fn a_retired_code_is_unknown_and_has_its_reason_and_successor() {
    let code = read("ticket_gone");
    assert_eq!(code, MaybeKnown::Unknown("ticket_gone".into()));
    let retired = code.retired().unwrap();
    assert_eq!(retired.since, Some("3.0.0"));
    assert_eq!(retired.reason, "Tickets are kept for ever");
    assert_eq!(retired.successor, Some(ErrorCode::TicketNotFound));
    assert_eq!(RetiredCode::from_wire("ticket_lost").unwrap().since, None);
}

#[test]
fn codes_that_are_not_retired_have_no_retirement() {
    assert_eq!(read("ticket_found").retired(), None);
    assert_eq!(read("ticket_busy").retired(), None);
    assert_eq!(RetiredCode::from_wire(""), None);
    assert_eq!(RetiredCode::from_wire("zzz"), None);
    assert!("ticket_gone".parse::<ErrorCode>().is_err());
}

#[test]
fn internal_tombstones_are_recognised() {
    let internal = RetiredCode::ALL
        .iter()
        .filter(|retired| retired.is_internal);
    let internal: Vec<&str> = internal.map(|retired| retired.name).collect();
    assert_eq!(internal, ["ticket_shard_moved"]);
}
