//! Where the catalog is read from and the outputs go.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use codegen::artifact::OWNED;
use codegen::{Catalog, Inputs, Outcome, Source};
use fs_err as fs;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::cli::Paths;
use crate::loader::{self, Disk};

/// The catalog of a project, from its root.
const CATALOG: &str = "catalog/catalog.yaml";

/// What a catalog is read from.
pub(crate) struct Reading {
    pub(crate) inputs: Inputs,
    /// The folders that were looked through for files that it includes.
    pub(crate) folders: BTreeSet<PathBuf>,
}

/// Reads and compiles the catalog.
pub(crate) fn compile(paths: &Paths) -> anyhow::Result<(Inputs, Outcome<Catalog>)> {
    let inputs = reading(paths)?.inputs;
    let outcome = codegen::compile(&inputs);
    Ok((inputs, outcome))
}

/// The paths with an explicit catalog, so that no other catalog takes its place while the file is missing.
pub(crate) fn with_explicit_catalog(paths: &Paths) -> anyhow::Result<Paths> {
    Ok(Paths {
        catalog: Some(catalog_file(paths)?),
        out: paths.out.clone(),
    })
}

/// Reads the catalog and all files that it includes.
pub(crate) fn reading(paths: &Paths) -> anyhow::Result<Reading> {
    let file = catalog_file(paths)?;
    let lock = lock_source(&file)?;
    let mut reading = reading_of(&file)?;
    reading.inputs = reading.inputs.on(today()).with_lock(lock);
    Ok(reading)
}

/// Reads a file, which may be a lock, and all files that it includes.
pub(crate) fn reading_of(file: &Path) -> anyhow::Result<Reading> {
    let mut inputs = Inputs::new(read(file)?);
    let mut disk = Disk::new(file.parent().unwrap_or(Path::new("")))?;
    loader::load(&mut inputs, &mut disk)?;
    let folders = disk.into_folders();
    Ok(Reading { inputs, folders })
}

/// Where the lock of a catalog is: beside it, with its name.
pub(crate) fn lock_file(catalog: &Path) -> PathBuf {
    catalog.with_extension("lock")
}

/// The lock of a catalog; nothing where nothing was released.
fn lock_source(catalog: &Path) -> anyhow::Result<Option<Source>> {
    let file = lock_file(catalog);
    match fs::symlink_metadata(&file) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
        Ok(_) => {
            let source = loader::source(&file);
            Ok(Some(source.with_context(|| {
                format!(
                    "{} says what was released, and cannot be read",
                    file.display()
                )
            })?))
        }
    }
}

/// The day, as all machines of the world have it alike.
pub(crate) fn today() -> Date {
    TimeZone::UTC.to_datetime(Timestamp::now()).date()
}

/// Refuses a place for outputs where a verb has none; `why` says what it does instead.
pub(crate) fn refuse_outputs(paths: &Paths, why: &str) -> anyhow::Result<()> {
    if paths.out.is_some() {
        bail!("{why}: leave out --out");
    }
    Ok(())
}

/// Refuses both places where a verb is about the project; `why` says what it does with that.
pub(crate) fn refuse_places(paths: &Paths, why: &str) -> anyhow::Result<()> {
    if paths.catalog.is_some() || paths.out.is_some() {
        bail!("{why}: leave out --catalog and --out");
    }
    Ok(())
}

/// A path as a shell reads it.
fn shell_word(path: &Path) -> String {
    let path = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+,:@%\\".contains(c);
    if path.chars().all(plain) {
        path
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
}

/// The verb as it is called for the same catalog and outputs.
pub(crate) fn command(verb: &str, paths: &Paths) -> String {
    let options = [("--catalog", &paths.catalog), ("--out", &paths.out)];
    let stated = options
        .iter()
        .filter_map(|(option, path)| Some(format!(" {option} {}", shell_word(path.as_ref()?))));
    std::iter::once(format!("cargo xtask {verb}"))
        .chain(stated)
        .collect()
}

/// The folder that outputs go to.
pub(crate) fn output_root(paths: &Paths) -> anyhow::Result<PathBuf> {
    match (&paths.out, &paths.catalog) {
        (Some(out), _) => {
            refuse_out(out, &catalog_file(paths)?)?;
            Ok(out.clone())
        }
        (None, None) => find_root(),
        (None, Some(catalog)) => {
            let root = find_root().ok();
            let own = root.filter(|root| same_file(&root.join(CATALOG), catalog));
            own.context("--catalog names another catalog than the project's: say with --out where its outputs go, such as `--out out/NAME`")
        }
    }
}

/// Refuses a folder that is none, or whose outputs belong to a catalog of its own.
fn refuse_out(out: &Path, catalog: &Path) -> anyhow::Result<()> {
    let is_file = match fs::metadata(out) {
        Ok(metadata) => !metadata.is_dir(),
        Err(error) => error.kind() == ErrorKind::NotADirectory,
    };
    if is_file {
        bail!("--out must be a folder: {} is none", out.display());
    }
    if let Some(owner) = owner(out) {
        bail!(
            "{} belongs to the outputs of the project in {}: name another folder with --out, such as `--out out/NAME`",
            out.display(),
            owner.display()
        );
    }
    let own = out.join(CATALOG);
    if fs::symlink_metadata(&own).is_ok() && !same_file(&own, catalog) {
        bail!(
            "the outputs in {} are those of another catalog, {}: name another folder with --out, such as `--out out/NAME`",
            out.display(),
            own.display()
        );
    }
    Ok(())
}

/// The project in whose generated folders `out` lies. A folder that is not there yet lies where the
/// nearest one above it does.
fn owner(out: &Path) -> Option<PathBuf> {
    let out = std::path::absolute(out).ok()?;
    let there = out.ancestors().find_map(|folder| {
        let real = fs::canonicalize(folder).ok()?;
        Some(real.join(out.strip_prefix(folder).ok()?))
    })?;
    let owner = there.ancestors().find(|folder| {
        let owned = OWNED
            .iter()
            .any(|owned| there.starts_with(folder.join(owned)));
        owned && folder.join(CATALOG).is_file()
    });
    owner.map(Path::to_owned)
}

/// The file that a catalog begins with.
pub(crate) fn catalog_file(paths: &Paths) -> anyhow::Result<PathBuf> {
    match &paths.catalog {
        Some(file) => Ok(file.clone()),
        None => Ok(find_root()?.join(CATALOG)),
    }
}

/// The nearest folder, from the current one upwards, that has a catalog; as a path relative to the
/// current folder, so that messages show what a reader can open.
fn find_root() -> anyhow::Result<PathBuf> {
    let current = std::env::current_dir().context("the current folder cannot be read")?;
    let mut relative = PathBuf::new();
    for folder in current.ancestors() {
        if folder.join(CATALOG).is_file() {
            return Ok(relative);
        }
        relative.push("..");
    }
    bail!(
        "no {CATALOG} here or in a folder above: run this inside the project, or name a catalog with --catalog"
    )
}

pub(crate) fn same_file(left: &Path, right: &Path) -> bool {
    let left = fs::canonicalize(left);
    let right = fs::canonicalize(right);
    matches!((left, right), (Ok(left), Ok(right)) if left == right)
}

/// Reads the catalog, or another list that is named as it is.
pub(crate) fn read(file: &Path) -> anyhow::Result<Source> {
    match fs::metadata(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => bail!(
            "there is no file {}: name the catalog with --catalog",
            file.display()
        ),
        Ok(metadata) if metadata.is_dir() => {
            bail!("{} is a folder: name the file in it", file.display())
        }
        metadata => metadata?,
    };
    Ok(loader::source(file)?)
}
