//! The OpenAPI document.
//!
//! One envelope for every status, with open strings for code and type: the one shape that no
//! generator of clients breaks, and that an unknown code from a newer server does not break
//! either. The enums of known names stand beside it.

mod bodies;
mod document;
mod responses;
mod schemas;

use crate::artifact::Artifact;
use crate::catalog::Catalog;
use document::{Components, Document, Info, Paths, Server};

use super::yaml::to_yaml;
use super::{NOTICE, markup, prose};

/// Emits `openapi.yaml`.
#[must_use]
pub fn emit(catalog: &Catalog) -> Vec<Artifact> {
    let document = document(catalog);
    // The document is made of strings, numbers and maps with string keys: it always serialises.
    let value = serde_json::to_value(&document).unwrap_or_default();
    let text = format!("# {NOTICE}\n{}", to_yaml(&value));
    vec![Artifact::new("generated/openapi.yaml", text)]
}

fn document(catalog: &Catalog) -> Document<'_> {
    Document {
        openapi: "3.1.0",
        info: Info {
            title: &catalog.api.title,
            version: &catalog.api.version,
            description: description(catalog),
        },
        servers: [Server { url: "/" }],
        paths: Paths {},
        components: Components {
            headers: responses::headers(catalog),
            responses: responses::responses(catalog),
            schemas: schemas::schemas(catalog),
        },
    }
}

/// The description of the document, in Markdown.
fn description(catalog: &Catalog) -> String {
    let title = markup::inline(&catalog.api.title);
    let mut blocks = vec![format!("The errors of the {title}.")];
    blocks.extend(prose::sections(catalog, "##"));
    blocks.join("\n\n")
}
