//! Sets, adds and removes single keys, and keeps the rest of the file byte for byte.

use super::Refusal;
use super::cst::{Collection, Element, Layout, Part};
use super::file::read_all;
use super::splices::Splices;
use crate::ast::language::Language;
use crate::source::Inputs;
use crate::span::{SourceId, Span};
use crate::unord_map::UnordMap;
use crate::yaml::quote::{Place, to_scalar};

/// Accepts a change since the last release in `lint: accept:`. Returns the source, and its new text.
///
/// # Errors
///
/// Fails where the catalog cannot be read.
pub fn accept(
    inputs: &Inputs,
    fingerprint: &str,
    reason: &str,
) -> Result<(SourceId, String), Refusal> {
    let language = Language::new();
    let files = read_all(inputs.sources()).map_err(Refusal::Findings)?;
    let mut with_section = files.iter().filter(|file| file.node.get("lint").is_some());
    let file = with_section.next().unwrap_or(&files[0]);
    let [change, why] = [fingerprint, reason].map(|text| to_scalar(text, Place::Flow));
    // YAML would read a fingerprint of digits as a number.
    let change = if change.starts_with('"') {
        change
    } else {
        format!("\"{change}\"")
    };
    let item = format!("{{ change: {change}, reason: {why} }}");
    let document = file.document(&language);
    let mut splices = Splices::new(file);
    let lint = document.root.child("lint");
    match (lint, lint.and_then(|lint| lint.child("accept"))) {
        (_, Some(accepted)) => splices.push_item(accepted, &item),
        (Some(lint), None) => splices.push_member(lint, "accept", &format!("[{item}]")),
        (None, None) => {
            let member = format!("lint: {{ accept: [{item}] }}");
            splices.push((&document.root, file.end()), &member);
        }
    }
    splices.finish(&language)
}

/// What a release writes into the catalog.
#[derive(Clone, Debug)]
pub(crate) struct Marks<'a> {
    /// The version of the API.
    pub(crate) version: &'a str,
    /// The mappings that get the key `since`, by their spans.
    pub(crate) since: Vec<Span>,
}

/// Writes a release into the catalog: sets the version of the API, adds `since` to new entries, and removes all
/// acceptances. Returns the changed sources with their new texts.
pub(crate) fn release(
    inputs: &Inputs,
    marks: &Marks<'_>,
) -> Result<Vec<(SourceId, String)>, Refusal> {
    let files = read_all(inputs.sources()).map_err(Refusal::Findings)?;
    let language = Language::new();
    let version = to_scalar(marks.version, Place::Flow);
    let mut texts = Vec::new();
    for file in &files {
        let document = file.document(&language);
        let mut splices = Splices::new(file);
        if let Some(api) = document.root.child("api") {
            match file
                .node
                .get("api")
                .and_then(|api| api.value.get("version"))
            {
                Some(entry) => splices.replace(entry.value.span.range(), &version),
                None => splices.push_member(api, "version", &version),
            }
        }
        let own = marks.since.iter().filter(|key| key.source == file.id);
        let keys = own.map(|key| (key.start, ())).collect();
        splices.mark(&document.root, &keys, &version);
        if let Some(lint) = document.root.child("lint")
            && let Some(accepted) = lint.child("accept")
        {
            splices.remove_accepted(&document.root, lint, accepted);
        }
        let (id, text) = splices.finish(&language)?;
        if text != file.source.text() {
            texts.push((id, text));
        }
    }
    Ok(texts)
}

impl Splices<'_> {
    /// Adds `since` to each entry whose key begins at one of these offsets.
    fn mark(&mut self, collection: &Collection<'_>, keys: &UnordMap<u32, ()>, version: &str) {
        for child in &collection.children {
            if child
                .key
                .is_some_and(|key| keys.get(&key.span.start).is_some())
            {
                self.push_member(child, "since", version);
            }
            if let Part::Collection(nested) = &child.value {
                self.mark(nested, keys, version);
            }
        }
    }

    /// Removes the acceptances from the section `lint`, and an empty section too.
    fn remove_accepted(
        &mut self,
        root: &Collection<'_>,
        lint: &Element<'_>,
        accepted: &Element<'_>,
    ) {
        let Part::Collection(entries) = &lint.value else {
            return;
        };
        let in_brackets = entries.layout != Layout::Block;
        let is_flow = root.layout != Layout::Block;
        let mut others: Vec<&Element<'_>> = entries.children.iter().collect();
        others.retain(|other| other.start != accepted.start);
        others.sort_unstable_by_key(|other| other.start);
        let before = others.iter().rfind(|other| other.start < accepted.start);
        let range = match (before, others.first()) {
            // Without the section, the file or its only line would be empty.
            (None, None) if is_flow || root.children.len() == 1 => None,
            (None, None) => return self.remove_lines(lint),
            _ if !in_brackets => return self.remove_lines(accepted),
            (Some(before), _) => Some(before.end..accepted.end),
            (None, Some(next)) => Some(accepted.start..next.start),
        };
        // A comment in this range is about a key that stays.
        let range = range.filter(|range| !self.text()[range.clone()].contains('#'));
        match range {
            Some(range) => self.replace(range, ""),
            None => self.replace(accepted.start..accepted.end, "accept: []"),
        }
    }
}
