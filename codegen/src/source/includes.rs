//! The entries of the key `include`, without their spans.

use crate::diagnostic::Diagnostic;
use crate::rule::Rule;
use crate::span::Span;

/// An entry of the key `include`, by its position in the list of its source. An edit of the source moves its span, but
/// not its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct IncludeId {
    pub(crate) source: usize,
    pub(crate) position: usize,
}

/// A file or a pattern of files that a source names.
#[derive(Clone, Debug)]
pub(crate) struct Include {
    pub(crate) id: IncludeId,
    /// The path or pattern from the folder of the catalog.
    pub(crate) pattern: String,
}

/// A problem of an included file.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) id: IncludeId,
    pub(crate) rule: Rule,
    pub(crate) message: String,
    pub(crate) help: &'static str,
    /// The entry that includes the same file first.
    pub(crate) first: Option<IncludeId>,
}

impl Fault {
    pub(crate) const fn new(
        id: IncludeId,
        rule: Rule,
        message: String,
        help: &'static str,
    ) -> Self {
        Self {
            id,
            rule,
            message,
            help,
            first: None,
        }
    }

    /// The diagnostic; `span` finds the entries in the present texts.
    pub(crate) fn diagnostic(&self, span: impl Fn(IncludeId) -> Span) -> Diagnostic {
        let diagnostic = Diagnostic::new(self.rule, span(self.id), self.message.clone());
        let diagnostic = diagnostic.help(self.help);
        match self.first {
            Some(first) => diagnostic.related(span(first), "first here"),
            None => diagnostic,
        }
    }
}
