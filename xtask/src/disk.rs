//! Compares the outputs with the disk: missing, stale, surplus and foreign files.

pub(crate) mod atomic_write;
mod comparison;
mod found;
mod from_templates;
pub(crate) mod leftovers;
mod regions;
mod seen;
pub(crate) mod transaction;

use std::collections::BTreeSet;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::bail;
use codegen::Catalog;
use codegen::artifact::{Artifact, FILE_LIST, OWNED};
use codegen::emit::bears_notice;
use fs_err as fs;

use atomic_write::{Staged, is_unfinished};
pub(crate) use comparison::{Change, Comparison, Keep};
use comparison::{Contents, New};
use found::found;
use from_templates::FromTemplates;
pub(crate) use seen::Seen;
use transaction::Edit;

/// The staging folder for unfinished files.
const STAGING_DIR: &str = "generated";

/// The outputs of a catalog compared with those in their folder.
pub(crate) struct Outputs {
    root: PathBuf,
    comparison: Comparison,
    /// The outputs that are in no owned folder.
    beside: Vec<PathBuf>,
    /// The folder of the last output, which is no link.
    folder: String,
}

impl Outputs {
    /// Renders the outputs, and compares each with the file on the disk, unless it was seen since it changed. Fails with
    /// the reasons if a region cannot be placed.
    pub(crate) fn render(
        root: PathBuf,
        catalog: &Catalog,
        keep: Keep,
        seen: &mut Seen,
    ) -> anyhow::Result<Result<Self, Vec<String>>> {
        let spliced = match regions::splice(&root, codegen::emit::regions(catalog))? {
            Ok(spliced) => spliced,
            Err(reasons) => return Ok(Err(reasons)),
        };
        // The list is untrusted: it is only used for files at the paths of outputs.
        refuse_links(&root, FILE_LIST)?;
        let list = read(&root.join(FILE_LIST))?.unwrap_or_default();
        let list = String::from_utf8_lossy(&list);
        // All outputs have ASCII names.
        let lines = list.lines().filter(|line| line.is_ascii());
        let from_templates = FromTemplates::read(&list);
        let written: BTreeSet<&str> = lines.chain(from_templates.paths()).collect();
        // Before the first file is staged.
        let found = found(&root)?;
        let mut outputs = Self {
            root,
            comparison: Comparison::default(),
            beside: Vec::new(),
            folder: String::new(),
        };
        for artifact in codegen::files(catalog) {
            outputs.compare(artifact, &written, keep, seen)?;
        }
        for (artifact, on_disk) in spliced {
            if on_disk == artifact.contents {
                outputs.add_current(artifact.path);
            } else {
                outputs.add_changed(artifact, Some(on_disk), keep)?;
            }
        }
        outputs.add_surplus(found, &written, &from_templates)?;
        Ok(Ok(outputs))
    }

    /// Compares an output with the file at its path.
    fn compare(
        &mut self,
        artifact: Artifact,
        written: &BTreeSet<&str>,
        keep: Keep,
        seen: &mut Seen,
    ) -> anyhow::Result<()> {
        let (folder, _) = artifact.path.rsplit_once('/').unwrap_or_default();
        if folder != self.folder {
            refuse_links(&self.root, &artifact.path)?;
            folder.clone_into(&mut self.folder);
        }
        let file = self.root.join(&artifact.path);
        let Some(metadata) = metadata(&file)? else {
            return self.add_changed(artifact, None, keep);
        };
        if seen.has(&artifact, &metadata) {
            self.add_current(artifact.path);
            return Ok(());
        }
        let bytes = contents(&file, &metadata)?;
        if bytes == artifact.contents.as_bytes() {
            self.add_current(artifact.path.clone());
            seen.add(artifact, &metadata);
            return Ok(());
        }
        let on_disk = String::from_utf8_lossy(&bytes).into_owned();
        let listed = written.contains(artifact.path.as_str());
        // The list itself has no notice.
        if listed || artifact.path == FILE_LIST || bears_notice(&on_disk) {
            self.add_changed(artifact, Some(on_disk), keep)?;
        } else {
            self.comparison.in_the_way.push(artifact.path);
        }
        Ok(())
    }

    fn add_current(&mut self, path: String) {
        self.add_beside(&path);
        self.comparison.current.push(path);
    }

    fn add_changed(
        &mut self,
        artifact: Artifact,
        on_disk: Option<String>,
        keep: Keep,
    ) -> anyhow::Result<()> {
        self.add_beside(&artifact.path);
        let Artifact { path, contents } = artifact;
        // The list is written twice.
        let is_staged = keep == Keep::Staged && path != FILE_LIST;
        let contents = if is_staged {
            if self.comparison.changes.is_empty() {
                fs::create_dir_all(self.root.join(STAGING_DIR))?;
            }
            Contents::Staged(stage(&self.root, &path, &contents)?)
        } else {
            Contents::Text(contents)
        };
        let new = New { path, contents };
        self.comparison.changes.push(match on_disk {
            None => Change::Missing(new),
            Some(_) if is_staged => Change::Stale {
                new,
                on_disk: String::new(),
            },
            Some(on_disk) => Change::Stale { new, on_disk },
        });
        Ok(())
    }

    fn add_beside(&mut self, path: &str) {
        if !is_owned(path) {
            self.beside.push(self.root.join(path));
        }
    }

    /// Finds the files that are not outputs now.
    fn add_surplus(
        &mut self,
        found: Vec<String>,
        written: &BTreeSet<&str>,
        from_templates: &FromTemplates<'_>,
    ) -> anyhow::Result<()> {
        let Comparison {
            changes,
            current,
            in_the_way,
            ..
        } = &self.comparison;
        let others = current.iter().chain(in_the_way).map(String::as_str);
        let planned: BTreeSet<&str> = changes.iter().map(Change::path).chain(others).collect();
        let unplanned = found.into_iter();
        let unplanned = unplanned.filter(|path| !planned.contains(path.as_str()));
        let (mut surplus, foreign): (Vec<String>, Vec<String>) = unplanned.partition(|path| {
            let name = path.strip_prefix(STAGING_DIR);
            let name = name.and_then(|name| name.strip_prefix('/'));
            written.contains(path.as_str()) || name.is_some_and(is_unfinished)
        });
        let (unchanged, edited) = from_templates.unplanned(&self.root, &planned)?;
        surplus.extend(unchanged);
        let comparison = &mut self.comparison;
        let surplus = surplus.into_iter().map(|path| Change::Surplus { path });
        comparison.changes.extend(surplus);
        comparison.foreign = foreign;
        comparison.edited = edited;
        comparison.own_lines = from_templates.lines();
        comparison
            .changes
            .sort_by(|left, right| left.path().cmp(right.path()));
        comparison.foreign.sort_unstable();
        comparison.in_the_way.sort_unstable();
        Ok(())
    }

    /// How the outputs differ from the files.
    pub(crate) const fn comparison(&self) -> &Comparison {
        &self.comparison
    }

    /// Replaces each file in one step. Needs a comparison without obstacles. Meanwhile the list contains the files of
    /// the last run and of this one, so that the next run can complete an interrupted one, even with another catalog.
    pub(crate) fn write(&mut self) -> anyhow::Result<()> {
        leftovers::remove(self.beside.iter().map(PathBuf::as_path))?;
        fs::create_dir_all(self.root.join(STAGING_DIR))?;
        let changes = &self.comparison.changes;
        let list = changes.iter().find(|change| change.path() == FILE_LIST);
        let list = match list {
            Some(Change::Missing(new) | Change::Stale { new, .. }) => Some(new.text().to_owned()),
            Some(Change::Surplus { .. }) | None => None,
        };
        if let Some(list) = &list {
            let list = with_surplus(list, &self.comparison);
            stage(&self.root, FILE_LIST, &list)?.commit()?;
        }
        for change in &mut self.comparison.changes {
            match change {
                Change::Missing(new) | Change::Stale { new, .. } => match &mut new.contents {
                    Contents::Staged(staged) => staged.commit()?,
                    Contents::Text(_) if new.path == FILE_LIST => {}
                    Contents::Text(text) => stage(&self.root, &new.path, text)?.commit()?,
                },
                Change::Surplus { path } => remove(&self.root, path)?,
            }
        }
        match list {
            Some(list) => stage(&self.root, FILE_LIST, &list)?.commit(),
            None => Ok(()),
        }
    }

    /// The changes as edits of one transaction, the list of files last. Needs contents in memory.
    pub(crate) fn edits(&self) -> Vec<Edit> {
        let changes = self.comparison.changes.iter();
        let mut edits: Vec<Edit> = changes
            .map(|change| match change {
                Change::Missing(new) | Change::Stale { new, .. } => {
                    let path = self.root.join(&new.path);
                    let contents = new.text().to_owned();
                    if is_owned(&new.path) {
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

    /// Removes what is staged, for a run that writes nothing.
    pub(crate) fn discard(self) {
        let staging_dir = self.root.join(STAGING_DIR);
        drop(self.comparison);
        // A folder with files stays.
        let _ = fs::remove_dir(staging_dir);
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
fn with_surplus(list: &str, comparison: &Comparison) -> String {
    let surplus = comparison.changes.iter().filter_map(|change| match change {
        Change::Surplus { path } => Some(path.as_str()),
        Change::Missing(_) | Change::Stale { .. } => None,
    });
    let own = comparison.own_lines.iter().map(String::as_str);
    let mut paths: Vec<&str> = list.lines().chain(surplus).chain(own).collect();
    paths.sort_unstable();
    paths.dedup();
    paths.join("\n") + "\n"
}

fn read(path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
    let metadata = metadata(path)?;
    let contents = metadata.map(|metadata| contents(path, &metadata));
    contents.transpose()
}

/// The metadata of a file that exists.
fn metadata(path: &Path) -> anyhow::Result<Option<Metadata>> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        metadata => Ok(Some(metadata?)),
    }
}

fn contents(path: &Path, metadata: &Metadata) -> anyhow::Result<Vec<u8>> {
    if metadata.is_dir() {
        bail!(
            "{} is a folder, but an output is a file of this name: move or delete it",
            path.display()
        );
    }
    if metadata.is_file() {
        return Ok(fs::read(path)?);
    }
    // A link or a pipe is replaced by a file; the target of a link stays.
    Ok(Vec::new())
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

/// Writes new contents to an unfinished file in the staging folder, which exists.
fn stage(root: &Path, path: &str, contents: &str) -> anyhow::Result<Staged> {
    let staging_dir = root.join(STAGING_DIR);
    // A hand-written file keeps its permissions.
    let metadata = if is_owned(path) {
        None
    } else {
        fs::metadata(root.join(path)).ok()
    };
    let permissions = metadata.map(|metadata| metadata.permissions());
    atomic_write::stage(&root.join(path), contents, Some(&staging_dir), permissions)
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
