//! A report for people: what is wrong and what was never seen, on one screen.

use std::fmt::Write as _;

use super::{Report, number, severity};

/// The number of groups of findings that are shown.
const MAX_GROUPS: usize = 8;
/// The number of names that are shown of those that were never seen.
const MAX_NAMES: usize = 24;
/// The number of pairs of operation and code that are shown of those that were never seen.
const MAX_PAIRS: usize = 8;
/// The width of a line with names.
const WIDTH: usize = 100;

impl Report<'_> {
    /// Renders the report for people. If no rule is broken, the first line says so.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let groups: Vec<_> = self.tally.groups().collect();
        for group in groups.iter().take(MAX_GROUPS) {
            let (level, rule) = (severity(group.level), group.rule.id());
            let _ = writeln!(out, "{level}[{rule}]: {}", group.text);
            let _ = writeln!(out, "  {}", self.whereabouts(group));
        }
        let more = groups.len().saturating_sub(MAX_GROUPS);
        if more > 0 {
            let groups = number(more as u64, "more group");
            let _ = writeln!(out, "{groups} of findings: `--format json` shows all");
        }
        if self.is_clean() {
            let allowed = self.allowed();
            let _ = writeln!(out, "ok: no rule is broken in {}{allowed}", self.traffic());
        } else {
            let _ = writeln!(out, "\ntraffic     {}", self.traffic());
            let _ = writeln!(out, "findings    {}", self.findings());
        }
        self.not_judged(&mut out);
        self.coverage_lines(&mut out);
        for unmet in self.unmet() {
            let _ = writeln!(out, "error: {unmet}");
        }
        out
    }

    /// What was not judged, by reason.
    fn not_judged(&self, out: &mut String) {
        let skipped = self.tally.skipped();
        let mut reasons: Vec<_> = skipped.iter().map(|(_, reason, _)| *reason).collect();
        reasons.sort_unstable();
        reasons.dedup();
        let mut title = "not judged";
        for reason in reasons {
            let of_reason = skipped.iter().filter(|(_, found, _)| *found == reason);
            let rules = of_reason.clone().count();
            let most = of_reason
                .map(|(.., count)| *count)
                .max()
                .unwrap_or_default();
            let first = skipped.iter().find(|(_, found, _)| *found == reason);
            let name = match (rules, first) {
                (1, Some((rule, ..))) => format!("`{}`", rule.id()),
                _ => number(rules as u64, "rule"),
            };
            let of = number(most, "exchange");
            let _ = writeln!(out, "{title:<12}{name} in {of}: {}", reason.as_str());
            title = "";
        }
    }

    fn coverage_lines(&self, out: &mut String) {
        let shares = self.coverage.shares();
        if shares.iter().all(|(_, share)| share.never.is_empty()) {
            if !self.is_clean() {
                let _ = writeln!(out, "seen        everything{}", self.in_scope());
            }
            return;
        }
        let counts = shares.iter().filter(|(_, share)| share.all > 0);
        let counts: Vec<String> = counts
            .map(|(name, share)| format!("{} of {} {name}", share.seen, share.all))
            .collect();
        let _ = writeln!(out, "seen        {}{}", counts.join(", "), self.in_scope());
        for (name, share) in &shares[..3] {
            names(
                &format!("never seen  {name}: "),
                &share.never,
                MAX_NAMES,
                out,
            );
        }
        let [.., (_, pairs)] = shares;
        // The pairs of a code that was never seen follow from it.
        let of_seen = pairs.never.iter().filter(|pair| {
            let code = pair.split_once(' ').map_or("", |(_, code)| code);
            !self.coverage.codes.never.iter().any(|name| name == code)
        });
        let of_seen: Vec<String> = of_seen.cloned().collect();
        names("never seen  of operations: ", &of_seen, MAX_PAIRS, out);
    }

    fn in_scope(&self) -> &'static str {
        if self.scope.is_all() {
            ""
        } else {
            " in the scope"
        }
    }
}

/// Names in lines that fit on a screen.
fn names(title: &str, names: &[String], most: usize, out: &mut String) {
    if names.is_empty() {
        return;
    }
    let mut line = title.to_owned();
    let shown = names.iter().take(most);
    let last = names.len().min(most) - 1;
    for (position, name) in shown.enumerate() {
        let separator = if position == last { "" } else { ", " };
        if line.len() + name.len() > WIDTH && !line.trim().is_empty() {
            let _ = writeln!(out, "{}", line.trim_end());
            line = " ".repeat(12);
        }
        line.push_str(name);
        line.push_str(separator);
    }
    let more = names.len().saturating_sub(most);
    if more > 0 {
        let _ = write!(line, " and {more} more");
    }
    let _ = writeln!(out, "{line}");
}
