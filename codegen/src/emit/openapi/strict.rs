//! The schemas of the strict twin: a response is one of the errors of its status, in every member.

use serde_json::{Value, json};

use super::super::example_body;
use super::bodies::{PROBLEM_REQUIRED, details_of, message, param};
use super::components::{component as component_of, reference};
use crate::catalog::{Catalog, Code, EnvelopeStyle, Example, StatusGroup};
use crate::record::Members;

/// The schema of a status: one of its errors.
pub(super) fn schema(catalog: &Catalog, group: &StatusGroup, style: EnvelopeStyle) -> Value {
    let of_codes = group.codes.iter().map(|id| {
        let name = component(catalog, &catalog[*id], style);
        reference(&name)
    });
    let of_types = group.codeless.iter().map(|codeless| {
        let entry = &catalog[codeless.error_type];
        let example = catalog.example_of_type(entry, group.status);
        error(catalog, &example, None, style)
    });
    let mut schemas: Vec<Value> = of_codes.chain(of_types).collect();
    // Errors without code differ in their messages only.
    schemas.dedup();
    match <[Value; 1]>::try_from(schemas) {
        Ok([schema]) => schema,
        Err(schemas) => json!({ "anyOf": schemas }),
    }
}

/// The schema of each code, style by style.
pub(super) fn schemas(catalog: &Catalog) -> Members {
    let styles = catalog.envelope.styles.iter();
    let schemas = styles.flat_map(|style| {
        catalog.codes.iter().map(|code| {
            let details = details_of(catalog, code);
            let example = catalog.example_of_code(code);
            let mut schema = error(catalog, &example, details.as_deref(), *style);
            schema["externalDocs"] = json!({ "url": code.doc_url });
            if code.deprecated.is_some() {
                schema["deprecated"] = true.into();
            }
            (component(catalog, code, *style), schema)
        })
    });
    schemas.collect()
}

/// The name of the schema of a code. Only these names contain a dot.
fn component(catalog: &Catalog, code: &Code, style: EnvelopeStyle) -> String {
    format!("code.{}", component_of(catalog, code, style))
}

/// The schema of the message, which is never empty.
fn text() -> Value {
    let mut schema = message();
    schema["minLength"] = 1.into();
    schema
}

/// The schema of one error. Its members have the values of the example, except those that vary between occurrences.
fn error(
    catalog: &Catalog,
    example: &Example<'_>,
    details: Option<&str>,
    style: EnvelopeStyle,
) -> Value {
    let code = match example.code {
        Some(code) => json!({ "const": example_body::code_value(catalog, &code.names.wire) }),
        None => json!({ "type": "null" }),
    };
    let error_type = json!({ "const": example.error_type.wire });
    let (required, mut properties) = match style {
        EnvelopeStyle::OpenAi => (
            &["message", "type", "code"][..],
            json!({ "message": text(), "type": error_type, "code": code }),
        ),
        EnvelopeStyle::Problem => (
            &PROBLEM_REQUIRED[..],
            json!({
                "type": { "const": example.code.map_or("about:blank", |code| &code.doc_url) },
                "title": { "type": "string" },
                "status": { "const": example.status.get() },
                "detail": text(),
                "code": code,
                "error_type": error_type,
                "retryable": { "const": example.retryable },
                "instance": { "type": "string", "format": "uri-reference" },
                "retry_after": example_body::retry_after(catalog),
            }),
        ),
    };
    properties["param"] = param();
    if let Some(details) = details {
        properties["details"] = reference(details);
    }
    let members = json!({
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": false,
    });
    match style {
        EnvelopeStyle::OpenAi => json!({
            "type": "object",
            "required": ["error"],
            "properties": { "error": members },
            "additionalProperties": false,
        }),
        EnvelopeStyle::Problem => members,
    }
}
