//! The documents of catalogs with other shapes than their own.

use std::sync::LazyLock;

use codegen::Catalog;
use codegen::catalog::Shape;
use codegen::emit::{markdown, openapi};
use serde_json::{Value, json};

use crate::exhaustive;
use crate::fixtures::{compile_text, examples, public};
use crate::openapi_twins::{errors_that_the_twin_refuses, validator};

/// Catalogs that differ in what their bodies contain: integers as codes, and a null param with arguments. More of them
/// are in the exhaustive tests.
const CATALOGS: [&str; 4] = ["integers", "problem", "details", "families"];

/// A catalog with these shapes, and its documents: for clients, and the strict twin.
struct Case {
    name: String,
    catalog: Catalog,
    public: Value,
    strict: Value,
}

impl Case {
    fn new(name: &str, shapes: &[Shape]) -> Self {
        Self::of(public(name), name, shapes)
    }

    fn of(mut catalog: Catalog, name: &str, shapes: &[Shape]) -> Self {
        catalog.envelope.shapes = shapes.to_vec();
        // They name the styles of the catalog.
        catalog.envelope.choices.clear();
        let documents = openapi::emit(&catalog);
        let read = |wanted: &str| {
            let mut documents = documents.iter();
            let document = documents.find(|file| file.path == format!("generated/{wanted}.yaml"));
            serde_yaml::from_str(&document.unwrap().contents).unwrap()
        };
        let names: Vec<&str> = shapes.iter().map(|shape| shape.name.as_str()).collect();
        Self {
            name: format!("{name} with {}", names.join(", ")),
            public: read("openapi"),
            strict: read("openapi-strict"),
            catalog,
        }
    }

    /// The catalogs with each built-in shape, and with all of them; and one with shapes of its own.
    fn all() -> &'static [Self] {
        static CASES: LazyLock<Vec<Case>> = LazyLock::new(Case::make);
        &CASES
    }

    fn make() -> Vec<Self> {
        let catalogs = CATALOGS
            .into_iter()
            .take(exhaustive::select(2, CATALOGS.len()));
        let cases = catalogs.flat_map(|name| {
            let built_in = public(name).envelope.built_in;
            let mut choices: Vec<Vec<Shape>> =
                built_in.iter().map(|shape| vec![shape.clone()]).collect();
            choices.push(built_in);
            choices
                .into_iter()
                .map(move |shapes| Self::new(name, &shapes))
        });
        // The shapes of APIs that exist.
        let own = public("shapes").envelope.shapes;
        cases.chain([Self::new("shapes", &own)]).collect()
    }

    /// The bodies of a document, each with the schema of its response.
    fn bodies<'a>(&'a self, document: &'a Value) -> Vec<(&'a Value, Vec<&'a Value>)> {
        let mut bodies = Vec::new();
        let responses = self.public["components"]["responses"].as_object().unwrap();
        for (name, response) in responses {
            let shapes: Vec<&Shape> = self.catalog.envelope.shapes.iter().collect();
            for shape in &shapes {
                let own = &document["components"]["responses"][name];
                let schema = &own["content"][&shape.content_type]["schema"];
                bodies.push((schema, examples(&shapes, response, shape)));
            }
        }
        bodies
    }
}

#[test]
fn every_shape_has_a_strict_twin() {
    for Case {
        name,
        catalog,
        public,
        strict,
    } in Case::all()
    {
        let refused = errors_that_the_twin_refuses(name, catalog, public, strict);
        assert!(refused > 0, "{name}");
    }
}

/// Whether an element is a fault, as the styles `problem` and `google` have it.
fn is_fault(element: &Value) -> bool {
    let members = element.as_object().into_iter().flatten();
    let names: Vec<&str> = members.map(|(name, _)| name.as_str()).collect();
    matches!(names[..], ["message", "param"] | ["field", "description"])
}

/// Adds an unknown member to one object of a body after the other.
fn with_member(value: &Value, bodies: &mut Vec<Value>, put: &dyn Fn(Value) -> Value) {
    match value {
        Value::Object(members) => {
            let mut larger = members.clone();
            larger.insert("newer".to_owned(), json!(1));
            bodies.push(put(Value::Object(larger)));
            for (name, member) in members {
                // The details of a code are open.
                if name == "details" && member.is_object() || name == "value" {
                    continue;
                }
                let put = |inner: Value| {
                    let mut members = members.clone();
                    members.insert(name.clone(), inner);
                    put(Value::Object(members))
                };
                with_member(member, bodies, &put);
            }
        }
        Value::Array(elements) => {
            let mut more = elements.clone();
            // A list can contain any number of faults.
            if let Some(first) = elements.first().filter(|first| !is_fault(first)) {
                more.push(first.clone());
                bodies.push(put(Value::Array(more)));
            }
            for (position, element) in elements.iter().enumerate() {
                let put = |inner: Value| {
                    let mut elements = elements.clone();
                    elements[position] = inner;
                    put(Value::Array(elements))
                };
                with_member(element, bodies, &put);
            }
        }
        _ => {}
    }
}

/// A client reads what a newer server adds, and a contract test finds it.
#[test]
fn only_the_strict_twin_refuses_unknown_members_and_elements() {
    for case in Case::all() {
        for (document, is_open) in [(&case.public, true), (&case.strict, false)] {
            let mut changed = 0;
            for (schema, bodies) in case.bodies(document) {
                let validator = validator(document, schema);
                for body in bodies {
                    assert!(validator.is_valid(body), "{}: {body}", case.name);
                    let mut newer = Vec::new();
                    with_member(body, &mut newer, &|body| body);
                    for body in &newer {
                        assert_eq!(validator.is_valid(body), is_open, "{}: {body}", case.name);
                        changed += 1;
                    }
                }
            }
            assert!(changed > 0);
        }
    }
}

/// Removes each element of a list of a body, and repeats each.
fn with_other_elements(value: &Value, bodies: &mut Vec<Value>, put: &dyn Fn(Value) -> Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let put = |inner: Value| {
                    let mut members = members.clone();
                    members.insert(name.clone(), inner);
                    put(Value::Object(members))
                };
                with_other_elements(member, bodies, &put);
            }
        }
        Value::Array(elements) => {
            for position in 0..elements.len() {
                let is_optional = elements[position].get("fieldViolations").is_some();
                if !is_optional {
                    let mut fewer = elements.clone();
                    fewer.remove(position);
                    bodies.push(put(Value::Array(fewer)));
                }
                let mut twice = elements.clone();
                twice.push(elements[position].clone());
                bodies.push(put(Value::Array(twice)));
            }
        }
        _ => {}
    }
}

/// An element is required unless it is about the request field, and occurs once.
#[test]
fn the_strict_twin_counts_the_elements_of_lists() {
    let mut built_in = public("seed").envelope.built_in;
    built_in.retain(|shape| ["google", "jsonapi"].contains(&shape.name.as_str()));
    for shape in built_in {
        let case = Case::new("seed", &[shape]);
        let mut changed = 0;
        for (schema, bodies) in case.bodies(&case.strict) {
            let validator = validator(&case.strict, schema);
            for body in bodies {
                let mut others = Vec::new();
                with_other_elements(body, &mut others, &|body| body);
                for body in others {
                    assert!(!validator.is_valid(&body), "{}: {body}", case.name);
                    changed += 1;
                }
            }
        }
        assert!(changed > 0, "{}", case.name);
    }
}

/// Generated clients have one type for all responses of a media type.
#[test]
fn all_responses_of_a_media_type_have_the_same_schema() {
    for case in Case::all() {
        let responses = case.public["components"]["responses"].as_object().unwrap();
        for shape in &case.catalog.envelope.shapes {
            let schemas = responses.values().map(|response| {
                let schema = &response["content"][&shape.content_type]["schema"];
                schema["$ref"].as_str().unwrap()
            });
            let mut schemas: Vec<&str> = schemas.collect();
            schemas.dedup();
            assert_eq!(schemas.len(), 1, "{}: {schemas:?}", case.name);
        }
        // A client that checks a bound loses the whole body.
        let text = case.public["components"]["schemas"].to_string();
        for bound in ["minLength", "pattern", "minItems", "maxItems", "const"] {
            let keyword = format!("{bound:?}:");
            assert!(!text.contains(&keyword), "{}: {bound}", case.name);
        }
    }
}

/// A shape of the catalog, with each kind of value.
#[test]
fn a_shape_of_the_catalog_has_schemas() {
    let catalog = compile_text(
        "inline",
        "version: 1\n\
         api: { title: A, docs_url: https://example.com, crate: a-errors }\n\
         envelope:\n  style: acme\n  shapes:\n    acme:\n      \
         body: { ok: false, id: 'E-${code}', kind: $type, text: $message, page: $doc_url|none, wait: '${retry_after} s', \
         trace: $request_id, more: { $if: param, field: $param } }\n\
         types:\n  t: { status: [400, 404], meaning: A }\n\
         codes:\n  gone: { type: t, status: 404, meaning: Gone, fix: Do it }\n"
            .to_owned(),
    );
    let shapes = catalog.envelope.shapes.clone();
    let case = Case::of(catalog, "inline", &shapes);
    let body = json!({
        "ok": false, "id": "E-gone", "kind": "t", "text": "Gone", "page": case.catalog.codes[0].doc_url,
        "trace": null,
    });
    let with = |name: &str, value: Value| {
        let mut body = body.clone();
        body[name] = value;
        body
    };
    let admits = |document: &Value, body: &Value| {
        let content = &document["components"]["responses"]["NotFound"]["content"];
        validator(document, &content["application/json"]["schema"]).is_valid(body)
    };
    for (name, value, is_exact) in [
        ("trace", json!("req_1"), true),
        ("trace", json!(null), true),
        ("wait", json!("5 s"), true),
        ("more", json!({ "field": "name" }), true),
        ("wait", json!("soon"), false),
        ("id", json!("E-newer"), false),
        ("ok", json!(true), false),
        ("text", json!(""), false),
        ("page", json!("none"), false),
        ("newer", json!(1), false),
    ] {
        let body = with(name, value);
        assert!(admits(&case.public, &body), "{body}");
        assert_eq!(admits(&case.strict, &body), is_exact, "{body}");
    }
    for (name, value) in [
        ("more", json!({})),
        ("text", json!(null)),
        ("wait", json!(5)),
    ] {
        let body = with(name, value);
        assert!(!admits(&case.public, &body), "{body}");
        assert!(!admits(&case.strict, &body), "{body}");
    }
    let schema = &case.public["components"]["schemas"]["AcmeError"];
    // An error without code has no `id`.
    assert_eq!(schema["required"], json!(["ok", "kind", "text", "page"]));
}

/// The snippets of a page read the code where the shape has it, and the type in a shape without code.
#[test]
fn snippets_read_the_place_of_the_code() {
    let catalog = public("seed");
    for shape in &catalog.envelope.built_in {
        let (typescript, python, jq) = match shape.name.as_str() {
            "anthropic" => (
                "body?.error?.type === \"not_found_error\"",
                "response.json()[\"error\"][\"type\"]",
                ".error.type",
            ),
            "google" => (
                "body?.error?.details?.find?.((entry) => entry?.[\"@type\"] === \
                 \"type.googleapis.com/google.rpc.ErrorInfo\")?.reason === \"MODEL_NOT_FOUND\"",
                "[entry for entry in response.json()[\"error\"][\"details\"] if entry[\"@type\"] == \
                 \"type.googleapis.com/google.rpc.ErrorInfo\"][0][\"reason\"]",
                "'.error.details[] | select(.\"@type\" == \
                 \"type.googleapis.com/google.rpc.ErrorInfo\") | .reason'",
            ),
            "jsonapi" => (
                "body?.errors?.[0]?.code === \"model_not_found\"",
                "response.json()[\"errors\"][0][\"code\"]",
                "'.errors[0].code'",
            ),
            "problem" => ("body?.code ===", "response.json()[\"code\"]", ".code"),
            _ => (
                "body?.error?.code ===",
                "response.json()[\"error\"][\"code\"]",
                ".error.code",
            ),
        };
        let mut catalog = catalog.clone();
        catalog.envelope.shapes = vec![shape.clone()];
        let pages = markdown::emit(&catalog);
        let mut pages = pages.iter();
        let page = pages.find(|page| page.path == "docs/errors/model_not_found.md");
        let page = &page.unwrap().contents;
        for expected in [typescript, python, &format!("jq --raw-output {jq} ")] {
            assert!(
                page.contains(expected),
                "{}: {expected}\n{page}",
                shape.name
            );
        }
    }
}
