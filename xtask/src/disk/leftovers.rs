//! Unfinished copies of hand-written files, from runs that were killed.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fs_err as fs;

use super::atomic_write::{copied_name, folder_of};
use crate::terminal;

/// Removes the unfinished copies of these files, and reports each. A copy that a running process is writing stays.
pub(crate) fn remove<'p>(files: impl IntoIterator<Item = &'p Path>) -> anyhow::Result<()> {
    let mut folders: BTreeMap<&Path, BTreeSet<Cow<'p, str>>> = BTreeMap::new();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        folders.entry(folder_of(file)).or_default().insert(name);
    }
    for (folder, names) in folders {
        // A folder that is missing contains none.
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let text = name.to_string_lossy();
            let is_own = copied_name(&text).is_some_and(|own| names.contains(own));
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
