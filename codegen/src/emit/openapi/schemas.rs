//! The schemas of the envelope, and the enums of known names.

use serde_json::Value;

use super::super::{description, example_body};
use super::components::{Shape, deprecated, reference};
use super::document::{Members, Names, Pairs, Schemas};
use super::{bodies, strict};
use crate::catalog::{Catalog, Code};
use crate::record;

/// The schemas of the document.
pub(super) fn schemas(catalog: &Catalog, shape: Shape) -> Schemas<'_> {
    Schemas {
        bodies: match shape {
            Shape::Public => bodies::bodies(catalog),
            Shape::Strict => strict::schemas(catalog),
        },
        codes: codes(catalog),
        types: types(catalog),
        details: bodies::details(catalog),
    }
}

fn codes(catalog: &Catalog) -> Names<'_> {
    let all = || catalog.codes.iter();
    let is_deprecated = |code: &Code| code.deprecated.is_some();
    let described = all().map(|code| {
        let deprecated = deprecated(catalog, code, |name| format!("`{name}`"));
        let deprecated = deprecated.unwrap_or_default();
        let text = one_line(&[&deprecated, &code.meaning, &code.fix]);
        (code.names.wire.clone(), text)
    });
    let described: Vec<_> = described.collect();
    Names {
        kind: catalog.envelope.code.as_str(),
        description: known("codes", catalog),
        values: all()
            .map(|code| example_body::code_value(catalog, &code.names.wire))
            .collect(),
        variants: all().map(|code| code.names.variant.as_str()).collect(),
        descriptions: described.iter().map(|(_, text)| text.clone()).collect(),
        described: Pairs(described),
        deprecated: if all().any(is_deprecated) {
            all().map(is_deprecated).collect()
        } else {
            Vec::new()
        },
        codes: Some(Pairs(
            all()
                .map(|code| (code.names.wire.clone(), code_details(catalog, code)))
                .collect(),
        )),
        types: None,
    }
}

/// Members of the record of a code that `x-codes` does not repeat, or that are about Rust, pages and releases.
const NOT_SHOWN: [&str; 9] = [
    "name",
    "rust",
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
    if let Some(schema) = bodies::details_of(catalog, code) {
        let at = details.keys().position(|key| key == "args");
        let at = at.map_or(details.len(), |at| at + 1);
        details.shift_insert(at, "details".to_owned(), reference(&schema));
    }
    details
}

fn types(catalog: &Catalog) -> Names<'_> {
    let all = || catalog.types.iter();
    let described = all().map(|entry| (entry.names.wire.clone(), one_line(&[&entry.meaning])));
    let described: Vec<_> = described.collect();
    let details = all().map(|entry| {
        let mut details = Members::new();
        details.insert("status".to_owned(), entry.statuses.to_string().into());
        let listed = entry.listed.iter().map(|status| Value::from(status.get()));
        details.insert("statuses".to_owned(), listed.collect());
        if !entry.meaning.is_empty() {
            details.insert("meaning".to_owned(), entry.meaning.as_str().into());
        }
        (entry.names.wire.clone(), details)
    });
    Names {
        kind: "string",
        description: known("types", catalog),
        values: all()
            .map(|entry| entry.names.wire.as_str().into())
            .collect(),
        variants: all().map(|entry| entry.names.variant.as_str()).collect(),
        descriptions: described.iter().map(|(_, text)| text.clone()).collect(),
        described: Pairs(described),
        deprecated: Vec::new(),
        codes: None,
        types: Some(Pairs(details.collect())),
    }
}

fn known(names: &str, catalog: &Catalog) -> String {
    if catalog.closed {
        format!("All {names} that the server sends.")
    } else {
        format!("The {names} that this document knows. Newer servers may send others.")
    }
}

/// Texts as one sentence a line comment can hold: some generators print it behind `//`.
fn one_line(texts: &[&str]) -> String {
    let texts: Vec<String> = texts
        .iter()
        .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|text| !text.is_empty())
        .collect();
    let ended = texts.iter().map(|text| {
        if text.ends_with(['.', '!', '?', '…']) {
            text.clone()
        } else {
            format!("{text}.")
        }
    });
    ended.collect::<Vec<_>>().join(" ")
}
