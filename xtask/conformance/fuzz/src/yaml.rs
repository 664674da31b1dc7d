//! A catalog as YAML, in the layouts that people and programs write.

use arbitrary::Arbitrary;
use serde_json::{Map, Value};

/// How a catalog is written.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub(crate) struct Layout {
    /// From this depth on, mappings and lists are written in one line.
    flow: Flow,
    has_comments: bool,
    is_indented: bool,
    quotes_all: bool,
}

#[derive(Arbitrary, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Flow {
    All,
    Sections,
    Entries,
    Fields,
    None,
}

impl Layout {
    pub(crate) fn print(self, catalog: &Map<String, Value>) -> String {
        let mut out = String::new();
        if self.flow == Flow::All {
            self.flow(&Value::Object(catalog.clone()), &mut out);
            out.push('\n');
        } else {
            self.entries(catalog, Flow::Sections, 0, &mut out);
        }
        out
    }

    fn entries(self, entries: &Map<String, Value>, flow: Flow, indent: usize, out: &mut String) {
        for (key, value) in entries {
            if self.has_comments && indent < 4 {
                out.push_str(&" ".repeat(indent));
                out.push_str("# A comment: { of } the next key\n");
            }
            out.push_str(&" ".repeat(indent));
            out.push_str(&self.scalar(key));
            out.push(':');
            self.value(value, flow, indent, out);
        }
    }

    fn value(self, value: &Value, flow: Flow, indent: usize, out: &mut String) {
        let deeper = match flow {
            Flow::All | Flow::Sections => Flow::Entries,
            Flow::Entries => Flow::Fields,
            Flow::Fields | Flow::None => Flow::None,
        };
        let step = if self.is_indented { 4 } else { 2 };
        match value {
            Value::Object(entries) if self.flow > flow && !entries.is_empty() => {
                out.push('\n');
                self.entries(entries, deeper, indent + step, out);
            }
            Value::Array(items) if self.flow > flow && !items.is_empty() => {
                out.push('\n');
                for item in items {
                    out.push_str(&" ".repeat(indent + step));
                    out.push_str("- ");
                    self.flow(item, out);
                    out.push('\n');
                }
            }
            value => {
                out.push(' ');
                self.flow(value, out);
                out.push('\n');
            }
        }
    }

    fn flow(self, value: &Value, out: &mut String) {
        match value {
            Value::Object(entries) => {
                out.push_str("{ ");
                for (position, (key, value)) in entries.iter().enumerate() {
                    out.push_str(if position > 0 { ", " } else { "" });
                    out.push_str(&self.scalar(key));
                    out.push_str(": ");
                    self.flow(value, out);
                }
                out.push_str(" }");
            }
            Value::Array(items) => {
                out.push('[');
                for (position, item) in items.iter().enumerate() {
                    out.push_str(if position > 0 { ", " } else { "" });
                    self.flow(item, out);
                }
                out.push(']');
            }
            Value::String(text) => out.push_str(&self.scalar(text)),
            value => out.push_str(&value.to_string()),
        }
    }

    /// A string, plain if that is safe in every reader.
    fn scalar(self, text: &str) -> String {
        let is_word = text.len() > 3
            && text
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
            && !matches!(text, "null" | "true" | "false");
        if is_word && !self.quotes_all {
            text.to_owned()
        } else {
            Value::from(text).to_string()
        }
    }
}

/// A value that a custom key may have: no null, no control characters, few levels.
pub(crate) fn of_catalog(value: &Value) -> Value {
    within(value, 3)
}

fn within(value: &Value, depth: u8) -> Value {
    let printable = |text: &str| {
        let text: String = text
            .chars()
            .filter(|letter| letter.is_ascii_graphic() || *letter == ' ')
            .collect();
        format!("x{text}").trim().to_owned()
    };
    match value {
        Value::Object(_) | Value::Array(_) if depth == 0 => "deep".into(),
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(name, value)| (printable(name), within(value, depth - 1)));
            Value::Object(members.collect())
        }
        Value::Array(items) => items.iter().map(|item| within(item, depth - 1)).collect(),
        Value::String(text) => printable(text).into(),
        Value::Null => "null".into(),
        // Some readers take large numbers and some floats for strings, so a catalog quotes them.
        Value::Number(number)
            if number
                .as_i64()
                .is_none_or(|number| number.unsigned_abs() > 1_000_000) =>
        {
            number.to_string().into()
        }
        value => value.clone(),
    }
}
