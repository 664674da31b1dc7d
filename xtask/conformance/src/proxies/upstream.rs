//! An upstream that fails on purpose, in the ways in which a server of HTTP would not.

use std::collections::HashMap;
use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::exchange::{Answer, header, token};

/// How long the upstream is silent: longer than any proxy waits.
const SILENCE: Duration = Duration::from_secs(3);

/// The longest head of a request that is read.
const LONGEST_HEAD: usize = 128 * 1024;

/// The HTML of a framework that knows no catalog.
const HTML: &str = "<html><body><h1>Something is wrong</h1></body></html>\n";

/// The request ids that arrived, by the tokens of the requests.
type Ids = Arc<Mutex<HashMap<String, String>>>;

/// A server whose answer the path of a request chooses. It ends with the process.
pub(super) struct Upstream {
    pub(super) address: SocketAddr,
    ids: Ids,
}

impl Upstream {
    /// Starts the upstream. `own` is an error that it answers as an application with the catalog does; `id_header` is
    /// the header of the request id.
    pub(super) fn start(own: &Answer, id_header: &str) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let ids = Ids::default();
        let shared = Arc::new((own.clone(), id_header.to_owned(), Arc::clone(&ids)));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                thread::spawn(move || {
                    let (own, id_header, ids) = &*shared;
                    // A proxy that hangs up in the middle is a part of some cases.
                    answer(stream, own, id_header, ids).ok();
                });
            }
        });
        Ok(Self { address, ids })
    }

    /// The request id that the request with a token had here, if it arrived and had one.
    pub(super) fn received(&self, token: &str) -> Option<String> {
        let ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        ids.get(token).cloned()
    }
}

fn answer(mut stream: TcpStream, own: &Answer, id_header: &str, ids: &Ids) -> io::Result<()> {
    stream.set_read_timeout(Some(SILENCE))?;
    let head = peek_head(&stream)?;
    let text = String::from_utf8_lossy(&head).into_owned();
    let target = text.split(' ').nth(1).unwrap_or_default();
    let id = header(&text, id_header).map(str::to_owned);
    if let (Some(token), Some(id)) = (token(target), &id) {
        let mut ids = ids.lock().unwrap_or_else(PoisonError::into_inner);
        ids.insert(token.to_owned(), id.clone());
    }
    let path = target.split('?').next().unwrap_or_default();
    let what = path.rsplit('/').next().unwrap_or_default();
    if what == "reset" {
        // The kernel resets a connection that is closed before everything is read.
        return Ok(());
    }
    stream.read_exact(&mut vec![0; head.len()])?;
    let html = |status: &str| {
        let length = HTML.len();
        format!(
            "HTTP/1.1 {status}\r\ncontent-type: text/html\r\ncontent-length: {length}\r\n\
             connection: close\r\n\r\n{HTML}"
        )
    };
    let text = match what {
        "empty" => return Ok(()),
        "slow" => {
            thread::sleep(SILENCE);
            return Ok(());
        }
        "garbage" => "This is not a response of HTTP.\r\n\r\n".to_owned(),
        "huge-header" => {
            let huge = "x".repeat(LONGEST_HEAD / 2);
            format!(
                "HTTP/1.1 200 OK\r\nx-huge: {huge}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            )
        }
        "plain-404" => html("404 Not Found"),
        "plain-502" => html("502 Bad Gateway"),
        "own" => {
            let mut own = own.clone();
            if let Some(id) = id {
                own.set(id_header, id);
            }
            own.to_http()
        }
        _ => {
            drain(&mut stream, &text)?;
            let body = "{\"ok\":true}\n";
            let length = body.len();
            format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\
                 connection: close\r\n\r\n{body}"
            )
        }
    };
    stream.write_all(text.as_bytes())
}

/// The head of a request, which stays unread.
fn peek_head(stream: &TcpStream) -> io::Result<Vec<u8>> {
    let mut head = vec![0; LONGEST_HEAD];
    loop {
        let length = stream.peek(&mut head)?;
        let end = head[..length]
            .windows(4)
            .position(|four| four == b"\r\n\r\n");
        match end {
            Some(end) => {
                head.truncate(end + 4);
                return Ok(head);
            }
            None if length == 0 || length == head.len() => {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            None => thread::sleep(Duration::from_millis(2)),
        }
    }
}

/// Reads the body of a request to its end.
fn drain(stream: &mut TcpStream, head: &str) -> io::Result<()> {
    let mut buffer = vec![0; 64 * 1024];
    if header(head, "transfer-encoding").is_some() {
        let mut end = Vec::new();
        while !end.ends_with(b"0\r\n\r\n") {
            let length = stream.read(&mut buffer)?;
            if length == 0 {
                break;
            }
            end.extend_from_slice(&buffer[..length]);
            end.drain(..end.len().saturating_sub(5));
        }
        return Ok(());
    }
    let length = header(head, "content-length").and_then(|length| length.parse().ok());
    let mut left: usize = length.unwrap_or_default();
    while left > 0 {
        let length = stream.read(&mut buffer)?;
        if length == 0 {
            break;
        }
        left = left.saturating_sub(length);
    }
    Ok(())
}
