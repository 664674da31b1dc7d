//! The diagnostics that a terminal shows.
//!
//! Errors come first: while there are errors, the warnings of lints are only counted. A finding that repeats is shown
//! ten times, and counted from then on.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::human::{self, Style};
use super::line_index::LineIndex;
use super::table::plural;
use crate::Inputs;
use crate::diagnostic::Diagnostic;
use crate::limits::MAX_REPEATED;
use crate::rule::{Rule, RuleKind, Severity};

/// Renders diagnostics as [`human`](super::human()) does, but without warnings of lints if there are errors, and each
/// repeated finding only ten times. The numbers of the others follow, with what shows them: `command` is what starts the
/// tool, such as `cargo xtask`.
#[must_use]
pub fn brief(inputs: &Inputs, diagnostics: &[Diagnostic], style: Style, command: &str) -> String {
    brief_of("check", inputs, diagnostics, style, command)
}

/// The same for the findings of another verb.
#[must_use]
pub fn brief_of(
    verb: &str,
    inputs: &Inputs,
    diagnostics: &[Diagnostic],
    style: Style,
    command: &str,
) -> String {
    let has_errors = diagnostics.iter().any(is_error);
    let is_held = |found: &&Diagnostic| {
        has_errors && !is_error(found) && matches!(found.rule.kind(), RuleKind::Lint(_))
    };
    let (held, shown): (Vec<_>, Vec<_>) = diagnostics.iter().partition(is_held);
    // The numbers of findings of each kind: all of them, and those that were reached.
    let kinds: Vec<(Rule, String)> = shown.iter().map(|found| kind(found)).collect();
    let mut counts: BTreeMap<&(Rule, String), (usize, usize)> = BTreeMap::new();
    for kind in &kinds {
        counts.entry(kind).or_default().0 += 1;
    }
    let places = LineIndex::new(inputs);
    let renderer = human::renderer(style);
    let mut out = String::new();
    for (found, kind) in shown.into_iter().zip(&kinds) {
        let (total, seen) = counts.entry(kind).or_default();
        let more = total.saturating_sub(MAX_REPEATED);
        *seen += 1;
        if *seen > MAX_REPEATED {
            continue;
        }
        out.push_str(&human::render(&places, found, &renderer));
        out.push_str("\n\n");
        if *seen == MAX_REPEATED && more > 0 {
            let rule = found.rule.id();
            // Writing to a string cannot fail.
            let _ = writeln!(
                out,
                "{more} more findings of `{rule}` like this one: `{command} {verb} --format json` shows all\n"
            );
        }
    }
    if !held.is_empty() {
        let warnings = plural(held.len(), "warning");
        let _ = writeln!(
            out,
            "{warnings} of lints not shown: fix the errors first, or run `{command} check --format json`\n"
        );
    }
    out
}

fn is_error(found: &Diagnostic) -> bool {
    found.severity == Severity::Error
}

/// What repeated findings have in common: the rule, and the message without names and numbers.
fn kind(found: &Diagnostic) -> (Rule, String) {
    let texts = found.message.split('`').step_by(2);
    let texts = texts.flat_map(str::chars);
    (found.rule, texts.filter(|c| !c.is_ascii_digit()).collect())
}
