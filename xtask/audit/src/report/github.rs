//! A report as GitHub workflow commands.

use std::fmt::Write as _;

use super::{Report, severity};

impl Report<'_> {
    /// Renders each group of findings as a command, which GitHub shows with the run of the workflow.
    ///
    /// Source: GitHub documentation, "Workflow commands for GitHub Actions".
    #[must_use]
    pub fn github(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        for group in self.tally.groups() {
            let command = severity(group.level);
            let text = format!("{}\n{}", group.text, self.whereabouts(group));
            let _ = writeln!(
                out,
                "::{command} title={}::{}",
                group.rule.id(),
                data(&text)
            );
        }
        for unmet in self.unmet() {
            let _ = writeln!(out, "::error title=coverage::{}", data(&unmet));
        }
        let shares = self.coverage.shares();
        let shares = shares.iter().filter(|(_, share)| share.all > 0);
        let shares: Vec<String> = shares
            .map(|(name, share)| format!("{} of {} {name}", share.seen, share.all))
            .collect();
        let text = format!(
            "{}: {}; seen: {}",
            self.traffic(),
            self.findings(),
            shares.join(", ")
        );
        let _ = writeln!(out, "::notice title=live-check::{}", data(&text));
        out
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}
