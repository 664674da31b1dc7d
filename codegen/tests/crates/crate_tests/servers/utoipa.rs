//! A document of utoipa has one response for each status, with an example of each error.

use gateway_errors::utoipa::Schemas;
use gateway_errors::{ApiError, ErrorCode, ErrorType};
use serde_json::Value;
use utoipa::OpenApi;

#[utoipa::path(post, path = "/v1/files", responses((status = 200, description = "Stored"), ApiError))]
fn upload() {}

#[derive(OpenApi)]
#[openapi(paths(upload), modifiers(&Schemas))]
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
            format!("{code}: {}. {}", code.meaning(), code.fix())
        );
        assert!(response["headers"]["x-request-id"].is_object());
        let retryable = response["headers"]["retry-after"].is_object();
        assert_eq!(retryable, code.retry().is_retryable());
    }
    assert_eq!(responses["200"]["description"], "Stored");
}

/// The examples of the document that the catalog gives have the same names and the same bodies.
#[test]
fn the_document_has_the_examples_of_the_catalog() {
    let catalog = include_str!("../../seed/generated/openapi.yaml");
    let catalog: Value = serde_yaml::from_str(catalog).unwrap();
    let document = document();
    let responses = &document["paths"]["/v1/files"]["post"]["responses"];
    let mut compared = 0;
    let described = |response: &Value| {
        let description = response["description"].as_str().unwrap();
        description.lines().next().map(str::to_owned)
    };
    for response in catalog["components"]["responses"]
        .as_object()
        .unwrap()
        .values()
    {
        let mut own = responses.as_object().unwrap().iter();
        let own = own.find(|(_, own)| described(own) == described(response));
        let (status, _) = own.unwrap();
        let examples = &responses[status]["content"]["application/json"]["examples"];
        let of_catalog = response["content"]["application/json"]["examples"]
            .as_object()
            .unwrap();
        assert_eq!(
            examples.as_object().unwrap().len(),
            of_catalog.len(),
            "{status}"
        );
        for (name, example) in of_catalog {
            assert_eq!(examples[name]["value"], example["value"], "{status} {name}");
            compared += 1;
        }
    }
    assert!(compared > ErrorCode::ALL.len());
    let statuses = responses.as_object().unwrap().len() - 1;
    assert_eq!(
        statuses,
        catalog["components"]["responses"]
            .as_object()
            .unwrap()
            .len()
    );
}

#[test]
fn every_schema_that_is_referred_to_is_a_component() {
    let document = document();
    let schemas = &document["components"]["schemas"];
    let error = &schemas["ErrorObject"];
    assert_eq!(error["required"], serde_json::json!(["message", "type"]));
    assert_eq!(
        error["properties"]["code"]["type"],
        serde_json::json!(["string", "null"])
    );
    assert_eq!(
        schemas["ErrorCode"]["enum"].as_array().unwrap().len(),
        ErrorCode::ALL.len()
    );
    assert_eq!(
        schemas["ErrorType"]["enum"].as_array().unwrap().len(),
        ErrorType::ALL.len()
    );
    let text = document.to_string();
    for (at, _) in text.match_indices("#/components/schemas/") {
        let name = text[at..]
            .split('"')
            .next()
            .unwrap()
            .rsplit('/')
            .next()
            .unwrap();
        assert!(schemas[name].is_object(), "{name}");
    }
}

/// Headers say what can stand in them.
#[test]
fn headers_are_described() {
    let document = document();
    let responses = &document["paths"]["/v1/files"]["post"]["responses"];
    let headers = &responses["429"]["headers"];
    let values = |status: &str| &responses[status]["headers"]["x-should-retry"]["schema"]["enum"];
    assert_eq!(*values("429"), serde_json::json!(["true"]));
    assert_eq!(*values("400"), serde_json::json!(["false"]));
    assert_eq!(headers["retry-after"]["schema"]["minimum"], 1);
}

/// Errors that differ have an example each, whatever they are called.
#[test]
fn errors_of_the_same_name_that_differ_have_an_example_each() {
    let errors = || {
        let other = ApiError::new(ErrorCode::MimeMismatch).with_message("Another");
        [
            ErrorCode::MimeMismatch.into(),
            other,
            ErrorCode::MimeMismatch.into(),
        ]
    };
    let responses = serde_json::to_value(gateway_errors::utoipa::responses(errors())).unwrap();
    let examples = &responses["400"]["content"]["application/json"]["examples"];
    assert_eq!(examples.as_object().unwrap().len(), 2);
    assert_eq!(
        examples["mime_mismatch (2)"]["value"]["error"]["message"],
        "Another"
    );
}
