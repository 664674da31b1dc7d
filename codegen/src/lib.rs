//! Turns an error catalog into a plan of files: a Rust crate, an OpenAPI document, Markdown
//! documentation and a schema for editors.
//!
//! The library does no I/O: text comes in, a plan comes out, and the same text gives the same
//! bytes on every machine. Reading and writing files is left to the caller.
//!
//! ```
//! use codegen::{Inputs, Source, compile, plan};
//!
//! let catalog = "\
//! version: 1
//! api: { title: Example, docs_url: https://docs.example.com, crate: example-errors }
//! types:
//!   request_error: { status: 400, meaning: The request is wrong }
//! codes:
//!   bad_name: { type: request_error, meaning: The name is taken, fix: Choose another }
//! ";
//! let inputs = Inputs::new(Source::new("catalog.yaml", catalog.into()));
//! let outcome = compile(&inputs);
//! assert!(outcome.diagnostics.is_empty());
//! let plan = plan(&outcome.value.expect("the catalog has no errors"));
//! assert!(plan.artifacts.iter().any(|file| file.path == "generated/openapi.yaml"));
//! ```

pub mod artifact;
pub mod catalog;
pub mod diagnostic;
mod draft;
pub mod edit;
pub mod emit;
mod index;
mod lint;
mod node;
mod quoting;
pub mod report;
mod resolve;
pub mod rule;
mod source;
pub mod span;
mod suggest;
mod yaml;

pub use artifact::{Artifact, Plan};
pub use catalog::Catalog;
pub use diagnostic::{Diagnostic, Outcome};
pub use rule::{Rule, Severity};
pub use source::{Inputs, MAX_SOURCE_BYTES, Source};
pub use suggest::closest;

use draft::CatalogDraft;
use span::SourceId;

/// The version of the catalog language that this library reads.
const LANGUAGE_VERSION: u64 = 1;

/// Reads a catalog. The outcome has the catalog, unless there are errors, and every finding.
#[must_use]
pub fn compile(inputs: &Inputs) -> Outcome<Catalog> {
    let (value, diagnostics) = run(inputs);
    Outcome::new(value, diagnostics)
}

fn run(inputs: &Inputs) -> (Option<Catalog>, Vec<Diagnostic>) {
    let id = SourceId(0);
    let [source] = &inputs.sources;
    if let Some(defect) = source.defect(id) {
        return (None, vec![defect]);
    }
    let (node, mut diagnostics) = yaml::parse(id, source.text());
    let Some(node) = node else {
        if diagnostics.is_empty() {
            diagnostics.push(draft::no_catalog(id));
        }
        return (None, diagnostics);
    };
    if node.is_refused() {
        return (None, diagnostics);
    }
    if let Some(other) = draft::other_version(&node, LANGUAGE_VERSION) {
        diagnostics.push(other);
        return (None, diagnostics);
    }
    let (draft, found): (Option<CatalogDraft>, _) = draft::decode(&node);
    diagnostics.extend(found);
    let Some(draft) = draft else {
        return (None, diagnostics);
    };
    let resolution = resolve::resolve(&draft, node.first_token(), &inputs.sources);
    diagnostics.extend(resolution.diagnostics);
    diagnostics.extend(lint::lint(&draft, &resolution.codes));
    (resolution.catalog, diagnostics)
}

/// Prints a catalog to files. Cannot fail: whatever [`compile`] gives can be printed.
///
/// # Panics
///
/// Only if the catalog was changed by hand to hold names that are no Rust identifiers.
#[must_use]
pub fn plan(catalog: &Catalog) -> Plan {
    Plan::new(emit::emit(catalog), emit::regions(catalog))
}
