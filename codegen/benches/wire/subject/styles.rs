//! Bodies in every style: `STYLE` is the generated crate, `STYLE-value` serde_json.

use std::hint::black_box;
use std::time::Duration;

use ours::{ApiError, ENVELOPE_STYLES, Envelope, EnvelopeStyle, ReceivedError};
use serde_json::Value;

use crate::write::to_writer;
use crate::{codes_with_param, dynamic, repeat};

fn style(name: &str) -> EnvelopeStyle {
    name.parse().expect("a style of the crate")
}

/// Errors that the catalog describes completely.
fn constant(style: EnvelopeStyle) -> Vec<ApiError> {
    let codes = codes_with_param(false).into_iter();
    codes
        .map(|code| ApiError::new(code).with_style(style))
        .collect()
}

pub fn write(who: &str, count: usize) -> Duration {
    if let Some(name) = who.strip_suffix("-value") {
        let errors = constant(style(name));
        let values = errors
            .iter()
            .map(|error| error.to_json().parse().expect("JSON"));
        let values: Vec<Value> = values.collect();
        let mut out = Vec::new();
        return repeat(&values, count, |value| to_writer(value, &mut out));
    }
    let mut out = String::new();
    repeat(&constant(style(who)), count, |error| {
        out.clear();
        error.write_json(&mut out);
        black_box(&mut out);
    })
}

/// Reads bodies with a message that the catalog does not know.
pub fn read(who: &str, count: usize) -> Duration {
    let name = who.strip_suffix("-value").unwrap_or(who);
    let name = name.strip_suffix("-received").unwrap_or(name);
    let errors = dynamic().into_iter();
    let bodies = errors.map(|error| error.with_style(style(name)).to_json());
    let bodies: Vec<String> = bodies.collect();
    if who.ends_with("-value") {
        return repeat(&bodies, count, |body| {
            black_box(serde_json::from_slice::<Value>(body.as_bytes()).expect("JSON"));
        });
    }
    let headers: [(&str, &str); 0] = [];
    if who.ends_with("-received") {
        return repeat(&bodies, count, |body| {
            black_box(ReceivedError::from_parts(400, headers, body.as_bytes()));
        });
    }
    repeat(&bodies, count, |body| {
        black_box(Envelope::from_json(body.as_bytes()).expect("an envelope"));
    })
}

pub fn agree() {
    for style in ENVELOPE_STYLES {
        for error in constant(*style).into_iter().chain(dynamic()) {
            let error = error.with_style(*style);
            let body = error.to_json();
            let envelope = Envelope::from_json(body.as_bytes()).expect("an envelope");
            assert_eq!(envelope, Envelope::new(&error));
            let headers = [("content-type", style.media_type())];
            let received = ReceivedError::from_parts(400, headers, body.as_bytes());
            assert_eq!(received.message.as_deref(), Some(error.message()));
        }
    }
}
