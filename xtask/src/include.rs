//! Finds the files that a catalog includes, and no file outside of its folder.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context;
use codegen::{Answer, Found, MAX_FILES};
use fs_err as fs;
use glob::{MatchOptions, Pattern};

use crate::project;

/// How `*` and `?` read a path: as a shell does.
const OPTIONS: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: true,
};

/// Reads the files that a path or pattern names, from the folder of the catalog.
pub(crate) fn find(folder: &Path, pattern: &str) -> anyhow::Result<Answer> {
    let here = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let root = fs::canonicalize(here)?;
    let files = if pattern.contains(['*', '?', '[']) {
        match matches(&root, pattern) {
            Some(files) => files,
            None => return Ok(Answer::NotFound),
        }
    } else {
        vec![root.join(pattern)]
    };
    let mut found = Vec::with_capacity(files.len());
    for file in files {
        let file = match fs::canonicalize(&file) {
            Ok(file) => file,
            Err(error) if is_absent(error.kind()) => return Ok(Answer::NotFound),
            Err(error) => return Err(error.into()),
        };
        // Links are followed first: where a file is counts, not by what name it is reached.
        let Ok(path) = file.strip_prefix(&root) else {
            return Ok(Answer::Outside);
        };
        if !fs::metadata(&file)?.is_file() {
            return Ok(Answer::NoFile);
        }
        let name = path.to_str().with_context(|| {
            format!(
                "the name of {} is no UTF-8: rename the file",
                file.display()
            )
        })?;
        found.push(Found {
            path: name.replace(std::path::MAIN_SEPARATOR, "/"),
            source: project::read(&folder.join(path))?,
        });
    }
    Ok(Answer::Files(found))
}

/// The files that a pattern fits, by name; nothing where it is no pattern. Folders that fit are left out.
fn matches(root: &Path, pattern: &str) -> Option<Vec<PathBuf>> {
    let escaped = Pattern::escape(root.to_str()?);
    let paths = glob::glob_with(&format!("{escaped}/{pattern}"), OPTIONS).ok()?;
    // A folder that cannot be read has no files for this catalog.
    let files = paths.filter_map(Result::ok).filter(|path| path.is_file());
    let mut files: Vec<PathBuf> = files.take(MAX_FILES + 1).collect();
    files.sort();
    Some(files)
}

fn is_absent(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory)
}
