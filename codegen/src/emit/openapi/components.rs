//! The components of a document: their names, and the references to them.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::super::bodies::MediaType;
use super::super::{example_body, numbers};
use crate::catalog::{Catalog, Code, Example, Sent, Shape};
use crate::tree::Tree;

pub(super) use super::super::body_schema::reference;

/// The documents differ in the schemas of responses.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Twin {
    /// The same schema for every status, open for new errors.
    Public,
    /// Exactly the errors of the status.
    Strict,
}

/// A value that both twins contain.
pub(super) fn shared<'a>(value: impl Into<Tree<'a>>) -> Tree<'a> {
    let mut value = value.into();
    numbers::make_portable(&mut value);
    value.shared()
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
pub(super) fn component<'a>(catalog: &Catalog, code: &'a Code, shape: &Shape) -> Cow<'a, str> {
    let slug = &code.names.slug;
    if shape.name == catalog.envelope.default_shape().name {
        Cow::Borrowed(slug)
    } else {
        Cow::Owned(format!("{slug}.{}", shape.name))
    }
}

/// The example of a code in a shape, by its name.
pub(super) fn example_of_code<'a>(
    catalog: &'a Catalog,
    sent: Sent<'a>,
    media_type: &MediaType<'_>,
    shape: &'a Shape,
) -> (Cow<'a, str>, Tree<'a>) {
    let code = sent.code;
    let deprecated = deprecated(catalog, code, |name| format!("`{name}`"));
    let text = match deprecated {
        Some(sentence) => Cow::Owned(format!("{sentence} {}", sent.summary())),
        None => sent.summary(),
    };
    let name = media_type.example(&code.names.wire, shape);
    let error = catalog.example_of_sent(sent);
    let example = example(catalog, &name, &text, &error, shape);
    (name, example)
}

/// An example object. Viewers offer examples by their summaries, so a summary begins with the name of the example.
pub(super) fn example<'a>(
    catalog: &'a Catalog,
    name: &str,
    text: &str,
    error: &Example<'a>,
    shape: &'a Shape,
) -> Tree<'a> {
    let summary = if text.is_empty() {
        name.to_owned()
    } else {
        [name, ": ", text].concat()
    };
    Tree::object([
        ("summary", summary.into()),
        ("value", example_body::body(catalog, error, shape)),
    ])
}
