//! Diagnostics of YAML syntax errors.

use granit_parser::{ErrorKind, ScanError};

use crate::diagnostic::Diagnostic;
use crate::limits::MAX_DEPTH;
use crate::rule::Rule;
use crate::span::{SourceId, Span};

/// The diagnostic of an error of the parser at the byte `start` of `text`.
pub(super) fn diagnostic(
    error: &ScanError,
    source: SourceId,
    text: &str,
    start: u32,
) -> Diagnostic {
    let start = culprit(error.kind(), text, start);
    let rest = &text[start as usize..];
    let span = |width: usize| {
        let end = start + u32::try_from(width).unwrap_or(0);
        Span::new(source, start, end)
    };
    let character = rest
        .chars()
        .next()
        .filter(|next| !matches!(next, '\n' | '\r'));
    let character = span(character.map_or(0, char::len_utf8));
    // The run of characters up to the next space, comma or bracket.
    let token = rest
        .find(|c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}'))
        .unwrap_or(rest.len());
    let feature = |message: &str, help: &str| {
        Diagnostic::new(Rule::YamlFeature, span(token), message).help(help)
    };
    match error.kind() {
        ErrorKind::DirectiveDisallowed => feature(
            "a directive has no place in a catalog",
            "remove the line that begins with `%`",
        ),
        ErrorKind::UnknownAnchor => feature(
            "an alias has no place in a catalog",
            "write the value out, or share the fields of a code with `like: other_code`; quote a text that begins with `*`",
        ),
        ErrorKind::UndeclaredTagHandle => feature(
            "a tag has no place in a catalog",
            "remove the tag; quote a text that begins with `!`",
        ),
        ErrorKind::RecursionLimitExceeded => Diagnostic::new(
            Rule::TooDeep,
            character,
            format!("the nesting is deeper than {MAX_DEPTH} levels"),
        )
        .help("a catalog needs about eight levels: look for a bracket or an indentation too many"),
        ErrorKind::UnexpectedCharacter { character: found } if found.is_control() => {
            Diagnostic::new(
                Rule::ControlCharacter,
                character,
                format!(
                    "the file holds the control character U+{:04X}",
                    u32::from(*found)
                ),
            )
            .help("remove the character; a file that is full of them was not saved as UTF-8")
        }
        kind => Diagnostic::new(Rule::YamlSyntax, character, error.info()).help(syntax_help(kind)),
    }
}

/// Finds a `#` that cuts a text short: one space before it, and a word right behind it, as in
/// `There is no #5`. A comment that is meant as one has a space on both sides.
pub(super) fn comment(text: &str, span: Span) -> Option<Diagnostic> {
    let after = text.get(span.end as usize..)?;
    let comment = after.strip_prefix(" #")?;
    let word = comment.split(char::is_whitespace).next()?;
    if word.is_empty() || word.starts_with('#') || span.start == span.end {
        return None;
    }
    let start = span.end + 1;
    let end = start + u32::try_from(word.len() + 1).unwrap_or(0);
    Some(
        Diagnostic::new(
            Rule::YamlTrap,
            Span::new(span.source, start, end),
            "without quotes, a `#` behind a space begins a comment: the text ends before it",
        )
        .help("put the text into quotes, or write a space behind the `#` of a comment"),
    )
}

/// Finds an escape such as `\ud83d` in a double-quoted scalar. This parser reads pairs of them as
/// JSON does; YAML does not, and other readers refuse the file.
pub(super) fn surrogate(text: &str, span: Span) -> Option<Diagnostic> {
    let scalar = text
        .get(span.range())
        .filter(|scalar| scalar.starts_with('"'))?;
    let mut rest = scalar;
    while let Some(at) = rest.find('\\') {
        let escape = &rest[at..];
        let digits = escape.strip_prefix("\\u").and_then(|after| after.get(..4));
        let number = digits.and_then(|digits| u16::from_str_radix(digits, 16).ok());
        if number.is_some_and(|number| (0xD800..=0xDFFF).contains(&number)) {
            let start = span.start + u32::try_from(scalar.len() - escape.len()).unwrap_or(0);
            let escape = Span::new(span.source, start, start + 6);
            return Some(
                Diagnostic::new(
                    Rule::YamlSyntax,
                    escape,
                    "half of a surrogate pair is no character of YAML",
                )
                .help("write the character itself, or its number as `\\U0001F600`"),
            );
        }
        // An escaped backslash begins no escape.
        let skip = escape
            .char_indices()
            .nth(2)
            .map_or(escape.len(), |(at, _)| at);
        rest = &escape[skip..];
    }
    None
}

/// Where the mistake is, which the parser often notices later.
fn culprit(kind: &ErrorKind, text: &str, start: u32) -> u32 {
    let (before, after) = text.split_at(start as usize);
    let found = match kind {
        ErrorKind::TabInPlainScalar | ErrorKind::TabInIndentation => {
            after.find('\t').map(|at| before.len() + at)
        }
        ErrorKind::UnexpectedCharacter { character } if character.is_control() => {
            after.find(*character).map(|at| before.len() + at)
        }
        // Were a quote between it and the place, the scalar would have ended there.
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::DocumentIndicatorInQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent => before.rfind(['"', '\'']),
        _ => None,
    };
    found.and_then(|at| u32::try_from(at).ok()).unwrap_or(start)
}

/// What most often leads to a syntax error of this kind.
fn syntax_help(kind: &ErrorKind) -> &'static str {
    match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInPlainScalar => "indent with spaces: YAML takes no tabs there",
        ErrorKind::MisplacedFlowCollectionEnd
        | ErrorKind::MismatchedFlowCollectionEnd { .. }
        | ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping => {
            "close each `[` with `]` and each `{` with `}`; quote texts that hold brackets"
        }
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::DocumentIndicatorInQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            "close the quotes; inside them write `\\\"` for `\"`, or two `'` for one"
        }
        ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::InvalidIndentation => {
            "look at the indentation: the keys of one mapping begin in the same column"
        }
        ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator => {
            "put a comma between the entries, and close the bracket behind the last one"
        }
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidMappingValueWhitespace => {
            "put a colon and a space behind each key"
        }
        ErrorKind::MappingKeyNotAllowed | ErrorKind::MappingValueNotAllowed => {
            "look at the indentation of this key; a text that holds `: ` needs quotes"
        }
        ErrorKind::UnknownQuotedScalarEscape => {
            "write `\\\\` for a backslash, or put the text into single quotes"
        }
        _ => {
            "quote texts that hold `: ` or ` #`, or begin with one of @ ` % & * ! | > { } [ ] , ? -"
        }
    }
}
