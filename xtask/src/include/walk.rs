//! Walks the folders in which files that fit a pattern may be.

use std::collections::BTreeSet;

use anyhow::bail;
use codegen::MAX_FILES;
use glob::{MatchOptions, Pattern};

use super::{Entry, EntryKind, Tree};

/// How `*` and `?` read a name: as a shell does.
const OPTIONS: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: true,
};
/// So many entries of folders are looked at for a catalog.
const MAX_ENTRIES: usize = 100_000;

/// What was looked at for all patterns of a catalog.
#[derive(Default)]
pub(super) struct Walk {
    entries: usize,
}

/// What a part of a path has to be.
enum Part {
    /// Any folders, or none.
    Folders,
    Name(Pattern),
}

impl Walk {
    /// The files that a pattern fits, by name; nothing where it is no pattern.
    pub(super) fn matches(
        &mut self,
        tree: &mut impl Tree,
        pattern: &str,
    ) -> anyhow::Result<Option<Vec<String>>> {
        let wild = pattern.find(['*', '?', '[']).unwrap_or(pattern.len());
        let (start, rest) = match pattern[..wild].rfind('/') {
            Some(slash) => (&pattern[..slash], &pattern[slash + 1..]),
            None => ("", pattern),
        };
        let Some(parts) = parts(rest) else {
            return Ok(None);
        };
        let mut found = Vec::new();
        let mut waiting = vec![(start.to_owned(), reached(&parts, [0]))];
        while let Some((folder, places)) = waiting.pop() {
            for Entry { name, kind } in tree.entries(&folder)? {
                self.entries += 1;
                if self.entries > MAX_ENTRIES {
                    bail!(
                        "more than {MAX_ENTRIES} files are looked at for `{pattern}` under `include`: name the folders in it"
                    );
                }
                let next = after(&parts, &places, &name);
                if next.is_empty() {
                    continue;
                }
                let path = match folder.as_str() {
                    "" => name,
                    folder => format!("{folder}/{name}"),
                };
                match kind {
                    EntryKind::Folder => waiting.push((path, next)),
                    EntryKind::File if next.contains(&parts.len()) => {
                        found.push(path);
                        // One too many is enough to say so.
                        if found.len() > MAX_FILES {
                            return Ok(Some(found));
                        }
                    }
                    EntryKind::File | EntryKind::Other => {}
                }
            }
        }
        // A folder comes where its name does, whatever sign stands for the end of it.
        found.sort_by(|left, right| left.split('/').cmp(right.split('/')));
        Ok(Some(found))
    }
}

/// The parts of a pattern; nothing where it is none.
fn parts(pattern: &str) -> Option<Vec<Part>> {
    let parts = pattern.split('/').map(|part| match part {
        "**" => Some(Part::Folders),
        // Elsewhere the two signs would have to be one.
        name => Pattern::new(name).ok().map(Part::Name),
    });
    parts.collect()
}

/// The places in a pattern, those behind each `**` among them, since it may stand for no folder.
fn reached(parts: &[Part], places: impl IntoIterator<Item = usize>) -> BTreeSet<usize> {
    let mut all = BTreeSet::new();
    for mut place in places {
        while all.insert(place) && matches!(parts.get(place), Some(Part::Folders)) {
            place += 1;
        }
    }
    all
}

/// The places in a pattern behind a further name.
fn after(parts: &[Part], places: &BTreeSet<usize>, name: &str) -> BTreeSet<usize> {
    let next = places.iter().filter_map(|place| match parts.get(*place)? {
        Part::Folders => (!name.starts_with('.')).then_some(*place),
        Part::Name(pattern) => pattern.matches_with(name, OPTIONS).then_some(*place + 1),
    });
    reached(parts, next)
}
