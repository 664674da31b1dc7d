//! The files of the repository that `init` writes, as they are and as they will be.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use fs_err as fs;

use crate::disk::transaction::Edit;

/// The manifest of the workspace.
pub(super) const MANIFEST: &str = "Cargo.toml";

struct Change {
    before: Option<String>,
    after: String,
}

/// The changes of files by path, relative to the root.
pub(super) struct Files {
    root: PathBuf,
    changes: BTreeMap<String, Change>,
    notes: Vec<String>,
}

impl Files {
    /// The files of a folder, which may not exist.
    pub(super) fn new(root: &Path) -> anyhow::Result<Self> {
        match fs::metadata(root) {
            Ok(metadata) if !metadata.is_dir() => {
                bail!("{} is not a folder: name a folder", root.display())
            }
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Ok(Self {
                root: root.to_owned(),
                changes: BTreeMap::new(),
                notes: Vec::new(),
            }),
        }
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn exists(&self, path: &str) -> bool {
        fs::symlink_metadata(self.root.join(path)).is_ok()
    }

    /// The text of a file.
    pub(super) fn read(&self, path: &str) -> anyhow::Result<Option<String>> {
        if let Some(file) = self.changes.get(path) {
            return Ok(Some(file.after.clone()));
        }
        let file = self.root.join(path);
        match fs::read(&file) {
            Ok(bytes) => {
                let text = String::from_utf8(bytes).ok();
                let text = text.with_context(|| {
                    format!("{} is not UTF-8 text: save it as UTF-8", file.display())
                })?;
                Ok(Some(text))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Sets the text of a file. A file that has it already is no change.
    pub(super) fn write(&mut self, path: &str, after: String) -> anyhow::Result<()> {
        let before = match self.changes.remove(path) {
            Some(file) => file.before,
            None => self.read(path)?,
        };
        if before.as_ref() != Some(&after) {
            self.changes
                .insert(path.to_owned(), Change { before, after });
        }
        Ok(())
    }

    /// Writes a file, unless there is one.
    pub(super) fn create(&mut self, path: &str, text: String) -> anyhow::Result<()> {
        if self.exists(path) {
            return Ok(());
        }
        self.write(path, text)
    }

    /// Adds what is left for the person to do.
    pub(super) fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    pub(super) fn notes(&self) -> &[String] {
        &self.notes
    }

    pub(super) fn is_unchanged(&self) -> bool {
        self.changes.is_empty()
    }

    /// The changed files, and whether each is new.
    pub(super) fn changed(&self) -> impl Iterator<Item = (&str, bool)> {
        let files = self.changes.iter();
        files.map(|(path, file)| (path.as_str(), file.before.is_none()))
    }

    /// The changed files, with the text before and after.
    pub(super) fn differences(&self) -> impl Iterator<Item = (&str, Option<&str>, &str)> {
        let files = self.changes.iter();
        files.map(|(path, file)| (path.as_str(), file.before.as_deref(), file.after.as_str()))
    }

    /// The changes. The manifest of the workspace comes last: it names the other files.
    pub(super) fn edits(&self) -> Vec<Edit> {
        let mut paths: Vec<(&String, &Change)> = self.changes.iter().collect();
        paths.sort_by_key(|(path, _)| *path == MANIFEST);
        let edits = paths
            .into_iter()
            .map(|(path, file)| Edit::hand_written(self.root.join(path), file.after.clone()));
        edits.collect()
    }
}

/// The line break of a text.
pub(super) fn line_break(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// A text with further lines at its end.
pub(super) fn with_lines<'a>(text: &str, lines: impl Iterator<Item = &'a str>) -> String {
    let line_break = line_break(text);
    let mut text = text.to_owned();
    for line in lines {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push_str(line_break);
        }
        text.push_str(line);
        text.push_str(line_break);
    }
    text
}
