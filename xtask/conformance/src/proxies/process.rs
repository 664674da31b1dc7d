//! Proxies as processes, which end with the value that owns them, and with this program however it ends.

use std::fs::File;
use std::io::{self, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

/// How long a proxy may take to listen: Varnish compiles its configuration first.
const START: Duration = Duration::from_secs(30);

/// Runs a program until stdin ends, which it does when this process does, even if it is killed. The shell has a
/// process group of its own, so that Ctrl-C in a terminal does not end it before the program.
const GUARD: &str = r#""$@" < /dev/null & read -r _; kill -TERM $! && sleep 0.3; kill -KILL 0"#;

/// A running proxy.
pub(super) struct Process {
    guard: Child,
    log: PathBuf,
}

impl Process {
    /// Starts a program, and waits until it listens. Its log is stored in `folder` as `name`.
    pub(super) fn start(
        command: &Command,
        ports: &[u16],
        folder: &Path,
        name: &str,
    ) -> anyhow::Result<Self> {
        let log = folder.join(format!("{name}.log"));
        let file = File::options()
            .create(true)
            .truncate(true)
            .write(true)
            .open(&log)?;
        let mut guard = Command::new("sh");
        guard
            .args(["-c", GUARD, "sh"])
            .arg(command.get_program())
            .args(command.get_args());
        for (variable, value) in command.get_envs() {
            if let Some(value) = value {
                guard.env(variable, value);
            }
        }
        let guard = guard
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(file.try_clone()?)
            .stderr(file)
            .spawn()
            .with_context(|| format!("{name} cannot be started"))?;
        let process = Self { guard, log };
        let start = Instant::now();
        for port in ports {
            while TcpStream::connect((Ipv4Addr::LOCALHOST, *port)).is_err() {
                if start.elapsed() > START {
                    bail!("{name} does not listen: see {}", process.log.display());
                }
                thread::sleep(Duration::from_millis(20));
            }
        }
        Ok(process)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // The guard kills itself with the group of its program.
        if let Some(mut stdin) = self.guard.stdin.take() {
            let _ = stdin.write_all(b"\n");
        }
        let _ = self.guard.wait();
    }
}

/// Free ports of the loopback interface, each another.
pub(super) fn free_ports(count: usize) -> io::Result<Vec<u16>> {
    // All are bound before one is given away.
    let listeners = (0..count).map(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)));
    let listeners: Vec<TcpListener> = listeners.collect::<io::Result<_>>()?;
    let ports = listeners
        .iter()
        .map(|listener| Ok(listener.local_addr()?.port()));
    ports.collect()
}
