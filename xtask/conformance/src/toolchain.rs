//! Finds and runs the tools of other languages.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use fs_err as fs;

/// The first tool of these names whose `--version` is at least this one.
fn find(names: &[&str], least: (u32, u32), how: &str) -> anyhow::Result<PathBuf> {
    let mut too_old = None;
    for name in names {
        let Ok(output) = Command::new(name).arg("--version").output() else {
            continue;
        };
        match version(&String::from_utf8_lossy(&output.stdout)) {
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
            bail!("{name} is version {old}.{older}, but {major}.{minor} is needed: {how}")
        }
        None => bail!("{} is not installed: {how}", names[0]),
    }
}

/// The first two numbers of a version.
fn version(output: &str) -> Option<(u32, u32)> {
    let start = output.find(|c: char| c.is_ascii_digit())?;
    let mut numbers = output[start..].split(|c: char| !c.is_ascii_digit());
    let major = numbers.next()?.parse().ok()?;
    let minor = numbers.next()?.parse().unwrap_or(0);
    Some((major, minor))
}

pub(crate) fn curl() -> anyhow::Result<PathBuf> {
    // For `--json`.
    find(
        &["curl"],
        (7, 82),
        "get it with `apt-get install curl`, or from your system",
    )?;
    find(&["bash"], (3, 0), "get it from your system")
}

pub(crate) fn python() -> anyhow::Result<PathBuf> {
    let how = "get it with `apt-get install python3 python3-venv`, or from python.org";
    // For openapi-python-client.
    find(&["python3", "python"], (3, 11), how)
}

pub(crate) fn node() -> anyhow::Result<PathBuf> {
    let how = "get it with `apt-get install nodejs npm`, or from nodejs.org";
    // For Redocly.
    find(&["node"], (20, 19), how)?;
    find(&["npm", "npm.cmd"], (9, 0), how)
}

pub(crate) fn java() -> anyhow::Result<PathBuf> {
    let how = "get it with `apt-get install openjdk-17-jdk-headless`, or from your system";
    find(&["java"], (11, 0), how)?;
    find(&["javac"], (11, 0), how)
}

pub(crate) fn valgrind() -> anyhow::Result<PathBuf> {
    let how = "get it with `apt-get install valgrind`, or from your system";
    find(&["valgrind"], (3, 15), how)
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

/// Checks that a program is in PATH, in any version.
pub(crate) fn installed(name: &str, how: &str) -> anyhow::Result<()> {
    let found = located(Path::new(name)).map(drop);
    found.with_context(|| format!("{name} is not installed: {how}"))
}

/// The absolute path of a program, for callers that do not search PATH.
fn located(name: &Path) -> anyhow::Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut places = std::env::split_paths(&path).map(|folder| folder.join(name));
    let found = places.find(|place| place.is_file());
    found.with_context(|| format!("{} is not in PATH", name.display()))
}

/// The cargo that runs this program, or else the one in PATH.
pub(crate) fn cargo() -> PathBuf {
    std::env::var_os("CARGO").map_or_else(|| "cargo".into(), PathBuf::from)
}

/// The value of `PATH` with a folder before all others.
pub(crate) fn path_with(folder: &Path) -> anyhow::Result<OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_owned()).chain(std::env::split_paths(&path));
    Ok(std::env::join_paths(folders)?)
}

/// The result of a command.
pub(crate) struct Ended {
    pub(crate) success: bool,
    /// The exit code, unless a signal ended the command.
    pub(crate) code: Option<i32>,
    /// The whole stdout.
    pub(crate) out: String,
    /// The last lines of stderr.
    pub(crate) err: String,
}

impl Ended {
    /// The last lines of stdout.
    pub(crate) fn last_of_out(&self) -> String {
        last_lines(&self.out)
    }
}

fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

/// Runs a command, whose output is stored in `folder` as `name`.
///
/// # Errors
///
/// Fails if the command cannot be started or takes too long.
pub(crate) fn run(
    mut command: Command,
    timeout: Duration,
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
        if start.elapsed() > timeout {
            child.kill()?;
            child.wait()?;
            bail!(
                "{program} did not end within {} s: see {}",
                timeout.as_secs(),
                err.display()
            );
        }
        thread::sleep(Duration::from_millis(20));
    };
    let read = |path: &Path| Ok::<_, anyhow::Error>(fs::read(path)?);
    Ok(Ended {
        success: status.success(),
        code: status.code(),
        out: String::from_utf8_lossy(&read(&out)?).into_owned(),
        err: last_lines(&String::from_utf8_lossy(&read(&err)?)),
    })
}

/// The stdout of a command; an error with its stderr if it fails.
pub(crate) fn output(
    command: Command,
    timeout: Duration,
    folder: &Path,
    name: &str,
) -> anyhow::Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let ended = run(command, timeout, folder, name)?;
    if !ended.success {
        bail!("{program} failed:\n{}", ended.err);
    }
    Ok(ended.out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_tools_are_parsed() {
        assert_eq!(version("Python 3.11.7\n"), Some((3, 11)));
        assert_eq!(version("v20.20.2\n"), Some((20, 20)));
        assert_eq!(version("curl 7.88.1 (x86_64-pc-linux-gnu)"), Some((7, 88)));
        assert_eq!(version("11\n"), Some((11, 0)));
        assert_eq!(version("none"), None);
    }

    #[test]
    fn the_message_about_a_missing_or_old_tool_has_the_command_to_install_it() {
        let message = find(&["no-such-tool-here"], (1, 0), "get it")
            .unwrap_err()
            .to_string();
        assert_eq!(message, "no-such-tool-here is not installed: get it");
        let message = find(&["cargo"], (999, 0), "get it")
            .unwrap_err()
            .to_string();
        assert!(
            message.ends_with(", but 999.0 is needed: get it"),
            "{message}"
        );
        // An old tool does not hide a new one of another name.
        let found = find(&["no-such-tool-here", "rustc", "cargo"], (1, 0), "get it");
        assert_eq!(found.unwrap(), Path::new("rustc"));
    }

    #[test]
    fn a_program_is_located_as_a_shell_does() {
        let bash = located(Path::new("bash")).unwrap();
        assert!(bash.is_absolute() && bash.is_file());
        let message = located(Path::new("no-such-tool-here")).unwrap_err();
        assert_eq!(message.to_string(), "no-such-tool-here is not in PATH");
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
        let message = run("echo why >&2; exit 3").unwrap_err().to_string();
        assert!(message.ends_with("failed:\nwhy"), "{message}");
        assert!(
            run("sleep 10")
                .unwrap_err()
                .to_string()
                .contains("did not end")
        );
    }
}
