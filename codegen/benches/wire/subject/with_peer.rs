//! The tasks as thiserror, strum and serde's derives do them.

use std::hint::black_box;
use std::str::FromStr;
use std::time::Duration;

use ours::{ApiError, ErrorCode};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

use crate::{repeat, write};

pub fn code_to_bytes(codes: &[ErrorCode], count: usize) -> Duration {
    let codes: Vec<peer::ErrorCode> = codes.iter().copied().map(same).collect();
    let mut out = Vec::new();
    repeat(&codes, count, |code| {
        write::to_writer(&peer::Envelope::from(*code), &mut out)
    })
}

pub fn parse_by_strum<N: AsRef<str>>(names: &[N], count: usize) -> Duration {
    repeat(names, count, |name| {
        let _ = black_box(peer::ErrorCode::from_str(name.as_ref()));
    })
}

pub fn parse_by_serde<N: AsRef<str>>(names: &[N], count: usize) -> Duration {
    repeat(names, count, |name| {
        let _ = black_box(by_serde(name.as_ref()));
    })
}

fn by_serde(name: &str) -> Result<peer::ErrorCode, Error> {
    let name: StrDeserializer<Error> = name.into_deserializer();
    peer::ErrorCode::deserialize(name)
}

fn same(code: ErrorCode) -> peer::ErrorCode {
    code.as_str().parse().expect("both have the same codes")
}

pub fn agree(codes: &[ErrorCode], misses: &[String]) {
    for code in codes {
        let body =
            serde_json::to_string(&peer::Envelope::from(same(*code))).expect("texts are JSON");
        assert_eq!(ApiError::new(*code).to_json(), body);
        assert_eq!(by_serde(code.as_str()), Ok(same(*code)));
    }
    for miss in misses {
        assert!(peer::ErrorCode::from_str(miss).is_err());
        assert!(by_serde(miss).is_err());
    }
}
