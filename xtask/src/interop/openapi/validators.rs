//! Validators: no errors, and no warning that the guide does not explain.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::ensure;
use fs_err as fs;
use serde::Deserialize;

use super::super::check::Check;
use super::super::driver::{self, Said};
use super::super::environment::Language;
use super::Context;

/// The page whose table explains warnings.
const GUIDE: &str = "docs/openapi.md";

/// An error that is none: where codes are called `default` and `type`, spectral takes the list of them for a
/// schema, and `default` for an example of it.
const MISTAKEN: (&str, &str) = ("spectral", "oas3-valid-schema-example");
const MISTAKEN_AT: &str = ".default)";

/// What a validator found in a document.
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

/// The name of a validator, and that of a rule of it.
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
        let said: Said<Validated> = driver::run(command, context.folder, name)?;
        ensure!(
            said.lines.len() == documents.len(),
            "{name} left out a document"
        );
        for validated in said.lines {
            let faults = faults(name, &validated, &explained, &mut met);
            checks.push(Check {
                tool: said.client.clone(),
                subject: validated.subject,
                faults,
            });
        }
    }
    checks.extend(explained.difference(&met).map(|(name, rule)| Check {
        tool: format!("{name}, as {GUIDE} has it"),
        subject: (*rule).to_owned(),
        faults: vec!["no document has this warning: it needs no explanation".to_owned()],
    }));
    Ok(checks)
}

/// What is wrong with a document. Explanations that were needed are noted.
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
        let is_mistaken = (name, rule.as_str()) == MISTAKEN && message.ends_with(MISTAKEN_AT);
        match (severity, known) {
            (Severity::Warning, Some(known)) => {
                met.insert(*known);
            }
            (Severity::Error, _) if is_mistaken => {}
            _ => faults.push(format!("{rule}: {message}")),
        }
    }
    faults
}

/// The warnings of the table in the guide.
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
        let name = if rule == MISTAKEN.1 {
            MISTAKEN.0
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
        let (_, rule) = MISTAKEN;
        assert_eq!(judged(Severity::Error, rule, said), fault(rule));
        assert_eq!(
            judged(Severity::Error, rule, "it says (x-codes.default)"),
            (vec![], 0)
        );
    }
}
