//! How outputs differ from the files on the disk.

use super::atomic_write::Staged;

/// Where new contents are until they are written. All outputs of a large catalog fill the memory.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    InMemory,
    /// In unfinished files.
    Staged,
}

/// New contents.
#[derive(Debug)]
pub(super) enum Contents {
    Text(String),
    Staged(Staged),
}

/// A file with new contents.
#[derive(Debug)]
pub(crate) struct New {
    pub(crate) path: String,
    pub(super) contents: Contents,
}

impl New {
    /// The new contents, unless they are staged.
    pub(crate) fn text(&self) -> &str {
        match &self.contents {
            Contents::Text(text) => text,
            Contents::Staged(_) => "",
        }
    }
}

/// A difference between the outputs and the disk.
#[derive(Debug)]
pub(crate) enum Change {
    /// The file does not exist.
    Missing(New),
    /// The file has other contents, which are kept in memory if the new ones are.
    Stale { new: New, on_disk: String },
    /// An earlier run wrote the file, or was interrupted while writing it, but it is not an output now.
    Surplus { path: String },
}

impl Change {
    pub(crate) fn path(&self) -> &str {
        match self {
            Self::Missing(new) | Self::Stale { new, .. } => &new.path,
            Self::Surplus { path } => path,
        }
    }
}

/// The outputs compared with the disk.
#[derive(Debug, Default)]
pub(crate) struct Comparison {
    /// The changes of a run, sorted by path.
    pub(crate) changes: Vec<Change>,
    /// The paths of current files.
    pub(crate) current: Vec<String>,
    /// Files in owned folders that were not written by this tool.
    pub(crate) foreign: Vec<String>,
    /// The paths of outputs that are taken by files that were not written by this tool.
    pub(crate) in_the_way: Vec<String>,
    /// Files that an earlier run made from a template, that are not outputs now, and that were edited since.
    pub(crate) edited: Vec<String>,
    /// The lines of the list of files about those that an earlier run made from templates.
    pub(super) own_lines: Vec<String>,
}

impl Comparison {
    /// The errors that prevent writing.
    pub(crate) fn obstacles(&self) -> Vec<String> {
        let paths = self.in_the_way.iter();
        let errors = paths.map(|path| {
            format!(
                "{path} is an output, but the file was not written by this tool: move or delete it"
            )
        });
        errors.collect()
    }

    /// The warnings about foreign files.
    pub(crate) fn warnings(&self) -> impl Iterator<Item = String> {
        let foreign = self.foreign.iter().map(|path| {
            format!("{path} was not written by this tool and is ignored: move it out of the generated folder")
        });
        let edited = self.edited.iter().map(|path| {
            format!("{path} is no longer an output, and stays because it was edited: delete it if you do not need it")
        });
        foreign.chain(edited)
    }

    /// The numbers of written and of removed files that satisfy `is_counted`.
    pub(crate) fn counts(&self, is_counted: impl Fn(&str) -> bool) -> (usize, usize) {
        let changes = self
            .changes
            .iter()
            .filter(|change| is_counted(change.path()));
        let (removed, written): (Vec<_>, Vec<_>) =
            changes.partition(|change| matches!(change, Change::Surplus { .. }));
        (written.len(), removed.len())
    }
}
