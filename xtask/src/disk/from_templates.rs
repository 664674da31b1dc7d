//! The files that an earlier run made from templates, as the list of files has them.

use std::collections::BTreeSet;
use std::path::Path;

use codegen::artifact::{Artifact, own};
use fs_err as fs;

use super::{Change, Comparison, refuse_links};

/// The lines of the list about files from templates. These files are in no folder of the generator, and the list is
/// untrusted, so a file is known by its path and its contents.
pub(super) struct FromTemplates<'a>(Vec<&'a str>);

impl<'a> FromTemplates<'a> {
    pub(super) fn read(list: &'a str) -> Self {
        let is_own = |line: &&str| own::read_line(line).is_some();
        Self(list.lines().filter(is_own).collect())
    }

    /// The paths.
    pub(super) fn paths(&self) -> impl Iterator<Item = &'a str> {
        let files = self.0.iter().copied().filter_map(own::read_line);
        files.map(|(path, _)| path)
    }

    /// Finds the files that are not outputs now. One that was edited since stays.
    pub(super) fn compare(
        &self,
        root: &Path,
        planned: &BTreeSet<&str>,
        comparison: &mut Comparison<'_>,
    ) -> anyhow::Result<()> {
        comparison.own_lines = self.0.iter().map(|line| (*line).to_owned()).collect();
        let files: BTreeSet<(&str, u64)> =
            self.0.iter().copied().filter_map(own::read_line).collect();
        let former: BTreeSet<&str> = self.paths().collect();
        for path in former.difference(planned) {
            if !leads_to_file(root, path) {
                continue;
            }
            let hash = Artifact::hash(&fs::read(root.join(path))?);
            let path = (*path).to_owned();
            if files.contains(&(&path, hash)) {
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
