//! The operations of one method and path, which OpenAPI can only describe as one operation.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::super::bodies::MediaType;
use super::super::markdown_escape;
use super::components::{component, example_of_code, reference_to};
use super::headers::StatedHeaders;
use super::responses::{OfCodes, Response, codeless};
use crate::catalog::{Catalog, CodeId, Operation, OwnError, Request, Shape, Status, StatusGroup};
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

/// The operations of each code that not all operations send alike.
fn of_codes<'a>(catalog: &'a Catalog, request: &'a Request, group: &StatusGroup) -> OfCodes<'a> {
    let mut found = OfCodes::default();
    for operation in operations(catalog, request) {
        let statuses = operation.statuses.iter();
        let statuses = statuses.filter(|one| one.status == group.status);
        for sent in statuses.flat_map(|status| catalog.sent_with(status)) {
            let ids = found.0.entry(&sent.code.names.wire).or_default();
            ids.push((sent.own, &operation.id));
        }
    }
    let all = request.operations.len();
    found
        .0
        .retain(|_, ids| ids.len() < all || ids.iter().any(|(own, _)| *own != ids[0].0));
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
    let mut last = "";
    let codes = catalog.sent_with(group).map(|sent| {
        let code = sent.code;
        let is_again = std::mem::replace(&mut last, &code.names.wire) == code.names.wire;
        let ids: Vec<&str> = of_codes.ids(sent).collect();
        if ids.is_empty() && sent.own.is_none() {
            let reference = reference_to("examples", &component(catalog, code, shape));
            let name = media_type.example(&code.names.wire, shape);
            return (name, reference.into());
        }
        let (name, mut example) = example_of_code(catalog, sent, media_type, shape);
        if ids.is_empty() {
            return (name, example);
        }
        let ids = ids.join(", ");
        let summary = example.get("summary").and_then(Tree::as_str);
        let summary = format!("{} (of {ids})", summary.unwrap_or_default());
        example.insert("summary", summary);
        // A second example of a code has a name of its own.
        let name = if is_again {
            format!("{name} (of {ids})").into()
        } else {
            name
        };
        (name, example)
    });
    let codes: Vec<_> = codes.collect();
    let codeless = codeless(catalog, group, media_type, shape);
    codes.into_iter().chain(codeless).collect()
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
        let is_stated = |(status, code): &(Status, CodeId)| {
            let mut groups = request.statuses.iter();
            let group = groups.find(|group| group.status == *status);
            group.is_some_and(|group| group.own.iter().any(|own| own.code == *code))
        };
        let own = errors
            .into_iter()
            .filter(move |(_, error)| times.get(error) != Some(&all) || is_stated(error));
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
        if !operation.own.is_empty() {
            let own = operation.own.iter();
            let own = own.map(|own| stated(catalog, own));
            members.insert("own", Tree::List(own.collect()));
        }
        (Cow::Borrowed(operation.id.as_str()), members)
    });
    operations.collect()
}

/// What an operation states of a code.
fn stated<'a>(catalog: &'a Catalog, own: &'a OwnError) -> Tree<'a> {
    let mut members = Tree::object([
        ("code", catalog[own.code].names.wire.as_str().into()),
        ("status", u64::from(own.status.get()).into()),
    ]);
    for (key, text) in [("meaning", &own.meaning), ("fix", &own.fix)] {
        if let Some(text) = text {
            members.insert(key, text.as_str());
        }
    }
    members
}
