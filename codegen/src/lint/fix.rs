//! Fixes: each contains an action, and is complete on its own.

use super::text::{Kind, Text, without_code};
use super::verbs::Verbs;
use super::{Finding, Subject};
use crate::diagnostic::Diagnostic;
use crate::resolve::optional;
use crate::rule::Rule;
use crate::unord_map::UnordMap;

/// Words that stand before a verb and change nothing.
const FILLERS: [&str; 17] = [
    "also", "always", "and", "but", "either", "finally", "first", "just", "kindly", "never",
    "next", "now", "or", "please", "second", "so", "then",
];
/// Words that open a condition or a purpose: what to do comes later in the clause.
const OPENINGS: [&str; 32] = [
    "after",
    "as",
    "at",
    "because",
    "before",
    "by",
    "depending",
    "during",
    "except",
    "for",
    "from",
    "if",
    "in",
    "instead",
    "on",
    "once",
    "otherwise",
    "should",
    "since",
    "through",
    "to",
    "under",
    "unless",
    "until",
    "via",
    "when",
    "whenever",
    "where",
    "while",
    "with",
    "within",
    "without",
];
/// Words that make a statement a demand, wherever they stand.
const DEMANDS: [&str; 6] = ["must", "need", "needs", "ought", "should", "shall"];
/// Where another fix stands.
const PLACES: [&str; 4] = ["above", "before", "below", "previous"];
const METHODS: [&str; 7] = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH"];

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let stated = subject
        .settings
        .and_then(|settings| optional(settings.verbs.as_ref()));
    let own = stated.into_iter().flatten();
    let verbs = Verbs::with(own.filter_map(|verb| verb.value.as_deref()));
    let codes: UnordMap<&str, ()> = subject.codes.iter().map(|code| (code.wire, ())).collect();
    for text in subject.texts.iter().filter(|text| text.kind == Kind::Fix) {
        // A fix that refers to another is rewritten anyway, with whatever verb.
        let found = if points_elsewhere(text.words, &codes) {
            by_reference(text)
        } else if is_english(text.words) && !tells_what_to_do(text.words, &verbs) {
            without_verb(text)
        } else {
            continue;
        };
        findings.push(Finding::about(text.code, found));
    }
}

fn by_reference(text: &Text<'_>) -> Diagnostic {
    let message = "the fix points to another fix";
    Diagnostic::new(Rule::FixByReference, text.span, message)
        .help("write it out: it is read alone, beside the one error that happened")
}

fn without_verb(text: &Text<'_>) -> Diagnostic {
    let message = "the fix does not tell its reader to do anything";
    Diagnostic::new(Rule::MissingFixVerb, text.span, message).help(
        "begin with what to do, such as `Check`, `Create` or `Wait`; a verb that is not known here goes under `lint: verbs:`",
    )
}

/// Whether a fix can be read only with another one beside it.
fn points_elsewhere(fix: &str, codes: &UnordMap<&str, ()>) -> bool {
    let bare = |c: char| !c.is_alphanumeric();
    let folded = fix.to_lowercase();
    let words: Vec<&str> = folded
        .split_whitespace()
        .map(|word| word.trim_matches(bare))
        .filter(|word| !word.is_empty())
        .take(3)
        .collect();
    match words[..] {
        ["same" | "ditto" | "idem" | "likewise"]
        | ["same", "here" | "thing"]
        | ["same", "as" | "fix", ..]
        | ["see", "the", "above"] => true,
        ["as" | "see" | "like", place, ..] if PLACES.contains(&place) => true,
        ["see", name] => codes.get(name).is_some(),
        _ => false,
    }
}

/// Whether a text can be judged by verbs of English: it has words, and only of ASCII letters.
fn is_english(fix: &str) -> bool {
    let prose = without_code(fix);
    let letters = || prose.chars().filter(|c| c.is_alphabetic());
    letters().next().is_some() && letters().all(|c| c.is_ascii())
}

/// Whether a clause of the fix begins with an imperative, or demands something.
fn tells_what_to_do(fix: &str, verbs: &Verbs<'_>) -> bool {
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
    // "Upgrade or pick another" has two parts, each of which can begin with a verb.
    let parts = lower.split(|word| matches!(word.as_str(), "and" | "or" | "then"));
    let mut openings = parts.map(|part| part.iter().skip_while(|word| is_filler(word)));
    let begins_with_verb = openings.any(|mut part| part.next().is_some_and(is_verb));
    let first = lower.iter().find(|word| !is_filler(word));
    let first = first.map_or("", String::as_str);
    begins_with_verb
        || words.first().is_some_and(|word| METHODS.contains(word))
        || matches!(first, "you" | "nothing" | "no")
        || lower.iter().any(|word| DEMANDS.contains(&word.as_str()))
        || (OPENINGS.contains(&first) && lower.iter().skip(1).any(is_verb))
}

fn begins_with_method(span: &str) -> bool {
    let first = span.split_whitespace().next();
    first.is_some_and(|word| METHODS.contains(&word))
}
