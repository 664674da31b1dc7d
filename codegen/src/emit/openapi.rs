//! The OpenAPI documents.
//!
//! The public one has the same envelope for every status, with open strings for code and type: the only shape that all
//! client generators support, and that an unknown code from a newer server does not break. The enums of known names are
//! separate schemas. A copy in OpenAPI 3.0 is for tools that support only that version. The strict twin, for contract
//! tests, has a schema for each error of a status.

mod components;
mod details;
mod downgrade;
mod headers;
mod overlay;
mod paths;
mod responses;
mod schemas;
mod strict;

use serde_json::{Value, json};

use crate::artifact::Artifact;
use crate::catalog::Catalog;
use crate::record::{self, Api};
use components::Twin;
use headers::StatedHeaders;

pub(crate) use headers::REQUEST_ID_TEXT;
pub use overlay::{OpenApiVersion, OperationErrors, Overlay};

use super::{NOTICE, markdown_escape, numbers, sections};
use crate::yaml::write::to_yaml;

/// Emits the documents.
#[must_use]
pub fn emit(catalog: &Catalog) -> Vec<Artifact> {
    let catalog = catalog.public();
    let public = document(catalog, Twin::Public);
    let strict = document(catalog, Twin::Strict);
    let yaml = |name: &str, value: &Value| {
        let text = format!("# {NOTICE}\n{}", to_yaml(value));
        Artifact::new(format!("generated/{name}.yaml"), text)
    };
    vec![
        yaml("openapi", &public),
        Artifact::new("generated/openapi.json", with_notice(&public)),
        yaml("openapi-strict", &strict),
        yaml("openapi-3.0", &downgrade::to_3_0(public)),
    ]
}

/// The document as JSON. JSON has no comments, so the notice is the first member.
fn with_notice(document: &Value) -> String {
    let mut members = document.as_object().cloned().unwrap_or_default();
    members.shift_insert(0, "x-generated".to_owned(), NOTICE.into());
    format!("{:#}\n", Value::Object(members))
}

fn document(catalog: &Catalog, twin: Twin) -> Value {
    let mut api = record::object(&Api::new(&catalog.api));
    let mut info = json!({
        "title": catalog.api.title,
        "version": catalog.api.version,
        "description": description(catalog),
    });
    for key in ["contact", "license"] {
        if let Some(value) = api.shift_remove(key) {
            info[key] = value;
        }
    }
    let mut document = json!({ "openapi": "3.1.0", "info": info });
    let (index, after_slug) = &catalog.api.docs_url;
    // The template of the URL contains the place of a slug, but not the URL of the index.
    if after_slug.is_empty() {
        document["externalDocs"] = json!({ "url": index });
    }
    document["servers"] = api["servers"].take();
    let servers = document["servers"].as_array_mut();
    for server in servers.into_iter().flatten() {
        if let Some(Value::String(text)) = server.get_mut("description") {
            *text = markdown_escape::inline(text);
        }
    }
    if !catalog.operations.is_empty() {
        // Empty, since the catalog does not describe authentication, but validators require the key.
        document["security"] = json!([]);
    }
    let stated = StatedHeaders::of(catalog);
    document["paths"] = paths::paths(catalog, &stated, twin).into();
    document["components"] = json!({
        "schemas": schemas::schemas(catalog, twin),
        "headers": headers::components(catalog, &stated),
        "responses": responses::responses(catalog, &stated, twin),
    });
    let examples = paths::examples(catalog);
    if !examples.is_empty() {
        document["components"]["examples"] = examples.into();
    }
    numbers::make_portable(&mut document);
    document
}

/// The description of the document, in Markdown.
fn description(catalog: &Catalog) -> String {
    let title = markdown_escape::inline(&catalog.api.title);
    let mut blocks = vec![format!("The errors of the {title}.")];
    blocks.extend(sections::blocks(catalog, "##"));
    blocks.join("\n\n")
}
