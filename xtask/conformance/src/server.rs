//! Server processes, which end with the value that owns them.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, ensure};
use fs_err as fs;

/// A server that prints its address on its first line. Dropping the value stops it.
pub(crate) struct Server {
    child: Child,
    /// The address, such as `http://127.0.0.1:40123`.
    pub(crate) address: String,
    log: PathBuf,
}

impl Server {
    /// Starts a server, whose log is stored in `folder` as `name`.
    pub(crate) fn start(mut command: Command, folder: &Path, name: &str) -> anyhow::Result<Self> {
        let log = folder.join(format!("{name}.log"));
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(&log)?)
            .spawn()
            .with_context(|| format!("{name} cannot be started"))?;
        let stdout = child.stdout.take();
        // From here on, dropping stops the server.
        let mut server = Self {
            child,
            address: String::new(),
            log,
        };
        let mut line = String::new();
        if let Some(stdout) = stdout {
            BufReader::new(stdout).read_line(&mut line)?;
        }
        let address = line.trim().strip_prefix("listening on ");
        let address = address.with_context(|| {
            let log = server.log.display();
            format!("{name} did not print its address: see {log}")
        })?;
        address.clone_into(&mut server.address);
        Ok(server)
    }

    /// The log of the server so far.
    ///
    /// # Errors
    ///
    /// Fails if the server has ended.
    pub(crate) fn log(&mut self) -> anyhow::Result<String> {
        let ended = self.child.try_wait()?;
        ensure!(
            ended.is_none(),
            "the server has ended: see {}",
            self.log.display()
        );
        Ok(fs::read_to_string(&self.log)?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The server may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
