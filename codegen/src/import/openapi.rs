//! OpenAPI documents: the codes of an enum, with what responses and examples contain about each.

mod document;

use serde_json::Value;

use super::custom::keep;
use super::deprecated;
use super::markdown;
use super::model::{ApiFacts, Argument, Braces, Code, Extracted, Place, Row, TypeFacts, statuses};
use super::text::{clean_all, text};
use crate::ast::language::{Language, Shape};
use crate::catalog::{Status, derive_slug};
use crate::unord_map::UnordMap;
use document::{Document, Named, Response};

/// Reads the codes of a document.
pub(super) fn read(document: &Value) -> Extracted {
    let document = Document::new(document);
    let language = Language::new();
    let mut facts = Facts {
        language: language.code(),
        extracted: Extracted {
            api: api(&document),
            ..Extracted::default()
        },
        positions: UnordMap::default(),
        types: UnordMap::default(),
    };
    for found in document.names("errorcode", "code") {
        facts.code(&found);
    }
    for found in document.names("errortype", "type") {
        facts.error_type(&found);
    }
    for response in document.responses() {
        facts.response(&response);
    }
    facts.extracted
}

/// The sections of a catalog that a document has, under the same or another name.
fn api(document: &Document<'_>) -> ApiFacts {
    let info = document.at("/info");
    let line = |value: &Value| value.as_str().map(|text| text.trim().to_owned());
    let said = |value: &Value| line(value).filter(|text| !text.is_empty());
    let taken = |value: &Value, keys: &[&str]| {
        let keys = keys.iter();
        let members = keys.filter_map(|key| Some(((*key).to_owned(), said(&value[*key])?.into())));
        let members: serde_json::Map<_, _> = members.collect();
        (!members.is_empty()).then_some(Value::Object(members))
    };
    let license = taken(&info["license"], &["name", "url"]).map(|value| ("license", value));
    let contact =
        taken(&info["contact"], &["name", "url", "email"]).map(|value| ("contact", value));
    let servers = document.at("/servers").as_array();
    let servers = servers.into_iter().flatten();
    let servers: Vec<_> = servers
        .filter_map(|server| taken(server, &["url", "description"]))
        .collect();
    // Without servers, the document is at the URL of the API.
    let says_nothing = servers
        .iter()
        .all(|server| server == &serde_json::json!({ "url": "/" }));
    let servers = (!says_nothing).then(|| ("servers", Value::Array(servers)));
    let docs_url = said(&document.at("/externalDocs")["url"]);
    ApiFacts {
        title: said(&info["title"]),
        docs_url: docs_url.map(|url| url.trim_end_matches('/').to_owned()),
        version: said(&info["version"]),
        sections: license.into_iter().chain(contact).chain(servers).collect(),
        styles: document.styles(),
        details: false,
    }
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
}

impl Facts<'_> {
    /// The row of a code.
    fn row(&mut self, code: &Value, place: impl FnOnce() -> Place) -> Option<&mut Row> {
        let code = match code {
            Value::String(code) if !code.is_empty() => Code::Text(code.clone()),
            Value::Number(number) => Code::Number(number.as_u64()?),
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
        let mut has_details = false;
        let Some(row) = self.row(found.value, || Place::Path(found.path.clone())) else {
            return;
        };
        if let Some(name) = found.variant {
            row.constant = Some(name.to_owned());
        }
        if let Some(details) = found.details.as_object() {
            let wire = row.code.wire();
            let page = docs_url.map(|base| format!("{base}/{}", derive_slug(&wire)));
            for (key, value) in details {
                let is_page = key == "docs" && value.as_str() == page.as_deref();
                has_details |= key == "details";
                if !is_page {
                    detail(row, language, key, value);
                }
            }
        } else if let (Some(description), None) = (found.description, &row.meaning) {
            let description = description.into();
            row.meaning = text(&description, "description", &mut row.undecided);
        }
        self.extracted.api.details |= has_details;
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
        });
    }

    /// A response to a request, with its examples.
    fn response(&mut self, response: &Response<'_>) {
        let mut wires = Vec::new();
        for example in &response.examples {
            let error = example.body.get("error").filter(|error| error.is_object());
            let error = error.unwrap_or(example.body);
            let place = || Place::Path(example.path.clone());
            let Some(row) = self.row(&error["code"], place) else {
                continue;
            };
            wires.push(row.code.wire());
            admit(row, response.status);
            let name = error["error_type"]
                .as_str()
                .or_else(|| error["type"].as_str());
            if row.error_type.is_none() {
                row.error_type = name.filter(|name| !name.contains("//")).map(str::to_owned);
            }
            if row.message.is_none() {
                let message = error.get("message").or_else(|| error.get("detail"));
                row.message = message.and_then(|value| text(value, "message", &mut row.undecided));
                row.braces = Braces::Text;
            }
            if let (false, Some(param)) =
                (row.stated.contains_key("param"), error["param"].as_str())
            {
                row.stated.insert("param".to_owned(), param.into());
            }
            if row.meaning.is_none() {
                let summary = example
                    .summary
                    .filter(|summary| *summary != row.code.wire());
                row.meaning = summary
                    .and_then(|summary| text(&summary.into(), "summary", &mut row.undecided));
            }
        }
        self.description(response, &wires);
    }

    /// The description of a response: a table of its codes, or the text about its only code.
    fn description(&mut self, response: &Response<'_>, wires: &[String]) {
        let Some(description) = response.description else {
            return;
        };
        let mut notes = Vec::new();
        let mut cleaned = Value::from(description);
        clean_all(&mut cleaned, "description", &mut notes);
        for told in markdown::tables_of(cleaned.as_str().unwrap_or_default()).rows {
            let place = || Place::Path(response.path.clone());
            let code = match &told.code {
                Code::Text(text) => text.as_str().into(),
                Code::Number(number) => (*number).into(),
            };
            let Some(row) = self.row(&code, place) else {
                continue;
            };
            admit(row, response.status);
            let new = notes.iter().filter(|note| !row.undecided.contains(note));
            row.undecided.extend(new.cloned().collect::<Vec<_>>());
            row.meaning = row.meaning.take().or(told.meaning);
            row.fix = row.fix.take().or(told.fix);
        }
        let phrase = response.status.and_then(Status::reason);
        let says_more = phrase.is_none_or(|phrase| !description.trim().ends_with(phrase));
        if let ([wire], true) = (wires, says_more)
            && let Some(position) = self.positions.get(wire)
            && let Some(row) = self.extracted.rows.get_mut(*position)
            && row.meaning.is_none()
        {
            row.meaning = text(&description.into(), "meaning", &mut row.undecided);
        }
    }
}

/// Takes the status of a response, unless the code has a status.
fn admit(row: &mut Row, status: Option<Status>) {
    match (row.status, status) {
        (None, _) => row.status = status,
        (Some(known), Some(status)) if known != status => {
            let what = format!("the code comes with {known} and with {status}: {known} is taken");
            if !row.undecided.contains(&what) {
                row.undecided.push(what);
            }
        }
        (Some(_), _) => {}
    }
}

/// Keys of a code that have a meaning only in its own catalog.
const OF_THE_CATALOG: [&str; 8] = [
    "internal",
    "audience",
    "like",
    "row",
    "rust",
    "rust_aliases",
    "slug",
    "aliases",
];

/// Takes a key of a code from a document of this tool.
fn detail(row: &mut Row, language: Shape<'_>, key: &str, value: &Value) {
    match key {
        "type" => row.error_type = text(value, key, &mut row.undecided),
        "status" => row.take_status(value),
        "meaning" => row.meaning = text(value, key, &mut row.undecided),
        "fix" => row.fix = text(value, key, &mut row.undecided),
        "message" => {
            row.message = text(value, key, &mut row.undecided);
            row.braces = Braces::Catalog;
        }
        "args" => {
            let args = value.as_object().into_iter().flatten();
            let args = args.map(|(name, details)| argument(row, name, details));
            let args: Vec<_> = args.collect();
            row.args = args;
        }
        "retry" => row.take_retry(value),
        "deprecated" => deprecated::take(row, value),
        // The reference to the schema of the arguments.
        "details" => {}
        _ if language.has(key) && !OF_THE_CATALOG.contains(&key) => {
            row.stated.insert(key.to_owned(), value.clone());
        }
        _ => row.keep(key, value),
    }
}

fn argument(row: &mut Row, name: &str, details: &Value) -> Argument {
    let mut argument = Argument::declared(name, details["kind"].as_str());
    for (key, value) in details.as_object().into_iter().flatten() {
        match key.as_str() {
            "kind" => {}
            "absent" => {
                argument.stated.insert("nullable".to_owned(), true.into());
                argument.stated.insert(key.clone(), value.clone());
            }
            "meaning" | "sensitive" => {
                argument.stated.insert(key.clone(), value.clone());
            }
            _ => keep(&mut argument.extensions, &mut row.undecided, key, value),
        }
    }
    argument
}

#[cfg(test)]
mod tests;
