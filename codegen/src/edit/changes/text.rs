//! The texts of new values.

use serde_json::Value;

use crate::ast::language::Language;
use crate::edit::cst::{Element, Part, Trivia};
use crate::edit::file::read_all;
use crate::source::{Inputs, Source};
use crate::unord_map::UnordMap;
use crate::yaml::quote;
use crate::yaml::quote::{Place, push_quoted, to_scalar};
use crate::yaml::write::{write_key, write_value};

/// A value after a key: collections are between brackets.
pub(super) fn value(value: &Value, is_flow: bool) -> String {
    match value {
        Value::String(text) if !is_flow => string(text, Place::Block),
        other => flow(other),
    }
}

/// A text of several lines as a literal block; nothing for another value.
pub(super) fn block(value: &Value, indent: usize, line_break: &str) -> Option<String> {
    let mut text = String::new();
    write_value(value, indent, &mut text);
    let is_block = value.is_string() && text.starts_with(" |");
    is_block.then(|| text.trim_end_matches('\n').replace('\n', line_break))
}

/// A value between brackets.
pub(super) fn flow(value: &Value) -> String {
    match value {
        Value::String(text) => string(text, Place::Flow),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) if members.is_empty() => "{}".to_owned(),
        Value::Object(members) => {
            let members = members.iter();
            let members: Vec<String> = members
                .map(|(name, value)| format!("{}: {}", key(name), flow(value)))
                .collect();
            format!("{{ {} }}", members.join(", "))
        }
        other => {
            let mut text = String::new();
            write_value(other, 0, &mut text);
            text.trim().to_owned()
        }
    }
}

/// A string, in quotes where it would be read as another value.
fn string(text: &str, place: Place) -> String {
    let scalar = to_scalar(text, place);
    let is_plain = scalar == text;
    let is_other = matches!(text, "" | "~" | "null" | "true" | "false")
        || matches!(serde_json::from_str(text), Ok(Value::Number(_)));
    if !(is_plain && is_other) {
        return scalar;
    }
    let mut quoted = String::new();
    push_quoted(text, quote::is_shown, &mut quoted);
    quoted
}

/// A key.
pub(super) fn key(name: &str) -> String {
    string(name, Place::Flow)
}

/// A key with its value. The further steps of the path are mappings around the value.
pub(super) fn member(path: &[String], own: &Value, is_flow: bool) -> Option<String> {
    let (first, rest) = path.split_first()?;
    let nested = rest.iter().rev().fold(own.clone(), |value, name| {
        Value::Object([(name.clone(), value)].into_iter().collect())
    });
    Some(format!("{}: {}", key(first), value(&nested, is_flow)))
}

/// The lines of an entry and its keys, each key on its own line. `comments` are those above them.
pub(super) fn lines(
    (section, name): (&str, &str),
    value: &Value,
    comments: &UnordMap<String, Vec<String>>,
) -> Vec<String> {
    let above = |path: &str| comments.get(path).cloned().unwrap_or_default();
    let own = format!("{section}\0{name}");
    let mut lines = above(&own);
    let mut text = String::new();
    match value {
        Value::Object(members) if !members.is_empty() => {
            write_key(name, 0, &mut text);
            text.push('\n');
            for (key, value) in members {
                for comment in above(&format!("{own}\0{key}")) {
                    text.push_str("  ");
                    text.push_str(&comment);
                    text.push('\n');
                }
                write_key(key, 2, &mut text);
                match value {
                    Value::String(line) if !line.contains('\n') => {
                        text.push(' ');
                        text.push_str(&string(line, Place::Block));
                        text.push('\n');
                    }
                    other => write_value(other, 4, &mut text),
                }
            }
        }
        other => {
            write_key(name, 0, &mut text);
            write_value(other, 2, &mut text);
        }
    }
    lines.extend(text.lines().map(str::to_owned));
    lines
}

/// Lines with this indentation. Empty ones stay empty.
pub(super) fn joined(lines: &[String], column: usize, line_break: &str) -> String {
    let indent = " ".repeat(column);
    let lines = lines.iter();
    let lines: Vec<String> = lines
        .map(|line| match line.as_str() {
            "" => String::new(),
            line => format!("{indent}{line}"),
        })
        .collect();
    lines.join(line_break)
}

/// The comments above the entries of a catalog and above their keys, by the paths of these, whose steps a NUL separates.
pub(crate) fn comments(text: &str) -> UnordMap<String, Vec<String>> {
    let inputs = Inputs::new(Source::new("draft", text.as_bytes().to_vec()));
    let mut found = UnordMap::default();
    let language = Language::new();
    for file in read_all(inputs.sources()).unwrap_or_default() {
        let document = file.document(&language);
        for section in &document.root.children {
            for entry in children(section) {
                let name = format!("{}\0{}", name(section), name(entry));
                collect(&name, entry, &mut found);
                for key in children(entry) {
                    collect(&format!("{name}\0{}", self::name(key)), key, &mut found);
                }
            }
        }
    }
    found
}

fn name<'e>(element: &'e Element<'e>) -> &'e str {
    element.key.map_or("", |key| key.text.as_ref())
}

fn children<'e>(element: &'e Element<'e>) -> &'e [Element<'e>] {
    match &element.value {
        Part::Collection(collection) => &collection.children,
        _ => &[],
    }
}

fn collect(path: &str, element: &Element<'_>, found: &mut UnordMap<String, Vec<String>>) {
    let comments = element.leading.iter().filter_map(|line| match line {
        Trivia::Comment(comment) => Some((*comment).to_owned()),
        Trivia::Blank => None,
    });
    let comments: Vec<String> = comments.collect();
    if !comments.is_empty() {
        found.insert(path.to_owned(), comments);
    }
}
