//! The plan against the disk: what is missing, stale, surplus or foreign, and how that is mended.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use anyhow::bail;
use codegen::artifact::{Artifact, BrokenMarks, FILE_LIST, OWNED, Plan, Region};
use codegen::emit::bears_notice;
use fs_err as fs;

use crate::release::Edit;
use crate::replace::{self, RANDOM_CHARS, UNFINISHED};

/// Files that a run is writing stand here.
const WORKSHOP: &str = "generated";
/// What cargo puts beside a crate that is built where it stands.
const OF_CARGO: [&str; 2] = ["generated/Cargo.lock", "generated/target"];

/// A difference between the plan and the disk.
#[derive(Debug)]
pub(crate) enum Change<'a> {
    /// The file is not there.
    Missing { artifact: &'a Artifact },
    /// The file has other contents.
    Stale {
        artifact: &'a Artifact,
        on_disk: String,
    },
    /// An earlier run wrote the file, or was stopped while it did, and no run would write it now.
    Surplus { path: String },
}

impl Change<'_> {
    pub(crate) fn path(&self) -> &str {
        match self {
            Self::Missing { artifact } | Self::Stale { artifact, .. } => &artifact.path,
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
    /// The paths of outputs where files stand that no run has written.
    pub(crate) in_the_way: Vec<&'a str>,
}

/// Hand-written files that have marks for a region.
pub(crate) struct Spliced {
    /// Those files, with the region in its place, and what is on the disk.
    pub(crate) files: Vec<(Artifact, String)>,
    /// What stands in the way of a region, and what to do about it.
    pub(crate) faults: Vec<String>,
}

/// Puts regions into the files that have marks for them.
pub(crate) fn spliced(root: &Path, plan: &Plan) -> anyhow::Result<Spliced> {
    let mut spliced = Spliced {
        files: Vec::new(),
        faults: Vec::new(),
    };
    for region in &plan.regions {
        let path = region.path;
        refuse_links(root, path)?;
        let file = root.join(path);
        // A link leads to a file of some other place, which is not written.
        let is_file = fs::symlink_metadata(&file).is_ok_and(|metadata| metadata.is_file());
        if !is_file {
            continue;
        }
        let bytes = fs::read(&file)?;
        let text = String::from_utf8_lossy(&bytes);
        let mut others = spliced.files.iter_mut().map(|(artifact, _)| artifact);
        let other = others.find(|artifact| artifact.path == path);
        let before = other.as_ref().map_or(&*text, |artifact| &artifact.contents);
        match region.splice(before) {
            Ok(None) => {}
            Ok(Some(_)) if text.as_bytes() != bytes => spliced
                .faults
                .push(format!("{path} is no UTF-8: save it as such")),
            Ok(Some(contents)) => match other {
                Some(artifact) => artifact.contents = contents,
                None => {
                    let artifact = Artifact::new(path, contents);
                    spliced.files.push((artifact, text.into_owned()));
                }
            },
            Err(BrokenMarks) => spliced.faults.push(format!(
                "{path} must have `{}` once and `{}` once after it, each on a line of its own, or none of them",
                region.start(),
                Region::END
            )),
        }
    }
    Ok(spliced)
}

/// Compares the plan, and hand-written files as they should be, with the files below `root`.
pub(crate) fn compare<'a>(
    root: &Path,
    plan: &'a Plan,
    spliced: &'a [(Artifact, String)],
) -> anyhow::Result<Comparison<'a>> {
    let mut comparison = Comparison {
        changes: Vec::new(),
        current: Vec::new(),
        foreign: Vec::new(),
        in_the_way: Vec::new(),
    };
    // The list is untrusted: it is only asked about files that were found where outputs belong.
    refuse_links(root, FILE_LIST)?;
    let list = read(&root.join(FILE_LIST))?.unwrap_or_default();
    let list = String::from_utf8_lossy(&list);
    // All outputs have ASCII names; names that are no UTF-8 are not taken for each other.
    let written: BTreeSet<&str> = list.lines().filter(|line| line.is_ascii()).collect();
    for artifact in &plan.artifacts {
        refuse_links(root, &artifact.path)?;
        match read(&root.join(&artifact.path))? {
            None => comparison.changes.push(Change::Missing { artifact }),
            Some(bytes) if bytes == artifact.contents.as_bytes() => {
                comparison.current.push(&artifact.path);
            }
            Some(bytes) => {
                let on_disk = String::from_utf8_lossy(&bytes).into_owned();
                let listed = written.contains(artifact.path.as_str());
                // The list has no notice, and may have lost its own line; its name says enough.
                if listed || artifact.path == FILE_LIST || bears_notice(&on_disk) {
                    let stale = Change::Stale { artifact, on_disk };
                    comparison.changes.push(stale);
                } else {
                    comparison.in_the_way.push(&artifact.path);
                }
            }
        }
    }
    for (artifact, on_disk) in spliced {
        if *on_disk == artifact.contents {
            comparison.current.push(&artifact.path);
        } else {
            let on_disk = on_disk.clone();
            comparison.changes.push(Change::Stale { artifact, on_disk });
        }
    }
    let planned: BTreeSet<&str> = plan
        .artifacts
        .iter()
        .map(|artifact| artifact.path.as_str())
        .collect();
    for folder in plan.owned {
        let mut found = Vec::new();
        walk(&root.join(folder), folder, &mut found)?;
        for path in found {
            if planned.contains(path.as_str()) {
                continue;
            }
            if written.contains(path.as_str()) || is_unfinished(&path) {
                comparison.changes.push(Change::Surplus { path });
            } else {
                comparison.foreign.push(path);
            }
        }
    }
    comparison
        .changes
        .sort_by(|left, right| left.path().cmp(right.path()));
    comparison.foreign.sort_unstable();
    Ok(comparison)
}

/// Mends the differences, which takes that nothing is in the way. Each file is replaced in one step. While a run is under way the list
/// has the files of both the last run and this one, so that the next run completes one that was
/// stopped, whatever the catalog says by then.
pub(crate) fn apply(root: &Path, comparison: &Comparison<'_>) -> anyhow::Result<()> {
    let list = comparison.changes.iter().find_map(|change| match change {
        Change::Missing { artifact } | Change::Stale { artifact, .. } => {
            (artifact.path == FILE_LIST).then_some(*artifact)
        }
        Change::Surplus { .. } => None,
    });
    if let Some(list) = list {
        write(root, &with_surplus(list, comparison))?;
    }
    for change in &comparison.changes {
        match change {
            Change::Missing { artifact } | Change::Stale { artifact, .. } => {
                if artifact.path != FILE_LIST {
                    write(root, artifact)?;
                }
            }
            Change::Surplus { path } => remove(root, path)?,
        }
    }
    list.map_or(Ok(()), |artifact| write(root, artifact))
}

/// The differences as edits that are made together, the list of files last.
pub(crate) fn edits(root: &Path, comparison: &Comparison<'_>) -> Vec<Edit> {
    let mut edits: Vec<Edit> = comparison
        .changes
        .iter()
        .map(|change| match change {
            Change::Missing { artifact } | Change::Stale { artifact, .. } => {
                let path = root.join(&artifact.path);
                let contents = artifact.contents.clone();
                if is_owned(&artifact.path) {
                    Edit::output(path, contents, root.join(WORKSHOP))
                } else {
                    Edit::hand_written(path, contents)
                }
            }
            Change::Surplus { path } => Edit::removal(root.join(path)),
        })
        .collect();
    let list = root.join(FILE_LIST);
    edits.sort_by_key(|edit| edit.path() == list);
    edits
}

fn is_owned(path: &str) -> bool {
    OWNED.iter().any(|folder| path.starts_with(folder))
}

/// The list of files with those that are about to be removed.
fn with_surplus(list: &Artifact, comparison: &Comparison<'_>) -> Artifact {
    let surplus = comparison.changes.iter().filter_map(|change| match change {
        Change::Surplus { path } => Some(path.as_str()),
        Change::Missing { .. } | Change::Stale { .. } => None,
    });
    let mut paths: Vec<&str> = list.contents.lines().chain(surplus).collect();
    paths.sort_unstable();
    Artifact::new(FILE_LIST, paths.join("\n") + "\n")
}

fn parent(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(parent, _)| parent)
}

/// Whether a run was writing the file when it was stopped.
fn is_unfinished(path: &str) -> bool {
    let name = path
        .strip_prefix(WORKSHOP)
        .and_then(|name| name.strip_prefix('/'));
    let random = name.and_then(|name| name.strip_prefix(UNFINISHED));
    random.is_some_and(|random| {
        random.len() == RANDOM_CHARS && random.bytes().all(|b| b.is_ascii_alphanumeric())
    })
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
        Ok(metadata) if metadata.is_file() => Ok(Some(fs::read(path)?)),
        // A link or a pipe is replaced by a file; what a link points to stays.
        Ok(_) => Ok(Some(Vec::new())),
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

/// All files below a folder, links included; none where there is no such folder.
fn walk(place: &Path, folder: &str, found: &mut Vec<String>) -> anyhow::Result<()> {
    let entries = match fs::read_dir(place) {
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
            walk(&entry.path(), &path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

fn write(root: &Path, artifact: &Artifact) -> anyhow::Result<()> {
    let path = root.join(&artifact.path);
    let workshop = root.join(WORKSHOP);
    for folder in [path.parent().unwrap_or(root), &workshop] {
        fs::create_dir_all(folder)?;
    }
    // A hand-written file stays as readable as it was.
    let metadata = if is_owned(&artifact.path) {
        None
    } else {
        fs::metadata(&path).ok()
    };
    let permissions = metadata.map(|metadata| metadata.permissions());
    replace::file(&path, &artifact.contents, &workshop, permissions)
}

/// Removes a file and the folders that are empty without it.
fn remove(root: &Path, path: &str) -> anyhow::Result<()> {
    fs::remove_file(root.join(path))?;
    let mut folder = path;
    while let Some(parent) = parent(folder) {
        // A folder that is not empty stays.
        if !parent.contains('/') || fs::remove_dir(root.join(parent)).is_err() {
            break;
        }
        folder = parent;
    }
    Ok(())
}
