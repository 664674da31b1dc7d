//! From a request to its error in a server, with and without counters.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::hint::black_box;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use http::{Request, Response, Uri};
use metrics::{
    Counter, CounterFn, Gauge, Histogram, Key, KeyName, Metadata, Recorder, SharedString, Unit,
};
use tower_layer::Layer;
use tower_service::Service;

use crate::repeat;

/// A recorder such as those of exporters, whose counters are atomic numbers.
struct Atomic;

struct Count(AtomicU64);

impl CounterFn for Count {
    fn increment(&self, value: u64) {
        self.0.fetch_add(value, Ordering::Relaxed);
    }

    fn absolute(&self, value: u64) {
        self.0.fetch_max(value, Ordering::Relaxed);
    }
}

impl Recorder for Atomic {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, _: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(Arc::new(Count(AtomicU64::new(0))))
    }

    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }

    fn register_histogram(&self, _: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::noop()
    }
}

/// Counts an error whose operation is known, or finds the operation, or both.
pub fn observe(who: &str, count: usize) -> Duration {
    metrics::set_global_recorder(Atomic)
        .unwrap_or_else(|_| unreachable!("it is set once in a process"));
    let observer = counted::Observer::new();
    let inputs: Vec<_> = (0..1_000)
        .map(|number| {
            let path = format!("/v1/resource_{}/{number}/parts", number % 50);
            let code = counted::ErrorCode::ALL[number];
            let request = observer.request("GET", &path);
            (request, path, counted::ApiError::new(code))
        })
        .collect();
    let passes = |count| match who {
        "find" => repeat(&inputs, count, |(_, path, _)| {
            black_box(observer.request("GET", path));
        }),
        "count" => repeat(&inputs, count, |(request, _, error)| {
            request.answered(error);
        }),
        "both" => repeat(&inputs, count, |(_, path, error)| {
            observer.request("GET", path).answered(error);
        }),
        _ => panic!("{who:?} does not observe errors"),
    };
    // Counters are registered once.
    passes(inputs.len());
    passes(count)
}

macro_rules! answer {
    ($krate:ident, $is_error:expr, $count:expr) => {{
        #[derive(Clone)]
        struct Answers;

        impl Service<Request<Option<usize>>> for Answers {
            type Response = Response<String>;
            type Error = Infallible;
            type Future = Ready<Result<Response<String>, Infallible>>;

            fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
                Poll::Ready(Ok(()))
            }

            fn call(&mut self, request: Request<Option<usize>>) -> Self::Future {
                ready(Ok(match request.body() {
                    Some(code) => $krate::ApiError::new($krate::ErrorCode::ALL[*code]).into(),
                    None => Response::new(String::new()),
                }))
            }
        }

        let mut server = $krate::tower::EnvelopeLayer.layer(Answers);
        // As in a server, whose requests share the bytes that it read.
        let targets: Vec<_> = (0..1_000)
            .map(|number| format!("/v1/resource_{}/{number}/parts", number % 50))
            .map(|path| Uri::try_from(path).expect("a path is a target"))
            .enumerate()
            .collect();
        let mut pass = |count| {
            repeat(&targets, count, |(number, target)| {
                let code = $is_error.then_some(*number);
                let request = Request::get(target.clone()).body(code);
                let answer = pin!(server.call(request.expect("a path is a request")));
                black_box(answer.poll(&mut Context::from_waker(Waker::noop()))).is_ready();
            })
        };
        pass(targets.len());
        pass($count)
    }};
}

/// Answers a request with an error, or with a success.
pub fn answer(who: &str, count: usize) -> Duration {
    metrics::set_global_recorder(Atomic)
        .unwrap_or_else(|_| unreachable!("it is set once in a process"));
    match who {
        "off" => answer!(plain, true, count),
        "on" => answer!(counted, true, count),
        "success-off" => answer!(plain, false, count),
        "success-on" => answer!(counted, false, count),
        _ => panic!("{who:?} does not answer requests"),
    }
}
