//! Catalogs with the former and the new version of their list.

use serde_json::json;

use super::super::texts::{self, File, LIST, OLD_LIST, lines, list};

/// The list changed each code, and has a new code after each eighth.
pub(super) fn codes(count: usize) -> Vec<File> {
    let catalog = texts::catalog(&texts::plain(count), "");
    with_lists(catalog, count, |_| None)
}

pub(super) fn on_one_line(count: usize) -> Vec<File> {
    let entries = list(count, |i| {
        format!(
            "code_{i}: {{ type: request_error, status: 404, meaning: Rule {i} does not allow this, fix: Look at rule {i} }}"
        )
    });
    let (head, types) = (texts::head(), texts::TYPES);
    let catalog = texts::one(format!("{head}{types}codes: {{ {entries} }}\n"));
    with_lists(catalog, count, |_| None)
}

/// Each second code left the operation, and new ones can fail it.
pub(super) fn errors_of_one(count: usize) -> Vec<File> {
    let errors = list(count, |i| format!("code_{i}"));
    let operation = format!(
        "operations:\n  get_pets:\n    method: GET\n    path: /pets\n    errors: [{errors}]\n"
    );
    let catalog = texts::catalog(&texts::plain(count), &operation);
    with_lists(catalog, count, |i| (i % 2 == 0).then_some("GET /pets"))
}

/// `operation` is that of a code in the new list; in the former one, all codes have the operation of the first.
fn with_lists(
    catalog: Vec<File>,
    count: usize,
    operation: impl Fn(usize) -> Option<&'static str>,
) -> Vec<File> {
    let row = |name: &str, i: usize, verb: &str, operation: Option<&str>| {
        let row = json!({
            "code": name, "type": "request_error", "http_status": 404, "meaning": format!("Rule {i} {verb} this"),
            "fix": format!("Look at rule {i}"), "operation": operation,
        });
        format!("{row}\n")
    };
    let old = lines(count, |i| {
        row(&format!("code_{i}"), i, "does not allow", operation(0))
    });
    let new = lines(count, |i| {
        let known = row(&format!("code_{i}"), i, "forbids", operation(i));
        let new = (i % 8 == 0).then(|| row(&format!("new_{i}"), i, "does not admit", operation(0)));
        known + &new.unwrap_or_default()
    });
    let lists = [(OLD_LIST, old), (LIST, new)];
    let lists = lists.map(|(name, text)| (name.to_owned(), text));
    catalog.into_iter().chain(lists).collect()
}
