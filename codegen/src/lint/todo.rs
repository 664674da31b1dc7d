//! Texts that are not written yet.

use super::text::Text;
use super::{Finding, Subject};
use crate::diagnostic::Diagnostic;
use crate::rule::Rule;

/// The prefix of a text that is not written yet.
const MARK: &str = "TODO";

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let unwritten = subject.unwritten.iter();
    findings.extend(unwritten.map(|text| Finding::about(text.code, diagnostic(text))));
}

pub(super) fn diagnostic(text: &Text<'_>) -> Diagnostic {
    let message = format!("this {} is not written yet", text.kind.noun());
    Diagnostic::new(Rule::TodoLeft, text.span, message).help("replace it with the text")
}

/// Whether a text begins with the prefix, as a whole word.
pub(super) fn is_todo(text: &str) -> bool {
    let rest = text.strip_prefix(MARK);
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}
