//! A response per status, with a table of its codes and an example of each.

use serde_json::{Value, json};

use super::super::{example_body, markdown_escape};
use super::components::{
    Shape, deprecated, example, example_of_code, of_style, reference, shape_of,
};
use super::headers::{self, StatedHeaders};
use super::strict;
use crate::catalog::{Catalog, EnvelopeStyle, StatusGroup};
use crate::record::Members;

/// The responses, ascending by status.
pub(super) fn responses(catalog: &Catalog, stated: &StatedHeaders, shape: Shape) -> Members {
    let responses = catalog.statuses.iter().map(|group| {
        let name = group.status.identifier();
        (name, response(catalog, stated, group, shape, examples))
    });
    responses.collect()
}

/// The response of a status. `examples` makes its examples.
pub(super) fn response(
    catalog: &Catalog,
    stated: &StatedHeaders,
    group: &StatusGroup,
    shape: Shape,
    examples: impl Fn(&Catalog, &StatusGroup, EnvelopeStyle) -> Members,
) -> Value {
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
            shown.message = message;
        }
        let text = codeless.message.as_deref().unwrap_or(entry.summary());
        let body = example_body::body(catalog, &shown, shape_of(catalog, style));
        (
            codeless.example.clone(),
            example(&codeless.example, text, &body),
        )
    })
}
