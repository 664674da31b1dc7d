//! The workflow commands: what GitHub reads from them is what the diagnostics say.
//!
//! Source: GitHub documentation, "Workflow commands for GitHub Actions"; what is escaped, and how, is
//! in the package `@actions/core` that GitHub publishes for writing them.

use std::collections::BTreeMap;

use codegen::report::{github, json};
use codegen::span::Span;
use codegen::{Diagnostic, Inputs, Source, compile};
use serde_json::Value;

use super::catalogs::sound;
use super::fixtures;

/// A workflow command, as it is read.
#[derive(Debug)]
struct Command {
    name: String,
    properties: BTreeMap<String, String>,
    data: String,
}

impl Command {
    /// Reads a line strictly: nothing may stand in it that would have to be escaped.
    fn read(line: &str) -> Self {
        let line = line.strip_prefix("::").expect("a command");
        let (head, data) = line.split_once("::").expect("the end of the properties");
        let (name, list) = head.split_once(' ').expect("properties");
        let mut properties = BTreeMap::new();
        for property in list.split(',') {
            let (key, value) = property.split_once('=').expect("a value");
            let is_word = |c: char| c.is_ascii_alphabetic();
            assert!(!key.is_empty() && key.chars().all(is_word), "{key:?}");
            assert!(!value.contains([':', '\r']), "{value:?}");
            let value = unescape(value, &["%25", "%0D", "%0A", "%3A", "%2C"]);
            let before = properties.insert(key.to_owned(), value);
            assert_eq!(before, None, "{key} twice");
        }
        assert!(!data.contains('\r'), "{data:?}");
        Self {
            name: name.to_owned(),
            properties,
            data: unescape(data, &["%25", "%0D", "%0A"]),
        }
    }
}

/// Takes back what is escaped; a percent sign begins one of the `escapes`, or the text is wrong.
fn unescape(text: &str, escapes: &[&str]) -> String {
    let mut parts = text.split('%');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_at_checked(2).expect("an escape");
        assert!(escapes.contains(&format!("%{code}").as_str()), "%{code}");
        let byte = u8::from_str_radix(code, 16).expect("two digits");
        out.push(char::from(byte));
        out.push_str(rest);
    }
    out
}

fn source_of(inputs: &Inputs, span: Span) -> String {
    let sources = inputs.sources().iter().chain(inputs.templates());
    let mut sources = sources.chain(inputs.lock());
    let source = sources.nth(span.source.0 as usize);
    source.expect("the source of the span").name().to_owned()
}

/// Reads the commands back and holds them against the diagnostics, and their places against those of
/// the JSON report.
fn commands_say_what_was_found(inputs: &Inputs) -> Vec<Diagnostic> {
    let found = compile(inputs).diagnostics;
    let report = github(inputs, &found);
    let places = json(inputs, &found);
    let places = places
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let commands: Vec<Command> = report.split_terminator('\n').map(Command::read).collect();
    assert_eq!(commands.len(), found.len());
    for ((command, found), place) in commands.iter().zip(&found).zip(places) {
        assert_eq!(command.name, place["severity"]);
        let help = found.help.iter().flat_map(|help| ["\n", help]);
        let text: String = std::iter::once(found.message.as_str())
            .chain(help)
            .collect();
        assert_eq!(command.data, text);
        let number = |name: &str| place[name].to_string();
        let expected = [
            ("file", source_of(inputs, found.primary.span)),
            ("line", number("line")),
            ("col", number("column")),
            ("endLine", number("endLine")),
            ("endColumn", number("endColumn")),
            ("title", found.rule.id().to_owned()),
        ];
        let expected = expected.map(|(key, value)| (key.to_owned(), value));
        assert_eq!(command.properties, BTreeMap::from(expected));
    }
    found
}

#[test]
fn each_fixture_can_be_read_back() {
    for fixture in fixtures::all() {
        assert!(!commands_say_what_was_found(&fixture.inputs).is_empty());
    }
}

#[test]
fn hostile_names_and_texts_can_be_read_back() {
    for hostile in [
        "100%",
        "%0A%25%",
        "a\r\nb",
        "::error::",
        "a: b, c=d",
        "::error file=other.yaml,line=1::",
        "%3A%2C",
        "é🦀\u{2028}",
        "",
    ] {
        let value = serde_json::to_string(hostile).expect("a text can be written");
        let text = sound().replace("type: request_error", &format!("type: {value}"));
        let source = Source::new(hostile, text.into_bytes());
        let found = commands_say_what_was_found(&Inputs::new(source));
        assert_eq!(found.len(), 1, "{hostile:?}");
    }
}
