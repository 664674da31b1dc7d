//! The bodies of the errors: by media type, and their schemas in documents for clients.

use std::borrow::Cow;

use super::body_schema::{self, reference};
use crate::catalog::{Catalog, Shape};
use crate::tree::{Members, Tree};

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
    fn choice(&self, catalog: &Catalog) -> Option<(String, Tree<'a>)> {
        let names = self.shapes.iter().map(|shape| body_schema::name(shape));
        let references: Vec<Tree<'a>> = names.map(|name| reference(&name)).collect();
        (references.len() > 1).then(|| {
            let description = "The body of an error response, in one of several styles.";
            let schema = Tree::object([
                ("description", description.into()),
                ("anyOf", Tree::List(references)),
            ]);
            (self.schema(catalog), schema)
        })
    }

    /// The name of an example in a shape.
    pub(super) fn example<'n>(&self, name: &'n str, shape: &Shape) -> Cow<'n, str> {
        if self.shapes.len() == 1 {
            Cow::Borrowed(name)
        } else {
            Cow::Owned(format!("{name} ({})", shape.name))
        }
    }
}

/// The schemas of the bodies: of each style, that of the default style first, and of media types with several styles.
pub(super) fn schemas(catalog: &Catalog) -> Members<'_> {
    let mut all = Members::new();
    let mut add =
        |name: Cow<'_, str>, schema| match all.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = schema,
            None => all.push((Cow::Owned(name.into_owned()), schema)),
        };
    for shape in &catalog.envelope.shapes {
        for (name, schema) in body_schema::of_all(catalog, shape) {
            add(name, schema);
        }
    }
    let of_operations = catalog.operations.iter();
    let of_operations = of_operations.flat_map(|one| MediaType::of(catalog.shapes_of(one)));
    let usual = MediaType::of(catalog.envelope.usual_shapes());
    let media_types = usual.into_iter().chain(of_operations);
    for (name, schema) in media_types.filter_map(|media_type| media_type.choice(catalog)) {
        add(name.into(), schema);
    }
    all
}
