//! The texts of a catalog that an output shows, and their spans.

use std::borrow::Cow;
use std::ops::Range;

use crate::ast::{CatalogAst, CodeAst, Entries, LinkAst, Spanned};
use crate::resolve::{Effective, optional, within};
use crate::source::Source;
use crate::span::Span;

use super::stated::Stated;

/// The purpose of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Meaning,
    Fix,
    Message,
    /// The end of a message.
    Suffix,
    Description,
    /// An item of another list of a code, with its noun.
    Item(&'static str),
    /// The meaning of an argument.
    Argument,
    /// The text for a missing value in a message.
    Absent,
    /// The note of a deprecation.
    Note,
    /// A reason.
    Reason,
    /// What tells the requests of an operation from others.
    When,
    /// The summary of an operation, or of a server.
    Summary,
    /// A heading, or a name on its own.
    Title,
    Link,
    /// A sentence of a paragraph.
    Sentence,
}

impl Kind {
    /// The noun in a diagnostic.
    pub(super) const fn noun(self) -> &'static str {
        match self {
            Self::Meaning | Self::Argument => "meaning",
            Self::Fix => "fix",
            Self::Message | Self::Suffix | Self::Absent => "message",
            Self::Description => "description",
            Self::Item(noun) => noun,
            Self::Note => "note",
            Self::Reason => "reason",
            Self::When => "condition",
            Self::Summary => "summary",
            Self::Title => "title",
            Self::Link => "link text",
            Self::Sentence => "sentence",
        }
    }

    /// Whether the outputs show it on one line: in a table cell, a list item, or a heading.
    pub(super) const fn is_one_line(self) -> bool {
        !matches!(
            self,
            Self::Message | Self::Suffix | Self::Absent | Self::Description | Self::Sentence
        )
    }

    /// Whether it describes the response of its code.
    pub(super) const fn is_about_response(self) -> bool {
        !matches!(self, Self::Note | Self::Link)
    }
}

/// A text where it is stated. An inherited text belongs to the code that states it.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    pub(super) kind: Kind,
    pub(super) words: &'a str,
    pub(super) span: Span,
    /// The position of the code that states it, if any.
    pub(super) code: Option<usize>,
    /// Whether responses contain it: a message, or a meaning in place of a message.
    pub(super) on_wire: bool,
}

type Field<'a> = Option<&'a Spanned<String>>;
type List<'a, T> = Option<&'a Spanned<Vec<Spanned<T>>>>;

/// All texts of a catalog that an output shows.
pub(super) fn collect<'a>(
    ast: &'a CatalogAst,
    codes: &[Effective<'a>],
    stated: &[Stated<'a>],
) -> Vec<Text<'a>> {
    let mut texts = Texts(Vec::new());
    texts.types(ast);
    for (position, code) in codes.iter().enumerate() {
        if let Some(own) = code.own {
            texts.code(own, position, code.message().is_none());
        }
    }
    for own in items(ast.framework.as_ref()) {
        texts.add(Kind::Message, own.message.as_ref(), None, true);
    }
    texts.sections(ast);
    for own in entries(ast.retired.as_ref()) {
        texts.line(Kind::Reason, Some(&own.reason));
    }
    for own in entries(ast.groups.as_ref()) {
        texts.line(Kind::Title, own.title.as_ref());
    }
    for own in entries(ast.operations.as_ref()) {
        texts.line(Kind::When, own.when.as_ref());
        texts.line(Kind::Summary, own.summary.as_ref());
    }
    for Stated { code, own, .. } in stated {
        texts.add(Kind::Meaning, own.meaning.as_ref(), *code, false);
        texts.add(Kind::Fix, own.fix.as_ref(), *code, false);
    }
    let accepted = optional(ast.lint.as_ref()).and_then(|lint| lint.accept.as_ref());
    for own in items(accepted) {
        texts.line(Kind::Reason, Some(&own.reason));
    }
    texts.0
}

struct Texts<'a>(Vec<Text<'a>>);

impl<'a> Texts<'a> {
    fn add(&mut self, kind: Kind, field: Field<'a>, code: Option<usize>, on_wire: bool) {
        if let Some(field) = field
            && let Some(text) = field.value.as_deref()
        {
            self.0.push(Text {
                kind,
                words: text,
                span: field.span,
                code,
                on_wire,
            });
        }
    }

    /// Adds a text that does not belong to a code, and that no body contains.
    fn line(&mut self, kind: Kind, field: Field<'a>) {
        self.add(kind, field, None, false);
    }

    fn list(&mut self, kind: Kind, list: List<'a, String>, code: Option<usize>) {
        for field in optional(list).into_iter().flatten() {
            self.add(kind, Some(field), code, false);
        }
    }

    fn links(&mut self, list: List<'a, LinkAst>, code: Option<usize>) {
        for link in items(list) {
            self.add(Kind::Link, Some(&link.text), code, false);
        }
    }

    fn types(&mut self, ast: &'a CatalogAst) {
        for own in entries(Some(&ast.types)) {
            let is_message = own.message.is_none();
            self.add(Kind::Meaning, own.meaning.as_ref(), None, is_message);
            self.add(Kind::Message, own.message.as_ref(), None, true);
        }
    }

    fn code(&mut self, own: &'a CodeAst, position: usize, is_message: bool) {
        let code = Some(position);
        self.add(Kind::Meaning, own.meaning.as_ref(), code, is_message);
        self.add(Kind::Meaning, own.type_row.as_ref(), code, false);
        self.add(Kind::Fix, own.fix.as_ref(), code, false);
        self.list(Kind::Fix, own.fixes.as_ref(), code);
        self.add(Kind::Message, own.message.as_ref(), code, true);
        self.add(Kind::Suffix, own.message_suffix.as_ref(), code, true);
        for (noun, list) in own.lists() {
            self.list(Kind::Item(noun), list.as_ref(), code);
        }
        let description = own.description.as_ref();
        self.add(Kind::Description, description, code, false);
        for argument in entries(own.args.as_ref()) {
            self.add(Kind::Argument, argument.meaning.as_ref(), code, false);
            self.add(Kind::Absent, argument.absent.as_ref(), code, true);
        }
        if let Some(deprecated) = optional(own.deprecated.as_ref()) {
            self.add(Kind::Note, deprecated.note.as_ref(), code, false);
        }
        self.links(own.see.as_ref(), code);
    }

    /// The sections about the whole API.
    fn sections(&mut self, ast: &'a CatalogAst) {
        if let Some(api) = optional(Some(&ast.api)) {
            self.line(Kind::Title, Some(&api.title));
            let license = optional(api.license.as_ref());
            self.line(Kind::Title, license.map(|license| &license.name));
            let contact = optional(api.contact.as_ref());
            self.line(Kind::Title, contact.and_then(|own| own.name.as_ref()));
            for server in items(api.servers.as_ref()) {
                self.line(Kind::Summary, server.description.as_ref());
            }
        }
        if let Some(envelope) = optional(ast.envelope.as_ref()) {
            self.line(Kind::Sentence, envelope.intro.as_ref());
            let example = optional(envelope.example.as_ref());
            self.line(Kind::Sentence, example.and_then(|own| own.message.as_ref()));
            self.list(Kind::Sentence, envelope.notes.as_ref(), None);
        }
        if let Some(section) = optional(ast.error_ids.as_ref()) {
            self.list(Kind::Sentence, section.notes.as_ref(), None);
            self.links(section.see.as_ref(), None);
        }
        if let Some(retry) = optional(ast.retry.as_ref()) {
            for own in items(retry.not_retryable.as_ref()) {
                self.line(Kind::Reason, Some(&own.reason));
            }
            self.list(Kind::Sentence, retry.notes.as_ref(), None);
            self.links(retry.see.as_ref(), None);
        }
    }
}

/// The valid values of a list.
fn items<T>(list: List<'_, T>) -> impl Iterator<Item = &T> {
    let items = optional(list).map_or(&[][..], Vec::as_slice);
    items.iter().filter_map(|item| item.value.as_ref())
}

/// The valid values of a section.
fn entries<T>(section: Option<&Spanned<Entries<T>>>) -> impl Iterator<Item = &T> {
    let entries = optional(section).map_or(&[][..], |entries| &entries.0);
    entries.iter().filter_map(|(_, entry)| entry.value.as_ref())
}

/// The sources, to find the spans of parts of texts.
pub(super) struct Places<'a>(pub(super) &'a [Source]);

impl Places<'_> {
    /// The span of a part of a text, or of the whole text if escapes hide the part.
    pub(super) fn of(&self, text: &Text<'_>, part: Range<usize>) -> Span {
        self.exact(text, part.clone())
            .unwrap_or_else(|| within(self.0, text.span, &text.words[part]))
    }

    /// The span of a part of a text that the source contains without escapes.
    pub(super) fn exact(&self, text: &Text<'_>, part: Range<usize>) -> Option<Span> {
        let source = self.0.get(text.span.source.0 as usize)?;
        let start = source.text().get(text.span.range())?.find(text.words)?;
        Some(text.span.part(start + part.start..start + part.end))
    }
}

/// A text with its code spans replaced by spaces of the same length: code is not prose.
pub(super) fn without_code(text: &str) -> Cow<'_, str> {
    if !text.contains('`') {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        if c == '`' {
            inside = !inside;
        }
        if inside || c == '`' {
            out.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            out.push(c);
        }
    }
    // An unclosed backtick is an ordinary character.
    if inside { text.into() } else { out.into() }
}

/// The words of a text, with the punctuation around them, each with its range.
pub(super) fn words(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut rest = (0, text);
    std::iter::from_fn(move || {
        let (at, text) = rest;
        let word = text.trim_start();
        let start = at + text.len() - word.len();
        let end = end_of_word(word);
        rest = (start + end, &word[end..]);
        (end > 0).then(|| (start..start + end, &word[..end]))
    })
}

/// The length of the word that a text begins with. The bytes of a word are mostly letters of ASCII.
fn end_of_word(text: &str) -> usize {
    let may_end = |byte: u8| matches!(byte, b'\t'..=b'\r' | b' ' | 0x80..);
    let plain = text.bytes().position(may_end).unwrap_or(text.len());
    let rest = &text[plain..];
    plain + rest.find(char::is_whitespace).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::words;

    proptest! {
        #[test]
        fn words_are_what_is_between_spaces(text in "[a-z.\u{3000}\u{a0}\u{85}é \t\n\u{b}\u{1c}]{0,30}") {
            let found: Vec<_> = words(&text).collect();
            let expected: Vec<_> = text.split_whitespace().collect();
            prop_assert_eq!(found.iter().map(|(_, word)| *word).collect::<Vec<_>>(), expected);
            for (range, word) in found {
                prop_assert_eq!(&text[range], word);
            }
        }
    }
}
