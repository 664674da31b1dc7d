//! What a run has to say about a catalog: data only, rendering lives in [`report`](crate::report).

use crate::limits::MAX_QUOTED;
use crate::rule::{Rule, Severity};
use crate::span::Span;
use crate::yaml::quote::{self, Place};

/// A place with a short text beside its underline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The underlined place.
    pub span: Span,
    /// The text beside the underline; may be empty.
    pub text: String,
}

/// A replacement that would mend the catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The range to replace.
    pub span: Span,
    /// What to write there.
    pub text: String,
}

/// One finding about a catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that was broken.
    pub rule: Rule,
    /// Error or warning.
    pub severity: Severity,
    /// One sentence without a final full stop.
    pub message: String,
    /// The place at fault.
    pub primary: Label,
    /// Other places that explain the fault, such as the first of two equal keys.
    pub related: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
    /// The help as an edit, where one edit mends it.
    pub suggestion: Option<Suggestion>,
}

impl Diagnostic {
    /// A diagnostic of `rule` at `span`, as heavy as the rule is by default.
    #[must_use]
    pub fn new(rule: Rule, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.default_severity(),
            message: message.into(),
            primary: Label {
                span,
                text: String::new(),
            },
            related: Vec::new(),
            help: None,
            suggestion: None,
        }
    }

    /// Sets the text beside the underline.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Adds another place that explains the fault.
    #[must_use]
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Asks whether another word was meant at `span`; where none is close, says `otherwise`.
    pub(crate) fn did_you_mean(
        self,
        span: Span,
        meant: Option<&str>,
        otherwise: impl Into<String>,
    ) -> Self {
        match meant {
            Some(meant) => self
                .help(format!("did you mean {}?", quoted(meant)))
                .suggest(span, written(meant)),
            None => self.help(otherwise),
        }
    }

    /// Proposes to replace `span` by `text`.
    #[must_use]
    pub fn suggest(mut self, span: Span, text: impl Into<String>) -> Self {
        self.suggestion = Some(Suggestion {
            span,
            text: text.into(),
        });
        self
    }
}

/// A value together with everything that was found on the way to it.
///
/// The value is missing when an error stands among the diagnostics; warnings come with a value.
#[derive(Clone, Debug)]
pub struct Outcome<T> {
    /// The result, unless an error was found.
    pub value: Option<T>,
    /// All findings, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Outcome<T> {
    /// Joins a value and its findings: sorts them by place and withholds the value when one of
    /// them is an error.
    #[must_use]
    pub fn new(value: Option<T>, mut diagnostics: Vec<Diagnostic>) -> Self {
        diagnostics.sort_by_key(|diagnostic| diagnostic.primary.span);
        let failed = diagnostics
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error);
        Self {
            value: value.filter(|_| !failed),
            diagnostics,
        }
    }
}

/// A name from the catalog between backticks, fit for a message: control characters are spelled
/// out, and a name too long to read is cut.
pub(crate) fn quoted(name: &str) -> String {
    let mut out = String::from("`");
    for (position, c) in name.chars().enumerate() {
        if position == MAX_QUOTED {
            out.push('…');
            break;
        }
        if c.is_control() {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out.push('`');
    out
}

/// A text as it is written in a catalog, wherever it stands there.
pub(crate) fn written(text: &str) -> String {
    quote::written(text, Place::Flow)
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn a_word_is_quoted_where_a_reader_could_misread_it() {
        for (text, expected) in [
            ("file_too_large", "file_too_large"),
            ("file.too-large", "file.too-large"),
            ("404", "\"404\""),
            ("no", "\"no\""),
            ("a: b", "\"a: b\""),
            ("#a", "\"#a\""),
            ("a\"\\\u{7}", "\"a\\\"\\\\\\u0007\""),
        ] {
            assert_eq!(written(text), expected);
        }
    }
}
