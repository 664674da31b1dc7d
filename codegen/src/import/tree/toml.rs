//! TOML.

use serde_json::Value;
use toml_edit::{Document, Item, TableLike};

use super::{Content, Lines, Node, Read};

/// Reads a document.
pub(in super::super) fn read(text: &str) -> Read {
    let lines = Lines::of(text);
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            let message = format!("it is not valid TOML: {}", error.message());
            return Read::fault(lines.number(at), message);
        }
    };
    Read {
        root: Some(of_table(document.as_table(), 1, &lines)),
        faults: Vec::new(),
    }
}

fn of_table(table: &dyn TableLike, line: usize, lines: &Lines) -> Node {
    let entries = table.iter().map(|(key, item)| {
        let span = table.key(key).and_then(toml_edit::Key::span);
        let line = span.map_or(line, |span| lines.number(span.start));
        (key.to_owned(), of_item(item, line, lines))
    });
    Node {
        line,
        path: None,
        content: Content::Map(entries.collect()),
    }
}

fn of_item(item: &Item, line: usize, lines: &Lines) -> Node {
    let own =
        |span: Option<std::ops::Range<usize>>| span.map_or(line, |span| lines.number(span.start));
    if let Some(table) = item.as_table_like() {
        return of_table(table, line, lines);
    }
    let content = match item {
        Item::ArrayOfTables(tables) => {
            let tables = tables.iter();
            Content::List(
                tables
                    .map(|table| of_table(table, own(table.span()), lines))
                    .collect(),
            )
        }
        Item::Value(toml_edit::Value::Array(items)) => {
            let items = items.iter().map(|value| {
                let line = own(value.span());
                of_item(&Item::Value(value.clone()), line, lines)
            });
            Content::List(items.collect())
        }
        Item::Value(value) => Content::Scalar(of_scalar(value)),
        Item::None | Item::Table(_) => Content::Scalar(Value::Null),
    };
    Node {
        line,
        path: None,
        content,
    }
}

fn of_scalar(value: &toml_edit::Value) -> Value {
    match value {
        toml_edit::Value::String(text) => text.value().as_str().into(),
        toml_edit::Value::Integer(number) => (*number.value()).into(),
        toml_edit::Value::Float(number) => (*number.value()).into(),
        toml_edit::Value::Boolean(is) => (*is.value()).into(),
        toml_edit::Value::Datetime(moment) => moment.value().to_string().into(),
        toml_edit::Value::Array(_) | toml_edit::Value::InlineTable(_) => Value::Null,
    }
}
