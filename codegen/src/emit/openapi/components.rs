//! The components of a document: their names, and the references to them.

use serde_json::{Value, json};

use super::super::example_body;
use super::document::ExampleObject;
use crate::catalog::{Catalog, Code, EnvelopeStyle};

/// Which schema a response has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// The same for every status, open for what newer servers send.
    Public,
    /// Exactly the errors of the status.
    Strict,
}

/// The schema of a body in this style.
pub(super) const fn of_style(style: EnvelopeStyle) -> &'static str {
    match style {
        EnvelopeStyle::OpenAi => "ErrorEnvelope",
        EnvelopeStyle::Problem => "Problem",
    }
}

/// A schema that is the one of this name among the components.
pub(super) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// The words for a code that is deprecated, where it is, with the name of another shown by `show`.
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

/// The name of a code's example among the components, which takes fewer characters than the wire.
pub(super) fn component(catalog: &Catalog, code: &Code, style: EnvelopeStyle) -> String {
    let slug = &code.names.slug;
    if style == catalog.envelope.styles[0] {
        slug.clone()
    } else {
        format!("{slug}.{}", style.as_str())
    }
}

/// The example of a code.
pub(super) fn example_of_code<'a>(
    catalog: &'a Catalog,
    code: &'a Code,
    style: EnvelopeStyle,
) -> ExampleObject<'a> {
    let example = catalog.example_of_code(code);
    ExampleObject {
        summary: match deprecated(catalog, code, |name| format!("`{name}`")) {
            Some(words) => format!("{words} {}", code.meaning).into(),
            None => code.meaning.as_str().into(),
        },
        value: example_body::body(catalog, &example, style),
    }
}
