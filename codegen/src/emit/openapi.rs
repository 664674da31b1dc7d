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
mod merged;
mod namespaces;
mod overlay;
mod paths;
mod responses;
mod schemas;
mod strict;

use serde_json::{Value, json};

use crate::artifact::Artifact;
use crate::catalog::Catalog;
use crate::record::{self, Api};
use crate::tree::{Members, Tree};
use components::{Twin, shared};
use headers::StatedHeaders;
use paths::OfStatus;
use responses::Response;

#[cfg(feature = "import")]
pub(crate) use headers::REQUEST_ID_TEXT;
pub use overlay::{OpenApiVersion, OperationErrors, Overlay};

use super::{NOTICE, markdown_escape, numbers, sections};
use crate::yaml::write::push_yaml;

/// Emits the documents.
#[must_use]
pub fn emit(catalog: &Catalog) -> Vec<Artifact> {
    files(catalog).collect()
}

/// The documents, one after the other.
pub(super) fn files(catalog: &Catalog) -> impl Iterator<Item = Artifact> {
    let catalog = catalog.public();
    let parts = Parts::of(catalog);
    // Each file takes the document from the one before it, so that memory has one document at a time.
    let files: [for<'a> fn(&mut Tree<'a>, &'a Catalog, &Parts<'a>) -> Artifact; 4] = [
        |public, catalog, parts| {
            *public = document(catalog, parts, Twin::Public);
            yaml("openapi", public)
        },
        |public, _, _| {
            set_notice(public);
            Artifact::new("generated/openapi.json", public.to_json() + "\n")
        },
        |public, _, _| {
            let mut document = std::mem::replace(public, Tree::Null);
            document.remove(NOTICE_MEMBER);
            yaml("openapi-3.0", &downgrade::to_3_0(document))
        },
        |_, catalog, parts| yaml("openapi-strict", &document(catalog, parts, Twin::Strict)),
    ];
    let mut public = Tree::Null;
    let files = files.into_iter();
    files.map(move |file| file(&mut public, catalog, &parts))
}

fn yaml(name: &str, document: &Tree<'_>) -> Artifact {
    let mut text = format!("# {NOTICE}\n");
    push_yaml(document, &mut text);
    Artifact::new(format!("generated/{name}.yaml"), text)
}

/// The first member of the document in JSON, which has no comments.
const NOTICE_MEMBER: &str = "x-generated";

fn set_notice(document: &mut Tree<'_>) {
    if let Tree::Object(members) = document {
        members.insert(0, (NOTICE_MEMBER.into(), NOTICE.into()));
    }
}

/// What all documents contain.
struct Parts<'a> {
    info: Tree<'a>,
    servers: Tree<'a>,
    /// Those of each request.
    requests: Vec<Vec<OfStatus<'a>>>,
    responses: Vec<Response<'a>>,
    headers: Tree<'a>,
    schemas: Members<'a>,
    examples: Option<Tree<'a>>,
}

impl<'a> Parts<'a> {
    fn of(catalog: &'a Catalog) -> Self {
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
        let servers = api["servers"].as_array_mut();
        for server in servers.into_iter().flatten() {
            if let Some(Value::String(text)) = server.get_mut("description") {
                *text = markdown_escape::inline(text);
            }
        }
        let stated = StatedHeaders::of(catalog);
        let examples = paths::examples(catalog);
        Self {
            info: shared(info),
            servers: shared(api["servers"].take()),
            requests: paths::responses(catalog, &stated),
            responses: responses::responses(catalog, &stated),
            headers: Value::Object(headers::components(catalog, &stated)).into(),
            schemas: schemas::known(catalog),
            examples: (!examples.is_empty()).then(|| shared(Tree::Object(examples))),
        }
    }
}

fn document<'a>(catalog: &'a Catalog, parts: &Parts<'a>, twin: Twin) -> Tree<'a> {
    let mut document = Tree::object([("openapi", "3.1.0".into()), ("info", parts.info.clone())]);
    let (index, after_slug) = &catalog.api.docs_url;
    // The template of the URL contains the place of a slug, but not the URL of the index.
    if after_slug.is_empty() {
        let address = Tree::object([("url", index.as_str().into())]);
        document.insert("externalDocs", address);
    }
    document.insert("servers", parts.servers.clone());
    if !catalog.operations.is_empty() {
        // Empty, since the catalog does not describe authentication, but validators require the key.
        document.insert("security", Tree::List(Vec::new()));
    }
    document.insert("paths", paths::paths(catalog, &parts.requests, twin));
    let responses = parts.responses.iter();
    let responses = responses.map(|response| (response.name(), response.object(catalog, twin)));
    let mut components = Tree::object([
        ("schemas", schemas::schemas(catalog, &parts.schemas, twin)),
        ("headers", parts.headers.clone()),
        ("responses", responses.collect()),
    ]);
    if let Some(examples) = &parts.examples {
        components.insert("examples", examples.clone());
    }
    document.insert("components", components);
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
