//! Drafts a catalog from an existing list of errors: lines of JSON, an OpenAPI document, or a page with
//! tables.
//!
//! Each kind of source ([`Input`]) is read to rows. The rows get names, types, messages and codes, and become the text
//! of the draft, which is compiled and repaired until it has no errors. Nothing is invented: the draft marks and lists
//! what the source lacks.

mod api;
mod codes;
mod custom;
mod deprecated;
mod jsonl;
mod markdown;
mod message;
mod minimal;
mod model;
mod names;
mod openapi;
mod repair;
mod table;
mod text;
mod types;
mod writer;

use serde_json::{Map, Value};

pub use model::{Finding, Place};

use crate::edit;
use crate::resolve::crate_name::is_crate;
use crate::resolve::names::wire_fault;
use crate::rule::Rule;
use crate::source::{Inputs, Source};
use crate::span::Span;
use model::Extracted;
use writer::{Draft, Item};

/// A source that is not a catalog.
#[derive(Clone, Copy, Debug)]
pub enum Input<'a> {
    /// JSON Lines: an object per line.
    Rows(&'a str),
    /// An OpenAPI document, parsed.
    OpenApi(&'a Value),
    /// A Markdown page, or a page of plain text.
    Page(&'a str),
}

/// Settings of an import.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// The name of the source. Title and crate are named after it if nothing else gives them.
    pub name: &'a str,
    /// The name of the crate.
    pub crate_name: Option<&'a str>,
    /// The type of codes that have none.
    pub error_type: Option<&'a str>,
    /// The path of the catalog's schema, relative to the draft.
    pub schema: &'a str,
}

/// Options that are invalid in every catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptionsError {
    /// The name is not a valid name of a crate.
    Crate(String),
    /// The name is not a valid name of a type; with the reason.
    Type(String),
}

/// A draft, and notes about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The text of the catalog; `None` if the source has no valid code.
    pub catalog: Option<String>,
    /// The number of codes.
    pub codes: usize,
    /// The number of types.
    pub types: usize,
    /// Parts of the source that it does not contain.
    pub lost: Vec<Finding>,
    /// Parts that need a review.
    pub undecided: Vec<Finding>,
    /// The allowed lint rules, each with the number of codes that break it, or `None` if it is allowed in the whole
    /// catalog.
    pub allowed: Vec<(Rule, Option<usize>)>,
    /// The remaining errors of the draft.
    pub faults: Vec<Finding>,
}

/// Drafts a catalog.
///
/// # Errors
///
/// Fails if an option is an invalid name.
///
/// ```
/// use error_catalog_codegen::import::{Input, Options, import};
///
/// let rows = r#"{"code": "no_such_pet", "type": "not_found", "http_status": 404, "message": "No pet {id}"}"#;
/// let options = Options { name: "pets", crate_name: None, error_type: None, schema: "catalog.schema.json" };
/// let draft = import(Input::Rows(rows), options).unwrap();
/// assert!(draft.catalog.unwrap().contains("message: No pet {id}\n"));
/// assert!(draft.lost.is_empty());
/// ```
pub fn import(input: Input<'_>, options: Options<'_>) -> Result<Import, OptionsError> {
    if let Some(name) = options.crate_name.filter(|name| !is_crate(name)) {
        return Err(OptionsError::Crate(name.to_owned()));
    }
    let fault = options
        .error_type
        .and_then(|name| wire_fault(name, Span::default()));
    if let Some(fault) = fault {
        return Err(OptionsError::Type(fault.message));
    }
    let mut extracted = match input {
        Input::Rows(text) => jsonl::read(text),
        Input::OpenApi(document) => openapi::read(document),
        Input::Page(text) => markdown::read(text),
    };
    codes::sift(&mut extracted);
    if extracted.rows.is_empty() {
        return Ok(Import {
            catalog: None,
            codes: 0,
            types: 0,
            lost: extracted.lost,
            undecided: extracted.undecided,
            allowed: Vec::new(),
            faults: Vec::new(),
        });
    }
    Ok(draft(extracted, options))
}

fn draft(mut extracted: Extracted, options: Options<'_>) -> Import {
    let assigned = types::assign(&mut extracted, options.error_type);
    let places: Vec<_> = extracted.rows.iter().map(|row| row.place.clone()).collect();
    let codes = codes::blocks(&mut extracted, &assigned);
    let mut sections = vec![Item::member("version", crate::load::LANGUAGE_VERSION)];
    let mut facts = std::mem::take(&mut extracted.api);
    let mut envelope = openapi::choices::section(&mut facts);
    sections.push(api::section(facts, options, &mut extracted.undecided));
    if codes.are_numbers {
        envelope.insert("code".to_owned(), "integer".into());
    }
    if codes.need_details {
        envelope.insert("details".to_owned(), true.into());
    }
    if !envelope.is_empty() {
        sections.push(Item::member("envelope", envelope));
    }
    if !codes.retryable.is_empty() {
        let statuses: Value = codes.retryable.iter().map(|status| status.get()).collect();
        let retry = Map::from_iter([("statuses".to_owned(), statuses)]);
        sections.push(Item::member("retry", retry));
    }
    let types = assigned.types.len();
    sections.push(types::section(assigned.types, &mut extracted.undecided));
    let draft = Draft {
        head: vec![format!("yaml-language-server: $schema={}", options.schema)],
        sections,
        codes: codes.blocks,
        lint: Vec::new(),
    };
    let total = draft.codes.len();
    let repaired = repair::repair(draft, places);
    let codes = total - repaired.lost.len();
    extracted.lost.extend(repaired.lost);
    extracted.undecided.extend(repaired.undecided);
    extracted
        .lost
        .sort_by(|left, right| left.place.cmp(&right.place));
    Import {
        catalog: (codes > 0).then(|| canonical(repaired.text)),
        codes,
        types,
        lost: extracted.lost,
        undecided: extracted.undecided,
        allowed: repaired.allowed,
        faults: repaired.faults,
    }
}

/// The draft in its canonical form, unless it has errors.
fn canonical(text: String) -> String {
    let inputs = Inputs::new(Source::new("draft", text.clone().into_bytes()));
    match edit::format(&inputs) {
        Ok(texts) => texts.into_iter().next().unwrap_or(text),
        Err(_) => text,
    }
}
