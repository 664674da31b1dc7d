//! Texts that are still to be written.

use super::{Finding, Subject};
use crate::diagnostic::Diagnostic;
use crate::rule::Rule;

/// The beginning of a text that is still to be written.
const MARK: &str = "TODO";

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for text in &subject.unwritten {
        let message = format!("this {} is still to be written", text.kind.noun());
        let finding = Diagnostic::new(Rule::TodoLeft, text.span, message);
        findings.push(Finding::about(
            text.code,
            finding.help("write the text in its place"),
        ));
    }
}

/// Whether a text begins with the mark, as a word of its own.
pub(super) fn is_left(text: &str) -> bool {
    let rest = text.strip_prefix(MARK);
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}
