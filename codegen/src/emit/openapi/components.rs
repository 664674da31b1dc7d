//! The components of a document: their names, and the references to them.

use serde_json::{Value, json};

use super::super::example_body;
use crate::catalog::{self, Catalog, Code, EnvelopeStyle};

/// The kind of the schema of a response.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// The same schema for every status, open for new errors.
    Public,
    /// Exactly the errors of the status.
    Strict,
}

/// The name of the schema of a body in this style.
pub(super) const fn of_style(style: EnvelopeStyle) -> &'static str {
    match style {
        EnvelopeStyle::OpenAi => "ErrorEnvelope",
        EnvelopeStyle::Problem => "Problem",
    }
}

/// The shape of a style of the catalog.
pub(super) fn shape_of(catalog: &Catalog, style: EnvelopeStyle) -> &catalog::Shape {
    let mut shapes = catalog.envelope.shapes.iter();
    let shape = shapes.find(|shape| shape.name == style.as_str());
    shape.unwrap_or(catalog.envelope.default_shape())
}

/// A reference to a component: `section` is `schemas`, `headers`, `responses` or `examples`.
pub(super) fn reference_to(section: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/components/{section}/{name}") })
}

pub(super) fn reference(schema: &str) -> Value {
    reference_to("schemas", schema)
}

/// The sentence that a code is deprecated, if it is; `show` writes the name of its successor.
pub(super) fn deprecated(
    catalog: &Catalog,
    code: &Code,
    show: impl Fn(&str) -> String,
) -> Option<String> {
    let deprecation = code.deprecated.as_ref()?;
    Some(match deprecation.successor {
        Some(id) => format!("Deprecated: use {}.", show(&catalog[id].names.wire)),
        None => "Deprecated.".to_owned(),
    })
}

/// The name of a code's example among the components, which allow fewer characters than a wire name.
pub(super) fn component(catalog: &Catalog, code: &Code, style: EnvelopeStyle) -> String {
    let slug = &code.names.slug;
    if style == catalog.envelope.styles[0] {
        slug.clone()
    } else {
        format!("{slug}.{}", style.as_str())
    }
}

/// The example of a code.
pub(super) fn example_of_code(catalog: &Catalog, code: &Code, style: EnvelopeStyle) -> Value {
    let body = example_body::body(
        catalog,
        &catalog.example_of_code(code),
        shape_of(catalog, style),
    );
    let deprecated = deprecated(catalog, code, |name| format!("`{name}`"));
    let text = match deprecated {
        Some(sentence) => format!("{sentence} {}", code.summary()),
        None => code.summary().into_owned(),
    };
    example(&code.names.wire, &text, &body)
}

/// An example object. Viewers offer examples by their summaries, so a summary begins with the name of the example.
pub(super) fn example(name: &str, text: &str, value: &Value) -> Value {
    let summary = if text.is_empty() {
        name.to_owned()
    } else {
        format!("{name}: {text}")
    };
    json!({ "summary": summary, "value": value })
}
