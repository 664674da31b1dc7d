//! Servers: started, and stopped whatever happens.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, ensure};
use fs_err as fs;

/// A server that says on its first line where it listens. It ends with this value.
pub(super) struct Server {
    child: Child,
    /// Its address, such as `http://127.0.0.1:40123`.
    pub(super) address: String,
    log: PathBuf,
}

impl Server {
    /// Starts a server, whose log is kept in `folder` under `name`.
    pub(super) fn start(mut command: Command, folder: &Path, name: &str) -> anyhow::Result<Self> {
        let log = folder.join(format!("{name}.log"));
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(&log)?)
            .spawn()
            .with_context(|| format!("{name} cannot be started"))?;
        let stdout = child.stdout.take();
        // From here on the server ends whatever happens.
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
            format!("{name} did not say where it listens: see {log}")
        })?;
        address.clone_into(&mut server.address);
        Ok(server)
    }

    /// What the server logged so far.
    ///
    /// # Errors
    ///
    /// Fails where the server has ended.
    pub(super) fn log(&mut self) -> anyhow::Result<String> {
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
        // A server that has ended already needs no end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
