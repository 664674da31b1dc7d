//! The schemas of the envelope, and the enums of known names.

use serde_json::{Value, json};

use super::super::{description, example_body};
use super::components::{Shape, deprecated, reference};
use super::document::{Members, Names, Pairs, Schemas};
use super::{bodies, strict};
use crate::catalog::{Argument, Catalog, Code, Deprecation};

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

fn code_details(catalog: &Catalog, code: &Code) -> Members {
    let mut details = Members::new();
    let mut add = |key: &str, value: Value| {
        details.insert(key.to_owned(), value);
    };
    add("type", catalog[code.error_type].names.wire.as_str().into());
    add("status", code.status.get().into());
    if !code.meaning.is_empty() {
        add("meaning", code.meaning.as_str().into());
    }
    if let Some(text) = &code.type_row {
        add("type_row", text.as_str().into());
    }
    if !code.fix.is_empty() {
        add("fix", code.fix.as_str().into());
    }
    let template = code
        .message
        .encode(|position| &code.arguments[position].name);
    add("message", template.into());
    if !code.arguments.is_empty() {
        let arguments = code.arguments.iter();
        add("args", arguments.map(argument).collect::<Members>().into());
    }
    if let Some(schema) = bodies::details_of(catalog, code) {
        add("details", reference(&schema));
    }
    if let Some(param) = &code.param {
        add("param", param.as_str().into());
    }
    if let Some(text) = &code.description {
        add("description", description::markdown(text).into());
    }
    for (key, texts) in [("causes", &code.causes), ("fixes", &code.fixes)] {
        if !texts.is_empty() {
            add(key, texts.iter().map(String::as_str).collect());
        }
    }
    if !code.group.is_empty() {
        add("group", code.group.iter().map(String::as_str).collect());
    }
    if !code.headers.is_empty() {
        let headers = code.headers.iter();
        let headers = headers.map(|header| (header.name.clone(), header.value.as_str().into()));
        add("headers", headers.collect::<Members>().into());
    }
    if !code.ids.is_empty() {
        let ids = code.ids.iter();
        let ids = ids.map(|(system, id)| (system.clone(), crate::record::of_id(id)));
        add("ids", ids.collect::<Members>().into());
    }
    add("retry", code.retry.as_str().into());
    if let Some(since) = &code.since {
        add("since", since.as_str().into());
    }
    if let Some(deprecation) = &code.deprecated {
        add("deprecated", deprecation_details(catalog, deprecation));
    }
    add("docs", code.doc_url.as_str().into());
    if !code.see.is_empty() {
        let links = code.see.iter();
        let links = links.map(|link| json!({ "text": link.text, "url": link.url }));
        add("see", links.collect());
    }
    for (key, value) in &code.extensions {
        add(key, value.clone());
    }
    details
}

fn deprecation_details(catalog: &Catalog, deprecation: &Deprecation) -> Value {
    let successor = deprecation.successor.map(|id| &catalog[id].names.wire);
    let said = [
        ("since", deprecation.since.as_ref()),
        ("use", successor),
        ("note", deprecation.note.as_ref()),
    ];
    let said = said.into_iter();
    let said = said.filter_map(|(key, text)| Some((key.to_owned(), text?.as_str().into())));
    Value::Object(said.collect())
}

fn argument(argument: &Argument) -> (String, Value) {
    let mut details = json!({ "kind": argument.kind().as_str() });
    if !argument.meaning.is_empty() {
        details["meaning"] = argument.meaning.as_str().into();
    }
    if argument.sensitive {
        details["sensitive"] = true.into();
    }
    if let Some(text) = &argument.absent {
        details["absent"] = text.as_str().into();
    }
    for (key, value) in &argument.extensions {
        details[key] = value.clone();
    }
    (argument.name.clone(), details)
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
