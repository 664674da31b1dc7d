//! Compiles the draft and mends it: what breaks a lint rule is allowed with a reason, and a code that is
//! at fault is taken out and reported.

use std::collections::BTreeMap;

use serde_json::json;

use super::outline::{Item, Outline};
use super::sheet::{Finding, Place};
use crate::diagnostic::Diagnostic;
use crate::rule::{Rule, RuleKind};
use crate::source::{Inputs, Source};

/// How often the draft is compiled at most: an allowance can fail twice, and taking codes out can
/// bring up what was hidden.
const MAX_ROUNDS: usize = 8;

/// How a rule that the draft breaks is allowed, from the narrowest way to the widest.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Allowance {
    /// To these codes.
    Codes(Vec<String>),
    /// To the whole catalog.
    Whole,
    /// By switching the rule off.
    Off,
}

/// A draft that compiles, or with what is still wrong with it.
pub(super) struct Settled {
    pub(super) text: String,
    /// The codes that were taken out, each with the reason.
    pub(super) lost: Vec<Finding>,
    /// The rules that are allowed, with how many codes break each.
    pub(super) allowed: Vec<(Rule, usize)>,
    /// What is wrong with the draft as a whole.
    pub(super) faults: Vec<Finding>,
}

/// Mends a draft. `places` says where in the source each of its codes stands.
pub(super) fn settle(mut outline: Outline, mut places: Vec<Place>) -> Settled {
    let mut allowances: BTreeMap<Rule, Allowance> = BTreeMap::new();
    let mut settled = Settled {
        text: String::new(),
        lost: Vec::new(),
        allowed: Vec::new(),
        faults: Vec::new(),
    };
    for _ in 0..MAX_ROUNDS {
        outline.lint = lint(&allowances);
        let (text, ranges) = outline.text();
        let inputs = Inputs::new(Source::new("draft", text.clone().into_bytes()));
        let diagnostics = crate::compile(&inputs).diagnostics;
        settled.text = text;
        settled.faults.clear();
        if diagnostics.is_empty() {
            break;
        }
        let owner = |diagnostic: &Diagnostic| {
            let start = diagnostic.primary.span.start as usize;
            let next = ranges.partition_point(|range| range.end <= start);
            ranges
                .get(next)
                .is_some_and(|range| range.contains(&start))
                .then_some(next)
        };
        let is_lint = |found: &&Diagnostic| matches!(found.rule.kind(), RuleKind::Lint(_));
        let (lint, fixed): (Vec<_>, Vec<_>) = diagnostics.iter().partition(is_lint);
        let mut at_fault: BTreeMap<usize, &str> = BTreeMap::new();
        for fault in fixed {
            match owner(fault) {
                Some(code) => drop(at_fault.entry(code).or_insert(&fault.message)),
                None => settled
                    .faults
                    .push(Finding::new(&Place::Source, &fault.message)),
            }
        }
        if !at_fault.is_empty() {
            let lost = at_fault.iter();
            let lost = lost.map(|(code, reason)| Finding::new(&places[*code], *reason));
            settled.lost.extend(lost);
            let mut position = 0;
            let mut is_sound = || {
                position += 1;
                !at_fault.contains_key(&(position - 1))
            };
            outline.codes.retain(|_| is_sound());
            position = 0;
            let mut is_sound = || {
                position += 1;
                !at_fault.contains_key(&(position - 1))
            };
            places.retain(|_| is_sound());
            continue;
        }
        if lint.is_empty() {
            break;
        }
        let mut broken: BTreeMap<Rule, Option<Vec<String>>> = BTreeMap::new();
        for finding in lint {
            let codes = broken
                .entry(finding.rule)
                .or_insert_with(|| Some(Vec::new()));
            match (owner(finding), codes.as_mut()) {
                (Some(code), Some(codes)) => {
                    let wire = &outline.codes[code].0;
                    // A code may break a rule twice; its findings stand side by side.
                    if codes.last() != Some(wire) {
                        codes.push(wire.clone());
                    }
                }
                _ => *codes = None,
            }
        }
        // An allowance that serves for nothing goes when the rule is allowed in another way.
        if broken.len() > 1 {
            broken.remove(&Rule::UnneededAllow);
        }
        for (rule, codes) in broken {
            let wider = match (allowances.get(&rule), codes) {
                (None, Some(codes)) => Allowance::Codes(codes),
                (None | Some(Allowance::Codes(_)), _) => Allowance::Whole,
                (Some(Allowance::Whole | Allowance::Off), _) => Allowance::Off,
            };
            allowances.insert(rule, wider);
        }
    }
    settled.allowed = allowances
        .iter()
        .map(|(rule, allowance)| match allowance {
            Allowance::Codes(codes) => (*rule, codes.len()),
            Allowance::Whole | Allowance::Off => (*rule, outline.codes.len()),
        })
        .collect();
    settled
}

/// The section `lint`.
fn lint(allowances: &BTreeMap<Rule, Allowance>) -> Vec<Item> {
    let mut levels = Vec::new();
    let mut allow = Vec::new();
    for (rule, allowance) in allowances {
        let reason = reason(*rule);
        let id = rule.id();
        match allowance {
            Allowance::Codes(codes) => {
                allow.push(json!({ "rule": id, "codes": codes, "reason": reason }));
            }
            Allowance::Whole => allow.push(json!({ "rule": id, "reason": reason })),
            Allowance::Off => {
                levels.push(Item::todo(&format!("{reason}.")));
                levels.push(Item::member(id, "off"));
            }
        }
    }
    let mut items = Vec::new();
    if !levels.is_empty() {
        items.push(Item::Block("levels".to_owned(), levels));
    }
    if !allow.is_empty() {
        items.push(Item::member("allow", allow));
    }
    items
}

/// Why the draft breaks a rule, and what to do.
fn reason(rule: Rule) -> &'static str {
    match rule {
        Rule::MissingFix => "The source has no fixes: write them",
        Rule::MissingMeaning => "The source has no meanings: write them",
        _ => "So it stands in the source: look at it",
    }
}
