//! From an error to the bytes of its body.

use std::hint::black_box;
use std::time::Duration;

use ours::{ApiError, ErrorCode};
use problem_details::ProblemDetails;
use serde::Serialize;

use crate::envelope::Envelope;
use crate::repeat;

pub fn run(who: &str, errors: &[ApiError], count: usize) -> Duration {
    match who {
        "ours" => {
            let mut out = String::new();
            repeat(errors, count, |error| {
                out.clear();
                error.write_json(&mut out);
                black_box(&mut out);
            })
        }
        "derive" => {
            let envelopes: Vec<Envelope> = errors.iter().map(Envelope::from).collect();
            let mut out = Vec::new();
            repeat(&envelopes, count, |envelope| to_writer(envelope, &mut out))
        }
        "to_vec" => {
            let envelopes: Vec<Envelope> = errors.iter().map(Envelope::from).collect();
            repeat(&envelopes, count, |envelope| {
                black_box(serde_json::to_vec(envelope).expect("texts are JSON"));
            })
        }
        "problem_details" => {
            let problems: Vec<_> = errors.iter().map(problem).collect();
            let mut out = Vec::new();
            repeat(&problems, count, |problem| to_writer(problem, &mut out))
        }
        _ => panic!("{who:?} does not write errors"),
    }
}

pub fn to_writer(value: &impl Serialize, out: &mut Vec<u8>) {
    out.clear();
    serde_json::to_writer(&mut *out, value).expect("texts are JSON");
    black_box(out);
}

#[derive(Serialize)]
struct Extensions {
    code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    param: Option<String>,
}

/// The error as RFC 9457 has it: the same facts, by other names.
fn problem(error: &ApiError) -> ProblemDetails<Extensions> {
    let address: http::Uri = error
        .error_type()
        .as_str()
        .parse()
        .expect("a word is an address");
    ProblemDetails::new()
        .with_type(address)
        .with_status(http::StatusCode::from_u16(error.status()).expect("a status of HTTP"))
        .with_detail(error.message())
        .with_extensions(Extensions {
            code: error.code().map(ErrorCode::as_str),
            param: error.param().map(str::to_owned),
        })
}

pub fn agree(error: &ApiError) {
    let expected = serde_json::to_string(&Envelope::from(error)).expect("texts are JSON");
    assert_eq!(error.to_json(), expected);
    let problem = serde_json::to_value(problem(error)).expect("texts are JSON");
    assert_eq!(problem["detail"], error.message());
}
