//! Exchanges with random changes: no panic, and a bounded number of groups.
//!
//! They are a million if the variable `EXHAUSTIVE` is set.

use std::hint::black_box;

use error_catalog_audit::exchange::{Body, Exchange, Outcome, Repeated};
use error_catalog_audit::judge::Judge;
use error_catalog_audit::report::Report;
use error_catalog_audit::seen::scope::Scope;

use super::planted;
use super::support::{catalog, documented, file, settings};

/// Random numbers that are the same in every run.
///
/// Source: Marsaglia, "Xorshift RNGs", 2003.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }

    /// Changes bytes: removes, repeats, replaces or inserts some.
    fn mutate(&mut self, bytes: &mut Vec<u8>) {
        const PARTS: [&[u8]; 12] = [
            b"\"",
            b"{",
            b"}",
            b"[[[[",
            b"\\u0000",
            b"\xff\xfe",
            b"null",
            b"-1e999",
            b"\r\n\r\n",
            b"data:",
            b"\"code\":",
            "\u{1F980}".as_bytes(),
        ];
        let at = self.below(bytes.len() + 1);
        let to = (at + self.below(9)).min(bytes.len());
        match self.below(5) {
            0 => drop(bytes.drain(at..to)),
            1 => bytes.extend_from_within(at..to),
            2 => bytes.truncate(at),
            3 if at < bytes.len() => bytes[at] = self.next().to_le_bytes()[0],
            _ => {
                let part = PARTS[self.below(PARTS.len())];
                bytes.splice(at..at, part.iter().copied());
            }
        }
    }

    fn change(&mut self, exchange: &mut Exchange<'static>) {
        let text = |random: &mut Self, text: &str| {
            let mut bytes = text.as_bytes().to_vec();
            random.mutate(&mut bytes);
            String::from_utf8_lossy(&bytes).into_owned()
        };
        let repeated = [
            Repeated::Kept,
            Repeated::Joined,
            Repeated::One,
            Repeated::Absent,
        ];
        match self.below(9) {
            0 => {
                exchange.request.target = exchange
                    .request
                    .target
                    .take()
                    .map(|target| text(self, &target).into());
            }
            1 => {
                exchange.request.method = exchange
                    .request
                    .method
                    .take()
                    .map(|method| text(self, &method).into());
            }
            2 => exchange.request.headers.repeated = repeated[self.below(4)],
            choice => {
                let Outcome::Response(response) = &mut exchange.outcome else {
                    return;
                };
                let count = response.headers.fields.len();
                match choice {
                    3 => {
                        response.status =
                            [100, 200, 204, 304, 400, 404, 413, 429, 500, 599][self.below(10)];
                    }
                    4 => response.headers.repeated = repeated[self.below(4)],
                    5 if count > 0 => {
                        let at = self.below(count);
                        let mut value = response.headers.fields[at].1.to_vec();
                        self.mutate(&mut value);
                        response.headers.fields[at].1 = value.into();
                    }
                    6 if count > 0 => drop(response.headers.fields.remove(self.below(count))),
                    7 => {
                        if let Body::Whole(body) = &response.body {
                            response.body = Body::Cut(body.clone());
                        }
                    }
                    _ => {
                        if let Body::Whole(body) | Body::Cut(body) = &mut response.body {
                            self.mutate(body.to_mut());
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn no_change_of_an_exchange_makes_the_judge_panic() {
    let count: u64 = match std::env::var_os("EXHAUSTIVE") {
        Some(_) => 1_000_000,
        None => 20_000,
    };
    let seeds = planted::all();
    let catalogs = [
        catalog(&documented()),
        catalog(&file("catalog/catalog.yaml")),
        catalog(&file("codegen/tests/fixtures/good/shapes/catalog.yaml")),
    ];
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for catalog in &catalogs {
        let judge = Judge::new(catalog, settings());
        let mut session = judge.session();
        for number in 0..count / 3 {
            let mut exchange = seeds[random.below(seeds.len())].clone();
            exchange.place.exchange = number;
            for _ in 0..=random.below(4) {
                random.change(&mut exchange);
            }
            session.judge(&exchange);
        }
        let tally = session.finish();
        assert!(tally.groups().count() <= 2000);
        let report = Report::new(&tally, &[], Scope::default(), Vec::new());
        black_box((
            report.text(),
            report.json(),
            report.markdown(),
            report.github(),
            report.sarif(),
            report.junit(),
        ));
    }
}
