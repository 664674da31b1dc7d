//! What an operation states of its codes is in every output of the operation, and in no other.

use codegen::catalog::{OwnError, Slot};
use codegen::{Catalog, Inputs, Plan, Source, compile, plan};
use serde_json::{Value, json};

use crate::fixtures::{artifact, plan_of, public, value_of};
use crate::openapi_twins::validator;
use crate::rendered_text::{bare, page};

/// A catalog whose errors differ by operation.
const PETS: &str = r#"
version: 1
api: { title: Pets, docs_url: https://docs.example.com, crate: pet-errors }
envelope: { style: [problem, google] }
retry: { statuses: [503] }
types:
  request_error: { status: [400, 404, 409], meaning: The request is wrong }
  server_error: { status: 5xx, meaning: The service failed }
codes:
  no_such_pet: { type: request_error, status: 404, meaning: There is no such pet, fix: Check the id }
  busy: { type: server_error, status: 503, meaning: The service is busy, fix: Wait }
  full: { type: server_error, status: 503, meaning: The shelter is full, fix: Ask another, retry: backoff }
  hidden: { type: server_error, meaning: The shard is gone, fix: Ask, audience: internal }
sets:
  usual: [no_such_pet, busy]
operations:
  feed: { method: PUT, path: "/pets/{id}/food", errors: ["@usual", full] }
  adopt:
    method: POST
    path: /adoptions
    errors:
      - "@usual"
      - { code: no_such_pet, status: 409, meaning: The pet has a home, fix: Choose another }
      - { code: hidden, status: 502 }
      - { code: busy, status: 500 }
      - { code: full, status: 500 }
"#;

fn pets() -> (Catalog, Plan) {
    outputs(PETS)
}

fn outputs(catalog: &str) -> (Catalog, Plan) {
    let source = Source::new("catalog.yaml", catalog.as_bytes().to_vec());
    let catalog = compile(&Inputs::new(source)).value.unwrap();
    let plan = plan(&catalog);
    (catalog, plan)
}

fn document(plan: &Plan, file: &str) -> Value {
    serde_yaml::from_str(artifact(plan, &format!("generated/{file}"))).unwrap()
}

fn adopt<'a>(document: &'a Value, status: &str) -> &'a Value {
    &document["paths"]["/adoptions"]["post"]["responses"][status]
}

#[test]
fn the_documents_have_the_error_at_the_status_of_the_operation() {
    let (_, plan) = pets();
    for file in ["openapi.yaml", "openapi-3.0.yaml", "openapi-strict.yaml"] {
        let document = document(&plan, file);
        let response = adopt(&document, "409");
        let description = response["description"].as_str().unwrap();
        assert!(description.contains("| `no_such_pet` | The pet has a home | Choose another |"));
        let example = &response["content"]["application/problem+json"]["examples"]["no_such_pet"];
        let body = &example["value"];
        assert_eq!(body["status"], 409);
        assert_eq!(body["title"], "The pet has a home");
        assert_eq!(body["detail"], "There is no such pet");
        let google = &response["content"]["application/json"]["examples"]["no_such_pet"]["value"];
        assert_eq!(google["error"]["code"], 409);
        assert_eq!(google["error"]["status"], "ABORTED");
        // The status of the code is that of errors without code only.
        let other = adopt(&document, "404");
        assert!(
            !other.to_string().contains("no_such_pet"),
            "{file}: {other}"
        );
        let feed = &document["paths"]["/pets/{id}/food"]["put"]["responses"];
        assert!(feed.get("404").is_some() && !feed.to_string().contains("a home"));
    }
}

#[test]
fn the_strict_twin_admits_the_error_with_the_status_of_the_operation_only() {
    let (_, plan) = pets();
    let strict = document(&plan, "openapi-strict.yaml");
    let media_type = "application/problem+json";
    let response = adopt(&strict, "409");
    let body = &response["content"][media_type]["examples"]["no_such_pet"]["value"];
    let schema = |response: &Value| validator(&strict, &response["content"][media_type]["schema"]);
    assert!(schema(response).is_valid(body), "{body}");
    let mut other = body.clone();
    other["title"] = "There is no such pet".into();
    assert!(!schema(response).is_valid(&other));
    let shared = &strict["components"]["responses"]["NotFound"];
    assert!(!schema(shared).is_valid(body));
}

#[test]
fn the_retry_rule_follows_the_status_unless_the_code_states_one() {
    let (catalog, plan) = pets();
    let export: Value = serde_json::from_str(artifact(&plan, "generated/errors.json")).unwrap();
    let own = &export["operations"][1]["own"];
    assert_eq!(
        *own,
        json!([
            {
                "code": "no_such_pet", "audience": "public", "status": 409, "retry": "never",
                "meaning": "The pet has a home", "fix": "Choose another",
            },
            { "code": "busy", "audience": "public", "status": 500, "retry": "never" },
            { "code": "full", "audience": "public", "status": 500, "retry": "backoff" },
            { "code": "hidden", "audience": "internal", "status": 502, "retry": "never" },
        ])
    );
    let document = document(&plan, "openapi.yaml");
    let should_retry = &adopt(&document, "500")["headers"]["x-should-retry"]["$ref"];
    assert_eq!(*should_retry, "#/components/headers/x-should-retry");
    // What an operation states of an internal code is in the crate alone.
    let internal = |own: &OwnError| catalog[own.code].names.wire == "hidden";
    assert!(catalog.operations[1].own.iter().any(internal));
    let enums = artifact(&plan, "generated/src/catalog/operations.rs");
    assert!(enums.contains("Hidden: 502, Never, \"\", \"\";"));
    assert!(
        export["operations"][1]["statuses"]
            .to_string()
            .contains("409")
    );
}

#[test]
fn the_pages_say_where_an_operation_differs() {
    let catalog = public("problem");
    let plan = plan_of("problem");
    let rows = page(artifact(&plan, "docs/errors/operations/README.md")).rows;
    let mut stated = 0;
    for (operation, own) in catalog.own_errors() {
        let code = &catalog[own.code];
        let sent = catalog
            .sent_by(operation)
            .find(|sent| sent.own == Some(own))
            .unwrap();
        let row = [
            &*code.names.wire,
            &sent.status().to_string(),
            &sent.summary(),
            sent.fix(),
        ];
        let is_row = |cells: &Vec<String>| {
            let cells = cells.iter().map(|cell| bare(cell));
            cells.eq(row.map(bare))
        };
        assert!(rows.iter().any(is_row), "{row:?} in {rows:?}");
        let of_code = page(artifact(
            &plan,
            &format!("docs/errors/{}.md", code.names.slug),
        ))
        .text;
        let of_code = bare(&of_code);
        let mut facts: Vec<String> = own.meaning.iter().chain(&own.fix).cloned().collect();
        if own.status != code.status.sent() {
            facts.push(format!("with status {}", own.status));
        }
        for fact in &facts {
            assert!(of_code.contains(&bare(fact)), "{fact} in {of_code}");
        }
        stated += 1;
    }
    assert_eq!(stated, 3);
}

/// People look an error up by what they got: the status of the operation too.
#[test]
fn the_look_up_shows_each_operation_that_differs() {
    let (_, plan) = pets();
    let page = artifact(&plan, "docs/errors/errors.html");
    let item = "<li><code>POST /adoptions</code> with status 409 Conflict: The pet has a home. Fix: Choose another</li>";
    assert!(page.contains(item), "{page}");
    assert!(!page.contains("The shard is gone"));
    let (_, data) = page.split_once("class=\"data\">").unwrap();
    let data: Value = serde_json::from_str(data.split("</script>").next().unwrap()).unwrap();
    let statuses = data["entries"].as_array().unwrap().iter();
    let statuses = statuses.map(|entry| json!([entry["name"], entry["statuses"]]));
    let statuses: Vec<Value> = statuses.take(3).collect();
    let expected = json!([["no_such_pet", [409]], ["busy", [500]], ["full", [500]]]);
    assert_eq!(Value::from(statuses), expected);
}

/// In a style without codes, a type with a status means a code only if no other error has both.
#[test]
fn the_export_says_which_types_mean_codes_in_operations() {
    let named = |text: &str, code: &str, name: &str| {
        let start = format!("  {code}: {{");
        text.replacen(
            &start,
            &format!("{start} names: {{ anthropic: {name} }},"),
            1,
        )
    };
    let style = |text: &str| {
        let (_, plan) = outputs(text);
        let export: Value = serde_json::from_str(artifact(&plan, "generated/errors.json")).unwrap();
        export["envelope"]["styles"][1].clone()
    };
    let text = PETS.replace("[problem, google]", "[problem, anthropic]");
    let text = named(
        &named(&text, "no_such_pet", "pet_error"),
        "busy",
        "load_error",
    );
    let of_pet = json!({ "type": "pet_error", "statuses": [409] });
    let found = style(&text);
    assert_eq!(
        found["types_of_codes"],
        json!({ "no_such_pet": "pet_error", "busy": "load_error" })
    );
    assert_eq!(
        found["types_in_operations"],
        json!({ "no_such_pet": of_pet, "busy": { "type": "load_error", "statuses": [500] } })
    );
    // Another error has the name, with both statuses.
    let found = style(&named(&text, "full", "load_error"));
    assert_eq!(
        found["types_of_codes"],
        json!({ "no_such_pet": "pet_error" })
    );
    assert_eq!(
        found["types_in_operations"],
        json!({ "no_such_pet": of_pet })
    );
}

/// The names of types by status, which a style can have, contain those of the statuses that operations state.
#[test]
fn a_style_knows_the_type_of_the_status_that_an_operation_states() {
    let (catalog, plan) = pets();
    let document = document(&plan, "openapi.yaml");
    let google = catalog
        .envelope
        .shapes
        .iter()
        .find(|shape| shape.name == "google");
    let body = &adopt(&document, "500")["content"]["application/json"]["examples"]["busy"];
    let name = value_of(google.unwrap(), &body["value"], Slot::Type);
    let text = document["components"]["schemas"].to_string();
    assert!(text.contains(&name.to_string()), "{name}");
}

/// OpenAPI has one operation for a method and a path: its response has each way in which an operation sends a code.
#[test]
fn operations_of_one_request_can_send_a_code_in_several_ways() {
    let before = PETS.split("operations:").next().unwrap();
    let (_, plan) = outputs(&format!(
        "{before}operations:\n  \
         call: {{ method: POST, path: /rpc, when: it calls, errors: [no_such_pet, busy] }}\n  \
         feed: {{ method: POST, path: /rpc, when: it feeds, errors: [{{ code: no_such_pet, fix: Call it }}, full] }}\n  \
         wash: {{ method: POST, path: /rpc, when: it washes, errors: [{{ code: no_such_pet, status: 409 }}] }}\n",
    ));
    let strict = document(&plan, "openapi-strict.yaml");
    let responses = &strict["paths"]["/rpc"]["post"]["responses"];
    let content = &responses["404"]["content"]["application/problem+json"];
    let description = responses["404"]["description"].as_str().unwrap();
    for row in [
        "| `no_such_pet` | `call` | There is no such pet | Check the id |",
        "| `no_such_pet` | `feed` | There is no such pet | Call it |",
    ] {
        assert!(description.contains(row), "{description}");
    }
    let examples = content["examples"].as_object().unwrap();
    let names: Vec<&String> = examples.keys().collect();
    assert!(
        names.iter().any(|name| *name == "no_such_pet (of feed)"),
        "{names:?}"
    );
    let schema = validator(&strict, &content["schema"]);
    for example in examples.values() {
        let body = match example["$ref"].as_str() {
            Some(reference) => &strict.pointer(&reference[1..]).unwrap()["value"],
            None => &example["value"],
        };
        assert!(schema.is_valid(body), "{body}");
    }
    assert!(responses["409"].to_string().contains("\"status\":409"));
}
