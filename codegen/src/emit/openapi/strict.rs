//! The schemas of the strict twin: a response is one of the errors of its status, in every member.

use super::super::bodies::MediaType;
use super::super::body_schema;
use super::components::{component as component_of, reference};
use crate::catalog::{Catalog, Code, Sent, Shape, StatusGroup};
use crate::tree::{Members, Tree};

/// The schema of a status: one of its errors, in a shape of the media type.
pub(super) fn schema<'a>(
    catalog: &'a Catalog,
    group: &'a StatusGroup,
    media_type: &MediaType<'a>,
) -> Tree<'a> {
    let mut schemas = Vec::new();
    for shape in &media_type.shapes {
        let of_codes = catalog.sent_with(group).map(|sent| match sent.own {
            Some(_) => of_sent(catalog, sent, shape),
            None => reference(&component(catalog, sent.code, shape)),
        });
        schemas.extend(of_codes);
        let of_types = group.codeless.iter().map(|codeless| {
            let entry = &catalog[codeless.error_type];
            let example = catalog.example_of_type(entry, group.status);
            body_schema::of_one(catalog, shape, &example)
        });
        schemas.extend(of_types);
        // Errors without code differ in their messages only.
        schemas.dedup();
    }
    match <[Tree<'_>; 1]>::try_from(schemas) {
        Ok([schema]) => schema,
        Err(schemas) => Tree::object([("anyOf", Tree::List(schemas))]),
    }
}

/// The schema of each code, style by style.
pub(super) fn schemas(catalog: &Catalog) -> Members<'_> {
    let shapes = catalog.envelope.shapes.iter();
    let schemas = shapes.flat_map(|shape| {
        catalog.codes.iter().map(move |code| {
            let schema = of_sent(catalog, Sent::alone(code), shape);
            (component(catalog, code, shape).into(), schema)
        })
    });
    schemas.collect()
}

/// The schema of a code as it is sent.
fn of_sent<'a>(catalog: &'a Catalog, sent: Sent<'a>, shape: &'a Shape) -> Tree<'a> {
    let code = sent.code;
    let mut schema = body_schema::of_one(catalog, shape, &catalog.example_of_sent(sent));
    let address = Tree::object([("url", code.doc_url.as_str().into())]);
    schema.insert("externalDocs", address);
    if code.deprecated.is_some() {
        schema.insert("deprecated", true);
    }
    schema
}

/// The name of the schema of a code. Only these names contain a dot.
fn component(catalog: &Catalog, code: &Code, shape: &Shape) -> String {
    ["code.", &component_of(catalog, code, shape)].concat()
}
