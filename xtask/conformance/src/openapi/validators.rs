//! Validators report no errors, and no warnings besides those that the guide explains.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::ensure;
use fs_err as fs;
use serde::Deserialize;

use crate::check::Check;
use crate::context::Context;
use crate::driver::{self, Report};
use crate::model::Language;

/// The page whose table explains warnings.
const GUIDE: &str = "docs/openapi.md";

/// A false error: if codes are called `default` and `type`, spectral takes the list of codes for a schema with
/// a default.
const FALSE_ERROR: (&str, &str) = ("spectral", "oas3-valid-schema-example");
const FALSE_AT: &str = ".default)";

/// The findings of a validator in a document.
#[derive(Deserialize)]
struct Validated {
    subject: String,
    findings: Vec<Finding>,
}

#[derive(Deserialize)]
struct Finding {
    severity: Severity,
    rule: String,
    message: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Severity {
    Error,
    Warning,
}

/// The name of a validator and of one of its rules.
type Explained<'a> = (&'a str, &'a str);

pub(super) fn validate(context: &Context<'_>, documents: &[&Path]) -> anyhow::Result<Vec<Check>> {
    let guide = fs::read_to_string(context.root.join(GUIDE))?;
    let explained = explained(&guide);
    let node = context.environments.of(Language::Node)?;
    let python = context.environments.of(Language::Python)?;
    let with_node = |validator: &str| {
        let mut command = node.driver("validate.mjs");
        command.arg(validator);
        command
    };
    let commands = [
        ("openapi-spec-validator", python.driver("validate.py")),
        ("redocly", with_node("redocly")),
        ("spectral", with_node("spectral")),
    ];
    let mut checks = Vec::new();
    let mut met = BTreeSet::new();
    for (name, mut command) in commands {
        command.args(documents);
        let report: Report<Validated> = driver::run(command, context.folder, name)?;
        ensure!(
            report.lines.len() == documents.len(),
            "{name} skipped a document"
        );
        for validated in report.lines {
            let faults = faults(name, &validated, &explained, &mut met);
            checks.push(Check {
                tool: report.client.clone(),
                subject: validated.subject,
                faults,
            });
        }
    }
    checks.extend(explained.difference(&met).map(|(name, rule)| {
        let fault = "no document has this warning: remove the explanation".to_owned();
        Check::new(format!("{name}, explained in {GUIDE}"), *rule, Some(fault))
    }));
    Ok(checks)
}

/// The faults of a document. Adds the used explanations to `met`.
fn faults<'a>(
    name: &str,
    validated: &Validated,
    explained: &BTreeSet<Explained<'a>>,
    met: &mut BTreeSet<Explained<'a>>,
) -> Vec<String> {
    let mut faults = Vec::new();
    for Finding {
        severity,
        rule,
        message,
    } in &validated.findings
    {
        let mut explained = explained.iter();
        let known = explained.find(|known| **known == (name, rule.as_str()));
        let is_false = (name, rule.as_str()) == FALSE_ERROR && message.ends_with(FALSE_AT);
        match (severity, known) {
            (Severity::Warning, Some(known)) => {
                met.insert(*known);
            }
            (Severity::Error, _) if is_false => {}
            _ => faults.push(format!("{rule}: {message}")),
        }
    }
    faults
}

/// The explained warnings in the table of the guide.
fn explained(guide: &str) -> BTreeSet<Explained<'_>> {
    let (_, table) = guide
        .split_once("| Validator | Warning | Why |")
        .unwrap_or_default();
    let rows = table
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let rows = rows.filter_map(|row| {
        let mut cells = row.split('|').skip(1).map(str::trim);
        Some((cells.next()?, cells.next()?.trim_matches('`')))
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "text\n\n| Validator | Warning | Why |\n| --- | --- | --- |\n\
        | redocly | `info-license` | None is stated. |\n\nmore | text |\n";

    fn judged(severity: Severity, rule: &str, message: &str) -> (Vec<String>, usize) {
        let finding = Finding {
            severity,
            rule: rule.to_owned(),
            message: message.to_owned(),
        };
        let validated = Validated {
            subject: "openapi.yaml".to_owned(),
            findings: vec![finding],
        };
        let mut met = BTreeSet::new();
        let name = if rule == FALSE_ERROR.1 {
            FALSE_ERROR.0
        } else {
            "redocly"
        };
        let faults = faults(name, &validated, &explained(PAGE), &mut met);
        (faults, met.len())
    }

    #[test]
    fn warnings_are_faults_unless_the_guide_explains_them() {
        assert_eq!(explained(PAGE), [("redocly", "info-license")].into());
        let said = "it says (a.b)";
        assert_eq!(judged(Severity::Warning, "info-license", said), (vec![], 1));
        let fault = |rule: &str| (vec![format!("{rule}: {said}")], 0);
        assert_eq!(judged(Severity::Warning, "other", said), fault("other"));
        let error = judged(Severity::Error, "info-license", said);
        assert_eq!(error, fault("info-license"));
        let (_, rule) = FALSE_ERROR;
        assert_eq!(judged(Severity::Error, rule, said), fault(rule));
        assert_eq!(
            judged(Severity::Error, rule, "it says (x-codes.default)"),
            (vec![], 0)
        );
    }
}
