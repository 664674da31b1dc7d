//! Example values as Rust expressions.

use core::time::Duration;

use crate::catalog::{Argument, ArgumentExample};

/// The example of an argument as an expression on one line that gives a value of its field.
pub(super) fn rust_value(argument: &Argument) -> String {
    let value = match &argument.example {
        // The target type of `into` does not determine that of `parse`.
        ArgumentExample::Timestamp(text) if argument.sensitive => {
            format!("{text:?}.parse::<jiff::Timestamp>().unwrap()")
        }
        example => expression(example),
    };
    match (argument.absent.is_some(), argument.sensitive) {
        (false, false) => value,
        (true, false) => format!("Some({value})"),
        (false, true) => match argument.example {
            ArgumentExample::Timestamp(_) => format!("{value}.into()"),
            _ => format!("({value}).into()"),
        },
        (true, true) => format!("Some({value}).into()"),
    }
}

fn expression(example: &ArgumentExample) -> String {
    match example {
        ArgumentExample::String(text) => owned(text),
        ArgumentExample::Timestamp(text) => format!("{text:?}.parse().unwrap()"),
        ArgumentExample::Bool(value) => value.to_string(),
        ArgumentExample::I64(value) => value.to_string(),
        ArgumentExample::U64(value) => value.to_string(),
        ArgumentExample::F64(value) if value.is_nan() => "f64::NAN".to_owned(),
        ArgumentExample::F64(value) if value.is_infinite() && *value > 0.0 => {
            "f64::INFINITY".to_owned()
        }
        ArgumentExample::F64(value) if value.is_infinite() => "f64::NEG_INFINITY".to_owned(),
        ArgumentExample::F64(value) => format!("{value:?}"),
        ArgumentExample::Duration(value) => duration(*value),
        ArgumentExample::Strings(texts) => {
            let texts: Vec<String> = texts.iter().map(|text| owned(text)).collect();
            format!("vec![{}]", texts.join(", "))
        }
        ArgumentExample::Errors(faults) => {
            let faults = faults.iter().map(|fault| {
                let (param, message) = (&fault.param, &fault.message);
                format!("({param:?}, {message:?})")
            });
            let faults: Vec<String> = faults.collect();
            format!("[{}].into_iter().collect()", faults.join(", "))
        }
    }
}

fn owned(text: &str) -> String {
    format!("{text:?}.to_owned()")
}

/// A duration in the largest unit without a remainder.
fn duration(value: Duration) -> String {
    let seconds = value.as_secs();
    match value.subsec_nanos() {
        0 => format!("core::time::Duration::from_secs({seconds})"),
        nanos if nanos.is_multiple_of(1_000_000) => {
            format!("core::time::Duration::from_millis({})", value.as_millis())
        }
        nanos => format!("core::time::Duration::new({seconds}, {nanos})"),
    }
}
