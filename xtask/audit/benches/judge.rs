//! What it costs to judge an exchange, without reading it.
//!
//! Prints nanoseconds per exchange for answers, for errors with few bodies, and for errors with many.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark prints its figures"
)]

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use codegen::{Catalog, Inputs, Source, compile};
use error_catalog_audit::exchange::{
    Body, Exchange, Headers, Outcome, Place, Repeated, Request, Response,
};
use error_catalog_audit::judge::{Judge, Settings};

/// The exchanges, which are judged one after another. They fit into the cache, as those that were just read.
const COUNT: u64 = 5_000;
/// How often a round judges all of them.
const TIMES: u64 = 20;
/// The rounds, of which the fastest counts.
const ROUNDS: usize = 10;

fn main() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog/catalog.yaml");
    let text = std::fs::read(path).unwrap();
    let catalog = compile(&Inputs::new(Source::new("catalog.yaml", text)));
    let catalog = catalog.value.unwrap();
    println!("| Exchange | ns |\n| --- | ---: |");
    let answer =
        |_| r#"{"id":"file-1","object":"file","bytes":120000,"filename":"a.jsonl"}"#.to_owned();
    measure(&catalog, "answer", 200, answer);
    let same = |_| error("There is no file with this id in the workspace.");
    measure(&catalog, "error, one body", 400, same);
    let new = |number| {
        error(&format!(
            "There is no file with the id {number} in the workspace."
        ))
    };
    measure(&catalog, "error, 5,000 bodies", 400, new);
}

fn error(message: &str) -> String {
    format!(
        r#"{{"error":{{"message":"{message}","type":"invalid_request_error","code":"file_not_found","param":"file_id"}}}}"#
    )
}

fn measure(catalog: &Catalog, name: &str, status: u16, body: impl Fn(u64) -> String) {
    let exchanges: Vec<Exchange<'static>> = (0..COUNT)
        .map(|number| exchange(number, status, body(number)))
        .collect();
    let judge = Judge::new(catalog, Settings::default());
    let round = |_| {
        let mut session = judge.session();
        let start = Instant::now();
        for _ in 0..TIMES {
            for exchange in &exchanges {
                session.judge(exchange);
            }
        }
        let nanoseconds = start.elapsed().as_nanos();
        let tally = session.finish();
        let found = tally.groups().next();
        assert!(found.is_none(), "{found:?}");
        black_box(tally);
        nanoseconds / u128::from(COUNT * TIMES)
    };
    let best = (0..ROUNDS).map(round).min().unwrap();
    println!("| {name} | {best} |");
}

fn exchange(number: u64, status: u16, body: String) -> Exchange<'static> {
    let headers = |fields: &[(&str, &str)]| Headers {
        fields: fields
            .iter()
            .map(|(name, value)| ((*name).to_owned().into(), value.as_bytes().to_vec().into()))
            .collect(),
        repeated: Repeated::Kept,
    };
    Exchange {
        place: Place {
            recording: 0,
            exchange: number,
        },
        request: Request {
            method: Some("GET".into()),
            target: Some(format!("https://api.example.com/v1/files/file-{number}?limit=20").into()),
            headers: headers(&[
                ("accept", "application/json"),
                ("authorization", "Bearer sk-0000000000000000"),
                ("user-agent", "bench/1.0"),
            ]),
        },
        outcome: Outcome::Response(Response {
            status,
            headers: headers(&[
                ("date", "Mon, 30 Nov 2026 12:00:00 GMT"),
                ("content-type", "application/json"),
                ("x-request-id", "req_269e0d37f2a74de4"),
                ("x-should-retry", "false"),
            ]),
            body: Body::Whole(body.into_bytes().into()),
        }),
    }
}
