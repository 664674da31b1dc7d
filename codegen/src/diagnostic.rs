//! Diagnostics as data; [`report`](crate::report) renders them.

use crate::limits::MAX_QUOTED;
use crate::rule::{Rule, Severity};
use crate::span::Span;
use crate::yaml::quote::{self, Place};

/// A span with a short text beside its underline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The underlined span.
    pub span: Span,
    /// The text beside the underline; may be empty.
    pub text: String,
}

/// A replacement that fixes the catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The range to replace.
    pub span: Span,
    /// What to write there.
    pub text: String,
}

/// A report of one problem of a catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that was broken.
    pub rule: Rule,
    /// Error or warning.
    pub severity: Severity,
    /// One sentence without a final full stop.
    pub message: String,
    /// Where the problem is.
    pub primary: Label,
    /// Other places that explain the problem, such as the first of two equal keys.
    pub related: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
    /// The help as an edit, if one edit fixes the problem.
    pub suggestion: Option<Suggestion>,
}

impl Diagnostic {
    /// A diagnostic of `rule` at `span`, with the default severity of the rule.
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

    /// Adds another place that explains the problem.
    #[must_use]
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Sets the help.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Suggests to replace `span` by `meant`; if no name is close, the help is `otherwise`.
    pub(crate) fn did_you_mean(
        self,
        span: Span,
        meant: Option<&str>,
        otherwise: impl Into<String>,
    ) -> Self {
        match meant {
            Some(meant) => self
                .help(format!("did you mean {}?", quoted(meant)))
                .suggest(span, to_scalar(meant)),
            None => self.help(otherwise),
        }
    }

    /// Suggests to replace `span` by `text`.
    #[must_use]
    pub fn suggest(mut self, span: Span, text: impl Into<String>) -> Self {
        self.suggestion = Some(Suggestion {
            span,
            text: text.into(),
        });
        self
    }
}

/// A value with the diagnostics that were found while it was made.
///
/// The value is missing if one of the diagnostics is an error; warnings come with a value.
#[derive(Clone, Debug)]
pub struct Outcome<T> {
    /// The result, unless an error was found.
    pub value: Option<T>,
    /// All diagnostics, in the order of their spans.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Outcome<T> {
    /// Joins a value and its diagnostics: sorts them by span and drops the value if one is an error.
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

/// A name from the catalog between backticks, for a message: control characters are escaped, and a
/// long name is cut.
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

/// A string as a catalog writes it, in any context.
pub(crate) fn to_scalar(text: &str) -> String {
    quote::to_scalar(text, Place::Flow)
}

#[cfg(test)]
mod tests {
    use super::to_scalar;

    #[test]
    fn a_scalar_is_quoted_if_a_reader_could_misread_it() {
        for (text, expected) in [
            ("file_too_large", "file_too_large"),
            ("file.too-large", "file.too-large"),
            ("404", "\"404\""),
            ("no", "\"no\""),
            ("a: b", "\"a: b\""),
            ("#a", "\"#a\""),
            ("#\"a\"'s", "'#\"a\"''s'"),
            ("a\"\\\u{7}", "\"a\\\"\\\\\\u0007\""),
            ("\"\\", "\"\\\"\\\\\""),
        ] {
            assert_eq!(to_scalar(text), expected);
        }
    }
}
