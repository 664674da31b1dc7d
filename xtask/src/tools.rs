//! The tools of other languages, and how they are run.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use fs_err as fs;

/// The first tool of these names that answers to `--version` with at least this one.
fn find(names: &[&str], least: (u32, u32), how: &str) -> anyhow::Result<PathBuf> {
    let mut too_old = None;
    for name in names {
        let Ok(output) = Command::new(name).arg("--version").output() else {
            continue;
        };
        let said = String::from_utf8_lossy(&output.stdout);
        match version(&said) {
            Some(found) if output.status.success() && found >= least => return Ok(name.into()),
            Some((0, 0)) | None => {}
            Some(found) => {
                too_old.get_or_insert((name, found));
            }
        }
    }
    let (major, minor) = least;
    match too_old {
        Some((name, (old, older))) => {
            bail!("{name} is version {old}.{older}, and {major}.{minor} is needed: {how}")
        }
        None => bail!("{} is not installed: {how}", names[0]),
    }
}

/// The first two numbers of a version.
fn version(said: &str) -> Option<(u32, u32)> {
    let start = said.find(|c: char| c.is_ascii_digit())?;
    let mut numbers = said[start..].split(|c: char| !c.is_ascii_digit());
    let major = numbers.next()?.parse().ok()?;
    let minor = numbers.next()?.parse().unwrap_or(0);
    Some((major, minor))
}

pub(crate) fn curl() -> anyhow::Result<PathBuf> {
    // `--json` is of 7.82.
    find(
        &["curl"],
        (7, 82),
        "get it with `apt-get install curl`, or from your system",
    )?;
    find(&["bash"], (3, 0), "get it from your system")
}

pub(crate) fn python() -> anyhow::Result<PathBuf> {
    let how = "get it with `apt-get install python3 python3-venv`, or from python.org";
    // openapi-python-client asks for 3.11.
    find(&["python3", "python"], (3, 11), how)
}

pub(crate) fn node() -> anyhow::Result<PathBuf> {
    let how = "get it with `apt-get install nodejs npm`, or from nodejs.org";
    // Redocly asks for 20.19.
    find(&["node"], (20, 19), how)?;
    find(&["npm", "npm.cmd"], (9, 0), how)
}

pub(crate) fn mdbook() -> anyhow::Result<PathBuf> {
    let how = "get it with `cargo install --locked mdbook@0.5.4`";
    find(&["mdbook"], (0, 5), how)
}

pub(crate) fn chromium() -> anyhow::Result<PathBuf> {
    let how = "get it with `apt-get install chromium`, or from your system";
    let names = ["chromium", "chromium-browser", "google-chrome"];
    located(&find(&names, (110, 0), how)?)
}

/// Where a program is: not everybody looks for it as a shell does.
fn located(name: &Path) -> anyhow::Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut places = std::env::split_paths(&path).map(|folder| folder.join(name));
    let found = places.find(|place| place.is_file());
    found.with_context(|| format!("{} is in no folder of PATH", name.display()))
}

/// The cargo that runs this, or else the one that is found.
pub(crate) fn cargo() -> PathBuf {
    std::env::var_os("CARGO").map_or_else(|| "cargo".into(), PathBuf::from)
}

/// The value of `PATH` in which programs of a folder are found before others.
pub(crate) fn path_with(folder: &Path) -> anyhow::Result<OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_owned()).chain(std::env::split_paths(&path));
    Ok(std::env::join_paths(folders)?)
}

/// A command that has ended.
pub(crate) struct Ended {
    pub(crate) success: bool,
    /// What it ended with, where nothing killed it.
    pub(crate) code: Option<i32>,
    /// What it printed to stdout.
    pub(crate) out: String,
    /// The last lines of what it printed to stderr.
    pub(crate) err: String,
}

impl Ended {
    /// The last lines of what it printed to stdout.
    pub(crate) fn last_of_out(&self) -> String {
        last_lines(&self.out)
    }
}

fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

/// Runs a command, whose output is kept in `folder` under `name`.
///
/// # Errors
///
/// Fails where the command cannot be started or takes too long.
pub(crate) fn run(
    mut command: Command,
    patience: Duration,
    folder: &Path,
    name: &str,
) -> anyhow::Result<Ended> {
    let out = folder.join(format!("{name}.out"));
    let err = folder.join(format!("{name}.err"));
    let program = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(fs::File::create(&out)?.into_parts().0)
        .stderr(fs::File::create(&err)?.into_parts().0)
        .spawn()
        .with_context(|| format!("{program} cannot be started"))?;
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if start.elapsed() > patience {
            child.kill()?;
            child.wait()?;
            bail!(
                "{program} did not end within {} s: see {}",
                patience.as_secs(),
                err.display()
            );
        }
        thread::sleep(Duration::from_millis(20));
    };
    let read = |path: &Path| Ok::<_, anyhow::Error>(fs::read(path)?);
    let said = String::from_utf8_lossy(&read(&err)?).into_owned();
    Ok(Ended {
        success: status.success(),
        code: status.code(),
        out: String::from_utf8_lossy(&read(&out)?).into_owned(),
        err: last_lines(&said),
    })
}

/// What a command prints; an error with what it said where it fails.
pub(crate) fn output(
    command: Command,
    patience: Duration,
    folder: &Path,
    name: &str,
) -> anyhow::Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let ended = run(command, patience, folder, name)?;
    if !ended.success {
        bail!("{program} failed, and said:\n{}", ended.err);
    }
    Ok(ended.out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_the_tools_print_them() {
        assert_eq!(version("Python 3.11.7\n"), Some((3, 11)));
        assert_eq!(version("v20.20.2\n"), Some((20, 20)));
        assert_eq!(version("curl 7.88.1 (x86_64-pc-linux-gnu)"), Some((7, 88)));
        assert_eq!(version("11\n"), Some((11, 0)));
        assert_eq!(version("none"), None);
    }

    #[test]
    fn a_tool_that_is_missing_or_old_says_how_to_get_it() {
        let said = find(&["no-such-tool-here"], (1, 0), "get it")
            .unwrap_err()
            .to_string();
        assert_eq!(said, "no-such-tool-here is not installed: get it");
        let said = find(&["cargo"], (999, 0), "get it")
            .unwrap_err()
            .to_string();
        assert!(said.ends_with(", and 999.0 is needed: get it"), "{said}");
        // An old one does not hide a good one of another name.
        let found = find(&["no-such-tool-here", "rustc", "cargo"], (1, 0), "get it");
        assert_eq!(found.unwrap(), Path::new("rustc"));
    }

    #[test]
    fn a_program_is_located_as_a_shell_does() {
        let bash = located(Path::new("bash")).unwrap();
        assert!(bash.is_absolute() && bash.is_file());
        let said = located(Path::new("no-such-tool-here")).unwrap_err();
        assert_eq!(
            said.to_string(),
            "no-such-tool-here is in no folder of PATH"
        );
    }

    #[test]
    fn a_command_that_fails_or_hangs_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let run = |shell: &str| {
            let mut command = Command::new("bash");
            command.args(["-c", shell]);
            output(command, Duration::from_millis(500), folder.path(), "test")
        };
        assert_eq!(run("echo fine").unwrap(), "fine\n");
        let said = run("echo why >&2; exit 3").unwrap_err().to_string();
        assert!(said.ends_with("and said:\nwhy"), "{said}");
        assert!(
            run("sleep 10")
                .unwrap_err()
                .to_string()
                .contains("did not end")
        );
    }
}
