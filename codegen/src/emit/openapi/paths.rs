//! The operations, each with the errors that it can answer with.

use serde_json::{Value, json};

use super::components::{Shape, component, example_of_code};
use super::document::{
    ExampleObject, ExampleOrReference, Operation, Pairs, PathItem, Reference, ResponseOrReference,
};
use super::responses::{codeless, response};
use crate::catalog::{self, Catalog, EnvelopeStyle, StatusGroup};

/// What stands for the success of an operation, which validators ask for.
const SUCCESS: &str = "The operation succeeded; what it answers then is not said here.";

/// The operations by path and method.
pub(super) fn paths(catalog: &Catalog, shape: Shape) -> Pairs<PathItem<'_>> {
    let paths = catalog.paths.iter().map(|group| {
        let operations = group.operations.iter().map(|position| {
            let operation = &catalog.operations[*position];
            let method = operation.method.as_str().to_ascii_lowercase();
            (method, of_catalog(catalog, operation, shape))
        });
        (group.path.clone(), Pairs(operations.collect()))
    });
    Pairs(paths.collect())
}

fn of_catalog<'a>(
    catalog: &'a Catalog,
    operation: &'a catalog::Operation,
    shape: Shape,
) -> Operation<'a> {
    let success = ResponseOrReference::Success {
        description: SUCCESS,
    };
    let errors = operation.statuses.iter().map(|group| {
        let status = group.status.to_string();
        (status, of_status(catalog, group, shape))
    });
    let parameters = operation.path_params.iter().map(parameter);
    Operation {
        id: &operation.id,
        summary: match &operation.summary {
            Some(summary) => summary.into(),
            // Every reader of a document shows one, and validators ask for it.
            None => operation.request().into(),
        },
        parameters: parameters.collect(),
        responses: Pairs(
            [("2XX".to_owned(), success)]
                .into_iter()
                .chain(errors)
                .collect(),
        ),
    }
}

/// The response of a status; without a code of the operation's own, and where no other operation has
/// one, it is that of all operations.
fn of_status<'a>(
    catalog: &'a Catalog,
    group: &'a StatusGroup,
    shape: Shape,
) -> ResponseOrReference<'a> {
    let mut statuses = catalog.statuses.iter();
    let whole = statuses.find(|whole| whole.status == group.status);
    if whole == Some(group) {
        let name = group.status.identifier();
        return ResponseOrReference::Reference(Reference {
            to: format!("#/components/responses/{name}"),
        });
    }
    ResponseOrReference::Response(response(catalog, group, shape, references))
}

/// Examples that refer to the one of the code.
fn references<'a>(
    catalog: &'a Catalog,
    group: &'a StatusGroup,
    style: EnvelopeStyle,
) -> Pairs<ExampleOrReference<'a>> {
    let of_codes = group.codes.iter().map(|id| {
        let code = &catalog[*id];
        let to = format!("#/components/examples/{}", component(catalog, code, style));
        let reference = ExampleOrReference::Reference(Reference { to });
        (code.names.wire.clone(), reference)
    });
    Pairs(of_codes.chain(codeless(catalog, group, style)).collect())
}

/// The examples that operations refer to.
pub(super) fn examples(catalog: &Catalog) -> Pairs<ExampleObject<'_>> {
    let of_operations = catalog
        .codes
        .iter()
        .filter(|code| !code.operations.is_empty());
    let examples = of_operations.flat_map(|code| {
        let styles = catalog.envelope.styles.iter();
        styles.map(|style| {
            let name = component(catalog, code, *style);
            (name, example_of_code(catalog, code, *style))
        })
    });
    Pairs(examples.collect())
}

fn parameter(name: &String) -> Value {
    json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } })
}
