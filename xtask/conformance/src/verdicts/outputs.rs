//! Writes the outputs before and after a change, for other tools.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use codegen::artifact::{Artifact, Group};
use codegen::report::{Style, human};
use codegen::{compile, plan};
use fs_err as fs;

use super::changes::{edited, inputs};

/// Writes the crates of two catalogs, and returns their folders.
pub(super) fn crates(catalogs: &[String; 2], place: &Path) -> anyhow::Result<[PathBuf; 2]> {
    write_each(catalogs, place, |artifact| {
        Group::of(&artifact.path) == Group::Crate
    })
}

/// Writes the OpenAPI documents of two catalogs, and returns their paths.
pub(super) fn documents(catalogs: &[String; 2], place: &Path) -> anyhow::Result<[PathBuf; 2]> {
    let document = "generated/openapi.yaml";
    let folders = write_each(catalogs, place, |artifact| artifact.path == document)?;
    Ok(folders.map(|folder| folder.join("openapi.yaml")))
}

/// The same catalogs with closed documents, unless the change itself is about `openapi`.
pub(super) fn closed(catalogs: &[String; 2]) -> [String; 2] {
    let catalogs = catalogs.clone();
    if catalogs.iter().any(|catalog| catalog.contains("openapi:")) {
        return catalogs;
    }
    catalogs.map(|catalog| edited(&catalog, "types:\n", "openapi: { closed: true }\ntypes:\n"))
}

fn write_each(
    catalogs: &[String; 2],
    place: &Path,
    is_wanted: impl Fn(&Artifact) -> bool,
) -> anyhow::Result<[PathBuf; 2]> {
    let folders = ["before", "after"].map(|name| place.join(name));
    for (folder, catalog) in folders.iter().zip(catalogs) {
        // Outputs of an earlier change.
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        let inputs = inputs(catalog);
        let outcome = compile(&inputs);
        let catalog = outcome.value.with_context(|| {
            let found = human(&inputs, &outcome.diagnostics, Style::Plain);
            format!("a catalog has errors:\n{found}\n{catalog}")
        })?;
        for artifact in plan(&catalog).artifacts.iter().filter(|one| is_wanted(one)) {
            let below = artifact.path.trim_start_matches("generated/");
            write_file(&folder.join(below), &artifact.contents)?;
        }
    }
    Ok(folders)
}

/// Writes a file and its parent folders.
pub(super) fn write_file(path: &Path, contents: &str) -> anyhow::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    fs::write(path, contents)?;
    Ok(())
}
