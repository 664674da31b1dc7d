//! A response per status, with a table of its codes and an example of each.

use std::collections::BTreeMap;

use serde_json::json;

use super::super::{example_body, markdown_escape};
use super::components::{Shape, deprecated, example_of_code, of_style, reference};
use super::document::{
    ExampleObject, ExampleOrReference, Header, Headers, MediaType, Pairs, Reference, Response,
};
use super::strict;
use crate::catalog::{Catalog, EnvelopeStyle, StatusGroup, StatusHeader};

const RETRY_AFTER: &str = "Retry-After";
/// The component for responses that always carry `Retry-After`.
const PROMISED: &str = "Retry-After-Promised";
const SHOULD_RETRY: &str = "x-should-retry";

/// The headers that responses refer to.
pub(super) fn headers(catalog: &Catalog) -> Headers {
    let request_id = Header {
        description: "The id of the request. Quote it when reporting the error.".to_owned(),
        required: true,
        schema: json!({ "type": "string" }),
    };
    let should_retry = Header {
        description: "Whether sending the same request again can help.".to_owned(),
        required: true,
        schema: json!({ "type": "string", "enum": ["true", "false"] }),
    };
    let retry_after = |required| Header {
        description: "How long to wait before the next try, in whole seconds.".to_owned(),
        required,
        schema: json!({ "type": "integer", "minimum": 0 }),
    };
    let further = further_headers(catalog);
    let promised = groups(catalog).any(|group| group.always_retry_after);
    let promised = promised.then(|| (PROMISED.to_owned(), retry_after(true)));
    let headers = [
        (catalog.envelope.request_id.clone(), request_id),
        (SHOULD_RETRY.to_owned(), should_retry),
        (RETRY_AFTER.to_owned(), retry_after(false)),
    ];
    Pairs(headers.into_iter().chain(promised).chain(further).collect())
}

/// What is answered with a status, by anything at all and by each operation: one that fails with some of its codes may
/// promise more.
fn groups(catalog: &Catalog) -> impl Iterator<Item = &StatusGroup> {
    let operations = catalog.operations.iter();
    let groups = catalog.statuses.iter();
    groups.chain(operations.flat_map(|operation| &operation.statuses))
}

/// The headers of codes: one component for responses that always carry it, and one for those that may.
fn further_headers(catalog: &Catalog) -> BTreeMap<String, Header> {
    let mut components: BTreeMap<String, Header> = BTreeMap::new();
    for header in groups(catalog).flat_map(|group| &group.headers) {
        components
            .entry(component_of_header(header))
            .or_insert_with(|| {
                let codes = catalog.codes.iter().filter(|code| {
                    let mut headers = code.headers.iter();
                    headers.any(|own| own.name == header.name)
                });
                let codes: Vec<String> = codes
                    .map(|code| markdown_escape::code(&code.names.wire))
                    .collect();
                Header {
                    description: format!("Sent with {}.", codes.join(", ")),
                    required: header.always,
                    schema: json!({ "type": "string" }),
                }
            });
    }
    components
}

/// The name of the component of a header.
fn component_of_header(header: &StatusHeader) -> String {
    let promised = if header.always { "-Promised" } else { "" };
    format!("{}{promised}", header.name)
}

/// The responses, ascending by status.
pub(super) fn responses(catalog: &Catalog, shape: Shape) -> Pairs<Response<'_>> {
    let responses = catalog.statuses.iter().map(|group| {
        let name = group.status.identifier();
        (name, response(catalog, group, shape, examples))
    });
    Pairs(responses.collect())
}

/// How a response shows its examples.
pub(super) type ShowExamples =
    for<'a> fn(&'a Catalog, &'a StatusGroup, EnvelopeStyle) -> Pairs<ExampleOrReference<'a>>;

/// The response of a status.
pub(super) fn response<'a>(
    catalog: &'a Catalog,
    group: &'a StatusGroup,
    shape: Shape,
    examples: ShowExamples,
) -> Response<'a> {
    let request_id = catalog.envelope.request_id.as_str();
    let mut headers = vec![(request_id, request_id), (SHOULD_RETRY, SHOULD_RETRY)];
    if group.always_retry_after {
        headers.push((RETRY_AFTER, PROMISED));
    } else if group.retryable || group.retry_after {
        headers.push((RETRY_AFTER, RETRY_AFTER));
    }
    let further: Vec<_> = group
        .headers
        .iter()
        .map(|header| (header.name.as_str(), component_of_header(header)))
        .collect();
    let further = further
        .iter()
        .map(|(name, component)| (*name, component.as_str()));
    let headers = headers.into_iter().chain(further).map(|(name, component)| {
        let to = format!("#/components/headers/{component}");
        (name.to_owned(), Reference { to })
    });
    let content = catalog.envelope.styles.iter().map(|style| {
        let media_type = MediaType {
            schema: match shape {
                Shape::Public => reference(of_style(*style)),
                Shape::Strict => strict::schema(catalog, group, *style),
            },
            examples: examples(catalog, group, *style),
        };
        (style.media_type().to_owned(), media_type)
    });
    Response {
        description: description(catalog, group),
        headers: Pairs(headers.collect()),
        content: Pairs(content.collect()),
    }
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
                .chain([markdown_escape::cell(&code.meaning)]);
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
                markdown_escape::cell(codeless.message.as_ref().unwrap_or(&entry.meaning))
            );
            out.push_str(&row);
        }
    }
    out
}

/// An example per code, keyed by the code, and per type without code.
fn examples<'a>(
    catalog: &'a Catalog,
    group: &'a StatusGroup,
    style: EnvelopeStyle,
) -> Pairs<ExampleOrReference<'a>> {
    let of_codes = group.codes.iter().map(|id| {
        let code = &catalog[*id];
        let example = example_of_code(catalog, code, style);
        (
            code.names.wire.clone(),
            ExampleOrReference::Example(example),
        )
    });
    Pairs(of_codes.chain(codeless(catalog, group, style)).collect())
}

/// The examples of errors without code.
pub(super) fn codeless<'a>(
    catalog: &'a Catalog,
    group: &'a StatusGroup,
    style: EnvelopeStyle,
) -> impl Iterator<Item = (String, ExampleOrReference<'a>)> {
    group.codeless.iter().map(move |codeless| {
        let entry = &catalog[codeless.error_type];
        let mut example = catalog.example_of_type(entry, group.status);
        if let Some(message) = &codeless.message {
            example.message.clone_from(message);
        }
        let shown = ExampleObject {
            summary: codeless.message.as_ref().unwrap_or(&entry.meaning).into(),
            value: example_body::body(catalog, &example, style),
        };
        (codeless.example.clone(), ExampleOrReference::Example(shown))
    })
}
