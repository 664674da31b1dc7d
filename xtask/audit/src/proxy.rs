//! `live-check --to`: a proxy whose exchanges are judged.
//!
//! The proxy passes bytes on as they came, and never parses what it sends: so headers, bodies, interim responses,
//! upgrades and broken connections reach both sides as they are. An observer of each connection reads the same bytes
//! as HTTP/1.1 or HTTP/2, and hands what it saw to the judge.

mod address;
mod budget;
mod command;
mod connection;
mod ending;
mod files;
mod framing;
mod http1;
mod http2;
mod observed;
mod observer;
mod serve;
#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::thread;

use anyhow::{Context, bail};
use error_catalog::toolkit;

use crate::judge::{Judge, Session};
use crate::tally::Tally;
pub(crate) use address::{Listen, Upstream};
use serve::Proxy;

/// What a run through the proxy needs.
pub(crate) struct Settings<'o> {
    /// The server.
    pub(crate) to: Upstream,
    /// Where to listen.
    pub(crate) listen: Listen,
    /// The command, with its arguments; empty to run until Ctrl-C.
    pub(crate) command: &'o [OsString],
    /// Whether the command writes to stderr alone, because stdout is for a report that a program reads.
    pub(crate) is_quiet: bool,
}

/// What a run through the proxy gave.
pub(crate) struct Run<'j> {
    pub(crate) tally: Tally<'j>,
    /// The exit code of the command; 0 if there was none.
    pub(crate) code: u8,
}

/// Runs the command, or until Ctrl-C, and judges what passed.
pub(crate) fn run<'j>(judge: &'j Judge<'j>, settings: &Settings<'_>) -> anyhow::Result<Run<'j>> {
    let (exchanges, receiver) = observed::channel();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the proxy")?;
    let mut session = judge.session();
    thread::scope(|scope| {
        let judging = scope.spawn(move || {
            for observed in receiver {
                session.judge(&observed.exchange());
            }
            session
        });
        let (code, unjudged) = runtime.block_on(async {
            let proxy = Proxy::listen(&settings.to, settings.listen, exchanges).await?;
            let code = command::run(settings, &proxy).await;
            let unjudged = proxy.stop().await;
            code.map(|code| (code, unjudged))
        })?;
        // What still uses the channel ends, and with it the judge.
        drop(runtime);
        let Ok(session) = judging.join() else {
            bail!("the judge has ended");
        };
        for line in unjudged.lines() {
            toolkit::warn(line)?;
        }
        Ok(Run {
            tally: Session::finish(session),
            code,
        })
    })
}
