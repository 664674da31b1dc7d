//! A response per status, with a table of its codes and an example of each.

use serde_json::{Value, json};

use super::super::bodies::MediaType;
use super::super::markdown_escape;
use super::components::{Twin, deprecated, example, example_of_code, reference};
use super::headers::{self, StatedHeaders};
use super::strict;
use crate::catalog::{Catalog, Shape, StatusGroup};
use crate::record::Members;

/// The responses, ascending by status, in the styles that the paths of no choice have.
pub(super) fn responses(catalog: &Catalog, stated: &StatedHeaders, twin: Twin) -> Members {
    let responses = catalog.statuses.iter().map(|group| {
        let name = group.status.identifier();
        let media_types = MediaType::of(catalog.envelope.usual_shapes());
        (
            name,
            response(catalog, stated, group, &media_types, twin, examples),
        )
    });
    responses.collect()
}

/// The response of a status, with bodies of these media types. `examples` makes its examples.
pub(super) fn response(
    catalog: &Catalog,
    stated: &StatedHeaders,
    group: &StatusGroup,
    media_types: &[MediaType<'_>],
    twin: Twin,
    examples: impl Fn(&Catalog, &StatusGroup, &MediaType<'_>, &Shape) -> Vec<(String, Value)>,
) -> Value {
    let content = media_types.iter().map(|media_type| {
        let schema = match twin {
            Twin::Public => reference(&media_type.schema(catalog)),
            Twin::Strict => strict::schema(catalog, group, media_type),
        };
        let shapes = media_type.shapes.iter();
        let examples = shapes.flat_map(|shape| examples(catalog, group, media_type, shape));
        let examples: Members = examples.collect();
        let content = json!({ "schema": schema, "examples": examples });
        (media_type.name.to_owned(), content)
    });
    json!({
        "description": description(catalog, group),
        "headers": headers::of_response(catalog, stated, group),
        "content": content.collect::<Members>(),
    })
}

fn description(catalog: &Catalog, group: &StatusGroup) -> String {
    // Viewers print the status before the description.
    let class = if group.status.class() == 4 {
        "Client Error"
    } else {
        "Server Error"
    };
    let mut out = group.status.reason().unwrap_or(class).to_owned();
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
fn examples(
    catalog: &Catalog,
    group: &StatusGroup,
    media_type: &MediaType<'_>,
    shape: &Shape,
) -> Vec<(String, Value)> {
    let codes = group.codes.iter();
    let of_codes = codes.map(|id| example_of_code(catalog, &catalog[*id], media_type, shape));
    let codeless = codeless(catalog, group, media_type, shape);
    of_codes.chain(codeless).collect()
}

/// The examples of errors without code.
pub(super) fn codeless<'a>(
    catalog: &'a Catalog,
    group: &'a StatusGroup,
    media_type: &'a MediaType<'_>,
    shape: &'a Shape,
) -> impl Iterator<Item = (String, Value)> + 'a {
    group.codeless.iter().map(move |codeless| {
        let entry = &catalog[codeless.error_type];
        let mut error = catalog.example_of_type(entry, group.status);
        if let Some(message) = &codeless.message {
            error.message = message;
        }
        let text = codeless.message.as_deref().unwrap_or(entry.summary());
        let name = media_type.example(&codeless.example, shape);
        let example = example(catalog, &name, text, &error, shape);
        (name, example)
    })
}
