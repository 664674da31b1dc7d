//! Sets, adds and removes single keys, and keeps the rest of the file byte for byte.

use std::cmp::Reverse;

use super::Refusal;
use super::file::{File, read_all};
use super::format::canonical;
use crate::ast::language::Language;
use crate::source::{Inputs, Source};
use crate::span::{SourceId, Span};
use crate::yaml;
use crate::yaml::node::{Entry, Node, Value};
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
    let mut splices = Splices::new(file);
    let lint = file.node.get("lint").map(|entry| &entry.value);
    let accepted = lint
        .and_then(|lint| lint.get("accept"))
        .map(|entry| &entry.value);
    match (lint, accepted) {
        (_, Some(accepted)) => splices.push_item(accepted, &item),
        (Some(lint), None) => splices.push_member(lint, "accept", &format!("[{item}]")),
        (None, None) => splices.push_member(&file.node, "lint", &format!("{{ accept: [{item}] }}")),
    }
    splices.finish(&Language::new())
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
        let mut splices = Splices::new(file);
        let api = file.node.get("api").map(|entry| &entry.value);
        if let Some(api) = api {
            match api.get("version") {
                Some(entry) => splices.replace(entry.value.span, &version),
                None => splices.push_member(api, "version", &version),
            }
        }
        for key in marks.since.iter().filter(|key| key.source == file.id) {
            if let Some(entry) = under(&file.node, *key) {
                splices.push_member(&entry.value, "since", &version);
            }
        }
        if let Some(lint) = file.node.get("lint")
            && lint.value.get("accept").is_some()
        {
            splices.remove_accepted(lint);
        }
        let (id, text) = splices.finish(&language)?;
        if text != file.source.text() {
            texts.push((id, text));
        }
    }
    Ok(texts)
}

/// The entry of the tree whose key has this span.
fn under<'n, 'a>(node: &'n Node<'a>, key: Span) -> Option<&'n Entry<'a>> {
    let Value::Map(entries) = &node.value else {
        return None;
    };
    let next = entries.partition_point(|entry| entry.key.span.start <= key.start);
    let entry = entries.get(next.checked_sub(1)?)?;
    if entry.key.span == key {
        return Some(entry);
    }
    under(&entry.value, key)
}

/// Changes of one text, by their ranges.
struct Splices<'f> {
    file: &'f File<'f>,
    /// The removed ranges, and their replacements.
    splices: Vec<(std::ops::Range<usize>, String)>,
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

    fn replace(&mut self, span: Span, text: &str) {
        self.splices.push((span.range(), text.to_owned()));
    }

    /// Adds a key at the end of a mapping.
    fn push_member(&mut self, mapping: &Node<'_>, key: &str, value: &str) {
        let Value::Map(entries) = &mapping.value else {
            return;
        };
        let last = entries
            .last()
            .map(|entry| entry.value.span.end.max(entry.key.span.end));
        let first = entries.first().map(|entry| entry.key.span);
        self.push(mapping, (first, last), &format!("{key}: {value}"));
    }

    /// Adds an item at the end of a list.
    fn push_item(&mut self, list: &Node<'_>, item: &str) {
        let Value::List(items) = &list.value else {
            return;
        };
        let end = items.last().map(|item| item.span.end);
        if self.is_flow(list) {
            self.push(list, (None, end), item);
        } else {
            // The span of a list with the indentation of its key begins after the dash.
            let start = list.span.start as usize;
            let dash = if self.text()[start..].starts_with('-') {
                Some(start)
            } else {
                self.text()[..start].rfind('-')
            };
            let dash = dash.and_then(|dash| u32::try_from(dash).ok());
            let first = dash.map(|dash| Span::new(list.span.source, dash, dash));
            self.push(list, (first, end), &format!("- {item}"));
        }
    }

    fn push(&mut self, node: &Node<'_>, (first, last): (Option<Span>, Option<u32>), text: &str) {
        let start = node.span.start as usize;
        if self.is_flow(node) {
            let (at, text) = match last {
                Some(last) => (last as usize, format!(", {text}")),
                None => (start + 1, format!(" {text} ")),
            };
            self.splices.push((at..at, text));
            return;
        }
        let (Some(first), Some(last)) = (first, last) else {
            return;
        };
        let first = first.start as usize;
        let indent = self.text()[self.line_start(first)..first].chars().count();
        let rest = &self.text()[last as usize..];
        let (at, before) = match rest.find('\n') {
            Some(end) => (last as usize + end + 1, ""),
            None => (self.text().len(), "\n"),
        };
        let line = format!("{before}{:indent$}{text}\n", "");
        self.splices.push((at..at, line));
    }

    /// Removes the acceptances from the section `lint`, and an empty section too.
    fn remove_accepted(&mut self, lint: &Entry<'_>) {
        let Value::Map(entries) = &lint.value.value else {
            return;
        };
        let Some(position) = entries.iter().position(|entry| entry.key.text == "accept") else {
            return;
        };
        let own = &entries[position];
        let root = &self.file.node;
        let is_all = matches!(&root.value, Value::Map(sections) if sections.len() == 1);
        match entries.as_slice() {
            // Without the section, the file or its only line would be empty.
            [_] if is_all || self.is_flow(root) => self.replace(own.value.span, "[]"),
            [_] => self.remove_lines(lint),
            _ if self.is_flow(&lint.value) => {
                let range = match position.checked_sub(1) {
                    Some(before) => entries[before].value.span.end..own.value.span.end,
                    None => own.key.span.start..entries[1].key.span.start,
                };
                let range = range.start as usize..range.end as usize;
                // A comment in this range is about a key that stays.
                if self.text()[range.clone()].contains('#') {
                    self.replace(own.value.span, "[]");
                } else {
                    self.splices.push((range, String::new()));
                }
            }
            _ => self.remove_lines(own),
        }
    }

    fn remove_lines(&mut self, entry: &Entry<'_>) {
        let start = self.line_start(entry.key.span.start as usize);
        let last = entry.value.span.end as usize;
        let end = self.text()[last..]
            .find('\n')
            .map_or(self.text().len(), |end| last + end + 1);
        self.splices.push((start..end, String::new()));
    }

    fn is_flow(&self, node: &Node<'_>) -> bool {
        self.text()[node.span.range()].starts_with(['{', '['])
    }

    fn line_start(&self, at: usize) -> usize {
        self.text()[..at].rfind('\n').map_or(0, |end| end + 1)
    }

    /// The text with all changes; formatted, if it was in the canonical form before.
    fn finish(mut self, language: &Language) -> Result<(SourceId, String), Refusal> {
        let old = self.text();
        let id = self.file.id;
        if self.splices.is_empty() {
            return Ok((id, old.to_owned()));
        }
        // Of two lines inserted at one offset, the deeper one belongs to the entry above.
        let depth = |text: &str| text.len() - text.trim_start_matches([' ', '\n', '\r']).len();
        self.splices
            .sort_by_key(|(range, text)| (range.start, Reverse(depth(text))));
        let mut new = String::with_capacity(old.len());
        let mut at = 0;
        let is_crlf = old.contains("\r\n");
        for (range, text) in &self.splices {
            new.push_str(&old[at..range.start]);
            // The new lines end like those of the file.
            if is_crlf {
                new.push_str(&text.replace('\n', "\r\n"));
            } else {
                new.push_str(text);
            }
            at = range.end;
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
