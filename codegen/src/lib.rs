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
pub mod compat;
pub mod diagnostic;
mod draft;
pub mod edit;
pub mod emit;
mod fingerprint;
pub mod import;
mod include;
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
pub use include::{Answer, Found, MAX_FILES, is_pattern};
pub use rule::{Rule, Severity};
pub use source::{Inputs, MAX_SOURCE_BYTES, Source};
pub use suggest::closest;

use draft::{CatalogDraft, PartDraft};
use serde::de::DeserializeOwned;
use span::{SourceId, Span};

/// The version of the catalog language that this library reads.
const LANGUAGE_VERSION: u64 = 1;

/// Reads a catalog. The outcome has the catalog, unless there are errors, and every finding.
#[must_use]
pub fn compile(inputs: &Inputs) -> Outcome<Catalog> {
    let (value, diagnostics) = run(inputs);
    Outcome::new(value, diagnostics)
}

fn run(inputs: &Inputs) -> (Option<Catalog>, Vec<Diagnostic>) {
    let (drafted, mut diagnostics) = drafted(inputs);
    let Some((draft, start)) = drafted else {
        return (None, diagnostics);
    };
    let resolution = resolve::resolve(&draft, start, &inputs.sources);
    let poor = lint::lint(&draft, &resolution, &inputs.sources, inputs.day);
    diagnostics.extend(resolution.diagnostics);
    let has_meaning = |found: &Diagnostic| found.severity != Severity::Error;
    let mut catalog = resolution.catalog;
    if let Some(catalog) = catalog
        .as_mut()
        .filter(|_| diagnostics.iter().all(has_meaning))
    {
        diagnostics.extend(compat::hold(inputs, &draft, catalog));
    }
    diagnostics.extend(poor);
    (catalog, diagnostics)
}

/// What the files of a catalog say together, with the place of its first key; nothing where one of them cannot be read.
fn drafted(inputs: &Inputs) -> (Option<(CatalogDraft, Span)>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let root = draft::<CatalogDraft>(inputs, 0, &mut diagnostics);
    let parts: Vec<Option<PartDraft>> = (1..inputs.sources.len())
        .map(|position| Some(draft::<PartDraft>(inputs, position, &mut diagnostics)?.0))
        .collect();
    let of_parts = parts.iter().flatten().map(|part| part.include.as_ref());
    let of_root = root.as_ref().map(|(draft, _)| draft.include.as_ref());
    let lists = of_root.into_iter().chain(of_parts);
    let includes: Vec<Span> = lists
        .filter_map(|list| list?.value.as_ref())
        .flatten()
        .filter_map(|entry| entry.value.as_ref().map(|_| entry.span))
        .collect();
    let faults = inputs.include_faults(&includes);
    let is_whole = faults.is_empty();
    diagnostics.extend(faults);
    // What a file that cannot be read would have brought is no mistake of the others.
    let parts = parts.into_iter().collect::<Option<Vec<_>>>();
    let (true, Some((root, start)), Some(parts)) = (is_whole, root, parts) else {
        return (None, diagnostics);
    };
    let (mut draft, found) = draft::merge(root, parts);
    diagnostics.extend(found);
    diagnostics.extend(draft::prefix::apply(&mut draft));
    (Some((draft, start)), diagnostics)
}

/// The draft of a file and the place of its first key; nothing where the file cannot be read.
fn draft<T: DeserializeOwned>(
    inputs: &Inputs,
    position: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(T, Span)> {
    let id = SourceId(u32::try_from(position).unwrap_or(u32::MAX));
    let source = &inputs.sources[position];
    if let Some(defect) = source.defect(id) {
        diagnostics.push(defect);
        return None;
    }
    let (node, found) = yaml::parse(id, source.text());
    let silent = found.is_empty();
    diagnostics.extend(found);
    let Some(node) = node else {
        if silent {
            diagnostics.push(draft::no_catalog(id));
        }
        return None;
    };
    if node.is_refused() {
        return None;
    }
    if let Some(other) = draft::other_version(&node, LANGUAGE_VERSION) {
        diagnostics.push(other);
        return None;
    }
    let (draft, found) = draft::decode(&node);
    diagnostics.extend(found);
    Some((draft?, node.first_token()))
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
