//! What operations state of their codes, in `list`.

use serde_json::{Value, json};

use crate::project::Project;

const CATALOG: &str = "\
version: 1
api: { title: Pets, docs_url: https://docs.example.com, crate: pet-errors }
retry: { statuses: [503] }
types:
  request_error: { status: [404, 409], meaning: The request is wrong }
  server_error: { status: 5xx, meaning: The service failed }
codes:
  no_such_pet: { type: request_error, status: 404, meaning: There is no such pet, fix: Check the id }
  busy: { type: server_error, status: 500, meaning: The service is busy, fix: Wait }
operations:
  feed: { method: PUT, path: /food, errors: [no_such_pet, busy] }
  adopt:
    method: POST
    path: /adoptions
    errors:
      - { code: no_such_pet, status: 409, fix: Choose another }
      - { code: busy, status: 503 }
";

fn rows(project: &Project, options: &str) -> Vec<Value> {
    let run = project.run(&format!("list --format json {options}"));
    serde_json::from_str(&run.exits_with(0).stdout).expect("JSON")
}

/// The codes of a list. Its other rows are errors of a type without code.
fn names(rows: &[Value]) -> Vec<&str> {
    rows.iter().filter_map(|row| row["code"].as_str()).collect()
}

#[test]
fn list_shows_each_status_with_its_retry_rule() {
    let project = Project::with_catalog(CATALOG);
    let run = project.run("list").exits_with(0).says_nothing();
    run.prints("CODE         STATUS     TYPE           RETRY            MEANING")
        .prints("no_such_pet  404 / 409  request_error  never            There is no such pet")
        .prints("busy         500 / 503  server_error   never / backoff  The service is busy");
}

#[test]
fn the_json_list_says_what_each_operation_states() {
    let rows = rows(&Project::with_catalog(CATALOG), "");
    assert_eq!(rows[0]["status"], 404);
    assert_eq!(
        rows[0]["own"],
        json!([{
            "operation": "adopt",
            "status": 409,
            "retry": "never",
            "meaning": "There is no such pet",
            "fix": "Choose another",
        }])
    );
    assert_eq!(rows[1]["own"][0]["retry"], "backoff");
}

#[test]
fn list_finds_a_code_by_a_status_that_an_operation_states() {
    let project = Project::with_catalog(CATALOG);
    for (options, found) in [
        ("--status 404", &["no_such_pet"][..]),
        ("--status 409", &["no_such_pet"]),
        ("--status 503", &["busy"]),
        ("--status 5xx", &["busy"]),
        ("--retryable", &["busy"]),
        ("--retryable --status 503", &["busy"]),
        // With this status, it is not retryable.
        ("--retryable --status 500", &[]),
        ("--status 410", &[]),
    ] {
        assert_eq!(names(&rows(&project, options)), found, "{options}");
    }
}
