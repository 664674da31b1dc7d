//! Many files at once: all are replaced, or none is.

use std::fs::Permissions;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use fs_err as fs;

use crate::replace::{self, Staged};

/// What becomes of a file.
#[derive(Debug)]
pub(crate) struct Edit {
    path: PathBuf,
    /// The text that it has then; nothing where it goes.
    text: Option<String>,
    /// The folder in which the new file is made.
    workshop: PathBuf,
    /// Whether it stays as readable as it was.
    keeps_permissions: bool,
}

impl Edit {
    /// Replaces an output, by way of a file in `workshop`.
    pub(crate) fn output(path: PathBuf, text: String, workshop: PathBuf) -> Self {
        Self {
            path,
            text: Some(text),
            workshop,
            keeps_permissions: false,
        }
    }

    /// Replaces a file that is written by hand, or makes it.
    pub(crate) fn hand_written(path: PathBuf, text: String) -> Self {
        let workshop = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            _ => PathBuf::from("."),
        };
        Self {
            path,
            text: Some(text),
            workshop,
            keeps_permissions: true,
        }
    }

    /// Removes an output.
    pub(crate) fn removal(path: PathBuf) -> Self {
        Self {
            path,
            text: None,
            workshop: PathBuf::new(),
            keeps_permissions: false,
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) const fn is_removal(&self) -> bool {
        self.text.is_none()
    }
}

/// A file as it was.
struct Before {
    path: PathBuf,
    contents: Option<(Vec<u8>, Permissions)>,
}

/// Makes all edits in their order, or undoes those that were made. All new files are written out before the first
/// one takes its place, and Ctrl-C waits until the last one has.
pub(crate) fn apply(edits: Vec<Edit>) -> anyhow::Result<()> {
    let mut ready: Vec<(PathBuf, Option<Staged>)> = Vec::with_capacity(edits.len());
    let mut before = Vec::with_capacity(edits.len());
    for edit in edits {
        let state = state(&edit.path)?;
        let permissions = state.contents.as_ref().filter(|_| edit.keeps_permissions);
        let permissions = permissions.map(|(_, permissions)| permissions.clone());
        before.push(state);
        let staged = match &edit.text {
            None => None,
            Some(text) => {
                for folder in [edit.path.parent().unwrap_or(Path::new(".")), &edit.workshop] {
                    fs::create_dir_all(folder)?;
                }
                Some(replace::stage(
                    &edit.path,
                    text,
                    &edit.workshop,
                    permissions,
                )?)
            }
        };
        ready.push((edit.path, staged));
    }
    uninterrupted(|| {
        for (done, (path, staged)) in ready.into_iter().enumerate() {
            let made = match staged {
                Some(staged) => staged.put(),
                None => fs::remove_file(&path).map_err(Into::into),
            };
            if let Err(error) = made {
                undo(&before[..done]).context(
                    "what was written cannot be undone: take the files back from version control",
                )?;
                return Err(error.context("nothing was released: what was written is undone"));
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
            "{} is a link, or no file: it is not written; put a file there",
            path.display()
        ),
    };
    Ok(Before {
        path: path.to_owned(),
        contents,
    })
}

/// Makes the files as they were; goes on where one cannot be, and tells of the first of these.
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

/// Does something that a signal does not end in the middle: it waits until that is done.
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
    fn what_was_written_is_undone_where_a_later_file_cannot_be() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("old"), "as it was").expect("a file");
        std::fs::write(path("gone"), "there").expect("a file");
        let edits = vec![
            Edit::hand_written(path("old"), "new".to_owned()),
            Edit::output(path("new"), "new".to_owned(), folder.path().to_owned()),
            Edit::removal(path("gone")),
            // There is nothing to remove any more.
            Edit::removal(path("gone")),
        ];
        let error = apply(edits).expect_err("the last one fails");
        assert!(
            format!("{error:#}").starts_with("nothing was released"),
            "{error:#}"
        );
        let left = |name: &str| std::fs::read_to_string(path(name)).ok();
        assert_eq!(left("old").as_deref(), Some("as it was"));
        assert_eq!(left("gone").as_deref(), Some("there"));
        assert_eq!(left("new"), None);
        let files = std::fs::read_dir(folder.path())
            .expect("the folder")
            .count();
        assert_eq!(files, 2, "nothing unfinished is left");
    }

    #[test]
    fn a_folder_in_the_place_of_a_file_stops_all_before_any() {
        let folder = tempfile::tempdir().expect("a scratch folder");
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
