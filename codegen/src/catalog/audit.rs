//! What the catalog states about the rules that are not checked on the catalog itself.

use super::CodeId;
use crate::rule::{Level, Rule};

/// The levels and allowances of the rules that running servers and sources are checked against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditPolicy {
    /// The levels that the catalog states.
    pub levels: Vec<(Rule, Level)>,
    /// The allowances that have not expired, in the order of the file.
    pub allowances: Vec<Allowance>,
}

/// An allowance of one rule, for one code or for all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The rule.
    pub rule: Rule,
    /// The code; without one, the allowance is for all findings of the rule.
    pub code: Option<CodeId>,
    /// Why.
    pub reason: String,
}

impl AuditPolicy {
    /// The level of a rule: the stated one, else its default. A rule without a level is an error.
    #[must_use]
    pub fn level(&self, rule: Rule) -> Level {
        let stated = self.levels.iter().find(|(known, _)| *known == rule);
        let default = || rule.kind().default_level().unwrap_or(Level::Error);
        stated.map_or_else(default, |(_, level)| *level)
    }

    /// The position of the allowance for a finding of a rule about a code. The one that names the code wins.
    #[must_use]
    pub fn allowance(&self, rule: Rule, code: Option<CodeId>) -> Option<usize> {
        let find = |code| {
            let mut allowances = self.allowances.iter();
            allowances.position(|entry| entry.rule == rule && entry.code == code)
        };
        code.and_then(|code| find(Some(code)))
            .or_else(|| find(None))
    }
}
