//! What the observers read, however the bytes are divided.

use proptest::prelude::*;

use super::ending::End;
use super::observed::{Observed, Unjudged, channel};
use super::observer::Observer;
use crate::exchange::{Body, Outcome};

mod http1;
mod http2;

/// Bytes of one of the two sides.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Client(Vec<u8>),
    Server(Vec<u8>),
    /// The client sends no more.
    ClientEnds,
}

pub(super) fn client(text: &str) -> Part {
    Part::Client(text.as_bytes().to_vec())
}

pub(super) fn server(text: &str) -> Part {
    Part::Server(text.as_bytes().to_vec())
}

/// What the observer of a connection hands over, a line for each exchange, and what it loses.
fn seen(parts: &[Part], end: End, size: usize) -> (Vec<String>, Vec<String>) {
    let (exchanges, receiver) = channel();
    let mut observer = Observer::new(exchanges.clone());
    for part in parts {
        match part {
            Part::Client(bytes) => bytes
                .chunks(size)
                .for_each(|part| observer.client_sends(part)),
            Part::Server(bytes) => bytes
                .chunks(size)
                .for_each(|part| observer.server_sends(part)),
            Part::ClientEnds => observer.client_ended(),
        }
    }
    observer.end(end);
    let lost: Unjudged = exchanges.unjudged();
    drop((observer, exchanges));
    let mut lines: Vec<(u64, String)> = receiver.iter().map(|seen| line(&seen)).collect();
    lines.sort();
    (
        lines.into_iter().map(|(_, line)| line).collect(),
        lost.lines().collect(),
    )
}

fn line(seen: &Observed) -> (u64, String) {
    let exchange = seen.exchange();
    let request = &exchange.request;
    let (method, target) = (request.method.as_deref(), request.target.as_deref());
    let outcome = match &exchange.outcome {
        Outcome::None(reason) => format!("none: {reason}"),
        Outcome::Mistaken(mistaken) => format!("{mistaken:?}"),
        Outcome::Response(response) => {
            let fields = response.headers.fields.iter();
            let fields: Vec<String> = fields
                .map(|(name, value)| format!("{name}={}", String::from_utf8_lossy(value)))
                .collect();
            let body = match &response.body {
                Body::Whole(bytes) => format!("whole {}", String::from_utf8_lossy(bytes)),
                Body::Cut(bytes) => format!("cut {}", String::from_utf8_lossy(bytes)),
                other => format!("{other:?}"),
            };
            format!("{} [{}] {body}", response.status, fields.join(" "))
        }
    };
    let place = exchange.place.exchange;
    (
        place,
        format!(
            "{} {} -> {outcome}",
            method.unwrap_or("?"),
            target.unwrap_or("?")
        ),
    )
}

/// Checks what the observer of a connection hands over, and what it loses, whatever the size of the parts.
#[track_caller]
pub(super) fn check_all(parts: &[Part], end: End, expected: &[&str], losses: &[&str]) {
    for size in [usize::MAX, 1, 2, 7] {
        let (lines, lost) = seen(parts, end, size);
        assert_eq!(lines, expected, "in parts of {size}");
        assert_eq!(lost, losses, "in parts of {size}");
    }
}

/// Checks what the observer of a connection hands over.
#[track_caller]
pub(super) fn check(parts: &[Part], end: End, expected: &[&str]) {
    check_all(parts, end, expected, &[]);
}

/// A conversation that a random change damages.
fn damaged() -> impl Strategy<Value = Vec<Part>> {
    let whole = prop_oneof![Just(http1::conversation()), Just(http2::conversation()),];
    let changes = prop::collection::vec(
        (any::<prop::sample::Index>(), any::<u8>(), any::<bool>()),
        0..8,
    );
    (whole, changes).prop_map(|(mut parts, changes)| {
        for (at, byte, is_cut) in changes {
            let part = at.index(parts.len());
            let (Part::Client(bytes) | Part::Server(bytes)) = &mut parts[part] else {
                continue;
            };
            if !bytes.is_empty() {
                let place = at.index(bytes.len());
                bytes[place] = byte;
                if is_cut {
                    bytes.truncate(place);
                }
            }
        }
        parts
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn whatever_passes_is_read_without_a_panic(parts in damaged(), size in 1_usize..64) {
        seen(&parts, End::Closed, size);
    }

    #[test]
    fn random_bytes_are_read_without_a_panic(
        client in prop::collection::vec(any::<u8>(), 0..300),
        server in prop::collection::vec(any::<u8>(), 0..300),
        is_http2 in any::<bool>(),
    ) {
        let mut begin = if is_http2 { super::http2::PREFACE.to_vec() } else { Vec::new() };
        begin.extend(client);
        seen(&[Part::Client(begin), Part::Server(server)], End::Broken, 50);
    }
}
