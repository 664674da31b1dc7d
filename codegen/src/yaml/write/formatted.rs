//! Writes values as a formatted catalog has them, so that `fmt` changes nothing.

use std::borrow::Cow;

use serde_json::Value;

use super::{WIDTH, is_block, push_indent, write_block, write_number};
use crate::limits::MAX_SIMPLE_KEY;
use crate::yaml::quote::{Place, to_scalar};

/// Writes a line up to the colon after its key.
pub(crate) fn write_key(key: &str, indent: usize, out: &mut String) {
    push_indent(indent, out);
    write_bare_key(key, indent, out);
}

/// Writes what follows a key's colon or an item's dash, which is the last of the text.
pub(crate) fn write_value(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::Array(items) => write_list(items, indent, out),
        Value::Object(members) if members.is_empty() => out.push_str(" {}\n"),
        Value::Object(members) => {
            out.push('\n');
            for (key, member) in members {
                write_key(key, indent, out);
                write_value(member, indent + 2, out);
            }
        }
        scalar => {
            out.push(' ');
            write_scalar(scalar, indent, out);
            out.push('\n');
        }
    }
}

fn write_bare_key(key: &str, indent: usize, out: &mut String) {
    let key = to_scalar(key, Place::Block);
    if key.len() > MAX_SIMPLE_KEY {
        out.push_str("? ");
        out.push_str(&key);
        out.push('\n');
        push_indent(indent, out);
    } else {
        out.push_str(&key);
    }
    out.push(':');
}

fn write_scalar(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::String(text) if is_block(text) => write_block(text, indent, out),
        value => out.push_str(&word(value, Place::Block)),
    }
}

/// A scalar in a line.
fn word(value: &Value, place: Place) -> Cow<'_, str> {
    match value {
        Value::String(text) => to_scalar(text, place).into(),
        Value::Number(number) => {
            let mut text = String::new();
            write_number(number, &mut text);
            text.into()
        }
        Value::Bool(true) => "true".into(),
        Value::Bool(false) => "false".into(),
        Value::Null | Value::Array(_) | Value::Object(_) => "null".into(),
    }
}

fn write_list(items: &[Value], indent: usize, out: &mut String) {
    let line_start = out.rfind('\n').map_or(0, |at| at + 1);
    let line = &out[line_start..];
    // The key of a lone colon is on the line above, and wider than any line.
    let is_below = line.trim_start_matches([' ', '-']) == ":";
    let column = if is_below {
        MAX_SIMPLE_KEY
    } else {
        line.chars().count() + 1
    };
    if let Some(line) = short_list(items, column) {
        out.push(' ');
        out.push_str(&line);
        out.push('\n');
        return;
    }
    out.push('\n');
    for item in items {
        push_indent(indent, out);
        write_item(item, indent, out);
    }
}

/// A list on one line that begins at `column`, if it has only short scalars and fits.
fn short_list(items: &[Value], column: usize) -> Option<String> {
    let mut width = 0;
    let is_short = items.iter().all(|item| {
        let is_short = match item {
            Value::String(text) => {
                width += 2 + text.len();
                text.len() <= 40 && !text.contains('\n')
            }
            item => {
                width += 8;
                !item.is_array() && !item.is_object()
            }
        };
        is_short && width <= 80
    });
    if !is_short {
        return None;
    }
    let words: Vec<_> = items.iter().map(|item| word(item, Place::Flow)).collect();
    let line = format!("[{}]", words.join(", "));
    (items.is_empty() || column + line.chars().count() <= WIDTH).then_some(line)
}

/// Writes an item from its dash. The first member of a mapping, and the first item of a list, are on the line of the dash.
fn write_item(item: &Value, indent: usize, out: &mut String) {
    out.push('-');
    match item {
        Value::Object(members) if !members.is_empty() => {
            for (position, (key, member)) in members.iter().enumerate() {
                if position == 0 {
                    out.push(' ');
                } else {
                    push_indent(indent + 2, out);
                }
                write_bare_key(key, indent + 2, out);
                write_value(member, indent + 4, out);
            }
        }
        Value::Array(items) if short_list(items, indent + 2).is_none() => {
            for (position, item) in items.iter().enumerate() {
                if position == 0 {
                    out.push(' ');
                } else {
                    push_indent(indent + 2, out);
                }
                write_item(item, indent + 2, out);
            }
        }
        item => write_value(item, indent + 2, out),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::{write_key, write_value};
    use crate::edit;
    use crate::source::{Inputs, Source};

    fn written(key: &str, value: &Value) -> String {
        let mut out = String::new();
        write_key(key, 0, &mut out);
        write_value(value, 2, &mut out);
        out
    }

    fn formatted(text: &str) -> String {
        let inputs = Inputs::new(Source::new("a", text.as_bytes().to_vec()));
        edit::format(&inputs).unwrap().remove(0)
    }

    fn value() -> impl Strategy<Value = Value> {
        let text = prop_oneof![
            "([-?:,#&*!|>%@'\"{}\\[\\] \t\ra0~\u{FEFF}\u{85}\u{2028}é🦀]|<<|: |- |\n  |\\{a\\}){0,30}",
            "[a-zA-Z0-9._/:-]{1,8}|true|no|~",
            "([a-z, ]{1,9}\n){1,3}",
        ];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            text.prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 12, 4, |inner| {
            let members =
                proptest::collection::btree_map("[-a-z ?:'\"0-9]{0,9}", inner.clone(), 0..4);
            prop_oneof![
                proptest::collection::vec(inner, 0..4).prop_map(Value::from),
                members.prop_map(|members| members.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_formatted(value in value()) {
            let text = written("key", &value);
            prop_assert_eq!(formatted(&text), text);
        }
    }

    #[test]
    fn wide_lists_and_long_keys_are_formatted() {
        let names = vec!["n".repeat(20); 3];
        for key in [
            "k".repeat(40),
            "k".repeat(54),
            "k".repeat(90),
            "k".repeat(1100),
        ] {
            let text = written(
                &key,
                &json!([names.clone(), { key.clone(): names.clone() }]),
            );
            assert_eq!(formatted(&text), text);
        }
    }
}
