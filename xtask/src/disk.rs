//! Compares the outputs with the disk: missing, stale, surplus and foreign files.

pub(crate) mod atomic_write;
mod from_templates;
pub(crate) mod leftovers;
mod regions;
pub(crate) mod transaction;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::bail;
use codegen::Catalog;
use codegen::artifact::{Artifact, FILE_LIST, OWNED, Plan};
use codegen::emit::bears_notice;
use fs_err as fs;

use atomic_write::is_unfinished;
use from_templates::FromTemplates;
use regions::Spliced;
use transaction::Edit;

/// The staging folder for unfinished files.
const STAGING_DIR: &str = "generated";
/// Files of cargo in the folder of a crate.
const CARGO_FILES: [&str; 2] = ["generated/Cargo.lock", "generated/target"];

/// A difference between the plan and the disk.
#[derive(Debug)]
pub(crate) enum Change<'a> {
    /// The file does not exist.
    Missing { artifact: &'a Artifact },
    /// The file has other contents.
    Stale {
        artifact: &'a Artifact,
        on_disk: String,
    },
    /// An earlier run wrote the file, or was interrupted while writing it, but it is not an output now.
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
#[derive(Debug, Default)]
pub(crate) struct Comparison<'a> {
    /// The changes of a run, sorted by path.
    pub(crate) changes: Vec<Change<'a>>,
    /// The paths of current files.
    pub(crate) current: Vec<&'a str>,
    /// Files in owned folders that were not written by this tool.
    pub(crate) foreign: Vec<String>,
    /// The paths of outputs that are taken by files that were not written by this tool.
    pub(crate) in_the_way: Vec<&'a str>,
    /// Files that an earlier run made from a template, that are not outputs now, and that were edited since.
    pub(crate) edited: Vec<String>,
    /// The lines of the list of files about those that an earlier run made from templates.
    own_lines: Vec<String>,
}

impl Comparison<'_> {
    /// The errors that prevent writing.
    pub(crate) fn obstacles(&self) -> Vec<String> {
        let paths = self.in_the_way.iter();
        let errors = paths.map(|path| {
            format!(
                "{path} is an output, but the file was not written by this tool: move or delete it"
            )
        });
        errors.collect()
    }

    /// The warnings about foreign files.
    pub(crate) fn warnings(&self) -> impl Iterator<Item = String> {
        let foreign = self.foreign.iter().map(|path| {
            format!("{path} was not written by this tool and is ignored: move it out of the generated folder")
        });
        let edited = self.edited.iter().map(|path| {
            format!("{path} is no longer an output, and stays because it was edited: delete it if you do not need it")
        });
        foreign.chain(edited)
    }

    /// The numbers of written and of removed files that satisfy `is_counted`.
    pub(crate) fn counts(&self, is_counted: impl Fn(&str) -> bool) -> (usize, usize) {
        let changes = self
            .changes
            .iter()
            .filter(|change| is_counted(change.path()));
        let (removed, written): (Vec<_>, Vec<_>) =
            changes.partition(|change| matches!(change, Change::Surplus { .. }));
        (written.len(), removed.len())
    }
}

/// The rendered outputs of a catalog, and their folder.
pub(crate) struct Outputs {
    root: PathBuf,
    plan: Plan,
    spliced: Vec<Spliced>,
}

impl Outputs {
    /// Renders the outputs. Fails with the reasons if a region cannot be placed.
    pub(crate) fn render(
        root: PathBuf,
        catalog: &Catalog,
    ) -> anyhow::Result<Result<Self, Vec<String>>> {
        let plan = codegen::plan(catalog);
        let spliced = regions::splice(&root, &plan)?;
        Ok(spliced.map(|spliced| Self {
            root,
            plan,
            spliced,
        }))
    }

    /// Compares the outputs with the files on the disk.
    pub(crate) fn compare(&self) -> anyhow::Result<Comparison<'_>> {
        let mut comparison = Comparison::default();
        // The list is untrusted: it is only used for files at the paths of outputs.
        refuse_links(&self.root, FILE_LIST)?;
        let list = read(&self.root.join(FILE_LIST))?.unwrap_or_default();
        let list = String::from_utf8_lossy(&list);
        // All outputs have ASCII names.
        let lines = list.lines().filter(|line| line.is_ascii());
        let from_templates = FromTemplates::read(&list);
        let written: BTreeSet<&str> = lines.chain(from_templates.paths()).collect();
        for artifact in &self.plan.artifacts {
            refuse_links(&self.root, &artifact.path)?;
            match read(&self.root.join(&artifact.path))? {
                None => comparison.changes.push(Change::Missing { artifact }),
                Some(bytes) if bytes == artifact.contents.as_bytes() => {
                    comparison.current.push(&artifact.path);
                }
                Some(bytes) => {
                    let on_disk = String::from_utf8_lossy(&bytes).into_owned();
                    let listed = written.contains(artifact.path.as_str());
                    // The list itself has no notice.
                    if listed || artifact.path == FILE_LIST || bears_notice(&on_disk) {
                        let stale = Change::Stale { artifact, on_disk };
                        comparison.changes.push(stale);
                    } else {
                        comparison.in_the_way.push(&artifact.path);
                    }
                }
            }
        }
        for (artifact, on_disk) in &self.spliced {
            if *on_disk == artifact.contents {
                comparison.current.push(&artifact.path);
            } else {
                let on_disk = on_disk.clone();
                comparison.changes.push(Change::Stale { artifact, on_disk });
            }
        }
        let planned: BTreeSet<&str> = self
            .plan
            .artifacts
            .iter()
            .map(|artifact| artifact.path.as_str())
            .collect();
        for folder in self.plan.owned {
            let mut found = Vec::new();
            walk(&self.root.join(folder), folder, &mut found)?;
            for path in found {
                if planned.contains(path.as_str()) {
                    continue;
                }
                let name = path
                    .strip_prefix(STAGING_DIR)
                    .and_then(|name| name.strip_prefix('/'));
                if written.contains(path.as_str()) || name.is_some_and(is_unfinished) {
                    comparison.changes.push(Change::Surplus { path });
                } else {
                    comparison.foreign.push(path);
                }
            }
        }
        from_templates.compare(&self.root, &planned, &mut comparison)?;
        comparison
            .changes
            .sort_by(|left, right| left.path().cmp(right.path()));
        comparison.foreign.sort_unstable();
        Ok(comparison)
    }

    /// Replaces each file in one step. Needs a comparison without obstacles. Meanwhile the list contains the files of
    /// the last run and of this one, so that the next run can complete an interrupted one, even with another catalog.
    pub(crate) fn write(&self, comparison: &Comparison<'_>) -> anyhow::Result<()> {
        self.remove_leftovers()?;
        let list = comparison.changes.iter().find_map(|change| match change {
            Change::Missing { artifact } | Change::Stale { artifact, .. } => {
                (artifact.path == FILE_LIST).then_some(*artifact)
            }
            Change::Surplus { .. } => None,
        });
        if let Some(list) = list {
            write(&self.root, &with_surplus(list, comparison))?;
        }
        for change in &comparison.changes {
            match change {
                Change::Missing { artifact } | Change::Stale { artifact, .. } => {
                    if artifact.path != FILE_LIST {
                        write(&self.root, artifact)?;
                    }
                }
                Change::Surplus { path } => remove(&self.root, path)?,
            }
        }
        list.map_or(Ok(()), |artifact| write(&self.root, artifact))
    }

    /// Removes what interrupted runs left beside outputs that are in no owned folder, such as the schemas beside the
    /// catalog.
    fn remove_leftovers(&self) -> anyhow::Result<()> {
        let spliced = self.spliced.iter().map(|(artifact, _)| artifact);
        let artifacts = self.plan.artifacts.iter().chain(spliced);
        let beside = artifacts.filter(|artifact| !is_owned(&artifact.path));
        let beside = beside.map(|artifact| self.root.join(&artifact.path));
        let beside: Vec<PathBuf> = beside.collect();
        leftovers::remove(beside.iter().map(PathBuf::as_path))
    }

    /// The changes as edits of one transaction, the list of files last.
    pub(crate) fn edits(&self, comparison: &Comparison<'_>) -> Vec<Edit> {
        let mut edits: Vec<Edit> = comparison
            .changes
            .iter()
            .map(|change| match change {
                Change::Missing { artifact } | Change::Stale { artifact, .. } => {
                    let path = self.root.join(&artifact.path);
                    let contents = artifact.contents.clone();
                    if is_owned(&artifact.path) {
                        Edit::output(path, contents, self.root.join(STAGING_DIR))
                    } else {
                        Edit::hand_written(path, contents)
                    }
                }
                Change::Surplus { path } => Edit::removal(self.root.join(path)),
            })
            .collect();
        let list = self.root.join(FILE_LIST);
        edits.sort_by_key(|edit| edit.path() == list);
        edits
    }

    /// The folder of the outputs.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }
}

fn is_owned(path: &str) -> bool {
    OWNED.iter().any(|folder| path.starts_with(folder))
}

/// The list of files with the surplus ones, and with the hashes that files from templates had.
fn with_surplus(list: &Artifact, comparison: &Comparison<'_>) -> Artifact {
    let surplus = comparison.changes.iter().filter_map(|change| match change {
        Change::Surplus { path } => Some(path.as_str()),
        Change::Missing { .. } | Change::Stale { .. } => None,
    });
    let own = comparison.own_lines.iter().map(String::as_str);
    let mut paths: Vec<&str> = list.contents.lines().chain(surplus).chain(own).collect();
    paths.sort_unstable();
    paths.dedup();
    Artifact::new(FILE_LIST, paths.join("\n") + "\n")
}

fn read(path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
        Ok(metadata) if metadata.is_dir() => {
            bail!(
                "{} is a folder, but an output is a file of this name: move or delete it",
                path.display()
            )
        }
        Ok(metadata) if metadata.is_file() => Ok(Some(fs::read(path)?)),
        // A link or a pipe is replaced by a file; the target of a link stays.
        Ok(_) => Ok(Some(Vec::new())),
    }
}

/// Refuses paths through links.
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
                "{} is not a folder: outputs are not written through links or files",
                folder.display()
            ),
        }
    }
    Ok(())
}

/// All files below a folder, including links.
fn walk(place: &Path, folder: &str, found: &mut Vec<String>) -> anyhow::Result<()> {
    let entries = match fs::read_dir(place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if CARGO_FILES.contains(&path.as_str()) {
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
    let staging_dir = root.join(STAGING_DIR);
    for folder in [path.parent().unwrap_or(root), &staging_dir] {
        fs::create_dir_all(folder)?;
    }
    // A hand-written file keeps its permissions.
    let metadata = if is_owned(&artifact.path) {
        None
    } else {
        fs::metadata(&path).ok()
    };
    let permissions = metadata.map(|metadata| metadata.permissions());
    let staging_dir = Some(staging_dir.as_path());
    atomic_write::file(&path, &artifact.contents, staging_dir, permissions)
}

/// Removes a file and its empty parent folders.
fn remove(root: &Path, path: &str) -> anyhow::Result<()> {
    fs::remove_file(root.join(path))?;
    let mut folder = path;
    while let Some((parent, _)) = folder.rsplit_once('/') {
        if !parent.contains('/') || fs::remove_dir(root.join(parent)).is_err() {
            break;
        }
        folder = parent;
    }
    Ok(())
}
