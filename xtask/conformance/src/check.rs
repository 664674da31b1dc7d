//! Checks by tools, besides the cases of the catalog.

use std::path::Path;

use serde::Deserialize;

use crate::driver::Report;
use crate::terminal;

/// A check by a tool.
pub(crate) struct Check {
    /// The tool, and what it checks.
    pub(crate) tool: String,
    /// The checked document, page or case.
    pub(crate) subject: String,
    pub(crate) faults: Vec<String>,
}

/// The result of a driver for one subject.
#[derive(Deserialize)]
pub(crate) struct Judged {
    pub(crate) subject: String,
    pub(crate) fault: Option<String>,
}

impl Check {
    /// A check with at most one fault.
    pub(crate) fn new(
        tool: impl Into<String>,
        subject: impl Into<String>,
        fault: Option<String>,
    ) -> Self {
        Self {
            tool: tool.into(),
            subject: subject.into(),
            faults: fault.into_iter().collect(),
        }
    }

    /// The checks of a driver that reports at most one fault per subject.
    pub(crate) fn of_driver(report: Report<Judged>) -> impl Iterator<Item = Self> {
        let tool = report.client;
        let lines = report.lines.into_iter();
        lines.map(move |judged| Self::new(&*tool, judged.subject, judged.fault))
    }
}

/// One line per tool, then the faults. Paths are relative to `root`.
pub(crate) fn print(checks: &[Check], root: &Path) -> String {
    let mut tools: Vec<&str> = Vec::new();
    for check in checks {
        if !tools.contains(&check.tool.as_str()) {
            tools.push(&check.tool);
        }
    }
    let lines = tools.into_iter().map(|tool| {
        let own = || checks.iter().filter(|check| check.tool == tool);
        let faults: usize = own().map(|check| check.faults.len()).sum();
        let verdict = match faults {
            0 => "ok".to_owned(),
            faults => terminal::plural(faults, "fault"),
        };
        [
            tool.to_owned(),
            terminal::plural(own().count(), "check"),
            verdict,
        ]
    });
    let mut out = terminal::columns(&lines.collect::<Vec<_>>());
    for check in checks {
        let subject = Path::new(&check.subject);
        let subject = subject.strip_prefix(root).unwrap_or(subject).display();
        for fault in &check.faults {
            let line = format!("WRONG: {}: {subject}: {fault}\n", check.tool);
            out.push_str(&line);
        }
    }
    out
}

/// The number of faults.
pub(crate) fn faults(checks: &[Check]) -> usize {
    checks.iter().map(|check| check.faults.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tool_and_each_fault_has_a_line() {
        let check = |tool: &str, faults: &[&str]| Check {
            tool: tool.to_owned(),
            subject: "/root/openapi.yaml".to_owned(),
            faults: faults.iter().map(|fault| (*fault).to_owned()).collect(),
        };
        let checks = [
            check("one 1.0", &[]),
            check("other 2.0", &["bad", "worse"]),
            check("one 1.0", &[]),
        ];
        assert_eq!(
            print(&checks, Path::new("/root")),
            "one 1.0    2 checks  ok\nother 2.0  1 check   2 faults\n\
             WRONG: other 2.0: openapi.yaml: bad\nWRONG: other 2.0: openapi.yaml: worse\n"
        );
        assert_eq!(faults(&checks), 2);
        assert_eq!(print(&[], Path::new("/root")), "");
    }
}
