//! The levels that the `lint` section states.

use crate::ast::{Entries, LevelAst};
use crate::diagnostic::{Diagnostic, quoted};
use crate::rule::{Level, Rule, RuleKind};
use crate::span::Span;
use crate::suggest::closest;

/// The levels that the catalog states.
pub(super) fn resolve_levels(
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
