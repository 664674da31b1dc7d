//! Lists to import.

use serde_json::{Map, Value, json};

use super::super::texts::{File, lines, list, list_of};

pub(super) fn rows(count: usize) -> Vec<File> {
    lines_of(count, |i| {
        let argument = json!({ "name": "id", "type": "Integer" });
        json!({
            "code": format!("code_{i}"), "type": format!("type_{}", i % 9), "http_status": 404,
            "message": "There is no {id}", "meaning": format!("Rule {i}"), "fix": "Look",
            "extra": { "args": [argument] },
        })
    })
}

pub(super) fn codes_alone(count: usize) -> Vec<File> {
    lines_of(count, |i| json!({ "code": format!("code_{i}") }))
}

pub(super) fn types(count: usize) -> Vec<File> {
    lines_of(
        count,
        |i| json!({ "code": format!("code_{i}"), "type": format!("type {i}"), "message": "m" }),
    )
}

/// Codes whose Rust names and pages are equal.
pub(super) fn equal_names(count: usize) -> Vec<File> {
    lines_of(count, |i| {
        let separators = (0..8).map(|digit| ["-", ".", "/", ":"][i >> (2 * digit) & 3]);
        let name: String = separators.flat_map(|separator| ["a", separator]).collect();
        json!({ "code": format!("{name}b"), "message": "m", "meaning": "M", "fix": "Look" })
    })
}

pub(super) fn arguments(count: usize) -> Vec<File> {
    row_with_arguments(count, |i| format!("a{}", i / 2))
}

pub(super) fn refused_arguments(count: usize) -> Vec<File> {
    row_with_arguments(count, |i| format!("a {i}"))
}

/// A row with arguments of these names.
fn row_with_arguments(count: usize, name: impl Fn(usize) -> String) -> Vec<File> {
    let arguments = (0..count).map(|i| json!({ "name": name(i), "type": "Json" }));
    let arguments: Vec<Value> = arguments.collect();
    lines_of(
        1,
        |_| json!({ "code": "a", "message": "m", "extra": { "args": arguments } }),
    )
}

pub(super) fn placeholders(count: usize) -> Vec<File> {
    let message = list(count, |i| format!("{{v{i}}}"));
    lines_of(
        1,
        |_| json!({ "code": "a", "meaning": "M", "message": message }),
    )
}

/// A page with one table.
pub(super) fn page(count: usize) -> Vec<File> {
    let rows = lines(count, |i| {
        format!("| `code_{i}` | 404 | No pet {i} | List {i} |\n")
    });
    list_of(format!(
        "| Error code | Status | Meaning | Fix |\n|---|---|---|---|\n{rows}"
    ))
}

/// A document with examples, each in a response of its own.
pub(super) fn examples(count: usize) -> Vec<File> {
    let paths = (0..count).map(|i| {
        let value = json!({ "error": { "code": format!("code_{i}"), "type": format!("t{i}"), "message": "m" } });
        let content = json!({ "application/json": { "examples": { "one": { "value": value } } } });
        let responses = json!({ "404": { "description": "d", "content": content } });
        (format!("/a{i}"), json!({ "get": { "responses": responses } }))
    });
    document(&paths.collect(), &json!({}))
}

/// A document whose bodies have different schemas; half of the bodies have a style.
pub(super) fn bodies(count: usize) -> Vec<File> {
    let text = json!({ "type": "string" });
    let object = |names: [&str; 3]| {
        let properties = names.map(|name| (name.to_owned(), text.clone()));
        json!({ "type": "object", "properties": properties.into_iter().collect::<Map<_, _>>() })
    };
    let paths = (0..count).map(|i| {
        let schema = if i % 2 == 0 {
            json!({ "properties": { "error": object(["message", "type", "code"]) } })
        } else {
            object(["code", "text", &format!("of_{i}")])
        };
        let value =
            json!({ "error": { "code": format!("code_{i}"), "type": "t", "message": "m" } });
        let content = json!({ "application/json": { "schema": schema, "example": value } });
        let responses = json!({ "404": { "description": "d", "content": content } });
        (
            format!("/a{i}"),
            json!({ "get": { "responses": responses } }),
        )
    });
    document(&paths.collect(), &json!({}))
}

/// A document with the codes and types in two enums.
pub(super) fn enums(count: usize) -> Vec<File> {
    let names = |kind: &str| -> Vec<String> { (0..count).map(|i| format!("{kind}_{i}")).collect() };
    let listed = |kind: &str| json!({ "type": "string", "enum": names(kind), "x-enum-descriptions": names("meaning") });
    document(
        &Map::new(),
        &json!({ "ErrorCode": listed("code"), "ErrorType": listed("type") }),
    )
}

fn document(paths: &Map<String, Value>, schemas: &Value) -> Vec<File> {
    let info = json!({ "title": "Large", "version": "1.0.0" });
    let document = json!({ "openapi": "3.1.0", "info": info, "paths": paths, "components": { "schemas": schemas } });
    list_of(document.to_string())
}

/// JSON lines.
fn lines_of(count: usize, row: impl Fn(usize) -> Value) -> Vec<File> {
    list_of(lines(count, |i| format!("{}\n", row(i))))
}
