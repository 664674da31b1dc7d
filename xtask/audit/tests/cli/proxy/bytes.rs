//! Both sides see the same with the proxy and without it.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;

use super::{Ending, GET, PATIENCE, Proxy, Server, half_closed, small, talk};

/// A conversation: its name, the request, the answer, and how the server ends it.
const CONVERSATIONS: [(&str, &[u8], &[u8], Ending); 14] = [
    (
        "headers keep their case, order and number",
        b"GET /a?b=%2F&c HTTP/1.1\r\nhOST: x\r\nB: 1\r\nA:2\r\nb:   3\r\n\r\n",
        b"HTTP/1.1 429 Calm Down\r\nretry-after: 1\r\nX-A:2\r\nRETRY-AFTER: 7\r\nSet-Cookie: a\r\nset-cookie: b\r\ncontent-length: 0\r\n\r\n",
        Ending::Closed,
    ),
    (
        "a chunked upload with trailers",
        b"POST /files HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTrailer: T\r\n\r\n1;x=y\r\na\r\n0A\r\n0123456789\r\n0\r\nT: 1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nT: 2\r\n\r\n",
        Ending::Closed,
    ),
    (
        "interim responses",
        b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok",
        Ending::Closed,
    ),
    ("HEAD", b"HEAD / HTTP/1.1\r\n\r\n", b"HTTP/1.1 404 No\r\ncontent-length: 99\r\n\r\n", Ending::Closed),
    ("204", GET, b"HTTP/1.1 204 No Content\r\n\r\n", Ending::Closed),
    ("304", GET, b"HTTP/1.1 304 Same\r\ncontent-length: 5\r\netag: \"a\"\r\n\r\n", Ending::Closed),
    ("a body that ends with the connection", b"GET / HTTP/1.0\r\n\r\n", b"HTTP/1.0 200 OK\r\n\r\nsome\0bytes\xFF", Ending::Closed),
    (
        "an upgrade",
        b"GET /ws HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n\x81\x05Hello",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\x81\x05Hello",
        Ending::Closed,
    ),
    (
        "HTTP/2 without TLS",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0",
        b"\0\0\0\x04\0\0\0\0\0\0\0\0\x04\x01\0\0\0\0",
        Ending::Closed,
    ),
    ("a cut body", GET, b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc", Ending::Closed),
    ("a cut chunk", GET, b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\nabc", Ending::Closed),
    ("garbage", GET, b"\x16\x03\x01 HTTP/9 \xFF\r\n\r\n", Ending::Closed),
    ("no response", GET, b"", Ending::Closed),
    ("a reset", GET, b"", Ending::Reset),
];

#[test]
fn a_client_and_a_server_see_each_byte_and_the_end() {
    let project = small();
    for (name, request, answer, ending) in CONVERSATIONS {
        let server = Server::new(request.len(), answer, ending);
        let direct = talk(&server.url, request);
        let proxy = Proxy::start(&project, &server.url, "");
        assert_eq!(talk(&proxy.url, request), direct, "{name}");
        assert_eq!(direct, (answer.to_vec(), ending), "{name}");
        let seen = [server.request(), server.request()];
        assert_eq!(seen, [request, request], "{name}");
        proxy.finish();
    }
}

#[test]
fn a_body_that_a_reset_cuts_has_no_clean_end() {
    let answer = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\nabc";
    let server = Server::new(GET.len(), answer, Ending::Reset);
    let proxy = Proxy::start(&small(), &server.url, "");
    let (_, ending) = talk(&proxy.url, GET);
    assert_eq!(ending, Ending::Reset);
    proxy.finish();
}

#[test]
fn a_client_can_end_its_side_first() {
    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
    let server = Server::new(GET.len(), answer, Ending::Closed);
    let proxy = Proxy::start(&small(), &server.url, "");
    assert_eq!(half_closed(&proxy.url, GET), answer);
    proxy.finish();
}

#[test]
fn a_server_sees_that_a_client_gives_up() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let proxy = Proxy::start(&small(), &url, "");
    let mut client = TcpStream::connect(proxy.url.trim_start_matches("http://")).expect("a proxy");
    client.write_all(GET).expect("a proxy");
    let (mut server, _) = listener.accept().expect("a connection");
    server.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    let mut request = vec![0; GET.len()];
    server.read_exact(&mut request).expect("the request");
    server.write_all(b"HTTP/1.1 200 OK\r\n").expect("a client");
    drop(client);
    let mut rest = Vec::new();
    // An end or a reset: in both cases there is no more to come.
    let _ = server.read_to_end(&mut rest);
    assert_eq!(rest, b"");
    proxy.finish();
}

#[test]
fn a_large_body_passes_in_both_directions_at_once() {
    const SIZE: usize = 5 << 20;
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let head = format!("POST / HTTP/1.1\r\nContent-Length: {SIZE}\r\n\r\n");
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {SIZE}\r\n\r\n");
    let skipped = head.len();
    let sent = answer.clone();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let mut writer = stream.try_clone().expect("a socket");
        stream.read_exact(&mut vec![0; skipped]).expect("a head");
        writer.write_all(sent.as_bytes()).expect("a client");
        std::io::copy(&mut stream, &mut writer).expect("an echo");
    });
    let proxy = Proxy::start(&small(), &url, "");
    let body: Vec<u8> = (0..=250).cycle().take(SIZE).collect();
    let mut client = TcpStream::connect(proxy.url.trim_start_matches("http://")).expect("a proxy");
    let mut writer = client.try_clone().expect("a socket");
    let upload = body.clone();
    let uploading = thread::spawn(move || {
        writer.write_all(head.as_bytes()).expect("a proxy");
        writer.write_all(&upload).expect("a proxy");
    });
    let mut got = vec![0; answer.len() + SIZE];
    client.read_exact(&mut got).expect("the whole body");
    uploading.join().expect("an upload");
    assert!(got[answer.len()..] == body, "the bytes differ");
    drop(client);
    proxy
        .finish()
        .exits_with(0)
        .prints("ok: no rule is broken in 1 exchange");
}

#[test]
fn a_server_that_is_down_refuses() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let proxy = Proxy::start(&small(), &url, "");
    assert_eq!(talk(&proxy.url, GET), (Vec::new(), Ending::Reset));
    let run = proxy.finish().exits_with(0);
    run.says("warning: 1 connection was not accepted by the server");
}
