//! Values in messages and headers that may be sensitive.

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

/// Suffixes of the names of arguments that may be sensitive.
const PRIVATE: &str = "
access_key account_number api_key apikey authorization bearer card_number cookie credential
credentials credit_card cvc cvv date_of_birth email email_address iban jwt mail_address otp
passphrase passport_number passwd password phone phone_number pin private_key pwd secret secret_key
security_number session_id ssn tax_id token
";

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let messages = subject.texts.iter().copied();
    let messages = messages.filter(|text| matches!(text.kind, Kind::Message | Kind::Suffix));
    let messages = messages.map(|text| (text, "message"));
    for (text, what) in messages.chain(header_values(subject)) {
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
            let finding = judge(subject, (&text, what), part, name, argument)?;
            reported.insert(name, ()).is_none().then_some(finding)
        });
        findings.extend(
            found
                .take(MAX_FOUND_IN_MESSAGE)
                .map(|finding| Finding::about(text.code, finding)),
        );
    }
}

/// The values of the headers that codes state.
fn header_values<'a>(subject: &Subject<'a>) -> impl Iterator<Item = (Text<'a>, &'static str)> {
    let codes = subject.codes.iter().enumerate();
    codes.flat_map(|(position, code)| {
        let headers = code.own.and_then(|own| optional(own.headers.as_ref()));
        let entries = headers.map_or(&[][..], |headers| &headers.0);
        entries.iter().filter_map(move |(_, entry)| {
            let text = Text {
                kind: Kind::Message,
                words: entry.value.as_deref()?,
                span: entry.span,
                code: Some(position),
                on_wire: true,
            };
            Some((text, "header"))
        })
    })
}

fn judge(
    subject: &Subject<'_>,
    (text, what): (&Text<'_>, &str),
    part: Range<usize>,
    name: &str,
    argument: &Spanned<ArgumentAst>,
) -> Option<Diagnostic> {
    let shown = quoted(name);
    let (message, help) = if is_sensitive(argument) {
        (
            format!("{shown} is sensitive: clients see `[redacted]` here"),
            format!("remove it from the {what}: a sensitive argument does not need a placeholder"),
        )
    } else if is_private(name) && is_string(argument) {
        (
            format!("by its name, {shown} is sensitive"),
            format!("remove it from the {what} and write `sensitive: true` for {shown}"),
        )
    } else {
        return None;
    };
    let at = subject.places.of(text, part);
    let finding = Diagnostic::new(Rule::SensitiveInMessage, at, message);
    Some(finding.related(argument.key, "the argument").help(help))
}

/// Whether the argument is a string: a count of tokens is not sensitive.
fn is_string(argument: &Spanned<ArgumentAst>) -> bool {
    let kind = argument.value.as_ref().and_then(|own| own.kind.value);
    matches!(
        kind,
        Some(ArgumentKindAst::String | ArgumentKindAst::Strings)
    )
}

fn is_private(name: &str) -> bool {
    let name = name.to_snake_case();
    let ends_with = |end: &str| {
        let before = name.strip_suffix(end);
        before.is_some_and(|before| before.is_empty() || before.ends_with('_'))
    };
    PRIVATE.split_whitespace().any(ends_with)
}

/// The placeholders of a valid message or header.
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
    fn a_private_file_is_recognised_by_its_name() {
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
    fn placeholders_and_literal_braces_differ() {
        let names = |text| placeholders(text).map(|(_, name)| name).collect::<Vec<_>>();
        assert_eq!(names("{a} {{b}} {{{c}}} {"), ["a", "c"]);
    }
}
