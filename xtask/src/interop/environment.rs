//! What the drivers need, installed as its locks say.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::Context;
use fs_err as fs;

use crate::tools;

/// How long an installation may take.
const PATIENCE: Duration = Duration::from_secs(900);

/// A language of drivers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Python,
    Node,
    Rust,
}

impl Language {
    pub(super) const ALL: [Self; 3] = [Self::Python, Self::Node, Self::Rust];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Python => "Python",
            Self::Node => "Node",
            Self::Rust => "Rust",
        }
    }

    /// The program that installs what the drivers need.
    pub(super) fn find_tool(self) -> anyhow::Result<PathBuf> {
        match self {
            Self::Python => tools::python(),
            Self::Node => tools::node(),
            Self::Rust => Ok(tools::cargo()),
        }
    }
}

/// What is installed for a language.
pub(super) struct Environment {
    pub(super) language: Language,
    /// Where the sources of the drivers are.
    source: PathBuf,
    /// Where everything is installed.
    pub(super) place: PathBuf,
}

impl Environment {
    /// Installs what the drivers of a language need, unless that was done already.
    pub(super) fn install(
        language: Language,
        tool: &Path,
        root: &Path,
        folder: &Path,
    ) -> anyhow::Result<Self> {
        let name = language.name().to_ascii_lowercase();
        let environment = Self {
            language,
            source: root.join("xtask/interop").join(&name),
            place: folder.join(&name),
        };
        match language {
            Language::Python => environment.install_python(tool, folder)?,
            Language::Node => environment.install_node(tool, folder)?,
            Language::Rust => environment.build_rust(tool, folder)?,
        }
        Ok(environment)
    }

    fn install_python(&self, python: &Path, folder: &Path) -> anyhow::Result<()> {
        let lock = self.source.join("requirements.txt");
        if is_installed(&self.place, &lock)? {
            return Ok(());
        }
        let mut command = Command::new(python);
        command.args(["-m", "venv", "--clear"]).arg(&self.place);
        tools::output(command, PATIENCE, folder, "venv")?;
        let mut command = self.python();
        command.args(["-m", "pip", "install", "--disable-pip-version-check"]);
        command.args(["--no-input", "--require-hashes", "--only-binary", ":all:"]);
        command.arg("--requirement").arg(&lock);
        tools::output(command, PATIENCE, folder, "pip")?;
        set_installed(&self.place, &lock)
    }

    fn install_node(&self, npm: &Path, folder: &Path) -> anyhow::Result<()> {
        let lock = self.source.join("package-lock.json");
        if !is_installed(&self.place, &lock)? {
            // In a folder of its own until it is whole: npm may outlive a run that was interrupted.
            let fresh = tempfile::tempdir_in(folder)?;
            copy_files(&self.source, fresh.path())?;
            let mut command = Command::new(npm);
            command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
            command.current_dir(fresh.path());
            tools::output(command, PATIENCE, folder, "npm")?;
            set_installed(fresh.path(), &lock)?;
            if self.place.exists() {
                fs::remove_dir_all(&self.place)?;
            }
            fs::rename(fresh.keep(), &self.place)?;
        }
        // Modules are looked for beside the script that imports them.
        copy_files(&self.source, &self.place)
    }

    fn build_rust(&self, cargo: &Path, folder: &Path) -> anyhow::Result<()> {
        let mut command = Command::new(cargo);
        command.args(["build", "--locked", "--manifest-path"]);
        command.arg(self.source.join("Cargo.toml"));
        command.arg("--target-dir").arg(&self.place);
        tools::output(command, PATIENCE, folder, "cargo").map(drop)
    }

    /// The folder of the programs that were installed.
    pub(super) fn programs(&self) -> PathBuf {
        self.place.join(match self.language {
            Language::Python if cfg!(windows) => "Scripts",
            Language::Python => "bin",
            Language::Node => "node_modules/.bin",
            Language::Rust => "debug",
        })
    }

    /// The interpreter of what was installed.
    pub(super) fn python(&self) -> Command {
        Command::new(self.programs().join("python"))
    }

    /// The path of a driver.
    pub(super) fn path(&self, driver: &str) -> PathBuf {
        match self.language {
            Language::Python => self.source.join(driver),
            Language::Node => self.place.join(driver),
            Language::Rust => self.programs().join(driver),
        }
    }

    /// The command that runs a driver.
    pub(super) fn driver(&self, driver: &str) -> Command {
        let path = self.path(driver);
        match self.language {
            Language::Python => {
                let mut command = self.python();
                // Nothing is written beside the sources.
                command.arg("-B").arg(path);
                command
            }
            Language::Node => {
                let mut command = Command::new("node");
                command.arg(path);
                // Newer versions of Node would ask a proxy even for this machine's own addresses.
                command.env_remove("NODE_USE_ENV_PROXY");
                command
            }
            Language::Rust => Command::new(path),
        }
    }
}

/// Those that were installed.
pub(super) struct Environments(pub(super) Vec<Environment>);

impl Environments {
    pub(super) fn of(&self, language: Language) -> anyhow::Result<&Environment> {
        let mut all = self.0.iter();
        let found = all.find(|environment| environment.language == language);
        found.with_context(|| format!("nothing was installed for {}", language.name()))
    }
}

/// Copies the files of a folder, and nothing that is below it.
fn copy_files(from: &Path, to: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

/// Where the lock that was installed is kept.
fn stamp(place: &Path) -> PathBuf {
    place.join("installed.lock")
}

/// Whether this very lock was installed to its end.
fn is_installed(place: &Path, lock: &Path) -> anyhow::Result<bool> {
    let wanted = fs::read(lock)?;
    Ok(fs::read(stamp(place)).is_ok_and(|installed| installed == wanted))
}

fn set_installed(place: &Path, lock: &Path) -> anyhow::Result<()> {
    fs::copy(lock, stamp(place))?;
    Ok(())
}
