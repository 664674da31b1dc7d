//! Explains a rule about changes: the rows of the policy that report it.

use std::fmt::Write as _;

use codegen::compat::{Case, Field, Kind, table};

use crate::program::Program;

/// Lists the changes that this rule reports; nothing for other rules.
pub(super) fn explain(rule: &str, out: &mut String) -> std::fmt::Result {
    let mut lines = Vec::new();
    for field in table() {
        let cells = [
            ("changed", field.changed),
            ("added", field.added),
            ("removed", field.removed),
        ];
        for (change, cases) in cells {
            let cases = cases.iter().filter(|case| case.rule == rule);
            lines.extend(cases.map(|case| line(field, change, case)));
        }
    }
    if lines.is_empty() {
        return Ok(());
    }
    if out.is_empty() {
        let diff = Program::current().command("diff");
        writeln!(out, "rule     {rule}, of what `{diff}` shows")?;
    }
    writeln!(out, "\nIt reports, of what was released:\n")?;
    for line in lines {
        writeln!(out, "  {line}")?;
    }
    writeln!(out, "\nSee docs/evolution.md for all changes.")
}

fn line(field: &Field, change: &str, case: &Case) -> String {
    let what = match (field.kind, field.name) {
        (kind, "") => kind.section().to_owned(),
        (Kind::Argument, name) => format!("codes.args.{name}"),
        (kind, name) => format!("{}.{name}", kind.section()),
    };
    let when = match case.when {
        "" => String::new(),
        when => format!(", {when}"),
    };
    let (level, version) = (case.level.as_str(), case.version.as_str());
    format!("{what} {change}{when}: {level}, {version}")
}
