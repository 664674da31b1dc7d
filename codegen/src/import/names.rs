//! Rust names and slugs, where the default name is invalid or taken.

use unicode_normalization::UnicodeNormalization;

use crate::catalog::{derive_field, derive_slug, derive_variant};
use crate::limits::MAX_NAME_BYTES;
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

/// The Rust names of entries; `None` if the default name is ok. An entry is its wire name and its constant in the
/// source.
pub(super) fn variants(entries: &[(String, Option<&str>)]) -> Vec<Option<Stated>> {
    let preferred: Vec<_> = entries
        .iter()
        .map(|(wire, constant)| {
            let derived: String = derive_variant(wire).nfc().collect();
            let constant = constant.map(|name| name.strip_prefix("ErrorCode").unwrap_or(name));
            match constant.filter(|name| is_code_variant(name) && name.is_ascii()) {
                Some(name) if name == derived => (derived, None),
                Some(name) => (name.to_owned(), Some(false)),
                None if is_code_variant(&derived) => (derived, None),
                None => (propose(&derived), Some(true)),
            }
        })
        .collect();
    unique(&preferred, |name, number| format!("{name}{number}"))
}

/// The slugs of codes; `None` if the default slug is ok.
pub(super) fn slugs(wires: impl Iterator<Item = String>) -> Vec<Option<Stated>> {
    let preferred: Vec<_> = wires.map(|wire| (derive_slug(&wire), None)).collect();
    unique(&preferred, |slug, number| {
        let room = MAX_NAME_BYTES - 12;
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
            .map(|(wire, constant)| ((*wire).to_owned(), *constant))
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
                ("TOOMANY", Some("ErrorCodeTooMany")),
                ("DENIED", Some("ErrorCodeDenied")),
                ("bad", Some("bad_thing")),
                ("NotFound2", None),
            ]),
            ["", "NotFound3?", "E404?", "NoPeers", "TooMany", "", "", ""]
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
            .map(|number| (format!("a{}b", ".".repeat(number % 2 + 1)), None))
            .collect();
        let names = variants(&entries);
        assert_eq!(names.iter().flatten().count(), 49_999);
    }
}
