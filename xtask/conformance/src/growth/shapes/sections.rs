//! Catalogs with large sections beside the codes.

use super::super::texts::{
    CATALOG, File, TYPES, catalog, code, codes, head, lines, list, one, plain,
};

/// Types, each with a code of the same status.
pub(super) fn types(count: usize) -> Vec<File> {
    let types = lines(count, |i| {
        format!("  type_{i}: {{ status: [400, 404], meaning: Kind {i} }}\n")
    });
    let codes = lines(count, |i| {
        code(i, "").replace("request_error", &format!("type_{i}"))
    });
    one(format!("{}{TYPES}{types}codes:\n{codes}", head()))
}

pub(super) fn groups(count: usize) -> Vec<File> {
    let groups = lines(count, |i| {
        format!(
            "  group{i}: {{ title: Group {i}, prefix: g{i}. }}\n  group{i}/inner: {{ title: Inner {i} }}\n"
        )
    });
    let codes = codes(count, |i| format!("    group: [group{i}, inner]\n"));
    catalog(&codes, &format!("groups:\n{groups}"))
}

pub(super) fn undeclared_groups(count: usize) -> Vec<File> {
    catalog(
        &codes(count, |i| format!("    group: [outer, group {i}]\n")),
        "",
    )
}

/// Each file with one code.
pub(super) fn included(count: usize) -> Vec<File> {
    let part = |i: usize| format!("part_{i}.yaml");
    let include = lines(count, |i| format!("  - {}\n", part(i)));
    let text = format!(
        "include:\n{include}{}{TYPES}codes:\n{}",
        head(),
        code(count, "")
    );
    let parts = (0..count).map(|i| (part(i), format!("version: 1\ncodes:\n{}", code(i, ""))));
    [(CATALOG.to_owned(), text)]
        .into_iter()
        .chain(parts)
        .collect()
}

pub(super) fn operations(count: usize) -> Vec<File> {
    let operations = lines(count, |i| {
        let errors = if i == 0 {
            "code_0".to_owned()
        } else {
            format!("code_{i}, code_{}", i - 1)
        };
        format!(
            "  get_item_{i}: {{ method: GET, path: \"/items/{i}/{{id}}\", errors: [{errors}] }}\n"
        )
    });
    catalog(&plain(count), &format!("operations:\n{operations}"))
}

/// Of one method and path.
pub(super) fn operations_of_one_request(count: usize) -> Vec<File> {
    let operations = lines(count, |i| {
        let errors = if i == 0 {
            "code_0".to_owned()
        } else {
            format!("code_0, code_{i}, code_{}", i - 1)
        };
        format!(
            "  do_{i}: {{ method: POST, path: /rpc, when: the body has {i}, errors: [{errors}] }}\n"
        )
    });
    catalog(&plain(count), &format!("operations:\n{operations}"))
}

pub(super) fn errors_of_one(count: usize) -> Vec<File> {
    let errors = list(count, |i| format!("code_{i}"));
    catalog(&plain(count), &operation(&errors))
}

pub(super) fn sets(count: usize) -> Vec<File> {
    let sets = lines(count, |i| format!("  set_{i}: [code_{i}]\n"));
    let errors = list(count, |i| format!("\"@set_{i}\""));
    catalog(
        &plain(count),
        &format!("sets:\n{sets}{}", operation(&errors)),
    )
}

pub(super) fn one_set(count: usize) -> Vec<File> {
    let all = list(count, |i| format!("code_{i}"));
    let after = format!("sets:\n  all: [{all}]\n{}", operation("\"@all\""));
    catalog(&plain(count), &after)
}

/// The section of one operation.
fn operation(errors: &str) -> String {
    format!("operations:\n  get_item: {{ method: GET, path: /items, errors: [{errors}] }}\n")
}

pub(super) fn allowances(count: usize) -> Vec<File> {
    let allowances = lines(count, |i| {
        format!("    - {{ rule: missing-fix, codes: [code_{i}], reason: It is {i} }}\n")
    });
    catalog(
        &without_fix(count),
        &format!("lint:\n  allow:\n{allowances}"),
    )
}

pub(super) fn one_allowance(count: usize) -> Vec<File> {
    let all = list(count, |i| format!("code_{i}"));
    let after = format!(
        "lint:\n  allow:\n    - {{ rule: missing-fix, codes: [{all}], reason: They are old }}\n"
    );
    catalog(&without_fix(count), &after)
}

fn without_fix(count: usize) -> String {
    lines(count, |i| {
        format!("  code_{i}: {{ type: request_error, status: 404, meaning: Rule {i} }}\n")
    })
}

/// Half of them have a type too.
pub(super) fn upstream(count: usize) -> Vec<File> {
    let entries = lines(count, |i| {
        let further = if i % 2 == 0 { ", type: denied" } else { "" };
        format!("  - {{ from: {{ code: no_such_{i}{further} }}, code: code_{i} }}\n")
    });
    catalog(&plain(count), &format!("upstream:\n{entries}"))
}

pub(super) fn retired(count: usize) -> Vec<File> {
    let retired = lines(count, |i| {
        format!(
            "  gone_{i}: {{ reason: It was never sent {i}, use: code_0, aliases: [was-{i}] }}\n"
        )
    });
    catalog(&code(0, ""), &format!("retired:\n{retired}"))
}
