//! A report as a SARIF log.

use codegen::Rule;
use codegen::report::{sarif_log, sarif_message, sarif_uri};
use serde_json::{Value, json};

use super::{Report, severity};
use crate::tally::Group;

impl Report<'_> {
    /// Renders the report in SARIF 2.1.0, with a result for each group of findings.
    #[must_use]
    pub fn sarif(&self) -> String {
        let results = self.tally.groups().map(|group| self.result(group));
        let results: Vec<Value> = results.collect();
        sarif_log("cargo xtask live-check", Rule::ALL, &results)
    }

    fn result(&self, group: &Group) -> Value {
        let text = format!("{}\n{}", group.text, self.whereabouts(group));
        let recording = self.recording(&group.place);
        let operation = self.operation(group).unwrap_or_default();
        let fingerprint = format!("{}:{}:{operation}", group.rule.id(), self.subject(group));
        json!({
            "ruleId": group.rule.id(),
            "ruleIndex": group.rule as usize,
            "level": severity(group.level),
            "message": sarif_message(&text),
            "occurrenceCount": group.count,
            "locations": [{
                "physicalLocation": { "artifactLocation": { "uri": sarif_uri(recording) } },
            }],
            "partialFingerprints": { "ruleCodeOperation/v1": fingerprint },
        })
    }
}
