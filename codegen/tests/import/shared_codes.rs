//! Rows that share a code and differ by operation.

use codegen::import::Import;
use serde_json::{Value, json};

use crate::formats::exported;
use crate::{lost, rows};

fn row(changes: &Value) -> Value {
    let mut row = json!({
        "code": "gone", "status": 404, "message": "It is not there.",
        "meaning": "The pet is not there", "fix": "List the pets",
    });
    row.as_object_mut()
        .unwrap()
        .extend(changes.as_object().unwrap().clone());
    row
}

/// What the export says of the operations: the request, the codes, and what they state.
fn operations(draft: &Import) -> Vec<Value> {
    let export = exported(draft);
    let operations = export["operations"].as_array().unwrap().iter();
    let operations = operations.map(|one| {
        let request = [&one["method"], &one["path"]].map(|text| text.as_str().unwrap());
        json!([request.join(" "), one["codes"], one["own"]])
    });
    operations.collect()
}

#[test]
fn a_row_with_another_status_meaning_or_fix_differs_in_its_operations() {
    let draft = rows(&[
        row(&json!({ "operation": "GET /pets/{id}" })),
        row(&json!({
            "operations": ["PUT /pets/{id}", "PATCH /pets/{id}"], "status": 410,
            "meaning": "The pet\nhas a home",
        })),
        row(&json!({ "operation": "DELETE /pets/{id}" })),
        row(&json!({ "operation": "POST /pets", "fix": "Register it" })),
    ]);
    assert_eq!((draft.read(), draft.codes, draft.merged), (4, 1, 3));
    assert_eq!(lost(&draft), []);
    let other = json!([{
        "code": "gone", "audience": "public", "status": 410, "retry": "never", "meaning": "The pet has a home",
    }]);
    let fix = json!([{
        "code": "gone", "audience": "public", "status": 404, "retry": "never", "fix": "Register it",
    }]);
    assert_eq!(
        operations(&draft),
        [
            json!(["GET /pets/{id}", ["gone"], null]),
            json!(["DELETE /pets/{id}", ["gone"], null]),
            json!(["PUT /pets/{id}", ["gone"], other]),
            json!(["PATCH /pets/{id}", ["gone"], other]),
            json!(["POST /pets", ["gone"], fix]),
        ]
    );
}

#[test]
fn what_no_operation_can_state_is_refused() {
    let first = row(&json!({ "operation": "GET /pets/{id}" }));
    for (other, what) in [
        (json!({ "status": 410 }), "status"),
        (json!({ "status": 410, "operation": "somewhere" }), "status"),
        (
            json!({ "status": 503, "operation": "PUT /pets/{id}" }),
            "status",
        ),
        (
            json!({ "status": 410, "operation": "GET /pets/{id}" }),
            "status",
        ),
        (
            json!({ "message": "It is gone.", "operation": "PUT /pets/{id}" }),
            "message",
        ),
        (json!({ "fix": null, "operation": "PUT /pets/{id}" }), "fix"),
    ] {
        let draft = rows(&[first.clone(), row(&other)]);
        assert_eq!((draft.codes, draft.merged, draft.refused()), (1, 0, 1));
        let said = format!("duplicate code `gone`: the first is at 1, with another {what}");
        assert_eq!(lost(&draft), [("2".to_owned(), said.as_str())]);
    }
}

#[test]
fn an_operation_has_one_status_of_a_code_whichever_row_comes_first() {
    let own = row(&json!({ "operation": "PUT /pets/{id}", "status": 410 }));
    let plain = row(&json!({ "operation": "PUT /pets/{id}" }));
    let first = row(&json!({ "operation": "GET /pets/{id}" }));
    let draft = rows(&[first.clone(), own.clone(), own.clone(), plain]);
    assert_eq!((draft.merged, draft.refused()), (2, 1));
    assert_eq!(
        lost(&draft)[0].1,
        "duplicate code `gone`: the first is at 1, with another status in the same operation"
    );
}

/// A retry rule that follows from the status is not written, unless an operation sends another status.
#[test]
fn the_retry_rule_of_a_row_stays_where_its_status_has_none() {
    let busy = |operation: &str, status: u16| {
        json!({
            "code": "busy", "status": status, "message": "Busy.", "retryable": true,
            "meaning": "It is busy", "fix": "Wait", "operation": operation,
        })
    };
    let other = json!({
        "code": "broken", "status": 500, "message": "Broken.", "retryable": false,
        "meaning": "It is broken", "fix": "Tell us",
    });
    let draft = rows(&[busy("GET /a", 503), busy("PUT /a", 500), other]);
    assert_eq!((draft.codes, draft.merged), (2, 1));
    let own = json!([{ "code": "busy", "audience": "public", "status": 500, "retry": "backoff" }]);
    assert_eq!(operations(&draft)[1], json!(["PUT /a", ["busy"], own]));
}
