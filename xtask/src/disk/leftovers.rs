//! Unfinished copies of hand-written files, from runs that were killed.

use std::collections::BTreeSet;
use std::path::Path;

use fs_err as fs;

use super::atomic_write::{folder_of, is_copy};
use crate::terminal;

/// Removes the unfinished copies of these files, and reports each. A copy that a running process is writing stays.
pub(crate) fn remove<'p>(files: impl IntoIterator<Item = &'p Path>) -> anyhow::Result<()> {
    let files: BTreeSet<&Path> = files.into_iter().collect();
    let folders: BTreeSet<&Path> = files.iter().map(|file| folder_of(file)).collect();
    for folder in folders {
        // A folder that is missing contains none.
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let mut own = files.iter().filter(|file| folder_of(file) == folder);
            let is_own = own.any(|file| is_copy(&name.to_string_lossy(), file));
            let path = folder.join(&name);
            // Links are not followed.
            if is_own && entry.file_type()?.is_file() && is_abandoned(&path) {
                fs::remove_file(&path)?;
                let path = path.display();
                terminal::warn(format_args!(
                    "removed {path}, an unfinished file of an interrupted run"
                ))?;
            }
        }
    }
    Ok(())
}

/// Whether no process has the file open for writing: a process keeps a lock on it, which ends with the process.
#[cfg(unix)]
fn is_abandoned(path: &Path) -> bool {
    use nix::fcntl::{Flock, FlockArg};

    let file = fs::File::open(path);
    file.is_ok_and(|file| Flock::lock(file.into_file(), FlockArg::LockExclusiveNonblock).is_ok())
}

#[cfg(not(unix))]
fn is_abandoned(_: &Path) -> bool {
    false
}
