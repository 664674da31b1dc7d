//! The readers of recordings, and the judge of their exchanges.

use std::sync::LazyLock;

use codegen::{Catalog, Inputs, Source, compile};
use error_catalog_audit::exchange::Exchange;
use error_catalog_audit::judge::{Judge, Session, Settings, StreamEnd};
use error_catalog_audit::recording::{Sink, read_text};
use error_catalog_audit::report::Report;
use error_catalog_audit::seen::scope::Scope;

/// The sample catalog, whose operations and styles the recordings of the corpus have.
static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let text = include_str!("../../../../catalog/catalog.yaml");
    let inputs = Inputs::new(Source::new("catalog.yaml", text.into()));
    compile(&inputs).value.expect("the catalog has no errors")
});

static JUDGE: LazyLock<Judge<'static>> = LazyLock::new(|| {
    let ends = ["[DONE]", "event:message_stop"].map(StreamEnd::new);
    let settings = Settings {
        stream_ends: ends.into(),
        addresses: Vec::new(),
    };
    Judge::new(&CATALOG, settings)
});

/// Counts and judges exchanges.
struct Counted<'j> {
    session: Session<'j>,
    exchanges: u64,
}

impl Sink for Counted<'_> {
    fn exchange(&mut self, exchange: &Exchange<'_>) {
        self.exchanges += 1;
        self.session.exchange(exchange);
    }
}

/// Reads bytes as a recording of any format, compressed or not, and judges what it contains.
///
/// # Panics
///
/// Panics if the result breaks an invariant.
pub fn check(bytes: &[u8]) {
    let mut counted = Counted {
        session: JUDGE.session(),
        exchanges: 0,
    };
    let Ok(read) = read_text("-", bytes, std::slice::from_mut(&mut counted)) else {
        assert_eq!(counted.exchanges, 0, "only what is a recording is judged");
        return;
    };
    assert_eq!(read.exchanges, counted.exchanges);
    assert!(read.faults.len() as u64 <= read.faulty);
    let tally = counted.session.finish();
    assert_eq!(tally.counts.exchanges, read.exchanges);
    let names = [read.name];
    let report = Report::new(&tally, &names, Scope::default(), Vec::new());
    let json: serde_json::Value = serde_json::from_str(&report.json()).expect("the report is JSON");
    assert!(json.is_object());
    for text in [
        report.text(),
        report.markdown(),
        report.github(),
        report.junit(),
    ] {
        assert!(!text.contains('\0'), "{text:?}");
    }
}
