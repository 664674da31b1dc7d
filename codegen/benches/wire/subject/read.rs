//! From the bytes of a body to an error.

use std::hint::black_box;
use std::time::Duration;

use ours::{ApiError, ReceivedError};
use serde_json::Value;

use crate::envelope::Envelope;
use crate::repeat;

type Headers<'a> = [(&'a str, &'a [u8])];

/// What a server sends with an error beside the body.
const HEADERS: &Headers<'static> = &[
    ("content-type", b"application/json"),
    ("x-should-retry", b"false"),
    ("x-request-id", b"req_4f9c2e71a83b40d6"),
];

pub fn run(who: &str, errors: &[ApiError], count: usize) -> Duration {
    let bodies: Vec<String> = errors.iter().map(ApiError::to_json).collect();
    let ours = |headers: &Headers<'_>| {
        repeat(&bodies, count, |body| {
            let headers = black_box(headers).iter().copied();
            black_box(ReceivedError::from_parts(400, headers, body.as_bytes()));
        })
    };
    match who {
        "ours" => repeat(&bodies, count, |body| {
            black_box(ours::Envelope::from_json(body.as_bytes()).expect("an envelope"));
        }),
        "ours-received" => ours(&[]),
        "ours-headers" => ours(HEADERS),
        "cow" => repeat(&bodies, count, |body| {
            black_box(serde_json::from_slice::<Envelope>(body.as_bytes()).expect("an envelope"));
        }),
        "sonic" => repeat(&bodies, count, |body| {
            black_box(sonic_rs::from_slice::<Envelope>(body.as_bytes()).expect("an envelope"));
        }),
        "value" => repeat(&bodies, count, |body| {
            black_box(serde_json::from_slice::<Value>(body.as_bytes()).expect("JSON"));
        }),
        _ => panic!("{who:?} does not read bodies"),
    }
}

/// Whether to send requests again that failed so.
pub fn retry(errors: &[ApiError], count: usize) -> Duration {
    let headers: &Headers<'_> = &[];
    let received = errors.iter().map(|error| {
        let headers = headers.iter().copied();
        ReceivedError::from_parts(error.status(), headers, error.to_json().as_bytes())
    });
    let received: Vec<ReceivedError> = received.collect();
    repeat(&received, count, |received| {
        black_box(received.retry());
    })
}

pub fn agree(error: &ApiError) {
    let body = error.to_json();
    let received = ReceivedError::from_parts(400, HEADERS.iter().copied(), body.as_bytes());
    let read: Envelope = serde_json::from_str(&body).expect("an envelope");
    let by_sonic: Envelope = sonic_rs::from_str(&body).expect("an envelope");
    assert_eq!(by_sonic.error.message, read.error.message);
    let envelope = ours::Envelope::from_json(body.as_bytes()).expect("an envelope");
    assert_eq!(envelope, ours::Envelope::new(error));
    let value: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(received.message.as_deref(), Some(&*read.error.message));
    assert_eq!(received.param.as_deref(), read.error.param.as_deref());
    assert_eq!(received.code.and_then(|code| code.known()), error.code());
    let error_type = received.error_type.and_then(|of| of.known());
    assert_eq!(error_type, Some(error.error_type()));
    assert_eq!(value["error"]["message"], *read.error.message);
    assert_eq!(received.should_retry, Some(false));
}
