//! Names of a hostile catalog, in labels.

use std::collections::BTreeMap;

use hostile_errors::{ApiError, ErrorCode, Observer};
use metrics::with_local_recorder;

use crate::recorder::Stub;

/// A label has the name as it is: exporters escape it.
#[test]
fn every_name_of_a_catalog_is_a_label() {
    let stub = Stub::default();
    let observer = Observer::new();
    with_local_recorder(&stub, || {
        let request = observer.request("PATCH", "/a_b/*~$&'()/7");
        assert_eq!(request.operation(), Some("with_texts"));
        for code in ErrorCode::ALL {
            request.answered(&ApiError::new(*code));
        }
    });
    let counted: BTreeMap<String, u64> = stub
        .counters()
        .into_iter()
        .map(|(labels, count)| {
            let [code, operation, error_type, _] = labels.try_into().unwrap();
            assert_eq!(operation.1, "with_texts");
            assert_eq!(code.1, error_type.1);
            (code.1, count)
        })
        .collect();
    let names = ErrorCode::ALL
        .iter()
        .map(|code| (code.as_str().to_owned(), 1));
    assert_eq!(counted, names.collect());
}

/// The operation of a request is found by its path, and is nothing else of it.
#[test]
fn a_request_has_the_operation_of_the_catalog() {
    use gateway_errors::Observer;

    let observer = Observer::new();
    let operation = |method: &str, path: &str| observer.request(method, path).operation();
    assert_eq!(operation("GET", "/v1/models"), Some("list_models"));
    assert_eq!(operation("HEAD", "/v1/models"), Some("list_models"));
    assert_eq!(operation("GET", "/v1/models/gpt"), Some("get_model"));
    for model in ["m", "é", "a:b", ":"] {
        let path = |call| format!("/v1beta/models/{model}:{call}");
        assert_eq!(
            operation("POST", &path("generateContent")),
            Some("generate_content")
        );
        let stream = path("streamGenerateContent");
        assert_eq!(operation("POST", &stream), Some("stream_generate_content"));
    }
    for (method, path) in [
        ("GET", ""),
        ("GET", "/"),
        ("GET", "//"),
        ("GET", "*"),
        ("GET", "v1/models"),
        ("GET", "/v1"),
        ("GET", "/v1/models/"),
        ("GET", "/v1/models/gpt/"),
        ("GET", "/v1/Models"),
        ("PUT", "/v1/models"),
        ("get", "/v1/models"),
        ("HEAD", "/v1/messages"),
        ("POST", "/v1beta/models/:generateContent"),
        ("POST", "/v1beta/models/generateContent"),
    ] {
        assert_eq!(operation(method, path), None, "{method} {path}");
    }
    let long = "/v1".repeat(100_000);
    assert_eq!(operation("GET", &long), None);
}
