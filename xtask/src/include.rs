//! Finds the files that a catalog includes, and no file outside of its folder.

mod walk;

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use anyhow::Context;
use codegen::{Answer, Found};
use fs_err as fs;

use crate::project;
use walk::Walk;

/// Finds files from the folder of a catalog.
pub(crate) struct Finder<'a> {
    /// The folder as it was named: files are shown by it.
    folder: &'a Path,
    /// Where the folder is.
    root: PathBuf,
    walk: Walk,
}

impl<'a> Finder<'a> {
    pub(crate) fn new(folder: &'a Path) -> anyhow::Result<Self> {
        let here = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        Ok(Self {
            folder,
            root: fs::canonicalize(here)?,
            walk: Walk::default(),
        })
    }

    /// The folders that were looked through: a file that is new in one of them may belong to the catalog.
    pub(crate) fn into_folders(self) -> BTreeSet<PathBuf> {
        self.walk.folders
    }

    /// Reads the files that a path or pattern names.
    pub(crate) fn find(&mut self, pattern: &str) -> anyhow::Result<Answer> {
        // A name may hold the signs of a pattern.
        let literal = self.root.join(pattern);
        let is_there = fs::symlink_metadata(&literal).is_ok();
        if is_there || !codegen::is_pattern(pattern) {
            self.walk.look_beside(&literal);
            return Ok(match self.read(&literal)? {
                Read::File(found) => Answer::Files(vec![found]),
                Read::Absent => Answer::NotFound,
                Read::NoFile => Answer::NoFile,
                Read::Outside => Answer::Outside,
            });
        }
        let Some(files) = self.walk.matches(&self.root, pattern)? else {
            return Ok(Answer::NotFound);
        };
        let mut found = Vec::with_capacity(files.len());
        for file in files {
            match self.read(&file)? {
                Read::File(file) => found.push(file),
                // It vanished since its folder was listed.
                Read::Absent | Read::NoFile => {}
                Read::Outside => return Ok(Answer::Outside),
            }
        }
        Ok(Answer::Files(found))
    }

    fn read(&self, file: &Path) -> anyhow::Result<Read> {
        let Some(file) = present(fs::canonicalize(file))? else {
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

/// What came of reading a file.
enum Read {
    File(Found),
    Absent,
    NoFile,
    Outside,
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
