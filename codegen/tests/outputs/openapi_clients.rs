//! What generated clients, viewers and mock servers read in the documents.

use codegen::Catalog;
use codegen::catalog::{RetryRule, StatusGroup};
use codegen::emit::openapi::{self, OpenApiVersion, Overlay};
use serde_json::{Value, json};

use crate::fixtures::{artifact, compile_text, names, plan_of, public};

const FILES: [&str; 4] = [
    "openapi.yaml",
    "openapi.json",
    "openapi-3.0.yaml",
    "openapi-strict.yaml",
];

fn read(name: &str, file: &str) -> Value {
    serde_yaml::from_str(artifact(&plan_of(name), &format!("generated/{file}"))).unwrap()
}

/// The documents of a catalog, and the result of its overlays.
fn documents(catalog: &Catalog) -> Vec<Value> {
    let documents = openapi::emit(catalog).into_iter();
    let documents = documents.map(|file| serde_yaml::from_str(&file.contents).unwrap());
    let versions = [OpenApiVersion::V3_0, OpenApiVersion::V3_1];
    let overlays = versions.map(|version| Overlay::of(catalog, version));
    let overlays = overlays.iter().map(|overlay| {
        let mut document = json!({ "components": {} });
        for (section, name, value) in overlay.components() {
            document["components"][section][name] = value.clone();
        }
        document
    });
    documents.chain(overlays.collect::<Vec<_>>()).collect()
}

fn inline(entries: &str) -> Catalog {
    let head = "version: 1\napi: { title: A, docs_url: https://example.com, crate: a-errors }\n";
    compile_text("inline", format!("{head}{entries}"))
}

/// Names of variants that openapi-generator writes into Python, Ruby and Swift as they are.
#[test]
fn names_of_variants_are_no_keywords_of_other_languages() {
    let catalog = inline(
        "types:\n  none: { status: 400, meaning: A }\ncodes:\n  \
         'none': { type: none, meaning: A, fix: Do it }\n  \
         'true': { type: none, meaning: B, fix: Do it }\n  \
         'False': { type: none, meaning: C, fix: Do it, rust: 'False' }\n  \
         begin: { type: none, meaning: D, fix: Do it, rust: BEGIN }\n  \
         end: { type: none, meaning: E, fix: Do it, rust: END }\n  \
         any: { type: none, meaning: F, fix: Do it }\n  \
         type: { type: none, meaning: G, fix: Do it }\n  \
         protocol: { type: none, meaning: H, fix: Do it }\n  \
         none_left: { type: none, meaning: I, fix: Do it }\n",
    );
    for document in documents(&catalog) {
        let schemas = &document["components"]["schemas"];
        assert_eq!(schemas["ErrorType"]["x-enum-varnames"], json!(["None_"]));
        assert_eq!(
            schemas["ErrorCode"]["x-enum-varnames"],
            json!([
                "None_",
                "True_",
                "False_",
                "BEGIN_",
                "END_",
                "Any_",
                "Type_",
                "Protocol_",
                "NoneLeft"
            ])
        );
    }
}

/// The schemas of objects in a value, with their paths.
fn objects<'a>(value: &'a Value, path: &str, found: &mut Vec<(String, &'a Value)>) {
    match value {
        Value::Object(members) => {
            if value["type"] == "object" {
                found.push((path.to_owned(), value));
            }
            for (key, value) in members.iter().filter(|(key, _)| !key.starts_with("x-")) {
                objects(value, &format!("{path}/{key}"), found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| objects(item, path, found)),
        _ => {}
    }
}

/// Java and Go clients of openapi-generator reject a member that a schema does not mention, unless it says so.
#[test]
fn clients_accept_members_that_they_do_not_know() {
    for name in names() {
        for file in FILES {
            let document = read(name, file);
            let schemas = document["components"]["schemas"].as_object().unwrap();
            for (schema, value) in schemas {
                let mut found = Vec::new();
                objects(value, schema, &mut found);
                // In the strict twin only the details of a code are open.
                let is_open = file != "openapi-strict.yaml" || schema.ends_with("Details");
                for (path, object) in found {
                    let expected = Some(&Value::Bool(is_open));
                    assert_eq!(
                        object.get("additionalProperties"),
                        expected,
                        "{name} {path}"
                    );
                }
            }
        }
    }
}

/// A client that checks a bound loses the whole body.
#[test]
fn schemas_of_bodies_have_no_bounds() {
    for name in names() {
        for file in FILES {
            let document = read(name, file);
            let is_strict = file == "openapi-strict.yaml";
            for schema in ["ErrorEnvelope", "ErrorObject", "Problem"] {
                let text = document["components"]["schemas"][schema].to_string();
                for bound in [
                    "minLength",
                    "maxLength",
                    "\"minimum\"",
                    "\"maximum\"",
                    "pattern",
                ] {
                    assert!(!text.contains(bound), "{name} {file}: {text}");
                }
            }
            let text = document["components"]["schemas"].to_string();
            assert_eq!(text.contains("minLength"), is_strict, "{name} {file}");
        }
    }
}

/// The responses of a document, each with its group: the shared ones, and those of operations.
fn responses<'a>(catalog: &'a Catalog, document: &'a Value) -> Vec<(&'a StatusGroup, &'a Value)> {
    let shared = catalog.statuses.iter().map(|group| {
        let response = &document["components"]["responses"][group.status.identifier()];
        (group, response)
    });
    let operations = catalog.operations.iter().flat_map(|operation| {
        let method = operation.method.as_str().to_ascii_lowercase();
        let responses = &document["paths"][&operation.path][method]["responses"];
        let groups = operation.statuses.iter();
        groups.map(move |group| (group, &responses[group.status.to_string()]))
    });
    let own = operations.filter(|(_, response)| response.get("$ref").is_none());
    shared.chain(own).collect()
}

fn follow<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let reference = value["$ref"].as_str();
    reference.map_or(value, |reference| {
        document.pointer(&reference[1..]).unwrap()
    })
}

/// A mock server answers with the examples of headers, and without them with the first value of an enum.
#[test]
fn examples_of_headers_are_what_the_server_sends() {
    let mut seen = [false; 3];
    for name in names() {
        let catalog = public(name);
        for file in FILES {
            let document = read(name, file);
            for (group, response) in responses(&catalog, &document) {
                let header = |name: &str| follow(&document, &response["headers"][name]);
                let id = header(&catalog.envelope.request_id);
                assert_eq!(id["example"], "req_4f9c2e71");
                let codes = group.codes.iter();
                let advice = codes.map(|id| catalog[*id].retry != RetryRule::Never);
                let of_types = group.codeless.iter();
                let of_types = of_types.map(|_| catalog.retry.statuses.contains(&group.status));
                let advice: Vec<bool> = advice.chain(of_types).collect();
                let (kind, values) = match (advice.contains(&true), advice.contains(&false)) {
                    (true, true) => (0, json!(["false", "true"])),
                    (true, false) => (1, json!(["true"])),
                    (false, _) => (2, json!(["false"])),
                };
                let should_retry = header("x-should-retry");
                assert_eq!(
                    should_retry["schema"]["enum"], values,
                    "{name} {}",
                    group.status
                );
                assert_eq!(should_retry["example"], values[0]);
                seen[kind] = true;
                let retry_after = header("Retry-After");
                let is_sent = group.retryable || group.retry_after;
                assert_eq!(!retry_after.is_null(), is_sent, "{name} {}", group.status);
                if is_sent {
                    assert!(retry_after["example"].as_u64().unwrap() > 0);
                }
                for own in &group.headers {
                    let example = &header(&own.name)["example"];
                    assert_eq!(example, &own.values[0], "{name} {}", group.status);
                }
            }
            for header in document["components"]["headers"]
                .as_object()
                .unwrap()
                .values()
            {
                assert!(!header["example"].is_null(), "{name}: {header}");
            }
        }
    }
    assert_eq!(seen, [true; 3]);
}

/// A header can have another value for each status.
#[test]
fn a_header_whose_value_varies_has_the_value_of_its_status() {
    let catalog = inline(
        "types:\n  a: { status: [401, 403], meaning: A }\ncodes:\n  \
         one: { type: a, meaning: One, fix: Do it, headers: { X-Realm: one } }\n  \
         two: { type: a, status: 403, meaning: Two, fix: Do it, headers: { X-Realm: two } }\n",
    );
    for document in documents(&catalog) {
        let responses = document["components"]["responses"].as_object().unwrap();
        let realms = responses.values().map(|response| {
            let header = follow(&document, &response["headers"]["x-realm"]);
            header["example"].as_str().unwrap()
        });
        assert_eq!(realms.collect::<Vec<_>>(), ["one", "two"]);
    }
}

/// Viewers print the status themselves, and offer examples by their summaries.
#[test]
fn descriptions_omit_the_status_and_summaries_begin_with_the_name() {
    for name in names() {
        let catalog = public(name);
        for file in FILES {
            let document = read(name, file);
            for (group, response) in responses(&catalog, &document) {
                let description = response["description"].as_str().unwrap();
                let head = description.lines().next().unwrap();
                let expected = match (group.status.reason(), group.status.class()) {
                    (Some(reason), _) => reason,
                    (None, 4) => "Client Error",
                    (None, _) => "Server Error",
                };
                assert_eq!(head, expected, "{name} {file}");
                for content in response["content"].as_object().unwrap().values() {
                    for (key, example) in content["examples"].as_object().unwrap() {
                        let summary = follow(&document, example)["summary"].as_str().unwrap();
                        let rest = summary.strip_prefix(key.as_str());
                        let rest = rest.unwrap_or_else(|| panic!("{name}: {summary}"));
                        assert!(
                            rest.is_empty() || rest.starts_with(": "),
                            "{name}: {summary}"
                        );
                    }
                }
            }
        }
    }
}

/// orval writes a range of statuses as a number.
#[test]
fn no_operation_has_a_range_of_statuses() {
    for name in names() {
        for file in FILES {
            let document = read(name, file);
            for path in document["paths"].as_object().unwrap().values() {
                for operation in path.as_object().unwrap().values() {
                    for status in operation["responses"].as_object().unwrap().keys() {
                        assert!(status.parse::<u16>().is_ok(), "{name}: {status}");
                    }
                }
            }
        }
    }
}

/// OpenAPI reads these texts as Markdown.
#[test]
fn texts_that_are_read_as_markdown_are_escaped() {
    let catalog = inline(
        "envelope: { details: true }\ntypes:\n  t: { status: 400, meaning: A }\ncodes:\n  \
         'a*b*':\n    type: t\n    meaning: M\n    fix: Do it\n    rust: Ab\n    message: 'No {size}'\n    \
         args: { size: { kind: duration, meaning: '*All* of <b>it</b>.' } }\n",
    );
    let mut catalog = catalog;
    catalog.api.servers[0].description = Some("*Live*, <b>not</b> a test".to_owned());
    for document in openapi::emit(&catalog) {
        let document: Value = serde_yaml::from_str(&document.contents).unwrap();
        assert_eq!(
            document["servers"][0]["description"],
            "&#42;Live&#42;, &lt;b&gt;not&lt;/b&gt; a test"
        );
        let details = &document["components"]["schemas"]["AbDetails"];
        assert_eq!(details["description"], "The details of the code `a*b*`.");
        assert_eq!(
            details["properties"]["size"]["description"],
            "&#42;All&#42; of &lt;b&gt;it&lt;/b&gt;. In seconds."
        );
    }
}

/// Java clients of openapi-generator read an unknown value of an enum with null as null.
#[test]
fn no_enum_of_a_closed_document_in_3_1_contains_null() {
    for name in ["arguments", "families"] {
        for file in FILES {
            let document = read(name, file);
            let schemas = &document["components"]["schemas"];
            assert!(
                !schemas["ErrorCode"]["enum"]
                    .as_array()
                    .unwrap()
                    .contains(&Value::Null)
            );
            let body = schemas.get("ErrorObject").unwrap_or(&schemas["Problem"]);
            let code = &body["properties"]["code"];
            let reference = json!({ "$ref": "#/components/schemas/ErrorCode" });
            match file {
                "openapi-strict.yaml" => assert!(code.is_null()),
                // A reference cannot be null in 3.0, so the enum is inline, and null is one of its values.
                "openapi-3.0.yaml" => {
                    let mut values = schemas["ErrorCode"]["enum"].clone();
                    values.as_array_mut().unwrap().push(Value::Null);
                    assert_eq!(code["enum"], values);
                    assert_eq!(code["nullable"], true);
                    assert_eq!(code["type"], schemas["ErrorCode"]["type"]);
                }
                _ => {
                    assert_eq!(code["anyOf"], json!([reference, { "type": "null" }]));
                    assert!(code.get("enum").is_none());
                }
            }
        }
    }
}
