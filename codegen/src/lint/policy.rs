//! Applies the levels and allowances of the catalog to findings.

use jiff::civil::Date;

use super::Finding;
use super::allow::{self, Allowance, Scope};
use super::custom::CustomRules;
use super::levels::resolve_levels;
use crate::ast::LintAst;
use crate::catalog::AuditPolicy;
use crate::diagnostic::Diagnostic;
use crate::resolve::{Effective, optional};
use crate::rule::{Level, Rule, Severity};
use crate::span::Span;
use crate::unord_map::UnordMap;

/// The levels, and the allowances, each with whether it applied to a finding.
pub(super) struct Policy<'a> {
    levels: Vec<(Rule, Level)>,
    house_levels: Vec<Option<Level>>,
    allowances: Vec<Allowance<'a>>,
    /// The position of an allowance, by its scope.
    positions: UnordMap<Scope, usize>,
    expired: Vec<Diagnostic>,
}

impl<'a> Policy<'a> {
    /// Reads the levels and allowances, and reports their errors.
    pub(super) fn new(
        ast: Option<&'a LintAst>,
        house: &CustomRules<'a>,
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
        match stated {
            Some((_, level)) => *level,
            None => rule.kind().default_level().unwrap_or(Level::Error),
        }
    }

    /// Reports a finding, unless it is allowed. The most specific allowance applies.
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

    /// The levels and allowances of the rules that are not checked on the catalog.
    pub(super) fn audit(&self) -> AuditPolicy {
        let levels = self.levels.iter().copied();
        let allowances = self.allowances.iter();
        AuditPolicy {
            levels: levels
                .filter(|(rule, _)| rule.kind().is_audited())
                .collect(),
            allowances: allowances.filter_map(Allowance::audited).collect(),
        }
    }

    /// The places of the allowances of these rules.
    pub(super) fn audited_places(&self) -> Vec<Span> {
        let allowances = self.allowances.iter();
        let audited = allowances.filter(|allowance| allowance.scope.rule.kind().is_audited());
        audited.map(|allowance| allowance.span).collect()
    }

    /// Reports expired allowances, and allowances without a finding although their rule was checked.
    pub(super) fn report_stale(mut self, unjudged: &[Rule], diagnostics: &mut Vec<Diagnostic>) {
        for expired in std::mem::take(&mut self.expired) {
            self.report(Finding::about(None, expired), diagnostics);
        }
        let unneeded: Vec<_> = self
            .allowances
            .iter()
            .filter(|allowance| {
                let rule = allowance.scope.rule;
                !allowance.met
                    && rule != Rule::UnneededAllow
                    && !rule.kind().is_audited()
                    && !unjudged.contains(&rule)
            })
            .map(Allowance::unneeded)
            .collect();
        for finding in unneeded {
            self.report(Finding::about(None, finding), diagnostics);
        }
    }
}
