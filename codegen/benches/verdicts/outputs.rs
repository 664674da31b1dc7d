//! What is generated before and after a change, on the disk, where other tools find it.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::artifact::{Artifact, Group};
use codegen::report::{Style, human};
use codegen::{compile, plan};

use crate::comparing::{edited, inputs};

/// The folder of everything that is written here.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("verdicts")
}

/// Writes the crates of two catalogs, and returns their folders.
pub(crate) fn crates(catalogs: &[String; 2]) -> Result<[PathBuf; 2], String> {
    write_each(catalogs, |artifact| {
        Group::of(&artifact.path) == Group::Crate
    })
}

/// Writes the OpenAPI documents of two catalogs, and returns their paths.
pub(crate) fn documents(catalogs: &[String; 2]) -> Result<[PathBuf; 2], String> {
    let document = "generated/openapi.yaml";
    let folders = write_each(catalogs, |artifact| artifact.path == document)?;
    Ok(folders.map(|folder| folder.join("openapi.yaml")))
}

/// The same catalogs, with documents that list the codes that there are, and no others; unless that is what changes.
pub(crate) fn closed(catalogs: &[String; 2]) -> [String; 2] {
    let catalogs = catalogs.clone();
    if catalogs.iter().any(|catalog| catalog.contains("openapi:")) {
        return catalogs;
    }
    catalogs.map(|catalog| edited(&catalog, "types:\n", "openapi: { closed: true }\ntypes:\n"))
}

fn write_each(
    catalogs: &[String; 2],
    is_wanted: impl Fn(&Artifact) -> bool,
) -> Result<[PathBuf; 2], String> {
    let folders = ["before", "after"].map(|name| folder().join(name));
    for (folder, catalog) in folders.iter().zip(catalogs) {
        // What an earlier change has left there belongs to no output of this one.
        if folder.exists() {
            fs::remove_dir_all(folder).map_err(|error| fault(folder, &error))?;
        }
        let inputs = inputs(catalog);
        let outcome = compile(&inputs);
        let catalog = outcome.value.ok_or_else(|| {
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

/// Writes a file, and the folders that it stands in.
pub(crate) fn write_file(path: &Path, contents: &str) -> Result<(), String> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, contents))
        .map_err(|error| fault(path, &error))
}

fn fault(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
