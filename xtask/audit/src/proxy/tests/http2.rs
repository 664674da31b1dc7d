//! HTTP/2 without TLS.

use loona_hpack::Encoder;

use super::{Part, check, check_all};
use crate::proxy::ending::End;
use crate::proxy::http2::PREFACE;

const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;
const PADDED: u8 = 8;
const PRIORITY: u8 = 0x20;

/// A side that writes frames.
struct Writer(Encoder<'static>);

impl Writer {
    fn new() -> Self {
        Self(Encoder::new())
    }

    fn block(&mut self, fields: &[(&str, &str)]) -> Vec<u8> {
        self.0.encode(
            fields
                .iter()
                .map(|(name, value)| (name.as_bytes(), value.as_bytes())),
        )
    }

    fn request(&mut self, stream: u32, method: &str, path: &str, flags: u8) -> Vec<u8> {
        let block = self.block(&[
            (":method", method),
            (":scheme", "http"),
            (":path", path),
            (":authority", "x"),
            ("authorization", "Bearer a"),
        ]);
        frame(1, END_HEADERS | flags, stream, &block)
    }

    fn response(&mut self, stream: u32, status: &str, flags: u8) -> Vec<u8> {
        let block = self.block(&[(":status", status), ("x-a", "1"), ("x-a", "2")]);
        frame(1, END_HEADERS | flags, stream, &block)
    }
}

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len())
        .expect("a length")
        .to_be_bytes();
    let mut frame = length[1..].to_vec();
    frame.extend([kind, flags]);
    frame.extend(stream.to_be_bytes());
    frame.extend(payload);
    frame
}

fn settings() -> Vec<u8> {
    frame(4, 0, 0, &[])
}

fn begin() -> Vec<u8> {
    [PREFACE, &settings()].concat()
}

pub(super) fn conversation() -> Vec<Part> {
    let (mut client, mut server) = (Writer::new(), Writer::new());
    let first = client.request(1, "POST", "/names", 0);
    let second = client.request(3, "GET", "/other", END_STREAM);
    let upload = frame(0, END_STREAM, 1, b"abc");
    vec![
        // A server can greet first.
        Part::Server(settings()),
        Part::Client([begin(), first, second, upload].concat()),
        Part::Server(
            [
                server.response(1, "103", 0),
                server.response(3, "404", 0),
                server.response(1, "400", 0),
                frame(0, 0, 3, b"no"),
                frame(0, PADDED | END_STREAM, 1, b"\x03{}\0\0\0"),
                frame(0, 0, 3, b"ne"),
                // Trailers.
                frame(1, END_HEADERS | END_STREAM, 3, &server.block(&[("t", "1")])),
            ]
            .concat(),
        ),
    ]
}

#[test]
fn streams_are_read_side_by_side() {
    let expected = [
        "POST /names -> 400 [x-a=1 x-a=2] whole {}",
        "GET /other -> 404 [x-a=1 x-a=2] whole none",
    ];
    check(&conversation(), End::Closed, &expected);
}

#[test]
fn a_block_of_headers_can_have_several_frames_with_padding_and_priority() {
    let (mut client, mut server) = (Writer::new(), Writer::new());
    let block = client.block(&[(":method", "GET"), (":path", "/long"), ("x", "y")]);
    let (head, tail) = block.split_at(4);
    let padded = [&[2, 0, 0, 0, 0, 9][..], head, &[0, 0]].concat();
    let parts = [
        Part::Client(
            [
                begin(),
                frame(1, PADDED | PRIORITY | END_STREAM, 1, &padded),
                frame(9, END_HEADERS, 1, tail),
            ]
            .concat(),
        ),
        Part::Server([settings(), server.response(1, "204", END_STREAM)].concat()),
    ];
    check(
        &parts,
        End::Closed,
        &["GET /long -> 204 [x-a=1 x-a=2] whole "],
    );
}

#[test]
fn a_promise_of_the_server_is_not_a_response_but_changes_the_table() {
    let (mut client, mut server) = (Writer::new(), Writer::new());
    let promise = [
        &[0, 0, 0, 2][..],
        &server.block(&[(":path", "/x"), ("x-a", "1")]),
    ]
    .concat();
    let parts = [
        Part::Client([begin(), client.request(1, "GET", "/a", END_STREAM)].concat()),
        Part::Server(
            [
                frame(5, END_HEADERS, 1, &promise),
                server.response(2, "200", END_STREAM),
                server.response(1, "500", END_STREAM),
            ]
            .concat(),
        ),
    ];
    check(&parts, End::Closed, &["GET /a -> 500 [x-a=1 x-a=2] whole "]);
}

#[test]
fn a_stream_that_the_server_gives_up_is_cut_and_one_that_the_client_leaves_is_not() {
    let reset = |stream| frame(3, 0, stream, &[0, 0, 0, 8]);
    let parts = |of_client: bool| {
        let (mut client, mut server) = (Writer::new(), Writer::new());
        let begin = [
            begin(),
            client.request(1, "GET", "/a", END_STREAM),
            client.request(3, "GET", "/b", END_STREAM),
        ];
        let answer = [server.response(1, "200", 0), frame(0, 0, 1, b"data")].concat();
        let resets = [reset(1), reset(3)].concat();
        let resets = if of_client {
            Part::Client(resets)
        } else {
            Part::Server(resets)
        };
        [Part::Client(begin.concat()), Part::Server(answer), resets]
    };
    check(
        &parts(false),
        End::Left,
        &[
            "GET /a -> 200 [x-a=1 x-a=2] cut data",
            "GET /b -> none: the server reset the connection",
        ],
    );
    check(
        &parts(true),
        End::Closed,
        &[
            "GET /a -> 200 [x-a=1 x-a=2] Unknown(Left)",
            "GET /b -> none: the client ended the connection",
        ],
    );
    let open = &parts(false)[..2];
    check(
        open,
        End::Closed,
        &[
            "GET /a -> 200 [x-a=1 x-a=2] cut data",
            "GET /b -> none: the server closed the connection",
        ],
    );
}

#[test]
fn a_block_of_headers_cannot_use_up_the_memory() {
    let large = "x".repeat(4000);
    let mut client = Writer::new();
    // The first block puts the header into the table, and each byte of the second is the header.
    let first = client.block(&[(":method", "GET"), (":path", "/a"), ("x", &large)]);
    let second = vec![0xBE; 16_000];
    let parts = [Part::Client(
        [
            begin(),
            frame(1, END_HEADERS, 1, &first),
            frame(1, END_HEADERS, 3, &second),
        ]
        .concat(),
    )];
    let loss = "1 connection was not judged to the end: what came is not HTTP/1.1 or HTTP/2";
    check_all(&parts, End::Closed, &[], &[loss]);
}
