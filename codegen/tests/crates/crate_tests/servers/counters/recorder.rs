//! A recorder that remembers what was registered and counted.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use metrics::{
    Counter, CounterFn, Gauge, Histogram, Key, KeyName, Metadata, Recorder, SharedString, Unit,
};

/// What the labels of a counter say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counted {
    pub operation: &'static str,
    pub code: &'static str,
    pub error_type: &'static str,
    pub status: &'static str,
}

impl Counted {
    /// An error as a response.
    pub const fn answer(operation: &'static str, code: &'static str, status: &'static str) -> Self {
        Self {
            operation,
            code,
            error_type: error_type(code, status),
            status,
        }
    }

    /// An error with this status that ends a stream.
    pub const fn event(operation: &'static str, code: &'static str, status: &'static str) -> Self {
        Self {
            status: "200",
            ..Self::answer(operation, code, status)
        }
    }

    fn labels(&self) -> Labels {
        let labels = [
            ("api.code", self.code),
            ("api.operation", self.operation),
            ("error.type", self.error_type),
            ("http.response.status_code", self.status),
        ];
        labels
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into()
    }
}

/// The code if the catalog has it, else the status.
const fn error_type(code: &'static str, status: &'static str) -> &'static str {
    match code.as_bytes() {
        b"" | b"_OTHER" => status,
        _ => code,
    }
}

pub type Labels = Vec<(String, String)>;

#[derive(Default)]
pub struct Stub {
    counters: Mutex<BTreeMap<Labels, Arc<Count>>>,
    registered: AtomicU64,
}

#[derive(Default)]
struct Count(AtomicU64);

impl CounterFn for Count {
    fn increment(&self, value: u64) {
        self.0.fetch_add(value, Ordering::Relaxed);
    }

    fn absolute(&self, _: u64) {
        panic!("an error is counted, not set");
    }
}

impl Stub {
    /// How often a counter was registered.
    pub fn registered(&self) -> u64 {
        self.registered.load(Ordering::Relaxed)
    }

    /// The labels of each counter, and its value.
    pub fn counters(&self) -> BTreeMap<Labels, u64> {
        let counters = self.counters.lock().unwrap();
        let counters = counters.iter();
        let value = |count: &Count| count.0.load(Ordering::Relaxed);
        counters
            .map(|(labels, count)| (labels.clone(), value(count)))
            .collect()
    }

    /// Fails unless these were counted, each as often as it is in the list.
    #[track_caller]
    pub fn assert_counted<'a>(&self, expected: impl IntoIterator<Item = &'a Counted>) {
        let mut counts = BTreeMap::new();
        for counted in expected {
            *counts.entry(counted.labels()).or_default() += 1;
        }
        assert_eq!(self.counters(), counts);
    }
}

impl Recorder for Stub {
    fn describe_counter(&self, name: KeyName, unit: Option<Unit>, description: SharedString) {
        assert_eq!(name.as_str(), "api.errors");
        assert_eq!(unit, Some(Unit::Count));
        assert!(!description.is_empty());
    }

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        assert_eq!(key.name(), "api.errors");
        self.registered.fetch_add(1, Ordering::Relaxed);
        let labels = key.labels();
        let labels = labels.map(|label| (label.key().to_owned(), label.value().to_owned()));
        let mut counters = self.counters.lock().unwrap();
        Counter::from_arc(Arc::clone(counters.entry(labels.collect()).or_default()))
    }

    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        panic!("errors are counted only");
    }

    fn register_histogram(&self, _: &Key, _: &Metadata<'_>) -> Histogram {
        panic!("errors are counted only");
    }
}
