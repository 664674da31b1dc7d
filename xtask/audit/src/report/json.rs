//! A report for programs.

use serde_json::{Value, json};

use super::{Report, severity};
use crate::finding::Subject;
use crate::tally::Group;

impl Report<'_> {
    /// Renders the report as one JSON document. Names are added to it, and none is removed or renamed.
    #[must_use]
    pub fn json(&self) -> String {
        let counts = &self.tally.counts;
        let findings: Vec<Value> = self
            .tally
            .groups()
            .map(|group| self.finding(group))
            .collect();
        let skipped = self.tally.skipped().into_iter().map(|(rule, reason, count)| {
            json!({ "rule": rule.id(), "reason": reason.as_str(), "count": count })
        });
        let mut coverage = json!({});
        let keys = ["codes", "types", "statuses", "pairs"];
        for (key, (_, share)) in keys.into_iter().zip(self.coverage.shares()) {
            coverage[key] = json!({
                "seen": share.seen,
                "all": share.all,
                "percent": share.percent(),
                "never": share.never,
            });
        }
        let document = json!({
            "version": 1,
            "exchanges": counts.exchanges,
            "errors": counts.errors,
            "streams": counts.streams,
            "unanswered": counts.unanswered,
            "mistaken": counts.mistaken,
            "elsewhere": counts.elsewhere,
            "allowed": self.tally.allowed(),
            "ungrouped": counts.ungrouped,
            "findings": findings,
            "notJudged": skipped.collect::<Vec<_>>(),
            "coverage": coverage,
            "unmet": self.unmet(),
        });
        format!("{document:#}\n")
    }

    fn finding(&self, group: &Group) -> Value {
        let code = match &group.subject {
            Subject::Status(_) | Subject::Unknown(None) => None,
            _ => Some(self.subject(group)),
        };
        let status = match &group.subject {
            Subject::Status(status) => Some(*status),
            Subject::Code(code) => self.catalog()[*code]
                .status
                .own()
                .map(codegen::catalog::Status::get),
            Subject::Retired(_) | Subject::Unknown(_) => None,
        };
        json!({
            "rule": group.rule.id(),
            "severity": severity(group.level),
            "code": code,
            "status": status,
            "operation": self.operation(group),
            "count": group.count,
            "message": group.text,
            "recording": self.recording(&group.place),
            "exchange": group.place.exchange,
        })
    }
}
