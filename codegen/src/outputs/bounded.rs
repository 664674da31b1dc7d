//! Filters and functions of the engine whose work it does not count in full.

use std::sync::Arc;

use minijinja::value::{Kwargs, ValueKind, ValueOrKwargs};
use minijinja::{Environment, Error, ErrorKind, State, Value, filters, functions};

use super::counted::{Counter, counted};
use super::guard::COUNTED;

/// The characters that `trim` takes away.
const MAX_TRIMMED: usize = 64;

pub(super) fn add(environment: &mut Environment<'_>, counter: &Arc<Counter>) {
    let own = Arc::clone(counter);
    environment.add_filter(COUNTED, move |state: &State<'_, '_>, value: Value| {
        counted(state, value, &own)
    });
    environment.add_filter("lines", |state: &State<'_, '_>, value: Value| {
        pay_for_parts(state, &value)?;
        filters::lines(&value)
    });
    environment.add_filter("split", split);
    environment.add_filter("sum", sum);
    environment.add_filter("trim", trim);
    let own = Arc::clone(counter);
    environment.add_function(
        "range",
        move |state: &State<'_, '_>, lower: isize, upper: Option<isize>, step: Option<isize>| {
            counted(state, functions::range(lower, upper, step)?, &own)
        },
    );
    let own = Arc::clone(counter);
    environment.add_function(
        "dict",
        move |state: &State<'_, '_>, value: Option<Value>, update: Kwargs| {
            counted(state, functions::dict(value, update)?, &own)
        },
    );
    let own = Arc::clone(counter);
    environment.add_function(
        "namespace",
        move |state: &State<'_, '_>, defaults: Option<ValueOrKwargs>| {
            // Its values are counted, but it is not: it can change.
            let values = functions::namespace(defaults)?;
            let values = counted(state, values, &own)?;
            functions::namespace(Some(ValueOrKwargs::from(values)))
        },
    );
}

/// Each part of a text is a string of its own, which takes more memory than the part.
fn pay_for_parts(state: &State<'_, '_>, value: &Value) -> Result<(), Error> {
    let bytes = value.as_str().map_or(0, str::len) as u64;
    state.consume_fuel(bytes / 4)
}

fn split(
    state: &State<'_, '_>,
    value: &Value,
    separator: Option<Arc<str>>,
    most: Option<i64>,
) -> Result<Value, Error> {
    pay_for_parts(state, value)?;
    filters::split(value, separator, most)
}

/// A sum of strings or lists would copy them for each item.
fn sum(
    state: &State<'_, '_>,
    values: Value,
    attribute: Option<&str>,
    start: Option<Value>,
    named: Kwargs,
) -> Result<Value, Error> {
    let start = match start {
        Some(start) => Some(start),
        None => named.get("start")?,
    };
    if start
        .as_ref()
        .is_some_and(|start| start.kind() != ValueKind::Number)
    {
        let message = "`sum` adds numbers only: use `join` for texts";
        return Err(Error::new(ErrorKind::InvalidOperation, message));
    }
    filters::sum(state, values, attribute, start, named)
}

fn trim(text: &str, chars: Option<&str>) -> Result<String, Error> {
    let Some(chars) = chars else {
        return Ok(text.trim().to_owned());
    };
    let chars: Vec<char> = chars.chars().take(MAX_TRIMMED + 1).collect();
    if chars.len() > MAX_TRIMMED {
        let message = format!("`trim` takes {MAX_TRIMMED} characters at most");
        return Err(Error::new(ErrorKind::InvalidOperation, message));
    }
    Ok(text.trim_matches(&chars[..]).to_owned())
}
