//! Detects renamed codes: a removed code and a new one with the same content.

use super::context::Snapshot;
use crate::record::{Entry, Kind, shown};
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
    before: impl Iterator<Item = &'a Entry>,
    now: impl Iterator<Item = &'a Entry>,
) -> UnordMap<&'a str, &'a str> {
    let is_code = |entry: &&Entry| entry.kind == Kind::Code;
    let gone = before.filter(is_code).filter(|code| {
        let name = code.name.as_str();
        new.codes.get(name).is_none() && new.retired.get(name).is_none()
    });
    let gone: Vec<&Entry> = gone.collect();
    let mut renamed: UnordMap<&str, &str> = UnordMap::default();
    if gone.is_empty() {
        return renamed;
    }
    let came = now.filter(is_code);
    let came: Vec<&Entry> = came
        .filter(|code| old.codes.get(code.name.as_str()).is_none())
        .collect();
    let mut taken: UnordMap<&str, ()> = UnordMap::default();
    for common in COMMON {
        let mut by_common: UnordMap<String, &str> = UnordMap::default();
        for code in came.iter().rev() {
            if let Some(said) = common(code).filter(|_| taken.get(code.name.as_str()).is_none()) {
                by_common.insert(said, &code.name);
            }
        }
        for code in &gone {
            if renamed.get(code.name.as_str()).is_some() {
                continue;
            }
            let said = common(code);
            let found = said.and_then(|said| by_common.get(&said).copied());
            // A public code is never reported as renamed to an internal one.
            let audience = |name: &str| new.codes.get(name).map(|code| code.text("audience"));
            let fits = |name: &&str| {
                taken.get(name).is_none() && audience(name) == Some(code.text("audience"))
            };
            if let Some(name) = found.filter(fits) {
                renamed.insert(&code.name, name);
                taken.insert(name, ());
            }
        }
    }
    renamed
}
