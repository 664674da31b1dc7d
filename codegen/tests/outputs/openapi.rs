//! The OpenAPI document, read back with an independent YAML reader.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::fixtures::{GOOD, artifact, catalog, plan_of};
use crate::scratch::probe;
use crate::visible::{bare, page};

fn document(name: &str) -> Value {
    let plan = plan_of(name);
    serde_yaml::from_str(artifact(&plan, "generated/openapi.yaml")).unwrap()
}

fn names() -> impl Iterator<Item = &'static str> {
    GOOD.into_iter().chain(["seed"])
}

fn strings(value: &Value) -> Vec<&str> {
    let list = value.as_array().unwrap();
    list.iter().map(|item| item.as_str().unwrap()).collect()
}

/// The codes with their statuses: in the document, in the crate's `ALL`, and on the pages.
#[test]
fn document_crate_and_pages_agree_on_codes_and_statuses() {
    for name in names() {
        let document = document(name);
        let schema = &document["components"]["schemas"]["ErrorCode"];
        let in_document: BTreeMap<String, u64> = schema["x-codes"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(code, details)| (code.clone(), details["status"].as_u64().unwrap()))
            .collect();
        let in_enum: Vec<&str> = strings(&schema["enum"]);
        assert_eq!(in_enum.len(), in_document.len());
        assert!(in_enum.iter().all(|code| in_document.contains_key(*code)));

        let in_crate: BTreeMap<String, u64> = probe()[name]["codes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|code| {
                let name = code["name"].as_str().unwrap().to_owned();
                (name, code["status"].as_u64().unwrap())
            })
            .collect();
        assert_eq!(in_document, in_crate, "{name}");

        let mut in_responses = BTreeMap::new();
        for response in document["components"]["responses"]
            .as_object()
            .unwrap()
            .values()
        {
            let description = response["description"].as_str().unwrap();
            let status: u64 = description[..3].parse().unwrap();
            let examples = &response["content"]["application/json"]["examples"];
            for (_, example) in examples.as_object().unwrap() {
                if let Some(code) = example["value"]["error"]["code"].as_str() {
                    in_responses.insert(code.to_owned(), status);
                }
            }
        }
        assert_eq!(in_document, in_responses, "{name}");

        let mut on_pages = BTreeMap::new();
        let plan = plan_of(name);
        for artifact in &plan.artifacts {
            if !artifact.path.starts_with("docs/errors/") || artifact.path.ends_with("README.md") {
                continue;
            }
            let page = page(&artifact.contents);
            let status = page
                .rows
                .iter()
                .find(|row| row[0] == "HTTP status")
                .unwrap();
            let (_, body) = page.fences[0].1.split_once("\n\n").unwrap();
            let body: Value = serde_json::from_str(body).unwrap();
            let code = body["error"]["code"].as_str().unwrap().to_owned();
            on_pages.insert(code, status[1][..3].parse().unwrap());
        }
        assert_eq!(in_document, on_pages, "{name}");
    }
}

#[test]
fn texts_survive() {
    for name in names() {
        let catalog = catalog(name);
        let document = document(name);
        assert_eq!(document["info"]["title"], catalog.api.title.as_str());
        let schema = &document["components"]["schemas"]["ErrorCode"];
        for code in &catalog.codes {
            let details = &schema["x-codes"][&code.names.wire];
            assert_eq!(details["meaning"], code.meaning.as_str());
            assert_eq!(details["fix"], code.fix.as_str());
            assert_eq!(details["docs"], code.doc_url.as_str());
            assert_eq!(
                details["type"],
                catalog[code.error_type].names.wire.as_str()
            );
        }
        for group in &catalog.statuses {
            let response = &document["components"]["responses"][group.status.identifier()];
            let described = page(response["description"].as_str().unwrap());
            assert_eq!(described.html, Vec::<String>::new());
            for id in &group.codes {
                let code = &catalog[*id];
                let example =
                    &response["content"]["application/json"]["examples"][&code.names.wire];
                assert_eq!(
                    example["value"]["error"]["message"],
                    code.example_message.as_str()
                );
                let row = [&code.names.wire, &code.meaning, &code.fix].map(|text| bare(text));
                let found = described
                    .rows
                    .iter()
                    .any(|shown| shown.iter().map(|cell| bare(cell)).eq(row.iter().cloned()));
                assert!(found, "{name}: {row:?} in {:?}", described.rows);
            }
        }
    }
}

/// Some generators print descriptions behind `//`.
#[test]
fn descriptions_of_enums_are_one_line_each() {
    for name in names() {
        let document = document(name);
        for schema in ["ErrorCode", "ErrorType"] {
            let schema = &document["components"]["schemas"][schema];
            let lines = strings(&schema["x-enum-descriptions"]);
            assert_eq!(lines.len(), strings(&schema["enum"]).len());
            assert_eq!(lines.len(), strings(&schema["x-enum-varnames"]).len());
            assert!(
                lines
                    .iter()
                    .all(|line| !line.contains(['\n', '\r', '\u{2028}']))
            );
        }
    }
}

#[test]
fn every_example_validates_against_the_envelope() {
    for name in names() {
        let document = document(name);
        let schema = serde_json::json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$ref": "#/components/schemas/ErrorEnvelope",
            "components": document["components"],
        });
        let validator = jsonschema::validator_for(&schema).unwrap();
        let mut examples = 0;
        for response in document["components"]["responses"]
            .as_object()
            .unwrap()
            .values()
        {
            let all = &response["content"]["application/json"]["examples"];
            for example in all.as_object().unwrap().values() {
                let error = validator.validate(&example["value"]).err();
                assert!(error.is_none(), "{name}: {error:?}");
                examples += 1;
            }
        }
        assert!(examples > 0);
        for broken in [
            serde_json::json!({}),
            serde_json::json!({"error": {"type": "x"}}),
            serde_json::json!({"error": {"type": "x", "message": ""}}),
            serde_json::json!({"error": {"type": "x", "message": "m", "code": 7}}),
        ] {
            assert!(!validator.is_valid(&broken), "{broken}");
        }
    }
}

#[test]
fn responses_carry_their_headers() {
    let document = document("seed");
    let responses = document["components"]["responses"].as_object().unwrap();
    let names: Vec<&str> = responses.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "BadRequest",
            "Unauthorized",
            "PaymentRequired",
            "NotFound",
            "ContentTooLarge",
            "TooManyRequests",
            "InternalServerError",
            "BadGateway",
            "ServiceUnavailable",
            "GatewayTimeout"
        ]
    );
    for (name, response) in responses {
        let headers = response["headers"].as_object().unwrap();
        assert!(headers.contains_key("x-request-id"));
        assert!(headers.contains_key("x-should-retry"));
        let retryable = [
            "TooManyRequests",
            "BadGateway",
            "ServiceUnavailable",
            "GatewayTimeout",
        ];
        assert_eq!(
            headers.contains_key("Retry-After"),
            retryable.contains(&name.as_str())
        );
        for reference in headers.values() {
            let path = reference["$ref"]
                .as_str()
                .unwrap()
                .strip_prefix('#')
                .unwrap();
            assert!(document.pointer(path).is_some(), "{path}");
        }
    }
    assert_eq!(document["paths"], serde_json::json!({}));
}
