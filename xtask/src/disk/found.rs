//! The files that are in the folders of the generator.

use std::io;
use std::path::Path;

use codegen::artifact::OWNED;
use fs_err as fs;

/// Files of cargo in the folder of a crate.
const CARGO_FILES: [&str; 2] = ["generated/Cargo.lock", "generated/target"];

/// All files in owned folders.
pub(super) fn found(root: &Path) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    for folder in OWNED {
        walk(&root.join(folder), folder, &mut found)?;
    }
    Ok(found)
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
