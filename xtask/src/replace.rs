//! Puts a text in the place of a file, in one step.

use std::fs::Permissions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use fs_err as fs;
use tempfile::TempPath;

/// Files that a run is writing have names of this and some random characters.
pub(crate) const UNFINISHED: &str = ".xtask-";
pub(crate) const RANDOM_CHARS: usize = 6;

/// Replaces a hand-written file, which stays as readable as it was.
pub(crate) fn hand_written(path: &Path, text: &str) -> anyhow::Result<()> {
    let metadata = fs::symlink_metadata(path)?;
    if !metadata.is_file() {
        bail!(
            "{} is a link, or no file: it is not written; name the file itself",
            path.display()
        );
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    file(path, text, folder, Some(metadata.permissions()))
}

/// Writes a file in the folder `workshop` and moves it to its place when it is whole.
pub(crate) fn file(
    path: &Path,
    text: &str,
    workshop: &Path,
    permissions: Option<Permissions>,
) -> anyhow::Result<()> {
    stage(path, text, workshop, permissions)?.put()
}

/// A file that is written out and waits to take its place. It vanishes where it is not put there.
pub(crate) struct Staged {
    // Without the open file: a run may have thousands of them.
    file: TempPath,
    path: PathBuf,
}

impl Staged {
    /// Moves the file to its place, in one step.
    pub(crate) fn put(self) -> anyhow::Result<()> {
        let Self { file, path } = self;
        file.persist(&path)
            .with_context(|| format!("{} cannot be replaced", path.display()))?;
        Ok(())
    }
}

/// Writes a file in the folder `workshop`.
pub(crate) fn stage(
    path: &Path,
    text: &str,
    workshop: &Path,
    permissions: Option<Permissions>,
) -> anyhow::Result<Staged> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED).rand_bytes(RANDOM_CHARS);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // Outputs are as readable as any file of the user: the umask takes the rest away.
        builder.permissions(Permissions::from_mode(0o666));
    }
    let mut file = builder
        .tempfile_in(workshop)
        .with_context(|| format!("no file can be made in {}", workshop.display()))?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.flush())
        .with_context(|| format!("{} cannot be written", path.display()))?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    Ok(Staged {
        file: file.into_temp_path(),
        path: path.to_owned(),
    })
}
