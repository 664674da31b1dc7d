//! Repositories that begin to use the tool: published servers and an empty folder.

mod project;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use fs_err as fs;
use serde_json::Value;

use crate::check::Check;
use crate::terminal::plural;
use crate::toolchain;
use project::{PROJECTS, Project};

/// The longest time of one command: the first of them builds the tool.
const TIMEOUT: Duration = Duration::from_secs(900);
/// The variable that lets the expected differences be written, as in the tests of the library.
const UPDATE: &str = "UPDATE_EXPECT";

/// Brings the tool into each project, adds a handler that returns an error of the catalog, and compares what the
/// repository then has with what is expected.
pub(crate) fn check(root: &Path, folder: &Path) -> anyhow::Result<Vec<Check>> {
    let drivers = root.join("xtask/conformance/drivers/adoption");
    let adoption = Adoption {
        root,
        registry: registry(&drivers, folder)?,
        lock: fs::read_to_string(drivers.join("Cargo.lock"))?,
        logs: folder,
        place: folder.join("adoption"),
    };
    let checks = PROJECTS.iter().map(|project| {
        let found = adoption.adopt(project)?;
        let expected = drivers.join(format!("{}.txt", project.name));
        if std::env::var_os(UPDATE).is_some() {
            fs::write(&expected, &found)?;
        }
        let is_expected = fs::read_to_string(&expected).is_ok_and(|expected| expected == found);
        let fault = (!is_expected).then(|| {
            let expected = expected.strip_prefix(root).unwrap_or(&expected).display();
            format!("{expected} should be as follows, or `init` is wrong:\n{found}")
        });
        Ok(Check::new("adoption", project.name, fault))
    });
    checks.collect()
}

/// The folder in which cargo unpacks packages, with the pinned servers in it.
fn registry(drivers: &Path, folder: &Path) -> anyhow::Result<PathBuf> {
    let mut command = Command::new(toolchain::cargo());
    command
        .args(["metadata", "--locked", "--format-version", "1"])
        .arg("--manifest-path")
        .arg(drivers.join("Cargo.toml"));
    let metadata = toolchain::output(command, TIMEOUT, folder, "adoption-metadata")?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let of_registry = |package: &&Value| package["source"].as_str().is_some();
    let manifest = packages.filter(of_registry).find_map(|package| {
        let path = Path::new(package["manifest_path"].as_str()?);
        Some(path.parent()?.parent()?.to_owned())
    });
    manifest.context("cargo metadata shows no package of a registry")
}

struct Adoption<'a> {
    root: &'a Path,
    registry: PathBuf,
    lock: String,
    logs: &'a Path,
    place: PathBuf,
}

impl Adoption<'_> {
    /// What the repository has after `init` that it had not before.
    fn adopt(&self, project: &Project) -> anyhow::Result<String> {
        let repository = self.place.join(project.name);
        if repository.exists() {
            fs::remove_dir_all(&repository)?;
        }
        fs::create_dir_all(&repository)?;
        project.unpack(&self.registry, &repository)?;
        fs::write(repository.join("Cargo.lock"), &self.lock)?;
        let git = |arguments: &[&str]| self.git(&repository, arguments);
        git(&["init", "--quiet"])?;
        git(&["add", "--all"])?;
        git(&["commit", "--quiet", "--message", "Before"])?;

        let mut init = Command::new(toolchain::cargo());
        init.args(["xtask", "init"])
            .arg(&repository)
            .args(["--title", "Pet Store", "--ci", "github", "--path"])
            .arg(self.root.join("xtask"))
            .current_dir(self.root);
        self.output(init, "init")?;
        git(&["add", "--all"])?;
        let difference = difference(&git(&["diff", "--cached", "--unified=0", "--no-color"])?);

        self.cargo(&repository, &["xtask", "gen"])?;
        project.add_handler(&repository)?;
        self.cargo(&repository, &["check"])?;
        self.cargo(&repository, &["xtask", "gen", "--check"])?;
        self.cargo(&repository, &["xtask", "fmt", "--check"])?;
        self.has_no_parsers_of_lists(&repository)?;
        let after = git(&["status", "--porcelain", "--untracked-files=all"])?;
        // Two letters for the state: the second is that of the working tree.
        let edited = after.lines().filter(|line| !line[1..].starts_with(' '));
        let edited: Vec<&str> = edited.map(|line| &line[3..]).collect();
        let handler = edited.join("\n");
        Ok(format!("{difference}\nWith the handler:\n{handler}\n"))
    }

    /// An xtask has the verb `import` only to say where it is.
    fn has_no_parsers_of_lists(&self, repository: &Path) -> anyhow::Result<()> {
        let Err(error) = self.cargo(repository, &["xtask", "import", "errors.csv"]) else {
            bail!("an xtask that `init` wrote imports lists");
        };
        let report = error.to_string();
        let help = "then `cargo error-catalog import`";
        ensure!(
            report.contains(help),
            "`import` in an xtask: expected {help}, found {report}"
        );
        Ok(())
    }

    /// Runs cargo in the repository, with what is pinned.
    fn cargo(&self, repository: &Path, arguments: &[&str]) -> anyhow::Result<String> {
        let mut command = Command::new(toolchain::cargo());
        command
            .args(arguments)
            .current_dir(repository)
            .env("CARGO_NET_OFFLINE", "true")
            .env("CARGO_TARGET_DIR", self.place.join("target"))
            .env_remove("RUSTFLAGS");
        self.output(command, "cargo")
    }

    fn git(&self, repository: &Path, arguments: &[&str]) -> anyhow::Result<String> {
        let mut command = Command::new("git");
        command
            .args(["-c", "user.name=Test", "-c", "user.email=test@localhost"])
            .args(arguments)
            .current_dir(repository)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null");
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
            command.env_remove(name);
        }
        self.output(command, "git")
    }

    fn output(&self, command: Command, name: &str) -> anyhow::Result<String> {
        toolchain::output(command, TIMEOUT, self.logs, &format!("adoption-{name}"))
    }
}

/// The lines of a difference that a reviewer reads: those of edited files, the sizes of new ones, and the folders of
/// outputs.
fn difference(diff: &str) -> String {
    const OUTPUTS: [&str; 3] = ["generated/", "docs/errors/", "catalog/"];
    let mut out = Vec::new();
    for file in diff.split("diff --git a/").skip(1) {
        let path = file.split(" b/").next().unwrap_or_default();
        let folder = OUTPUTS.iter().find(|folder| path.starts_with(**folder));
        if let Some(folder) = folder.filter(|_| path != "catalog/catalog.yaml") {
            let line = format!("outputs in {folder}");
            if !out.contains(&line) {
                out.push(line);
            }
            continue;
        }
        let lines = file.lines().skip_while(|line| !line.starts_with("@@"));
        let changed = lines.filter(|line| !line.starts_with("@@") && !line.starts_with('\\'));
        let changed: Vec<&str> = changed.collect();
        if file.contains("\nnew file mode ") {
            let lines = plural(changed.len(), "line");
            out.push(format!("new {path}, {lines}"));
        } else {
            out.push(format!("edited {path}"));
            out.extend(changed.into_iter().map(str::to_owned));
        }
    }
    out.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn a_difference_has_the_lines_that_a_reviewer_reads() {
        let diff = "\
diff --git a/Cargo.toml b/Cargo.toml
index 1..2 100644
--- a/Cargo.toml
+++ b/Cargo.toml
@@ -3,0 +4,2 @@ edition = \"2024\"
+[workspace]
+members = []
diff --git a/generated/a.rs b/generated/a.rs
new file mode 100644
--- /dev/null
+++ b/generated/a.rs
@@ -0,0 +1,1 @@
+x
diff --git a/generated/b.rs b/generated/b.rs
new file mode 100644
diff --git a/xtask/src/main.rs b/xtask/src/main.rs
new file mode 100644
--- /dev/null
+++ b/xtask/src/main.rs
@@ -0,0 +1,2 @@
+fn main() {
+}
";
        assert_eq!(
            difference(diff),
            "edited Cargo.toml\n+[workspace]\n+members = []\noutputs in generated/\nnew xtask/src/main.rs, 2 lines\n"
        );
    }
}
