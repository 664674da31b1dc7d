//! The templates of the outputs of a catalog, by the folders that they are in.

use std::collections::VecDeque;

use super::Source;

/// The end of the name of a template.
pub(crate) const EXTENSION: &str = ".j2";

/// The templates that were read, and the folders that are still to be read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Templates {
    /// The folders that are not read yet, from that of the catalog.
    pub(crate) pending: VecDeque<String>,
    /// The folders that were read.
    pub(crate) folders: Vec<Folder>,
    /// The templates in all folders.
    pub(crate) files: Vec<Template>,
}

/// A folder with templates.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    /// The path from the folder of the catalog; empty for that folder.
    pub(crate) path: String,
    /// What was found there.
    pub(crate) state: State,
}

/// What was found in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Templates, if there are any.
    Read,
    /// A file that is outside of the folder of the catalog.
    Outside,
    /// More than the limits.
    TooLarge,
}

/// A template.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    /// The path from the folder of the catalog, with `/` between its parts.
    pub(crate) path: String,
    /// Its name and text.
    pub(crate) source: Source,
}

impl Templates {
    /// The position of the template with a path.
    pub(crate) fn find(&self, path: &str) -> Option<usize> {
        self.files.iter().position(|file| file.path == path)
    }

    /// What was found in a folder; nothing if it was not read.
    pub(crate) fn state(&self, folder: &str) -> Option<State> {
        let mut folders = self.folders.iter();
        let found = folders.find(|known| known.path == folder);
        found.map(|found| found.state)
    }
}

/// The folder of a path; empty if it has none.
pub(crate) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
