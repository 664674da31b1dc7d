//! `openapi overlay`: what it prints is applied here by a library that knows overlays, and in `cargo conformance`
//! by the tools that people use.

use std::collections::BTreeSet;

use enumset::EnumSet;
use roas_overlay::apply::Apply as _;
use roas_overlay::v1_0::Overlay;
use serde_json::{Value, json};

use crate::project::{Project, Run};

const API: &str = include_str!("../../../codegen/examples/gateway/openapi.yaml");

/// The sample with all its outputs, and the document of its API in a version.
fn project(version: &str) -> Project {
    let project = Project::generated();
    assert_eq!(API.matches("openapi: 3.1.0\n").count(), 1);
    let api = API.replace("openapi: 3.1.0", &format!("openapi: {version}"));
    project.write("api.yaml", api);
    project
}

fn read(yaml: &str) -> Value {
    serde_yaml::from_str(yaml).expect("YAML")
}

fn apply(overlay: &str, document: &mut Value) {
    let overlay: Overlay = serde_yaml::from_str(overlay).expect("an overlay");
    let applied = overlay.apply(document, EnumSet::empty());
    applied.expect("an overlay that can be applied");
}

/// Takes the errors away again, and gives back those of each operation and the components.
fn take_errors(document: &mut Value, own: &Value) -> (Value, Value) {
    let mut errors = json!({});
    for (path, operations) in document["paths"].as_object_mut().expect("paths") {
        for (method, operation) in operations.as_object_mut().expect("operations") {
            let own = &own["paths"][path][method]["responses"];
            let Some(responses) = operation.get_mut("responses") else {
                continue;
            };
            let responses = responses.as_object_mut().expect("responses");
            let all: Vec<String> = responses.keys().cloned().collect();
            for status in all {
                if own.get(&status).is_none() {
                    errors[path][method][&status] = responses.remove(&status).expect("it is there");
                }
            }
        }
    }
    let mut components = json!({});
    for (section, all) in document["components"].as_object_mut().expect("components") {
        let all = all.as_object_mut().expect("a section");
        let names: Vec<String> = all.keys().cloned().collect();
        for name in names {
            if own["components"][section].get(&name).is_none() {
                components[section][&name] = all.remove(&name).expect("it is there");
            }
        }
    }
    let sections = document["components"].as_object_mut().expect("components");
    sections.retain(|_, all| all.as_object().is_some_and(|all| !all.is_empty()));
    (errors, components)
}

/// The error responses of a generated document, by path and method.
fn generated_errors(generated: &Value) -> Value {
    let mut errors = json!({});
    for (path, operations) in generated["paths"].as_object().expect("paths") {
        for (method, operation) in operations.as_object().expect("operations") {
            let mut responses = operation["responses"].clone();
            responses.as_object_mut().expect("responses").remove("200");
            errors[path][method] = responses;
        }
    }
    errors
}

#[test]
fn a_document_gets_the_errors_of_the_generated_one_and_keeps_what_it_has() {
    for (version, option, file) in [
        ("3.1.0", "", "openapi.yaml"),
        ("3.1.0", "--strict", "openapi-strict.yaml"),
        ("3.0.3", "", "openapi-3.0.yaml"),
    ] {
        let project = project(version);
        let run = project.run(&format!("openapi overlay {option} --to api.yaml"));
        let run = run.exits_with(0);
        assert!(!run.stderr.contains("warning"), "{run:#?}");
        let generated = read(&project.read(&format!("generated/{file}")));
        let own = read(&project.read("api.yaml"));
        let mut full = own.clone();
        apply(&run.stdout, &mut full);
        let once = full.clone();
        apply(&run.stdout, &mut full);
        assert_eq!(full.to_string(), once.to_string(), "{version} {option}");
        let (errors, components) = take_errors(&mut full, &own);
        assert_eq!(full, own);
        assert_eq!(components, generated["components"], "{version} {option}");
        assert_eq!(errors, generated_errors(&generated), "{version} {option}");
    }
}

#[test]
fn the_strict_overlay_for_3_0_states_constants_as_enums() {
    let project = project("3.0.3");
    let run = project.run("openapi overlay --strict --to api.yaml");
    let overlay = run.exits_with(0).stdout;
    for word in ["const:", "type: \"null\"", "\"null\"]"] {
        assert!(!overlay.contains(word), "{word}");
    }
    let mut full = read(&project.read("api.yaml"));
    apply(&overlay, &mut full);
    let schemas = &full["components"]["schemas"];
    let error = &schemas["code.file_too_large"]["properties"]["error"]["properties"];
    assert_eq!(error["code"], json!({ "enum": ["file_too_large"] }));
    let response = &full["components"]["responses"]["BadGateway"];
    let schema = &response["content"]["application/json"]["schema"];
    assert_eq!(
        schema["properties"]["error"]["properties"]["code"],
        json!({ "type": "string", "nullable": true, "enum": [null] })
    );
}

/// A document that has the operation, and some errors by hand.
const OWN: &str = "\
openapi: 3.1.0
info: { title: Own, version: 1.0.0 }
paths:
  /names:
    post:
      operationId: create_name
      responses:
        200: { description: Created }
        400: { description: Bad }
        5XX: { description: Worse }
    get: { operationId: list_names, responses: { 200: { description: All } } }
    delete: { responses: { 200: { description: Gone } } }
components:
  schemas:
    ErrorCode: { type: string, enum: [mine] }
    Name: { type: string }
";

const CATALOG: &str = "\
version: 1
api: { title: Small API, docs_url: https://docs.example.com, crate: small-errors }
types:
  request_error: { status: 400, meaning: The request is wrong }
codes:
  bad_name: { type: request_error, meaning: The name is taken, fix: Choose another }
operations:
  create_name: { method: POST, path: /v1/names, errors: [bad_name] }
";

fn small() -> Project {
    let project = Project::with_catalog(CATALOG);
    project.write("api.yaml", OWN);
    project
}

fn overlay(project: &Project) -> Run {
    project.run("openapi overlay --to api.yaml")
}

#[test]
fn what_the_overlay_replaces_and_what_has_no_errors_is_listed() {
    let project = small();
    let run = overlay(&project).exits_with(0);
    let run = run
        .says("replaces these components of api.yaml; rename those that you need:\n  components.schemas.ErrorCode\n")
        .says("replaces these responses of api.yaml:\n  create_name: 400\n")
        .says("these operations of api.yaml are missing in the catalog:\n  list_names: GET /names\n  DELETE /names, which has no operationId\n")
        .says("overlay for api.yaml with 8 components and 1 operation\n");
    let mut document = read(OWN);
    apply(&run.stdout, &mut document);
    let responses = &document["paths"]["/names"]["post"]["responses"];
    let statuses: BTreeSet<&str> = responses
        .as_object()
        .expect("responses")
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(statuses, ["200", "400", "5XX"].into());
    assert_eq!(
        responses["400"],
        json!({ "$ref": "#/components/responses/BadRequest" })
    );
    let schemas = &document["components"]["schemas"];
    assert_eq!(schemas["ErrorCode"]["enum"], json!(["bad_name"]));
    assert_eq!(schemas["Name"], json!({ "type": "string" }));
    // What is there already is replaced by the same, which is nothing to tell.
    project.write("api.yaml", document.to_string());
    let run = overlay(&project).exits_with(0);
    assert!(!run.stderr.contains("replaces"), "{run:#?}");
}

/// Two operations of the catalog are one of the document, whatever its id is.
const SHARED: &str = "\
operations:
  create_name: { method: POST, path: /names, when: it is new, errors: [bad_name] }
  change_name: { method: POST, path: /names, when: it is known, errors: [] }
";

#[test]
fn operations_of_one_request_are_found_by_their_method_and_path() {
    let (head, _) = CATALOG.split_once("operations:").expect("operations");
    let project = Project::with_catalog(&format!("{head}{SHARED}"));
    let own = OWN.replace("create_name", "anything");
    project.write("api.yaml", &own);
    let run = overlay(&project).exits_with(0);
    let run = run.says("replaces these responses of api.yaml:\n  post_names: 400\n");
    let mut document = read(&own);
    apply(&run.stdout, &mut document);
    let operation = &document["paths"]["/names"]["post"];
    assert_eq!(operation["operationId"], "anything");
    let described = operation["responses"]["400"]["description"].as_str();
    assert!(described.is_some_and(|text| text.contains("| `bad_name` | `create_name` |")));
    project.write("api.yaml", own.replace("/names", "/other"));
    let run = overlay(&project).exits_with(1);
    run.says("error: unknown request POST /names in api.yaml: add it there, with this path, or remove its operations from the catalog\n");
}

#[test]
fn an_operation_missing_in_the_document_is_an_error_with_help() {
    let refused = |api: &str, help: &str| {
        let project = small();
        project.write("api.yaml", api);
        let run = overlay(&project).exits_with(1).says(&format!(
            "error: unknown operationId `create_name` in api.yaml: {help}\n"
        ));
        run.prints_nothing();
    };
    refused(
        &OWN.replace("create_name", "createName"),
        "POST /names has the operationId `createName` there; use it in the catalog too",
    );
    refused(
        &OWN.replace("      operationId: create_name\n", ""),
        "add this operationId to POST /names there",
    );
    refused(
        &OWN.replace("create_name", "create_nam")
            .replace("/names", "/name"),
        "did you mean `create_nam`?",
    );
    refused(
        "openapi: 3.1.0\npaths: { /names: { $ref: names.yaml } }",
        "/names is in another file there, which overlays cannot change; join the files with `npx @redocly/cli bundle`",
    );
    refused(
        "openapi: 3.1.0\npaths: { /names: { $ref: '#/components/pathItems/names' } }",
        "/names is a reference to #/components/pathItems/names there; write its operations at the path itself",
    );
    refused(
        "openapi: 3.1.0\nwebhooks: { new: { post: { operationId: create_name } } }",
        "it is a webhook there, not a request to the API; remove it from the catalog",
    );
    refused(
        "openapi: 3.1.0\npaths:\n  /names: { post: { operationId: other } }\n  /v1/names: { post: { operationId: same } }",
        "POST /v1/names has the operationId `same` there; use it in the catalog too",
    );
    refused(
        "openapi: 3.1.0",
        "add it there, or remove it from the catalog",
    );
}

#[test]
fn an_operation_with_another_request_is_reported() {
    let project = small();
    project.write("api.yaml", OWN.replace("post:", "put:"));
    overlay(&project).exits_with(0).says(
        "these operations have another method or path in api.yaml:\n  create_name: POST /v1/names in the catalog, PUT /names there\n",
    );
}

#[test]
fn gaps_of_a_strict_overlay_are_reported() {
    let project = small();
    let api = OWN.replace("5XX: {", "404: { description: None }\n        default: {");
    project.write("api.yaml", api);
    let told = "these responses of api.yaml stay, so contract tests accept all errors that they allow:\n  create_name: 404, default\n";
    let run = project.run("openapi overlay --strict --to api.yaml");
    run.exits_with(0).says(told);
    let run = overlay(&project).exits_with(0);
    assert!(!run.stderr.contains("stay, so"), "{run:#?}");
}

#[test]
fn a_document_that_cannot_be_added_to_is_refused() {
    let project = small();
    project.write("api.yaml", "swagger: '2.0'");
    overlay(&project)
        .exits_with(2)
        .says("cannot use api.yaml as the target: OpenAPI 2 is not supported: convert the document to OpenAPI 3");
    project
        .run("openapi overlay --to none.yaml")
        .exits_with(2)
        .says("none.yaml");
    project.run("openapi overlay").exits_with(2).says("--to");
    project
        .run("openapi overlay --to catalog")
        .exits_with(2)
        .says("catalog is a folder: name the file in it");
    project
        .run("openapi overlay --to api.yaml --out x")
        .exits_with(2)
        .says("remove --out");
    project.write("api.yaml", "openapi: 3.1.0\npaths: { /a: &a {}, /b: *a }");
    overlay(&project)
        .exits_with(2)
        .says("YAML aliases are not supported in `paths`, but line 2 has one");
    project.edit_catalog("fix:", "fixx:");
    let run = overlay(&project).exits_with(1).says("error[unknown-key]");
    run.prints_nothing();
}

/// Operations may have any name that can be written in one word.
#[test]
fn an_id_with_quotes_is_found() {
    let project = small();
    let id = r"create'name\x";
    project.edit_catalog(
        "  create_name: {",
        "  \"create'name\\\\x\": { rust: CreateName, method: POST, path: /names, errors: [bad_name] }\n  other: {",
    );
    let api = OWN.replace("operationId: create_name", &format!("operationId: {id}"));
    let api = api.replace("list_names", "other");
    project.write("api.yaml", &api);
    let run = overlay(&project).exits_with(0);
    let mut document = read(&api);
    apply(&run.stdout, &mut document);
    let operation = &document["paths"]["/names"]["post"];
    assert_eq!(operation["operationId"], id);
    assert_eq!(
        operation["responses"]["400"],
        json!({ "$ref": "#/components/responses/BadRequest" })
    );
}
