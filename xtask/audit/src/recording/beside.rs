//! The files beside a HAR, in which Playwright keeps bodies.

use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use crate::exchange::Unknown;
use crate::recording::archive::Archive;
use crate::recording::limits::MAX_BODY;

/// Where the files beside a recording are.
pub(crate) enum Beside<'a> {
    /// There are none: the recording comes from the standard input.
    Nowhere,
    /// In this folder.
    Folder(PathBuf),
    /// In the archive of the recording.
    Archive(&'a Archive),
}

impl Beside<'_> {
    /// The content of a file, which only a file of this very place can have.
    pub(crate) fn file(&self, name: &str) -> Result<Vec<u8>, Unknown> {
        let mut parts = Path::new(name).components();
        if !matches!(
            (parts.next(), parts.next()),
            (Some(Component::Normal(_)), None)
        ) {
            return Err(Unknown::Omitted);
        }
        match self {
            Self::Nowhere => Err(Unknown::Omitted),
            Self::Folder(folder) => {
                let path = folder.join(name);
                let plain = path.symlink_metadata().is_ok_and(|data| data.is_file());
                match File::open(path) {
                    Ok(file) if plain => all(file),
                    _ => Err(Unknown::Omitted),
                }
            }
            Self::Archive(archive) => archive.file(name),
        }
    }
}

fn all(file: File) -> Result<Vec<u8>, Unknown> {
    let mut bytes = Vec::new();
    match file.take(MAX_BODY as u64 + 1).read_to_end(&mut bytes) {
        Ok(read) if read <= MAX_BODY => Ok(bytes),
        _ => Err(Unknown::Omitted),
    }
}
