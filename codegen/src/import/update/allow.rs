//! The lint rules that changed and new codes break, allowed as an import allows them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::keys::Keys;
use super::places::entries;
use crate::compile::compile;
use crate::diagnostic::Diagnostic;
use crate::edit::{self, Change, Refusal};
use crate::import::repair::reason;
use crate::rule::{Rule, RuleKind};
use crate::source::Inputs;
use crate::span::SourceId;
use crate::unord_map::UnordMap;

/// The lint rules that codes break, by rule.
type Broken<'c> = BTreeMap<Rule, BTreeSet<&'c str>>;

fn broken<'c>(inputs: &Inputs, found: &[Diagnostic], codes: &BTreeSet<&'c str>) -> Broken<'c> {
    let entries = entries(inputs);
    let ranges = codes.iter().filter_map(|name| {
        let entry = entries.get(&format!("codes\0{name}"))?;
        Some(((entry.key.source, entry.key.start), (entry.end, *name)))
    });
    let ranges: BTreeMap<(SourceId, u32), (u32, &str)> = ranges.collect();
    let mut broken = Broken::new();
    for finding in found {
        let span = finding.primary.span;
        let above = ranges.range(..=(span.source, span.start)).next_back();
        let Some(((source, _), (end, name))) = above else {
            continue;
        };
        let is_inside = *source == span.source && span.start < *end;
        if is_inside && matches!(finding.rule.kind(), RuleKind::Lint(_)) {
            broken.entry(finding.rule).or_default().insert(name);
        }
    }
    broken
}

/// Allows the rules that these codes did not break before. `before` is the catalog before the update, with its
/// findings. Returns the changed catalog, and each rule with the number of codes.
pub(super) fn allow(
    (before, known): (&Inputs, &[Diagnostic]),
    after: Inputs,
    catalog: &Map<String, Value>,
    (codes, keys): (&BTreeSet<&str>, &Keys),
) -> Result<(Inputs, Vec<(Rule, usize)>), Refusal> {
    if codes.is_empty() {
        return Ok((after, Vec::new()));
    }
    let mut new = broken(&after, &compile(&after).diagnostics, codes);
    for (rule, codes) in broken(before, known, codes) {
        if let Some(now) = new.get_mut(&rule) {
            now.retain(|name| !codes.contains(name));
        }
    }
    new.retain(|_, codes| !codes.is_empty());
    let broken = new;
    let names = |codes: &BTreeSet<&str>| -> Vec<String> {
        let names = codes.iter().map(|key| keys.name(key).to_owned());
        names.collect()
    };
    let mut changes = Vec::new();
    let mut new = Vec::new();
    let known = catalog
        .get("lint")
        .and_then(|lint| lint.get("allow")?.as_array());
    for (rule, codes) in &broken {
        let mut known = known.into_iter().flatten().enumerate();
        let own = known.find(|(_, one)| {
            one.get("rule").and_then(Value::as_str) == Some(rule.id())
                && one.get("codes").is_some_and(Value::is_array)
        });
        match own {
            Some((position, _)) => changes.push(Change::Append {
                path: ["lint", "allow", &position.to_string(), "codes"]
                    .map(str::to_owned)
                    .to_vec(),
                items: names(codes).into_iter().map(Value::from).collect(),
            }),
            None => new
                .push(json!({ "rule": rule.id(), "codes": names(codes), "reason": reason(*rule) })),
        }
    }
    if !new.is_empty() {
        changes.push(Change::Append {
            path: ["lint", "allow"].map(str::to_owned).to_vec(),
            items: new,
        });
    }
    let applied = edit::apply(&after, &changes, &UnordMap::default())?;
    let texts = applied.texts.into_iter();
    let after = texts.fold(after, |inputs, (id, text)| inputs.with_text(id, text));
    let allowed = broken.iter().map(|(rule, codes)| (*rule, codes.len()));
    Ok((after, allowed.collect()))
}
