//! Custom rules that ban words.

use std::ops::Range;

use crate::ast::Spanned;
use crate::diagnostic::{Diagnostic, quoted};
use crate::limits::MAX_BANNED;
use crate::rule::Rule;
use crate::unord_map::UnordMap;

/// Words and phrases, in lower case.
#[derive(Default)]
pub(super) struct Banned {
    phrases: Vec<Phrase>,
    /// The positions of the phrases, by their first word.
    by_first: UnordMap<String, Vec<usize>>,
}

struct Phrase {
    text: String,
    /// The number of bytes before the first word.
    lead: usize,
    /// The position of the rule that bans it.
    rule: usize,
}

impl Banned {
    /// Adds the words that the rule at a position bans.
    pub(super) fn read(
        &mut self,
        field: &Spanned<Vec<Spanned<String>>>,
        rule: usize,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let list = field.value.as_deref().unwrap_or_default();
        if self.phrases.len() + list.len() > MAX_BANNED {
            let message = format!("the custom rules ban more than {MAX_BANNED} words");
            diagnostics.push(
                Diagnostic::new(Rule::TooLarge, field.key, message)
                    .help("ban the words that matter most"),
            );
            return;
        }
        for entry in list {
            let Some(text) = entry.value.as_ref() else {
                continue;
            };
            let text = small(text.trim());
            let Some(first) = words(&text).next() else {
                let message = format!("{} contains no word", quoted(&text));
                diagnostics.push(
                    Diagnostic::new(Rule::WrongKind, entry.span, message)
                        .help("write a word or a phrase"),
                );
                continue;
            };
            let lead = first.start;
            let first = text[first].to_owned();
            let position = self.phrases.len();
            match self.by_first.get_mut(&first) {
                Some(positions) => positions.push(position),
                None => drop(self.by_first.insert(first, vec![position])),
            }
            self.phrases.push(Phrase { text, lead, rule });
        }
    }

    /// The first banned words of each rule in a text, each with the position of its rule.
    pub(super) fn find(&self, text: &str) -> Vec<(usize, Range<usize>)> {
        let mut found: Vec<(usize, Range<usize>)> = Vec::new();
        if self.phrases.is_empty() {
            return found;
        }
        let text = small(text);
        for word in words(&text) {
            let positions = self.by_first.get(&text[word.clone()]);
            for position in positions.into_iter().flatten() {
                let phrase = &self.phrases[*position];
                let Some(part) = phrase.at(&text, word.start) else {
                    continue;
                };
                if !found.iter().any(|(rule, _)| *rule == phrase.rule) {
                    found.push((phrase.rule, part));
                }
            }
        }
        found
    }
}

impl Phrase {
    /// The range of the phrase in a text, if its first word begins at `start`.
    fn at(&self, text: &str, start: usize) -> Option<Range<usize>> {
        let start = start.checked_sub(self.lead)?;
        let end = start + self.text.len();
        let ends_word = |c: char| !is_letter(c);
        let is_there = text.get(start..end)? == self.text
            && (!self.text.ends_with(is_letter)
                || text[end..].chars().next().is_none_or(ends_word));
        is_there.then_some(start..end)
    }
}

/// The words of a text.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_letter)?;
        let length = text[start..].find(|c| !is_letter(c));
        at = length.map_or(text.len(), |length| start + length);
        Some(start..at)
    })
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// A text in lower case, with unchanged byte offsets.
fn small(text: &str) -> String {
    let letter = |c: char| {
        let mut lower = c.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(lower), None) if lower.len_utf8() == c.len_utf8() => lower,
            _ => c,
        }
    };
    text.chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::Banned;
    use crate::ast::Spanned;
    use crate::span::Span;

    fn spanned<T>(value: T) -> Spanned<T> {
        Spanned {
            value: Some(value),
            key: Span::default(),
            span: Span::default(),
            present: true,
        }
    }

    fn found<'t>(words: &[&str], text: &'t str) -> Vec<&'t str> {
        let words = words.iter().map(|word| spanned((*word).to_owned()));
        let mut banned = Banned::default();
        let mut diagnostics = Vec::new();
        banned.read(&spanned(words.collect()), 0, &mut diagnostics);
        assert_eq!(diagnostics, []);
        let found = banned.find(text).into_iter();
        found.map(|(_, part)| &text[part]).collect()
    }

    #[test]
    fn words_and_phrases_are_found_whole_and_in_capitals_too() {
        assert_eq!(found(&["simply"], "Simply retry"), ["Simply"]);
        assert_eq!(found(&["simply"], "oversimply, simplyfy"), [""; 0]);
        assert_eq!(
            found(&["please try again"], "Now PLEASE try again."),
            ["PLEASE try again"]
        );
        assert_eq!(found(&["please try again"], "please try against"), [""; 0]);
        assert_eq!(found(&["e.g."], "Wait, e.g. a day"), ["e.g."]);
        assert_eq!(found(&["c++"], "No C++ here"), ["C++"]);
        assert_eq!(found(&["größe"], "Die GRÖßE"), ["GRÖßE"]);
        assert_eq!(found(&["#tag"], "a #tag"), ["#tag"]);
    }
}
