//! Finds the files that match a pattern.

use std::collections::BTreeSet;

use ::glob::{MatchOptions, Pattern};
use anyhow::bail;
use codegen::MAX_FILES;

use super::{Entry, EntryKind, Tree};

/// `*` and `?` match like in a shell.
const OPTIONS: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: true,
};
/// The largest number of visited entries for a catalog.
const MAX_ENTRIES: usize = 100_000;

/// The number of visited entries for all patterns of a catalog.
#[derive(Default)]
pub(super) struct Search {
    entries: usize,
}

/// A part of a pattern.
enum Part {
    /// `**`: any number of folders.
    Folders,
    Name(Pattern),
}

impl Search {
    /// The files that match a pattern, sorted by name; nothing if the pattern is invalid.
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
        while let Some((folder, positions)) = waiting.pop() {
            for Entry { name, kind } in tree.entries(&folder)? {
                self.entries += 1;
                if self.entries > MAX_ENTRIES {
                    bail!(
                        "`{pattern}` under `include` searches more than {MAX_ENTRIES} files: name the folders in it"
                    );
                }
                let next = after(&parts, &positions, &name);
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
                        // The limit is exceeded, which is reported later.
                        if found.len() > MAX_FILES {
                            return Ok(Some(found));
                        }
                    }
                    EntryKind::File | EntryKind::Other => {}
                }
            }
        }
        // By parts, so that the separator does not affect the order.
        found.sort_by(|left, right| left.split('/').cmp(right.split('/')));
        Ok(Some(found))
    }
}

/// The parts of a pattern; nothing if it is invalid.
fn parts(pattern: &str) -> Option<Vec<Part>> {
    let parts = pattern.split('/').map(|part| match part {
        "**" => Some(Part::Folders),
        // `glob` accepts `**` only as a whole part.
        name => Pattern::new(name).ok().map(Part::Name),
    });
    parts.collect()
}

/// The positions in a pattern, with those after each `**`, which may match no folder.
fn reached(parts: &[Part], positions: impl IntoIterator<Item = usize>) -> BTreeSet<usize> {
    let mut all = BTreeSet::new();
    for mut position in positions {
        while all.insert(position) && matches!(parts.get(position), Some(Part::Folders)) {
            position += 1;
        }
    }
    all
}

/// The positions in a pattern after another name.
fn after(parts: &[Part], positions: &BTreeSet<usize>, name: &str) -> BTreeSet<usize> {
    let next = positions
        .iter()
        .filter_map(|position| match parts.get(*position)? {
            Part::Folders => (!name.starts_with('.')).then_some(*position),
            Part::Name(pattern) => pattern.matches_with(name, OPTIONS).then_some(*position + 1),
        });
    reached(parts, next)
}
