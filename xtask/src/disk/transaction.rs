//! Replaces many files: all of them, or none.

use std::fs::Permissions;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use fs_err as fs;

use super::atomic_write::{Staged, folder_of, stage};
use super::leftovers;

/// The write or removal of a file.
#[derive(Debug)]
pub(crate) struct Edit {
    path: PathBuf,
    /// The new contents; nothing for a removal.
    text: Option<String>,
    /// The folder in which an output is staged. A hand-written file is staged in its own folder, and keeps its
    /// permissions.
    staging_dir: Option<PathBuf>,
}

impl Edit {
    /// Writes an output, staged in `staging_dir`.
    pub(crate) const fn output(path: PathBuf, text: String, staging_dir: PathBuf) -> Self {
        Self {
            path,
            text: Some(text),
            staging_dir: Some(staging_dir),
        }
    }

    /// Writes a hand-written file.
    pub(crate) const fn hand_written(path: PathBuf, text: String) -> Self {
        Self {
            path,
            text: Some(text),
            staging_dir: None,
        }
    }

    /// Removes an output.
    pub(crate) const fn removal(path: PathBuf) -> Self {
        Self {
            path,
            text: None,
            staging_dir: None,
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) const fn is_removal(&self) -> bool {
        self.text.is_none()
    }
}

/// The state of a file before the transaction.
struct Before {
    path: PathBuf,
    contents: Option<(Vec<u8>, Permissions)>,
}

/// Applies all edits in their order, or undoes the applied ones. All new files are staged before the first one is
/// moved to its path, and signals are blocked until the last one is.
pub(crate) fn apply(edits: Vec<Edit>) -> anyhow::Result<()> {
    let mut ready: Vec<(PathBuf, Option<Staged>)> = Vec::with_capacity(edits.len());
    let mut before = Vec::with_capacity(edits.len());
    let own = edits.iter().filter(|edit| edit.staging_dir.is_none());
    leftovers::remove(own.map(Edit::path))?;
    for edit in edits {
        let state = state(&edit.path)?;
        let permissions = state
            .contents
            .as_ref()
            .filter(|_| edit.staging_dir.is_none());
        let permissions = permissions.map(|(_, permissions)| permissions.clone());
        before.push(state);
        let staged = match &edit.text {
            None => None,
            Some(text) => {
                let folder = folder_of(&edit.path);
                let staging_dir = edit.staging_dir.as_deref();
                for folder in [Some(folder), staging_dir].into_iter().flatten() {
                    fs::create_dir_all(folder)?;
                }
                Some(stage(&edit.path, text, staging_dir, permissions)?)
            }
        };
        ready.push((edit.path, staged));
    }
    uninterrupted(|| {
        for (done, (path, staged)) in ready.into_iter().enumerate() {
            let made = match staged {
                Some(mut staged) => staged.commit(),
                None => fs::remove_file(&path).map_err(Into::into),
            };
            if let Err(error) = made {
                undo(&before[..done]).context(
                    "the written files cannot be restored: restore them from version control",
                )?;
                return Err(error.context("no file was changed: the written files are restored"));
            }
        }
        Ok(())
    })
}

fn state(path: &Path) -> anyhow::Result<Before> {
    let contents = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
        Ok(metadata) if metadata.is_file() => Some((fs::read(path)?, metadata.permissions())),
        Ok(_) => bail!(
            "{} is a link or not a file, and is not written: replace it with a file",
            path.display()
        ),
    };
    Ok(Before {
        path: path.to_owned(),
        contents,
    })
}

/// Restores the files. Continues after an error, and returns the first one.
fn undo(before: &[Before]) -> anyhow::Result<()> {
    let mut result = Ok(());
    for before in before.iter().rev() {
        let undone = restore(before);
        if result.is_ok() {
            result = undone;
        }
    }
    result
}

fn restore(Before { path, contents }: &Before) -> anyhow::Result<()> {
    match contents {
        None => fs::remove_file(path)?,
        Some((bytes, permissions)) => {
            fs::write(path, bytes)?;
            fs::set_permissions(path, permissions.clone())?;
        }
    }
    Ok(())
}

/// Blocks signals during `work`.
#[cfg(unix)]
fn uninterrupted<T>(work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    use nix::sys::signal::{SigSet, Signal};

    let signals: SigSet = [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP]
        .into_iter()
        .collect();
    let before = signals.thread_swap_mask(nix::sys::signal::SigmaskHow::SIG_BLOCK)?;
    let result = work();
    before.thread_set_mask()?;
    result
}

#[cfg(not(unix))]
fn uninterrupted<T>(work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    work()
}

#[cfg(test)]
mod tests {
    use super::{Edit, apply};

    #[test]
    fn written_files_are_restored_if_a_later_one_fails() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("old"), "as it was").expect("a file");
        std::fs::write(path("gone"), "there").expect("a file");
        let edits = vec![
            Edit::hand_written(path("old"), "new".to_owned()),
            Edit::output(path("new"), "new".to_owned(), folder.path().to_owned()),
            Edit::removal(path("gone")),
            // The file is already removed.
            Edit::removal(path("gone")),
        ];
        let error = apply(edits).expect_err("the last one fails");
        assert!(
            format!("{error:#}").starts_with("no file was changed"),
            "{error:#}"
        );
        let left = |name: &str| std::fs::read_to_string(path(name)).ok();
        assert_eq!(left("old").as_deref(), Some("as it was"));
        assert_eq!(left("gone").as_deref(), Some("there"));
        assert_eq!(left("new"), None);
        let files = std::fs::read_dir(folder.path())
            .expect("the folder")
            .count();
        assert_eq!(files, 2, "no unfinished file is left");
    }

    #[test]
    fn a_folder_at_the_path_of_a_file_stops_the_transaction() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = |name: &str| folder.path().join(name);
        std::fs::create_dir(path("folder")).expect("a folder");
        let edits = vec![
            Edit::hand_written(path("first"), "new".to_owned()),
            Edit::hand_written(path("folder"), "new".to_owned()),
        ];
        assert!(apply(edits).is_err());
        assert!(!path("first").exists());
    }
}
