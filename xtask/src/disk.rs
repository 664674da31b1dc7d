//! The plan against the disk: what is missing, different or surplus, and how that is mended.

use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::path::Path;

use anyhow::{Context, bail};
use codegen::artifact::{Artifact, FILE_LIST, Plan};
use fs_err as fs;

/// The beginning of the names of files that a run is writing.
const UNFINISHED: &str = ".xtask-";
/// What cargo puts beside a crate that is built where it stands.
const OF_CARGO: [&str; 2] = ["generated/Cargo.lock", "generated/target"];

/// A difference between the plan and the disk.
#[derive(Debug)]
pub(crate) enum Change<'a> {
    /// The file is not there.
    Missing { artifact: &'a Artifact },
    /// The file has other contents.
    Different {
        artifact: &'a Artifact,
        on_disk: String,
    },
    /// An earlier run wrote the file, and no run would write it now.
    Surplus { path: String },
}

impl Change<'_> {
    pub(crate) fn path(&self) -> &str {
        match self {
            Self::Missing { artifact } | Self::Different { artifact, .. } => &artifact.path,
            Self::Surplus { path } => path,
        }
    }
}

/// The plan compared with the disk.
#[derive(Debug)]
pub(crate) struct Comparison<'a> {
    /// What a run would change, sorted by path.
    pub(crate) changes: Vec<Change<'a>>,
    /// The paths of files that are as planned.
    pub(crate) current: Vec<&'a str>,
    /// Files in owned folders that no run has written.
    pub(crate) foreign: Vec<String>,
    /// Files that a run was writing when it was stopped.
    unfinished: Vec<String>,
}

/// Compares the plan with the files below `root`.
pub(crate) fn compare<'a>(root: &Path, plan: &'a Plan) -> anyhow::Result<Comparison<'a>> {
    let mut comparison = Comparison {
        changes: Vec::new(),
        current: Vec::new(),
        foreign: Vec::new(),
        unfinished: Vec::new(),
    };
    for artifact in &plan.artifacts {
        refuse_links(root, &artifact.path)?;
        match read(&root.join(&artifact.path))? {
            None => comparison.changes.push(Change::Missing { artifact }),
            Some(bytes) if bytes == artifact.contents.as_bytes() => {
                comparison.current.push(&artifact.path);
            }
            Some(bytes) => comparison.changes.push(Change::Different {
                artifact,
                on_disk: String::from_utf8_lossy(&bytes).into_owned(),
            }),
        }
    }
    // The list is untrusted: it is only asked about files that were found in owned folders.
    let list = read(&root.join(FILE_LIST))?.unwrap_or_default();
    let list = String::from_utf8_lossy(&list);
    let written: BTreeSet<&str> = list.lines().collect();
    let planned: BTreeSet<&str> = plan
        .artifacts
        .iter()
        .map(|artifact| artifact.path.as_str())
        .collect();
    for folder in plan.owned {
        let mut found = Vec::new();
        walk(root, folder, &mut found)?;
        for path in found {
            let name = path.rsplit('/').next().unwrap_or_default();
            if planned.contains(path.as_str()) {
                continue;
            }
            if name.starts_with(UNFINISHED) {
                comparison.unfinished.push(path);
            } else if written.contains(path.as_str()) {
                comparison.changes.push(Change::Surplus { path });
            } else {
                comparison.foreign.push(path);
            }
        }
    }
    comparison
        .changes
        .sort_by(|left, right| left.path().cmp(right.path()));
    Ok(comparison)
}

/// Mends the differences. Each file is replaced in one step, and the list of files comes last, so
/// that a run that was stopped is completed by the next.
pub(crate) fn apply(root: &Path, comparison: &Comparison<'_>) -> anyhow::Result<()> {
    for path in &comparison.unfinished {
        fs::remove_file(root.join(path))?;
    }
    let mut list = None;
    for change in &comparison.changes {
        match change {
            Change::Missing { artifact } | Change::Different { artifact, .. } => {
                if artifact.path == FILE_LIST {
                    list = Some(*artifact);
                } else {
                    write(root, artifact)?;
                }
            }
            Change::Surplus { path } => remove(root, path)?,
        }
    }
    list.map_or(Ok(()), |artifact| write(root, artifact))
}

fn read(path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
        Ok(metadata) if metadata.is_dir() => {
            bail!(
                "{} is a folder where a file belongs: move it away",
                path.display()
            )
        }
        // A link is replaced by a file; what it points to stays.
        Ok(metadata) if metadata.is_symlink() => Ok(Some(Vec::new())),
        Ok(_) => Ok(Some(fs::read(path)?)),
    }
}

/// Refuses to go through a link to some other place.
fn refuse_links(root: &Path, path: &str) -> anyhow::Result<()> {
    let mut folder = root.to_owned();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return Ok(());
        }
        folder.push(part);
        match fs::symlink_metadata(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error.into()),
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => bail!(
                "{} is no folder of its own: outputs are not written through links or files",
                folder.display()
            ),
        }
    }
    Ok(())
}

/// All files below `folder`, links included, as paths with `/`.
fn walk(root: &Path, folder: &str, found: &mut Vec<String>) -> anyhow::Result<()> {
    let entries = match fs::read_dir(root.join(folder)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if OF_CARGO.contains(&path.as_str()) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            walk(root, &path, found)?;
        } else {
            found.push(path);
        }
    }
    found.sort_unstable();
    Ok(())
}

fn write(root: &Path, artifact: &Artifact) -> anyhow::Result<()> {
    let path = root.join(&artifact.path);
    let folder = path.parent().unwrap_or(root);
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // Outputs are as readable as any file of the user: the umask takes the rest away.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder
        .tempfile_in(folder)
        .with_context(|| format!("no file can be made in {}", folder.display()))?;
    file.write_all(artifact.contents.as_bytes())
        .and_then(|()| file.flush())
        .with_context(|| format!("{} cannot be written", path.display()))?;
    file.persist(&path)
        .with_context(|| format!("{} cannot be replaced", path.display()))?;
    Ok(())
}

/// Removes a file and the folders that are empty without it.
fn remove(root: &Path, path: &str) -> anyhow::Result<()> {
    fs::remove_file(root.join(path))?;
    let mut folder = path;
    while let Some((parent, _)) = folder.rsplit_once('/') {
        // A folder that is not empty stays.
        if !parent.contains('/') || fs::remove_dir(root.join(parent)).is_err() {
            break;
        }
        folder = parent;
    }
    Ok(())
}
