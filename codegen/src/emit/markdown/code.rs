//! The page of a code.

use askama::Template;

use super::super::rust_value::rust_value;
use super::super::{description, example_body, markdown_escape, phrases};
use super::anchors::Anchor;
use super::client_snippets::{ClientSnippets, CommonSnippets};
use super::deprecation::{DeprecatedView, EventView, link};
use super::fence::{fenced, part_braces};
use super::filters;
use super::styles::{OtherBody, StreamEvent};
use crate::catalog::{Argument, ArgumentKind, Catalog, Code, CodeId, Example, Id, RetryRule};

/// The request id of the example.
const REQUEST_ID: &str = "req_4f9c2e71";

/// The most links to other codes with one name: the page of each of them has as many.
const MOST_SAME_NAMES: usize = 10;

/// The page of a code.
#[derive(Template)]
#[template(path = "code.md")]
pub(super) struct CodePage<'a> {
    code: &'a Code,
    lib: &'a str,
    description: Option<String>,
    ids: Vec<IdView<'a>>,
    error_type: &'a str,
    retry_word: &'static str,
    /// The names and values of its headers.
    headers: Vec<(&'a str, String)>,
    /// The seconds of a promised `Retry-After`.
    retry_after: Option<u64>,
    media_type: &'a str,
    advice: String,
    request_id: &'a str,
    example: String,
    other_bodies: Vec<OtherBody<'a>>,
    events: Vec<StreamEvent<'a>>,
    details: Vec<DetailView<'a>>,
    arguments: Vec<ArgumentView<'a>>,
    /// The feature that the arguments need.
    feature: Option<&'static str>,
    snippets: ClientSnippets,
    /// Links to the codes of other namespaces with the same name in bodies.
    same_name: Vec<String>,
    returned_by: Vec<ReturnedBy<'a>>,
    deprecated: Option<DeprecatedView<'a>>,
    /// A link to its parent.
    parent: Option<String>,
    children: Vec<ChildView<'a>>,
    history: Vec<EventView<'a>>,
    see: Vec<String>,
}

/// An external id of the code.
struct IdView<'a> {
    system: &'a str,
    id: String,
}

impl<'a> IdView<'a> {
    fn new((system, id): &'a (String, Id)) -> Self {
        Self {
            system,
            id: id.to_string(),
        }
    }
}

/// A code whose message begins with that of the code.
struct ChildView<'a> {
    link: String,
    message: &'a str,
}

/// An operation that can fail with the code.
struct ReturnedBy<'a> {
    id: &'a str,
    anchor: &'a str,
    request: String,
    /// What the operation states, if it differs from the code.
    own: String,
}

/// An argument that the body contains.
struct DetailView<'a> {
    name: &'a str,
    value: &'static str,
    or_null: bool,
    meaning: &'a str,
}

struct ArgumentView<'a> {
    name: &'a str,
    value: String,
}

impl<'a> CodePage<'a> {
    pub(super) fn new(
        catalog: &'a Catalog,
        id: CodeId,
        operations: &'a [Anchor],
        common: &CommonSnippets<'_>,
    ) -> Self {
        let code = &catalog[id];
        let arguments = code.arguments.iter().map(|argument| ArgumentView {
            name: &argument.field,
            // Adjacent braces appear only in strings.
            value: part_braces(&rust_value(argument), "\\u{7b}"),
        });
        let example = catalog.example_of_code(code);
        let shape = catalog.envelope.default_shape();
        let body = example_body::body(catalog, &example, shape);
        // No header of a stream can contain the id any more.
        let in_stream = Example {
            request_id: Some(REQUEST_ID),
            ..example.clone()
        };
        Self {
            code,
            lib: &catalog.api.lib_name,
            description: code.description.as_ref().map(description::markdown),
            ids: code.ids.iter().map(IdView::new).collect(),
            error_type: &catalog[code.error_type].names.wire,
            retry_word: match code.retry {
                RetryRule::Never => "do not retry",
                RetryRule::Backoff => "retry with backoff",
                RetryRule::After => "retry after the delay of Retry-After",
            },
            retry_after: example.retry_after,
            headers: headers(code),
            media_type: &shape.content_type,
            advice: phrases::retry_advice(catalog, code.retry),
            request_id: &catalog.envelope.request_id,
            example: fenced(&example_body::pretty_body(&body)),
            other_bodies: OtherBody::all(catalog, &example),
            events: StreamEvent::all(catalog, &in_stream),
            details: catalog.details(code).map(DetailView::new).collect(),
            arguments: arguments.collect(),
            snippets: ClientSnippets::new(catalog, code, &body, common),
            same_name: same_name(code, common),
            feature: code.has_timestamp().then_some("jiff"),
            returned_by: returned_by(catalog, id, operations),
            deprecated: DeprecatedView::new(catalog, code),
            parent: code.parent.map(|parent| link(&catalog[parent], "")),
            children: children(catalog, code),
            history: EventView::all(&code.history),
            see: code.see.iter().map(markdown_escape::link).collect(),
        }
    }
}

/// Links to the codes of other namespaces with the same name in bodies, and the number of those that have no link.
fn same_name(code: &Code, common: &CommonSnippets<'_>) -> Vec<String> {
    let codes = common.by_sent_name.get(code.names.sent());
    let codes = codes.map_or(&[][..], Vec::as_slice);
    let others = codes.iter();
    let others = others.filter(|other| other.names.wire != code.names.wire);
    let mut links: Vec<String> = others
        .take(MOST_SAME_NAMES)
        .map(|other| link(other, ""))
        .collect();
    let rest = codes.len().saturating_sub(1 + MOST_SAME_NAMES);
    if rest > 0 {
        links.push(format!("and {rest} more"));
    }
    links
}

/// The headers of a code, with examples of arguments.
fn headers(code: &Code) -> Vec<(&str, String)> {
    let headers = code.headers.iter();
    let headers = headers.map(|header| {
        let value = part_braces(&code.header_example(header), "%7B");
        (header.name.as_str(), value)
    });
    headers.collect()
}

fn children<'a>(catalog: &'a Catalog, code: &Code) -> Vec<ChildView<'a>> {
    let children = code.children.iter().map(|child| &catalog[*child]);
    let children = children.map(|child| ChildView {
        link: link(child, ""),
        message: &child.example_message,
    });
    children.collect()
}

fn returned_by<'a>(catalog: &'a Catalog, id: CodeId, anchors: &'a [Anchor]) -> Vec<ReturnedBy<'a>> {
    let code = &catalog[id];
    let operations = code.operations.iter().map(|position| {
        let operation = &catalog.operations[*position];
        ReturnedBy {
            id: &operation.id,
            anchor: &anchors[*position].name,
            request: operation.request(),
            own: operation.own(id).map_or_else(String::new, |own| {
                phrases::own_facts(code, own, markdown_escape::inline)
            }),
        }
    });
    operations.collect()
}

impl<'a> DetailView<'a> {
    fn new(argument: &'a Argument) -> Self {
        Self {
            name: &argument.name,
            or_null: argument.absent.is_some(),
            value: match argument.kind() {
                ArgumentKind::String => "a text",
                ArgumentKind::Bool => "true or false",
                ArgumentKind::I64 | ArgumentKind::U64 => "a whole number",
                ArgumentKind::F64 => "a number",
                ArgumentKind::Duration => "a number of seconds",
                ArgumentKind::Timestamp => "a moment (RFC 3339)",
                ArgumentKind::Strings => "a list of texts",
                ArgumentKind::Errors => {
                    "a list of faults: objects with `message`, `param` and `code`"
                }
            },
            meaning: &argument.meaning,
        }
    }
}
