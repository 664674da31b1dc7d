//! Messages: their length, and leaked internals of the server.

use super::leak::leak;
use super::text::{Kind, Text};
use super::{Finding, Subject};
use crate::diagnostic::Diagnostic;
use crate::limits::MAX_MESSAGE;
use crate::resolve::optional;
use crate::rule::Rule;

/// The message that a text is, or that it ends.
fn whole<'a>(subject: &'a Subject<'_>, text: &Text<'a>) -> &'a str {
    let code = text.code.filter(|_| text.kind == Kind::Suffix);
    let message = code.and_then(|position| optional(subject.codes[position].message()));
    message.map_or(text.words, String::as_str)
}

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let stated = subject
        .settings
        .and_then(|settings| optional(settings.max_message.as_ref()));
    let longest = stated.copied().unwrap_or(MAX_MESSAGE);
    for text in subject.texts.iter().filter(|text| text.on_wire) {
        let length = whole(subject, text).chars().count();
        if length as u64 > longest {
            let message = format!("the message has {length} characters, the limit is {longest}");
            let finding = Diagnostic::new(Rule::MessageTooLong, text.span, message)
                .help("describe the problem in one sentence; move the rest to `meaning` and `fix`");
            findings.push(Finding::about(text.code, finding));
        }
        if let Some((part, what)) = leak(text.words) {
            let at = subject.places.of(text, part);
            let message = format!("the message reveals {}", what.name());
            let finding = Diagnostic::new(Rule::MessageLeaks, at, message).help(what.help());
            findings.push(Finding::about(text.code, finding));
        }
    }
}
