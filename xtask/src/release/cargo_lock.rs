//! The version of the generated crate in the lock files of cargo, which `--locked` holds it to.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context;
use fs_err as fs;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Value, value};

use super::together::Edit;

const FILE: &str = "Cargo.lock";
/// Folders in which no lock of the project is.
const BUILT: [&str; 3] = ["node_modules", "out", "target"];

/// The lock files below `root` that have the crate by its path, with the version.
pub(super) fn edits(root: &Path, crate_name: &str, version: &str) -> anyhow::Result<Vec<Edit>> {
    let mut files = Vec::new();
    let root = if root.as_os_str().is_empty() {
        Path::new(".")
    } else {
        root
    };
    find(root, &mut files)?;
    let mut edits = Vec::new();
    for file in files {
        let bytes = fs::read(&file)?;
        // What names the crate in another way, or is no text, is no lock that has it.
        let Ok(text) = String::from_utf8(bytes) else {
            continue;
        };
        let read = with_version(&text, crate_name, version);
        let new = read.with_context(|| format!("{} is no lock of cargo", file.display()))?;
        if new != text {
            edits.push(Edit::hand_written(file, new));
        }
    }
    Ok(edits)
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let entries = match fs::read_dir(folder) {
        // Outputs may go to a folder that is not there yet.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let kind = entry.file_type()?;
        if kind.is_file() && name == FILE {
            let path = entry.path();
            // As it is named everywhere else.
            let path = path.strip_prefix(".").unwrap_or(&path).to_owned();
            files.push(path);
        } else if kind.is_dir() && !name.starts_with('.') && !BUILT.contains(&name.as_ref()) {
            find(&entry.path(), files)?;
        }
    }
    files.sort_unstable();
    Ok(())
}

/// The lock with another version of a crate that comes from no registry. The lines end as they did.
fn with_version(text: &str, crate_name: &str, version: &str) -> anyhow::Result<String> {
    if !text.contains(crate_name) {
        return Ok(text.to_owned());
    }
    let mut lock: DocumentMut = text.parse()?;
    let packages = lock
        .get_mut("package")
        .and_then(Item::as_array_of_tables_mut);
    let mut old = None;
    for package in packages.into_iter().flat_map(ArrayOfTables::iter_mut) {
        let name = package.get("name").and_then(|name| name.as_str());
        if name == Some(crate_name) && package.get("source").is_none() {
            let before = package.insert("version", value(version));
            old = before.and_then(|before| Some(before.as_str()?.to_owned()));
        }
    }
    if let Some(old) = old {
        // Where a lock has two packages of one name, those who depend on one say which.
        let named = format!("{crate_name} {old}");
        let packages = lock
            .get_mut("package")
            .and_then(Item::as_array_of_tables_mut);
        for package in packages.into_iter().flat_map(ArrayOfTables::iter_mut) {
            let dependencies = package.get_mut("dependencies").and_then(Item::as_array_mut);
            for dependency in dependencies.into_iter().flat_map(Array::iter_mut) {
                if dependency.as_str() == Some(named.as_str()) {
                    let decor = dependency.decor().clone();
                    *dependency = Value::from(format!("{crate_name} {version}"));
                    *dependency.decor_mut() = decor;
                }
            }
        }
    }
    let new = lock.to_string();
    Ok(if text.contains("\r\n") {
        new.replace("\r\n", "\n").replace('\n', "\r\n")
    } else {
        new
    })
}
