//! Bodies in the shapes of APIs that exist.

use codegen::catalog::Catalog;
use codegen::emit::example_body;

use crate::fixtures::catalog;

/// The body of a code in a style, on one line.
fn body(catalog: &Catalog, style: &str, code: &str) -> String {
    let mut alone = catalog.clone();
    alone.envelope.shapes.retain(|shape| shape.name == style);
    let mut codes = catalog.codes.iter();
    let code = codes.find(|found| found.names.wire == code).unwrap();
    let text = example_body(&alone, &alone.example_of_code(code));
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    value.to_string()
}

#[test]
fn bodies_of_apis_that_exist_are_written_as_they_send_them() {
    let catalog = catalog("shapes");
    for (style, code, expected) in [
        (
            "stripe",
            "20404",
            r#"{"error":{"code":"resource_missing","doc_url":"https://docs.example.com/errors/20404","message":"The requested resource /Messages/SM1 was not found","param":"resource","type":"invalid_request_error"}}"#,
        ),
        (
            "stripe",
            "20429",
            r#"{"error":{"code":"rate_limit","doc_url":"https://docs.example.com/errors/20429","message":"Too many requests in a minute","type":"invalid_request_error"}}"#,
        ),
        (
            "github",
            "21211",
            r#"{"message":"Validation Failed","errors":[{"resource":"Request","field":"title","code":"missing_field"},{"resource":"Request","field":"body","message":"is too long"},{"resource":"Request","field":"labels","message":"is unknown"}],"documentation_url":"https://docs.example.com/errors/21211","status":"422"}"#,
        ),
        (
            "slack",
            "20429",
            r#"{"ok":false,"error":"ratelimited","response_metadata":{"messages":["[ERROR] Too many requests in a minute"],"retries_left":-1,"version":"0.1.0"}}"#,
        ),
        (
            "twilio",
            "20003",
            r#"{"code":20003,"message":"The credentials are wrong","more_info":"https://docs.example.com/errors/20003","status":401}"#,
        ),
        (
            "jsonapi",
            "20404",
            r#"{"errors":[{"links":{"about":"https://docs.example.com/errors/20404"},"status":"404","code":"not-found","title":"There is no such resource","detail":"The requested resource /Messages/SM1 was not found","source":{"parameter":"resource"},"meta":{"type":"request_error","retryable":false}}]}"#,
        ),
    ] {
        assert_eq!(body(&catalog, style, code), expected, "{style}");
    }
}

#[test]
fn the_media_types_of_shapes_are_those_of_the_catalog() {
    let catalog = catalog("shapes");
    let shapes = catalog.envelope.shapes.iter();
    let types: Vec<_> = shapes
        .map(|shape| (shape.variant.as_str(), shape.content_type.as_str()))
        .collect();
    assert_eq!(
        types,
        [
            ("Stripe", "application/json"),
            ("Github", "application/vnd.github+json"),
            ("Slack", "application/json"),
            ("TwilioRest", "application/json"),
            ("JsonApi", "application/vnd.api+json"),
            ("OpenAi", "application/json"),
        ]
    );
}
