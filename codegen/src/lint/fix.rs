//! Fixes: each states an action, and is complete on its own.

use std::cell::LazyCell;

use super::text::{Kind, without_code};
use super::verbs::Verbs;
use super::{Finding, Subject};
use crate::diagnostic::Diagnostic;
use crate::resolve::optional;
use crate::rule::Rule;
use crate::unord_map::UnordMap;

/// Words before a verb that change nothing.
const FILLERS: [&str; 17] = [
    "also", "always", "and", "but", "either", "finally", "first", "just", "kindly", "never",
    "next", "now", "or", "please", "second", "so", "then",
];
/// Words that begin a condition or a purpose: the action comes later in the clause.
const OPENINGS: &str = "after as at because before by depending during except for from if in instead on once otherwise \
    should since through to under unless until via when whenever where while with within without";
/// Words that turn a statement into an instruction, in any place.
const DEMANDS: [&str; 6] = ["must", "need", "needs", "ought", "should", "shall"];
/// The beginnings of references to another fix.
const REFERENCES: [&str; 6] = ["as", "ditto", "idem", "like", "same", "see"];
/// Words that refer to another fix by its place.
const PLACES: [&str; 4] = ["above", "before", "below", "previous"];
const METHODS: [&str; 7] = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH"];

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let stated = subject
        .settings
        .and_then(|settings| optional(settings.verbs.as_ref()));
    let own = stated.into_iter().flatten();
    let verbs = Verbs::with(own.filter_map(|verb| verb.value.as_deref()));
    // Few fixes refer to a code.
    let codes = || subject.codes.iter().map(|code| (code.wire, ())).collect();
    let codes: LazyCell<UnordMap<&str, ()>, _> = LazyCell::new(codes);
    let is_code = |name: &str| codes.get(name).is_some();
    for text in subject.texts.iter().filter(|text| text.kind == Kind::Fix) {
        let may_refer = may_refer(text.words);
        if !may_refer && begins_with_verb(text.words, &verbs) {
            continue;
        }
        // The author must rewrite a fix that refers to another, so the other checks are skipped.
        let found = if may_refer && is_reference(text.words, is_code) {
            Diagnostic::new(
                Rule::FixByReference,
                text.span,
                "the fix refers to another fix",
            )
            .help("write the whole fix: clients show it alone, with one error")
        } else if is_english(text.words) && !is_instruction(text.words, &verbs) {
            Diagnostic::new(
                Rule::MissingFixVerb,
                text.span,
                "the fix does not contain an instruction",
            )
            .help(
                "begin with a verb, such as `Check`, `Create` or `Wait`; add a verb that the tool does not know under `lint: verbs:`",
            )
        } else {
            continue;
        };
        findings.push(Finding::about(text.code, found));
    }
}

/// Whether the first word of a fix can begin a reference: a cheap look at what [`is_reference`] reads in detail.
fn may_refer(fix: &str) -> bool {
    let fix = fix.as_bytes();
    let start = fix.iter().position(u8::is_ascii_alphanumeric);
    let begins = |word: &str| {
        let first = start.and_then(|start| fix.get(start..start + word.len()));
        first.is_some_and(|first| first.eq_ignore_ascii_case(word.as_bytes()))
    };
    // Other letters can become ASCII in lower case.
    !fix.is_ascii() || REFERENCES.into_iter().any(begins)
}

/// Whether a fix begins with an imperative, as most do: [`is_instruction`] without its other cases.
fn begins_with_verb(fix: &str, verbs: &Verbs<'_>) -> bool {
    let end = fix.find(' ').unwrap_or(fix.len());
    let first = &fix[..end];
    let first = first.bytes().all(|byte| byte.is_ascii_alphabetic());
    let first = first.then(|| fix[..end].to_ascii_lowercase());
    first.is_some_and(|word| {
        let is_filler = FILLERS.contains(&&*word);
        !is_filler && verbs.has(&word)
    })
}

/// Whether a fix refers to another fix.
fn is_reference(fix: &str, is_code: impl Fn(&str) -> bool) -> bool {
    let bare = |c: char| !c.is_alphanumeric();
    let words: Vec<String> = fix
        .split_whitespace()
        .map(|word| word.to_lowercase().trim_matches(bare).to_owned())
        .filter(|word| !word.is_empty())
        .take(3)
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["same" | "ditto" | "idem" | "likewise"]
        | ["same", "here" | "thing"]
        | ["same", "as" | "fix", ..]
        | ["see", "the", "above"] => true,
        ["as" | "see" | "like", place, ..] if PLACES.contains(&place) => true,
        ["see", name] => is_code(name),
        _ => false,
    }
}

/// Whether the list of English verbs applies to a text: it has words, and only of ASCII letters.
fn is_english(fix: &str) -> bool {
    let prose = without_code(fix);
    if prose.is_ascii() {
        return prose.bytes().any(|byte| byte.is_ascii_alphabetic());
    }
    let letters = || prose.chars().filter(|c| c.is_alphabetic());
    letters().next().is_some() && letters().all(|c| c.is_ascii())
}

/// Whether a clause of the fix begins with an imperative, or contains a demand.
fn is_instruction(fix: &str, verbs: &Verbs<'_>) -> bool {
    let spans = fix.split('`').skip(1).step_by(2);
    if spans.into_iter().any(begins_with_method) {
        return true;
    }
    let prose = without_code(fix).replace('’', "'");
    let ends = ['.', ',', ';', ':', '!', '?', '(', ')', '—', '–', '/', '\n'];
    prose.split(ends).any(|clause| is_demand(clause, verbs))
}

fn is_demand(clause: &str, verbs: &Verbs<'_>) -> bool {
    let words: Vec<&str> = clause
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
        .collect();
    let lower: Vec<String> = words.iter().map(|word| word.to_ascii_lowercase()).collect();
    let is_verb = |word: &String| verbs.has(word);
    let is_adverb = |word: &String| word.ends_with("ly") && !is_verb(word);
    let is_filler = |word: &String| FILLERS.contains(&word.as_str()) || is_adverb(word);
    // "Upgrade or pick another" has two parts, and each can begin with a verb.
    let parts = lower.split(|word| matches!(word.as_str(), "and" | "or" | "then"));
    let mut openings = parts.map(|part| part.iter().skip_while(|word| is_filler(word)));
    let begins_with_verb = openings.any(|mut part| part.next().is_some_and(is_verb));
    let first = lower.iter().find(|word| !is_filler(word));
    let first = first.map_or("", String::as_str);
    begins_with_verb
        || words.first().is_some_and(|word| METHODS.contains(word))
        || matches!(first, "you" | "nothing" | "no")
        || lower.iter().any(|word| DEMANDS.contains(&word.as_str()))
        || (OPENINGS.split(' ').any(|word| word == first) && lower.iter().skip(1).any(is_verb))
}

fn begins_with_method(span: &str) -> bool {
    let first = span.split_whitespace().next();
    first.is_some_and(|word| METHODS.contains(&word))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    const WORDS: [&str; 28] = [
        "as",
        "see",
        "Like",
        "SAME",
        "ditto",
        "idem",
        "likewise",
        "above",
        "the",
        "check",
        "Retry",
        "and",
        "Then",
        "never",
        "quickly",
        "ly",
        "you",
        "GET",
        "li\u{212a}e",
        "(see",
        "`x`",
        "don't",
        "re-send",
        "Wait,",
        "1",
        "\u{2014}",
        ".",
        "x\ny",
    ];

    proptest! {
        #[test]
        fn the_looks_at_a_first_word_agree_with_the_whole_checks(
            words in prop::collection::vec(select(&WORDS[..]), 0..5),
            space in select(&["", " ", "\n"][..]),
            is_code: bool,
        ) {
            let verbs = Verbs::with(["gazump"].into_iter());
            let fix = format!("{space}{}", words.join(" "));
            if is_reference(&fix, |_| is_code) {
                prop_assert!(may_refer(&fix));
            }
            if begins_with_verb(&fix, &verbs) {
                prop_assert!(is_instruction(&fix, &verbs));
            }
        }
    }
}
