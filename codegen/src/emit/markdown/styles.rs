//! An error in the styles that are not the default, and the events of all styles, on the page of its code.

use super::super::example_body;
use super::fence::fenced;
use crate::catalog::{Catalog, Example, Shape};

/// The body in a style that is not the default.
pub(super) struct OtherBody<'a> {
    pub(super) shape: &'a Shape,
    pub(super) body: String,
}

impl<'a> OtherBody<'a> {
    /// The bodies of all styles but the default.
    pub(super) fn all(catalog: &'a Catalog, example: &Example<'_>) -> Vec<Self> {
        let shapes = catalog.envelope.shapes.iter().skip(1);
        let others = shapes.map(|shape| Self {
            shape,
            body: fenced(&example_body::pretty_in(catalog, example, shape)),
        });
        others.collect()
    }
}

/// The event that ends a stream, in the styles that have it.
pub(super) struct StreamEvent<'a> {
    pub(super) styles: Vec<&'a str>,
    pub(super) lines: String,
}

impl<'a> StreamEvent<'a> {
    /// The events that are more than the body, each once. A catalog with one style shows the body only.
    pub(super) fn all(catalog: &'a Catalog, example: &Example<'_>) -> Vec<Self> {
        let shapes = &catalog.envelope.shapes;
        let mut events: Vec<Self> = Vec::new();
        for shape in shapes.iter().filter(|_| shapes.len() > 1) {
            let Some(event) = example_body::event(catalog, example, shape) else {
                continue;
            };
            let lines = fenced(&event);
            match events.iter_mut().find(|known| known.lines == lines) {
                Some(known) => known.styles.push(&shape.name),
                None => events.push(Self {
                    styles: vec![&shape.name],
                    lines,
                }),
            }
        }
        events
    }
}
