//! Copies of this repository, and the tool that runs in them.

use std::path::Path;
use std::process::Command;

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// A copy of what a clone has and the commands need.
pub(crate) fn clone() -> tempfile::TempDir {
    let clone = tempfile::tempdir().unwrap();
    for folder in ["catalog", "generated", "docs"] {
        copy(&root().join(folder), &clone.path().join(folder));
    }
    clone
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Runs the built binary, as `cargo xtask` does.
pub(crate) fn xtask(folder: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_cargo-error-catalog"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {stderr}");
    assert!(!output.stdout.is_empty(), "{arguments:?} prints nothing");
}
