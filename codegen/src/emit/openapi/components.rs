//! The components of a document: their names, and the references to them.

use serde_json::{Value, json};

use super::super::bodies::MediaType;
use super::super::example_body;
use crate::catalog::{Catalog, Code, Example, Shape};

pub(super) use super::super::body_schema::reference;

/// The documents differ in the schemas of responses.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Twin {
    /// The same schema for every status, open for new errors.
    Public,
    /// Exactly the errors of the status.
    Strict,
}

/// A reference to a component: `section` is `schemas`, `headers`, `responses` or `examples`.
pub(super) fn reference_to(section: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/components/{section}/{name}") })
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
pub(super) fn component(catalog: &Catalog, code: &Code, shape: &Shape) -> String {
    let slug = &code.names.slug;
    if shape.name == catalog.envelope.default_shape().name {
        slug.clone()
    } else {
        format!("{slug}.{}", shape.name)
    }
}

/// The example of a code in a shape, by its name.
pub(super) fn example_of_code(
    catalog: &Catalog,
    code: &Code,
    media_type: &MediaType<'_>,
    shape: &Shape,
) -> (String, Value) {
    let deprecated = deprecated(catalog, code, |name| format!("`{name}`"));
    let text = match deprecated {
        Some(sentence) => format!("{sentence} {}", code.summary()),
        None => code.summary().into_owned(),
    };
    let name = media_type.example(&code.names.wire, shape);
    let error = catalog.example_of_code(code);
    let example = example(catalog, &name, &text, &error, shape);
    (name, example)
}

/// An example object. Viewers offer examples by their summaries, so a summary begins with the name of the example.
pub(super) fn example(
    catalog: &Catalog,
    name: &str,
    text: &str,
    error: &Example<'_>,
    shape: &Shape,
) -> Value {
    let summary = if text.is_empty() {
        name.to_owned()
    } else {
        format!("{name}: {text}")
    };
    json!({ "summary": summary, "value": example_body::body(catalog, error, shape) })
}
