//! The texts that the rules judge, and the places in them.

use std::borrow::Cow;
use std::ops::Range;

use crate::ast::{CatalogAst, Spanned};
use crate::resolve::{Effective, optional, within};
use crate::source::Source;
use crate::span::Span;

/// What a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Meaning,
    Fix,
    Message,
    /// What to do now that a code is deprecated.
    Note,
    /// Why a code is retired.
    Reason,
}

impl Kind {
    /// Those of which a catalog has many, so that a habit shows.
    pub(super) const ALL: [Self; 3] = [Self::Meaning, Self::Fix, Self::Message];

    /// What one of them is called.
    pub(super) const fn noun(self) -> &'static str {
        match self {
            Self::Meaning => "meaning",
            Self::Fix => "fix",
            Self::Message => "message",
            Self::Note => "note",
            Self::Reason => "reason",
        }
    }

    /// What several of them are called.
    pub(super) const fn plural(self) -> &'static str {
        match self {
            Self::Meaning => "meanings",
            Self::Fix => "fixes",
            Self::Message => "messages",
            Self::Note => "notes",
            Self::Reason => "reasons",
        }
    }
}

/// A text where it is stated. What a code takes over is judged at the code it is like.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    pub(super) kind: Kind,
    pub(super) words: &'a str,
    pub(super) span: Span,
    /// The position of the code that states it, if a code does.
    pub(super) code: Option<usize>,
    /// Whether clients get it: a message, or a meaning that stands for one.
    pub(super) on_wire: bool,
}

/// All texts of types, codes and the framework.
pub(super) fn collect<'a>(ast: &'a CatalogAst, codes: &[Effective<'a>]) -> Vec<Text<'a>> {
    let mut texts = Vec::new();
    let mut add = |kind, field: Option<&'a Spanned<String>>, code, on_wire| {
        if let Some(field) = field
            && let Some(text) = field.value.as_deref()
        {
            texts.push(Text {
                kind,
                words: text,
                span: field.span,
                code,
                on_wire,
            });
        }
    };
    let types = optional(Some(&ast.types)).map_or(&[][..], |types| &types.0);
    for own in types.iter().filter_map(|(_, entry)| entry.value.as_ref()) {
        add(
            Kind::Meaning,
            own.meaning.as_ref(),
            None,
            own.message.is_none(),
        );
        add(Kind::Message, own.message.as_ref(), None, true);
    }
    for (position, code) in codes.iter().enumerate() {
        let Some(own) = code.own else {
            continue;
        };
        let stands_for_message = code.message().is_none();
        let position = Some(position);
        add(
            Kind::Meaning,
            own.meaning.as_ref(),
            position,
            stands_for_message,
        );
        add(Kind::Meaning, own.type_row.as_ref(), position, false);
        add(Kind::Fix, own.fix.as_ref(), position, false);
        for fix in optional(own.fixes.as_ref()).into_iter().flatten() {
            add(Kind::Fix, Some(fix), position, false);
        }
        add(Kind::Message, own.message.as_ref(), position, true);
    }
    let framework = optional(ast.framework.as_ref()).map_or(&[][..], Vec::as_slice);
    for own in framework.iter().filter_map(|entry| entry.value.as_ref()) {
        add(Kind::Message, own.message.as_ref(), None, true);
    }
    texts
}

/// What is said of the end of codes.
pub(super) fn ends<'a>(ast: &'a CatalogAst, codes: &[Effective<'a>]) -> Vec<Text<'a>> {
    let notes = codes.iter().enumerate().filter_map(|(position, code)| {
        let deprecated = optional(code.own?.deprecated.as_ref())?;
        Some((Kind::Note, deprecated.note.as_ref()?, Some(position)))
    });
    let retired = optional(ast.retired.as_ref()).map_or(&[][..], |retired| &retired.0);
    let reasons = retired.iter().filter_map(|(_, entry)| {
        let reason = &entry.value.as_ref()?.reason;
        Some((Kind::Reason, reason, None))
    });
    let fields = notes.chain(reasons);
    fields
        .filter_map(|(kind, field, code)| {
            Some(Text {
                kind,
                words: field.value.as_deref()?,
                span: field.span,
                code,
                on_wire: false,
            })
        })
        .collect()
}

/// The files, to find parts of texts in.
pub(super) struct Places<'a>(pub(super) &'a [Source]);

impl Places<'_> {
    /// The place of a part of a text, or of the whole where escapes hide the part.
    pub(super) fn of(&self, text: &Text<'_>, part: Range<usize>) -> Span {
        self.exact(text, part.clone())
            .unwrap_or_else(|| within(self.0, text.span, &text.words[part]))
    }

    /// The place of a part of a text that stands in the file as it is.
    pub(super) fn exact(&self, text: &Text<'_>, part: Range<usize>) -> Option<Span> {
        let source = self.0.get(text.span.source.0 as usize)?;
        let start = source.text().get(text.span.range())?.find(text.words)?;
        Some(text.span.part(start + part.start..start + part.end))
    }
}

/// A text with its code spans blanked out, byte for byte: what stands in backticks is no prose.
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
    // A backtick that nothing closes is a character like any other.
    if inside { text.into() } else { out.into() }
}

/// The words of a text, whatever stands around them, each with its place.
pub(super) fn words(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut at = 0;
    text.split_whitespace().map(move |word| {
        // Words come in the order of the text, so each is found behind the one before.
        let start = at + text[at..].find(word).unwrap_or(0);
        at = start + word.len();
        (start..at, word)
    })
}
