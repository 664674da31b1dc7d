//! Runs git, read-only, without prompts and without network access.

use std::io::{ErrorKind, Read as _};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

/// Variables that git sets for hooks. The repository is always the one of the catalog.
const OF_HOOKS: [&str; 5] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
];
/// The longest shown error message of git, in bytes.
const MAX_MESSAGE_BYTES: u64 = 4096;

/// The git of a folder.
pub(super) struct Git<'a> {
    folder: &'a Path,
}

/// The result of a git command.
struct Output {
    bytes: Vec<u8>,
    success: bool,
    message: String,
}

impl<'a> Git<'a> {
    pub(super) fn new(folder: &'a Path) -> Self {
        Self { folder }
    }

    /// The line that git prints.
    pub(super) fn line(&self, arguments: &[&str]) -> anyhow::Result<String> {
        let line = self.try_line(arguments)?;
        line.with_context(|| format!("`git {}` prints nothing", arguments.join(" ")))
    }

    /// The line that git prints; nothing if it fails without a message.
    pub(super) fn try_line(&self, arguments: &[&str]) -> anyhow::Result<Option<String>> {
        let output = self.ask(arguments, 64 * 1024)?;
        if !output.success && output.message.is_empty() {
            return Ok(None);
        }
        let mut line = String::from_utf8(output.into_bytes()?)
            .ok()
            .context("the path of the catalog is not UTF-8: git cannot look it up")?;
        if line.ends_with('\n') {
            line.pop();
        }
        Ok(Some(line))
    }

    /// The output of git, up to `most` bytes.
    pub(super) fn bytes(&self, arguments: &[&str], most: u64) -> anyhow::Result<Vec<u8>> {
        self.ask(arguments, most)?.into_bytes()
    }

    fn ask(&self, arguments: &[&str], most: u64) -> anyhow::Result<Output> {
        let mut command = Command::new("git");
        command.arg("--no-pager").arg("-C").arg(self.folder);
        command.args(arguments).stdin(Stdio::null());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        for name in OF_HOOKS {
            command.env_remove(name);
        }
        command.env("GIT_TERMINAL_PROMPT", "0");
        command.env("GIT_OPTIONAL_LOCKS", "0");
        command.env("GIT_NO_LAZY_FETCH", "1");
        let mut child = match command.spawn() {
            Err(error) if error.kind() == ErrorKind::NotFound => bail!(
                "git is not installed, which is needed to read a revision: get it with `apt-get install git`, or from your system"
            ),
            child => child.context("git cannot be started")?,
        };
        let (mut bytes, mut message) = (Vec::new(), Vec::new());
        if let Some(stdout) = child.stdout.take() {
            stdout.take(most).read_to_end(&mut bytes)?;
        }
        // A closed pipe ends git, which then prints no error.
        let is_cut = bytes.len() as u64 == most;
        if let Some(stderr) = child.stderr.take() {
            stderr.take(MAX_MESSAGE_BYTES).read_to_end(&mut message)?;
        }
        let success = child.wait()?.success() || is_cut;
        let message = String::from_utf8_lossy(&message).trim().to_owned();
        Ok(Output {
            bytes,
            success,
            message,
        })
    }
}

impl Output {
    fn into_bytes(self) -> anyhow::Result<Vec<u8>> {
        if self.success {
            return Ok(self.bytes);
        }
        match self.message.as_str() {
            "" => bail!("git failed without a message"),
            message => bail!("git failed: {message}"),
        }
    }
}
