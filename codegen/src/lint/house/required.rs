//! Keys that every code has.

use crate::ast::Spanned;
use crate::diagnostic::{Diagnostic, quoted};
use crate::limits::MAX_REQUIRED;
use crate::resolve::{Effective, optional};
use crate::rule::Rule;
use crate::suggest::closest;

/// A key that can be asked for: whether a code has it, and whether codes take it over.
type Key = (&'static str, fn(&Effective<'_>) -> bool, bool);

/// The keys of a code, but `type`, which all have, and those that say how it is like another.
const KEYS: [Key; 21] = [
    (
        "aliases",
        |code| code.own.is_some_and(|own| own.aliases.is_some()),
        false,
    ),
    ("args", |code| code.args.is_some(), true),
    ("audience", |code| code.audience.is_some(), true),
    ("causes", |code| code.causes.is_some(), true),
    (
        "deprecated",
        |code| code.own.is_some_and(|own| own.deprecated.is_some()),
        false,
    ),
    ("description", |code| code.description.is_some(), true),
    ("fix", |code| code.fix.is_some(), true),
    ("fixes", |code| code.fixes.is_some(), true),
    ("group", |code| code.group.is_some(), true),
    ("headers", |code| code.headers.is_some(), true),
    ("ids", |code| code.ids.is_some(), true),
    ("meaning", |code| code.meaning.is_some(), true),
    ("message", |code| code.message.is_some(), true),
    ("param", |code| code.param.is_some(), true),
    ("retry", |code| code.retry.is_some(), true),
    (
        "rust",
        |code| code.own.is_some_and(|own| own.rust.is_some()),
        false,
    ),
    ("see", |code| code.see.is_some(), true),
    (
        "since",
        |code| code.own.is_some_and(|own| own.since.is_some()),
        false,
    ),
    (
        "slug",
        |code| code.own.is_some_and(|own| own.slug.is_some()),
        false,
    ),
    ("status", |code| code.status.is_some(), true),
    (
        "type_row",
        |code| code.own.is_some_and(|own| own.type_row.is_some()),
        false,
    ),
];

/// A key that is asked for.
pub(super) struct Required<'a> {
    pub(super) name: &'a str,
    /// Missing for a key of the author's own.
    key: Option<Key>,
}

/// The keys of a list; reports those that no code can have.
pub(super) fn read<'a>(
    field: &'a Spanned<Vec<Spanned<String>>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Required<'a>> {
    let list = field.value.as_deref().unwrap_or_default();
    let mut keys: Vec<Required<'a>> = Vec::new();
    for entry in list {
        let Some(name) = entry.value.as_deref() else {
            continue;
        };
        let key = KEYS.iter().copied().find(|(known, ..)| *known == name);
        if key.is_none() && !name.starts_with("x-") {
            let known = KEYS.iter().map(|(known, ..)| *known);
            let all: Vec<_> = known.clone().collect();
            let diagnostic = Diagnostic::new(
                Rule::UnknownKey,
                entry.span,
                format!("{} is no key that can be asked for", quoted(name)),
            );
            diagnostics.push(diagnostic.did_you_mean(
                entry.span,
                closest(name, known),
                format!(
                    "the keys are: {}, and your own, which begin with `x-`",
                    all.join(", ")
                ),
            ));
        } else if keys.iter().any(|known| known.name == name) {
            diagnostics.push(
                Diagnostic::new(
                    Rule::DuplicateKey,
                    entry.span,
                    format!("{} stands twice in the list", quoted(name)),
                )
                .help("remove one of the two"),
            );
        } else if keys.len() == MAX_REQUIRED {
            diagnostics.push(
                Diagnostic::new(
                    Rule::TooLarge,
                    field.key,
                    format!("a house rule asks for more than {MAX_REQUIRED} keys"),
                )
                .help("ask for those that matter most"),
            );
            break;
        } else {
            keys.push(Required { name, key });
        }
    }
    keys
}

impl Required<'_> {
    /// The positions of the codes that lack the key. What the code lacks that another is like is
    /// reported there.
    pub(super) fn missing(&self, codes: &[Effective<'_>]) -> impl Iterator<Item = usize> {
        let taken_over = self.key.is_none_or(|(.., taken_over)| taken_over);
        codes
            .iter()
            .enumerate()
            .filter_map(move |(position, code)| {
                let base = code.base.filter(|_| taken_over);
                let reported = base.is_some_and(|base| !self.is_there(&codes[base]));
                (code.complete && !reported && !self.is_there(code)).then_some(position)
            })
    }

    fn is_there(&self, code: &Effective<'_>) -> bool {
        match self.key {
            Some((_, has, _)) => has(code),
            None => optional(code.extensions)
                .is_some_and(|entries| entries.0.iter().any(|(name, _)| name == self.name)),
        }
    }
}
