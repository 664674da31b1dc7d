//! The operations of one method and path, which OpenAPI can only describe as one operation.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::super::bodies::MediaType;
use super::super::markdown_escape;
use super::components::{component, example_of_code, reference_to};
use super::headers::StatedHeaders;
use super::responses::{OfCodes, Response, codeless};
use crate::catalog::{Catalog, CodeId, Operation, Request, Shape, Status, StatusGroup};
use crate::tree::{Members, Tree};

fn operations<'a>(
    catalog: &'a Catalog,
    request: &'a Request,
) -> impl Iterator<Item = &'a Operation> + Clone {
    let positions = request.operations.iter();
    positions.map(|position| &catalog.operations[*position])
}

/// The responses to the request, which say which operations have each error.
pub(super) fn responses<'a>(
    catalog: &'a Catalog,
    stated: &StatedHeaders,
    request: &'a Request,
    shapes: &[&'a Shape],
) -> impl Iterator<Item = Response<'a>> {
    request.statuses.iter().map(move |group| {
        let of_codes = of_codes(catalog, request, group);
        let examples = |catalog, group, media_type: &MediaType<'a>, shape| {
            examples(catalog, group, &of_codes, media_type, shape)
        };
        let response = Response::new(catalog, stated, group, shapes.to_vec(), examples);
        response.with_operations(catalog, &of_codes)
    })
}

/// The operations of each code that not all operations have.
fn of_codes<'a>(catalog: &'a Catalog, request: &'a Request, group: &StatusGroup) -> OfCodes<'a> {
    let codes: BTreeSet<CodeId> = group.codes.iter().copied().collect();
    let mut found = OfCodes::new();
    for operation in operations(catalog, request) {
        for status in operation
            .statuses
            .iter()
            .filter(|one| one.status == group.status)
        {
            for code in status.codes.iter().filter(|code| codes.contains(code)) {
                found.entry(*code).or_default().push(&operation.id);
            }
        }
    }
    found.retain(|_, ids| ids.len() < request.operations.len());
    found
}

/// The examples of a response. The summary of a code's example names the operations that have it.
fn examples<'a>(
    catalog: &'a Catalog,
    group: &'a StatusGroup,
    of_codes: &OfCodes<'a>,
    media_type: &MediaType<'a>,
    shape: &'a Shape,
) -> Members<'a> {
    let codes = group.codes.iter().map(|id| {
        let code = &catalog[*id];
        let Some(ids) = of_codes.get(id) else {
            let reference = reference_to("examples", &component(catalog, code, shape));
            let name = media_type.example(&code.names.wire, shape);
            return (name, reference.into());
        };
        let (name, mut example) = example_of_code(catalog, code, media_type, shape);
        let summary = example.get("summary").and_then(Tree::as_str);
        let summary = format!("{} (of {})", summary.unwrap_or_default(), ids.join(", "));
        example.insert("summary", summary);
        (name, example)
    });
    let codeless = codeless(catalog, group, media_type, shape);
    codes.chain(codeless).collect()
}

/// The errors of operations whose responses have examples of their own, in place of references.
pub(super) fn with_own_examples(catalog: &Catalog) -> BTreeSet<(usize, CodeId)> {
    let requests = catalog.paths.iter().flat_map(|path| &path.requests);
    let merged = requests.filter(|request| request.only().is_none());
    let errors = merged.flat_map(|request| {
        let errors = request.operations.iter().flat_map(|position| {
            let statuses = catalog.operations[*position].statuses.iter();
            let codes =
                statuses.flat_map(|group| group.codes.iter().map(|code| (group.status, *code)));
            codes.map(|error| (*position, error))
        });
        let errors: Vec<(usize, (Status, CodeId))> = errors.collect();
        let mut times: BTreeMap<(Status, CodeId), usize> = BTreeMap::new();
        for (_, error) in &errors {
            *times.entry(*error).or_default() += 1;
        }
        let all = request.operations.len();
        let own = errors
            .into_iter()
            .filter(move |(_, error)| times.get(error) != Some(&all));
        own.map(|(position, (_, code))| (position, code))
    });
    errors.collect()
}

/// What tells the operations apart, in Markdown.
pub(super) fn description<'a>(catalog: &'a Catalog, request: &'a Request) -> Tree<'a> {
    let mut out = "One of these operations, by the request:\n".to_owned();
    for operation in operations(catalog, request) {
        out.push_str("\n- ");
        out.push_str(&markdown_escape::code(&operation.id));
        if let Some(when) = &operation.when {
            out.push_str(", when ");
            out.push_str(&markdown_escape::inline(when));
        }
        if let Some(summary) = &operation.summary {
            out.push_str(": ");
            out.push_str(&markdown_escape::inline(summary));
        }
    }
    out.into()
}

/// The operations, each with its codes, by id.
pub(super) fn of_request<'a>(catalog: &'a Catalog, request: &'a Request) -> Tree<'a> {
    let operations = operations(catalog, request).map(|operation| {
        let codes = operation.codes.iter();
        let codes = codes.map(|id| Tree::from(catalog[*id].names.wire.as_str()));
        let mut members = Tree::object([]);
        let texts = [("when", &operation.when), ("summary", &operation.summary)];
        for (key, text) in texts {
            if let Some(text) = text {
                members.insert(key, text.as_str());
            }
        }
        members.insert("codes", Tree::List(codes.collect()));
        (Cow::Borrowed(operation.id.as_str()), members)
    });
    operations.collect()
}
