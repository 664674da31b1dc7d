//! A client that sees whether a body was sent to its end.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// A response with a chunked body.
#[derive(Debug)]
pub struct Streamed {
    pub head: String,
    pub body: String,
    /// Whether the last chunk has arrived, which ends a body.
    pub is_whole: bool,
}

impl Streamed {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let (_, value) = lines.find(|(found, _)| found.eq_ignore_ascii_case(name))?;
        Some(value)
    }

    /// The body without this start.
    #[track_caller]
    pub fn after(&self, start: &str) -> &str {
        let rest = self.body.strip_prefix(start);
        rest.unwrap_or_else(|| panic!("{start:?} is not the start of {self:?}"))
    }
}

/// Sends a request, and reads until the connection is closed.
pub fn get(address: SocketAddr, path: &str) -> Streamed {
    let mut connection = TcpStream::connect(address).unwrap();
    let patience = Duration::from_secs(20);
    connection.set_read_timeout(Some(patience)).unwrap();
    let request = format!(
        "GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nx-request-id: req_stream\r\n\r\n"
    );
    connection.write_all(request.as_bytes()).unwrap();
    let mut response = Vec::new();
    // A connection that is cut may be reset.
    if let Err(error) = connection.read_to_end(&mut response) {
        assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
    }
    let response = String::from_utf8(response).unwrap();
    let (head, mut chunks) = response.split_once("\r\n\r\n").unwrap();
    let mut streamed = Streamed {
        head: head.to_owned(),
        body: String::new(),
        is_whole: false,
    };
    assert_eq!(streamed.header("transfer-encoding"), Some("chunked"));
    while let Some((size, rest)) = chunks.split_once("\r\n") {
        let size = usize::from_str_radix(size, 16).unwrap();
        if size == 0 {
            streamed.is_whole = true;
            break;
        }
        let Some((chunk, rest)) = rest.split_at_checked(size) else {
            break;
        };
        streamed.body.push_str(chunk);
        chunks = rest.strip_prefix("\r\n").unwrap_or_default();
    }
    streamed
}
