//! The files that an earlier run made from templates, as the list of files has them.

use std::collections::BTreeSet;
use std::path::Path;

use codegen::artifact::{Artifact, own};
use fs_err as fs;

use super::{Change, Comparison, refuse_links};

/// The lines of the list about files from templates, with the path and the hash of each. These files are in no folder
/// of the generator, and the list is untrusted, so a file is known by its path and its contents.
pub(super) struct FromTemplates<'a>(Vec<(&'a str, (&'a str, u64))>);

impl<'a> FromTemplates<'a> {
    pub(super) fn read(list: &'a str) -> Self {
        let files = list.lines();
        Self(
            files
                .filter_map(|line| Some((line, own::read_line(line)?)))
                .collect(),
        )
    }

    /// The paths.
    pub(super) fn paths(&self) -> impl Iterator<Item = &'a str> {
        self.0.iter().map(|(_, (path, _))| *path)
    }

    /// Finds the files that are not outputs now. One that was edited since stays.
    pub(super) fn compare(
        &self,
        root: &Path,
        planned: &BTreeSet<&str>,
        comparison: &mut Comparison<'_>,
    ) -> anyhow::Result<()> {
        let lines = self.0.iter().map(|(line, _)| (*line).to_owned());
        comparison.own_lines = lines.collect();
        let files: BTreeSet<(&str, u64)> = self.0.iter().map(|(_, file)| *file).collect();
        let former: BTreeSet<&str> = self.paths().collect();
        for path in former.difference(planned) {
            if !leads_to_file(root, path) {
                continue;
            }
            let hash = Artifact::hash(&fs::read(root.join(path))?);
            let is_unchanged = files.contains(&(path, hash));
            let path = (*path).to_owned();
            if is_unchanged {
                comparison.changes.push(Change::Surplus { path });
            } else {
                comparison.edited.push(path);
            }
        }
        Ok(())
    }
}

/// Whether a path is that of a file, and no part of it is a link.
fn leads_to_file(root: &Path, path: &str) -> bool {
    let file = fs::symlink_metadata(root.join(path));
    file.is_ok_and(|metadata| metadata.is_file()) && refuse_links(root, path).is_ok()
}
