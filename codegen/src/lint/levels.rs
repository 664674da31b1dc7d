//! How much a finding weighs: levels, and what is allowed.

use jiff::civil::Date;

use super::Finding;
use super::allow::{self, Allowance, Scope};
use super::house::HouseRules;
use crate::ast::{Entries, LevelAst, LintAst};
use crate::diagnostic::{Diagnostic, quoted};
use crate::resolve::{Effective, optional};
use crate::rule::{Level, Rule, RuleKind, Severity};
use crate::span::Span;
use crate::suggest::closest;
use crate::unord_map::UnordMap;

/// The levels, and the allowances with whether each has met a finding.
pub(super) struct Policy<'a> {
    levels: Vec<(Rule, Level)>,
    house_levels: Vec<Option<Level>>,
    allowances: Vec<Allowance<'a>>,
    /// The position of an allowance by what it allows.
    positions: UnordMap<Scope, usize>,
    expired: Vec<Diagnostic>,
}

impl<'a> Policy<'a> {
    /// Reads the levels and allowances, and reports what is wrong with them.
    pub(super) fn new(
        ast: Option<&'a LintAst>,
        house: &HouseRules<'a>,
        codes: &[Effective<'_>],
        day: Option<Date>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let levels = optional(ast.and_then(|ast| ast.levels.as_ref()));
        let levels = levels.map_or_else(Vec::new, |levels| resolve_levels(levels, diagnostics));
        let entries = optional(ast.and_then(|ast| ast.allow.as_ref()));
        let mut reader = allow::Reader::new(house, codes, day);
        for entry in entries.map_or(&[][..], Vec::as_slice) {
            reader.read(entry, diagnostics);
        }
        let positions = reader.allowances.iter().enumerate();
        Self {
            levels,
            house_levels: house.levels(),
            positions: positions
                .map(|(position, allowance)| (allowance.scope, position))
                .collect(),
            allowances: reader.allowances,
            expired: reader.expired,
        }
    }

    fn level(&self, rule: Rule, house: Option<usize>) -> Level {
        if let Some(level) = house.and_then(|house| self.house_levels[house]) {
            return level;
        }
        let stated = self.levels.iter().find(|(known, _)| *known == rule);
        match (stated, rule.kind()) {
            (Some((_, level)), _) => *level,
            (None, RuleKind::Lint(level)) => level,
            (None, RuleKind::Fixed | RuleKind::Promise) => Level::Error,
        }
    }

    /// Reports a finding, unless it is allowed; the allowance that says most about it counts.
    pub(super) fn report(&mut self, finding: Finding, diagnostics: &mut Vec<Diagnostic>) {
        let Finding {
            code,
            house,
            diagnostic,
        } = finding;
        let rule = diagnostic.rule;
        let scopes = [(code, house), (code, None), (None, house), (None, None)];
        let allowance = scopes
            .into_iter()
            .find_map(|(code, house)| self.positions.get(&Scope { rule, house, code }));
        if let Some(position) = allowance {
            self.allowances[*position].met = true;
            return;
        }
        let severity = match self.level(rule, house) {
            Level::Error => Severity::Error,
            Level::Warn => Severity::Warning,
            Level::Off => return,
        };
        diagnostics.push(Diagnostic {
            severity,
            ..diagnostic
        });
    }

    /// Reports the allowances that have expired, and those that have met nothing though their rule was
    /// judged.
    pub(super) fn report_stale(mut self, unjudged: &[Rule], diagnostics: &mut Vec<Diagnostic>) {
        for expired in std::mem::take(&mut self.expired) {
            self.report(Finding::about(None, expired), diagnostics);
        }
        let unneeded: Vec<_> = self
            .allowances
            .iter()
            .filter(|allowance| {
                let rule = allowance.scope.rule;
                !allowance.met && rule != Rule::UnneededAllow && !unjudged.contains(&rule)
            })
            .map(Allowance::unneeded)
            .collect();
        for finding in unneeded {
            self.report(Finding::about(None, finding), diagnostics);
        }
    }
}

fn resolve_levels(
    levels: &Entries<LevelAst>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(Rule, Level)> {
    levels
        .0
        .iter()
        .filter_map(|(id, level)| {
            let rule = lint_rule(id, level.key, diagnostics)?;
            Some((rule, resolve_level(level.value?)))
        })
        .collect()
}

/// The level that a word stands for.
pub(super) fn resolve_level(ast: LevelAst) -> Level {
    match ast {
        LevelAst::Error => Level::Error,
        LevelAst::Warn => Level::Warn,
        LevelAst::Off => Level::Off,
    }
}

/// The lint rule with this id; reports one that is none.
pub(super) fn lint_rule(id: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Option<Rule> {
    let lints = || {
        Rule::ALL
            .iter()
            .filter(|rule| matches!(rule.kind(), RuleKind::Lint(_)))
    };
    let rule = Rule::from_id(id);
    if let Some(rule) = rule.filter(|rule| matches!(rule.kind(), RuleKind::Lint(_))) {
        return Some(rule);
    }
    let message = if rule.is_some() {
        format!("{} is no lint rule: it always holds", quoted(id))
    } else {
        format!("{} is no rule", quoted(id))
    };
    let diagnostic = Diagnostic::new(Rule::UnknownRule, span, message);
    let ids: Vec<_> = lints().map(|rule| rule.id()).collect();
    let meant = closest(id, ids.iter().copied());
    let known = format!("the lint rules are: {}", ids.join(", "));
    diagnostics.push(diagnostic.did_you_mean(span, meant, known));
    None
}
