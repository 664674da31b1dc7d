//! Replaces a file in one step.

use std::fs::Permissions;
use std::hash::{BuildHasher as _, RandomState};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use fs_err as fs;

/// Unfinished files are named with this prefix and some random characters.
const UNFINISHED: &str = ".xtask-";
const RANDOM_CHARS: usize = 6;
/// How many names are tried before one is free.
const ATTEMPTS: usize = 100;

/// Replaces a hand-written file, and keeps its permissions.
pub(crate) fn hand_written(path: &Path, text: &str) -> anyhow::Result<()> {
    let metadata = fs::symlink_metadata(path)?;
    if !metadata.is_file() {
        bail!(
            "{} is a link or not a file, and is not written: name the file itself",
            path.display()
        );
    }
    file(path, text, folder_of(path), Some(metadata.permissions()))
}

/// The folder of a file.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Writes a file in `staging_dir`, and moves the complete file to its path.
pub(super) fn file(
    path: &Path,
    text: &str,
    staging_dir: &Path,
    permissions: Option<Permissions>,
) -> anyhow::Result<()> {
    stage(path, text, staging_dir, permissions)?.commit()
}

/// A complete file that is not yet at its path. Dropping the value removes it.
pub(super) struct Staged {
    // Without the open file: a run may have thousands of them.
    file: PathBuf,
    path: PathBuf,
    is_committed: bool,
}

impl Staged {
    /// Moves the file to its path.
    pub(super) fn commit(mut self) -> anyhow::Result<()> {
        let path = self.path.display();
        fs::rename(&self.file, &self.path).with_context(|| format!("{path} cannot be replaced"))?;
        self.is_committed = true;
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if !self.is_committed {
            // A file that stays is removed by the next run.
            let _ = fs::remove_file(&self.file);
        }
    }
}

/// Writes a file in `staging_dir`.
pub(super) fn stage(
    path: &Path,
    text: &str,
    staging_dir: &Path,
    permissions: Option<Permissions>,
) -> anyhow::Result<Staged> {
    let (mut file, name) = create(staging_dir)
        .with_context(|| format!("cannot create a file in {}", staging_dir.display()))?;
    let staged = Staged {
        file: name,
        path: path.to_owned(),
        is_committed: false,
    };
    file.write_all(text.as_bytes())
        .with_context(|| format!("{} cannot be written", path.display()))?;
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    Ok(staged)
}

/// Creates a file with a new name.
fn create(folder: &Path) -> std::io::Result<(fs::File, PathBuf)> {
    let mut attempts = 0;
    loop {
        let path = folder.join(format!("{UNFINISHED}{}", random()));
        let file = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path);
        attempts += 1;
        match file {
            Err(error) if error.kind() == ErrorKind::AlreadyExists && attempts < ATTEMPTS => {}
            file => return Ok((file?, path)),
        }
    }
}

/// Random letters and digits.
fn random() -> String {
    const CHARS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    let mut bits = RandomState::new().hash_one(RANDOM_CHARS);
    let chars = (0..RANDOM_CHARS).map(|_| {
        let char = CHARS[(bits % 36) as usize];
        bits /= 36;
        char::from(char)
    });
    chars.collect()
}

/// Whether it is the name of an unfinished file of an interrupted run.
pub(super) fn is_unfinished(name: &str) -> bool {
    let random = name.strip_prefix(UNFINISHED);
    random.is_some_and(|random| {
        random.len() == RANDOM_CHARS && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}
