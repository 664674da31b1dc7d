//! Counting an error allocates nothing, once its counter is registered.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use gateway_errors::{ApiError, ErrorCode, Observer};
use metrics::{
    Counter, CounterFn, Gauge, Histogram, Key, KeyName, Metadata, Recorder, SharedString, Unit,
};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

#[derive(Default)]
struct Count(AtomicU64);

impl CounterFn for Count {
    fn increment(&self, value: u64) {
        self.0.fetch_add(value, Ordering::Relaxed);
    }

    fn absolute(&self, _: u64) {}
}

/// All counters are one.
struct One(Arc<Count>);

impl Recorder for One {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, _: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(Arc::clone(&self.0))
    }

    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }

    fn register_histogram(&self, _: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::noop()
    }
}

const TRIES: usize = 5;

#[test]
fn counting_allocates_nothing() {
    let count = Arc::new(Count::default());
    let recorder = One(Arc::clone(&count));
    let errors: Vec<ApiError> = ErrorCode::ALL
        .iter()
        .map(|code| ApiError::new(*code))
        .chain([404, 418, 500].map(ApiError::from_status))
        .collect();
    let observer = Observer::new();
    let count_all = || {
        for (method, path) in [
            ("GET", "/v1/models/7"),
            ("POST", "/v1/files"),
            ("GET", "/nowhere"),
        ] {
            let request = observer.request(method, path);
            for error in &errors {
                request.answered(error);
                request.ended(error);
            }
        }
    };
    metrics::with_local_recorder(&recorder, || {
        count_all();
        // The memory is that of all threads, and the test harness has one that works now and then.
        let tries = (0..TRIES).map(|_| {
            let before = MEMORY.current_usage();
            MEMORY.reset_peak_usage();
            for _ in 0..100 {
                count_all();
            }
            MEMORY.peak_usage() - before
        });
        assert_eq!(tries.min(), Some(0));
    });
    let expected = (1 + TRIES * 100) * 3 * 2 * errors.len();
    assert_eq!(count.0.load(Ordering::Relaxed), expected as u64);
}
