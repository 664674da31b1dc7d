//! Sets, adds and removes single keys, and keeps the rest of the file byte for byte.

use std::cmp::Reverse;
use std::ops::Range;

use super::cst::{Collection, Element, Layout, Part};
use super::file::{File, read_all};
use super::format::canonical;
use super::{Refusal, block};
use crate::ast::language::Language;
use crate::source::{Inputs, Source};
use crate::span::{SourceId, Span};
use crate::unord_map::UnordMap;
use crate::yaml;
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

/// A change of a text.
struct Splice {
    /// The removed range.
    range: Range<usize>,
    /// Its replacement.
    text: String,
    /// The indentation, if the replacement is a line of its own.
    line: Option<usize>,
}

/// Changes of one text. The places come from the elements of the document, which know the lines that belong to each.
struct Splices<'f> {
    file: &'f File<'f>,
    splices: Vec<Splice>,
}

impl<'f> Splices<'f> {
    fn new(file: &'f File<'f>) -> Self {
        Self {
            file,
            splices: Vec::new(),
        }
    }

    fn text(&self) -> &'f str {
        self.file.source.text()
    }

    fn replace(&mut self, range: Range<usize>, text: &str) {
        let text = text.to_owned();
        self.splices.push(Splice {
            range,
            text,
            line: None,
        });
    }

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

    /// Adds a key at the end of a mapping.
    fn push_member(&mut self, mapping: &Element<'_>, key: &str, value: &str) {
        if let Part::Collection(entries) = &mapping.value {
            self.push((entries, mapping.end), &format!("{key}: {value}"));
        }
    }

    /// Adds an item at the end of a list.
    fn push_item(&mut self, list: &Element<'_>, item: &str) {
        if let Part::Collection(items) = &list.value {
            let dash = if items.layout == Layout::Block {
                "- "
            } else {
                ""
            };
            self.push((items, list.end), &format!("{dash}{item}"));
        }
    }

    /// Adds a child to a collection that ends at `end`.
    fn push(&mut self, (collection, end): (&Collection<'_>, usize), text: &str) {
        let last = collection.children.iter().max_by_key(|child| child.start);
        match (last, &collection.layout) {
            (Some(last), Layout::Block) => self.splices.push(Splice {
                range: last.below..last.below,
                text: text.to_owned(),
                line: Some(self.column(last.start)),
            }),
            (Some(last), _) => {
                // Without the space, the comma would become part of a scalar.
                let is_absent = self.text()[..last.end].ends_with([':', '?']);
                let space = if is_absent { " " } else { "" };
                self.replace(last.end..last.end, &format!("{space}, {text}"));
            }
            (None, _) => {
                let close = end.saturating_sub(1);
                let is_open = self.text()[..close].ends_with(['{', '[']);
                let space = if is_open { " " } else { "" };
                self.replace(close..close, &format!("{space}{text} "));
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

    /// Removes the lines of an entry of a block mapping.
    fn remove_lines(&mut self, entry: &Element<'_>) {
        let start = entry.start - self.column(entry.start);
        self.replace(start..entry.below, "");
    }

    /// The column of an offset, from 0.
    fn column(&self, at: usize) -> usize {
        let before = &self.text()[..at];
        let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        before[start..].trim_start_matches('\u{FEFF}').len()
    }

    /// The text with all changes; formatted, if it was in the canonical form before.
    fn finish(mut self, language: &Language) -> Result<(SourceId, String), Refusal> {
        let old = self.text();
        let id = self.file.id;
        if self.splices.is_empty() {
            return Ok((id, old.to_owned()));
        }
        // Of two lines inserted at one offset, the deeper one belongs to the entry above.
        self.splices
            .sort_by_key(|splice| (splice.range.start, Reverse(splice.line)));
        let mut new = String::with_capacity(old.len());
        let mut at = 0;
        for Splice { range, text, line } in &self.splices {
            new.push_str(&old[at..range.start]);
            at = range.end;
            let Some(indent) = *line else {
                new.push_str(text);
                continue;
            };
            let breaks = ["\r\n", "\n", "\r"].into_iter();
            let mut above = breaks.filter(|it| new.ends_with(it));
            let line_break = above.next().unwrap_or_else(|| {
                let first = block::line_break(old, 0);
                new.push_str(first);
                first
            });
            new.extend(std::iter::repeat_n(' ', indent));
            new.push_str(text);
            new.push_str(line_break);
        }
        new.push_str(&old[at..]);
        let name = self.file.source.name().to_owned();
        let (_, found) = yaml::parse(id, &new);
        if !found.is_empty() {
            return Err(Refusal::Fault(name));
        }
        let was_canonical = {
            let file = File::read(id, self.file.source).map_err(Refusal::Findings)?;
            canonical(file, language).is_ok_and(|canonical| canonical == old)
        };
        if was_canonical {
            let source = Source::new(name, new.into_bytes());
            let file = File::read(id, &source).map_err(Refusal::Findings)?;
            return Ok((id, canonical(file, language)?));
        }
        Ok((id, new))
    }
}
