//! The files of a project: all that git does not ignore, without the outputs of the catalog.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use anyhow::Context;
use codegen::artifact::OWNED;
use codegen::{Catalog, plan};
use fs_err as fs;
use ignore::overrides::OverrideBuilder;
use ignore::{DirEntry, WalkBuilder};

/// Folders with the work of others, or with what a build makes, which git ignores in most projects.
const SKIPPED: [&str; 3] = ["node_modules", "target", "vendor"];

/// The files to read, by their real paths, with the paths that a person knows.
pub(crate) type Files = BTreeMap<PathBuf, PathBuf>;

/// What is not read.
struct Outputs {
    files: HashSet<PathBuf>,
    folders: Vec<PathBuf>,
    /// The first lines of the manifest of the generated crate.
    crate_name: String,
}

impl Outputs {
    fn of(catalog: &Catalog, root: &Path) -> Self {
        let artifacts = plan(catalog).artifacts.into_iter();
        Self {
            files: artifacts.map(|artifact| root.join(artifact.path)).collect(),
            folders: OWNED.iter().map(|folder| root.join(folder)).collect(),
            crate_name: format!("\nname = \"{}\"\n", catalog.api.crate_name),
        }
    }

    /// Whether a file or folder is an output: the generated crate is known by its name, wherever it is.
    fn contain(&self, entry: &DirEntry) -> bool {
        let path = entry.path();
        if entry.file_type().is_some_and(|kind| kind.is_dir()) {
            let manifest = fs::read_to_string(path.join("Cargo.toml"));
            let is_crate = manifest.is_ok_and(|text| text.contains(&self.crate_name));
            return is_crate || self.folders.iter().any(|folder| folder == path);
        }
        self.files.contains(path)
    }
}

/// The paths to read: those that the user named, or the root.
pub(crate) fn starts(root: &Path, paths: &[PathBuf]) -> Vec<PathBuf> {
    if paths.is_empty() {
        vec![here(root).to_owned()]
    } else {
        paths.to_vec()
    }
}

/// A path that is not empty.
fn here(path: &Path) -> &Path {
    if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    }
}

/// Finds the files below paths.
pub(crate) fn files(
    catalog: &Catalog,
    root: &Path,
    starts: &[PathBuf],
    exclude: &[String],
) -> anyhow::Result<Files> {
    let outputs = std::sync::Arc::new(Outputs::of(catalog, &fs::canonicalize(here(root))?));
    let mut files = Files::new();
    for shown in starts {
        let start = fs::canonicalize(shown)?;
        let mut excluded = OverrideBuilder::new(&start);
        for glob in exclude {
            let added = excluded.add(&format!("!{glob}"));
            added.with_context(|| format!("--exclude {glob} is not a pattern"))?;
        }
        let outputs = outputs.clone();
        let walk = WalkBuilder::new(&start)
            .require_git(false)
            .overrides(excluded.build()?)
            .filter_entry(move |entry| {
                let is_skipped = entry.depth() > 0
                    && SKIPPED.iter().any(|name| entry.file_name() == *name)
                    && entry.file_type().is_some_and(|kind| kind.is_dir());
                !is_skipped && !outputs.contain(entry)
            })
            .build();
        for entry in walk {
            let entry = entry?;
            if entry.file_type().is_some_and(|kind| kind.is_file()) {
                let below = entry.path().strip_prefix(&start).unwrap_or(entry.path());
                let name = if below.as_os_str().is_empty() {
                    shown.clone()
                } else {
                    shown.join(below)
                };
                let name = name.strip_prefix(".").unwrap_or(&name).to_owned();
                files.entry(entry.into_path()).or_insert(name);
            }
        }
    }
    Ok(files)
}
