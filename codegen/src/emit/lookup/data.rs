//! The data of the page: what its script needs besides the texts of the list.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::{Stated, codeless, message_of};
use crate::catalog::{Catalog, Code, Names, Part, Retired, Shape, Status, Template};
use crate::record;

/// The data, as JSON that can be in a script element: it contains no `<`. Each style, type and entry has a line.
pub(super) fn json(catalog: &Catalog, of_operations: &[Stated<'_>]) -> String {
    let envelope = &catalog.envelope;
    let sent = envelope.shapes.len();
    let styles = envelope.read_shapes().enumerate();
    let styles = styles.map(|(position, shape)| Style::new(shape, position < sent));
    let types = catalog.types.iter().map(|entry| ErrorType {
        name: &entry.names.wire,
        names: stated(&entry.names),
    });
    let mut of_framework = vec![Vec::new(); catalog.codes.len()];
    for error in &catalog.framework {
        if let (Some(code), Some(message)) = (error.code, &error.message) {
            of_framework[code.index()].push(message.as_str());
        }
    }
    let codes = catalog.codes.iter().zip(of_framework).zip(of_operations);
    let codes = codes.map(|((code, messages), stated)| Entry {
        statuses: other_statuses(code, stated),
        ..Entry::of_code(code, messages)
    });
    let retired = catalog.retired.iter().map(Entry::of_retired);
    let codeless = codeless(catalog).map(|(group, error)| Entry {
        kind: "bare",
        error_type: Some(error.error_type.index()),
        status: Some(group.status.get()),
        messages: vec![vec![Some(message_of(catalog, error).into())]],
        ..Entry::default()
    });
    let members = [
        ("title", text(&catalog.api.title)),
        ("version", text(&catalog.api.version)),
        // The header of the request id.
        ("header", text(&envelope.request_id)),
        // The styles that clients can read, those that the API sends first.
        ("styles", list(styles)),
        ("types", list(types)),
        // The errors, in the order of the list.
        ("entries", list(codes.chain(retired).chain(codeless))),
    ];
    let members = members.map(|(name, value)| format!("\"{name}\":{value}"));
    format!("{{\n{}\n}}", members.join(",\n"))
}

fn list(values: impl Iterator<Item = impl Serialize>) -> String {
    let lines: Vec<String> = values.map(|value| text(&value)).collect();
    format!("[\n{}\n]", lines.join(",\n"))
}

fn text(value: &(impl Serialize + ?Sized)) -> String {
    // Values whose keys are strings always serialise.
    let text = serde_json::to_string(value).unwrap_or_default();
    if text.contains('<') {
        text.replace('<', "\\u003c")
    } else {
        text
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Style<'a> {
    name: &'a str,
    is_sent: bool,
    /// The tree in the notation of the catalog.
    body: Value,
    /// The tree of an event, unless it is the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<Value>,
    /// The names of types by status, or by family, such as `4xx`.
    #[serde(skip_serializing_if = "Option::is_none")]
    types: Option<Value>,
}

#[derive(Serialize)]
struct ErrorType<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    names: BTreeMap<&'a str, &'a str>,
}

#[derive(Default, Serialize)]
struct Entry<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    /// The names that the code states for styles.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    names: BTreeMap<&'a str, &'a str>,
    /// Other names: in bodies, of its page and in Rust.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<&'a str>,
    /// The position of its type.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    error_type: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    /// Other statuses, which operations state.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    statuses: BTreeSet<u16>,
    /// Its messages: the texts, with null for each argument.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    messages: Vec<Vec<Option<Cow<'a, str>>>>,
}

impl<'a> Style<'a> {
    fn new(shape: &'a Shape, is_sent: bool) -> Self {
        let mut members = record::shape(shape);
        let mut event = members.remove("event").unwrap_or_default();
        let data = event.get_mut("data").map(Value::take);
        Self {
            name: &shape.name,
            is_sent,
            body: members.remove("body").unwrap_or_default(),
            event: data.filter(|data| !data.is_null()),
            types: members.remove("types"),
        }
    }
}

impl<'a> Entry<'a> {
    fn of_retired(code: &'a Retired) -> Self {
        let also = [&code.slug].into_iter().chain(&code.aliases);
        Self {
            kind: "retired",
            name: Some(&code.wire),
            also: other_names(&code.wire, also),
            ..Self::default()
        }
    }

    /// `others` are the messages that replace a bare status of the framework.
    fn of_code(code: &'a Code, others: Vec<&'a str>) -> Self {
        let names = &code.names;
        let also = [&names.slug, &names.variant].into_iter();
        let also = also.chain(&code.aliases).chain(&names.former_variants);
        let sent = (names.unsent > 0).then(|| names.sent());
        let mut messages = vec![parts(&code.message)];
        if code.message.has_arguments() {
            messages.push(vec![Some(code.plain_message.as_str().into())]);
        }
        messages.extend(others.into_iter().map(|message| vec![Some(message.into())]));
        Self {
            kind: "code",
            name: Some(&names.wire),
            names: stated(names),
            also: sent
                .into_iter()
                .chain(other_names(&names.wire, also))
                .collect(),
            error_type: Some(code.error_type.index()),
            status: code.status.own().map(Status::get),
            messages,
            ..Self::default()
        }
    }
}

fn other_statuses(code: &Code, stated: &Stated<'_>) -> BTreeSet<u16> {
    let statuses = stated.iter().map(|(_, own)| own.status);
    let others = statuses.filter(|status| Some(*status) != code.status.own());
    others.map(Status::get).collect()
}

fn stated(names: &Names) -> BTreeMap<&str, &str> {
    let names = names.in_shapes.iter();
    names
        .map(|(style, name)| (style.as_str(), name.as_str()))
        .collect()
}

/// The names that a reader would not take for the wire name: signs and capitals do not distinguish names.
fn other_names<'a>(wire: &str, names: impl Iterator<Item = &'a String>) -> Vec<&'a str> {
    let names = names.map(String::as_str);
    names.filter(|name| !is_like(name, wire)).collect()
}

/// Whether two names differ only in signs and capitals.
fn is_like(one: &str, other: &str) -> bool {
    if one.is_ascii() && other.is_ascii() {
        let [one, other] = [one, other].map(|name| {
            let bytes = name.bytes().filter(u8::is_ascii_alphanumeric);
            bytes.map(|byte| byte.to_ascii_lowercase())
        });
        return one.eq(other);
    }
    loose(one).eq(loose(other))
}

/// The letters and digits of a name, in lower case.
fn loose(name: &str) -> impl Iterator<Item = char> {
    let chars = name.chars().filter(|c| c.is_alphanumeric());
    chars.flat_map(char::to_lowercase)
}

fn parts(message: &Template) -> Vec<Option<Cow<'_, str>>> {
    let parts = message.parts.iter().map(|part| match part {
        Part::Text(text) => Some(text.as_str().into()),
        Part::Argument(_) => None,
    });
    parts.collect()
}
