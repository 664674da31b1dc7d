//! Verbs that another program runs: what only they need is built only for them.

use std::ffi::OsStr;
use std::io::{self, ErrorKind, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use anyhow::{Context, bail};
use fs_err as fs;

use crate::cli::{HandedOver, Paths};
use crate::project;
use crate::status::Status;

/// The package of `live-check` and `coverage`, and its program.
const AUDIT: &str = "error-catalog-audit";
/// This package. An xtask has it without the verbs that read lists, as has the alias in its own workspace.
#[cfg(not(all(feature = "import", feature = "init")))]
const TOOL: &str = "error-catalog";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Runs a verb of the program `error-catalog-audit` with the same arguments, and returns its exit code.
pub(crate) fn audit(verb: &str, paths: &Paths, options: &HandedOver) -> anyhow::Result<Status> {
    project::refuse_outputs(paths, &format!("`{verb}` writes no outputs"))?;
    let command = match workspace(paths)? {
        // Optimised: it reads whole recordings and whole workspaces.
        Some(manifest) => of_workspace(AUDIT, &["--release"], &manifest),
        None => installed()?,
    };
    run(command, verb, paths, options)
}

/// Runs a verb that this program was built without, with the same arguments, and returns its exit code.
#[cfg(not(all(feature = "import", feature = "init")))]
pub(crate) fn tool(verb: &str, paths: &Paths, options: &HandedOver) -> anyhow::Result<Status> {
    // Windows cannot replace the file of a running program.
    let profile: &[&str] = if cfg!(windows) { &["--release"] } else { &[] };
    // Cargo runs this package itself, rather than an xtask that contains it.
    let is_own = std::env::var_os("CARGO_PKG_NAME").is_some_and(|name| name == TOOL);
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").filter(|_| is_own);
    let Some(folder) = folder else {
        bail!(
            "this program is built without `{verb}`: `cargo install --locked {TOOL}@{VERSION}`, then `cargo {TOOL} {verb}`"
        );
    };
    let manifest = Path::new(&folder).join("Cargo.toml");
    run(of_workspace(TOOL, profile, &manifest), verb, paths, options)
}

fn run(
    mut command: Command,
    verb: &str,
    paths: &Paths,
    options: &HandedOver,
) -> anyhow::Result<Status> {
    command.arg(verb);
    for (option, path) in [("--catalog", &paths.catalog), ("--out", &paths.out)] {
        if let Some(path) = path {
            command.arg(option).arg(path);
        }
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

/// Cargo builds and runs the member of a workspace.
fn of_workspace(package: &str, profile: &[&str], manifest: &Path) -> Command {
    let cargo = std::env::var_os("CARGO");
    let mut command = Command::new(cargo.as_deref().unwrap_or(OsStr::new("cargo")));
    command.arg("run");
    // The first build takes minutes: a person sees its progress.
    if !io::stderr().is_terminal() {
        command.arg("--quiet");
    }
    command.args(profile).args(["--package", package]);
    // The nearest manifest of the current folder may belong to another workspace.
    command.arg("--manifest-path").arg(manifest).arg("--");
    command
}

/// The program of `live-check` and `coverage` in PATH, if it has the version of the tool.
fn installed() -> anyhow::Result<Command> {
    let install = format!("`cargo install --locked {AUDIT}@{VERSION}`");
    let output = match Command::new(AUDIT).arg("--version").output() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            bail!("{AUDIT} is not installed: get it with {install}")
        }
        output => output.with_context(|| format!("cannot run {AUDIT}"))?,
    };
    let version = String::from_utf8_lossy(&output.stdout);
    let version = version.trim().rsplit(' ').next().unwrap_or_default();
    if version != VERSION {
        bail!("expected {AUDIT} {VERSION}, found `{version}`: get it with {install}");
    }
    Ok(Command::new(AUDIT))
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
    let name = format!("name = \"{AUDIT}\"");
    text.split("[[package]]").skip(1).any(|package| {
        let has_source = package.lines().any(|line| line.starts_with("source = "));
        !has_source && package.lines().any(|line| line == name)
    })
}
