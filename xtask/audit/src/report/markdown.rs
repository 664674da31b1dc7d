//! A report for a pull request.

use std::fmt::Write as _;

use super::{Report, severity};

impl Report<'_> {
    /// Renders the report as Markdown: a table of findings, and one of coverage.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = String::from("## Live check\n\n");
        // Writing to a string cannot fail.
        if self.is_clean() {
            let _ = writeln!(out, "No rule is broken in {}.", self.traffic());
        } else {
            let _ = writeln!(out, "{}: {}.\n", self.traffic(), self.findings());
            out.push_str("| Rule | Level | Error | Operation | Count | Example |\n");
            out.push_str("| --- | --- | --- | --- | ---: | --- |\n");
            for group in self.tally.groups() {
                let operation = self.operation(group).map_or_else(String::new, code);
                let _ = writeln!(
                    out,
                    "| {} | {} | {} | {operation} | {} | {} ({}, exchange {}) |",
                    code(group.rule.id()),
                    severity(group.level),
                    code(&self.subject(group)),
                    group.count,
                    cell(&group.text),
                    code(self.recording(&group.place)),
                    group.place.exchange,
                );
            }
        }
        out.push_str("\n| Coverage | Seen | Of | |\n| --- | ---: | ---: | ---: |\n");
        for (name, share) in self.coverage.shares() {
            if share.all > 0 {
                let (seen, all, percent) = (share.seen, share.all, share.percent());
                let _ = writeln!(out, "| {name} | {seen} | {all} | {percent} % |");
            }
        }
        for (name, share) in self.coverage.shares() {
            if !share.never.is_empty() {
                let names: Vec<String> = share.never.iter().map(|name| code(name)).collect();
                let _ = writeln!(
                    out,
                    "\n<details><summary>Never seen of {name}: {}</summary>\n\n{}\n\n</details>",
                    share.never.len(),
                    names.join(", ")
                );
            }
        }
        let skipped = self.tally.skipped();
        if !skipped.is_empty() {
            out.push_str("\n| Not judged | Count | Why |\n| --- | ---: | --- |\n");
            for (rule, reason, count) in skipped {
                let _ = writeln!(
                    out,
                    "| {} | {count} | {} |",
                    code(rule.id()),
                    reason.as_str()
                );
            }
        }
        for unmet in self.unmet() {
            let _ = writeln!(out, "\n**{unmet}**");
        }
        out
    }
}

/// A text as code in a cell of a table.
fn code(text: &str) -> String {
    format!(
        "`{}`",
        text.replace('`', "'")
            .replace('|', "\\|")
            .replace(['\r', '\n'], " ")
    )
}

/// A text in a cell of a table. The names in it are in backticks already.
fn cell(text: &str) -> String {
    let text = text.replace('|', "\\|").replace(['\r', '\n'], " ");
    text.replace('<', "&lt;")
}
