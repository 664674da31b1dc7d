//! The levels that the `lint` section states.

use crate::ast::{Entries, LevelAst};
use crate::diagnostic::{Diagnostic, quoted};
use crate::rule::{Level, Rule};
use crate::span::Span;
use crate::suggest::closest;

/// Resolves the levels that the catalog states.
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

/// The level of a keyword.
pub(super) fn resolve_level(ast: LevelAst) -> Level {
    match ast {
        LevelAst::Error => Level::Error,
        LevelAst::Warn => Level::Warn,
        LevelAst::Off => Level::Off,
    }
}

/// The lint rule with this id. Other ids are reported.
pub(super) fn lint_rule(id: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Option<Rule> {
    let is_lint = |rule: &Rule| rule.kind().default_level().is_some();
    let rule = Rule::from_id(id);
    if let Some(rule) = rule.filter(is_lint) {
        return Some(rule);
    }
    let message = if rule.is_some() {
        format!("{} is not a lint rule: its level is fixed", quoted(id))
    } else {
        format!("unknown rule {}", quoted(id))
    };
    let diagnostic = Diagnostic::new(Rule::UnknownRule, span, message);
    let lints = Rule::ALL.iter().copied().filter(is_lint);
    let ids: Vec<_> = lints.map(Rule::id).collect();
    let meant = closest(id, ids.iter().copied());
    let known = format!("use one of: {}", ids.join(", "));
    diagnostics.push(diagnostic.did_you_mean(span, meant, known));
    None
}
