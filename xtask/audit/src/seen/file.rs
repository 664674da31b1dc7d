//! The file in which coverage of several runs is merged.

use std::error::Error;
use std::fmt;
use std::io::{self, Write as _};
use std::path::Path;

use codegen::Catalog;
use serde::{Deserialize, Serialize};

use super::{Named, Seen};

/// The version of the form of the file.
const VERSION: u64 = 1;

/// The file: counts by the names of the catalog, sorted.
#[derive(Debug, Deserialize, Serialize)]
struct File {
    version: u64,
    #[serde(flatten)]
    named: Named,
}

/// Only the version, which is readable in every form.
#[derive(Deserialize)]
struct Versioned {
    version: u64,
}

/// Why a file of coverage cannot be used.
#[derive(Debug)]
pub enum FileError {
    /// The file cannot be read or written.
    Io(io::Error),
    /// The file is another one.
    Form(serde_json::Error),
    /// A newer tool wrote the file.
    Version(u64),
}

impl fmt::Display for FileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(_) => formatter.write_str("cannot access the coverage file"),
            Self::Form(_) => formatter.write_str("the file is not a coverage file of this tool"),
            Self::Version(found) => write!(
                formatter,
                "the coverage file has version {found}, this tool reads version {VERSION}: delete it, or update the tool"
            ),
        }
    }
}

impl Error for FileError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            Self::Form(error) => Some(error),
            Self::Version(_) => None,
        }
    }
}

impl From<io::Error> for FileError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<serde_json::Error> for FileError {
    fn from(error: serde_json::Error) -> Self {
        Self::Form(error)
    }
}

impl Seen {
    /// Adds what a file contains.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be read, or is not a coverage file of this version.
    pub fn add_file(&mut self, catalog: &Catalog, path: &Path) -> Result<(), FileError> {
        let text = fs_err::read(path)?;
        let Versioned { version } = serde_json::from_slice(&text)?;
        if version != VERSION {
            return Err(FileError::Version(version));
        }
        let file: File = serde_json::from_slice(&text)?;
        self.add(catalog, &file.named);
        Ok(())
    }

    /// Writes the file: all of it, or nothing.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be written.
    pub fn write_file(&self, catalog: &Catalog, path: &Path) -> Result<(), FileError> {
        let file = File {
            version: VERSION,
            named: self.named(catalog),
        };
        let mut text = serde_json::to_vec_pretty(&file)?;
        text.push(b'\n');
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let mut copy = tempfile::NamedTempFile::new_in(folder)?;
        copy.write_all(&text)?;
        copy.persist(path).map_err(|error| error.error)?;
        Ok(())
    }
}
