//! The clients: how they are installed and run, and which errors they raise.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::Context;
use fs_err as fs;
use serde::Deserialize;

use super::table::Row;
use super::tools;
use crate::cli::InteropPart;

/// How long an installation, and how long all cases of a client, may take.
const PATIENCE: Duration = Duration::from_secs(600);

/// A client of the API in another language.
pub(super) struct Client {
    pub(super) part: InteropPart,
    language: Language,
    script: &'static str,
    /// Whether the run fails where the client sees something else than the catalog says.
    pub(super) required: bool,
    /// The class of its errors by status, where the class is part of what is checked.
    classes: Option<Classes>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Language {
    Python,
    Node,
}

/// The classes of the official clients: the same names, but for statuses that have no class.
struct Classes {
    other: &'static str,
}

/// All clients, those of one language behind each other.
pub(super) const CLIENTS: [Client; 4] = [
    Client {
        part: InteropPart::OpenaiPython,
        language: Language::Python,
        script: "openai_cases.py",
        required: true,
        classes: Some(Classes {
            other: "APIStatusError",
        }),
    },
    Client {
        part: InteropPart::OpenaiNode,
        language: Language::Node,
        script: "openai_cases.mjs",
        required: true,
        classes: Some(Classes { other: "APIError" }),
    },
    Client {
        part: InteropPart::LangchainOpenai,
        language: Language::Python,
        script: "langchain_cases.py",
        required: false,
        classes: None,
    },
    Client {
        part: InteropPart::AiSdk,
        language: Language::Node,
        script: "ai_sdk_cases.mjs",
        required: false,
        classes: None,
    },
];

impl Client {
    pub(super) const fn name(&self) -> &'static str {
        match self.part {
            InteropPart::OpenaiPython => "openai-python",
            InteropPart::OpenaiNode => "openai-node",
            InteropPart::LangchainOpenai => "langchain-openai",
            InteropPart::AiSdk => "ai-sdk",
            InteropPart::Curl => "curl",
            InteropPart::Load => "load",
        }
    }

    /// The class of the error that the client raises for a status, where that is checked.
    pub(super) fn class_of(&self, status: u16) -> Option<&'static str> {
        let classes = self.classes.as_ref()?;
        Some(match status {
            400 => "BadRequestError",
            401 => "AuthenticationError",
            403 => "PermissionDeniedError",
            404 => "NotFoundError",
            409 => "ConflictError",
            422 => "UnprocessableEntityError",
            429 => "RateLimitError",
            500.. => "InternalServerError",
            _ => classes.other,
        })
    }

    /// The program that installs the client.
    pub(super) fn find_tools(&self) -> anyhow::Result<PathBuf> {
        match self.language {
            Language::Python => tools::python(),
            Language::Node => tools::node(),
        }
    }

    /// Installs the client as its lock says, unless that was done already, and gives back the command
    /// that runs its driver.
    pub(super) fn install(
        &self,
        root: &Path,
        folder: &Path,
        tool: &Path,
    ) -> anyhow::Result<Command> {
        match self.language {
            Language::Python => self.install_python(root, folder, tool),
            Language::Node => self.install_node(root, folder, tool),
        }
    }

    fn install_python(&self, root: &Path, folder: &Path, python: &Path) -> anyhow::Result<Command> {
        let source = root.join("xtask/interop/python");
        let lock = source.join("requirements.txt");
        let place = folder.join("python");
        let programs = place.join(if cfg!(windows) { "Scripts" } else { "bin" });
        let own_python = programs.join("python");
        if !is_installed(&place, &lock)? {
            let mut command = Command::new(python);
            command.args(["-m", "venv", "--clear"]).arg(&place);
            tools::output(command, PATIENCE, folder, "venv")?;
            let mut command = Command::new(&own_python);
            command.args(["-m", "pip", "install", "--disable-pip-version-check"]);
            command.args(["--no-input", "--require-hashes", "--only-binary", ":all:"]);
            command.arg("--requirement").arg(&lock);
            tools::output(command, PATIENCE, folder, "pip")?;
            set_installed(&place, &lock)?;
        }
        let mut command = Command::new(own_python);
        // Nothing is written beside the sources.
        command.arg("-B").arg(source.join(self.script));
        Ok(command)
    }

    fn install_node(&self, root: &Path, folder: &Path, npm: &Path) -> anyhow::Result<Command> {
        let source = root.join("xtask/interop/node");
        let lock = source.join("package-lock.json");
        let place = folder.join("node");
        if !is_installed(&place, &lock)? {
            // In a folder of its own until it is whole: npm may outlive a run that was interrupted.
            let fresh = tempfile::tempdir_in(folder)?;
            copy_files(&source, fresh.path())?;
            let mut command = Command::new(npm);
            command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
            command.current_dir(fresh.path());
            tools::output(command, PATIENCE, folder, "npm")?;
            set_installed(fresh.path(), &lock)?;
            if place.exists() {
                fs::remove_dir_all(&place)?;
            }
            fs::rename(fresh.keep(), &place)?;
        }
        // Modules are looked for beside the script that imports them.
        copy_files(&source, &place)?;
        let mut command = Command::new("node");
        command.arg(place.join(self.script));
        // Newer versions of Node would ask a proxy even for this machine's own addresses.
        command.env_remove("NODE_USE_ENV_PROXY");
        Ok(command)
    }

    /// Sends every case, and reads the rows that the driver prints behind the version of the client.
    pub(super) fn send(
        &self,
        mut command: Command,
        address: &str,
        folder: &Path,
    ) -> anyhow::Result<Vec<Row>> {
        command.arg(address);
        let said = tools::output(command, PATIENCE, folder, self.name())?;
        let (version, rows) = said.split_once('\n').unwrap_or_default();
        let unread = |line: &str| format!("{} printed {line}", self.script);
        let Version { client, version } =
            serde_json::from_str(version).with_context(|| unread(version))?;
        let rows = rows.lines().map(|line| {
            let row: Row = serde_json::from_str(line).with_context(|| unread(line))?;
            let client = format!("{client} {version}");
            Ok(Row { client, ..row })
        });
        rows.collect()
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

/// The first line that a driver prints.
#[derive(Deserialize)]
struct Version {
    client: String,
    version: String,
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
