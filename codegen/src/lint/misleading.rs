//! Messages with words that clients take for another status.

use std::ops::Range;

use memchr::memmem;

use super::text::{Kind, Text};
use super::{Finding, Subject, todo};
use crate::ast::{Entries, FrameworkAst, Spanned, StatusAst, StatusesAst, TypeAst};
use crate::diagnostic::{Diagnostic, quoted};
use crate::resolve::optional;
use crate::rule::Rule;
use crate::unord_map::UnordMap;

/// Two words by which clients choose the class of an error.
struct Phrase {
    words: [&'static str; 2],
    /// The statuses that have this meaning.
    statuses: &'static [u16],
}

const PHRASES: [Phrase; 2] = [
    Phrase {
        words: ["rate", "limit"],
        statuses: &[429],
    },
    Phrase {
        words: ["timed", "out"],
        statuses: &[408, 504],
    },
];

impl Phrase {
    /// The first place in a text in lower case, also within a name such as `rate_limit`.
    fn find(&self, lower: &str) -> Option<Range<usize>> {
        let [first, second] = self.words;
        let mut starts = memmem::find_iter(lower.as_bytes(), first);
        starts.find_map(|start| {
            let rest = &lower[start + first.len()..];
            let between = |c: char| c.is_whitespace() || matches!(c, '_' | '-');
            let tail = rest.trim_start_matches(between);
            let end = lower.len() - tail.len() + second.len();
            tail.starts_with(second).then_some(start..end)
        })
    }

    fn name(&self) -> String {
        self.words.join(" ")
    }

    fn listed(&self) -> String {
        let statuses = self.statuses.iter().map(u16::to_string);
        statuses.collect::<Vec<_>>().join(" or ")
    }
}

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let mut of_operations: UnordMap<usize, Vec<Of>> = UnordMap::default();
    for stated in &subject.stated {
        if let (Some(code), Some((status, _))) = (stated.code, stated.status()) {
            let sent = of_operations.get_or_default(code);
            sent.push((Sent::Number(status), Some(stated.operation)));
        }
    }
    let mut report = |code, field: Option<&Spanned<String>>, statuses: &[Of<'_>]| {
        findings.extend(misleading(subject, code, field, statuses));
    };
    for (position, (code, facts)) in subject.codes.iter().zip(subject.facts).enumerate() {
        if let Some(facts) = facts {
            // An inherited message is sent with the status of each code that inherits it.
            let meaning = || code.field(|own| &own.meaning);
            let own = facts.status.own();
            let own = own.map(|status| (Sent::Number(status.get()), None));
            let others = of_operations.get(&position);
            let others = others.map_or(&[][..], Vec::as_slice).iter().copied();
            let sent: Vec<Of<'_>> = own.into_iter().chain(others).collect();
            report(Some(position), code.message().or_else(meaning), &sent);
        }
    }
    let types = optional(Some(&subject.ast.types)).map_or(&[][..], |Entries(types)| types);
    for error_type in types.iter().filter_map(|(_, entry)| entry.value.as_ref()) {
        let message = error_type.message.as_ref();
        let text = message.or(error_type.meaning.as_ref());
        report(None, text, &of_catalog(&sent_with_type(error_type)));
    }
    let framework = optional(subject.ast.framework.as_ref()).map_or(&[][..], Vec::as_slice);
    for error in framework.iter().filter_map(|entry| entry.value.as_ref()) {
        let sent = of_catalog(&sent_with_framework(error));
        report(None, error.message.as_ref(), &sent);
    }
}

/// A status, with the operation that states it for the code.
type Of<'a> = (Sent, Option<&'a str>);

fn of_catalog(sent: &[Sent]) -> Vec<Of<'static>> {
    sent.iter().map(|sent| (*sent, None)).collect()
}

/// A status that is sent with a message.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sent {
    Number(u16),
    /// The first digit of all statuses of a class.
    Family(u8),
}

impl Sent {
    /// `None` for an invalid status, which other rules report.
    fn of(status: &Spanned<StatusAst>) -> Option<Self> {
        match status.value.as_ref()? {
            StatusAst::Number(number) => u16::try_from(*number).ok().map(Self::Number),
            StatusAst::Family(class) => Some(Self::Family(*class)),
            StatusAst::None | StatusAst::Other(_) => None,
        }
    }

    fn name(self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Family(class) => format!("{class}xx"),
        }
    }
}

fn sent_with_type(error_type: &TypeAst) -> Vec<Sent> {
    match error_type.status.value.as_ref() {
        Some(StatusesAst::One(StatusAst::Family(class))) => vec![Sent::Family(*class)],
        Some(StatusesAst::One(StatusAst::Number(number))) => u16::try_from(*number)
            .map(Sent::Number)
            .into_iter()
            .collect(),
        Some(StatusesAst::Many(list)) => list.iter().filter_map(Sent::of).collect(),
        Some(StatusesAst::One(StatusAst::None | StatusAst::Other(_))) | None => Vec::new(),
    }
}

fn sent_with_framework(error: &FrameworkAst) -> Vec<Sent> {
    let sent = error.sent.as_ref().unwrap_or(&error.status);
    Sent::of(sent).into_iter().collect()
}

/// The findings of a text that is sent with these statuses.
fn misleading(
    subject: &Subject<'_>,
    code: Option<usize>,
    field: Option<&Spanned<String>>,
    statuses: &[Of<'_>],
) -> Vec<Finding> {
    let Some((field, words)) = field.and_then(|field| Some((field, field.value.as_deref()?)))
    else {
        return Vec::new();
    };
    if todo::is_todo(words) {
        return Vec::new();
    }
    let text = Text {
        kind: Kind::Message,
        words,
        span: field.span,
        code,
        on_wire: true,
    };
    let lower = words.to_ascii_lowercase();
    let findings = PHRASES.iter().filter_map(|phrase| {
        let (other, operation) = statuses.iter().find(|(status, _)| match status {
            Sent::Number(number) => !phrase.statuses.contains(number),
            Sent::Family(_) => true,
        })?;
        let at = subject.places.of(&text, phrase.find(&lower)?);
        let (name, status) = (phrase.name(), other.name());
        // The code may inherit the message.
        let owner = code.map(|code| format!(" of {}", quoted(subject.codes[code].wire)));
        let owner = owner.unwrap_or_default();
        let there = operation.map(|id| format!(" in the operation {}", quoted(id)));
        let there = there.unwrap_or_default();
        let message =
            format!("the message{owner} contains \"{name}\", but its status is {status}{there}");
        let help = format!(
            "use other words: some clients take an error with \"{name}\" in its message for {}",
            phrase.listed()
        );
        let diagnostic = Diagnostic::new(Rule::MessageMisleads, at, message).help(help);
        Some(Finding::about(code, diagnostic))
    });
    findings.collect()
}

#[cfg(test)]
mod tests {
    use super::PHRASES;

    #[test]
    fn phrases_are_found_in_every_spelling() {
        let [rate, timed] = PHRASES;
        for text in [
            "the rate limit.",
            "Rate-Limit",
            "`rate_limit`",
            "RATELIMIT",
            "rate\n limits",
        ] {
            assert!(rate.find(&text.to_ascii_lowercase()).is_some(), "{text}");
        }
        assert_eq!(rate.find("a rate of rate  limits"), Some(10..21));
        assert_eq!(timed.find("It timed out."), Some(3..12));
        for text in ["", "rate", "the rate of the limit", "limit rate"] {
            assert_eq!(rate.find(&text.to_ascii_lowercase()), None, "{text}");
        }
        assert_eq!(timed.find("ran out of time"), None);
    }
}
