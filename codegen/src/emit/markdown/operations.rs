//! The page of the operations, each with its errors.

use std::borrow::Cow;

use askama::Template;

use super::anchors::{Anchor, operations_title};
use super::deprecation::link;
use super::filters;
use crate::catalog::{Catalog, Operation};

/// The page.
#[derive(Template)]
#[template(path = "operations.md")]
pub(super) struct OperationsPage<'a> {
    title: String,
    operations: Vec<OperationView<'a>>,
}

struct OperationView<'a> {
    id: &'a str,
    anchor: &'a Anchor,
    request: String,
    when: Option<&'a str>,
    summary: Option<&'a str>,
    /// The styles of its errors, if a choice names its path.
    styles: Vec<&'a str>,
    codes: Vec<CodeView<'a>>,
}

struct CodeView<'a> {
    link: String,
    status: u16,
    meaning: Cow<'a, str>,
    fix: &'a str,
}

impl<'a> OperationsPage<'a> {
    pub(super) fn new(catalog: &'a Catalog, anchors: &'a [Anchor]) -> Self {
        let operations = catalog.operations.iter().zip(anchors);
        let operations = operations.map(|(operation, anchor)| OperationView {
            id: &operation.id,
            anchor,
            request: operation.request(),
            when: operation.when.as_deref(),
            summary: operation.summary.as_deref(),
            styles: styles(catalog, operation),
            codes: codes(catalog, operation),
        });
        Self {
            title: operations_title(&catalog.api.title),
            operations: operations.collect(),
        }
    }
}

fn styles<'a>(catalog: &'a Catalog, operation: &Operation) -> Vec<&'a str> {
    let shapes = catalog.shapes_of(operation);
    if shapes == catalog.envelope.usual_shapes() {
        return Vec::new();
    }
    shapes.iter().map(|shape| shape.name.as_str()).collect()
}

fn codes<'a>(catalog: &'a Catalog, operation: &'a Operation) -> Vec<CodeView<'a>> {
    let codes = catalog.sent_by(operation).map(|sent| CodeView {
        link: link(sent.code, "../"),
        status: sent.status().get(),
        meaning: sent.summary(),
        fix: sent.fix(),
    });
    codes.collect()
}
