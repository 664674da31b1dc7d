//! OpenAPI documents: the codes of an enum, with what responses and examples contain about each.

mod bodies;
pub(super) mod choices;
mod details;
mod document;
mod examples;
mod info;
mod places;
mod request_id;
mod rows;
mod shared;
mod styles;
mod upgrade;
mod values;

use serde_json::Value;

use super::markdown;
use super::model::{Braces, Code, Extracted, Finding, Part, Place, Row, TypeFacts, statuses};
use super::text::{clean_all, text};
use crate::ast::language::{Language, Shape};
use crate::catalog::{Status, derive_slug};
use crate::resolve::names::wire_fault;
use crate::span::Span;
use crate::unord_map::UnordMap;
use document::{Document, Named, Response};
use rows::{admit, code_of, keep_type};
use shared::Shared;
use styles::Styles;

/// Reads the codes of a document.
pub(super) fn read(document: &Value) -> Extracted {
    let upgraded = upgrade::of(document);
    let document = Document::new(upgraded.as_ref().unwrap_or(document));
    let language = Language::new();
    let mut facts = Facts {
        language: language.code(),
        extracted: Extracted {
            api: info::api(&document),
            ..Extracted::default()
        },
        positions: UnordMap::default(),
        types: UnordMap::default(),
        of_styles: UnordMap::default(),
        shared: Shared::default(),
        repeats_status: false,
        is_own: false,
    };
    facts.extracted.api.operation_ids = document.operation_ids();
    for found in document.names("errorcode", "code") {
        facts.code(&found);
    }
    for found in document.names("errortype", "type") {
        facts.error_type(&found);
    }
    let mut styles = Styles::new(&document);
    for response in document.responses() {
        facts.response(&document, &response, &mut styles);
    }
    let mut extracted = facts.extracted;
    facts.shared.settle(&mut extracted.rows);
    choices::restore(&document, &mut styles, &mut extracted.api);
    request_id::find(&document, &mut extracted);
    (extracted.api.styles, extracted.api.shapes) = styles.sections();
    extracted.undecided.append(&mut styles.undecided);
    for entry in &mut extracted.types {
        let place = Place::Path(entry.name.clone());
        entry.names.retain(|style, name| {
            let fault = |name: &Value| wire_fault(name.as_str()?, Span::default());
            let is_sound = name.is_string() && fault(name).is_none() && styles.is_known(style);
            if !is_sound {
                let what = format!("the name in the style `{style}` is left out: {name}");
                extracted.undecided.push(Finding::new(&place, what));
            }
            is_sound
        });
    }
    extracted
}

/// The facts so far.
struct Facts<'a> {
    /// The keys of a code.
    language: Shape<'a>,
    extracted: Extracted,
    /// The rows by code.
    positions: UnordMap<String, usize>,
    /// The names of the types.
    types: UnordMap<String, ()>,
    /// The codes by their names in a style, for each style of an example.
    of_styles: UnordMap<usize, UnordMap<String, Value>>,
    /// What only all responses together tell.
    shared: Shared,
    /// Whether a body of the current response has a code that only repeats the status.
    repeats_status: bool,
    /// Whether this tool made the document: its enum has all codes.
    is_own: bool,
}

impl Facts<'_> {
    /// The row of a code.
    fn row(&mut self, code: &Value, place: impl FnOnce() -> Place) -> Option<&mut Row> {
        let code = match code {
            Value::String(code) if !code.is_empty() => Code::Text(code.clone()),
            Value::Number(number) => Code::Number(number.as_i64()?),
            _ => return None,
        };
        let wire = code.wire();
        let rows = &mut self.extracted.rows;
        let position = *self.positions.get(&wire).unwrap_or(&rows.len());
        if position == rows.len() {
            rows.push(Row::new(place(), code));
            self.positions.insert(wire, position);
        }
        rows.get_mut(position)
    }

    /// A value of an enum of codes.
    fn code(&mut self, found: &Named<'_>) {
        let docs_url = self.extracted.api.docs_url.clone();
        let language = self.language;
        let (mut has_details, mut is_own) = (false, false);
        let Some(row) = self.row(found.value, || Place::Path(found.path.clone())) else {
            return;
        };
        if let Some(name) = found.variant {
            row.constant = Some(name.to_owned());
        }
        if let Some(details) = found.details.as_object() {
            is_own = true;
            let wire = row.code.wire();
            let page = docs_url.map(|base| format!("{base}/{}", derive_slug(&wire)));
            for (key, value) in details {
                let is_page = key == "docs" && value.as_str() == page.as_deref();
                has_details |= key == "details";
                if !is_page {
                    details::take(row, language, key, value);
                }
            }
        } else if let (Some(description), None) = (found.description, &row.meaning) {
            let description = description.into();
            row.meaning = text(&description, "description", &mut row.undecided);
        }
        self.extracted.api.details |= has_details;
        self.is_own |= is_own;
    }

    /// A value of an enum of types.
    fn error_type(&mut self, found: &Named<'_>) {
        let Some(name) = found.value.as_str() else {
            return;
        };
        // A member `type` may also be an address, as in problem details.
        if name.contains("//") || self.types.insert(name.to_owned(), ()).is_some() {
            return;
        }
        let stated = found.details["meaning"].as_str();
        let meaning = stated.or(found.description);
        self.extracted.types.push(TypeFacts {
            name: name.to_owned(),
            meaning: meaning.map(str::to_owned),
            statuses: found.details["status"].as_str().and_then(statuses),
            names: found.details["names"]
                .as_object()
                .cloned()
                .unwrap_or_default(),
        });
    }

    /// A response to a request, with its examples.
    fn response<'a>(
        &mut self,
        document: &Document<'a>,
        response: &Response<'a>,
        styles: &mut Styles<'a>,
    ) {
        let lost = self.extracted.lost.len();
        self.repeats_status = false;
        if let Some(reference) = response.broken {
            self.broken(&response.path, reference);
        }
        let mut wires = Vec::new();
        for content in &response.contents {
            let found = styles.of(&response.path, content);
            for example in &content.examples {
                if let Some(address) = example.outside.filter(|_| example.body.is_null()) {
                    self.broken(&example.path, address);
                }
                wires.extend(self.bodies(response, example, &found, styles));
            }
        }
        if !self.is_own {
            self.schemas(document, response, &mut wires);
        }
        let told = self.description(response, &wires);
        wires.extend(told);
        let is_told = self.is_own || self.extracted.lost.len() > lost;
        if wires.is_empty() && response.is_of_error && !is_told {
            let place = Place::Path(response.path.clone());
            let what = if self.repeats_status {
                "the response is one of an error, but the code in its body only repeats the status"
            } else {
                "the response is one of an error, but its body names no code: neither its schema nor an example has a value for a member such as `code`"
            };
            self.extracted.lost.push(Finding::new(&place, what));
        }
        for wire in &wires {
            let row = self
                .positions
                .get(wire)
                .and_then(|at| self.extracted.rows.get_mut(*at));
            let Some(row) = row else { continue };
            // The shared responses of an own document have the codes of all operations.
            for operation in response.operations.iter().filter(|_| !self.is_own) {
                if !row.operations.contains(operation) {
                    row.operations.push(operation.clone());
                }
            }
        }
    }

    /// Reports a reference that cannot be followed.
    fn broken(&mut self, place: &str, reference: &str) {
        let what = if reference.starts_with('#') {
            format!("the reference `{reference}` leads to nothing in the document")
        } else {
            format!(
                "the reference `{reference}` leads out of the document: bundle the document first"
            )
        };
        let finding = Finding::new(&Place::Path(place.to_owned()), what);
        self.extracted.lost.push(finding.of(Part::Reference));
    }

    /// Takes the codes that the schemas of a response name.
    fn schemas<'a>(
        &mut self,
        document: &Document<'a>,
        response: &Response<'a>,
        wires: &mut Vec<String>,
    ) {
        let found = bodies::of(document, response);
        for reference in found.broken {
            self.broken(&response.path, reference);
        }
        for code in found.codes {
            let value = code_of(code.value);
            // A number that repeats the status is no name of an error.
            let number = value.as_u64().and_then(Status::new);
            let is_status = number == response.status || response.status.is_none();
            let is_example = code.is_example && number.and_then(Status::reason).is_some();
            if number.is_some() && (is_status || is_example) {
                self.repeats_status = true;
                continue;
            }
            let Some(row) = self.row(&value, || Place::Path(code.path.clone())) else {
                let what = format!("the value {} cannot be a code", code.value);
                let finding = Finding::new(&Place::Path(code.path), what);
                self.extracted.lost.push(finding.of(Part::EnumValue));
                continue;
            };
            if code.list.is_none() {
                admit(row, response.status);
            }
            row.constant = row
                .constant
                .take()
                .or_else(|| code.variant.map(str::to_owned));
            if row.meaning.is_none() {
                let meaning = code.meaning.map(Value::from);
                row.meaning =
                    meaning.and_then(|meaning| text(&meaning, "description", &mut row.undecided));
            }
            if let (None, Some(message)) = (&row.message, code.message) {
                row.message = text(message, "message", &mut row.undecided);
                row.braces = Braces::Text;
            }
            if value != *code.value {
                keep_type(row, code.value);
            }
            let wire = row.code.wire();
            if let (Some(list), Some(position)) = (code.list, self.positions.get(&wire)) {
                self.shared.list(*position, list, response.status);
            }
            if !wires.contains(&wire) {
                wires.push(wire);
            }
        }
    }

    /// The description of a response: a table of its codes, which it returns, or the text about its only code.
    fn description(&mut self, response: &Response<'_>, wires: &[String]) -> Vec<String> {
        let mut listed = Vec::new();
        let Some(description) = response.description else {
            return listed;
        };
        let mut notes = Vec::new();
        let mut cleaned = Value::from(description);
        clean_all(&mut cleaned, "description", &mut notes);
        for told in markdown::tables_of(cleaned.as_str().unwrap_or_default()).rows {
            let place = || Place::Path(response.path.clone());
            let code = told.code.value();
            let Some(row) = self.row(&code, place) else {
                continue;
            };
            admit(row, response.status);
            let new = notes.iter().filter(|note| !row.undecided.contains(note));
            row.undecided.extend(new.cloned().collect::<Vec<_>>());
            row.meaning = row.meaning.take().or(told.meaning);
            row.fix = row.fix.take().or(told.fix);
            listed.push(row.code.wire());
        }
        let phrase = response.status.and_then(Status::reason);
        let says_more = phrase.is_none_or(|phrase| !description.trim().ends_with(phrase));
        if let ([wire], true) = (wires, says_more)
            && let Some(position) = self.positions.get(wire).copied()
            && let Some(row) = self.extracted.rows.get_mut(position)
            && row.meaning.is_none()
        {
            row.meaning = text(&description.into(), "meaning", &mut row.undecided);
            self.shared.describe(position, description);
        }
        listed
    }
}

#[cfg(test)]
mod tests;
