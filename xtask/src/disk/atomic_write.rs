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
/// The longest name of a file whose copies contain it.
const LONGEST_NAME: usize = 200;
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
    stage(path, text, None, Some(metadata.permissions()))?.commit()
}

/// The folder of a file.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A complete file that is not yet at its path. Dropping the value removes it.
#[derive(Debug)]
pub(crate) struct Staged {
    // Without the open file: a run may have thousands of them.
    file: PathBuf,
    path: PathBuf,
    /// Shows other runs that a copy beside its file is in use. Hand-written files are few.
    _lock: Option<Lock>,
    is_committed: bool,
}

impl Staged {
    /// Moves the file to its path.
    pub(super) fn commit(&mut self) -> anyhow::Result<()> {
        let path = self.path.display();
        let mut moved = fs::rename(&self.file, &self.path);
        if matches!(&moved, Err(error) if error.kind() == ErrorKind::NotFound) {
            fs::create_dir_all(folder_of(&self.path))?;
            moved = fs::rename(&self.file, &self.path);
        }
        moved.with_context(|| format!("{path} cannot be replaced"))?;
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

/// Writes a file in `staging_dir`, or else beside its path.
pub(super) fn stage(
    path: &Path,
    text: &str,
    staging_dir: Option<&Path>,
    permissions: Option<Permissions>,
) -> anyhow::Result<Staged> {
    let folder = staging_dir.unwrap_or(folder_of(path));
    let prefix = match staging_dir {
        Some(_) => UNFINISHED.to_owned(),
        None => copy_prefix(path),
    };
    let (mut file, name) = create(folder, &prefix)
        .with_context(|| format!("cannot create a file in {}", folder.display()))?;
    let staged = Staged {
        file: name,
        path: path.to_owned(),
        _lock: match staging_dir {
            Some(_) => None,
            None => lock(&file),
        },
        is_committed: false,
    };
    file.write_all(text.as_bytes())
        .with_context(|| format!("{} cannot be written", path.display()))?;
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    Ok(staged)
}

#[cfg(unix)]
type Lock = nix::fcntl::Flock<std::fs::File>;
#[cfg(not(unix))]
type Lock = ();

/// Locks a new file, where the file system supports it.
#[cfg(unix)]
fn lock(file: &fs::File) -> Option<Lock> {
    let file = file.file().try_clone().ok()?;
    Lock::lock(file, nix::fcntl::FlockArg::LockExclusiveNonblock).ok()
}

#[cfg(not(unix))]
fn lock(_: &fs::File) -> Option<Lock> {
    None
}

/// Creates a file with a new name.
fn create(folder: &Path, prefix: &str) -> std::io::Result<(fs::File, PathBuf)> {
    let mut attempts = 0;
    loop {
        let path = folder.join(format!("{prefix}{}", random()));
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
    name.strip_prefix(UNFINISHED).is_some_and(is_random)
}

/// The name of the hand-written file, if this is the name of an unfinished copy of one.
pub(super) fn copied_name(name: &str) -> Option<&str> {
    let (prefix, random) = name.split_at_checked(name.len().checked_sub(RANDOM_CHARS)?)?;
    let copied = prefix.strip_suffix(UNFINISHED)?.strip_prefix('.')?;
    let is_name = !copied.is_empty() && copied.len() <= LONGEST_NAME;
    (is_name && is_random(random)).then_some(copied)
}

/// The name of an unfinished copy begins with that of its file, unless the name would become too long.
fn copy_prefix(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name.len() > LONGEST_NAME {
        UNFINISHED.to_owned()
    } else {
        format!(".{name}{UNFINISHED}")
    }
}

fn is_random(text: &str) -> bool {
    text.len() == RANDOM_CHARS && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
