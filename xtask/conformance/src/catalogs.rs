//! Reads the sample catalog and the catalogs of the tests.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use codegen::{Catalog, Inputs, Source};
use fs_err as fs;

/// The sample catalog, relative to the root of the project.
const SAMPLE: &str = "catalog/catalog.yaml";

/// The folder with the catalogs of the tests.
pub(crate) const FIXTURES: &str = "codegen/tests/fixtures/good";

/// The nearest folder, from the current one upwards, that contains a catalog.
pub(crate) fn find_root() -> anyhow::Result<PathBuf> {
    let current = std::env::current_dir().context("the current folder cannot be read")?;
    let mut folders = current.ancestors();
    let root = folders.find(|folder| folder.join(SAMPLE).is_file());
    let root = root.with_context(|| {
        format!("no {SAMPLE} in this folder or above: run this command inside the project")
    })?;
    Ok(fs::canonicalize(root)?)
}

/// The sample catalog and its lock. The example server is built for this one file.
pub(crate) fn sample(root: &Path) -> anyhow::Result<Inputs> {
    let lock = match read(root, "catalog/catalog.lock") {
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        lock => Some(lock?),
    };
    let mut inputs = Inputs::new(read(root, SAMPLE)?).with_lock(lock);
    if inputs.wanted().is_some() {
        bail!("{SAMPLE} includes other files: the conformance tests need it in one file");
    }
    Ok(inputs)
}

/// Compiles the `catalog.yaml` of a folder, which includes no other files.
pub(crate) fn compile(folder: &Path) -> anyhow::Result<Catalog> {
    let source = read(folder, "catalog.yaml")?;
    let catalog = codegen::compile(&Inputs::new(source)).value;
    catalog.ok_or_else(|| anyhow!("the catalog in {} has errors", folder.display()))
}

fn read(folder: &Path, name: &str) -> std::io::Result<Source> {
    Ok(Source::new(name, fs::read(folder.join(name))?))
}
