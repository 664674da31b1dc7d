//! The files that an earlier run made from templates, as the list of files has them.

use std::collections::BTreeSet;
use std::path::Path;

use codegen::artifact::{Artifact, own};
use fs_err as fs;

use super::refuse_links;

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

    /// Their lines of the list.
    pub(super) fn lines(&self) -> Vec<String> {
        self.0.iter().map(|(line, _)| (*line).to_owned()).collect()
    }

    /// The files that are not outputs now: those that have the contents that the run wrote, and those that were edited
    /// since.
    pub(super) fn unplanned(
        &self,
        root: &Path,
        planned: &BTreeSet<&str>,
    ) -> anyhow::Result<(Vec<String>, Vec<String>)> {
        let (mut unchanged, mut edited) = (Vec::new(), Vec::new());
        let files: BTreeSet<(&str, u64)> = self.0.iter().map(|(_, file)| *file).collect();
        let former: BTreeSet<&str> = self.paths().collect();
        for path in former.difference(planned) {
            if !leads_to_file(root, path) {
                continue;
            }
            let hash = Artifact::hash(&fs::read(root.join(path))?);
            let is_unchanged = files.contains(&(path, hash));
            let found = if is_unchanged {
                &mut unchanged
            } else {
                &mut edited
            };
            found.push((*path).to_owned());
        }
        Ok((unchanged, edited))
    }
}

/// Whether a path is that of a file, and no part of it is a link.
fn leads_to_file(root: &Path, path: &str) -> bool {
    let file = fs::symlink_metadata(root.join(path));
    file.is_ok_and(|metadata| metadata.is_file()) && refuse_links(root, path).is_ok()
}
