//! Writes values as JSON: on lines with two spaces of indentation, as `serde_json::to_string_pretty` does, or on one line.
//!
//! A document of 10,000 codes has a quarter of a million texts, and nearly none needs an escape: a look at all bytes of a
//! text at once costs a third of the look at each.

use std::fmt::Write as _;

use super::Tree;
use crate::bytes;

/// Appends a value. Its first line is not indented.
pub(super) fn push(tree: &Tree<'_>, indent: usize, out: &mut String) {
    match tree {
        Tree::Null => out.push_str("null"),
        Tree::Bool(true) => out.push_str("true"),
        Tree::Bool(false) => out.push_str("false"),
        // Writing to a string cannot fail.
        Tree::Number(number) => {
            let _ = write!(out, "{number}");
        }
        Tree::Text(text) => push_text(text, out),
        Tree::List(items) if items.is_empty() => out.push_str("[]"),
        Tree::List(items) => {
            out.push('[');
            for (position, item) in items.iter().enumerate() {
                begin_line(position, indent + 2, out);
                push(item, indent + 2, out);
            }
            end_lines(indent, out);
            out.push(']');
        }
        Tree::Object(members) if members.is_empty() => out.push_str("{}"),
        Tree::Object(members) => {
            out.push('{');
            for (position, (name, value)) in members.iter().enumerate() {
                begin_line(position, indent + 2, out);
                push_text(name, out);
                out.push_str(": ");
                push(value, indent + 2, out);
            }
            end_lines(indent, out);
            out.push('}');
        }
        Tree::Shared(shared) => push(&shared.tree, indent, out),
    }
}

/// Appends a value on one line.
pub(super) fn push_line(tree: &Tree<'_>, out: &mut String) {
    match tree {
        Tree::List(items) => {
            out.push('[');
            for (position, item) in items.iter().enumerate() {
                if position > 0 {
                    out.push(',');
                }
                push_line(item, out);
            }
            out.push(']');
        }
        Tree::Object(members) => {
            out.push('{');
            for (position, (name, value)) in members.iter().enumerate() {
                if position > 0 {
                    out.push(',');
                }
                push_text(name, out);
                out.push(':');
                push_line(value, out);
            }
            out.push('}');
        }
        Tree::Shared(shared) => push_line(&shared.tree, out),
        scalar => push(scalar, 0, out),
    }
}

fn begin_line(position: usize, indent: usize, out: &mut String) {
    if position > 0 {
        out.push(',');
    }
    end_lines(indent, out);
}

fn end_lines(indent: usize, out: &mut String) {
    const LINE: &str = "\n                                ";
    match LINE.get(..=indent) {
        Some(line) => out.push_str(line),
        None => {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent));
        }
    }
}

fn push_text(text: &str, out: &mut String) {
    let is_escaped = |byte| matches!(byte, 0..b' ' | b'"' | b'\\');
    if bytes::any(text, is_escaped) {
        // Strings always serialise.
        out.push_str(&serde_json::to_string(text).unwrap_or_default());
        return;
    }
    out.push('"');
    out.push_str(text);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use crate::tree::Tree;

    fn values() -> impl Strategy<Value = Value> {
        let scalar = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            any::<f64>().prop_map(|number| json!(number)),
            any::<i64>().prop_map(|number| json!(number)),
            "(.|[\\x00-\\x7f])*".prop_map(Value::String),
        ];
        scalar.prop_recursive(24, 60, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
                prop::collection::vec((".*", inner), 0..4)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn json_is_what_serde_json_writes(value in values()) {
            let expected = serde_json::to_string_pretty(&value).unwrap();
            let tree = Tree::from(&value);
            prop_assert_eq!(tree.to_json(), &*expected);
            prop_assert_eq!(tree.to_string(), value.to_string());
            prop_assert_eq!(tree.shared().to_json(), expected);
        }
    }
}
