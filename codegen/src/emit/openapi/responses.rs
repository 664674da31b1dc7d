//! A response per status, with a table of its codes and an example of each.

use serde_json::json;

use super::super::body::Body;
use super::super::markup;
use super::document::{
    Content, ExampleObject, Header, Headers, MediaType, OwnedBody, Pairs, Reference, Response,
};
use crate::catalog::{Catalog, StatusGroup};

const RETRY_AFTER: &str = "Retry-After";
const SHOULD_RETRY: &str = "x-should-retry";

/// The headers that responses refer to.
pub(super) fn headers(catalog: &Catalog) -> Headers {
    let request_id = Header {
        description: "The id of the request. Quote it when reporting the error.".to_owned(),
        required: true,
        schema: json!({ "type": "string" }),
    };
    let should_retry = Header {
        description: "Whether sending the same request again can help.".to_owned(),
        required: true,
        schema: json!({ "type": "string", "enum": ["true", "false"] }),
    };
    let retry_after = Header {
        description: "How long to wait before the next try, in whole seconds.".to_owned(),
        required: false,
        schema: json!({ "type": "integer", "minimum": 0 }),
    };
    Pairs(vec![
        (catalog.envelope.request_id.clone(), request_id),
        (SHOULD_RETRY.to_owned(), should_retry),
        (RETRY_AFTER.to_owned(), retry_after),
    ])
}

/// The responses, ascending by status.
pub(super) fn responses(catalog: &Catalog) -> Pairs<Response<'_>> {
    let responses = catalog.statuses.iter().map(|group| {
        let name = group.status.identifier();
        (name, response(catalog, group))
    });
    Pairs(responses.collect())
}

fn response<'a>(catalog: &'a Catalog, group: &StatusGroup) -> Response<'a> {
    let mut headers = vec![catalog.envelope.request_id.as_str(), SHOULD_RETRY];
    if group.retryable || group.retry_after {
        headers.push(RETRY_AFTER);
    }
    let headers = headers.into_iter().map(|name| {
        let to = format!("#/components/headers/{name}");
        (name.to_owned(), Reference { to })
    });
    Response {
        description: description(catalog, group),
        headers: Pairs(headers.collect()),
        content: Content {
            json: MediaType {
                schema: Reference {
                    to: "#/components/schemas/ErrorEnvelope".to_owned(),
                },
                examples: examples(catalog, group),
            },
        },
    }
}

fn description(catalog: &Catalog, group: &StatusGroup) -> String {
    let mut out = group.status.to_string();
    if let Some(reason) = group.status.reason() {
        out.push(' ');
        out.push_str(reason);
    }
    if !group.codes.is_empty() {
        out.push_str("\n\n| Code | Meaning | Fix |\n| --- | --- | --- |");
        for id in &group.codes {
            let code = &catalog[*id];
            let row = format!(
                "\n| {} | {} | {} |",
                markup::code_cell(&code.names.wire),
                markup::cell(&code.meaning),
                markup::cell(&code.fix)
            );
            out.push_str(&row);
        }
    }
    if !group.codeless.is_empty() {
        out.push_str("\n\n| Type without code | Meaning |\n| --- | --- |");
        for id in &group.codeless {
            let entry = &catalog[*id];
            let row = format!(
                "\n| {} | {} |",
                markup::code_cell(&entry.names.wire),
                markup::cell(&entry.meaning)
            );
            out.push_str(&row);
        }
    }
    out
}

/// An example per code, keyed by the code, and per type without code, keyed by the type.
///
/// A type's name may be a code's name too; such an example is told apart by a suffix that no
/// wire name can hold.
fn examples<'a>(catalog: &'a Catalog, group: &StatusGroup) -> Pairs<ExampleObject<'a>> {
    let of_codes = group.codes.iter().map(|id| {
        let code = &catalog[*id];
        let body = catalog.example_of_code(code);
        let object = ExampleObject {
            summary: &code.meaning,
            value: OwnedBody::new(Body::new(catalog, &body)),
        };
        (code.names.wire.clone(), object)
    });
    let of_types = group.codeless.iter().map(|id| {
        let entry = &catalog[*id];
        let body = Catalog::example_of_type(entry);
        let object = ExampleObject {
            summary: &entry.meaning,
            value: OwnedBody::new(Body::new(catalog, &body)),
        };
        let taken = |wire: &str| group.codes.iter().any(|id| catalog[*id].names.wire == wire);
        let wire = &entry.names.wire;
        let key = if taken(wire) {
            format!("{wire} (type)")
        } else {
            wire.clone()
        };
        (key, object)
    });
    Pairs(of_codes.chain(of_types).collect())
}
