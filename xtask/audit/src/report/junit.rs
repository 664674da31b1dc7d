//! A report in the form of `JUnit`, which shows rules as test cases.

use std::fmt::Write as _;

use codegen::Rule;
use codegen::rule::{Level, RuleKind};

use super::Report;

impl Report<'_> {
    /// Renders the report in the form of `JUnit`: a test case for each rule, and one for each requirement of coverage.
    #[must_use]
    pub fn junit(&self) -> String {
        let rules = Rule::ALL
            .iter()
            .filter(|rule| matches!(rule.kind(), RuleKind::Traffic(_)));
        let groups: Vec<_> = self.tally.groups().collect();
        let skipped = self.tally.skipped();
        let (mut cases, mut tests, mut failures) = (String::new(), 0, 0);
        // Writing to a string cannot fail.
        for rule in rules {
            tests += 1;
            let _ = write!(
                cases,
                "    <testcase classname=\"live-check\" name=\"{}\"",
                rule.id()
            );
            let of_rule: Vec<_> = groups.iter().filter(|group| group.rule == *rule).collect();
            let failed = of_rule.iter().any(|group| group.level == Level::Error);
            let lines = of_rule
                .iter()
                .map(|group| format!("{}: {}", self.whereabouts(group), group.text));
            let lines: Vec<String> = lines.collect();
            let of_rule = skipped.iter().filter(|(found, ..)| found == rule);
            let notes = of_rule
                .map(|(_, reason, count)| format!("not judged {count} times: {}", reason.as_str()));
            let notes: Vec<String> = notes.collect();
            if lines.is_empty() && notes.is_empty() {
                cases.push_str("/>\n");
                continue;
            }
            cases.push_str(">\n");
            if failed {
                failures += 1;
                let message = escaped(lines.first().map_or("", String::as_str));
                let text = escaped(&lines.join("\n"));
                let _ = writeln!(
                    cases,
                    "      <failure message=\"{message}\">{text}</failure>"
                );
            }
            let warnings = if failed { &[][..] } else { &lines[..] };
            let told: Vec<&str> = warnings.iter().chain(&notes).map(String::as_str).collect();
            if !told.is_empty() {
                let _ = writeln!(
                    cases,
                    "      <system-out>{}</system-out>",
                    escaped(&told.join("\n"))
                );
            }
            cases.push_str("    </testcase>\n");
        }
        if !self.least.is_empty() {
            tests += 1;
            let unmet = self.unmet();
            let _ = write!(
                cases,
                "    <testcase classname=\"live-check\" name=\"coverage\""
            );
            if unmet.is_empty() {
                cases.push_str("/>\n");
            } else {
                failures += 1;
                let message = escaped(&unmet.join("; "));
                let _ = writeln!(
                    cases,
                    ">\n      <failure message=\"{message}\"/>\n    </testcase>"
                );
            }
        }
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"live-check\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\">\n{cases}  </testsuite>\n</testsuites>\n"
        )
    }
}

/// A text in XML. Characters that XML cannot contain are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}
