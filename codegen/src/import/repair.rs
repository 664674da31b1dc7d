//! Compiles the draft and repairs it: allows the lint rules that it breaks, each with a reason, and removes and reports
//! codes with errors.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::arrange::arrange;
use super::custom::syntax;
use super::model::{Finding, Place};
use super::writer::{Draft, Item};
use crate::ast::language::Language;
use crate::diagnostic::Diagnostic;
use crate::limits::MAX_ROUNDS;
use crate::rule::{Rule, RuleKind};
use crate::source::{Inputs, Source};

/// How a rule that the draft breaks is allowed, from narrow to wide.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Allowance {
    /// For these codes.
    Codes(Vec<String>),
    /// For the whole catalog.
    Whole,
    /// By turning the rule off.
    Off,
}

/// A draft that compiles, or its remaining errors.
pub(super) struct Repaired {
    pub(super) text: String,
    /// The removed codes, each with the reason.
    pub(super) lost: Vec<Finding>,
    /// The allowed rules, each with the number of codes that break it, or `None` if it is allowed in the whole catalog.
    pub(super) allowed: Vec<(Rule, Option<usize>)>,
    /// The parts that need a review.
    pub(super) undecided: Vec<Finding>,
    /// The errors of the draft as a whole.
    pub(super) faults: Vec<Finding>,
}

/// Repairs a draft. `places` are the places of its codes in the source.
pub(super) fn repair(mut draft: Draft, mut places: Vec<Place>) -> Repaired {
    let mut allowances: BTreeMap<Rule, Allowance> = BTreeMap::new();
    let mut repaired = Repaired {
        text: String::new(),
        lost: Vec::new(),
        allowed: Vec::new(),
        undecided: Vec::new(),
        faults: Vec::new(),
    };
    let language = Language::new();
    for _ in 0..MAX_ROUNDS {
        draft.lint = lint(&allowances);
        arrange(&mut draft, &language);
        let (text, ranges) = draft.text();
        let inputs = Inputs::new(Source::new("draft", text.clone().into_bytes()));
        let diagnostics = crate::compile::compile(&inputs).diagnostics;
        repaired.text = text;
        repaired.faults.clear();
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
        let mut set_aside: BTreeSet<(usize, String)> = BTreeSet::new();
        for fault in fixed {
            let Some(code) = owner(fault) else {
                let finding = Finding::new(&Place::Source, &fault.message);
                repaired.faults.push(finding);
                continue;
            };
            if at_fault.contains_key(&code) {
                continue;
            }
            let start = fault.primary.span.start as usize;
            let (before, behind) = repaired.text.split_at(start);
            let behind = behind.lines().next().unwrap_or_default();
            let key = key_of(&before[ranges[code].start..], behind);
            let own = (code, key);
            // A key can have several faults: the first sets it aside.
            if set_aside.contains(&own) {
                continue;
            }
            let (_, key) = &own;
            if spare(&mut draft.codes[code].1, key) {
                let what = format!("`{key}` is kept as `x-{key}`: {}", fault.message);
                repaired.undecided.push(Finding::new(&places[code], what));
                set_aside.insert(own);
            } else {
                at_fault.insert(code, &fault.message);
            }
        }
        if !at_fault.is_empty() {
            let lost = at_fault.iter();
            let lost = lost.map(|(code, reason)| Finding::new(&places[*code], *reason));
            repaired.lost.extend(lost);
            let codes = std::mem::take(&mut draft.codes).into_iter().zip(places);
            let sound = codes.enumerate();
            let sound = sound.filter(|(position, _)| !at_fault.contains_key(position));
            (draft.codes, places) = sound.map(|(_, code)| code).unzip();
            if draft.codes.is_empty() {
                repaired.faults.clear();
                break;
            }
            continue;
        }
        if !set_aside.is_empty() {
            continue;
        }
        if lint.is_empty() {
            break;
        }
        let about = lint.iter().map(|finding| {
            let code = owner(finding).map(|code| draft.codes[code].0.as_str());
            (finding.rule, code)
        });
        widen(&mut allowances, about, draft.codes.len());
    }
    repaired.allowed = allowances
        .iter()
        .map(|(rule, allowance)| match allowance {
            Allowance::Codes(codes) => (*rule, Some(codes.len())),
            Allowance::Whole | Allowance::Off => (*rule, None),
        })
        .collect();
    repaired
}

/// Allows the broken rules. A rule that is broken despite an allowance is allowed more widely. A finding is its rule,
/// and its code, if it has one.
fn widen<'a>(
    allowances: &mut BTreeMap<Rule, Allowance>,
    findings: impl Iterator<Item = (Rule, Option<&'a str>)>,
    total: usize,
) {
    let mut broken: BTreeMap<Rule, Option<Vec<String>>> = BTreeMap::new();
    for (rule, code) in findings {
        let codes = broken.entry(rule).or_insert_with(|| Some(Vec::new()));
        match (code, codes.as_mut()) {
            (Some(code), Some(codes)) => {
                // Findings about the same code are adjacent.
                if codes.last().is_none_or(|last| last != code) {
                    codes.push(code.to_owned());
                }
            }
            _ => *codes = None,
        }
    }
    // Widening the other rules can remove the unneeded allowance.
    if broken.len() > 1 {
        broken.remove(&Rule::UnneededAllow);
    }
    for (rule, codes) in broken {
        let wider = match (allowances.get(&rule), codes) {
            // One allowance for nearly all codes is shorter than their names.
            (None, Some(codes)) if codes.len() > FEW && codes.len() * 10 >= total * 9 => {
                Allowance::Whole
            }
            (None, Some(codes)) => Allowance::Codes(codes),
            (None | Some(Allowance::Codes(_)), _) => Allowance::Whole,
            (Some(Allowance::Whole | Allowance::Off), _) => Allowance::Off,
        };
        allowances.insert(rule, wider);
    }
}

/// So many codes are always named in an allowance.
const FEW: usize = 10;

/// Keys that cannot become custom keys.
const NEEDED: [&str; 10] = [
    "type", "status", "message", "args", "param", "meaning", "fix", "retry", "rust", "slug",
];

/// The key that contains an error: the last key at or before its line. `behind` is the text after the start of the
/// error.
fn key_of(before: &str, behind: &str) -> String {
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let own = format!("{}{behind}", &before[start..]);
    let lines = before[..start].lines().chain([own.as_str()]).rev();
    let keys = lines.filter_map(|line| line.strip_prefix("    ")?.split_once(':'));
    let mut keys = keys.filter(|(key, _)| key.starts_with(|c: char| c.is_ascii_lowercase()));
    keys.next()
        .map_or_else(String::new, |(key, _)| key.to_owned())
}

/// Turns a key of a code into a custom key, if the code is valid without it.
fn spare(items: &mut [Item], key: &str) -> bool {
    let can_spare = !NEEDED.contains(&key) && !key.starts_with("x-");
    let spare = items.iter_mut().find_map(|item| match item {
        Item::Member(known, value) if known == key && can_spare => Some((known, value)),
        _ => None,
    });
    let is_spare = spare.is_some();
    if let Some((known, value)) = spare {
        known.insert_str(0, "x-");
        if syntax(value).is_some() {
            *value = value.to_string().into();
        }
    }
    is_spare
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
pub(super) fn reason(rule: Rule) -> &'static str {
    match rule {
        Rule::MissingFix => "The source has no fixes: write them",
        Rule::MissingMeaning => "The source has no meanings: write them",
        _ => "As in the source: review it",
    }
}
