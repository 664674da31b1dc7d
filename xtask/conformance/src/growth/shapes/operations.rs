//! Catalogs in which codes differ by operation, or by namespace.

use super::super::texts::{File, catalog, code, lines, list, plain};

/// An operation that states something of every code.
pub(super) fn stated_by_one(count: usize) -> Vec<File> {
    let errors = list(count, |i| {
        format!("{{ code: code_{i}, status: 410, meaning: Item {i} is gone, fix: Make item {i} }}")
    });
    let operation = format!("  get_item: {{ method: GET, path: /items, errors: [{errors}] }}\n");
    catalog(&plain(count), &format!("operations:\n{operation}"))
}

/// Operations that state something of one code.
pub(super) fn stating_one(count: usize) -> Vec<File> {
    let operations = lines(count, |i| {
        format!(
            "  get_item_{i}: {{ method: GET, path: /items/{i}, errors: [{{ code: code_0, status: 410, meaning: Item {i} is gone }}] }}\n"
        )
    });
    catalog(&code(0, ""), &format!("operations:\n{operations}"))
}

/// A code in each namespace. All of them send the same name.
pub(super) fn namespaces(count: usize) -> Vec<File> {
    let codes = lines(count, |i| {
        let code = code(i, &format!("    group: group_{i}\n"));
        code.replace(&format!("  code_{i}:"), &format!("  space_{i}.code:"))
    });
    let groups = lines(count, |i| {
        format!("  group_{i}: {{ title: Group {i}, prefix: space_{i}., namespace: true }}\n")
    });
    catalog(&codes, &format!("groups:\n{groups}"))
}

/// Codes that send each name from both namespaces.
pub(super) fn two_namespaces(count: usize) -> Vec<File> {
    let codes = lines(count, |i| {
        let group = if i % 2 == 0 { "one" } else { "two" };
        let code = code(i, &format!("    group: {group}\n"));
        code.replace(
            &format!("  code_{i}:"),
            &format!("  {group}.code_{}:", i / 2),
        )
    });
    let groups = ["one", "two"].map(|group| {
        format!("  {group}: {{ title: Group {group}, prefix: {group}., namespace: true }}\n")
    });
    catalog(&codes, &format!("groups:\n{}", groups.concat()))
}
