//! The zip archives of Playwright.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;

use flate2::read::DeflateDecoder;
use rawzip::{
    CompressionMethod, FileReader, RECOMMENDED_BUFFER_SIZE, ZipArchive, ZipArchiveEntryWayfinder,
};

use crate::exchange::Unknown;
use crate::recording::body::inflate;
use crate::recording::error::ErrorKind;
use crate::recording::limits::MAX_ARCHIVED;

/// An archive of a recording and the files beside it.
pub(crate) struct Archive {
    archive: ZipArchive<FileReader>,
    files: BTreeMap<String, (ZipArchiveEntryWayfinder, CompressionMethod)>,
}

impl Archive {
    /// Reads the list of files.
    pub(crate) fn open(file: File) -> Result<Self, ErrorKind> {
        let wrong = |error: rawzip::Error| ErrorKind::Zip(error.to_string());
        let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
        let archive = ZipArchive::from_file(file, &mut buffer).map_err(wrong)?;
        if archive.entries_hint() > MAX_ARCHIVED {
            return Err(ErrorKind::TooMany("files in the archive"));
        }
        let mut files = BTreeMap::new();
        let mut entries = archive.entries(&mut buffer);
        while let Some(entry) = entries.next_entry().map_err(wrong)? {
            let name = String::from_utf8_lossy(entry.file_path().as_bytes()).into_owned();
            files.insert(name, (entry.wayfinder(), entry.compression_method()));
            if files.len() as u64 > MAX_ARCHIVED {
                return Err(ErrorKind::TooMany("files in the archive"));
            }
        }
        Ok(Self { archive, files })
    }

    /// The recordings of the archive.
    pub(crate) fn recordings(&self) -> Vec<&str> {
        let all = self.files.keys().map(String::as_str);
        all.filter(|name| {
            std::path::Path::new(name)
                .extension()
                .is_some_and(|end| end == "har")
        })
        .collect()
    }

    /// The text of a file, which is not bounded.
    pub(crate) fn reader(&self, name: &str) -> Result<Box<dyn Read + '_>, ErrorKind> {
        let missing = || ErrorKind::Zip(format!("missing file `{name}`"));
        let (finder, method) = *self.files.get(name).ok_or_else(missing)?;
        let entry = self
            .archive
            .get_entry(finder)
            .map_err(|error| ErrorKind::Zip(error.to_string()))?;
        let reader = entry.reader();
        match method {
            CompressionMethod::STORE => Ok(Box::new(entry.verifying_reader(reader))),
            CompressionMethod::DEFLATE => Ok(Box::new(
                entry.verifying_reader(DeflateDecoder::new(reader)),
            )),
            _ => Err(ErrorKind::Zip(format!(
                "`{name}` has an unknown compression"
            ))),
        }
    }

    /// The content of a file beside the recording.
    pub(crate) fn file(&self, name: &str) -> Result<Vec<u8>, Unknown> {
        match self.reader(name) {
            Ok(reader) => inflate(reader),
            Err(_) => Err(Unknown::Omitted),
        }
    }
}
