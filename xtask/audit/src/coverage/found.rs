//! What the files of a project name.

use std::ops::Range;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use super::mention::Mentions;

/// The largest file that is read: larger ones are data, or made by a program.
pub(crate) const LARGEST: u64 = 8 << 20;

/// What the files of a project name.
pub(crate) struct Found {
    /// The places of each code, in the order of the catalog.
    pub(crate) codes: Vec<Mentions>,
    /// The names that look like codes and are not.
    pub(crate) strays: Vec<Stray>,
    /// The files that could not be read, with the reason.
    pub(crate) skipped: Vec<String>,
}

/// A name that looks like a code and is not one.
pub(crate) struct Stray {
    pub(crate) path: PathBuf,
    /// The path that a person knows.
    pub(crate) shown: PathBuf,
    pub(crate) range: Range<usize>,
    pub(crate) name: StrayName,
}

/// The name of a code that does not exist.
pub(crate) enum StrayName {
    /// In a path of Rust.
    Rust(String),
    /// In a string.
    Wire(String),
}

/// A path with `/` between its parts.
pub(crate) fn shown(path: &Path) -> String {
    path.display().to_string().replace(MAIN_SEPARATOR, "/")
}

impl Found {
    /// Sorts all places, whichever file was read first.
    pub(crate) fn sort(&mut self) {
        self.codes.iter_mut().for_each(Mentions::sort);
    }
}
