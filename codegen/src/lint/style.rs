//! Consistent style of meanings, fixes and messages.

use std::ops::Range;

use super::text::Kind;
use super::{Finding, Subject};
use crate::diagnostic::Diagnostic;
use crate::rule::Rule;

/// The kinds of text that a catalog has many of, so that a common style is visible.
const KINDS: [(Kind, &str); 3] = [
    (Kind::Meaning, "meanings"),
    (Kind::Fix, "fixes"),
    (Kind::Message, "messages"),
];
/// The minimum number of texts for a common style.
const FEWEST: usize = 5;
/// The minimum percentage of texts with the common style.
const SHARE: usize = 80;

/// A style that texts can have or not.
#[derive(Clone, Copy)]
enum Habit {
    Capital,
    FullStop,
}

impl Habit {
    /// Whether a text has the style, and the range that shows it; `None` if the text cannot be judged.
    fn judge(self, text: &str) -> Option<(bool, Range<usize>)> {
        match self {
            Self::Capital => capital(text),
            Self::FullStop => full_stop(text),
        }
    }

    /// The verb phrase for texts with the style, or for those without it.
    const fn words(self, has: bool) -> &'static str {
        match (self, has) {
            (Self::Capital, true) => "begin with a capital letter",
            (Self::Capital, false) => "begin with a small letter",
            (Self::FullStop, true) => "end with a full stop",
            (Self::FullStop, false) => "end without a full stop",
        }
    }
}

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for kind in KINDS {
        for habit in [Habit::Capital, Habit::FullStop] {
            report(kind, habit, subject, findings);
        }
    }
}

/// Reports the texts whose style differs from nearly all others of their kind.
fn report(
    (kind, plural): (Kind, &str),
    habit: Habit,
    subject: &Subject<'_>,
    findings: &mut Vec<Finding>,
) {
    let texts = subject.texts.iter().filter(|text| text.kind == kind);
    let judged: Vec<_> = texts
        .filter_map(|text| Some((text, habit.judge(text.words)?)))
        .collect();
    let having = judged.iter().filter(|(_, (has, _))| *has).count();
    let usual = having * 2 > judged.len();
    let share = if usual { having } else { judged.len() - having };
    if judged.len() < FEWEST || share * 100 < judged.len() * SHARE {
        return;
    }
    let example = judged.iter().find(|(_, (has, _))| *has == usual);
    for (text, (has, part)) in &judged {
        if *has == usual {
            continue;
        }
        let at = subject.places.of(text, part.clone());
        let message = format!(
            "{share} of the {} {} {}, this one does not",
            judged.len(),
            plural,
            habit.words(usual)
        );
        let mut finding = Diagnostic::new(Rule::Style, at, message).help(help(habit, usual));
        if let Some((example, (_, part))) = example {
            let at = subject.places.of(example, part.clone());
            finding = finding.related(at, "such as here");
        }
        if let Some((part, written)) = correction(habit, usual, text.words)
            && let Some(at) = subject.places.exact(text, part)
        {
            finding = finding.suggest(at, written);
        }
        findings.push(Finding::about(text.code, finding));
    }
}

const fn help(habit: Habit, usual: bool) -> &'static str {
    match (habit, usual) {
        (Habit::Capital, true) => "begin it with a capital letter",
        (Habit::Capital, false) => "begin it with a small letter",
        (Habit::FullStop, true) => "end it with a full stop",
        (Habit::FullStop, false) => "remove the full stop",
    }
}

/// The edit that gives a text the common style, if it is safe.
fn correction(habit: Habit, usual: bool, text: &str) -> Option<(Range<usize>, String)> {
    let (_, part) = habit.judge(text)?;
    match (habit, usual) {
        (Habit::Capital, _) => {
            let first = text[part.clone()].chars().next()?;
            let written: String = if usual {
                first.to_uppercase().collect()
            } else {
                first.to_lowercase().collect()
            };
            Some((part.start..part.start + first.len_utf8(), written))
        }
        (Habit::FullStop, _) => {
            let last = &text[part.clone()];
            let bare = if usual { last } else { last.strip_suffix('.')? };
            let corrected = if usual {
                format!("{bare}.")
            } else {
                bare.to_owned()
            };
            let is_plain = bare.ends_with(|c: char| c.is_ascii_alphanumeric());
            is_plain.then_some((part, corrected))
        }
    }
}

/// Whether a text begins with a capital, and the range of that word. A name such as `file_id`, `e.g.` or `gRPC` keeps
/// its spelling, so such a text is skipped.
fn capital(text: &str) -> Option<(bool, Range<usize>)> {
    let start = text.find(|c: char| !c.is_whitespace())?;
    let word = text[start..].split_whitespace().next()?;
    let first = word.chars().next()?;
    if first.is_lowercase() == first.is_uppercase() {
        return None;
    }
    let inner = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    let mut rest = inner.get(first.len_utf8()..)?.chars();
    let is_name = if first.is_lowercase() {
        rest.any(|c| !c.is_lowercase() && !matches!(c, '-' | '\'' | '’'))
    } else {
        false
    };
    (!is_name).then(|| (first.is_uppercase(), start..start + inner.len()))
}

/// Whether a text ends with a full stop, and the range of that word. Texts that end in other punctuation are skipped.
fn full_stop(text: &str) -> Option<(bool, Range<usize>)> {
    let text = text.trim_end();
    let last = text.split_whitespace().next_back()?;
    let ends_otherwise = text.ends_with(['!', '?', '…', ':', ';', ',']) || text.ends_with("...");
    let abbreviated = last.eq_ignore_ascii_case("etc.");
    let stop = text.ends_with(['.', '。', '．', '।']);
    let judged = !ends_otherwise && !abbreviated && text.chars().any(char::is_alphabetic);
    judged.then(|| (stop, text.len() - last.len()..text.len()))
}

#[cfg(test)]
mod tests {
    use super::{capital, full_stop};

    #[test]
    fn a_first_word_shows_a_capital_where_it_is_a_word() {
        for (text, expected) in [
            ("The name", Some(true)),
            ("  the name", Some(false)),
            ("don’t", Some(false)),
            ("MIME not allowed", Some(true)),
            ("`the` name", None),
            ("404 names", None),
            ("{name} is taken", None),
            ("file_id is wrong", None),
            ("e.g. this", None),
            ("gRPC failed", None),
            ("שלום", None),
            ("", None),
        ] {
            assert_eq!(capital(text).map(|(has, _)| has), expected, "{text}");
        }
    }

    #[test]
    fn an_end_shows_a_full_stop_where_nothing_else_ends_the_text() {
        for (text, expected) in [
            ("The name.", Some(true)),
            ("The name ", Some(false)),
            ("The name (taken)", Some(false)),
            ("The `name`", Some(false)),
            ("名前。", Some(true)),
            ("Is it?", None),
            ("Wait...", None),
            ("Names, etc.", None),
            ("429", None),
            ("", None),
        ] {
            assert_eq!(full_stop(text).map(|(has, _)| has), expected, "{text}");
        }
    }
}
