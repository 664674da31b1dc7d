//! The components of a document: their names, and the references to them.

use serde_json::{Value, json};

use super::super::{body_schema, example_body};
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

/// A media type, with the shapes of its bodies.
pub(super) struct MediaType<'a> {
    pub(super) name: &'a str,
    pub(super) shapes: Vec<&'a Shape>,
}

impl<'a> MediaType<'a> {
    /// The media types of shapes, in their order.
    pub(super) fn of(shapes: impl IntoIterator<Item = &'a Shape>) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for shape in shapes {
            let name = &shape.content_type;
            match all.iter_mut().find(|one| one.name == name) {
                Some(media_type) => media_type.shapes.push(shape),
                None => all.push(Self {
                    name,
                    shapes: vec![shape],
                }),
            }
        }
        all
    }

    /// The name of the schema of its bodies.
    pub(super) fn schema(&self, catalog: &Catalog) -> String {
        let names = self.shapes.iter().map(|shape| body_schema::name(shape));
        let names: Vec<String> = names.collect();
        let shapes = catalog.envelope.shapes.iter();
        let of_all = shapes.filter(|shape| shape.content_type == self.name);
        if names.len() > 1 && names.len() == of_all.count() {
            format!("{}OrOther", names[0])
        } else {
            names.join("Or")
        }
    }

    /// The schema of its bodies, if they have several shapes. It has a name, so that generated clients have one type for
    /// all responses.
    pub(super) fn choice(&self, catalog: &Catalog) -> Option<(String, Value)> {
        let names = self.shapes.iter().map(|shape| body_schema::name(shape));
        let references: Vec<Value> = names.map(|name| reference(&name)).collect();
        (references.len() > 1).then(|| {
            let description = "The body of an error response, in one of several styles.";
            let schema = json!({ "description": description, "anyOf": references });
            (self.schema(catalog), schema)
        })
    }

    /// The name of an example in a shape.
    pub(super) fn example(&self, name: &str, shape: &Shape) -> String {
        if self.shapes.len() == 1 {
            name.to_owned()
        } else {
            format!("{name} ({})", shape.name)
        }
    }
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
