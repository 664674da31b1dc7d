//! A generated document, imported again: the settings of the envelope that the document contains.

use codegen::Catalog;
use codegen::import::Input;
use serde_json::Value;

use crate::fixtures::{artifact, catalog, compile_text, drafted, plan_of};

/// A catalog, the one that the import of its document drafts, and what the import does not decide.
fn imported(original: Catalog, document: &str) -> (Catalog, Catalog, Vec<String>) {
    let document: Value = serde_yaml::from_str(document).unwrap();
    let draft = drafted(Input::OpenApi(&document), "again");
    assert_eq!(draft.faults, []);
    let notes = draft.undecided.iter().map(|note| note.message.clone());
    let notes = notes.collect();
    let again = compile_text("again", draft.catalog.unwrap());
    (original, again, notes)
}

fn of_fixture(name: &str) -> (Catalog, Catalog, Vec<String>) {
    let plan = plan_of(name);
    imported(catalog(name), artifact(&plan, "generated/openapi.yaml"))
}

fn of_text(text: &str) -> (Catalog, Catalog, Vec<String>) {
    let original = compile_text("original", text.to_owned());
    let plan = codegen::plan(&original);
    imported(original, artifact(&plan, "generated/openapi.yaml"))
}

/// The styles of each operation of a catalog, by the choices of another one.
fn styles(original: &Catalog, choices_of: &Catalog) -> Vec<(String, Vec<String>)> {
    let mut catalog = original.clone();
    catalog
        .envelope
        .choices
        .clone_from(&choices_of.envelope.choices);
    let operations = catalog.operations.iter();
    let styles = operations.map(|operation| {
        let shapes = catalog.shapes_of(operation).into_iter();
        (
            operation.id.clone(),
            shapes.map(|shape| shape.name.clone()).collect(),
        )
    });
    styles.collect()
}

fn choices(catalog: &Catalog) -> Vec<String> {
    let choices = catalog.envelope.choices.iter();
    let choices = choices.map(|choice| {
        let (key, value) = choice.condition.stated();
        format!("{key} {value}: {}", choice.style)
    });
    choices.collect()
}

const HEAD: &str = "version: 1
api: { title: A, docs_url: https://a.example.com, crate: a-errors, servers: [{ url: https://a.example.com/api }] }
types: { t: { status: 400, meaning: M } }
codes: { c: { type: t, meaning: M, fix: Check the id } }
";

#[test]
fn paths_that_differ_in_their_styles_give_choices() {
    for (name, expected) in [
        (
            "seed",
            &[
                "path /v1/messages: anthropic",
                "path /v1beta/models: google",
                "path /v2/models/{model}: flat",
            ][..],
        ),
        ("problem", &["path /wait: openai"]),
    ] {
        let (original, again, notes) = of_fixture(name);
        assert_eq!(choices(&again), expected);
        assert_eq!(styles(&original, &again), styles(&original, &original));
        let [ours, theirs] = [&original, &again].map(|catalog| &catalog.envelope.shapes[0].name);
        assert_eq!(ours, theirs);
        assert!(
            !notes.iter().any(|note| note.contains("envelope.choose")),
            "{notes:?}"
        );
    }
}

#[test]
fn a_path_has_the_server_before_it_and_accept_stays() {
    let text = format!(
        "{HEAD}envelope:
  style: [openai, problem, anthropic, google]
  choose:
    - {{ path: /api/models, style: google }}
    - {{ accept: application/problem+json, style: problem }}
    - {{ path: '/api/t/{{tenant}}/messages', style: anthropic }}
operations:
  first: {{ method: GET, path: '/t/{{tenant}}/messages', errors: [c] }}
  second: {{ method: GET, path: '/t/{{tenant}}/messages/{{id}}', errors: [c] }}
  third: {{ method: GET, path: '/models/{{model}}:run', errors: [c] }}
  fourth: {{ method: GET, path: '/models/{{model}}', errors: [c] }}
  fifth: {{ method: GET, path: /files, errors: [c] }}
"
    );
    let (original, again, notes) = of_text(&text);
    let expected = [
        "path /api/models: google",
        "accept application/problem+json: problem",
        "path /api/t/{tenant}/messages: anthropic",
    ];
    assert_eq!(choices(&again), expected);
    assert_eq!(styles(&original, &again), styles(&original, &original));
    assert!(
        !notes.iter().any(|note| note.contains("envelope.choose")),
        "{notes:?}"
    );
}

/// A header is not in the document.
#[test]
fn what_else_chooses_is_asked_for() {
    let (_, again, notes) = of_fixture("runtime");
    let expected = [
        "accept application/vnd.api+json: jsonapi",
        "path /v1/messages: anthropic",
    ];
    assert_eq!(choices(&again), expected);
    let asked = notes.iter().filter(|note| note.contains("envelope.choose"));
    assert_eq!(asked.count(), 1, "{notes:?}");
}

#[test]
fn a_null_param_and_the_header_of_the_request_id_come_again() {
    for (param, header) in [
        ("omit", "x-request-id"),
        ("\"null\"", "request-id"),
        ("\"null\"", "x-odd"),
    ] {
        for style in ["openai", "problem", "jsonapi", "anthropic"] {
            let text = format!(
                "{HEAD}envelope: {{ style: {style}, param: {param}, request_id: {header} }}\n"
            );
            let (original, again, _) = of_text(&text);
            let [ours, theirs] = [&original, &again].map(|catalog| &catalog.envelope);
            // The event is not in the document.
            assert_eq!(ours.shapes[0].body, theirs.shapes[0].body, "{text}");
            assert_eq!(ours.request_id, theirs.request_id, "{text}");
        }
    }
}

/// In documents of others, a name shows the header.
#[test]
fn a_header_with_the_name_of_a_request_id_is_taken_if_it_is_the_only_one() {
    let document = |names: &[&str]| {
        let headers = names
            .iter()
            .map(|name| ((*name).to_owned(), serde_json::json!({})));
        let headers: Value = headers.collect();
        serde_json::json!({ "paths": { "/a": { "get": { "responses": { "400": {
            "description": "d", "headers": headers,
            "content": { "application/json": { "example": { "error": { "code": "c", "message": "m", "type": "t" } } } },
        } } } } } })
    };
    for (names, expected) in [
        (&["X-Amzn-RequestId", "Retry-After"][..], "x-amzn-requestid"),
        (&["X-Trace-Id", "Correlation-ID"], "x-request-id"),
        (&["Retry-After"], "x-request-id"),
    ] {
        let draft = drafted(Input::OpenApi(&document(names)), "a");
        let asked = draft.undecided.iter();
        let asked = asked.filter(|note| note.message.contains("envelope.request_id"));
        assert_eq!(asked.count(), usize::from(names.contains(&"X-Trace-Id")));
        let again = compile_text("a", draft.catalog.unwrap());
        assert_eq!(again.envelope.request_id, expected, "{names:?}");
    }
}
