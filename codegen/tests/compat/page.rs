//! `docs/evolution.md` has the table of changes as the library has it.

use std::fmt::Write as _;

use codegen::compat::{Case, Field, Kind, NOT_COMPARED, table};

/// The rows of the table as the page shows them.
fn rows() -> String {
    let mut rows = String::new();
    let mut last = None;
    for field in table() {
        if last != Some(field.kind) {
            let gap = if last.is_none() { "" } else { "\n" };
            let _ = write!(
                rows,
                "{gap}### {}\n\n| Field | Change | Rule | Level | Version |\n| --- | --- | --- | --- | --- |\n",
                heading(field.kind)
            );
            last = Some(field.kind);
        }
        let cells = [
            ("changed", field.changed),
            ("added", field.added),
            ("removed", field.removed),
        ];
        if let Some(case) = same_in_all(field) {
            rows += &row(field, "changed, added or removed", case);
            continue;
        }
        for (change, cases) in cells {
            for case in cases {
                rows += &row(field, change, case);
            }
        }
    }
    rows
}

/// The case of a field that means the same whatever becomes of it.
fn same_in_all(field: &Field) -> Option<&'static Case> {
    let ([changed], [added], [removed]) = (field.changed, field.added, field.removed) else {
        return None;
    };
    let verdict = |case: &Case| (case.when, case.rule, case.level, case.version);
    let is_same = verdict(changed) == verdict(added) && verdict(changed) == verdict(removed);
    is_same.then_some(changed)
}

fn heading(kind: Kind) -> &'static str {
    match kind {
        Kind::Api => "The API",
        Kind::Envelope => "The envelope",
        Kind::ErrorIds => "Error IDs",
        Kind::Retry => "Retrying",
        Kind::OpenApi => "The OpenAPI document",
        Kind::Framework => "Bare statuses of the framework",
        Kind::Operation => "Operations",
        Kind::Type => "Types",
        Kind::Code => "Codes",
        Kind::Argument => "Arguments of codes",
        Kind::Retired => "Retired codes",
    }
}

fn row(field: &Field, change: &str, case: &Case) -> String {
    let name = match field.name {
        "" => "*the entry itself*".to_owned(),
        name => format!("`{name}`"),
    };
    let when = match case.when {
        "" => String::new(),
        when => format!(", {when}"),
    };
    let (level, version) = (case.level.as_str(), case.version.as_str());
    let rule = case.rule;
    format!("| {name} | {change}{when} | `{rule}` | {level} | {version} |\n")
}

#[test]
fn the_page_has_every_row_of_the_table_and_no_other() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/evolution.md");
    let page = std::fs::read_to_string(path).unwrap();
    let start = page.find("### The API\n").expect("the first table");
    let end = page
        .find("### Not compared\n")
        .expect("what follows the tables");
    assert_eq!(page[start..end].trim_end(), rows().trim_end());
}

#[test]
fn the_page_says_what_is_not_compared() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/evolution.md");
    let page = std::fs::read_to_string(path).unwrap();
    let (_, rest) = page.split_once("### Not compared\n").unwrap();
    for (kind, field, why) in NOT_COMPARED {
        let name = format!("`{}.{field}`", kind.section());
        assert!(rest.contains(&name) && rest.contains(why), "{name}: {why}");
    }
}
