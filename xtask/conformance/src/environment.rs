//! Installs the dependencies of the drivers, as locked.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::Context;
use fs_err as fs;

use crate::model::Language;
use crate::toolchain;

/// The longest time that an installation may take.
const TIMEOUT: Duration = Duration::from_secs(900);

/// The program that installs the dependencies of a language.
pub(crate) fn find_tool(language: Language) -> anyhow::Result<PathBuf> {
    match language {
        Language::Python => toolchain::python(),
        Language::Node => toolchain::node(),
        Language::Rust => Ok(toolchain::cargo()),
    }
}

/// The installed dependencies of a language.
pub(crate) struct Environment {
    pub(crate) language: Language,
    /// The folder with the sources of the drivers.
    source: PathBuf,
    /// The folder of the installation.
    pub(crate) place: PathBuf,
}

impl Environment {
    /// Installs the dependencies of a language, unless they are installed.
    pub(crate) fn install(
        language: Language,
        tool: &Path,
        root: &Path,
        folder: &Path,
    ) -> anyhow::Result<Self> {
        let name = language.name().to_ascii_lowercase();
        let environment = Self {
            language,
            source: root.join("xtask/conformance/drivers").join(&name),
            place: folder.join(&name),
        };
        environment.prepared(tool, folder)
    }

    fn prepared(self, tool: &Path, folder: &Path) -> anyhow::Result<Self> {
        match self.language {
            Language::Python => self.install_python(tool, folder)?,
            Language::Node => self.install_node(tool, folder)?,
            Language::Rust => self.build_rust(tool, folder)?,
        }
        Ok(self)
    }

    /// Installs the dependencies of a folder of drivers that are apart from those of the language.
    pub(crate) fn install_drivers(
        drivers: &str,
        language: Language,
        root: &Path,
        folder: &Path,
    ) -> anyhow::Result<Self> {
        let name = language.name().to_ascii_lowercase();
        let environment = Self {
            language,
            source: root.join("xtask/conformance/drivers").join(drivers),
            place: folder.join(format!("{drivers}-{name}")),
        };
        let tool = find_tool(language)?;
        environment.prepared(&tool, folder)
    }

    fn install_python(&self, python: &Path, folder: &Path) -> anyhow::Result<()> {
        let lock = self.source.join("requirements.txt");
        if is_installed(&self.place, &lock)? {
            return Ok(());
        }
        let mut command = Command::new(python);
        command.args(["-m", "venv", "--clear"]).arg(&self.place);
        toolchain::output(command, TIMEOUT, folder, "venv")?;
        let mut command = self.python();
        command.args(["-m", "pip", "install", "--disable-pip-version-check"]);
        command.args(["--no-input", "--require-hashes", "--only-binary", ":all:"]);
        command.arg("--requirement").arg(&lock);
        toolchain::output(command, TIMEOUT, folder, "pip")?;
        set_installed(&self.place, &lock)
    }

    fn install_node(&self, npm: &Path, folder: &Path) -> anyhow::Result<()> {
        let lock = self.source.join("package-lock.json");
        if !is_installed(&self.place, &lock)? {
            // In a folder of its own until it is complete: npm may outlive an interrupted run.
            let fresh = tempfile::tempdir_in(folder)?;
            copy_files(&self.source, fresh.path())?;
            let mut command = Command::new(npm);
            command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
            command.current_dir(fresh.path());
            toolchain::output(command, TIMEOUT, folder, "npm")?;
            set_installed(fresh.path(), &lock)?;
            if self.place.exists() {
                fs::remove_dir_all(&self.place)?;
            }
            fs::rename(fresh.keep(), &self.place)?;
        }
        // Node looks for modules next to the importing script.
        copy_files(&self.source, &self.place)
    }

    fn build_rust(&self, cargo: &Path, folder: &Path) -> anyhow::Result<()> {
        let mut command = Command::new(cargo);
        command.args(["build", "--locked", "--manifest-path"]);
        command.arg(self.source.join("Cargo.toml"));
        command.arg("--target-dir").arg(&self.place);
        toolchain::output(command, TIMEOUT, folder, "cargo").map(drop)
    }

    /// The folder of the installed programs.
    pub(crate) fn programs(&self) -> PathBuf {
        self.place.join(match self.language {
            Language::Python if cfg!(windows) => "Scripts",
            Language::Python => "bin",
            Language::Node => "node_modules/.bin",
            Language::Rust => "debug",
        })
    }

    /// The interpreter of the installation.
    pub(crate) fn python(&self) -> Command {
        Command::new(self.programs().join("python"))
    }

    /// The path of a driver.
    pub(crate) fn path(&self, driver: &str) -> PathBuf {
        match self.language {
            Language::Python => self.source.join(driver),
            Language::Node => self.place.join(driver),
            Language::Rust => self.programs().join(driver),
        }
    }

    /// The command that runs a driver.
    pub(crate) fn driver(&self, driver: &str) -> Command {
        let path = self.path(driver);
        match self.language {
            Language::Python => {
                let mut command = self.python();
                // No bytecode next to the sources.
                command.arg("-B").arg(path);
                command
            }
            Language::Node => {
                let mut command = Command::new("node");
                command.arg(path);
                // Newer versions of Node use the proxy even for local addresses.
                command.env_remove("NODE_USE_ENV_PROXY");
                command
            }
            Language::Rust => Command::new(path),
        }
    }
}

/// All installed environments.
pub(crate) struct Environments(pub(crate) Vec<Environment>);

impl Environments {
    pub(crate) fn of(&self, language: Language) -> anyhow::Result<&Environment> {
        let mut all = self.0.iter();
        let found = all.find(|environment| environment.language == language);
        found.with_context(|| format!("nothing is installed for {}", language.name()))
    }
}

/// The folder for documents and generated clients. It is inside the folder of Node, whose tools look for
/// packages in the parent folders.
pub(crate) fn openapi_folder(folder: &Path) -> PathBuf {
    folder.join("node/openapi")
}

/// Copies the files of a folder without its subfolders.
fn copy_files(from: &Path, to: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

/// The copy of the installed lock.
fn stamp(place: &Path) -> PathBuf {
    place.join("installed.lock")
}

/// Whether this lock was installed completely.
fn is_installed(place: &Path, lock: &Path) -> anyhow::Result<bool> {
    let wanted = fs::read(lock)?;
    Ok(fs::read(stamp(place)).is_ok_and(|installed| installed == wanted))
}

fn set_installed(place: &Path, lock: &Path) -> anyhow::Result<()> {
    fs::copy(lock, stamp(place))?;
    Ok(())
}
