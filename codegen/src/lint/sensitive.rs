//! Sensitive values in messages.

use std::ops::Range;

use heck::ToSnakeCase as _;

use super::text::{Kind, Text};
use super::{Finding, Subject};
use crate::ast::{ArgumentAst, ArgumentKindAst, Spanned};
use crate::diagnostic::{Diagnostic, quoted};
use crate::limits::MAX_FOUND_IN_MESSAGE;
use crate::resolve::{is_sensitive, optional};
use crate::rule::Rule;
use crate::unord_map::UnordMap;

/// What the name of an argument ends with that holds something private.
const PRIVATE: [&[&str]; 36] = [
    &["access", "key"],
    &["account", "number"],
    &["api", "key"],
    &["apikey"],
    &["authorization"],
    &["bearer"],
    &["card", "number"],
    &["cookie"],
    &["credential"],
    &["credentials"],
    &["credit", "card"],
    &["cvc"],
    &["cvv"],
    &["date", "of", "birth"],
    &["email"],
    &["email", "address"],
    &["iban"],
    &["jwt"],
    &["mail", "address"],
    &["otp"],
    &["passphrase"],
    &["passport", "number"],
    &["passwd"],
    &["password"],
    &["phone"],
    &["phone", "number"],
    &["pin"],
    &["private", "key"],
    &["pwd"],
    &["secret"],
    &["secret", "key"],
    &["security", "number"],
    &["session", "id"],
    &["ssn"],
    &["tax", "id"],
    &["token"],
];

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for text in subject
        .texts
        .iter()
        .filter(|text| text.kind == Kind::Message)
    {
        let Some(position) = text.code else {
            continue;
        };
        let Some(args) = optional(subject.codes[position].args()) else {
            continue;
        };
        let arguments: UnordMap<&str, &Spanned<ArgumentAst>> = args
            .0
            .iter()
            .map(|(name, argument)| (name.as_str(), argument))
            .collect();
        let mut reported: UnordMap<&str, ()> = UnordMap::default();
        let found = placeholders(text.words).filter_map(|(part, name)| {
            let argument = arguments.get(name)?;
            let finding = judge(subject, text, part, name, argument)?;
            reported.insert(name, ()).is_none().then_some(finding)
        });
        findings.extend(
            found
                .take(MAX_FOUND_IN_MESSAGE)
                .map(|finding| Finding::about(text.code, finding)),
        );
    }
}

fn judge(
    subject: &Subject<'_>,
    text: &Text<'_>,
    part: Range<usize>,
    name: &str,
    argument: &Spanned<ArgumentAst>,
) -> Option<Diagnostic> {
    let (message, help) = if is_sensitive(argument) {
        (
            format!(
                "{} is sensitive: clients read `[redacted]` here",
                quoted(name)
            ),
            "take it out of the message: a sensitive argument need not stand there".to_owned(),
        )
    } else if is_private(name) && can_hold_text(argument) {
        (
            format!(
                "by its name, {} holds something that no message shows",
                quoted(name)
            ),
            format!(
                "take it out of the message and write `sensitive: true` at {}",
                quoted(name)
            ),
        )
    } else {
        return None;
    };
    let at = subject.places.of(text, part);
    let finding = Diagnostic::new(Rule::SensitiveInMessage, at, message);
    Some(finding.related(argument.key, "the argument").help(help))
}

/// Whether a value of the argument can be what its name says: a count of tokens is none.
fn can_hold_text(argument: &Spanned<ArgumentAst>) -> bool {
    let kind = argument.value.as_ref().and_then(|own| own.kind.value);
    matches!(
        kind,
        Some(ArgumentKindAst::String | ArgumentKindAst::Strings)
    )
}

fn is_private(name: &str) -> bool {
    let name = name.to_snake_case();
    let words: Vec<&str> = name.split('_').collect();
    PRIVATE.iter().any(|end| words.ends_with(end))
}

/// The placeholders of a message that is well formed.
fn placeholders(message: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let open = at + message[at..].find('{')?;
            if message[open + 1..].starts_with('{') {
                at = open + 2;
                continue;
            }
            let end = open + message[open..].find('}')? + 1;
            at = end;
            return Some((open..end, &message[open + 1..end - 1]));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{is_private, placeholders};

    #[test]
    fn a_name_tells_what_is_private() {
        for name in [
            "password",
            "access_token",
            "apiKey",
            "user_email",
            "api_key",
            "card_number",
        ] {
            assert!(is_private(name), "{name}");
        }
        for name in [
            "token_count",
            "tokens",
            "key",
            "number",
            "password_length",
            "cookies_left",
        ] {
            assert!(!is_private(name), "{name}");
        }
    }

    #[test]
    fn placeholders_are_told_from_literal_braces() {
        let names = |text| placeholders(text).map(|(_, name)| name).collect::<Vec<_>>();
        assert_eq!(names("{a} {{b}} {{{c}}} {"), ["a", "c"]);
    }
}
