//! An import of a foreign list.

use arbitrary::{Arbitrary, Unstructured};
use codegen::import::{Import, Input, LastImport, Options, import, update};
use codegen::{Inputs, Source, compile};
use serde_json::{Value, json};

use crate::json::Json;
use crate::text::{Line, Stem};

#[derive(Arbitrary, Debug)]
enum List {
    Text(String),
    Page(String),
    Table(Vec<[Line; 4]>),
    Rows(Vec<Row>),
    Objects(Vec<Json>),
    OpenApi(Json),
    Api(Vec<Response>),
}

#[derive(Arbitrary, Debug)]
struct Row {
    code: Stem,
    is_number: bool,
    error_type: Option<Stem>,
    status: u16,
    message: Option<Line>,
    meaning: Option<Line>,
    extra: Option<Json>,
}

#[derive(Arbitrary, Debug)]
struct Response {
    path: u8,
    status: u16,
    description: Line,
    schema: Json,
    example: Json,
}

/// Checks the draft of a list.
///
/// # Panics
///
/// Panics if the result breaks an invariant.
pub fn check(bytes: &[u8]) {
    let Ok(list) = List::arbitrary_take_rest(Unstructured::new(bytes)) else {
        return;
    };
    match list {
        List::Text(text) => drop(draft(Input::Rows(&text))),
        List::Page(text) => drop(draft(Input::Page(&text))),
        List::Table(rows) => {
            let rows = rows.iter().map(|[code, status, meaning, fix]| {
                format!(
                    "| {} | {} | {} | {} |\n",
                    code.0, status.0, meaning.0, fix.0
                )
            });
            let head = "# Errors\n\n| Code | Status | Meaning | Fix |\n| --- | --- | --- | --- |\n"
                .to_owned();
            draft(Input::Page(&rows.fold(head, |page, row| page + &row)));
        }
        List::Rows(rows) => {
            let rows = rows.iter().take(20).enumerate();
            let lines: Vec<String> = rows
                .map(|(index, row)| row.value(index).to_string())
                .collect();
            let draft = draft(Input::Rows(&lines.join("\n")));
            let reported = draft.lost.iter().chain(&draft.undecided).count();
            assert!(
                draft.codes + reported >= lines.len(),
                "a row is neither drafted nor reported: {lines:#?}"
            );
        }
        List::Objects(rows) => {
            let lines: Vec<String> = rows.iter().map(|Json(row)| row.to_string()).collect();
            draft(Input::Rows(&lines.join("\n")));
        }
        List::OpenApi(Json(document)) => drop(draft(Input::OpenApi(&document))),
        List::Api(responses) => {
            let mut document = json!({ "openapi": "3.1.0", "info": { "title": "Pets", "version": "1" }, "paths": {} });
            for response in responses {
                let content = json!({ "schema": response.schema.0, "example": response.example.0 });
                let status = (400 + response.status % 200).to_string();
                let path = format!("/pets/{}", response.path % 4);
                document["paths"][path]["get"]["responses"][status] = json!({ "description": response.description.0, "content": { "application/json": content } });
            }
            draft(Input::OpenApi(&document));
        }
    }
}

impl Row {
    fn value(&self, index: usize) -> Value {
        let name = self.code.name(index);
        let mut row = json!({ "code": name, "http_status": self.status % 1_000 });
        if self.is_number {
            row["code"] = json!(1_000 + index);
        }
        let texts = [("message", &self.message), ("meaning", &self.meaning)];
        for (key, text) in texts {
            if let Some(text) = text {
                row[key] = text.0.clone().into();
            }
        }
        if let Some(error_type) = self.error_type {
            row["type"] = error_type.name(0).into();
        }
        if let Some(Json(extra)) = &self.extra {
            row["extra"] = extra.clone();
        }
        row
    }
}

/// A draft compiles without a finding, whatever its source is.
fn draft(input: Input<'_>) -> Import {
    let options = Options {
        name: "pets",
        crate_name: None,
        error_type: None,
        placeholders: None,
        namespaces: None,
        schema: "catalog/catalog.schema.json",
    };
    let draft = import(input, options).expect("the options are valid");
    assert_eq!(draft.faults, [], "{input:?}");
    if let Some(text) = &draft.catalog {
        let inputs = Inputs::new(Source::new("draft", text.clone().into_bytes()));
        let outcome = compile(&inputs);
        assert_eq!(outcome.diagnostics, [], "{text}\n{input:?}");
        assert_eq!(
            outcome.value.map(|catalog| catalog.codes.len()),
            Some(draft.codes)
        );
        is_up_to_date(&inputs, text);
    }
    draft
}

/// An update with the list that the catalog was made of changes nothing.
fn is_up_to_date(inputs: &Inputs, draft: &str) {
    let last = LastImport::new("pets.jsonl", Vec::new(), draft).expect("the draft is a catalog");
    let read = LastImport::read(&Source::new("catalog.import", last.text().into_bytes()));
    assert_eq!(read.as_ref(), Ok(&last));
    let update = update(inputs, &last, draft).expect("the catalog has no errors");
    assert_eq!((update.texts, update.kept), (Vec::new(), 0));
    assert_eq!((update.conflicts, update.notes), (Vec::new(), Vec::new()));
}
