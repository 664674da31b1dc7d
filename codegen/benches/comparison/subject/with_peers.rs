//! From a name to its code, by phf and strum.

use std::hint::black_box;
use std::str::FromStr;
use std::time::Duration;

use crate::map::CODES;
use crate::repeat;

pub fn find_by_phf(names: &[&str], count: usize) -> Duration {
    repeat(names, count, |name| {
        black_box(CODES.get(*name));
    })
}

pub fn find_by_strum(names: &[&str], count: usize) -> Duration {
    repeat(names, count, |name| {
        let _ = black_box(peer::ErrorCode::from_str(name));
    })
}

pub fn agree(name: &str) {
    let code: &str = peer::ErrorCode::from_str(name).expect("a code").into();
    assert_eq!(code, name);
    assert!(CODES.contains_key(name));
}
