//! Rust names and slugs, where the default name is invalid or taken.

use heck::ToUpperCamelCase;
use unicode_normalization::UnicodeNormalization;

use crate::catalog::{derive_field, derive_slug, derive_variant};
use crate::limits::MAX_PAGE_BYTES;
use crate::resolve::arguments::propose_field;
use crate::resolve::names::{is_code_variant, is_field, propose};
use crate::unord_map::UnordMap;

/// A name that the draft states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stated {
    pub(super) name: String,
    /// Whether the tool proposes it, and not the source.
    pub(super) is_proposal: bool,
}

/// A type or a code that needs a name in Rust.
pub(super) struct Entry<'a> {
    pub(super) wire: String,
    /// Its constant in the source.
    pub(super) constant: Option<&'a str>,
    /// Its message or its meaning.
    pub(super) text: Option<&'a str>,
}

/// The Rust names of entries; `None` if the default name is ok. A number has the name of its constant, else one of the
/// words of its text.
pub(super) fn variants(entries: &[Entry<'_>]) -> Vec<Option<Stated>> {
    let is_sound = |name: &str| is_code_variant(name) && name.is_ascii();
    let preferred: Vec<_> = entries
        .iter()
        .map(|entry| {
            let derived: String = derive_variant(&entry.wire).nfc().collect();
            let is_negative = entry.wire.parse().is_ok_and(|number: i64| number < 0);
            let constant = entry
                .constant
                .map(of_constant)
                .filter(|name| is_sound(name));
            match constant {
                Some(name) if name == derived => (derived, None),
                Some(name) => (name, Some(false)),
                None if is_code_variant(&derived) && !is_negative => (derived, None),
                None => match entry.text.map(of_text).filter(|name| is_sound(name)) {
                    Some(name) => (name, Some(false)),
                    None if is_negative => (derived, None),
                    None => (propose(&derived), Some(true)),
                },
            }
        })
        .collect();
    unique(&preferred, |name, number| format!("{name}{number}"))
}

/// A constant in the form of names in Rust.
pub(super) fn of_constant(constant: &str) -> String {
    let name = constant.strip_prefix("ErrorCode").unwrap_or(constant);
    let is_word = name.len() > 3 || name.contains('_');
    if is_word && !name.contains(char::is_lowercase) {
        name.to_upper_camel_case()
    } else {
        name.to_owned()
    }
}

/// A name of the first words of a text.
pub(super) fn of_text(text: &str) -> String {
    let mut words = String::new();
    for word in text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(6)
    {
        if words.len() + word.len() > 40 {
            break;
        }
        words.push_str(word);
        words.push(' ');
    }
    words.to_upper_camel_case()
}

/// The slugs of codes; `None` if the default slug is ok.
pub(super) fn slugs(wires: impl Iterator<Item = String>) -> Vec<Option<Stated>> {
    let preferred: Vec<_> = wires.map(|wire| (derive_slug(&wire), None)).collect();
    unique(&preferred, |slug, number| {
        let room = MAX_PAGE_BYTES - 12;
        let base = slug.get(..room).unwrap_or(slug);
        format!("{base}-{number}")
    })
}

/// The names of the fields of one code's arguments.
pub(super) fn fields<'a>(arguments: impl Iterator<Item = &'a str>) -> Vec<Option<Stated>> {
    let preferred: Vec<_> = arguments
        .map(|name| {
            let derived = derive_field(name);
            if is_field(&derived) {
                (derived, None)
            } else {
                (propose_field(&derived), Some(true))
            }
        })
        .collect();
    unique(&preferred, |name, number| format!("{name}_{number}"))
}

/// Gives each name to its first entry, and numbers the others. A preferred name that must be stated comes with whether
/// it is a proposal.
fn unique(
    preferred: &[(String, Option<bool>)],
    numbered: impl Fn(&str, u32) -> String,
) -> Vec<Option<Stated>> {
    let mut taken: UnordMap<String, ()> = preferred
        .iter()
        .map(|(name, _)| (name.clone(), ()))
        .collect();
    let mut used: UnordMap<&str, u32> = UnordMap::default();
    let names = preferred.iter().map(|(name, stated)| {
        let Some(times) = used.get_mut(name.as_str()) else {
            used.insert(name, 1);
            return stated.map(|is_proposal| Stated {
                name: name.clone(),
                is_proposal,
            });
        };
        loop {
            *times += 1;
            let name = numbered(name, *times);
            if taken.insert(name.clone(), ()).is_none() {
                return Some(Stated {
                    name,
                    is_proposal: true,
                });
            }
        }
    });
    names.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(entries: &[(&str, Option<&str>)]) -> Vec<String> {
        let entries: Vec<_> = entries
            .iter()
            .map(|(wire, constant)| Entry {
                wire: (*wire).to_owned(),
                constant: *constant,
                text: None,
            })
            .collect();
        let names = variants(&entries).into_iter();
        let names = names.map(|stated| match stated {
            Some(stated) if stated.is_proposal => format!("{}?", stated.name),
            Some(stated) => stated.name,
            None => String::new(),
        });
        names.collect()
    }

    #[test]
    fn a_name_is_stated_only_where_the_wire_gives_none() {
        assert_eq!(
            named(&[
                ("not_found", None),
                ("NOT-FOUND", None),
                ("404", None),
                ("10", Some("NoPeers")),
                ("-1", None),
                ("-2", Some("NO_PAGE")),
                ("TOOMANY", Some("ErrorCodeTooMany")),
                ("DENIED", Some("ErrorCodeDenied")),
                ("bad", Some("bad_thing")),
                ("NotFound2", None),
            ]),
            [
                "",
                "NotFound3?",
                "E404?",
                "NoPeers",
                "",
                "NoPage",
                "TooMany",
                "",
                "",
                ""
            ]
        );
    }

    #[test]
    fn pages_and_fields_get_unique_names() {
        let wires = ["a/b", "a-b", "A.B"].map(str::to_owned);
        let slugs = slugs(wires.into_iter());
        let names: Vec<_> = slugs.iter().flatten().map(|slug| &slug.name[..]).collect();
        assert_eq!(names, ["a-b-2", "a-b-3"]);
        let fields = fields(["id", "type", "Id"].into_iter());
        let names: Vec<_> = fields
            .iter()
            .flatten()
            .map(|field| &field.name[..])
            .collect();
        assert_eq!(names, ["the_type", "id_2"]);
    }

    #[test]
    fn many_equal_names_get_suffixes_at_once() {
        let entries: Vec<_> = (0..50_000)
            .map(|number| Entry {
                wire: format!("a{}b", ".".repeat(number % 2 + 1)),
                constant: None,
                text: None,
            })
            .collect();
        let names = variants(&entries);
        assert_eq!(names.iter().flatten().count(), 49_999);
    }
}
