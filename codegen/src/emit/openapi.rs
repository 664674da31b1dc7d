//! The OpenAPI documents.
//!
//! The public one has one envelope for every status, with open strings for code and type: the one
//! shape that no generator of clients breaks, and that an unknown code from a newer server does not
//! break either. The enums of known names stand beside it. Its twin in OpenAPI 3.0 is for tools that
//! read no other. The strict twin, for tests of a server, has a schema for each error of a status.

mod bodies;
mod components;
mod document;
mod downgrade;
mod overlay;
mod paths;
mod responses;
mod schemas;
mod strict;

use serde_json::Value;

use crate::artifact::Artifact;
use crate::catalog::Catalog;
use components::Shape;
use document::{Components, Contact, Document, ExternalDocs, Info, License, Pairs, Server};

pub use overlay::{OpenApiVersion, OperationErrors, Overlay};

use super::{NOTICE, markdown_escape, sections};
use crate::yaml::write::to_yaml;

/// Emits the documents.
#[must_use]
pub fn emit(catalog: &Catalog) -> Vec<Artifact> {
    let catalog = catalog.public();
    let public = value(&document(catalog, Shape::Public));
    let strict = value(&document(catalog, Shape::Strict));
    let yaml = |name: &str, value: &Value| {
        let text = format!("# {NOTICE}\n{}", to_yaml(value));
        Artifact::new(format!("generated/{name}.yaml"), text)
    };
    vec![
        yaml("openapi", &public),
        Artifact::new("generated/openapi.json", json(&public)),
        yaml("openapi-strict", &strict),
        yaml("openapi-3.0", &downgrade::to_3_0(public)),
    ]
}

/// The document as JSON. There are no comments in JSON, so the notice is its first member.
fn json(document: &Value) -> String {
    let members = document.as_object().into_iter().flatten();
    let notice = Value::from(NOTICE);
    let noticed = [("x-generated", &notice)].into_iter();
    let members = noticed.chain(members.map(|(key, value)| (key.as_str(), value)));
    let document = Pairs(
        members
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
    );
    // A JSON value always serialises.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

/// The document is made of strings, numbers and maps with string keys: it always serialises.
fn value(document: &Document<'_>) -> Value {
    serde_json::to_value(document).unwrap_or_default()
}

fn document(catalog: &Catalog, shape: Shape) -> Document<'_> {
    let api = &catalog.api;
    let (index, after_slug) = &api.docs_url;
    // Where a template says where slugs go, it does not say where the index is.
    let has_index = after_slug.is_empty();
    Document {
        openapi: "3.1.0",
        info: Info {
            title: &api.title,
            version: &api.version,
            description: description(catalog),
            contact: api.contact.as_ref().map(|contact| Contact {
                name: contact.name.as_deref(),
                url: contact.url.as_deref(),
                email: contact.email.as_deref(),
            }),
            license: api.license.as_ref().map(|license| License {
                name: &license.name,
                url: license.url.as_deref(),
            }),
        },
        external_docs: has_index.then_some(ExternalDocs { url: index }),
        servers: servers(catalog),
        security: (!catalog.operations.is_empty()).then_some([]),
        paths: paths::paths(catalog, shape),
        components: Components {
            headers: responses::headers(catalog),
            responses: responses::responses(catalog, shape),
            examples: paths::examples(catalog),
            schemas: schemas::schemas(catalog, shape),
        },
    }
}

fn servers(catalog: &Catalog) -> Vec<Server<'_>> {
    let servers = catalog.api.servers.iter();
    let servers = servers.map(|server| Server {
        url: &server.url,
        description: server.description.as_deref(),
    });
    servers.collect()
}

/// The description of the document, in Markdown.
fn description(catalog: &Catalog) -> String {
    let title = markdown_escape::inline(&catalog.api.title);
    let mut blocks = vec![format!("The errors of the {title}.")];
    blocks.extend(sections::blocks(catalog, "##"));
    blocks.join("\n\n")
}
