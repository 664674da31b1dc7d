//! Takes connections.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use tokio::net::{TcpListener, TcpSocket, lookup_host};
use tokio::sync::{Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};

use super::address::{Listen, Upstream};
use super::connection;
use super::files;
use super::observed::{Exchanges, Unjudged};

/// Connections that wait to be taken.
const BACKLOG: u32 = 4096;

/// A proxy that takes connections.
pub(super) struct Proxy {
    /// The address, such as `http://127.0.0.1:40123`.
    pub(super) url: String,
    exchanges: Exchanges,
    stop: watch::Sender<bool>,
    /// As many permits as there can be further connections.
    free: Arc<Semaphore>,
    taking: JoinHandle<()>,
}

impl Proxy {
    /// Listens, and passes connections on.
    ///
    /// # Errors
    ///
    /// If the server's name is unknown, or the proxy cannot listen.
    pub(super) async fn listen(
        to: &Upstream,
        Listen(address): Listen,
        exchanges: Exchanges,
    ) -> anyhow::Result<Self> {
        let servers = lookup_host(&to.authority).await;
        let servers = servers.with_context(|| format!("cannot find the server {}", to.url))?;
        let servers: Arc<[SocketAddr]> = servers.collect();
        let listener = bind(address).with_context(|| format!("cannot listen at {address}"))?;
        let address = listener.local_addr()?;
        if servers.contains(&address) {
            bail!("the proxy and the server have the same address {address}");
        }
        let (stop, stopped) = watch::channel(false);
        let free = Arc::new(Semaphore::new(files::connections()));
        let taking = take(
            listener,
            servers,
            exchanges.clone(),
            Arc::clone(&free),
            stopped,
        );
        Ok(Self {
            url: format!("http://{address}"),
            exchanges,
            stop,
            free,
            taking: tokio::spawn(taking),
        })
    }

    /// Raises the number of connections as far as the system permits. A command that runs by then has the limit of
    /// files that it was given.
    pub(super) fn take_more(&self) {
        let before = files::connections();
        files::raise();
        self.free
            .add_permits(files::connections().saturating_sub(before));
    }

    /// Ends all connections, and returns what of them was not judged.
    pub(super) async fn stop(self) -> Unjudged {
        // Without a receiver, they have ended already.
        let _ = self.stop.send(true);
        let _ = self.taking.await;
        self.exchanges.unjudged()
    }
}

fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    // On Windows, the option lets two programs listen at one address.
    if cfg!(unix) {
        socket.set_reuseaddr(true)?;
    }
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Takes connections until the run ends, and then waits for what their observers still hand over.
async fn take(
    listener: TcpListener,
    servers: Arc<[SocketAddr]>,
    exchanges: Exchanges,
    free: Arc<Semaphore>,
    mut stop: watch::Receiver<bool>,
) {
    let mut connections = JoinSet::new();
    loop {
        // Further clients wait, as those of a busy server do.
        let next = async {
            let permit = Arc::clone(&free).acquire_owned().await;
            (permit, listener.accept().await)
        };
        let (permit, accepted) = tokio::select! {
            next = next => next,
            Some(_) = connections.join_next() => continue,
            _ = stop.wait_for(|is_stopped| *is_stopped) => break,
        };
        let Ok((client, _)) = accepted else {
            // Such as too many open files: others end.
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        let (servers, exchanges, stop) = (Arc::clone(&servers), exchanges.clone(), stop.clone());
        connections.spawn(async move {
            connection::pass(client, &servers, exchanges, stop).await;
            drop(permit);
        });
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}
