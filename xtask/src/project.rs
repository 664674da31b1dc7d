//! The paths of the catalog, its lock and its outputs.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use codegen::artifact::OWNED;
use codegen::audit::Audit;
use codegen::{Catalog, Inputs, Outcome, Source};
use fs_err as fs;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::cli::Paths;
use crate::disk::leftovers;
use crate::loader::{self, Disk};
use crate::program::Program;

/// The catalog of a project, relative to its root.
pub(crate) const CATALOG: &str = "catalog/catalog.yaml";

/// A catalog as it was read.
pub(crate) struct Reading {
    pub(crate) inputs: Inputs,
    /// The folders that were searched for included files.
    pub(crate) folders: BTreeSet<PathBuf>,
}

/// Reads and compiles the catalog.
pub(crate) fn compile(paths: &Paths) -> anyhow::Result<(Inputs, Outcome<Catalog>)> {
    let inputs = reading(paths)?.inputs;
    let outcome = codegen::compile(&inputs);
    Ok((inputs, outcome))
}

/// The same, with the settings of the catalog for the rules about sources.
pub(crate) fn audit(paths: &Paths) -> anyhow::Result<(Inputs, Outcome<Catalog>, Option<Audit>)> {
    let inputs = reading(paths)?.inputs;
    let (outcome, audit) = codegen::audit::compile(&inputs);
    Ok((inputs, outcome, audit))
}

/// Reads the catalog and all files that it includes.
pub(crate) fn reading(paths: &Paths) -> anyhow::Result<Reading> {
    let file = catalog_file(paths)?;
    let lock = lock_source(&file)?;
    let mut reading = reading_of(&file)?;
    let licenses = license_sources(&file)?;
    let inputs = reading.inputs.on(today()).with_lock(lock);
    reading.inputs = inputs.with_licenses(licenses);
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

/// The lock of a catalog, next to it.
pub(crate) fn lock_file(catalog: &Path) -> PathBuf {
    catalog.with_extension("lock")
}

/// The last import of a list, next to its catalog.
#[cfg(feature = "import")]
pub(crate) fn import_file(catalog: &Path) -> PathBuf {
    catalog.with_extension("import")
}

/// Removes what interrupted runs left beside the files of a catalog and its lock.
pub(crate) fn remove_leftovers(paths: &Paths, inputs: &Inputs) -> anyhow::Result<()> {
    let lock = lock_file(&catalog_file(paths)?);
    let sources = inputs
        .sources()
        .iter()
        .map(|source| Path::new(source.name()));
    leftovers::remove(sources.chain([lock.as_path()]))
}

/// The lock of a catalog, if there is a release.
fn lock_source(catalog: &Path) -> anyhow::Result<Option<Source>> {
    let file = lock_file(catalog);
    match fs::symlink_metadata(&file) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
        Ok(_) => {
            let source = loader::source(&file);
            Ok(Some(source.with_context(|| {
                format!("cannot read the lock {}", file.display())
            })?))
        }
    }
}

/// The files with the license, next to the catalog: those whose names begin like `LICENSE`.
fn license_sources(catalog: &Path) -> anyhow::Result<Vec<Source>> {
    const STARTS: [&str; 4] = ["LICENSE", "LICENCE", "COPYING", "NOTICE"];
    let folder = catalog.parent().filter(|folder| *folder != Path::new(""));
    let folder = folder.unwrap_or(Path::new("."));
    let mut licenses = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let name = name.to_str().filter(|name| name.chars().all(plain));
        let name = name.filter(|name| STARTS.iter().any(|start| name.starts_with(start)));
        // A link could lead out of the folder.
        let Some(name) = name.filter(|_| entry.file_type().is_ok_and(|kind| kind.is_file())) else {
            continue;
        };
        let file = entry.path();
        let bytes = fs::read(&file);
        let bytes = bytes.with_context(|| format!("cannot read the license {}", file.display()))?;
        let source = Source::new(name, bytes);
        anyhow::ensure!(source.is_text(), "{} is not UTF-8 text", file.display());
        licenses.push(source);
    }
    licenses.sort_by(|left, right| left.name().cmp(right.name()));
    Ok(licenses)
}

/// The date in UTC, which is the same on all machines.
pub(crate) fn today() -> Date {
    TimeZone::UTC.to_datetime(Timestamp::now()).date()
}

/// Refuses `--out` for a command without outputs; `why` is the reason.
pub(crate) fn refuse_outputs(paths: &Paths, why: &str) -> anyhow::Result<()> {
    if paths.out.is_some() {
        bail!("{why}: remove --out");
    }
    Ok(())
}

/// Refuses `--catalog` and `--out` for a command about no catalog; `why` is the reason.
pub(crate) fn refuse_places(paths: &Paths, why: &str) -> anyhow::Result<()> {
    if paths.catalog.is_some() || paths.out.is_some() {
        bail!("{why}: remove --catalog and --out");
    }
    Ok(())
}

/// A path, quoted for a shell if necessary.
fn shell_word(path: &Path) -> String {
    let path = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+,:@%\\".contains(c);
    if path.chars().all(plain) {
        path
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
}

/// A command for the same catalog and outputs.
pub(crate) fn command(verb: &str, paths: &Paths) -> String {
    let options = [("--catalog", &paths.catalog), ("--out", &paths.out)];
    let stated = options
        .iter()
        .filter_map(|(option, path)| Some(format!(" {option} {}", shell_word(path.as_ref()?))));
    std::iter::once(Program::current().command(verb))
        .chain(stated)
        .collect()
}

/// The folder of the outputs.
pub(crate) fn output_root(paths: &Paths) -> anyhow::Result<PathBuf> {
    match (&paths.out, &paths.catalog) {
        (Some(out), _) => {
            refuse_out(out, &catalog_file(paths)?)?;
            Ok(out.clone())
        }
        (None, None) => find_root(),
        (None, Some(catalog)) => {
            own_root(catalog).context("--catalog is not the catalog of the project: name a folder for its outputs with --out, such as `--out out/NAME`")
        }
    }
}

/// The root of the project, or the current folder for a catalog that is not that of the project.
pub(crate) fn root(paths: &Paths) -> anyhow::Result<PathBuf> {
    let Some(catalog) = &paths.catalog else {
        return find_root();
    };
    Ok(own_root(catalog).unwrap_or_default())
}

/// The root of the project, if the catalog is that of the project.
fn own_root(catalog: &Path) -> Option<PathBuf> {
    let root = find_root().ok()?;
    same_file(&root.join(CATALOG), catalog).then_some(root)
}

/// Refuses a file, and a folder whose outputs belong to another catalog.
fn refuse_out(out: &Path, catalog: &Path) -> anyhow::Result<()> {
    let is_file = match fs::metadata(out) {
        Ok(metadata) => !metadata.is_dir(),
        Err(error) => error.kind() == ErrorKind::NotADirectory,
    };
    if is_file {
        bail!("--out must be a folder: {} is not a folder", out.display());
    }
    if let Some(owner) = owner(out) {
        bail!(
            "{} contains outputs of the project in {}: name another folder with --out, such as `--out out/NAME`",
            out.display(),
            owner.display()
        );
    }
    let own = out.join(CATALOG);
    if fs::symlink_metadata(&own).is_ok() && !same_file(&own, catalog) {
        bail!(
            "{} contains the outputs of another catalog, {}: name another folder with --out, such as `--out out/NAME`",
            out.display(),
            own.display()
        );
    }
    Ok(())
}

/// The project whose generated folders contain `out`. The folder itself may not exist yet.
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

/// The main file of the catalog.
pub(crate) fn catalog_file(paths: &Paths) -> anyhow::Result<PathBuf> {
    match &paths.catalog {
        Some(folder) if folder.is_dir() => {
            let usual = [CATALOG, "catalog.yaml"].map(|name| folder.join(name));
            let [_, beside] = &usual;
            let file = usual.iter().find(|file| file.is_file()).unwrap_or(beside);
            bail!(
                "{} is a folder: name the file in it, such as `--catalog {}`",
                folder.display(),
                shell_word(file)
            )
        }
        Some(file) => Ok(file.clone()),
        None => Ok(find_root()?.join(CATALOG)),
    }
}

/// The nearest folder, from the current one upwards, with a catalog. The path is relative to the current folder, so
/// that it can be opened from a message.
fn find_root() -> anyhow::Result<PathBuf> {
    let current = std::env::current_dir().context("cannot read the current folder")?;
    let mut relative = PathBuf::new();
    for folder in current.ancestors() {
        if folder.join(CATALOG).is_file() {
            return Ok(relative);
        }
        relative.push("..");
    }
    bail!(
        "no {CATALOG} in this folder or above: run this command inside the project, or name a catalog with --catalog"
    )
}

pub(crate) fn same_file(left: &Path, right: &Path) -> bool {
    let left = fs::canonicalize(left);
    let right = fs::canonicalize(right);
    matches!((left, right), (Ok(left), Ok(right)) if left == right)
}

/// Reads a file that an option names.
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
