//! Sets the version of the generated crate in Cargo.lock files, for builds with `--locked`.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::bail;
use fs_err as fs;

use crate::disk::transaction::Edit;

const FILE: &str = "Cargo.lock";
/// Folders without locks of the project.
const SKIPPED: [&str; 3] = ["node_modules", "out", "target"];

/// Edits of the locks below `root` that contain the crate as a path dependency.
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
        // A file that is not UTF-8 is not a lock.
        let Ok(text) = String::from_utf8(bytes) else {
            continue;
        };
        if text.contains(crate_name) && !text.lines().all(is_lock_line) {
            bail!("{} is not a valid Cargo.lock", file.display());
        }
        let new = with_version(&text, crate_name, version);
        if new != text {
            edits.push(Edit::hand_written(file, new));
        }
    }
    Ok(edits)
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let entries = match fs::read_dir(folder) {
        // The folder of the outputs may not exist yet.
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
            // Without `./`, like all other shown paths.
            let path = path.strip_prefix(".").unwrap_or(&path).to_owned();
            files.push(path);
        } else if kind.is_dir() && !name.starts_with('.') && !SKIPPED.contains(&name.as_ref()) {
            find(&entry.path(), files)?;
        }
    }
    files.sort_unstable();
    Ok(())
}

/// Whether cargo writes such a line into a lock.
fn is_lock_line(line: &str) -> bool {
    let is_value = |value: &str| value.starts_with(['"', '[']) || value.parse::<u32>().is_ok();
    line.is_empty()
        || line.starts_with(['#', '[', ']'])
        || line.starts_with(" \"")
        || line
            .split_once(" = ")
            .is_some_and(|(_, value)| is_value(value))
}

/// The lock with another version of a path dependency. Cargo writes locks in one form, so a parser is not needed.
fn with_version(text: &str, crate_name: &str, version: &str) -> String {
    const PACKAGE: &str = "[[package]]";
    let name = format!("name = \"{crate_name}\"");
    let mut old = None;
    let packages = text.split(PACKAGE).map(|package| {
        let is_own = package.lines().any(|line| line == name)
            && !package.lines().any(|line| line.starts_with("source = "));
        let mut lines = package.lines();
        let stated = lines.find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
        match stated.filter(|_| is_own) {
            Some(stated) => {
                old = Some(stated);
                let [old, new] =
                    [stated, version].map(|version| format!("version = \"{version}\""));
                package.replacen(&old, &new, 1)
            }
            None => package.to_owned(),
        }
    });
    let new = packages.collect::<Vec<_>>().join(PACKAGE);
    match old {
        // Dependants name the version if a lock has two packages of this name.
        Some(old) => new.replace(
            &format!("\"{crate_name} {old}\""),
            &format!("\"{crate_name} {version}\""),
        ),
        None => new,
    }
}
