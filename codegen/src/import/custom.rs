//! Custom keys of a draft.

use serde_json::{Map, Value};

use super::text::{clean, clean_inside, fit, has_control, without_control};
use crate::limits::{MAX_CUSTOM_DEPTH, MAX_TEXT_BYTES};
use crate::resolve::keys::key_fault;
use crate::span::Span;

/// Keeps a value as a custom key, in a form that is valid in a catalog.
pub(super) fn keep(
    extensions: &mut Map<String, Value>,
    undecided: &mut Vec<String>,
    key: &str,
    value: &Value,
) {
    if value.is_null() {
        return;
    }
    let has_control_key = has_control(key);
    let Some(key) = fit(custom_key(key)) else {
        undecided.push(format!(
            "a value is left out: its key is longer than {MAX_TEXT_BYTES} bytes"
        ));
        return;
    };
    let fault = if depth(value) > MAX_CUSTOM_DEPTH {
        Some("nests too deeply for a catalog".to_owned())
    } else {
        let name = syntax(value);
        name.map(|name| format!("contains the key `{name}`, which a catalog rejects"))
    };
    let mut value = match fault {
        Some(fault) => {
            undecided.push(format!("`{key}` {fault}: it is kept as a string"));
            value.to_string().into()
        }
        None => value.clone(),
    };
    if clean_inside(&mut value) || has_control_key {
        undecided.push(without_control(&format!("`{key}`")));
    }
    let Some(value) = kept(value) else {
        undecided.push(format!(
            "`{key}` is left out: it is longer than {MAX_TEXT_BYTES} bytes"
        ));
        return;
    };
    if extensions.contains_key(&key) {
        undecided.push(format!("duplicate key `{key}`: the first is taken"));
        return;
    }
    extensions.insert(key, value);
}

/// The custom key for a key of the source.
fn custom_key(key: &str) -> String {
    let mut key = clean(key);
    if !key.starts_with("x-") {
        key.insert_str(0, "x-");
    }
    key
}

/// How deep a value nests. The JSON parser allows 128 levels.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}

/// A key inside of a value that cannot be a key of a catalog.
pub(super) fn syntax(value: &Value) -> Option<String> {
    match value {
        Value::Array(items) => items.iter().find_map(syntax),
        Value::Object(members) => members.iter().find_map(|(key, value)| {
            let key = clean(key);
            let fault = key_fault(&key, Span::default());
            fault.map(|_| key).or_else(|| syntax(value))
        }),
        _ => None,
    }
}

/// The value in a form that is valid in a catalog; `None` if a string is too long. Numbers other than unsigned integers
/// become strings.
fn kept(value: Value) -> Option<Value> {
    Some(match value {
        Value::Number(number) if !number.is_u64() => number.to_string().into(),
        Value::String(text) => fit(text)?.into(),
        Value::Array(items) => Value::Array(items.into_iter().map(kept).collect::<Option<_>>()?),
        Value::Object(members) => {
            let members = members.into_iter();
            let members = members.map(|(key, value)| Some((fit(key)?, kept(value)?)));
            Value::Object(members.collect::<Option<_>>()?)
        }
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn custom_keys_are_clean() {
        let mut kept = Map::new();
        let mut undecided = Vec::new();
        for key in ["x-own", "a\u{7}b", &"k".repeat(20_000)] {
            keep(&mut kept, &mut undecided, key, &1.into());
        }
        assert_eq!(Value::Object(kept), json!({ "x-own": 1, "x-ab": 1 }));
        assert_eq!(undecided.len(), 2);
    }
}
