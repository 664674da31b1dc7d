//! The tables of `docs/evolution.md`: what each change means, as the policy has it.

use std::fmt::Write as _;

use crate::artifact::Region;
use crate::compat::{Case, Field, Kind, rows};

/// The tables, one for each kind of entry.
pub(super) fn tables() -> Region {
    let mut contents = String::new();
    for kind in Kind::ALL {
        // Writing to a string cannot fail.
        let _ = write!(
            contents,
            "\n### {}\n\n| Field | Change | Rule | Level | Version |\n| --- | --- | --- | --- | --- |\n",
            heading(kind)
        );
        for field in rows(kind) {
            if let Some(case) = same_in_all(field) {
                contents += &row(field, "changed, added or removed", case);
                continue;
            }
            for (change, cases) in [
                ("changed", field.changed),
                ("added", field.added),
                ("removed", field.removed),
            ] {
                contents.extend(cases.iter().map(|case| row(field, change, case)));
            }
        }
    }
    contents.push('\n');
    Region {
        path: "docs/evolution.md",
        name: String::new(),
        contents,
    }
}

/// The case of a field that means the same whether its value changes, comes or goes.
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
