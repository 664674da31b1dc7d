//! The program that checks servers and sources, built from this repository.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::toolchain;

/// How the program is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// As the tests of the workspace do.
    Dev,
    /// Optimised, for measurements.
    Release,
}

/// Builds the program, and returns its path. The log is in `folder`.
pub(crate) fn build(root: &Path, folder: &Path, profile: Profile) -> anyhow::Result<PathBuf> {
    let (arguments, built, seconds): (&[&str], _, _) = match profile {
        Profile::Dev => (&["--workspace", "--bin"], "debug", 300),
        Profile::Release => (&["--release", "--package"], "release", 1_800),
    };
    let mut command = Command::new(toolchain::cargo());
    command.args(["build", "--locked"]).args(arguments);
    command.arg("error-catalog-audit");
    command.arg("--target-dir").arg(root.join("target"));
    command.current_dir(root);
    toolchain::output(command, Duration::from_secs(seconds), folder, "build")?;
    Ok(root.join("target").join(built).join("error-catalog-audit"))
}
