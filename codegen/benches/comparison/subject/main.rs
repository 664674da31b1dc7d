//! Does one task many times: `subject TASK WHO COUNT`. Prints the nanoseconds that it took.
//!
//! `ours` is the crate that a side generates for usual names, `names` that for short and long names too.

mod envelope;
mod inputs;
#[cfg(feature = "peers")]
mod map;
mod read;
#[cfg(feature = "peers")]
mod with_peers;

use std::hint::black_box;
use std::time::{Duration, Instant};

use inputs::{codes, dynamic, repeat};
use names::ErrorCode;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut argument = || arguments.next().expect("usage: subject TASK WHO COUNT");
    let (task, who, count) = (argument(), argument(), argument());
    let count = count.parse().expect("the count is a number");
    let took = match task.as_str() {
        "agree" => agree(),
        "empty" => repeat(&codes(), count, |code| {
            black_box(code);
        }),
        "read" => read::run(&who, &dynamic(), count),
        "short" => find(&who, &short(), count),
        "long" => find(&who, &long(), count),
        _ => panic!("there is no task {task:?}"),
    };
    println!("{}", took.as_nanos());
}

#[cfg(feature = "before")]
fn code(name: &str) -> Option<ErrorCode> {
    ErrorCode::from_name(name)
}

#[cfg(not(feature = "before"))]
fn code(name: &str) -> Option<ErrorCode> {
    ErrorCode::from_wire(name)
}

fn names(is_one: impl Fn(usize) -> bool) -> Vec<&'static str> {
    let names = ErrorCode::ALL.iter().map(|code| code.as_str());
    names.filter(|name| is_one(name.len())).collect()
}

fn short() -> Vec<&'static str> {
    names(|length| length <= 3)
}

fn long() -> Vec<&'static str> {
    names(|length| length > 64)
}

fn find(who: &str, names: &[&str], count: usize) -> Duration {
    match who {
        "ours" => repeat(names, count, |name| {
            black_box(code(name));
        }),
        #[cfg(feature = "peers")]
        "phf" => with_peers::find_by_phf(names, count),
        #[cfg(feature = "peers")]
        "strum" => with_peers::find_by_strum(names, count),
        _ => panic!("{who:?} does not find codes"),
    }
}

/// Sees to it that all do the same work, before anything is measured.
fn agree() -> Duration {
    let start = Instant::now();
    for error in dynamic() {
        read::agree(&error);
    }
    assert_eq!([short().len(), long().len()], [100, 100]);
    for name in [short(), long()].concat() {
        assert_eq!(code(name).map(|code| code.as_str()), Some(name));
        #[cfg(feature = "peers")]
        with_peers::agree(name);
    }
    start.elapsed()
}
