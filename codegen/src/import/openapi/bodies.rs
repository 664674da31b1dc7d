//! The codes that the schema of a body names, wherever and however it does.

use serde_json::Value;

use super::document::{Document, Response};
use super::values;
use crate::limits::MAX_CHOICES;
use crate::unord_map::UnordMap;

/// Members that name a code in a schema, besides those of [`values::CODES`].
const CODES: [&str; 4] = ["key", "type", "issue", "name"];
/// Members below which an error can be.
const NESTS: [&str; 8] = [
    "error",
    "errors",
    "fault",
    "problem",
    "details",
    "detail",
    "issues",
    "extensions",
];

/// A code of a body.
pub(super) struct Named<'a> {
    pub(super) value: &'a Value,
    pub(super) path: String,
    pub(super) variant: Option<&'a str>,
    pub(super) meaning: Option<&'a str>,
    /// The schema that lists it together with others.
    pub(super) list: Option<*const Value>,
    /// Whether it is only an example.
    pub(super) is_example: bool,
    /// The text beside it, if it is the only one.
    pub(super) message: Option<&'a Value>,
}

/// What the schemas of a response name.
#[derive(Default)]
pub(super) struct Found<'a> {
    pub(super) codes: Vec<Named<'a>>,
    /// References that lead to nothing in the document.
    pub(super) broken: Vec<&'a str>,
    seen: UnordMap<*const Value, ()>,
}

/// The codes that the bodies of a response name by their schemas.
pub(super) fn of<'a>(document: &Document<'a>, response: &Response<'a>) -> Found<'a> {
    let mut found = Found::default();
    for content in &response.contents {
        let path = format!("{}.content.{}", response.path, content.media_type);
        found.body(document, content.schema, &path, 0);
    }
    found
}

impl<'a> Found<'a> {
    /// The schema of an object, or of a part of one.
    fn body(&mut self, document: &Document<'a>, schema: &'a Value, path: &str, depth: usize) {
        let schema = self.resolved(document, schema);
        if depth > MAX_CHOICES || self.seen.insert(schema, ()).is_some() {
            return;
        }
        let members = &schema["properties"];
        // The name of a body that has a message, and nothing else that names its error.
        let is_named = members["message"].is_object()
            && values::CODES.iter().all(|name| members[*name].is_null());
        let first = self.codes.len();
        for name in values::CODES.into_iter().chain(CODES) {
            let member = &members[name];
            let is_code = match name {
                "name" => is_named,
                _ => true,
            };
            if !member.is_null() && is_code {
                self.values(document, member, name, &format!("{path}.{name}"), 0);
            }
        }
        // The text beside the only code of a body is about it.
        if let [only] = &mut self.codes[first..] {
            let texts = ["description", "message", "detail"];
            let texts = texts.iter().filter_map(|name| only_text(&members[*name]));
            only.meaning = only.meaning.or_else(|| texts.into_iter().next());
            only.message = values::TEXTS.iter().find_map(|name| {
                let member = document.resolve(&members[*name]);
                let mut shown = ["example", "default"].iter();
                shown.find_map(|key| member.get(*key).filter(|text| text.is_string()))
            });
        }
        let inner = &schema["properties"]["data"]["properties"]["error"];
        if !inner.is_null() {
            self.body(document, inner, &format!("{path}.data.error"), depth + 1);
        }
        for name in NESTS {
            let member = &schema["properties"][name];
            if !member.is_null() {
                self.body(document, member, &format!("{path}.{name}"), depth + 1);
            }
        }
        if !schema["items"].is_null() {
            self.body(document, &schema["items"], path, depth + 1);
        }
        for key in ["allOf", "oneOf", "anyOf"] {
            for choice in schema[key].as_array().into_iter().flatten() {
                self.body(document, choice, path, depth + 1);
            }
        }
    }

    /// The values of a member: by `enum`, `const`, `example`, `examples` and `default`, also in choices.
    fn values(
        &mut self,
        document: &Document<'a>,
        schema: &'a Value,
        name: &str,
        path: &str,
        depth: usize,
    ) {
        let schema = self.resolved(document, schema);
        if depth > MAX_CHOICES {
            return;
        }
        let list = |key: &str| schema[key].as_array().into_iter().flatten();
        let stated: Vec<&Value> = list("enum")
            .chain(list("x-extensible-enum"))
            .chain(schema.get("const"))
            .collect();
        let shown = schema
            .get("example")
            .into_iter()
            .chain(list("examples"))
            .chain(schema.get("default"));
        let is_stated = !stated.is_empty();
        let values: Vec<&Value> = if is_stated { stated } else { shown.collect() };
        let is_list = is_stated && values.len() > 1;
        for (position, value) in values.into_iter().enumerate() {
            // A type is an address in most bodies of problems.
            let is_code = match value {
                Value::String(text) => {
                    !text.is_empty()
                        && !text.contains(char::is_whitespace)
                        && match name {
                            "type" => text.contains("//") || text.starts_with("urn:"),
                            "name" => !text.contains(char::is_lowercase) || text.contains('_'),
                            _ => true,
                        }
                }
                Value::Number(_) => !matches!(name, "error" | "reason" | "issue" | "name" | "type"),
                _ => false,
            };
            if is_code && text_of(value) != "about:blank" {
                let listed = |key: &str| schema[key][position].as_str().filter(|_| is_stated);
                let one = schema["description"]
                    .as_str()
                    .filter(|_| schema.get("const").is_some());
                self.codes.push(Named {
                    value,
                    path: path.to_owned(),
                    variant: listed("x-enum-varnames"),
                    meaning: listed("x-enum-descriptions").or(one),
                    message: None,
                    list: is_list.then(|| std::ptr::from_ref(schema)),
                    is_example: !is_stated,
                });
            }
        }
        for key in ["allOf", "oneOf", "anyOf"] {
            for choice in schema[key].as_array().into_iter().flatten() {
                self.values(document, choice, name, path, depth + 1);
            }
        }
    }

    /// Follows a reference, and notes one that leads to nothing.
    fn resolved(&mut self, document: &Document<'a>, schema: &'a Value) -> &'a Value {
        let found = document.resolve(schema);
        let is_broken = found.is_null() || found.get("$ref").is_some();
        if let (Some(reference), true) = (schema["$ref"].as_str(), is_broken)
            && !self.broken.contains(&reference)
        {
            self.broken.push(reference);
        }
        found
    }
}

/// The text of a member that can have only one.
fn only_text(schema: &Value) -> Option<&str> {
    let only = match schema["enum"].as_array().map(Vec::as_slice) {
        Some([only]) => only,
        _ => schema.get("const")?,
    };
    only.as_str()
}

fn text_of(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
