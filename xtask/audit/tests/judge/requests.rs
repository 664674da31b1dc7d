//! Which requests are judged, and of which operations they are.

use error_catalog_audit::judge::{Judge, Settings};

use super::support::{GOOD, catalog, exchange, file, judged};

/// The id of the operation of a request to the gateway.
fn operation(method: &str, target: &str, servers: &str) -> Option<String> {
    let text = file("catalog/catalog.yaml").replace(
        "  version: 1.0.0\n",
        &format!("  version: 1.0.0\n{servers}"),
    );
    let catalog = catalog(&text);
    let judge = Judge::new(&catalog, Settings::default());
    let mut exchange = exchange(GOOD);
    exchange.request.method = Some(method.to_owned().into());
    exchange.request.target = Some(target.to_owned().into());
    let tally = judged(&judge, &[exchange]);
    let mut groups = tally.groups();
    let operation = groups.find_map(|group| group.operation)?;
    Some(catalog.operations[operation].id.clone())
}

#[test]
fn a_request_is_of_the_operation_with_its_method_and_path() {
    for (method, target, expected) in [
        ("GET", "/v1/models", Some("list_models")),
        ("GET", "/v1/models/gpt-4?x=/v1/files", Some("get_model")),
        (
            "POST",
            "http://127.0.0.1:4000/v1/messages#a",
            Some("create_message"),
        ),
        (
            "POST",
            "/v1beta/models/x:generateContent",
            Some("generate_content"),
        ),
        (
            "POST",
            "/v1beta/models/x:streamGenerateContent?alt=sse",
            Some("stream_generate_content"),
        ),
        ("POST", "/v1beta/models/:generateContent", None),
        ("PUT", "/v1/models", None),
        ("GET", "/v1/models/", None),
        ("GET", "/v1/models/a/b", None),
        ("GET", "http://127.0.0.1", None),
        ("GET", "", None),
    ] {
        assert_eq!(
            operation(method, target, "").as_deref(),
            expected,
            "{method} {target}"
        );
    }
}

#[test]
fn the_path_of_a_server_is_before_that_of_an_operation() {
    let servers = "  servers: [{ url: https://api.example.com/api }]\n";
    let get = |target| operation("GET", target, servers);
    assert_eq!(get("/api/v1/models").as_deref(), Some("list_models"));
    // A server of a test has no such path.
    assert_eq!(get("/v1/models").as_deref(), Some("list_models"));
}

#[test]
fn other_addresses_are_not_judged() {
    let catalog = catalog(&super::support::documented());
    let settings = Settings {
        addresses: vec!["http://127.0.0.1:4000/".to_owned()],
        ..Settings::default()
    };
    let judge = Judge::new(&catalog, settings);
    let with = |target: &str| {
        exchange(
            &GOOD
                .replace("/photos/7", target)
                .replace("HTTP 404", "HTTP 500"),
        )
    };
    let targets = [
        "HTTP://127.0.0.1:4000/photos/7",
        "http://127.0.0.1:4000",
        "/photos/7",
        "http://127.0.0.1:40001/photos/7",
        "https://cdn.example.com/x.js",
    ];
    let tally = judged(&judge, &targets.map(with));
    assert_eq!(tally.counts.exchanges, 3);
    assert_eq!(tally.counts.elsewhere, 2);
}
