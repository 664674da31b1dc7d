//! The OpenAPI document, read back with an independent YAML reader.

use std::collections::BTreeMap;

use serde_json::Value;

use codegen::catalog::Slot;

use crate::fixtures::{
    artifact, deprecated, example_name, examples, names, plan_of, public, value_of,
};
use crate::rendered_text::{bare, in_cell, page};

fn document(name: &str) -> Value {
    let plan = plan_of(name);
    serde_yaml::from_str(artifact(&plan, "generated/openapi.yaml")).unwrap()
}

/// A text, or a number as a text.
fn text(value: &Value) -> String {
    value.as_str().map_or(value.to_string(), str::to_owned)
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(text).collect()
}

/// The codes with their statuses: in the catalog, in the document, and on the pages. The crate is compared with
/// the catalog by `crates::tables_have_the_texts_of_the_catalog`.
#[test]
fn document_and_pages_agree_with_the_catalog_on_codes_and_statuses() {
    for name in names() {
        let document = document(name);
        let schema = &document["components"]["schemas"]["ErrorCode"];
        let in_document: BTreeMap<String, Value> = schema["x-codes"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(code, details)| (code.clone(), details["status"].clone()))
            .collect();
        let in_enum = strings(&schema["enum"]);
        let public = public(name);
        assert_eq!(in_enum, public.sent_names(), "{name}");
        let in_catalog: BTreeMap<String, Value> = public
            .codes
            .iter()
            .map(|code| {
                let own = code.status.own().map(|own| Value::from(own.get()));
                (code.names.wire.clone(), own.unwrap_or("none".into()))
            })
            .collect();
        assert_eq!(in_document, in_catalog, "{name}");

        let mut in_responses = BTreeMap::new();
        for group in &public.statuses {
            let response = &document["components"]["responses"][group.status.identifier()];
            let status = Value::from(group.status.get());
            let shapes = public.envelope.usual_shapes();
            for shape in &shapes {
                for example in examples(&shapes, response, shape) {
                    let shown = text(value_of(shape, example, Slot::Code));
                    let mut codes = public.codes.iter();
                    // Codes of several namespaces have one name.
                    let message = value_of(shape, example, Slot::Message);
                    let code = codes.find(|code| {
                        shape.code_name(&code.names) == shown
                            && *message == code.example_message.as_str()
                    });
                    if let Some(code) = code {
                        in_responses.insert(code.names.wire.clone(), status.clone());
                    } else {
                        assert_eq!(shown, "null", "{name}");
                    }
                }
            }
        }
        // What has no status of its own is in no response.
        let of_responses = in_document.clone().into_iter();
        let of_responses = of_responses.filter(|(_, status)| *status != "none");
        assert_eq!(in_responses, of_responses.collect(), "{name}");

        let mut on_pages = BTreeMap::new();
        let plan = plan_of(name);
        for artifact in &plan.artifacts {
            let file = artifact.path.strip_prefix("docs/errors/");
            let file = file.and_then(|name| name.strip_suffix(".md"));
            let is_of_code = |name: &str| {
                let mut codes = public.codes.iter();
                codes.any(|code| code.names.slug == name)
            };
            if !file.is_some_and(is_of_code) {
                continue;
            }
            let page = page(&artifact.contents);
            let status = page
                .rows
                .iter()
                .find(|row| row[0] == "HTTP status")
                .unwrap();
            let mut fences = page.fences.iter();
            // A page without a response shows a body alone.
            let response =
                fences.find(|(language, _)| matches!(language.as_str(), "http" | "json"));
            let (_, shown) = response.unwrap();
            let body = shown
                .split_once("\n\n")
                .map_or(shown.as_str(), |(_, body)| body);
            let body: Value = serde_json::from_str(body).unwrap();
            let shape = public.envelope.default_shape();
            let shown = text(value_of(shape, &body, Slot::Code));
            let mut codes = public.codes.iter();
            let code = codes.find(|code| {
                shape.code_name(&code.names) == shown && file == Some(code.names.slug.as_str())
            });
            let code = code.unwrap().names.wire.clone();
            let status = match status[1].as_str() {
                "no status of its own" => "none".into(),
                own => own[..3].parse::<u64>().unwrap().into(),
            };
            on_pages.insert(code, status);
        }
        assert_eq!(in_document, on_pages, "{name}");
    }
}

#[test]
fn texts_survive() {
    for name in names() {
        let catalog = public(name);
        let document = document(name);
        assert_eq!(document["info"]["title"], catalog.api.title.as_str());
        let schema = &document["components"]["schemas"]["ErrorCode"];
        for code in &catalog.codes {
            let details = &schema["x-codes"][&code.names.wire];
            // What the catalog allows to be missing is missing here too.
            for (key, text) in [("meaning", &code.meaning), ("fix", &code.fix)] {
                let expected = (!text.is_empty()).then_some(text.as_str());
                assert_eq!(details[key].as_str(), expected);
            }
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
                let shapes = catalog.envelope.usual_shapes();
                for shape in &shapes {
                    let content = &response["content"][&shape.content_type];
                    let name = example_name(&shapes, shape, &code.names.wire);
                    let body = &content["examples"][&name]["value"];
                    let message = value_of(shape, body, Slot::Message);
                    let message = message.as_str().unwrap();
                    let expected = code.example_message.as_str();
                    if shape.body.has_value(Slot::Message) {
                        assert_eq!(message, expected);
                    } else {
                        assert!(message.contains(expected));
                    }
                }
                let meaning = deprecated(&catalog, code) + &code.summary();
                let row = [&code.names.wire, &meaning, &code.fix].map(|text| in_cell(text));
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

/// A validator for a schema among the components of a document.
fn validator(document: &Value, schema: &str) -> jsonschema::Validator {
    let schema = serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": schema,
        "components": document["components"],
    });
    jsonschema::validator_for(&schema).unwrap()
}

#[test]
fn every_example_validates_against_its_schema() {
    for name in names() {
        let document = document(name);
        let mut examples = 0;
        for response in document["components"]["responses"]
            .as_object()
            .unwrap()
            .values()
        {
            for (media_type, content) in response["content"].as_object().unwrap() {
                let validator = validator(&document, content["schema"]["$ref"].as_str().unwrap());
                for example in content["examples"].as_object().unwrap().values() {
                    let error = validator.validate(&example["value"]).err();
                    assert!(error.is_none(), "{name}, {media_type}: {error:?}");
                    examples += 1;
                }
            }
        }
        assert!(examples > 0);
    }
}

#[test]
fn bodies_that_say_too_little_do_not_validate() {
    let envelope = validator(&document("seed"), "#/components/schemas/ErrorEnvelope");
    for broken in [
        serde_json::json!({}),
        serde_json::json!({"error": {"type": "x"}}),
        serde_json::json!({"error": {"type": "x", "message": 1}}),
        serde_json::json!({"error": {"type": "x", "message": "m", "code": 7}}),
    ] {
        assert!(!envelope.is_valid(&broken), "{broken}");
    }
    let problem = validator(&document("problem"), "#/components/schemas/Problem");
    let sound = serde_json::json!({
        "type": "about:blank", "title": "t", "status": 500, "detail": "d", "code": null,
        "error_type": "x", "retryable": false,
    });
    assert!(problem.is_valid(&sound));
    for member in sound.as_object().unwrap().keys() {
        // Tools for OpenAPI 3.0 do not read a null that is required.
        if member == "code" {
            continue;
        }
        let mut broken = sound.clone();
        broken.as_object_mut().unwrap().remove(member);
        assert!(!problem.is_valid(&broken), "{broken}");
    }
}

/// The details of each code in its examples are as the schema of the details says.
#[test]
fn details_are_typed() {
    let document = document("details");
    let mut typed = 0;
    for code in &public("details").codes {
        let described = &document["components"]["schemas"]["ErrorCode"]["x-codes"];
        let reference = described[&code.names.wire]["details"]["$ref"].as_str();
        let response = &document["components"]["responses"][code.status.sent().identifier()];
        let content = &response["content"]["application/json"];
        let body = &content["examples"][&code.names.wire]["value"];
        let Some(reference) = reference else {
            assert!(body["error"].get("details").is_none());
            continue;
        };
        let validator = validator(&document, reference);
        assert!(validator.is_valid(&body["error"]["details"]), "{body}");
        assert!(!validator.is_valid(&serde_json::json!({})), "{reference}");
        let mut wrong = body["error"]["details"].clone();
        for member in wrong.as_object_mut().unwrap().values_mut() {
            *member = serde_json::json!({});
        }
        assert!(!validator.is_valid(&wrong), "{reference}");
        typed += 1;
    }
    assert_eq!(typed, 7);
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
            "MethodNotAllowed",
            "RequestTimeout",
            "ContentTooLarge",
            "URITooLong",
            "TooManyRequests",
            "RequestHeaderFieldsTooLarge",
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
}

/// Without operations the document is a library of components.
#[test]
fn a_catalog_without_operations_has_no_paths() {
    let document = document("minimal");
    assert_eq!(document["paths"], serde_json::json!({}));
    assert!(document["components"].get("examples").is_none());
}
