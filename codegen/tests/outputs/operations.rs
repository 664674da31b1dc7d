//! Operations have the same errors in the crate, in the OpenAPI documents and on the pages.

use std::collections::{BTreeMap, BTreeSet};

use codegen::Catalog;
use codegen::catalog::{Code, Shape, Slot};
use serde_json::Value;

use crate::fixtures::{self, artifact, example_name, plan_of, public, value_of, wire_value};
use crate::rendered_text::{bare, page};

/// The wire names of the codes of each operation, by its id.
type Errors = BTreeMap<String, BTreeSet<String>>;

fn names() -> impl Iterator<Item = &'static str> {
    fixtures::names().filter(|name| !public(name).operations.is_empty())
}

fn of_catalog(catalog: &Catalog) -> Errors {
    let operations = catalog.operations.iter().map(|operation| {
        let codes = operation.codes.iter();
        let codes = codes.map(|id| catalog[*id].names.wire.clone());
        (operation.id.clone(), codes.collect())
    });
    operations.collect()
}

/// What the file of the crate says, read as tokens.
fn of_crate(catalog: &Catalog, source: &str) -> Errors {
    let file = syn::parse_file(source).unwrap();
    let calls = file.items.iter().filter_map(|item| match item {
        syn::Item::Macro(item) => Some(item.mac.tokens.clone()),
        _ => None,
    });
    let wire = |variant: String| {
        let mut codes = catalog.codes.iter();
        let code = codes.find(|code| code.names.variant == variant);
        code.expect("a variant of the crate").names.wire.clone()
    };
    let errors = calls.map(|tokens| {
        let mut id = None;
        let mut variants = BTreeSet::new();
        // The second group states what differs.
        let mut is_first = true;
        for token in tokens {
            match token {
                proc_macro2::TokenTree::Literal(literal) if id.is_none() => {
                    let literal: syn::LitStr = syn::parse_str(&literal.to_string()).unwrap();
                    id = Some(literal.value());
                }
                proc_macro2::TokenTree::Group(group)
                    if group.delimiter() == proc_macro2::Delimiter::Brace
                        && std::mem::take(&mut is_first) =>
                {
                    let names = group.stream().into_iter().filter_map(|token| match token {
                        proc_macro2::TokenTree::Ident(name) => Some(wire(name.to_string())),
                        _ => None,
                    });
                    variants.extend(names);
                }
                _ => {}
            }
        }
        (id.expect("an id"), variants)
    });
    errors.collect()
}

fn of_document(catalog: &Catalog, document: &Value, shape: &Shape) -> Errors {
    let mut errors = Errors::new();
    let paths = document["paths"].as_object().unwrap();
    for operation in paths
        .values()
        .flat_map(|path| path.as_object().unwrap().values())
    {
        let all = ids(operation);
        let of_catalog = catalog.operations.iter().find(|one| one.id == all[0]);
        let shapes = catalog.shapes_of(of_catalog.unwrap());
        for id in &all {
            errors.entry(id.clone()).or_default();
        }
        if shapes.iter().all(|sent| sent.name != shape.name) {
            continue;
        }
        for (status, response) in operation["responses"].as_object().unwrap() {
            if status == "200" {
                continue;
            }
            let response = follow(document, response);
            let examples = &response["content"][&shape.content_type]["examples"];
            for code in &catalog.codes {
                let wire = &code.names.wire;
                let name = example_name(&shapes, shape, wire);
                if let Some(example) = examples.get(&name) {
                    let example = follow(document, example);
                    let summary = example["summary"].as_str().unwrap();
                    let body = &example["value"];
                    let shown = value_of(shape, body, Slot::Code);
                    if shown.is_null() {
                        assert!(!shape.body.has_value(Slot::Code));
                    } else {
                        assert_eq!(*shown, code_value(catalog, shape, code));
                    }
                    for id in operations_of(summary, &all) {
                        errors.get_mut(&id).unwrap().insert(wire.clone());
                    }
                }
            }
        }
    }
    errors
}

/// The operations of the catalog that an operation of a document is.
fn ids(operation: &Value) -> Vec<String> {
    match operation["x-operations"].as_object() {
        Some(merged) => merged.keys().cloned().collect(),
        None => vec![operation["operationId"].as_str().unwrap().to_owned()],
    }
}

/// The operations that the summary of an example names, else all.
fn operations_of(summary: &str, all: &[String]) -> Vec<String> {
    let named = summary.rsplit_once(" (of ");
    let named = named.and_then(|(_, named)| named.strip_suffix(')'));
    let named = named.filter(|_| all.len() > 1);
    named.map_or_else(
        || all.to_vec(),
        |named| named.split(", ").map(str::to_owned).collect(),
    )
}

/// The value of `$code` in a shape.
fn code_value(catalog: &Catalog, shape: &Shape, code: &Code) -> Value {
    match wire_value(catalog, code) {
        Value::String(_) => shape.code_name(&code.names).into(),
        number => number,
    }
}

fn follow<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    value["$ref"].as_str().map_or(value, |reference| {
        let found = document.pointer(&reference[1..]);
        found.unwrap_or_else(|| panic!("{reference} leads nowhere"))
    })
}

#[test]
fn crate_documents_and_pages_agree_on_the_errors_of_each_operation() {
    let mut operations = 0;
    for name in names() {
        let catalog = public(name);
        let plan = plan_of(name);
        let expected = of_catalog(&catalog);
        operations += expected.len();

        // An operation without codes has no enum.
        let whole = fixtures::catalog(name);
        let with_codes = of_catalog(&whole)
            .into_iter()
            .filter(|(_, codes)| !codes.is_empty());
        let source = artifact(&plan, "generated/src/catalog/operations.rs");
        assert_eq!(of_crate(&whole, source), with_codes.collect(), "{name}");

        for file in ["openapi.yaml", "openapi-3.0.yaml", "openapi-strict.yaml"] {
            let document = artifact(&plan, &format!("generated/{file}"));
            let document: Value = serde_yaml::from_str(document).unwrap();
            for shape in &catalog.envelope.shapes {
                let found = of_document(&catalog, &document, shape);
                let in_shape = catalog.operations.iter().map(|operation| {
                    let mut shapes = catalog.shapes_of(operation).into_iter();
                    let is_sent = shapes.any(|one| one.name == shape.name);
                    let codes = expected[&operation.id].clone();
                    (
                        operation.id.clone(),
                        if is_sent { codes } else { BTreeSet::new() },
                    )
                });
                let in_shape: Errors = in_shape.collect();
                assert_eq!(found, in_shape, "{name}, {file}");
            }
        }

        let shown = page(artifact(&plan, "docs/errors/operations/README.md"));
        let ids: Vec<String> = shown.headings[1..].iter().map(|(_, id)| bare(id)).collect();
        let order: Vec<String> = catalog.operations.iter().map(|o| bare(&o.id)).collect();
        assert_eq!(ids, order, "{name}");
        let mut tables = shown.rows.split(|row| row[0] == "code").skip(1);
        for operation in &catalog.operations {
            if operation.codes.is_empty() {
                continue;
            }
            let codes: Vec<String> = operation
                .codes
                .iter()
                .map(|id| crate::lifecycle_pages::shown(&catalog[*id]))
                .collect();
            let found: Vec<String> = tables
                .next()
                .unwrap()
                .iter()
                .map(|row| bare(&row[0]))
                .collect();
            assert_eq!(found, codes, "{name}: {}", operation.id);
        }

        for code in &catalog.codes {
            let file = format!("docs/errors/{}.md", code.names.slug);
            let shown = bare(&page(artifact(&plan, &file)).text);
            for (position, operation) in catalog.operations.iter().enumerate() {
                let request = bare(&format!("{} ({})", operation.request(), operation.id));
                let listed = code.operations.contains(&position);
                assert_eq!(
                    shown.contains(&request),
                    listed,
                    "{file}: {request} in {shown}"
                );
            }
        }
    }
    assert!(operations >= 14);
}

/// The choices of the catalog give one path a style of its own, and leave another to `Accept`.
#[test]
fn an_operation_answers_in_the_styles_of_its_path() {
    let plan = plan_of("problem");
    for file in ["openapi.yaml", "openapi-3.0.yaml", "openapi-strict.yaml"] {
        let document = artifact(&plan, &format!("generated/{file}"));
        let document: Value = serde_yaml::from_str(document).unwrap();
        for (path, method, expected) in [
            ("/wait", "post", &["application/json"][..]),
            (
                "/things/{thing_id}/name",
                "put",
                &["application/problem+json", "application/json"],
            ),
        ] {
            let responses = &document["paths"][path][method]["responses"];
            let errors = responses.as_object().unwrap().iter();
            let mut count = 0;
            for (status, response) in errors.filter(|(status, _)| *status != "200") {
                let content = &follow(&document, response)["content"];
                let found: Vec<&String> = content.as_object().unwrap().keys().collect();
                assert_eq!(found, expected, "{file}: {status} of {path}");
                count += 1;
            }
            assert!(count >= 2, "{path}");
        }
    }
    let page = artifact(&plan, "docs/errors/operations/README.md");
    assert_eq!(
        page.matches("Its errors have the style `openai`.").count(),
        2
    );
}

#[test]
fn parts_of_a_path_that_vary_are_parameters() {
    let plan = plan_of("problem");
    let document: Value = serde_yaml::from_str(artifact(&plan, "generated/openapi.yaml")).unwrap();
    let path = &document["paths"]["/things/{thing_id}/name"];
    for method in ["get", "put"] {
        let parameters = &path[method]["parameters"];
        assert_eq!(parameters.as_array().unwrap().len(), 1);
        assert_eq!(parameters[0]["name"], "thing_id");
        assert_eq!(parameters[0]["in"], "path");
    }
    assert_eq!(path["put"]["summary"], "Renames a thing");
    assert!(
        document["paths"]["/wait"]["post"]
            .get("parameters")
            .is_none()
    );
}

/// An operation that fails with all the codes of a status refers to the response of the status; one
/// that fails with some has a response of its own.
#[test]
fn equal_responses_appear_once() {
    let plan = plan_of("seed");
    let document: Value = serde_yaml::from_str(artifact(&plan, "generated/openapi.yaml")).unwrap();
    let responses = &document["paths"]["/v1/files"]["post"]["responses"];
    assert_eq!(
        responses["401"]["$ref"],
        "#/components/responses/Unauthorized"
    );
    assert_eq!(
        responses["503"]["$ref"],
        "#/components/responses/ServiceUnavailable"
    );
    let bad_request = &responses["400"];
    let described = bad_request["description"].as_str().unwrap();
    assert!(described.contains("mime_mismatch") && !described.contains("captcha"));
    // An operation does not respond with an unknown path or method.
    assert!(responses.get("404").is_none() && responses.get("405").is_none());
}

/// An operation that fails with some of the codes of a status may promise headers that the status does not.
#[test]
fn what_responses_refer_to_is_there() {
    let catalog = "\
version: 1
api: { title: A, docs_url: https://docs.example.com, crate: a-errors }
types:
  server_error: { status: 503, meaning: The service failed }
codes:
  busy: { type: server_error, meaning: It is busy, fix: Wait, retry: after }
  stopped: { type: server_error, meaning: It is stopped, fix: Wait }
operations:
  start: { method: POST, path: /start, errors: [busy] }
  stop: { method: POST, path: /stop, errors: [stopped] }
";
    let source = codegen::Source::new("catalog.yaml", catalog.into());
    let outcome = codegen::compile(&codegen::Inputs::new(source));
    let plan = codegen::plan(&outcome.value.unwrap());
    for file in ["openapi.yaml", "openapi-3.0.yaml", "openapi-strict.yaml"] {
        let document = artifact(&plan, &format!("generated/{file}"));
        let document: Value = serde_yaml::from_str(document).unwrap();
        let header =
            &document["paths"]["/start"]["post"]["responses"]["503"]["headers"]["Retry-After"];
        assert_eq!(follow(&document, header)["required"], true, "{file}");
    }
}

/// The fixture with two operations of one request.
#[test]
fn operations_of_one_request_are_one_operation_of_a_document_that_tells_them_apart() {
    let plan = plan_of("problem");
    let document: Value = serde_json::from_str(artifact(&plan, "generated/openapi.json")).unwrap();
    let merged = &document["paths"]["/wait"]["post"];
    assert_eq!(merged["operationId"], "post_wait");
    assert_eq!(merged["summary"], "POST /wait");
    assert_eq!(
        merged["description"],
        "One of these operations, by the request:\n\n- `wait.a-while`, when the body has `action: wait`\n\
         - `wake`, when the body has `action: wake`: Ends all waiting"
    );
    assert_eq!(
        merged["x-operations"],
        serde_json::json!({
            "wait.a-while": {
                "when": "the body has `action: wait`",
                "codes": ["too_late", "no_meaning"],
                "own": [{ "code": "no_meaning", "status": 500, "fix": "Wait longer" }],
            },
            "wake": {
                "when": "the body has `action: wake`",
                "summary": "Ends all waiting",
                "codes": ["bad_name", "too_late"],
            },
        })
    );
    let described = |status: &str| merged["responses"][status]["description"].as_str().unwrap();
    assert!(described("400").contains("| `too_late` | all |"));
    assert!(described("422").contains("| `bad_name` | `wake` |"));
    let pages = artifact(&plan, "docs/errors/operations/README.md");
    assert!(pages.contains("`POST /wait`, when the body has `action: wake`"));
    let routes = artifact(&plan, "generated/src/catalog/routes.rs");
    assert!(routes.contains("\"cannot_fail\",\n    \"post_wait\",\n]"));
    assert!(routes.contains("operations: &[(\"POST\", 5)]"));
}

#[test]
fn a_request_gets_a_name_that_no_operation_has() {
    let text = "version: 1\napi: { title: T, docs_url: https://e.x, crate: t-errors }\n\
                types:\n  t: { status: 400, meaning: Wrong }\ncodes:\n  c: { type: t, meaning: M, fix: Look }\n\
                operations:\n  a: { method: POST, path: '/{x}/b', when: a, errors: [c] }\n  \
                b: { method: POST, path: '/{x}/b', when: b, errors: [] }\n  \
                post_x_b: { method: GET, path: '/{x}/b', errors: [] }\n  \
                d: { method: POST, path: '/x/b/', when: a, errors: [c] }\n  \
                e: { method: POST, path: '/x/b/', when: b, errors: [] }\n";
    let catalog = fixtures::compile_text("names", text.to_owned());
    let paths = catalog.paths.iter();
    let ids: Vec<&str> = paths
        .flat_map(|path| &path.requests)
        .map(|request| request.id.as_str())
        .collect();
    assert_eq!(ids, ["post_x_b_2", "post_x_b", "post_x_b_3"]);
}
