//! Drafts a catalog from an existing list of errors: lines of JSON, an OpenAPI document, or a page with
//! tables.
//!
//! Each kind of source ([`Input`]) is read to rows. The rows get names, types, messages and codes, and become the text
//! of the draft, which is compiled and repaired until it has no errors. Nothing is invented: the draft marks and lists
//! what the source lacks.

mod api;
mod arrange;
mod cell;
mod codes;
mod csv;
mod custom;
mod data;
mod deprecated;
mod fields;
mod finding;
mod format;
mod html;
mod jsonl;
mod languages;
mod list;
mod markdown;
mod markup;
mod merge;
mod message;
mod minimal;
mod model;
mod names;
mod namespaces;
mod no_status;
mod numbers;
mod openapi;
mod operations;
mod own_facts;
mod page;
mod placeholders;
mod proto;
mod record;
mod repair;
mod rust;
mod statuses;
mod table;
mod text;
mod tree;
mod types;
mod united;
mod update;
mod writer;

use serde_json::{Map, Value};

pub use finding::{Finding, Part, Place};
pub use format::Format;
pub use namespaces::Namespaces;
pub use placeholders::Placeholders;
pub use update::{Conflict, LastImport, NotUpdated, Update, Why, update};

use crate::resolve::crate_name::is_crate;
use crate::resolve::names::wire_fault;
use crate::rule::Rule;
use crate::span::Span;
use merge::Sifted;
use model::Extracted;
use namespaces::Division;
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
    /// A text of another format. One of OpenAPI has no errors here: its document comes parsed.
    Text(Format, &'a str),
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
    /// How messages mark their variable parts; from the list if it is missing.
    pub placeholders: Option<Placeholders>,
    /// Which field has the namespaces of codes; from the list if it is missing.
    pub namespaces: Option<Namespaces<'a>>,
}

/// Options that are invalid in every catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptionsError {
    /// The name is not a valid name of a crate.
    Crate(String),
    /// The name is not a valid name of a type; with the reason.
    Type(String),
    /// The list has no field for namespaces with this name, but others.
    Namespace {
        /// The name that was stated.
        name: String,
        /// The fields that the list has, in its order.
        known: Vec<String>,
    },
}

/// A draft, and notes about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The text of the catalog; `None` if the source has no valid code.
    pub catalog: Option<String>,
    /// The number of codes.
    pub codes: usize,
    /// The rows that say the same as another one with the same code.
    pub merged: usize,
    /// The number of types.
    pub types: usize,
    /// The values of enums that stand for no error, such as `OK`: they are neither read nor missing.
    pub no_errors: usize,
    /// The field of the list whose values are namespaces.
    pub namespace: Option<String>,
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

impl Import {
    /// The rows that the source has: those in the draft, the merged ones, and the refused ones.
    ///
    /// ```
    /// use error_catalog_codegen::import::{Input, Options, import};
    ///
    /// let options = Options { name: "pets", crate_name: None, error_type: None, schema: "catalog.schema.json", placeholders: None, namespaces: None };
    /// let draft = import(Input::Rows("{\"code\": \"a\"}\n{\"code\": \"b c\"}\n"), options).unwrap();
    /// assert_eq!((draft.read(), draft.codes, draft.refused()), (2, 1, 1));
    /// ```
    #[must_use]
    pub fn read(&self) -> usize {
        self.codes + self.merged + self.refused()
    }

    /// The rows that are not in the draft.
    #[must_use]
    pub fn refused(&self) -> usize {
        let rows = self.lost.iter().filter(|lost| lost.part == Part::Row);
        rows.count()
    }

    /// How many parts of each other kind are not in the draft.
    #[must_use]
    pub fn skipped(&self) -> Vec<(Part, usize)> {
        let mut counts: std::collections::BTreeMap<Part, usize> = std::collections::BTreeMap::new();
        for lost in self.lost.iter().filter(|lost| lost.part != Part::Row) {
            *counts.entry(lost.part).or_default() += 1;
        }
        counts.into_iter().collect()
    }
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
/// let options = Options { name: "pets", crate_name: None, error_type: None, schema: "catalog.schema.json", placeholders: None, namespaces: None };
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
    let mut extracted = read(input);
    placeholders::turn(&mut extracted, options.placeholders);
    numbers::sift(&mut extracted);
    decide_statuses(&mut extracted);
    let Sifted { merged, division } = merge::sift(&mut extracted, options.namespaces)?;
    if extracted.rows.is_empty() {
        return Ok(Import {
            catalog: None,
            codes: 0,
            merged,
            types: 0,
            no_errors: extracted.no_errors,
            namespace: None,
            lost: extracted.lost,
            undecided: extracted.undecided,
            allowed: Vec::new(),
            faults: Vec::new(),
        });
    }
    Ok(Import {
        merged,
        ..draft(extracted, options, division.as_ref())
    })
}

/// Decides which errors have no status of their own: those with a word for none, or an empty cell, where other errors have
/// a status. An error of an operation is in its responses.
fn decide_statuses(extracted: &mut Extracted) {
    let has_statuses = extracted.rows.iter().any(|row| row.status.is_some());
    for row in &mut extracted.rows {
        row.says_none &= has_statuses && row.status.is_none() && row.operations.is_empty();
        if row.says_none {
            row.no_status = None;
        }
    }
}

/// The rows of a source.
fn read(input: Input<'_>) -> Extracted {
    let (format, text) = match input {
        Input::Rows(text) => (Format::JsonLines, text),
        Input::Page(text) => (Format::Markdown, text),
        Input::OpenApi(document) => return openapi::read(document),
        Input::Text(format, text) => (format, text),
    };
    let mut extracted = match format {
        Format::JsonLines => jsonl::read(text),
        Format::Json => data::take(tree::json(text)),
        Format::Yaml => data::take(tree::yaml(text)),
        Format::Toml => data::take(tree::toml(text)),
        Format::Csv => csv::read(text),
        Format::Markdown => return markdown::read(text),
        Format::Html => return html::read(text),
        Format::Proto => return proto::read(text),
        Format::Rust => return rust::read(text),
        Format::OpenApi => return Extracted::default(),
    };
    markup::take_out(&mut extracted);
    extracted
}

fn draft(mut extracted: Extracted, options: Options<'_>, division: Option<&Division>) -> Import {
    let groups = division.map(|field| namespaces::groups(&mut extracted.rows, field));
    let assigned = types::assign(&mut extracted, options.error_type);
    let places: Vec<_> = extracted.rows.iter().map(|row| row.place.clone()).collect();
    let ids = std::mem::take(&mut extracted.api.operation_ids);
    let operations = operations::take(&mut extracted.rows, &ids);
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
        groups: groups.unwrap_or_default(),
        operations,
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
        catalog: (codes > 0).then_some(repaired.text),
        codes,
        merged: 0,
        types,
        no_errors: extracted.no_errors,
        namespace: division.map(|field| field.name().to_owned()),
        lost: extracted.lost,
        undecided: extracted.undecided,
        allowed: repaired.allowed,
        faults: repaired.faults,
    }
}
