//! What tools were asked besides the cases of the catalog, and what they found.

use std::path::Path;

use serde::Deserialize;

use super::driver::Said;
use crate::terminal;

/// A question to a tool.
pub(super) struct Check {
    /// Who was asked, and what.
    pub(super) tool: String,
    /// About what.
    pub(super) subject: String,
    pub(super) faults: Vec<String>,
}

/// What a driver found wrong with something.
#[derive(Deserialize)]
pub(super) struct Judged {
    pub(super) subject: String,
    pub(super) fault: Option<String>,
}

impl Check {
    /// The checks of a driver that finds one fault at most.
    pub(super) fn of_driver(said: Said<Judged>) -> impl Iterator<Item = Self> {
        let tool = said.client;
        said.lines.into_iter().map(move |judged| Self {
            tool: tool.clone(),
            subject: judged.subject,
            faults: judged.fault.into_iter().collect(),
        })
    }
}

/// A line for each tool, and the faults. Files are named as they are called from `root`.
pub(super) fn print(checks: &[Check], root: &Path) -> String {
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

/// How many faults there are.
pub(super) fn faults(checks: &[Check]) -> usize {
    checks.iter().map(|check| check.faults.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tool_has_a_line_and_every_fault_too() {
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
