//! The filters of templates that are not those of Jinja: cases, literals, comments and Markdown.

use heck::{ToKebabCase, ToLowerCamelCase, ToPascalCase, ToShoutySnakeCase, ToSnakeCase};
use minijinja::{Environment, Error, ErrorKind, State, Value};
use serde::Serialize as _;
use serde_json::Serializer;
use serde_json::ser::PrettyFormatter;

use super::literal::{self, LANGUAGES};
use crate::emit;

/// A filter from a text to a text.
type Text = fn(&str) -> String;

/// The cases of names.
pub(super) const CASES: [(&str, Text); 5] = [
    ("camel", |text| text.to_lower_camel_case()),
    ("kebab", |text| text.to_kebab_case()),
    ("pascal", |text| text.to_pascal_case()),
    ("screaming_snake", |text| text.to_shouty_snake_case()),
    ("snake", |text| text.to_snake_case()),
];

/// Texts as Markdown.
const MARKDOWN: [(&str, Text); 3] = [
    ("markdown", emit::markdown_text),
    ("markdown_cell", emit::markdown_cell),
    ("markdown_code", emit::markdown_code),
];

/// The case with a name.
pub(super) fn case(name: &str) -> Option<Text> {
    let mut cases = CASES.into_iter();
    cases.find_map(|(known, case)| (known == name).then_some(case))
}

pub(super) fn add(environment: &mut Environment<'_>) {
    for (name, filter) in CASES.into_iter().chain(MARKDOWN) {
        environment.add_filter(name, move |text: &str| filter(text));
    }
    for language in &LANGUAGES {
        environment.add_filter(language.name, |state: &State<'_, '_>, value: Value| {
            literal::of(state, language, &value)
        });
    }
    environment.add_filter("json", json);
    environment.add_filter("comment", comment);
}

/// A value as JSON, in one line, or with so many spaces for each level.
fn json(state: &State<'_, '_>, value: &Value, indent: Option<usize>) -> Result<String, Error> {
    // It limits the size and the nesting of the value.
    literal::of(state, &literal::JS, value)?;
    let indent = indent.map(|indent| " ".repeat(indent.min(8)));
    let mut bytes = Vec::new();
    let written = match &indent {
        None => value.serialize(&mut Serializer::new(&mut bytes)),
        Some(indent) => {
            let formatter = PrettyFormatter::with_indent(indent.as_bytes());
            value.serialize(&mut Serializer::with_formatter(&mut bytes, formatter))
        }
    };
    written.map_err(|error| {
        Error::new(ErrorKind::BadSerialization, "the value is not JSON").with_source(error)
    })?;
    // JSON is UTF-8.
    Ok(String::from_utf8(bytes).unwrap_or_default())
}

/// A text as lines of a comment that all begin with `prefix`. No text ends a comment of several lines.
fn comment(state: &State<'_, '_>, text: &str, prefix: &str) -> Result<String, Error> {
    const BREAKS: [char; 7] = [
        '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}',
    ];
    // The prefix is repeated.
    let lines = text.matches(BREAKS).count() + 1;
    state.consume_fuel((lines.saturating_mul(prefix.len()) / 64) as u64)?;
    let text = text.replace("\r\n", "\n").replace("*/", "* /");
    let lines = text.split(BREAKS).map(|line| {
        let line: String = line.chars().map(literal::shown).collect();
        format!("{prefix}{line}").trim_end().to_owned()
    });
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

/// The names of the filters that are added.
pub(super) fn names() -> impl Iterator<Item = &'static str> + Clone {
    let texts = CASES.into_iter().chain(MARKDOWN).map(|(name, _)| name);
    let languages = LANGUAGES.iter().map(|language| language.name);
    texts.chain(languages).chain(["json", "comment"])
}
