//! Changes of single values in any file of the catalog. The rest of each file stays byte for byte.

mod place;
mod removal;
mod text;

use std::collections::BTreeMap;

use serde_json::Value;

use super::cst::{Collection, Element, Kind, Layout, Part};
use super::file::{File, read_all};
use super::splices::{Splice, Splices};
use super::trivia::Document;
use super::{Refusal, block};
use crate::ast::language::Language;
use crate::source::Inputs;
use crate::span::SourceId;
use crate::unord_map::UnordMap;
use place::{Found, Places};
use removal::Removal;
pub(crate) use text::comments;
use text::{flow, lines, member};

/// A change. A path names the keys from a section downwards; an item of a list is its position.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    /// Sets a value, and adds its key where it is missing.
    Set { path: Vec<String>, value: Value },
    /// Removes a key.
    Remove { path: Vec<String> },
    /// Adds items at the end of a list.
    Append {
        path: Vec<String>,
        items: Vec<Value>,
    },
    /// Adds an entry to a section, after another entry of it, else before all.
    Insert {
        section: String,
        name: String,
        after: Option<String>,
        value: Value,
    },
}

/// The changed files, and the changes that would remove a comment, or have no place.
#[derive(Debug)]
pub(crate) struct Applied {
    /// The changed files, with their texts.
    pub(crate) texts: Vec<(SourceId, String)>,
    /// The positions of the changes that were not made.
    pub(crate) refused: Vec<usize>,
}

/// Changes a catalog. `comments` are those above inserted entries and their keys, by their paths.
///
/// # Errors
///
/// Fails where the catalog cannot be read.
pub(crate) fn apply(
    inputs: &Inputs,
    changes: &[Change],
    comments: &UnordMap<String, Vec<String>>,
) -> Result<Applied, Refusal> {
    let language = Language::new();
    let files = read_all(inputs.sources()).map_err(Refusal::Findings)?;
    let documents: Vec<Document<'_>> = files.iter().map(|file| file.document(&language)).collect();
    let mut editor = Editor {
        places: Places::of(&documents),
        documents: &documents,
        commented: files.iter().map(starts_of_comments).collect(),
        splices: files.iter().map(Splices::new).collect(),
        removals: BTreeMap::new(),
        sections: BTreeMap::new(),
        comments,
        refused: Vec::new(),
    };
    for (position, change) in changes.iter().enumerate() {
        if editor.change(position, change).is_none() {
            editor.refused.push(position);
        }
    }
    editor.remove_all();
    editor.add_sections(&files);
    editor.refused.sort_unstable();
    let mut texts = Vec::new();
    for (file, splices) in files.iter().zip(editor.splices) {
        let (id, text) = splices.finish(&language)?;
        if text != file.source.text() {
            texts.push((id, text));
        }
    }
    Ok(Applied {
        texts,
        refused: editor.refused,
    })
}

fn starts_of_comments(file: &File<'_>) -> Vec<usize> {
    let comments = file.comments.iter();
    let mut starts: Vec<usize> = comments.map(|comment| comment.start as usize).collect();
    starts.sort_unstable();
    starts
}

struct Editor<'d, 'f> {
    places: Places<'d>,
    documents: &'d [Document<'d>],
    /// The offsets of all comments, by file, ascending.
    commented: Vec<Vec<usize>>,
    splices: Vec<Splices<'f>>,
    /// By the file and the start of the mapping.
    removals: BTreeMap<(usize, usize), Removal<'d>>,
    /// The texts of new entries by section, for sections that the catalog does not have.
    sections: BTreeMap<String, Vec<Vec<String>>>,
    comments: &'d UnordMap<String, Vec<String>>,
    refused: Vec<usize>,
}

impl Editor<'_, '_> {
    /// Makes a change; nothing if it would remove a comment, or has no place.
    fn change(&mut self, position: usize, change: &Change) -> Option<()> {
        match change {
            Change::Set { path, .. } | Change::Remove { path } | Change::Append { path, .. }
                if self.places.is_ambiguous(path) =>
            {
                None
            }
            Change::Set { path, value } => self.set(path, value),
            Change::Remove { path } => {
                let found = self.places.find(path);
                let [.., parent, key] = found.chain[..] else {
                    return None;
                };
                (found.chain.len() == path.len()).then_some(())?;
                let own = (found.file, parent.start);
                let keys = Vec::new();
                let removal = self.removals.entry(own).or_insert(Removal { parent, keys });
                removal.keys.push((position, key));
                Some(())
            }
            Change::Append { path, items } => self.append(path, items),
            Change::Insert {
                section,
                name,
                after,
                value,
            } => self.insert((section, name), after.as_deref(), value),
        }
    }

    fn set(&mut self, path: &[String], value: &Value) -> Option<()> {
        let found = self.places.find(path);
        let is_flow = self.is_flow(&found, path.len());
        if found.chain.len() == path.len() {
            let element = *found.chain.last()?;
            return self.replace(found.file, element, value, is_flow);
        }
        let rest = &path[found.chain.len()..];
        let splices = &mut self.splices[found.file];
        let root = &self.documents[found.file].root;
        let (entries, end) = match found.chain.last() {
            Some(parent) => match &parent.value {
                Part::Collection(entries) if entries.kind == Kind::Map => (entries, parent.end),
                _ => return None,
            },
            None => (root, splices.end()),
        };
        let lines = match (rest, entries.children.first()) {
            ([_], Some(first)) if !is_flow => {
                let text = splices.text();
                let line_break = block::line_break(text, first.end);
                text::block(value, splices.column(first.start) + 2, line_break)
            }
            _ => None,
        };
        let text = match lines {
            Some(lines) => format!("{}:{lines}", text::key(rest.first()?)),
            None => member(rest, value, is_flow)?,
        };
        splices.push((entries, end), &text);
        Some(())
    }

    /// Replaces the value of a key, and removes the tasks above it.
    fn replace(
        &mut self,
        file: usize,
        element: &Element<'_>,
        value: &Value,
        is_flow: bool,
    ) -> Option<()> {
        let text = self.splices[file].text();
        let start = element.key?.span.end as usize;
        let end = start + text.get(start..element.end)?.trim_end().len();
        // A long key has its colon on another line.
        text[start..end].trim_start_matches(' ').strip_prefix(':')?;
        if self.has_comment(file, start..end) {
            return None;
        }
        let tasks = self.tasks(file, element);
        let splices = &mut self.splices[file];
        if let Some((from, line)) = tasks.filter(|(from, line)| from < line) {
            splices.replace(from..line, "");
        }
        // A comment behind the lines of a literal block would become a part of it.
        let lines = if is_flow || element.trailing.is_some() {
            None
        } else {
            let indent = splices.column(element.start) + 2;
            text::block(value, indent, block::line_break(text, start))
        };
        let written = lines.unwrap_or_else(|| format!(" {}", text::value(value, is_flow)));
        splices.replace(start..end, &format!(":{written}"));
        Some(())
    }

    fn append(&mut self, path: &[String], items: &[Value]) -> Option<()> {
        let found = self.places.find(path);
        if found.chain.len() < path.len() {
            return self.set(path, &Value::Array(items.to_vec()));
        }
        let list = *found.chain.last()?;
        let Part::Collection(collection) = &list.value else {
            return None;
        };
        (collection.kind == Kind::List).then_some(())?;
        let splices = &mut self.splices[found.file];
        if collection.layout == Layout::Block {
            for item in items {
                splices.push_item(list, &text::value(item, false));
            }
        } else {
            let texts: Vec<String> = items.iter().map(flow).collect();
            splices.push_item(list, &texts.join(", "));
        }
        Some(())
    }

    fn insert(
        &mut self,
        (section, name): (&str, &str),
        after: Option<&str>,
        value: &Value,
    ) -> Option<()> {
        let Some(anchor) = self.places.anchor(section, after) else {
            let is_block = self.documents.first()?.root.layout == Layout::Block;
            (is_block && !self.places.has(section)).then_some(())?;
            let lines = lines((section, name), value, self.comments);
            let of_section = self.sections.entry(section.to_owned()).or_default();
            of_section.push(lines);
            return Some(());
        };
        self.places.follow(section, name, anchor);
        let (file, collection) = (anchor.file, anchor.entries);
        let splices = &mut self.splices[file];
        let is_flow = collection.layout != Layout::Block;
        if is_flow {
            let entry = format!("{}: {}", text::key(name), flow(value));
            match (anchor.element, collection.children.first()) {
                (Some(element), _) => {
                    splices.replace(element.end..element.end, &format!(", {entry}"));
                }
                (None, Some(first)) => {
                    splices.replace(first.start..first.start, &format!("{entry}, "));
                }
                (None, None) => splices.push((collection, anchor.section.end), &entry),
            }
            return Some(());
        }
        let first = collection.children.first()?;
        let text = splices.text();
        let (at, line_end) = match anchor.element {
            Some(element) => (element.below, element.end),
            None => {
                let key = anchor.section.key?.span.end as usize;
                (block::line(text, key).1, key)
            }
        };
        let column = splices.column(anchor.element.unwrap_or(first).start);
        let line_break = block::line_break(text, line_end);
        let lines = lines((section, name), value, self.comments);
        let mut out = String::new();
        if anchor.element.is_some() && has_blank_lines(text, collection) {
            out.push_str(line_break);
        }
        out.push_str(&text::joined(&lines, column, line_break));
        let splice = Splice {
            range: at..at,
            text: out,
            line: Some(0),
        };
        splices.splices.push(splice);
        Some(())
    }

    /// Adds the sections that the catalog does not have, to its main file.
    fn add_sections(&mut self, files: &[File<'_>]) {
        let (Some(main), Some(file)) = (self.documents.first(), files.first()) else {
            return;
        };
        for (section, entries) in std::mem::take(&mut self.sections) {
            let splices = &mut self.splices[0];
            let line_break = block::line_break(splices.text(), file.end());
            let last = main.root.children.iter().max_by_key(|child| child.start);
            if let (Some(last), Layout::Block) = (last, &main.root.layout) {
                let mut text = format!("{line_break}{section}:");
                for entry in &entries {
                    text.push_str(line_break);
                    text.push_str(&text::joined(entry, 2, line_break));
                }
                splices.splices.push(Splice {
                    range: last.below..last.below,
                    text,
                    line: Some(0),
                });
            }
        }
    }

    fn has_comment(&self, file: usize, range: std::ops::Range<usize>) -> bool {
        let starts = &self.commented[file];
        let next = starts.partition_point(|start| *start < range.start);
        starts.get(next).is_some_and(|start| *start < range.end)
    }

    /// Whether a value with a path of this length is, or would be, between brackets.
    fn is_flow(&self, found: &Found<'_>, length: usize) -> bool {
        let above = found.chain.iter().take(length - 1);
        let mut collections = above.filter_map(|element| match &element.value {
            Part::Collection(collection) => Some(collection),
            _ => None,
        });
        let root = &self.documents[found.file].root;
        root.layout != Layout::Block || collections.any(|one| one.layout != Layout::Block)
    }
}

/// Whether blank lines separate the entries of a section.
fn has_blank_lines(text: &str, entries: &Collection<'_>) -> bool {
    let [first, _, ..] = &entries.children[..] else {
        return false;
    };
    let (end, _) = block::line(text, first.below);
    text[first.below..end].trim().is_empty()
}
