//! The command whose requests go through the proxy.

use std::io;
use std::process::{ExitStatus, Stdio};

use anyhow::Context;
use error_catalog::toolkit;
use tokio::process::{Child, Command};

use super::Settings;
use super::serve::Proxy;
use signals::{Signal, Signals};

/// The variable with the address of the proxy.
const VARIABLE: &str = "LIVE_CHECK_URL";

/// Runs the command of the settings and returns its exit code, or waits for Ctrl-C.
pub(super) async fn run(settings: &Settings<'_>, proxy: &Proxy) -> anyhow::Result<u8> {
    // From here on, a signal does not end this process.
    let mut signals = Signals::new().context("cannot listen to signals")?;
    let Some((program, arguments)) = settings.command.split_first() else {
        proxy.take_more();
        toolkit::progress(format_args!(
            "listening on {}, in front of {}; Ctrl-C ends it and prints the report",
            proxy.url, settings.to.url
        ))?;
        signals.next().await;
        return Ok(0);
    };
    let mut command = Command::new(program);
    command.args(arguments).env(VARIABLE, &proxy.url);
    if settings.is_quiet {
        command.stdout(Stdio::from(io::stderr()));
    }
    let child = command.spawn();
    let mut child = child.with_context(|| format!("cannot run {}", program.display()))?;
    // Not earlier: the command has the limit that it was given.
    proxy.take_more();
    loop {
        tokio::select! {
            status = child.wait() => return Ok(code(status.context("cannot wait for the command")?)),
            signal = signals.next() => pass_on(signal, &child),
        }
    }
}

/// The exit code of a command, as a shell gives it.
fn code(status: ExitStatus) -> u8 {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return u8::try_from(128 + signal).unwrap_or(u8::MAX);
    }
    let code = status.code().unwrap_or(1);
    // Codes of Windows have 32 bits.
    u8::try_from(code).unwrap_or(u8::MAX)
}

/// Hands a signal to the command.
#[cfg(unix)]
fn pass_on(signal: Signal, child: &Child) {
    use nix::sys::signal::kill;
    use nix::unistd::Pid;

    if signal == Signal::SIGINT && is_in_foreground() {
        // The terminal has sent it to the command too, and a second one often means not to clean up.
        return;
    }
    let id = child.id().and_then(|id| i32::try_from(id).ok());
    if let Some(id) = id {
        // It may have ended.
        let _ = kill(Pid::from_raw(id), signal);
    }
}

/// Whether Ctrl-C in the terminal is sent to the group of this process.
#[cfg(unix)]
fn is_in_foreground() -> bool {
    use nix::unistd::{getpgrp, tcgetpgrp};

    let Ok(terminal) = fs_err::File::open("/dev/tty") else {
        return false;
    };
    tcgetpgrp(&terminal).is_ok_and(|group| group == getpgrp())
}

/// The console has sent Ctrl-C to the command too.
#[cfg(not(unix))]
fn pass_on(_: Signal, _: &Child) {}

#[cfg(unix)]
mod signals {
    //! The signals that end a run.

    use std::io;

    pub(super) use nix::sys::signal::Signal;
    use tokio::signal::unix::{self, SignalKind, signal};

    pub(super) struct Signals {
        interrupt: unix::Signal,
        terminate: unix::Signal,
        hang_up: unix::Signal,
    }

    impl Signals {
        pub(super) fn new() -> io::Result<Self> {
            Ok(Self {
                interrupt: signal(SignalKind::interrupt())?,
                terminate: signal(SignalKind::terminate())?,
                hang_up: signal(SignalKind::hangup())?,
            })
        }

        pub(super) async fn next(&mut self) -> Signal {
            tokio::select! {
                _ = self.interrupt.recv() => Signal::SIGINT,
                _ = self.terminate.recv() => Signal::SIGTERM,
                _ = self.hang_up.recv() => Signal::SIGHUP,
            }
        }
    }
}

#[cfg(not(unix))]
mod signals {
    //! Ctrl-C.

    use std::io;

    pub(super) struct Signal;

    pub(super) struct Signals;

    impl Signals {
        #[expect(clippy::unnecessary_wraps, reason = "other systems can fail")]
        pub(super) fn new() -> io::Result<Self> {
            Ok(Self)
        }

        pub(super) async fn next(&mut self) -> Signal {
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
            Signal
        }
    }
}
