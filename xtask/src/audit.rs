//! `live-check` and `coverage`: handed over to the program `error-catalog-audit`, which is built only for them.

use std::ffi::OsStr;
use std::io::{self, ErrorKind, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use anyhow::{Context, bail};
use fs_err as fs;

use crate::cli::{HandedOver, Paths};
use crate::project;
use crate::status::Status;

/// The package, and its program.
const PACKAGE: &str = "error-catalog-audit";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Runs a verb of the other program with the same arguments, and returns its exit code.
pub(crate) fn run(verb: &str, paths: &Paths, options: &HandedOver) -> anyhow::Result<Status> {
    project::refuse_outputs(paths, &format!("`{verb}` writes no outputs"))?;
    let mut command = match workspace(paths)? {
        Some(manifest) => of_workspace(&manifest),
        None => installed()?,
    };
    command.arg(verb);
    if let Some(catalog) = &paths.catalog {
        command.arg("--catalog").arg(catalog);
    }
    let name = command.get_program().to_owned();
    let status = in_place(command.args(&options.arguments));
    let status = status.with_context(|| format!("cannot run {}", Path::new(&name).display()))?;
    // A process that a signal ended has no exit code.
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(Status::Exit(code.unwrap_or(2)))
}

/// Runs the other program in the place of this process, so that Ctrl-C and other signals are its own.
#[cfg(unix)]
fn in_place(command: &mut Command) -> io::Result<ExitStatus> {
    use std::os::unix::process::CommandExt as _;

    // It only returns if the program cannot be run.
    Err(command.exec())
}

/// Runs the other program and waits for it: other systems cannot replace a process.
#[cfg(not(unix))]
fn in_place(command: &mut Command) -> io::Result<ExitStatus> {
    command.status()
}

/// Cargo builds the member of a workspace, optimised: it reads whole recordings and whole workspaces.
fn of_workspace(manifest: &Path) -> Command {
    let cargo = std::env::var_os("CARGO");
    let mut command = Command::new(cargo.as_deref().unwrap_or(OsStr::new("cargo")));
    command.arg("run");
    // The first build takes minutes: a person sees its progress.
    if !io::stderr().is_terminal() {
        command.arg("--quiet");
    }
    command.args(["--release", "--package", PACKAGE]);
    // The nearest manifest of the current folder may belong to another workspace.
    command.arg("--manifest-path").arg(manifest).arg("--");
    command
}

/// The program in PATH, if it has the version of the tool.
fn installed() -> anyhow::Result<Command> {
    let install = format!("`cargo install --locked {PACKAGE}@{VERSION}`");
    let output = match Command::new(PACKAGE).arg("--version").output() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            bail!("{PACKAGE} is not installed: get it with {install}")
        }
        output => output.with_context(|| format!("cannot run {PACKAGE}"))?,
    };
    let version = String::from_utf8_lossy(&output.stdout);
    let version = version.trim().rsplit(' ').next().unwrap_or_default();
    if version != VERSION {
        bail!("expected {PACKAGE} {VERSION}, found `{version}`: get it with {install}");
    }
    Ok(Command::new(PACKAGE))
}

/// The manifest of the workspace of the catalog, if the package is a member of it: its lock is the nearest one above the
/// catalog, or above the current folder.
fn workspace(paths: &Paths) -> anyhow::Result<Option<PathBuf>> {
    let current = std::env::current_dir().context("cannot read the current folder")?;
    // Without a catalog, the other program gives its help, or the reason.
    let catalog = project::catalog_file(paths).ok();
    let catalog = catalog.and_then(|catalog| fs::canonicalize(catalog).ok());
    for start in catalog.iter().chain([&current]) {
        let locks = start.ancestors().map(|folder| folder.join("Cargo.lock"));
        let mut lock = locks.filter(|lock| lock.is_file());
        if let Some(lock) = lock.next().filter(|lock| has_member(lock)) {
            return Ok(Some(lock.with_file_name("Cargo.toml")));
        }
    }
    Ok(None)
}

/// Whether a lock has the package as a member or path dependency: `cargo run` starts no package of a registry.
fn has_member(lock: &Path) -> bool {
    let Ok(text) = fs::read_to_string(lock) else {
        return false;
    };
    // Cargo writes a line for each key of a package.
    let name = format!("name = \"{PACKAGE}\"");
    text.split("[[package]]").skip(1).any(|package| {
        let has_source = package.lines().any(|line| line.starts_with("source = "));
        !has_source && package.lines().any(|line| line == name)
    })
}
