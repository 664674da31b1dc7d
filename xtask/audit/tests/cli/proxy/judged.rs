//! What passes is judged.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use super::{Ending, GET, PATIENCE, Proxy, Server, error, small, talk};

#[test]
fn a_clean_run_says_so_in_its_first_line() {
    let server = Server::new(GET.len(), error("request_error").as_bytes(), Ending::Closed);
    let proxy = Proxy::start(&small(), &server.url, "--min-coverage 50");
    for _ in 0..3 {
        talk(&proxy.url, GET);
    }
    let run = proxy.finish().exits_with(0);
    let first = run.stdout.lines().next();
    assert_eq!(
        first,
        Some("ok: no rule is broken in 3 exchanges, 3 error responses")
    );
    assert_eq!(run.stderr, "");
}

#[test]
fn a_finding_has_its_request_and_fails_the_run() {
    let server = Server::new(GET.len(), error("nope").as_bytes(), Ending::Closed);
    let proxy = Proxy::start(&small(), &server.url, "");
    talk(&proxy.url, GET);
    talk(&proxy.url, GET);
    let place = format!("bad_name, 2 times, first in {}, exchange 1", server.url);
    let run = proxy.finish().exits_with(1);
    run.prints("error[undeclared-type]").prints(&place);
}

/// A stream that ends after its first event.
const STREAM: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n\
                      a\r\ndata: {}\n\n\r\n";

#[test]
fn a_stream_that_the_server_cuts_is_a_finding() {
    for ending in [Ending::Closed, Ending::Reset] {
        let server = Server::new(GET.len(), STREAM.as_bytes(), ending);
        let proxy = Proxy::start(&small(), &server.url, "--stream-end [DONE]");
        talk(&proxy.url, GET);
        let run = proxy.finish().exits_with(1);
        run.prints("the connection broke before an end marker or an error event");
    }
}

#[test]
fn a_stream_that_the_client_leaves_is_not_one() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let proxy = Proxy::start(&small(), &url, "--stream-end [DONE]");
    let mut client = TcpStream::connect(proxy.url.trim_start_matches("http://")).expect("a proxy");
    client.write_all(GET).expect("a proxy");
    let (mut server, _) = listener.accept().expect("a connection");
    server.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    server
        .read_exact(&mut vec![0; GET.len()])
        .expect("the request");
    server.write_all(STREAM.as_bytes()).expect("a client");
    client
        .read_exact(&mut vec![0; STREAM.len()])
        .expect("the events");
    drop(client);
    // The server sees the end, and ends the connection too.
    let _ = server.read_to_end(&mut Vec::new());
    drop(server);
    let run = proxy.finish().exits_with(0);
    run.prints("not judged  `unfinished-stream` in 1 exchange: the client ended the connection");
}

#[test]
fn a_connection_that_is_not_http_is_reported() {
    let server = Server::new(GET.len(), b"220 smtp ready\r\n\r\n", Ending::Closed);
    let proxy = Proxy::start(&small(), &server.url, "");
    talk(&proxy.url, GET);
    let run = proxy.finish().exits_with(0);
    run.says("1 connection was not judged to the end: what came is not HTTP/1.1 or HTTP/2");
}

#[test]
fn a_request_without_an_answer_is_counted() {
    let server = Server::new(GET.len(), b"", Ending::Closed);
    let proxy = Proxy::start(&small(), &server.url, "");
    talk(&proxy.url, GET);
    proxy.finish().exits_with(0).prints("1 without a response");
}
