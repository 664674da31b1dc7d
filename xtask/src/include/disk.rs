//! The folder of a catalog on the disk.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use anyhow::Context;
use codegen::Found;
use fs_err as fs;

use super::{Entry, EntryKind, Read, Tree};
use crate::project;

/// The folder of a catalog.
pub(crate) struct Disk<'a> {
    /// The folder as it was named: files are shown by it.
    folder: &'a Path,
    /// Where the folder is.
    root: PathBuf,
    /// The folders that were looked through, or the nearest ones that are there.
    looked_through: BTreeSet<PathBuf>,
}

impl<'a> Disk<'a> {
    pub(crate) fn new(folder: &'a Path) -> anyhow::Result<Self> {
        let here = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        Ok(Self {
            folder,
            root: fs::canonicalize(here)?,
            looked_through: BTreeSet::new(),
        })
    }

    /// The folders that were looked through: a file that is new in one of them may belong to the catalog.
    pub(crate) fn into_folders(self) -> BTreeSet<PathBuf> {
        self.looked_through
    }

    /// Notes a folder, or the nearest one above it that is there.
    fn look_through(&mut self, folder: &Path) {
        let nearest = folder.ancestors().find(|folder| folder.is_dir());
        self.looked_through.extend(nearest.map(Path::to_owned));
    }
}

impl Tree for Disk<'_> {
    fn entries(&mut self, folder: &str) -> anyhow::Result<impl Iterator<Item = Entry>> {
        let folder = self.root.join(folder);
        self.look_through(&folder);
        let entries = fs::read_dir(&folder).into_iter().flatten();
        Ok(entries.filter_map(Result::ok).filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let kind = match entry.file_type() {
                Ok(kind) if kind.is_dir() => EntryKind::Folder,
                // Links to folders are not followed, since they may lead in circles.
                Ok(kind) if kind.is_file() || entry.path().is_file() => EntryKind::File,
                _ => EntryKind::Other,
            };
            Some(Entry { name, kind })
        }))
    }

    fn is_there(&mut self, path: &str) -> anyhow::Result<bool> {
        Ok(fs::symlink_metadata(self.root.join(path)).is_ok())
    }

    fn read(&mut self, path: &str) -> anyhow::Result<Read> {
        let named = self.root.join(path);
        self.look_through(named.parent().unwrap_or(&named));
        let Some(file) = present(fs::canonicalize(named))? else {
            return Ok(Read::Absent);
        };
        // Links are followed first: where a file is counts, not by what name it is reached.
        let Ok(path) = file.strip_prefix(&self.root) else {
            return Ok(Read::Outside);
        };
        match present(fs::metadata(&file))? {
            None => return Ok(Read::Absent),
            Some(metadata) if !metadata.is_file() => return Ok(Read::NoFile),
            Some(_) => {}
        }
        let name = path.to_str().with_context(|| {
            format!(
                "the name of {} is no UTF-8: rename the file",
                file.display()
            )
        })?;
        let source = present(project::source(&self.folder.join(path)))?;
        Ok(source.map_or(Read::Absent, |source| {
            let path = name.replace(MAIN_SEPARATOR, "/");
            Read::File(Found { path, source })
        }))
    }
}

/// What was asked of a path; nothing where no file can be reached by it.
fn present<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) => match error.kind() {
            ErrorKind::NotFound
            | ErrorKind::NotADirectory
            | ErrorKind::InvalidFilename
            | ErrorKind::InvalidInput => Ok(None),
            _ => Err(error),
        },
    }
}
