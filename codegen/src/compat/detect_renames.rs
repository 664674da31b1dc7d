//! Detects renamed codes: a removed code and a new one with the same content.

use std::collections::BTreeMap;

use super::context::Snapshot;
use crate::record::{Entry, Kind, shown};
use crate::suggest::closest;
use crate::unord_map::UnordMap;

/// What an old and a new code of a rename have in common, the most reliable first.
const COMMON: [fn(&Entry) -> Option<String>; 3] = [
    |code| {
        Some(said(code, |field| {
            !matches!(
                field,
                "rust" | "rust_aliases" | "slug" | "aliases" | "since"
            )
        }))
    },
    |code| Some(code.text("rust").to_owned()),
    |code| {
        let meaning = code.text("meaning");
        let said = said(code, |field| matches!(field, "type" | "status" | "meaning"));
        (!meaning.is_empty()).then_some(said)
    },
];

fn said(code: &Entry, counts: fn(&str) -> bool) -> String {
    let fields = code.fields.iter().filter(|(field, _)| counts(field));
    let lines: Vec<String> = fields
        .map(|(field, value)| format!("{field}: {}", shown(value)))
        .collect();
    lines.join("\n")
}

/// The new name of each renamed code, by its old name.
pub(super) fn renamed<'a>(
    old: &Snapshot<'a>,
    new: &Snapshot<'a>,
    before: &(impl Iterator<Item = &'a Entry> + Clone),
    now: impl Iterator<Item = &'a Entry>,
) -> UnordMap<&'a str, &'a str> {
    let is_code = |entry: &&Entry| entry.kind == Kind::Code;
    let gone = before.clone().filter(is_code).filter(|code| {
        let name = code.name.as_str();
        new.codes.get(name).is_none() && new.retired.get(name).is_none()
    });
    let gone: Vec<&'a Entry> = gone.collect();
    let mut renamed: UnordMap<&str, &str> = UnordMap::default();
    if gone.is_empty() {
        return renamed;
    }
    let came = now.filter(is_code);
    let came: Vec<&'a Entry> = came
        .filter(|code| old.codes.get(code.name.as_str()).is_none())
        .collect();
    let positions: UnordMap<&str, usize> = came
        .iter()
        .enumerate()
        .map(|(position, code)| (code.name.as_str(), position))
        .collect();
    let mut taken: UnordMap<&str, ()> = UnordMap::default();
    for common in COMMON {
        let mut groups: UnordMap<String, Group<'a>> = UnordMap::default();
        for code in before.clone().filter(is_code) {
            if let Some(said) = common(code).filter(|_| renamed.get(code.name.as_str()).is_none()) {
                groups.get_or_default(said).old += 1;
            }
        }
        for (position, code) in came.iter().enumerate() {
            if let Some(said) = common(code).filter(|_| taken.get(code.name.as_str()).is_none()) {
                groups.get_or_default(said).came.insert(position, code);
            }
        }
        for code in &gone {
            if renamed.get(code.name.as_str()).is_some() {
                continue;
            }
            let Some(group) = common(code).and_then(|said| groups.get_mut(&said)) else {
                continue;
            };
            if let Some(name) = group.heir(code) {
                renamed.insert(&code.name, name);
                taken.insert(name, ());
                if let Some(position) = positions.get(&name) {
                    group.came.remove(position);
                    group.taken += 1;
                }
            }
        }
    }
    renamed
}

/// The codes with the same content.
#[derive(Default)]
struct Group<'a> {
    /// The number of old ones.
    old: usize,
    /// The new ones that are not yet taken, by their positions.
    came: BTreeMap<usize, &'a Entry>,
    /// The number of those that are taken.
    taken: usize,
}

impl<'a> Group<'a> {
    /// The new name of an old code of the group. Content that several codes share, such as a general meaning, identifies
    /// none of them, so the names must be similar too.
    fn heir(&self, code: &Entry) -> Option<&'a str> {
        // A public code is never reported as renamed to an internal one.
        let fits = |other: &&&Entry| other.text("audience") == code.text("audience");
        let mut fitting = self.came.values().filter(fits);
        if self.old == 1 && self.came.len() + self.taken == 1 {
            return fitting.next().map(|only| only.name.as_str());
        }
        closest(&code.name, fitting.map(|other| other.name.as_str()))
    }
}
