//! What a recorder loses is not a fault of the server, and is reported as not judged.

use codegen::Rule;
use error_catalog_audit::exchange::{Body, Exchange, Outcome, Repeated, Unknown};
use error_catalog_audit::finding::Reason;
use error_catalog_audit::judge::{Judge, Settings};

use super::support::{
    GOOD, broken, catalog, documented, exchange, headers, judged, response, settings,
};

/// The rules that are broken, and those that are not judged, with the reason.
fn of(exchange: &Exchange<'_>) -> (Vec<&'static str>, Vec<(&'static str, Reason)>) {
    let catalog = catalog(&documented());
    let judge = Judge::new(&catalog, settings());
    let tally = judged(&judge, std::slice::from_ref(exchange));
    let skipped = tally.skipped().into_iter();
    let skipped = skipped
        .map(|(rule, reason, _)| (rule.id(), reason))
        .collect();
    (broken(&catalog, std::slice::from_ref(exchange)), skipped)
}

#[test]
fn an_unknown_body_breaks_no_rule_and_headers_are_judged() {
    for (unknown, reason) in [
        (Unknown::Omitted, Reason::BodyOmitted),
        (Unknown::Lost, Reason::BodyLost),
        (Unknown::Distorted, Reason::BodyDistorted),
        (Unknown::Encoded, Reason::BodyEncoded),
    ] {
        let mut good = exchange(GOOD);
        response(&mut good).body = Body::Unknown(unknown);
        let (found, skipped) = of(&good);
        assert_eq!(found, [""; 0]);
        assert!(skipped.contains(&("no-envelope", reason)), "{skipped:?}");
        response(&mut good).headers = headers("content-type: text/html");
        let (found, _) = of(&good);
        assert_eq!(found, ["wrong-content-type", "request-id-missing"]);
    }
}

#[test]
fn an_empty_body_is_not_an_unknown_one() {
    let mut empty = exchange(GOOD);
    response(&mut empty).body = Body::Whole(b"".into());
    assert_eq!(of(&empty).0, ["no-envelope"]);
}

#[test]
fn a_cut_body_is_not_judged() {
    let mut cut = exchange(GOOD);
    response(&mut cut).body = Body::Cut(b"{\"error\":".into());
    let (found, skipped) = of(&cut);
    assert_eq!(found, [""; 0]);
    assert!(skipped.contains(&("no-envelope", Reason::BodyCut)));
}

#[test]
fn the_response_to_head_has_no_body() {
    let mut head = exchange(GOOD);
    head.request.method = Some("HEAD".into());
    response(&mut head).body = Body::Whole(b"".into());
    let (found, skipped) = of(&head);
    assert_eq!(found, [""; 0]);
    assert!(skipped.contains(&("no-envelope", Reason::NoBody)));
}

#[test]
fn headers_that_were_left_out_are_not_missing() {
    let limit = "GET /photos/7\n\nHTTP 429\n\n{\"error\":{\"code\":\"too_many_requests\",\"message\":\"Too many requests.\",\"type\":\"limit_error\"}}\n";
    let mut without = exchange(limit);
    assert_eq!(
        of(&without).0,
        [
            "wrong-content-type",
            "request-id-missing",
            "retry-after-missing",
            "promised-header-missing"
        ]
    );
    response(&mut without).headers.repeated = Repeated::Absent;
    let (found, skipped) = of(&without);
    assert_eq!(found, [""; 0]);
    let rules: Vec<_> = skipped.iter().map(|(rule, _)| *rule).collect();
    assert_eq!(
        rules,
        [
            "wrong-content-type",
            "request-id-missing",
            "retry-after-missing",
            "promised-header-missing"
        ]
    );
    assert!(
        skipped
            .iter()
            .all(|(_, reason)| *reason == Reason::HeadersLeftOut)
    );
}

#[test]
fn doubled_headers_are_found_as_the_recorder_writes_them() {
    let mut doubled = exchange(GOOD);
    let lines = "content-type: application/json\nx-request-id: a\nX-Request-Id: b";
    response(&mut doubled).headers = headers(lines);
    assert_eq!(of(&doubled).0, ["request-id-doubled"]);
    for joined in ["a, b", "a,b", "a\nb"] {
        response(&mut doubled).headers = headers("content-type: application/json\nx-request-id: x");
        response(&mut doubled).headers.fields[1].1 = joined.as_bytes().to_vec().into();
        response(&mut doubled).headers.repeated = Repeated::Joined;
        assert_eq!(of(&doubled).0, ["request-id-doubled"], "{joined}");
    }
    response(&mut doubled).headers = headers("content-type: application/json\nx-request-id: a");
    response(&mut doubled).headers.repeated = Repeated::One;
    let (found, skipped) = of(&doubled);
    assert_eq!(found, [""; 0]);
    assert_eq!(skipped, [("request-id-doubled", Reason::HeadersOnce)]);
}

#[test]
fn without_the_request_every_style_is_possible_and_the_operation_unknown() {
    let mut unknown = exchange(GOOD);
    unknown.request.method = None;
    unknown.request.target = None;
    unknown.request.headers.repeated = Repeated::Absent;
    let (found, skipped) = of(&unknown);
    assert_eq!(found, [""; 0]);
    assert_eq!(skipped, [("unlisted-code", Reason::RequestLeftOut)]);
    let response = response(&mut unknown);
    response.headers = headers("content-type: application/problem+json\nx-request-id: a");
    let body = r#"{"type":"about:blank","title":"x","status":404,"detail":"x","code":"photo_not_found","error_type":"request_error","retryable":false}"#;
    response.body = Body::Whole(body.as_bytes().into());
    assert_eq!(of(&unknown).0, [""; 0]);
}

#[test]
fn a_request_without_operation_is_not_judged_by_one() {
    let text = GOOD.replace("/photos/7", "/albums/7");
    let (found, skipped) = of(&exchange(&text));
    assert_eq!(found, [""; 0]);
    assert_eq!(skipped, [("unlisted-code", Reason::NoOperation)]);
}

#[test]
fn an_exchange_without_response_is_counted() {
    let catalog = catalog(&documented());
    let judge = Judge::new(&catalog, settings());
    let mut none = exchange(GOOD);
    none.outcome = Outcome::None("net::ERR_CONNECTION_REFUSED".into());
    let tally = judged(&judge, &[none]);
    assert_eq!(tally.counts.unanswered, 1);
    assert_eq!(tally.groups().count(), 0);
}

#[test]
fn a_stream_whose_end_is_not_named_is_judged_by_its_last_event_alone() {
    let catalog = catalog(&documented());
    let judge = Judge::new(&catalog, Settings::default());
    let stream = |body: &str| {
        let head = "GET /photos\n\nHTTP 200\ncontent-type: text/event-stream; charset=utf-8\n\n";
        exchange(&format!("{head}{body}\n"))
    };
    let rules = |body: &str| {
        let tally = judged(&judge, &[stream(body)]);
        let rules: Vec<_> = tally.groups().map(|group| group.rule).collect();
        (
            rules,
            tally
                .skipped()
                .into_iter()
                .map(|(_, reason, _)| reason)
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(rules("data: 1\n\n"), (vec![], vec![Reason::NoStreamEnd]));
    assert_eq!(
        rules("data: 1\n\ndata: 2"),
        (vec![Rule::UnfinishedStream], vec![])
    );
    let error = r#"{"type":"error","error":{"message":"There is no such photo.","type":"request_error","code":"photo_not_found","status":404}}"#;
    let failed = format!("data: 1\n\nevent: error\ndata: {error}\n\n");
    assert_eq!(rules(&failed).0, [Rule::UnlistedCode]);
    let tally = judged(&judge, &[stream(&failed)]);
    assert_eq!(tally.counts.streams, 1);
    let other = failed.replace("\"status\":404", "\"state\":404");
    assert_eq!(rules(&other).0, [Rule::NoEnvelope]);
    assert_eq!(
        rules("event: error\ndata: it broke\n\n").0,
        [Rule::NoEnvelope]
    );
    let mut cut = stream("data: 1\n\n");
    let response = response(&mut cut);
    response.body = Body::Cut(b"data: 1\n\n".into());
    let tally = judged(&judge, &[cut]);
    assert_eq!(
        tally.groups().next().map(|group| group.rule),
        Some(Rule::UnfinishedStream)
    );
}
