//! HTTP/1.1.

use super::{Part, check, check_all, client, server};
use crate::proxy::ending::End;

const GET: &str = "GET /names HTTP/1.1\r\nHost: x\r\n\r\n";

pub(super) fn conversation() -> Vec<Part> {
    vec![
        client("POST /names HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n"),
        server("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 400 Bad\r\nContent-Length: 2\r\n\r\n{}"),
        client(GET),
        server(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nT: 1\r\n\r\n",
        ),
    ]
}

#[test]
fn bodies_have_a_length_or_chunks_and_requests_follow_each_other() {
    let expected = [
        "POST /names -> 400 [Content-Length=2] whole {}",
        "GET /names -> 200 [Transfer-Encoding=chunked] whole abc",
    ];
    check(&conversation(), End::Closed, &expected);
}

#[test]
fn doubled_headers_stay_two_in_their_order() {
    let answer = "HTTP/1.1 429 Too Many\r\nretry-after: 1\r\nX-A: 2\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n";
    let expected = "GET /names -> 429 [retry-after=1 X-A=2 Retry-After=7 Content-Length=0] whole ";
    check(&[client(GET), server(answer)], End::Closed, &[expected]);
}

#[test]
fn responses_without_a_body_end_with_their_head() {
    let head = "HEAD /a HTTP/1.1\r\n\r\n";
    let parts = [
        client(&format!("{head}{GET}{GET}")),
        server("HTTP/1.1 404 No\r\nContent-Length: 50\r\n\r\n"),
        server("HTTP/1.1 204 None\r\n\r\nHTTP/1.1 304 Same\r\nContent-Length: 9\r\n\r\n"),
    ];
    let expected = [
        "HEAD /a -> 404 [Content-Length=50] whole ",
        "GET /names -> 204 [] whole ",
        "GET /names -> 304 [Content-Length=9] whole ",
    ];
    check(&parts, End::Closed, &expected);
}

#[test]
fn interim_responses_are_not_the_response() {
    let early = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Wait\r\n\r\n";
    let last = "HTTP/1.1 400 Bad\r\nContent-Length: 0\r\n\r\n";
    let parts = [client(GET), server(early), server(last)];
    check(
        &parts,
        End::Closed,
        &["GET /names -> 400 [Content-Length=0] whole "],
    );
}

#[test]
fn a_body_without_a_length_ends_with_the_connection() {
    let answer = "HTTP/1.0 500 Broken\r\n\r\nno length";
    let parts = [client(GET), server(answer)];
    check(
        &parts,
        End::Closed,
        &["GET /names -> 500 [] whole no length"],
    );
    check(&parts, End::Broken, &["GET /names -> 500 [] cut no length"]);
}

#[test]
fn a_body_that_the_server_cuts_is_cut_and_one_that_the_client_leaves_is_not() {
    let stream = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n9\r\nxyz";
    let parts = [client(GET), server(stream)];
    let cut = "GET /names -> 200 [Transfer-Encoding=chunked] cut abcdefxyz";
    check(&parts, End::Closed, &[cut]);
    check(&parts, End::Broken, &[cut]);
    let left = "GET /names -> 200 [Transfer-Encoding=chunked] Unknown(Left)";
    check(&parts, End::Left, &[left]);
    // The server ends too when it sees that the client is gone.
    let parts = [client(GET), server(stream), Part::ClientEnds];
    check(&parts, End::Closed, &[left]);
}

#[test]
fn a_request_can_have_no_response() {
    let none = "GET /names -> none: the server closed the connection";
    check(&[client(GET)], End::Closed, &[none]);
    check(&[client(GET), server("HTTP/1.1 200")], End::Closed, &[none]);
    check(
        &[client(GET)],
        End::Broken,
        &["GET /names -> none: the server reset the connection"],
    );
}

#[test]
fn a_response_can_come_before_the_end_of_the_upload() {
    let begin = "POST /files HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc";
    let early = "HTTP/1.1 413 Large\r\nContent-Length: 0\r\n\r\n";
    let parts = [
        client(begin),
        server(early),
        client(&format!("defghi{GET}")),
        server(early),
    ];
    let expected = [
        "POST /files -> 413 [Content-Length=0] whole ",
        "GET /names -> 413 [Content-Length=0] whole ",
    ];
    check(&parts, End::Closed, &expected);
}

#[test]
fn what_follows_an_upgrade_is_not_read() {
    let upgrade = "GET /socket HTTP/1.1\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n";
    let parts = [
        client(upgrade),
        server(
            "HTTP/1.1 101 Switch\r\nUpgrade: websocket\r\n\r\n\u{1}\u{2}HTTP/1.1 500 No\r\n\r\n",
        ),
        client("\u{3}GET / HTTP/1.1\r\n\r\n"),
    ];
    let loss = "1 connection was not judged after a change of the protocol";
    let seen = "GET /socket -> 101 [Upgrade=websocket] whole ";
    check_all(&parts, End::Closed, &[seen], &[loss]);
    let tunnel = [
        client("CONNECT x:1 HTTP/1.1\r\n\r\n"),
        server("HTTP/1.1 200 OK\r\n\r\nraw"),
        client("raw"),
    ];
    check_all(
        &tunnel,
        End::Closed,
        &["CONNECT x:1 -> 200 [] whole "],
        &[loss],
    );
}

#[test]
fn what_is_not_http_is_not_judged() {
    let loss = "1 connection was not judged to the end: what came is not HTTP/1.1 or HTTP/2";
    let garbage = [client(GET), server("SSH-2.0-OpenSSH\r\n\r\n")];
    check_all(&garbage, End::Closed, &[], &[loss]);
    check_all(
        &[client("\u{16}\u{3}\u{1}\r\n\r\n")],
        End::Closed,
        &[],
        &[loss],
    );
    let lengths = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n";
    check_all(&[client(GET), server(lengths)], End::Closed, &[], &[loss]);
    let chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n+1\r\n";
    check_all(&[client(GET), server(chunks)], End::Closed, &[], &[loss]);
}
