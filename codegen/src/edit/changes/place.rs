//! The places of values in the files of a catalog.

use crate::edit::cst::{Collection, Element, Kind, Part};
use crate::edit::trivia::Document;
use crate::unord_map::UnordMap;

/// The sections and their entries, in all files.
pub(super) struct Places<'d> {
    /// Each section, in the first file that has it.
    sections: UnordMap<String, (usize, &'d Element<'d>)>,
    /// The entries by section and name.
    /// Nothing for a key that several files have: codes of groups with prefixes.
    entries: UnordMap<String, Option<Entry<'d>>>,
    /// The new entries, with the places that they follow.
    added: UnordMap<String, Anchor<'d>>,
}

/// An entry with its file and section.
type Entry<'d> = (usize, &'d Element<'d>, &'d Element<'d>);

/// The elements of a path, from the section downwards, as far as they exist.
pub(super) struct Found<'d> {
    pub(super) file: usize,
    pub(super) chain: Vec<&'d Element<'d>>,
}

/// Where an entry is added.
#[derive(Clone, Copy)]
pub(super) struct Anchor<'d> {
    pub(super) file: usize,
    pub(super) section: &'d Element<'d>,
    pub(super) entries: &'d Collection<'d>,
    /// The entry above; missing before all entries.
    pub(super) element: Option<&'d Element<'d>>,
}

impl<'d> Places<'d> {
    pub(super) fn of(documents: &'d [Document<'d>]) -> Self {
        let mut places = Self {
            sections: UnordMap::default(),
            entries: UnordMap::default(),
            added: UnordMap::default(),
        };
        for (file, document) in documents.iter().enumerate() {
            for section in &document.root.children {
                let Some(key) = section.key else { continue };
                if places.sections.get(key.text.as_ref()).is_none() {
                    places
                        .sections
                        .insert(key.text.to_string(), (file, section));
                }
                let Part::Collection(entries) = &section.value else {
                    continue;
                };
                for entry in &entries.children {
                    if let Some(name) = entry.key {
                        let name = joined(&key.text, &name.text);
                        let is_known = places.entries.get(&name).is_some();
                        let entry = (file, section, entry);
                        places.entries.insert(name, (!is_known).then_some(entry));
                    }
                }
            }
        }
        places
    }

    /// The elements of a path.
    pub(super) fn find(&self, path: &[String]) -> Found<'d> {
        let entry = match path {
            [section, name, ..] => self.entry(section, name),
            _ => None,
        };
        let section = path.first().and_then(|name| self.sections.get(name));
        let (file, mut chain) = match (entry, section) {
            (Some((file, section, entry)), _) => (file, vec![section, entry]),
            (None, Some((file, section))) => (*file, vec![*section]),
            (None, None) => (0, Vec::new()),
        };
        if let Some(first) = chain.last().copied() {
            let mut element = first;
            for step in &path[chain.len()..] {
                let Some(next) = child(element, step) else {
                    break;
                };
                chain.push(next);
                element = next;
            }
        }
        Found { file, chain }
    }

    fn entry(&self, section: &str, name: &str) -> Option<Entry<'d>> {
        self.entries.get(&joined(section, name)).copied().flatten()
    }

    /// Whether several files have the key of the path, so that it is no place.
    pub(super) fn is_ambiguous(&self, path: &[String]) -> bool {
        match path {
            [section, name, ..] => {
                let entry = self.entries.get(&joined(section, name));
                entry.is_some_and(Option::is_none)
            }
            _ => false,
        }
    }

    /// Whether a file has the section.
    pub(super) fn has(&self, section: &str) -> bool {
        self.sections.get(section).is_some()
    }

    /// Where an entry goes; missing if the catalog does not have the section.
    pub(super) fn anchor(&self, section: &str, after: Option<&str>) -> Option<Anchor<'d>> {
        if let Some(after) = after {
            if let Some(anchor) = self.added.get(&joined(section, after)) {
                return Some(*anchor);
            }
            if let Some((file, section, element)) = self.entry(section, after)
                && let Part::Collection(entries) = &section.value
            {
                let element = Some(element);
                return Some(Anchor {
                    file,
                    section,
                    entries,
                    element,
                });
            }
        }
        let (file, section) = *self.sections.get(section)?;
        match &section.value {
            Part::Collection(entries) => Some(Anchor {
                file,
                section,
                entries,
                element: None,
            }),
            _ => None,
        }
    }

    /// Remembers the place of a new entry, which others may follow.
    pub(super) fn follow(&mut self, section: &str, name: &str, anchor: Anchor<'d>) {
        self.added.insert(joined(section, name), anchor);
    }
}

fn child<'d>(element: &'d Element<'d>, step: &str) -> Option<&'d Element<'d>> {
    match &element.value {
        Part::Collection(list) if list.kind == Kind::List => {
            list.children.get(step.parse::<usize>().ok()?)
        }
        _ => element.child(step),
    }
}

fn joined(section: &str, name: &str) -> String {
    format!("{section}\0{name}")
}
