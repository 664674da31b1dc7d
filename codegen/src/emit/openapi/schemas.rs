//! The schemas of the envelope, and the enums of known names.

use serde_json::{Value, json};

use super::super::{bodies, body_schema, description, example_body};
use super::components::{Twin, deprecated, reference};
use super::{details, strict};
use crate::catalog::{self, Catalog, Code};
use crate::record::{self, Members};

/// The schemas of the document.
pub(super) fn schemas(catalog: &Catalog, twin: Twin) -> Members {
    let mut schemas = match twin {
        Twin::Public => bodies::schemas(catalog),
        Twin::Strict => strict::schemas(catalog),
    };
    schemas.insert("ErrorCode".to_owned(), codes(catalog));
    schemas.insert("ErrorType".to_owned(), types(catalog));
    schemas.extend(details::schemas(catalog));
    schemas
}

fn codes(catalog: &Catalog) -> Value {
    let all = || catalog.codes.iter();
    let described = all().map(|code| {
        let deprecated = deprecated(catalog, code, |name| format!("`{name}`"));
        let deprecated = deprecated.unwrap_or_default();
        let text = one_line(&[&deprecated, &code.summary(), &code.fix]);
        (&code.names, text)
    });
    let value = |wire: &str| example_body::code_value(catalog, wire);
    let kind = catalog.envelope.code.as_str();
    let mut schema = names(
        kind,
        &known("codes", catalog),
        value,
        &described.collect::<Vec<_>>(),
    );
    let deprecated: Vec<bool> = all().map(|code| code.deprecated.is_some()).collect();
    if deprecated.contains(&true) {
        // OpenAPI cannot deprecate a value of an enum, so this is the keyword of openapi-generator.
        schema["x-enum-deprecated"] = deprecated.into();
    }
    schema["x-codes"] = all()
        .map(|code| (code.names.wire.clone(), code_details(catalog, code)))
        .collect();
    schema
}

/// An enum of names, with keywords that families of tools read about its values.
fn names(
    kind: &str,
    description: &str,
    value: impl Fn(&str) -> Value,
    all: &[(&catalog::Names, String)],
) -> Value {
    let values: Value = all.iter().map(|(names, _)| value(&names.wire)).collect();
    let variants: Value = all
        .iter()
        .map(|(names, _)| variant(&names.variant))
        .collect();
    let descriptions: Value = all.iter().map(|(_, text)| text.as_str()).collect();
    let described = all
        .iter()
        .map(|(names, text)| (names.wire.clone(), text.as_str().into()));
    json!({
        "type": kind,
        "description": description,
        "enum": values,
        "x-enum-varnames": variants,
        "x-enum-descriptions": descriptions,
        "x-enumDescriptions": described.collect::<Members>(),
    })
}

/// Names of variants that are keywords in a language for which openapi-generator writes `x-enum-varnames` unchanged:
/// Python, Ruby and Swift. It escapes keywords in all other places.
const KEYWORDS: [&str; 8] = [
    "Any", "BEGIN", "END", "False", "None", "Protocol", "True", "Type",
];

/// The name of a variant in other languages. No Rust name of a variant contains `_`, so it is unique.
fn variant(name: &str) -> String {
    let ending = if KEYWORDS.contains(&name) { "_" } else { "" };
    format!("{name}{ending}")
}

/// Members of a code's record that `x-codes` omits: repetitions, and those about Rust, pages and releases.
const NOT_SHOWN: [&str; 10] = [
    "name",
    "rust",
    "rust_aliases",
    "slug",
    "audience",
    "retry_advice",
    "aliases",
    "history",
    "operations",
    "example",
];

fn code_details(catalog: &Catalog, code: &Code) -> Members {
    let mut details = record::code(catalog, code);
    details.retain(|key, _| !NOT_SHOWN.contains(&key.as_str()));
    record::by_name(&mut details);
    record::without_empty(&mut details);
    let arguments = details.get_mut("args").and_then(Value::as_object_mut);
    for (_, argument) in arguments.into_iter().flatten() {
        if let Value::Object(argument) = argument {
            argument.retain(|key, value| match key.as_str() {
                "example" | "nullable" | "rust" => false,
                "sensitive" => *value == true,
                "meaning" => *value != "",
                _ => true,
            });
        }
    }
    if let Some(text) = &code.description {
        details["description"] = description::markdown(text).into();
    }
    if let Some(group) = details.shift_remove("group") {
        let mut keys = details.keys();
        let at = keys.position(|key| matches!(key.as_str(), "headers" | "ids" | "retry"));
        details.shift_insert(at.unwrap_or(details.len()), "group".to_owned(), group);
    }
    if let Some(schema) = body_schema::details_of(catalog, code) {
        let at = details.keys().position(|key| key == "args");
        let at = at.map_or(details.len(), |at| at + 1);
        details.shift_insert(at, "details".to_owned(), reference(&schema));
    }
    details
}

fn types(catalog: &Catalog) -> Value {
    let all = || catalog.types.iter();
    let described = all().map(|entry| (&entry.names, one_line(&[entry.summary()])));
    let described: Vec<_> = described.collect();
    let mut schema = names(
        "string",
        &known("types", catalog),
        |wire| wire.into(),
        &described,
    );
    let details = all().map(|entry| {
        let listed: Vec<u16> = entry.listed.iter().map(|status| status.get()).collect();
        let mut details = json!({ "status": entry.statuses.to_string(), "statuses": listed });
        if !entry.meaning.is_empty() {
            details["meaning"] = entry.meaning.as_str().into();
        }
        if !entry.names.in_shapes.is_empty() {
            details["names"] = record::names(&entry.names).into();
        }
        (entry.names.wire.clone(), details)
    });
    schema["x-types"] = details.collect();
    schema
}

fn known(names: &str, catalog: &Catalog) -> String {
    if catalog.closed {
        format!("All {names} that the server sends.")
    } else {
        format!("The {names} that this document knows. Newer servers may send others.")
    }
}

/// Texts as sentences on one line, since some generators print them after `//`.
fn one_line(texts: &[&str]) -> String {
    let mut words = Vec::new();
    for text in texts {
        words.extend(text.split_whitespace().map(str::to_owned));
        if let Some(last) = words.last_mut()
            && !last.ends_with(['.', '!', '?', '…'])
        {
            last.push('.');
        }
    }
    words.join(" ")
}
