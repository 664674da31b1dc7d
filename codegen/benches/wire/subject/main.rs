//! Does one task many times: `subject TASK WHO COUNT`. Prints the nanoseconds that it took.
//!
//! `ours` is the generated crate of some size, `peer` that of the same size by thiserror and strum.

mod envelope;
mod inputs;
#[cfg(feature = "observed")]
mod observed;
mod read;
mod styles;
#[cfg(feature = "peer")]
mod with_peer;
mod write;

use std::hint::black_box;
use std::time::{Duration, Instant};

use inputs::{codes, dynamic, repeat};
use ours::{ApiError, ErrorCode};

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
        "write-constant" => write::run(&who, &constant(false), count),
        "write-param" => write::run(&who, &constant(true), count),
        "write-dynamic" => write::run(&who, &dynamic(), count),
        "code-to-bytes" => code_to_bytes(&who, count),
        "parse-hit" => parse(&who, &names(), count),
        "parse-miss" => parse(&who, &misses(), count),
        "parse-short" => parse(&who, &names_of(|name| name.len() < 4), count),
        "parse-long" => parse(&who, &names_of(|name| name.len() > 64), count),
        #[cfg(feature = "namespaces")]
        "parse-sent" => {
            let names: Vec<&str> = codes().iter().map(|code| code.sent_name()).collect();
            parse(&who, &names, count)
        }
        "read" => read::run(&who, &dynamic(), count),
        "retry" => read::retry(&dynamic(), count),
        #[cfg(feature = "observed")]
        "observe" => observed::observe(&who, count),
        #[cfg(feature = "observed")]
        "answer" => observed::answer(&who, count),
        "write-style" => styles::write(&who, count),
        "read-style" => styles::read(&who, count),
        _ => panic!("there is no task {task:?}"),
    };
    println!("{}", took.as_nanos());
}

fn names() -> Vec<&'static str> {
    codes().iter().map(|code| code.as_str()).collect()
}

fn names_of(belongs: impl Fn(&str) -> bool) -> Vec<&'static str> {
    let mut names = names();
    names.retain(|name| belongs(name));
    names
}

/// Names that no code has, each as long as one that a code has. Names of codes end in digits.
fn misses() -> Vec<String> {
    let miss = |name: &str| format!("{}x", &name[..name.len() - 1]);
    names().into_iter().map(miss).collect()
}

fn codes_with_param(with_param: bool) -> Vec<ErrorCode> {
    let mut codes = codes();
    codes.retain(|code| code.param().is_some() == with_param);
    codes
}

/// Errors that say what the catalog says.
fn constant(with_param: bool) -> Vec<ApiError> {
    let codes = codes_with_param(with_param);
    codes.into_iter().map(ApiError::new).collect()
}

fn code_to_bytes(who: &str, count: usize) -> Duration {
    match who {
        "ours" => {
            let mut out = String::new();
            repeat(&codes_with_param(false), count, |code| {
                out.clear();
                out.push_str(code.body_json());
                black_box(&mut out);
            })
        }
        "ours-error" => {
            let mut out = String::new();
            repeat(&codes_with_param(false), count, |code| {
                out.clear();
                ApiError::new(*code).write_json(&mut out);
                black_box(&mut out);
            })
        }
        #[cfg(feature = "peer")]
        "peer" => with_peer::code_to_bytes(&codes_with_param(false), count),
        _ => panic!("{who:?} does not make bytes of codes"),
    }
}

fn parse<N: AsRef<str>>(who: &str, names: &[N], count: usize) -> Duration {
    match who {
        "ours" => repeat(names, count, |name| {
            black_box(ErrorCode::from_wire(name.as_ref()));
        }),
        #[cfg(feature = "peer")]
        "strum" => with_peer::parse_by_strum(names, count),
        #[cfg(feature = "peer")]
        "serde" => with_peer::parse_by_serde(names, count),
        _ => panic!("{who:?} does not parse names"),
    }
}

/// Sees to it that all do the same work, before anything is measured.
fn agree() -> Duration {
    let start = Instant::now();
    for error in [constant(false), constant(true), dynamic()]
        .iter()
        .flatten()
    {
        // The others write complete names.
        if !cfg!(feature = "namespaces") {
            write::agree(error);
        }
        read::agree(error);
    }
    styles::agree();
    for name in names() {
        assert_eq!(
            ErrorCode::from_wire(name).map(ErrorCode::as_str),
            Some(name)
        );
    }
    for name in misses() {
        assert_eq!(ErrorCode::from_wire(&name), None);
    }
    #[cfg(feature = "peer")]
    with_peer::agree(&codes(), &misses());
    start.elapsed()
}
