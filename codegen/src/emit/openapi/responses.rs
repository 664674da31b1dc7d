//! A response per status, with a table of its codes and an example of each.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::super::bodies::MediaType;
use super::super::markdown_escape;
use super::components::{Twin, deprecated, example, example_of_code, reference, shared};
use super::headers::{self, StatedHeaders};
use super::strict;
use crate::catalog::{Catalog, OwnError, Sent, Shape, StatusGroup};
use crate::tree::{Members, Tree};

/// A response, apart from the schemas of its bodies, which differ between the documents.
pub(super) struct Response<'a> {
    group: &'a StatusGroup,
    description: Tree<'a>,
    headers: Tree<'a>,
    /// The media types of its bodies, each with its examples.
    content: Vec<(MediaType<'a>, Tree<'a>)>,
}

/// The responses, ascending by status, in the styles that the paths of no choice have.
pub(super) fn responses<'a>(catalog: &'a Catalog, stated: &StatedHeaders) -> Vec<Response<'a>> {
    let groups = catalog.statuses.iter();
    let responses = groups.map(|group| {
        let shapes = catalog.envelope.usual_shapes();
        Response::new(catalog, stated, group, shapes, examples)
    });
    responses.collect()
}

impl<'a> Response<'a> {
    /// The response of a status, with bodies of these shapes. `examples` makes its examples.
    pub(super) fn new(
        catalog: &'a Catalog,
        stated: &StatedHeaders,
        group: &'a StatusGroup,
        shapes: Vec<&'a Shape>,
        examples: impl Fn(&'a Catalog, &'a StatusGroup, &MediaType<'a>, &'a Shape) -> Members<'a>,
    ) -> Self {
        let content = MediaType::of(shapes).into_iter().map(|media_type| {
            let shapes = media_type.shapes.iter();
            let examples = shapes.flat_map(|shape| examples(catalog, group, &media_type, shape));
            let examples = shared(Tree::Object(examples.collect()));
            (media_type, examples)
        });
        let headers = headers::of_response(catalog, stated, group);
        Self {
            group,
            description: shared(description(catalog, group, None)),
            headers: shared(Value::Object(headers)),
            content: content.collect(),
        }
    }

    /// The same response with the operations of each code in its description.
    pub(super) fn with_operations(self, catalog: &Catalog, operations: &OfCodes<'_>) -> Self {
        Self {
            description: shared(description(catalog, self.group, Some(operations))),
            ..self
        }
    }

    /// The name of its component.
    pub(super) fn name(&self) -> String {
        self.group.status.identifier()
    }

    /// The status, as operations name it.
    pub(super) fn status(&self) -> String {
        self.group.status.to_string()
    }

    /// The response object of a document.
    pub(super) fn object(&self, catalog: &'a Catalog, twin: Twin) -> Tree<'a> {
        let content = self.content.iter().map(|(media_type, examples)| {
            let schema = match twin {
                Twin::Public => reference(&media_type.schema(catalog)),
                Twin::Strict => strict::schema(catalog, self.group, media_type),
            };
            let members = [("schema", schema), ("examples", examples.clone())];
            (media_type.name, Tree::object(members))
        });
        Tree::object([
            ("description", self.description.clone()),
            ("headers", self.headers.clone()),
            ("content", content.collect()),
        ])
    }
}

/// The ids of the operations that send a code in some way, each with what the operation states of it. None belong to a
/// code that all operations of a request send alike.
#[derive(Default)]
pub(super) struct OfCodes<'a>(pub(super) BTreeMap<&'a str, Vec<(Option<&'a OwnError>, &'a str)>>);

impl<'a> OfCodes<'a> {
    /// The ids of the operations that send a code in this way.
    pub(super) fn ids(&self, sent: Sent<'_>) -> impl Iterator<Item = &'a str> + use<'a, '_> {
        let all = self.0.get(sent.code.names.wire.as_str());
        let own = sent.own.filter(|own| own.states_something());
        let own = own.cloned();
        let all = all.into_iter().flatten();
        let ids = all.filter(move |(stated, _)| *stated == own.as_ref());
        ids.map(|(_, id)| *id)
    }
}

fn description(catalog: &Catalog, group: &StatusGroup, of_codes: Option<&OfCodes<'_>>) -> String {
    // Viewers print the status before the description.
    let class = if group.status.class() == 4 {
        "Client Error"
    } else {
        "Server Error"
    };
    let mut out = group.status.reason().unwrap_or(class).to_owned();
    if !group.codes.is_empty() {
        out.push_str(match of_codes {
            None => "\n\n| Code | Meaning | Fix |\n| --- | --- | --- |",
            Some(_) => "\n\n| Code | Operations | Meaning | Fix |\n| --- | --- | --- | --- |",
        });
        for sent in catalog.sent_with(group) {
            let code = sent.code;
            let deprecated = deprecated(catalog, code, markdown_escape::code_cell);
            let meaning = deprecated
                .into_iter()
                .chain([markdown_escape::cell(&sent.summary())]);
            // Writing to a string cannot fail.
            let _ = write!(
                out,
                "\n| {} |",
                markdown_escape::code_cell(&code.names.wire)
            );
            if let Some(of_codes) = of_codes {
                let ids = of_codes.ids(sent);
                let ids: Vec<_> = ids.map(markdown_escape::code_cell).collect();
                let ids = if ids.is_empty() {
                    "all".to_owned()
                } else {
                    ids.join(", ")
                };
                let _ = write!(out, " {ids} |");
            }
            let _ = write!(
                out,
                " {} | {} |",
                meaning.collect::<Vec<_>>().join(" "),
                markdown_escape::cell(sent.fix())
            );
        }
    }
    if !group.codeless.is_empty() {
        out.push_str("\n\n| Type without code | Meaning |\n| --- | --- |");
        for codeless in &group.codeless {
            let entry = &catalog[codeless.error_type];
            let _ = write!(
                out,
                "\n| {} | {} |",
                markdown_escape::code_cell(&entry.names.wire),
                markdown_escape::cell(codeless.message.as_deref().unwrap_or(entry.summary()))
            );
        }
    }
    out
}

/// An example per code, keyed by the code, and per type without code.
fn examples<'a>(
    catalog: &'a Catalog,
    group: &'a StatusGroup,
    media_type: &MediaType<'a>,
    shape: &'a Shape,
) -> Members<'a> {
    let codes = catalog.sent_with(group);
    let of_codes = codes.map(|sent| example_of_code(catalog, sent, media_type, shape));
    let codeless = codeless(catalog, group, media_type, shape);
    of_codes.chain(codeless).collect()
}

/// The examples of errors without code.
pub(super) fn codeless<'a>(
    catalog: &'a Catalog,
    group: &'a StatusGroup,
    media_type: &MediaType<'_>,
    shape: &'a Shape,
) -> impl Iterator<Item = (Cow<'a, str>, Tree<'a>)> {
    group.codeless.iter().map(move |codeless| {
        let entry = &catalog[codeless.error_type];
        let mut error = catalog.example_of_type(entry, group.status);
        if let Some(message) = &codeless.message {
            error.message = message;
        }
        let text = codeless.message.as_deref().unwrap_or(entry.summary());
        let name = media_type.example(&codeless.example, shape);
        let example = example(catalog, &name, text, &error, shape);
        (name, example)
    })
}
