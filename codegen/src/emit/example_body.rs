//! Example bodies, as every output shows them.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::markdown_escape::is_hidden;

use crate::catalog::{ArgumentExample, Catalog, CodeKind, EnvelopeStyle, Example, MissingParam};

/// The body of an example in a style, with its members in the order of the wire.
pub(super) fn body(catalog: &Catalog, example: &Example, style: EnvelopeStyle) -> Value {
    let null_param = catalog.envelope.param == MissingParam::Null;
    let mut members = Map::new();
    let mut add = |name: &str, value: Value| {
        members.insert(name.to_owned(), value);
    };
    let code = match &example.code {
        Some(name) => code_value(catalog, name),
        None => Value::Null,
    };
    match style {
        EnvelopeStyle::OpenAi => {
            add("message", example.message.as_str().into());
            add("type", example.error_type.as_str().into());
            add("code", code);
        }
        EnvelopeStyle::Problem => {
            add("type", example.type_uri.as_str().into());
            add("title", example.title.as_str().into());
            add("status", example.status.get().into());
            add("detail", example.message.as_str().into());
            add("code", code);
            add("error_type", example.error_type.as_str().into());
            add("retryable", example.retryable.into());
        }
    }
    if example.param.is_some() || null_param {
        add("param", example.param.as_deref().into());
    }
    if let (Some(seconds), EnvelopeStyle::Problem) = (example.retry_after, style) {
        add("retry_after", seconds.into());
    }
    if !example.details.is_empty() {
        let details = example.details.iter();
        let details = details.map(|(name, value)| (name.clone(), argument(value)));
        add("details", Value::Object(details.collect()));
    }
    match style {
        EnvelopeStyle::OpenAi => {
            let mut envelope = Map::new();
            envelope.insert("error".to_owned(), Value::Object(members));
            Value::Object(envelope)
        }
        EnvelopeStyle::Problem => Value::Object(members),
    }
}

/// A code in a body: a string, or a number if the codes of the API are numbers.
pub(super) fn code_value(catalog: &Catalog, name: &str) -> Value {
    let number = match catalog.envelope.code {
        CodeKind::Integer => name.parse::<u64>().ok(),
        CodeKind::String => None,
    };
    number.map_or_else(|| name.into(), Value::from)
}

/// The body in the style that is sent to clients that do not choose, on lines with two spaces of
/// indentation.
pub(super) fn pretty(catalog: &Catalog, example: &Example) -> String {
    pretty_in(catalog, example, catalog.envelope.styles[0])
}

/// The body in a style, on lines with two spaces of indentation. Characters that turn the
/// direction of a text are JSON escapes.
pub(super) fn pretty_in(catalog: &Catalog, example: &Example, style: EnvelopeStyle) -> String {
    let body = format!("{:#}", body(catalog, example, style));
    let mut shown = String::with_capacity(body.len());
    for character in body.chars() {
        if is_hidden(character) {
            // None of them is beyond four digits, and writing to a string cannot fail.
            let _ = write!(shown, "\\u{:04x}", u32::from(character));
        } else {
            shown.push(character);
        }
    }
    shown
}

/// The schema of the seconds that a server of the catalog asks a client to wait.
pub(super) fn retry_after(catalog: &Catalog) -> Value {
    json!({ "type": "integer", "minimum": 1, "maximum": catalog.retry.max_retry_after })
}

/// The value of an argument in a body: a duration is a number of seconds.
pub(super) fn argument(value: &ArgumentExample) -> Value {
    match value {
        ArgumentExample::String(text) | ArgumentExample::Timestamp(text) => text.as_str().into(),
        ArgumentExample::Bool(value) => (*value).into(),
        ArgumentExample::I64(value) => (*value).into(),
        ArgumentExample::U64(value) => (*value).into(),
        ArgumentExample::F64(value) => (*value).into(),
        ArgumentExample::Duration(value) if value.subsec_nanos() == 0 => value.as_secs().into(),
        ArgumentExample::Duration(value) => value.as_secs_f64().into(),
        ArgumentExample::Strings(texts) => texts.iter().map(String::as_str).collect(),
    }
}
