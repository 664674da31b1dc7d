//! How git is asked: it reads, and neither asks back nor goes to the network.

use std::io::{ErrorKind, Read as _};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

/// What git sets for its hooks. The repository is the one that the catalog is in, wherever that is called from.
const OF_HOOKS: [&str; 5] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
];
/// So many bytes of what git says went wrong are shown.
const MOST_SAID: u64 = 4096;

/// The git of a folder.
pub(super) struct Git<'a> {
    folder: &'a Path,
}

/// What git printed, and how it ended.
struct Answer {
    bytes: Vec<u8>,
    is_fine: bool,
    said: String,
}

impl<'a> Git<'a> {
    pub(super) fn new(folder: &'a Path) -> Self {
        Self { folder }
    }

    /// The line that git prints.
    pub(super) fn line(&self, arguments: &[&str]) -> anyhow::Result<String> {
        let line = self.try_line(arguments)?;
        line.with_context(|| format!("`git {}` says nothing", arguments.join(" ")))
    }

    /// The line that git prints; nothing where it fails without a word.
    pub(super) fn try_line(&self, arguments: &[&str]) -> anyhow::Result<Option<String>> {
        let answer = self.ask(arguments, 64 * 1024)?;
        if !answer.is_fine && answer.said.is_empty() {
            return Ok(None);
        }
        let mut line = String::from_utf8(answer.fine()?)
            .ok()
            .context("the path of the catalog is no UTF-8: git cannot be asked for it")?;
        if line.ends_with('\n') {
            line.pop();
        }
        Ok(Some(line))
    }

    /// What git prints, up to so many bytes.
    pub(super) fn bytes(&self, arguments: &[&str], most: u64) -> anyhow::Result<Vec<u8>> {
        self.ask(arguments, most)?.fine()
    }

    fn ask(&self, arguments: &[&str], most: u64) -> anyhow::Result<Answer> {
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
                "git is not installed, and without it a revision cannot be read: get it with `apt-get install git`, or from your system"
            ),
            child => child.context("git cannot be started")?,
        };
        let (mut bytes, mut said) = (Vec::new(), Vec::new());
        if let Some(stdout) = child.stdout.take() {
            stdout.take(most).read_to_end(&mut bytes)?;
        }
        // What is not read any more ends git, which then has nothing to say.
        let is_cut = bytes.len() as u64 == most;
        if let Some(stderr) = child.stderr.take() {
            stderr.take(MOST_SAID).read_to_end(&mut said)?;
        }
        let is_fine = child.wait()?.success() || is_cut;
        let said = String::from_utf8_lossy(&said).trim().to_owned();
        Ok(Answer {
            bytes,
            is_fine,
            said,
        })
    }
}

impl Answer {
    fn fine(self) -> anyhow::Result<Vec<u8>> {
        if self.is_fine {
            return Ok(self.bytes);
        }
        match self.said.as_str() {
            "" => bail!("git failed, and does not say why"),
            said => bail!("git says: {said}"),
        }
    }
}
