//! The places of entries in the files of a catalog.

use crate::source::Inputs;
use crate::span::{SourceId, Span};
use crate::unord_map::UnordMap;
use crate::yaml::node::Value as Content;
use crate::yaml::parse;

/// An entry of a section in a file.
pub(super) struct Entry {
    pub(super) key: Span,
    /// The end of its value.
    pub(super) end: u32,
    pub(super) keys: UnordMap<String, Span>,
}

/// The entries of all sections, by section and name.
pub(super) fn entries(inputs: &Inputs) -> UnordMap<String, Entry> {
    let mut found = UnordMap::default();
    for (id, source) in (0..).map(SourceId).zip(inputs.sources()) {
        let (node, _) = parse(id, source.text());
        let Some(Content::Map(sections)) = node.map(|node| node.value) else {
            continue;
        };
        for section in sections {
            let Content::Map(all) = section.value.value else {
                continue;
            };
            for entry in all {
                let keys = match &entry.value.value {
                    Content::Map(keys) => keys.as_slice(),
                    _ => &[],
                };
                let keys = keys
                    .iter()
                    .map(|key| (key.key.text.to_string(), key.key.span));
                let name = format!("{}\0{}", section.key.text, entry.key.text);
                let entry = Entry {
                    key: entry.key.span,
                    end: entry.value.span.end,
                    keys: keys.collect(),
                };
                found.insert(name, entry);
            }
        }
    }
    found
}

/// The keys of a section by the places where they begin.
pub(super) fn entries_by_place(
    inputs: &Inputs,
    section: &str,
) -> UnordMap<(SourceId, u32), String> {
    let mut found = UnordMap::default();
    for (id, source) in (0..).map(SourceId).zip(inputs.sources()) {
        let (node, _) = parse(id, source.text());
        let entries = node.as_ref().and_then(|node| node.get(section));
        let Some(Content::Map(all)) = entries.map(|section| &section.value.value) else {
            continue;
        };
        for entry in all {
            found.insert((id, entry.key.span.start), entry.key.text.to_string());
        }
    }
    found
}
