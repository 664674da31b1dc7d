//! A connection through the proxy: bytes are passed on as they come, and so is its end.

use std::io;
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::sync::watch;

use super::ending::End;
use super::observed::{Exchanges, Loss};
use super::observer::Observer;

/// Bytes that are read at once.
const CHUNK: usize = 16 << 10;

/// Which side broke a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Broken {
    Client,
    Server,
    /// The run has ended.
    Stopped,
}

/// Passes a connection on until both sides have ended it, or one has broken it, or the run ends.
pub(super) async fn pass(
    mut client: TcpStream,
    servers: &[SocketAddr],
    exchanges: Exchanges,
    mut stop: watch::Receiver<bool>,
) {
    let Ok(mut server) = connect(servers).await else {
        exchanges.lost(Loss::Refused);
        return reset(&client);
    };
    // What is small must not wait for more. A socket without the option is only slower.
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let observer = Mutex::new(Observer::new(exchanges));
    let broken = {
        let (from_client, to_client) = client.split();
        let (from_server, to_server) = server.split();
        let both = async {
            tokio::try_join!(
                upward(from_client, to_server, &observer),
                downward(from_server, to_client, &observer),
            )
        };
        tokio::select! {
            ended = both => ended.err(),
            _ = stop.wait_for(|is_stopped| *is_stopped) => Some(Broken::Stopped),
        }
    };
    lock(&observer).end(match broken {
        None => End::Closed,
        Some(Broken::Server) => End::Broken,
        Some(Broken::Client | Broken::Stopped) => End::Left,
    });
    match broken {
        None => {}
        Some(Broken::Server) => reset(&client),
        Some(Broken::Client) => reset(&server),
        // The end of a body can be that of its connection, and this one is not.
        Some(Broken::Stopped) => {
            reset(&client);
            reset(&server);
        }
    }
}

/// Connects to the first address that takes the connection.
async fn connect(servers: &[SocketAddr]) -> io::Result<TcpStream> {
    let mut last = io::Error::from(io::ErrorKind::AddrNotAvailable);
    for server in servers {
        match TcpStream::connect(server).await {
            Ok(stream) => return Ok(stream),
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// Lets a connection end as one that is broken. Where that fails, it is broken already.
fn reset(stream: &TcpStream) {
    let _ = stream.set_zero_linger();
}

fn lock(observer: &Mutex<Observer>) -> MutexGuard<'_, Observer> {
    observer.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Passes on what the client sends.
async fn upward(
    mut client: ReadHalf<'_>,
    mut server: WriteHalf<'_>,
    observer: &Mutex<Observer>,
) -> Result<(), Broken> {
    loop {
        let chunk = next(&mut client).await.map_err(|_| Broken::Client)?;
        if chunk.is_empty() {
            lock(observer).client_ended();
            // A server that is gone is found by the other direction.
            let _ = server.shutdown().await;
            return Ok(());
        }
        // Before the server can answer it.
        lock(observer).client_sends(&chunk);
        if server.write_all(&chunk).await.is_err() {
            // What the server sent before it ended is still to be passed on.
            return Ok(());
        }
    }
}

/// Passes on what the server sends.
async fn downward(
    mut server: ReadHalf<'_>,
    mut client: WriteHalf<'_>,
    observer: &Mutex<Observer>,
) -> Result<(), Broken> {
    loop {
        let chunk = next(&mut server).await.map_err(|_| Broken::Server)?;
        if chunk.is_empty() {
            lock(observer).end(End::Closed);
            let _ = client.shutdown().await;
            return Ok(());
        }
        client.write_all(&chunk).await.map_err(|_| Broken::Client)?;
        lock(observer).server_sends(&chunk);
    }
}

/// The next bytes of a side; empty if it has ended.
async fn next(side: &mut ReadHalf<'_>) -> io::Result<Vec<u8>> {
    // A connection without traffic needs no memory for it.
    side.readable().await?;
    let mut chunk = Vec::with_capacity(CHUNK);
    side.read_buf(&mut chunk).await?;
    Ok(chunk)
}
