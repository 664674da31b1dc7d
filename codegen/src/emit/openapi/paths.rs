//! The operations, each with its errors.

use serde_json::{Value, json};

use super::super::bodies::MediaType;
use super::components::{Twin, component, example_of_code, reference_to};
use super::headers::StatedHeaders;
use super::responses::{codeless, response};
use crate::catalog::{Catalog, Code, Operation, Shape, StatusGroup};
use crate::record::Members;

/// The response for the success of an operation, which validators require. It has a status of its own, since generators
/// such as orval do not read a range.
const SUCCESS: (&str, &str) = (
    "200",
    "Success. The document of the API describes this response.",
);

/// The operations by path and method.
pub(super) fn paths(catalog: &Catalog, stated: &StatedHeaders, twin: Twin) -> Members {
    let paths = catalog.paths.iter().map(|group| {
        let operations = group.operations.iter().map(|position| {
            let operation = &catalog.operations[*position];
            let method = operation.method.as_str().to_ascii_lowercase();
            (method, of_catalog(catalog, stated, operation, twin))
        });
        (group.path.clone(), operations.collect())
    });
    paths.collect()
}

fn of_catalog(
    catalog: &Catalog,
    stated: &StatedHeaders,
    operation: &Operation,
    twin: Twin,
) -> Value {
    // Viewers of a document show a summary, and validators require it.
    let summary = operation.summary.clone();
    let mut out = json!({
        "operationId": operation.id,
        "summary": summary.unwrap_or_else(|| operation.request()),
    });
    let parameters = operation.path_params.iter().map(
        |name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }),
    );
    let parameters: Vec<Value> = parameters.collect();
    if !parameters.is_empty() {
        out["parameters"] = parameters.into();
    }
    let (status, description) = SUCCESS;
    let success = (status.to_owned(), json!({ "description": description }));
    let shapes = catalog.shapes_of(operation);
    let errors = operation.statuses.iter().map(|group| {
        let status = group.status.to_string();
        (status, of_status(catalog, stated, group, &shapes, twin))
    });
    out["responses"] = std::iter::once(success).chain(errors).collect();
    out
}

/// The response of a status. It is a reference to the shared response if the operation has the same errors as the whole
/// API, in the same styles.
fn of_status(
    catalog: &Catalog,
    stated: &StatedHeaders,
    group: &StatusGroup,
    shapes: &[&Shape],
    twin: Twin,
) -> Value {
    let mut statuses = catalog.statuses.iter();
    let whole = statuses.find(|whole| whole.status == group.status);
    if whole == Some(group) && shapes == catalog.envelope.usual_shapes() {
        return reference_to("responses", &group.status.identifier());
    }
    let media_types = MediaType::of(shapes.iter().copied());
    response(catalog, stated, group, &media_types, twin, references)
}

/// References to the examples of the codes.
fn references(
    catalog: &Catalog,
    group: &StatusGroup,
    media_type: &MediaType<'_>,
    shape: &Shape,
) -> Vec<(String, Value)> {
    let of_codes = group.codes.iter().map(|id| {
        let code = &catalog[*id];
        let reference = reference_to("examples", &component(catalog, code, shape));
        (media_type.example(&code.names.wire, shape), reference)
    });
    let codeless = codeless(catalog, group, media_type, shape);
    of_codes.chain(codeless).collect()
}

/// The examples that operations reference: of each code, in the styles of its operations.
pub(super) fn examples(catalog: &Catalog) -> Members {
    let codes = catalog.codes.iter();
    let of_operations = codes.filter(|code| !code.operations.is_empty());
    let examples = of_operations.flat_map(|code| {
        let shapes = catalog.envelope.shapes.iter();
        shapes.filter_map(|shape| example_in(catalog, code, shape))
    });
    examples.collect()
}

/// The example of a code in a style, if an operation sends it. Its summary names the style if such an operation has
/// others of the same media type.
fn example_in(catalog: &Catalog, code: &Code, shape: &Shape) -> Option<(String, Value)> {
    let operations = code.operations.iter();
    let operations = operations.map(|position| &catalog.operations[*position]);
    let sent = operations.map(|one| catalog.shapes_of(one));
    let beside = sent.filter(|sent| sent.contains(&shape)).flatten();
    let beside: Vec<&Shape> = beside.collect();
    let shapes = catalog.envelope.shapes.iter();
    let media_types = MediaType::of(shapes.filter(|shape| beside.contains(shape)));
    let mut media_types = media_types.iter();
    let media_type = media_types.find(|media_type| media_type.shapes.contains(&shape))?;
    let (_, example) = example_of_code(catalog, code, media_type, shape);
    Some((component(catalog, code, shape), example))
}
