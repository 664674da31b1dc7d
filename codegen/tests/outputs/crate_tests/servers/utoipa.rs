//! A document of utoipa has one response for each status, with an example of each error.

use gateway_errors::{ApiError, Envelope, ErrorCode};
use serde_json::Value;
use utoipa::OpenApi;

#[utoipa::path(post, path = "/v1/files", responses((status = 200, description = "Stored"), ApiError))]
fn upload() {}

#[derive(OpenApi)]
#[openapi(paths(upload), components(schemas(Envelope)))]
struct Document;

fn document() -> Value {
    let _ = upload;
    serde_json::to_value(Document::openapi()).unwrap()
}

#[test]
fn codes_that_share_a_status_share_a_response() {
    let document = document();
    let responses = &document["paths"]["/v1/files"]["post"]["responses"];
    for code in ErrorCode::ALL {
        let response = &responses[code.status().to_string()];
        let content = &response["content"]["application/json"];
        assert_eq!(
            content["schema"]["$ref"],
            "#/components/schemas/ErrorEnvelope"
        );
        let example = &content["examples"][code.as_str()];
        assert_eq!(example["value"]["error"]["code"], code.as_str());
        assert_eq!(
            example["summary"],
            format!("{}. {}", code.meaning(), code.fix())
        );
        assert!(response["headers"]["x-request-id"].is_object());
        let retryable = response["headers"]["retry-after"].is_object();
        assert_eq!(retryable, code.retry().is_retryable());
    }
    assert_eq!(responses["200"]["description"], "Stored");
}

#[test]
fn errors_without_code_are_there_too() {
    let document = document();
    let responses = &document["paths"]["/v1/files"]["post"]["responses"];
    for status in ["404", "405", "408", "500", "502", "503", "504"] {
        let examples = &responses[status]["content"]["application/json"]["examples"];
        let examples = examples.as_object().unwrap().values();
        assert!(
            examples
                .into_iter()
                .any(|example| example["value"]["error"]["code"].is_null())
        );
    }
}

#[test]
fn the_schema_is_a_component() {
    let document = document();
    let error = &document["components"]["schemas"]["ErrorEnvelope"]["properties"]["error"];
    assert_eq!(error["required"], serde_json::json!(["message", "type"]));
    assert_eq!(
        error["properties"]["code"]["type"],
        serde_json::json!(["string", "null"])
    );
}
