//! Missing, duplicate and multi-line texts.

use std::borrow::Cow;

use super::todo::is_todo;
use super::{Finding, Subject};
use crate::ast::{CodeName, CodeOrSet, OperationErrorAst};
use crate::bytes;
use crate::diagnostic::{Diagnostic, quoted};
use crate::resolve::{Effective, optional};
use crate::rule::Rule;
use crate::span::Span;
use crate::unord_map::UnordMap;

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    report_missing(subject, findings);
    report_line_breaks(subject, findings);
    report_unreturned(subject, findings);
    report_same_meanings(subject, findings);
}

fn report_missing(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let types = optional(Some(&subject.ast.types)).map_or(&[][..], |types| &types.0);
    for (name, entry) in types {
        // A type without a message too was already reported.
        if let Some(own) = entry.value.as_ref()
            && own.meaning.is_none()
            && own.message.is_some()
        {
            let finding = missing(Rule::MissingMeaning, entry.key, name);
            findings.push(Finding::about(None, finding));
        }
    }
    for (position, code) in subject.codes.iter().enumerate() {
        // A missing text is reported at the code that others are like.
        let judged = code.complete && code.own.is_some_and(|own| own.like.is_none());
        let mut report = |rule| {
            let finding = missing(rule, code.key, code.wire);
            findings.push(Finding::about(Some(position), finding));
        };
        // A code without a message too was already reported.
        if judged && !code.has("meaning") && code.has("message") {
            report(Rule::MissingMeaning);
        }
        if judged && !code.has("fix") {
            report(Rule::MissingFix);
        }
    }
}

fn missing(rule: Rule, key: Span, name: &str) -> Diagnostic {
    let field = if rule == Rule::MissingFix {
        "fix"
    } else {
        "meaning"
    };
    Diagnostic::new(rule, key, format!("{} has no `{field}`", quoted(name))).help(format!(
        "add `{field}:` here, or allow it with a reason under `lint: allow:`"
    ))
}

fn report_line_breaks(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for text in subject.texts.iter().filter(|text| text.kind.is_one_line()) {
        let breaks = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];
        let bytes = text.words.as_bytes();
        let may_break = memchr::memchr2(b'\n', b'\r', bytes).is_some() || !bytes.is_ascii();
        if may_break && text.words.trim_end().contains(breaks) {
            let message = "the text has more than one line";
            let finding = Diagnostic::new(Rule::MultiLineText, text.span, message);
            findings.push(Finding::about(
                text.code,
                finding.help("write it in one line"),
            ));
        }
    }
}

fn report_unreturned(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(operations) = optional(subject.ast.operations.as_ref()) else {
        return;
    };
    if operations.0.is_empty() {
        return;
    }
    let mut listed: UnordMap<&str, ()> = UnordMap::default();
    let values = operations
        .0
        .iter()
        .filter_map(|(_, entry)| entry.value.as_ref());
    let errors = values.filter_map(|operation| operation.errors.value.as_ref());
    for error in errors.flatten().filter_map(|error| error.value.as_ref()) {
        let name = match error {
            OperationErrorAst::Name(CodeOrSet(name)) => Some(name),
            OperationErrorAst::Own(own) => optional(Some(&own.code)).map(|CodeName(name)| name),
        };
        if let Some(name) = name {
            listed.insert(name, ());
        }
    }
    let sets = optional(subject.ast.sets.as_ref()).map_or(&[][..], |sets| &sets.0);
    for (name, entry) in sets {
        let is_used = listed.get(&format!("@{name}").as_str()).is_some();
        let set = entry.value.as_ref().filter(|_| is_used);
        let members = set.map_or(&[][..], |set| &set.0);
        for CodeName(name) in members.iter().filter_map(|code| code.value.as_ref()) {
            listed.insert(name, ());
        }
    }
    // A code without a status is no answer to a request.
    let is_answer = |position: usize| {
        let facts = subject.facts.get(position).and_then(Option::as_ref);
        facts.is_none_or(|facts| facts.status.own().is_some())
    };
    for (position, code) in subject.codes.iter().enumerate() {
        if is_answer(position) && listed.get(&code.wire).is_none() {
            let message = format!("no operation can fail with {}", quoted(code.wire));
            let finding = Diagnostic::new(Rule::UnreturnedCode, code.key, message)
                .help("add it to the `errors` of the operations that can fail with it");
            findings.push(Finding::about(Some(position), finding));
        }
    }
}

/// Reports codes with the same meaning: either they are one code, or the meaning is too vague.
fn report_same_meanings(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let roots = roots(subject.codes);
    let mut stated: UnordMap<Cow<'_, str>, (usize, Span)> = UnordMap::default();
    for (position, code) in subject.codes.iter().enumerate() {
        let field = code.own.and_then(|own| own.meaning.as_ref());
        let Some((field, text)) = field.zip(optional(field)) else {
            continue;
        };
        if is_todo(text) {
            continue;
        }
        let text = folded(text);
        let Some((first, place)) = stated.get(&text).copied() else {
            stated.insert(text, (position, field.span));
            continue;
        };
        if roots[first] == roots[position] {
            continue;
        }
        let other = quoted(subject.codes[first].wire);
        let message = format!("{} has the same meaning as {other}", quoted(code.wire));
        let finding = Diagnostic::new(Rule::DuplicateMeaning, field.span, message)
            .related(place, "first here")
            .help(format!(
                "describe the difference, or make it `like` {other}"
            ));
        findings.push(Finding::about(Some(position), finding));
    }
}

/// A text without differences that do not matter: spaces, and a full stop at its end.
fn folded(text: &str) -> Cow<'_, str> {
    let text = text.trim().trim_end_matches('.');
    if bytes::has_single_spaces(text) {
        return text.into();
    }
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ").into()
}

/// For each code the position of the last code of its chain of `like`.
fn roots(codes: &[Effective<'_>]) -> Vec<usize> {
    let mut roots: Vec<Option<usize>> = vec![None; codes.len()];
    for start in 0..codes.len() {
        let mut chain = vec![start];
        let mut end = start;
        while let (None, Some(base)) = (roots[end], codes[end].base) {
            end = base;
            chain.push(end);
        }
        let root = roots[end].unwrap_or(end);
        for member in chain {
            roots[member] = Some(root);
        }
    }
    let positions = roots.into_iter().enumerate();
    positions
        .map(|(position, root)| root.unwrap_or(position))
        .collect()
}
