//! Walks the folders in which files that fit a pattern may be.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::bail;
use codegen::MAX_FILES;
use fs_err as fs;
use glob::{MatchOptions, Pattern};

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
    /// The folders, or the nearest ones that are there.
    pub(super) folders: BTreeSet<PathBuf>,
}

/// What a part of a path has to be.
enum Part {
    /// Any folders, or none.
    Folders,
    Name(Pattern),
}

impl Walk {
    /// Notes the folder in which a file is, or would be.
    pub(super) fn look_beside(&mut self, file: &Path) {
        let folders = file.ancestors().skip(1);
        let nearest = folders.into_iter().find(|folder| folder.is_dir());
        self.folders.extend(nearest.map(Path::to_owned));
    }

    /// The files that a pattern fits, by name; nothing where it is no pattern. Links to folders are not
    /// followed, since they may lead in circles, and names that are no UTF-8 fit nothing.
    pub(super) fn matches(
        &mut self,
        root: &Path,
        pattern: &str,
    ) -> anyhow::Result<Option<Vec<PathBuf>>> {
        let wild = pattern.find(['*', '?', '[']).unwrap_or(pattern.len());
        let (start, rest) = match pattern[..wild].rfind('/') {
            Some(slash) => (root.join(&pattern[..slash]), &pattern[slash + 1..]),
            None => (root.to_owned(), pattern),
        };
        let Some(parts) = parts(rest) else {
            return Ok(None);
        };
        self.look_beside(&start.join(rest));
        let mut found = Vec::new();
        let mut waiting = vec![(start, reached(&parts, [0]))];
        while let Some((folder, places)) = waiting.pop() {
            // A folder that cannot be read has no files for this catalog.
            let Ok(entries) = fs::read_dir(&folder) else {
                continue;
            };
            for entry in entries.filter_map(Result::ok) {
                self.entries += 1;
                if self.entries > MAX_ENTRIES {
                    bail!(
                        "more than {MAX_ENTRIES} files are looked at for `{pattern}` under `include`: name the folders in it"
                    );
                }
                let (name, path) = (entry.file_name(), entry.path());
                let Some(name) = name.to_str() else { continue };
                let next = after(&parts, &places, name);
                if next.is_empty() {
                    continue;
                }
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    self.folders.insert(path.clone());
                    waiting.push((path, next));
                } else if next.contains(&parts.len()) && path.is_file() {
                    found.push(path);
                    // One too many is enough to say so.
                    if found.len() > MAX_FILES {
                        return Ok(Some(found));
                    }
                }
            }
        }
        found.sort();
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
