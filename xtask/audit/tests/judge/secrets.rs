//! No value of a request or response that may be a secret is in a report.

use error_catalog_audit::exchange::{Exchange, Outcome};
use error_catalog_audit::judge::Judge;
use error_catalog_audit::report::Report;
use error_catalog_audit::seen::scope::Scope;

use super::support::{catalog, documented, exchange, judged, settings};

/// Secrets, each in the form of another service or person.
const SECRETS: [&str; 7] = [
    "sk-live-51Hxyz7Qa9BcDeFg",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
    "0b1946f2-7d6c-4f9c-9e71-a0b3c4d5e6f7",
    "correct horse battery staple",
    "ada@example.com",
    "4111111111111111",
    "AKIAIOSFODNN7EXAMPLE",
];

/// Exchanges with a secret in every place that a report could repeat.
fn exchanges(secret: &str) -> Vec<Exchange<'static>> {
    let json = serde_json::to_string(secret).unwrap();
    let places = [
        format!(
            r#"{{"error":{{"code":{json},"message":{json},"type":{json},"param":{json},"details":{{{json}:{json},"size":{json},"owner":{json}}}}}}}"#
        ),
        format!(
            r#"{{"error":{{"code":"photo_too_large","message":{json},"type":"request_error","details":{{"size":{json},"owner":{json}}}}}}}"#
        ),
        format!(r#"{{"error":{{"code":"photo_lost","message":{json},"type":{json}}}}}"#),
        format!("{{{json}:{json}}}"),
        json.clone(),
        secret.to_owned(),
        format!("<html>{secret}</html>"),
        format!(r#"{{"error":{json}}}"#),
        format!(
            r#"{{"type":{json},"title":{json},"status":400,"detail":{json},"code":{json},"request_id":{json}}}"#
        ),
    ];
    let mut found = Vec::new();
    for body in places {
        for status in [200, 404, 500] {
            for content_type in [
                "application/json",
                "text/event-stream",
                secret,
                &format!("text/{secret}"),
            ] {
                let data = format!(
                    "event: {secret}\ndata: {body}\n\nevent: error\ndata: {body}\n\ndata: {secret}"
                );
                let body = if content_type == "text/event-stream" {
                    &data
                } else {
                    &body
                };
                let text = format!(
                    "{secret} https://ada:{secret}@api.example.com/{secret}?key={secret}#{secret}\nauthorization: Bearer {secret}\ncookie: session={secret}\nx-api-key: {secret}\naccept: {secret}\n\nHTTP {status}\ncontent-type: {content_type}\nset-cookie: session={secret}\nx-request-id: {secret}\nx-request-id: {secret}2\nx-should-retry: {secret}\nretry-after: {secret}\n\n{body}\n"
                );
                let mut exchange = exchange(&text.replace(&format!("{secret} https"), "GET https"));
                exchange.request.method = Some(secret.to_owned().into());
                found.push(exchange.clone());
                exchange.request.method = Some("GET".into());
                exchange.request.target = Some("/photos/7".into());
                found.push(exchange.clone());
                exchange.outcome = Outcome::None(secret.to_owned().into());
                found.push(exchange);
            }
        }
    }
    found
}

#[test]
fn no_report_contains_a_secret() {
    let catalog = catalog(&documented());
    let recordings = ["traffic.har".to_owned()];
    for secret in SECRETS {
        let judge = Judge::new(&catalog, settings());
        let tally = judged(&judge, &exchanges(secret));
        assert!(tally.groups().count() > 5, "{secret}");
        let report = Report::new(&tally, &recordings, Scope::default(), Vec::new());
        for (format, text) in [
            ("text", report.text()),
            ("json", report.json()),
            ("markdown", report.markdown()),
            ("github", report.github()),
            ("sarif", report.sarif()),
            ("junit", report.junit()),
        ] {
            assert!(
                !text.contains(secret),
                "{format} contains {secret}:\n{text}"
            );
            for part in secret
                .split(['.', ' ', '@'])
                .filter(|part| part.len() > 6 && *part != "example" && *part != "battery")
            {
                assert!(!text.contains(part), "{format} contains {part}:\n{text}");
            }
        }
    }
}
