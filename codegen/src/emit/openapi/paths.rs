//! The operations, each with its errors.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::super::bodies::MediaType;
use super::components::{Twin, component, example_of_code, reference_to};
use super::headers::StatedHeaders;
use super::merged;
use super::responses::{Response, codeless};
use crate::catalog::{Catalog, CodeId, Request, Sent, Shape, StatusGroup};
use crate::tree::{Members, Tree};

/// The response for the success of an operation, which validators require. It has a status of its own, since generators
/// such as orval do not read a range.
const SUCCESS: (&str, &str) = (
    "200",
    "Success. The document of the API describes this response.",
);

/// The response to a request with a status.
pub(super) enum OfStatus<'a> {
    /// The request has the same errors as the whole API, in the same styles.
    Usual(&'a StatusGroup),
    Own(Response<'a>),
}

/// The responses to each request, in the order of the paths.
pub(super) fn responses<'a>(
    catalog: &'a Catalog,
    stated: &StatedHeaders,
) -> Vec<Vec<OfStatus<'a>>> {
    let requests = catalog.paths.iter().flat_map(|path| &path.requests);
    let responses = requests.map(|request| {
        // The operations of a request have one path, so they have the same styles.
        let shapes = catalog.shapes_of(&catalog.operations[request.operations[0]]);
        match request.only() {
            Some(only) => {
                let groups = catalog.operations[only].statuses.iter();
                let responses = groups.map(|group| of_status(catalog, stated, group, &shapes));
                responses.collect()
            }
            None => merged::responses(catalog, stated, request, &shapes)
                .map(OfStatus::Own)
                .collect(),
        }
    });
    responses.collect()
}

fn of_status<'a>(
    catalog: &'a Catalog,
    stated: &StatedHeaders,
    group: &'a StatusGroup,
    shapes: &[&'a Shape],
) -> OfStatus<'a> {
    let mut statuses = catalog.statuses.iter();
    let whole = statuses.find(|whole| whole.status == group.status);
    if whole.is_some_and(|whole| group.has_same_errors(whole))
        && shapes == catalog.envelope.usual_shapes()
    {
        return OfStatus::Usual(group);
    }
    OfStatus::Own(Response::new(
        catalog,
        stated,
        group,
        shapes.to_vec(),
        references,
    ))
}

/// The requests by path and method.
pub(super) fn paths<'a>(
    catalog: &'a Catalog,
    responses: &[Vec<OfStatus<'a>>],
    twin: Twin,
) -> Tree<'a> {
    let mut responses = responses.iter();
    let paths = catalog.paths.iter().map(|group| {
        let requests = group.requests.iter().zip(responses.by_ref());
        let requests = requests.map(|(request, responses)| {
            let method = request.method.as_str().to_ascii_lowercase();
            let errors = responses.iter();
            let errors = errors.map(|response| of_catalog(catalog, response, twin));
            (method, object(catalog, request, errors))
        });
        (group.path.as_str(), requests.collect())
    });
    paths.collect()
}

/// The response of a status: a reference to the shared one where that is the same.
fn of_catalog<'a>(catalog: &'a Catalog, response: &OfStatus<'a>, twin: Twin) -> (String, Tree<'a>) {
    match response {
        OfStatus::Usual(group) => {
            let reference = reference_to("responses", &group.status.identifier());
            (group.status.to_string(), reference.into())
        }
        OfStatus::Own(response) => (response.status(), response.object(catalog, twin)),
    }
}

/// A request with its errors: an operation of the document.
fn object<'a>(
    catalog: &'a Catalog,
    request: &'a Request,
    errors: impl Iterator<Item = (String, Tree<'a>)>,
) -> Tree<'a> {
    let operation = &catalog.operations[request.operations[0]];
    let is_only = request.only().is_some();
    // Viewers of a document show a summary, and validators require it.
    let summary = operation.summary.as_deref().filter(|_| is_only);
    let mut out = Tree::object([
        ("operationId", request.id.as_str().into()),
        (
            "summary",
            summary.map_or_else(|| operation.request().into(), Tree::from),
        ),
    ]);
    if !is_only {
        out.insert("description", merged::description(catalog, request));
    }
    let parameters = operation.path_params.iter().map(
        |name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }),
    );
    let parameters: Vec<Value> = parameters.collect();
    if !parameters.is_empty() {
        out.insert("parameters", Value::from(parameters));
    }
    let (status, description) = SUCCESS;
    let success = Tree::object([("description", description.into())]);
    let responses: Tree<'a> = std::iter::once((status.to_owned(), success))
        .chain(errors)
        .collect();
    out.insert("responses", responses);
    if !is_only {
        out.insert("x-operations", merged::of_request(catalog, request));
    }
    out
}

/// References to the examples of the codes, or own examples where the operation states something.
fn references<'a>(
    catalog: &'a Catalog,
    group: &'a StatusGroup,
    media_type: &MediaType<'a>,
    shape: &'a Shape,
) -> Members<'a> {
    let of_codes = catalog.sent_with(group).map(|sent| {
        if sent.own.is_some() {
            return example_of_code(catalog, sent, media_type, shape);
        }
        let code = sent.code;
        let reference = reference_to("examples", &component(catalog, code, shape));
        (
            media_type.example(&code.names.wire, shape),
            reference.into(),
        )
    });
    let codeless = codeless(catalog, group, media_type, shape);
    of_codes.chain(codeless).collect()
}

/// The examples that operations reference: of each code, in the styles of its operations.
pub(super) fn examples(catalog: &Catalog) -> Members<'_> {
    let own = merged::with_own_examples(catalog);
    let codes = CodeId::all(catalog.codes.len());
    let of_operations = codes.filter(|id| !catalog[*id].operations.is_empty());
    let examples = of_operations.flat_map(|id| {
        let shapes = catalog.envelope.shapes.iter();
        let own = &own;
        shapes.filter_map(move |shape| example_in(catalog, id, own, shape))
    });
    examples.collect()
}

/// The example of a code in a style, if an operation sends it. Its summary names the style if such an operation has
/// others of the same media type.
fn example_in<'a>(
    catalog: &'a Catalog,
    id: CodeId,
    own: &BTreeSet<(usize, CodeId)>,
    shape: &'a Shape,
) -> Option<(Cow<'a, str>, Tree<'a>)> {
    let code = &catalog[id];
    let operations = code.operations.iter();
    let operations = operations.filter(|position| !own.contains(&(**position, id)));
    let operations = operations.map(|position| &catalog.operations[*position]);
    // The others have examples of their own.
    let operations = operations.filter(|one| one.own(id).is_none());
    let sent = operations.map(|one| catalog.shapes_of(one));
    let beside = sent.filter(|sent| sent.contains(&shape)).flatten();
    let beside: Vec<&Shape> = beside.collect();
    let shapes = catalog.envelope.shapes.iter();
    let media_types = MediaType::of(shapes.filter(|shape| beside.contains(shape)));
    let mut media_types = media_types.iter();
    let media_type = media_types.find(|media_type| media_type.shapes.contains(&shape))?;
    let (_, example) = example_of_code(catalog, Sent::alone(code), media_type, shape);
    Some((component(catalog, code, shape), example))
}
