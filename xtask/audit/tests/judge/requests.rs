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

/// A catalog with two operations of one request, and the codes that each lists.
fn shared() -> codegen::Catalog {
    catalog(
        "version: 1\napi: { title: T, docs_url: https://e.x, crate: t-errors }\n\
         types:\n  t: { status: 400, meaning: Wrong }\n\
         codes:\n  of_both: { type: t, meaning: Both, fix: Look }\n  of_stop: { type: t, meaning: Stop, fix: Look }\n  \
         of_none: { type: t, meaning: None, fix: Look }\n\
         operations:\n  stop: { method: POST, path: /rpc, when: it stops, errors: [of_both, of_stop] }\n  \
         start: { method: POST, path: /rpc, when: it starts, errors: [of_both] }\n\
         lint: { levels: { unreturned-code: \"off\", missing-fix-verb: \"off\" } }\n",
    )
}

#[test]
fn an_error_is_right_if_one_of_the_operations_of_the_request_lists_it() {
    let catalog = shared();
    let judge = Judge::new(&catalog, Settings::default());
    let answer = |code: &str| {
        exchange(&format!(
            "POST /rpc\n\nHTTP 400\ncontent-type: application/json\nx-request-id: req_1\nx-should-retry: false\n\n\
             {{\"error\":{{\"code\":\"{code}\",\"message\":\"M\",\"type\":\"t\"}}}}\n"
        ))
    };
    let right = judged(&judge, &[answer("of_both"), answer("of_stop")]);
    assert_eq!(right.groups().count(), 0);
    // The pair is known only where one operation lists the code.
    let [stop, start] = [0, 1];
    let code = |wire: &str| {
        let position = catalog
            .codes
            .iter()
            .position(|code| code.names.wire == wire);
        codegen::catalog::CodeId::all(catalog.codes.len()).nth(position.unwrap())
    };
    let seen = |operation, wire| right.seen.of_pair(operation, code(wire).unwrap());
    assert_eq!(seen(stop, "of_stop"), 1);
    assert_eq!(seen(stop, "of_both"), 0);
    assert_eq!(seen(start, "of_both"), 0);
    let wrong = judged(&judge, &[answer("of_none")]);
    let groups: Vec<_> = wrong.groups().collect();
    assert_eq!(groups.len(), 1);
    assert_eq!(groups[0].rule.id(), "unlisted-code");
    assert_eq!(groups[0].operation, None);
    assert_eq!(groups[0].text, "no operation of `POST /rpc` lists the code");
}
