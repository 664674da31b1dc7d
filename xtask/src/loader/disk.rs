//! The folder of a catalog on the disk.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind, Read as _};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use anyhow::Context;
use codegen::{Found, MAX_SOURCE_BYTES, Source};
use fs_err as fs;

use super::{Entry, EntryKind, Read, Tree};

/// The folder of a catalog.
pub(crate) struct Disk<'a> {
    /// The folder as the user named it, for messages.
    folder: &'a Path,
    /// The canonical folder.
    root: PathBuf,
    /// The searched folders, or their nearest existing parents.
    searched: BTreeSet<PathBuf>,
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
            searched: BTreeSet::new(),
        })
    }

    /// The searched folders: a new file in one of them may belong to the catalog.
    pub(crate) fn into_folders(self) -> BTreeSet<PathBuf> {
        self.searched
    }

    /// Records a folder, or its nearest existing parent.
    fn record(&mut self, folder: &Path) {
        let nearest = folder.ancestors().find(|folder| folder.is_dir());
        self.searched.extend(nearest.map(Path::to_owned));
    }
}

impl Tree for Disk<'_> {
    fn entries(&mut self, folder: &str) -> anyhow::Result<impl Iterator<Item = Entry>> {
        let folder = self.root.join(folder);
        self.record(&folder);
        let entries = fs::read_dir(&folder).into_iter().flatten();
        Ok(entries.filter_map(Result::ok).filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let kind = match entry.file_type() {
                Ok(kind) if kind.is_dir() => EntryKind::Folder,
                // Links to folders are not followed, since they may form cycles.
                Ok(kind) if kind.is_file() || entry.path().is_file() => EntryKind::File,
                _ => EntryKind::Other,
            };
            Some(Entry { name, kind })
        }))
    }

    fn exists(&mut self, path: &str) -> anyhow::Result<bool> {
        Ok(fs::symlink_metadata(self.root.join(path)).is_ok())
    }

    fn read(&mut self, path: &str) -> anyhow::Result<Read> {
        let named = self.root.join(path);
        self.record(named.parent().unwrap_or(&named));
        let Some(file) = present(fs::canonicalize(named))? else {
            return Ok(Read::Absent);
        };
        // Links are followed first: the location of the file counts.
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
                "the name of {} is not UTF-8: rename the file",
                file.display()
            )
        })?;
        let source = present(source(&self.folder.join(path)))?;
        Ok(source.map_or(Read::Absent, |source| {
            let path = name.replace(MAIN_SEPARATOR, "/");
            Read::File(Found { path, source })
        }))
    }
}

/// The result of an operation on a path; nothing if no file can have this path.
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

/// The name and contents of a file. Of a file above the limit, only enough is read to report its size.
pub(crate) fn source(file: &Path) -> io::Result<Source> {
    let mut bytes = Vec::new();
    fs::File::open(file)?
        .take(MAX_SOURCE_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(Source::new(file.display().to_string(), bytes))
}
