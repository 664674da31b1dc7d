//! YAML, as the catalog is read.

use serde_json::Value;

use super::super::model::{Finding, Place};
use super::super::update::value::of_scalar;
use super::{Content, Lines, Node, Read};
use crate::span::SourceId;
use crate::yaml::node;
use crate::yaml::parse;

/// Reads a document.
pub(in super::super) fn read(text: &str) -> Read {
    let lines = Lines::of(text);
    let (root, diagnostics) = parse(SourceId(0), text);
    let faults = diagnostics.into_iter().map(|diagnostic| {
        let line = lines.number(diagnostic.primary.span.start as usize);
        Finding::new(&Place::Line(line), diagnostic.message)
    });
    Read {
        root: root.map(|root| of_node(root, &lines)),
        faults: faults.collect(),
    }
}

fn of_node(node: node::Node<'_>, lines: &Lines) -> Node {
    let line = lines.number(node.span.start as usize);
    let content = match node.value {
        node::Value::Scalar(scalar) => Content::Scalar(of_scalar(&scalar)),
        node::Value::List(items) => {
            let items = items.into_iter();
            Content::List(items.map(|item| of_node(item, lines)).collect())
        }
        node::Value::Map(entries) => {
            let entries = entries.into_iter().map(|entry| {
                let mut value = of_node(entry.value, lines);
                // The entry begins with its key.
                value.line = lines.number(entry.key.span.start as usize);
                (entry.key.text.into_owned(), value)
            });
            Content::Map(entries.collect())
        }
        node::Value::Refused => Content::Scalar(Value::Null),
    };
    Node {
        line,
        path: None,
        content,
    }
}
