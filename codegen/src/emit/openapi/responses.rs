//! A response per status, with a table of its codes and an example of each.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::{example_body, markdown_escape};
use super::components::{
    Shape, deprecated, example, example_of_code, of_style, reference, reference_to,
};
use super::strict;
use crate::catalog::{Catalog, EnvelopeStyle, StatusGroup, StatusHeader};
use crate::record::Members;

const RETRY_AFTER: &str = "Retry-After";
/// The component for responses that always contain `Retry-After`.
const PROMISED: &str = "Retry-After-Promised";
const SHOULD_RETRY: &str = "x-should-retry";

/// The headers that responses reference.
pub(super) fn headers(catalog: &Catalog) -> Members {
    let mut headers = Members::new();
    let mut add = |name: &str, description: &str, required: bool, schema: Value| {
        let header = json!({ "description": description, "required": required, "schema": schema });
        headers.insert(name.to_owned(), header);
    };
    add(
        &catalog.envelope.request_id,
        "The id of the request. Quote it when reporting the error.",
        true,
        json!({ "type": "string" }),
    );
    add(
        SHOULD_RETRY,
        "Whether sending the same request again can help.",
        true,
        json!({ "type": "string", "enum": ["true", "false"] }),
    );
    let mut retry_after = |name, required| {
        let description = "How long to wait before the next try, in whole seconds.";
        let schema = example_body::retry_after(catalog);
        add(name, description, required, schema);
    };
    retry_after(RETRY_AFTER, false);
    if groups(catalog).any(|group| group.always_retry_after) {
        retry_after(PROMISED, true);
    }
    let of_codes = groups(catalog).flat_map(|group| &group.headers);
    let of_codes: BTreeMap<_, _> = of_codes
        .map(|header| (component_of_header(header), header))
        .collect();
    let mut examples = Vec::new();
    for (name, header) in of_codes {
        let codes = catalog.codes.iter().filter(|code| {
            let mut headers = code.headers.iter();
            headers.any(|own| own.name == header.name)
        });
        let codes: Vec<String> = codes
            .map(|code| markdown_escape::code(&code.names.wire))
            .collect();
        let description = format!("Sent with {}.", codes.join(", "));
        add(
            &name,
            &description,
            header.always,
            json!({ "type": "string" }),
        );
        if let Some(value) = header.values.first() {
            examples.push((name, value.as_str()));
        }
    }
    for (name, value) in examples {
        headers[&name]["example"] = value.into();
    }
    headers
}

/// The errors of each status: of the whole API, and of each operation, which may have more headers.
fn groups(catalog: &Catalog) -> impl Iterator<Item = &StatusGroup> {
    let operations = catalog.operations.iter();
    let groups = catalog.statuses.iter();
    groups.chain(operations.flat_map(|operation| &operation.statuses))
}

/// The component of a header: responses that always contain it and those that may contain it have different ones.
fn component_of_header(header: &StatusHeader) -> String {
    let promised = if header.always { "-Promised" } else { "" };
    format!("{}{promised}", header.name)
}

/// The responses, ascending by status.
pub(super) fn responses(catalog: &Catalog, shape: Shape) -> Members {
    let responses = catalog.statuses.iter().map(|group| {
        let name = group.status.identifier();
        (name, response(catalog, group, shape, examples))
    });
    responses.collect()
}

/// The response of a status. `examples` makes its examples.
pub(super) fn response(
    catalog: &Catalog,
    group: &StatusGroup,
    shape: Shape,
    examples: impl Fn(&Catalog, &StatusGroup, EnvelopeStyle) -> Members,
) -> Value {
    let mut headers = Members::new();
    let mut add = |name: &str, component: &str| {
        headers.insert(name.to_owned(), reference_to("headers", component));
    };
    add(&catalog.envelope.request_id, &catalog.envelope.request_id);
    add(SHOULD_RETRY, SHOULD_RETRY);
    if group.always_retry_after {
        add(RETRY_AFTER, PROMISED);
    } else if group.may_ask_to_wait() {
        add(RETRY_AFTER, RETRY_AFTER);
    }
    for header in &group.headers {
        add(&header.name, &component_of_header(header));
    }
    let content = catalog.envelope.styles.iter().map(|style| {
        let schema = match shape {
            Shape::Public => reference(of_style(*style)),
            Shape::Strict => strict::schema(catalog, group, *style),
        };
        let examples = examples(catalog, group, *style);
        let media_type = json!({ "schema": schema, "examples": examples });
        (style.media_type().to_owned(), media_type)
    });
    json!({
        "description": description(catalog, group),
        "headers": headers,
        "content": content.collect::<Members>(),
    })
}

fn description(catalog: &Catalog, group: &StatusGroup) -> String {
    let mut out = group.status.to_string();
    if let Some(reason) = group.status.reason() {
        out.push(' ');
        out.push_str(reason);
    }
    if !group.codes.is_empty() {
        out.push_str("\n\n| Code | Meaning | Fix |\n| --- | --- | --- |");
        for id in &group.codes {
            let code = &catalog[*id];
            let deprecated = deprecated(catalog, code, markdown_escape::code_cell);
            let meaning = deprecated
                .into_iter()
                .chain([markdown_escape::cell(&code.summary())]);
            let row = format!(
                "\n| {} | {} | {} |",
                markdown_escape::code_cell(&code.names.wire),
                meaning.collect::<Vec<_>>().join(" "),
                markdown_escape::cell(&code.fix)
            );
            out.push_str(&row);
        }
    }
    if !group.codeless.is_empty() {
        out.push_str("\n\n| Type without code | Meaning |\n| --- | --- |");
        for codeless in &group.codeless {
            let entry = &catalog[codeless.error_type];
            let row = format!(
                "\n| {} | {} |",
                markdown_escape::code_cell(&entry.names.wire),
                markdown_escape::cell(codeless.message.as_deref().unwrap_or(entry.summary()))
            );
            out.push_str(&row);
        }
    }
    out
}

/// An example per code, keyed by the code, and per type without code.
fn examples(catalog: &Catalog, group: &StatusGroup, style: EnvelopeStyle) -> Members {
    let of_codes = group.codes.iter().map(|id| {
        let code = &catalog[*id];
        let example = example_of_code(catalog, code, style);
        (code.names.wire.clone(), example)
    });
    of_codes.chain(codeless(catalog, group, style)).collect()
}

/// The examples of errors without code.
pub(super) fn codeless(
    catalog: &Catalog,
    group: &StatusGroup,
    style: EnvelopeStyle,
) -> impl Iterator<Item = (String, Value)> {
    group.codeless.iter().map(move |codeless| {
        let entry = &catalog[codeless.error_type];
        let mut shown = catalog.example_of_type(entry, group.status);
        if let Some(message) = &codeless.message {
            shown.message.clone_from(message);
        }
        let summary = codeless.message.as_deref().unwrap_or(entry.summary());
        let body = example_body::body(catalog, &shown, style);
        (codeless.example.clone(), example(summary, body))
    })
}
