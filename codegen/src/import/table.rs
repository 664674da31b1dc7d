//! Tables of pages: their columns and rows.

use super::cell;
use super::csv;
use super::fields::{Field, candidates, words};
use super::list::{self, List, quoted};
use super::model::{Extracted, Finding, Part, Place, TypeFacts, statuses};

/// A table of a page.
pub(super) struct Table {
    pub(super) line: usize,
    pub(super) columns: Vec<String>,
    pub(super) lines: Vec<Cells>,
    /// Whether the headings above it say that it lists errors.
    pub(super) is_of_errors: bool,
}

/// A line of a table.
pub(super) struct Cells {
    pub(super) line: usize,
    pub(super) texts: Vec<String>,
    /// A note for the review.
    pub(super) undecided: Option<&'static str>,
}

/// Whether a table with these columns lists errors: it has a column of codes or types, and another known column.
pub(super) fn is_of_errors(columns: &[Field]) -> bool {
    let known = columns.iter().filter(|column| column.is_known());
    let names = columns.contains(&Field::Code) || columns.contains(&Field::Type);
    names && known.count() >= 2
}

/// Whether a text speaks of errors.
pub(super) fn says_errors(text: &str) -> bool {
    let text = text.to_lowercase();
    let signs = ["error", "exception", "fault", "failure", "problem"];
    signs.iter().any(|sign| text.contains(sign))
}

/// Takes the lines of a table. A table without codes describes types, or is skipped.
pub(super) fn take(table: &Table, extracted: &mut Extracted) {
    let fields: Vec<Field> = table.columns.iter().map(|name| Field::of(name)).collect();
    let has_name = table.columns.iter().any(|name| {
        matches!(
            words(name).as_str(),
            "name" | "field" | "parameter" | "property"
        )
    });
    let is_of_types = fields.contains(&Field::Type)
        && !fields.contains(&Field::Code)
        && !has_name
        && (fields.contains(&Field::Status) || fields.contains(&Field::Meaning));
    if is_of_types {
        for cells in &table.lines {
            if let Err(reason) = error_type(&fields, cells, extracted) {
                let finding = Finding::new(&Place::Line(cells.line), reason);
                extracted.lost.push(finding.of(Part::Type));
            }
        }
        return;
    }
    let mut records = Vec::new();
    let mut refused = Vec::new();
    for cells in &table.lines {
        let place = Place::Line(cells.line);
        let texts: Vec<&str> = cells.texts.iter().map(String::as_str).collect();
        match csv::record(&place, &table.columns, &texts) {
            Ok(record) => records.push(super::record::Record {
                note: cells.undecided,
                ..record
            }),
            Err(reason) => refused.push(Finding::new(&place, reason)),
        }
    }
    let says = table.columns.iter().any(|name| says_errors(name));
    let list = List {
        records,
        has_marks: true,
        is_of_errors: table.is_of_errors || says,
    };
    let names = list.names();
    match list.code(&names) {
        Some(code) => {
            extracted.lost.extend(refused);
            list::take_by(&list, &names, &code, extracted);
        }
        None if list.records.is_empty() => {}
        None => {
            let what = if candidates(&names).is_empty() {
                format!("the table has no column of codes, only {}", quoted(&names))
            } else {
                format!(
                    "nothing says that the table lists errors: its columns are {}",
                    quoted(&names)
                )
            };
            let finding = Finding::new(&Place::Line(table.line), what);
            extracted.lost.push(finding.of(Part::Table));
        }
    }
}

/// The text of the cell in `column`, unless it is empty or a dash, as in the tables that this tool writes.
fn text_of<'a>(columns: &[Field], cells: &'a Cells, column: &Field) -> Option<&'a str> {
    let position = columns.iter().position(|known| known == column)?;
    let text = cells.texts.get(position)?.trim();
    (!matches!(text, "" | "-" | "–" | "—")).then_some(text)
}

fn error_type(columns: &[Field], cells: &Cells, extracted: &mut Extracted) -> Result<(), String> {
    let Some(name) = text_of(columns, cells, &Field::Type) else {
        return Err("the row has no type".to_owned());
    };
    let status = text_of(columns, cells, &Field::Status);
    let found = status.and_then(statuses);
    if let (Some(status), None) = (status, &found) {
        return Err(format!("`{status}` is not a status or a list of statuses"));
    }
    let meaning = text_of(columns, cells, &Field::Meaning);
    let facts = TypeFacts {
        name: cell::name(name).0,
        meaning: meaning.map(str::to_owned),
        statuses: found,
        names: serde_json::Map::new(),
    };
    extracted.types.push(facts);
    Ok(())
}
