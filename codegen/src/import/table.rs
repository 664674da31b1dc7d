//! Tables with a heading: their columns and rows.

use super::deprecated;
use super::model::{Code, Extracted, Finding, Place, Row, TypeFacts, statuses};
use super::text::text;

/// A column, by its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Code,
    Type,
    Status,
    Message,
    Meaning,
    Fix,
    Retry,
    Deprecated,
    /// Another heading, verbatim.
    Other(String),
}

/// Headings in lower case, each with its column. A heading comes before its own prefixes.
pub(super) const HEADINGS: [(&str, Column); 24] = [
    ("error code", Column::Code),
    ("code", Column::Code),
    ("error type", Column::Type),
    ("type", Column::Type),
    ("http status code", Column::Status),
    ("http status", Column::Status),
    ("http code", Column::Status),
    ("http", Column::Status),
    ("status code", Column::Status),
    ("status", Column::Status),
    ("error message", Column::Message),
    ("message", Column::Message),
    ("meaning", Column::Meaning),
    ("description", Column::Meaning),
    ("cause", Column::Meaning),
    ("fix", Column::Fix),
    ("solution", Column::Fix),
    ("resolution", Column::Fix),
    ("recommended action", Column::Fix),
    ("action", Column::Fix),
    ("how to fix", Column::Fix),
    ("retryable", Column::Retry),
    ("retry", Column::Retry),
    ("deprecated", Column::Deprecated),
];

impl Column {
    /// The column with this heading.
    pub(super) fn of(heading: &str) -> Self {
        let word = heading.trim().trim_matches(['`', '*', '?', ':']);
        let word = word.to_lowercase();
        let known = HEADINGS.iter().find(|(heading, _)| *heading == word);
        known.map_or_else(
            || Self::Other(heading.trim().to_owned()),
            |(_, column)| column.clone(),
        )
    }
}

/// Whether a table with these columns lists errors: it has a column of codes or types, and another known column.
pub(super) fn is_of_errors(columns: &[Column]) -> bool {
    let known = columns
        .iter()
        .filter(|column| !matches!(column, Column::Other(_)));
    let names = columns.contains(&Column::Code) || columns.contains(&Column::Type);
    names && known.count() >= 2
}

/// A line of a table.
pub(super) struct Cells {
    pub(super) line: usize,
    pub(super) texts: Vec<String>,
    /// A note for the review.
    pub(super) undecided: Option<&'static str>,
}

/// Takes the lines of a table. A table without codes describes types.
pub(super) fn take(columns: &[Column], lines: Vec<Cells>, extracted: &mut Extracted) {
    let has_codes = columns.contains(&Column::Code);
    for cells in lines {
        let place = Place::Line(cells.line);
        let taken = if has_codes {
            codes(&place, columns, &cells, extracted)
        } else {
            error_type(columns, &cells, extracted)
        };
        if let Err(reason) = taken {
            extracted.lost.push(Finding::new(&place, reason));
        }
    }
}

/// The text of the cell in `column`.
fn cell<'a>(columns: &[Column], cells: &'a Cells, column: &Column) -> Option<&'a str> {
    let position = columns.iter().position(|known| known == column)?;
    stated(cells.texts.get(position)?)
}

/// The text of a cell, unless it is empty or a dash, as in the tables that this tool writes.
fn stated(text: &str) -> Option<&str> {
    let text = text.trim();
    (!matches!(text, "" | "-" | "–" | "—")).then_some(text)
}

/// The name in a cell, without the markup of code.
fn name(text: &str) -> &str {
    text.trim().trim_matches('`').trim()
}

fn codes(
    place: &Place,
    columns: &[Column],
    cells: &Cells,
    extracted: &mut Extracted,
) -> Result<(), String> {
    let Some(code) = cell(columns, cells, &Column::Code) else {
        return Err("the row has no code".to_owned());
    };
    // A row may contain several codes: `captcha_required / captcha_failed`.
    let gap = if code.contains(" / ") { " / " } else { ", " };
    let marked: Vec<_> = code.split(gap).map(deprecated::marked).collect();
    let names: Vec<_> = marked.iter().map(|(text, _)| name(text)).collect();
    let are_names = names
        .iter()
        .all(|name| !name.is_empty() && !name.contains(' '));
    let names = if are_names { names } else { vec![name(code)] };
    for (name, (_, is_deprecated)) in names.iter().zip(&marked) {
        let mut row = row(place, name, columns, cells);
        if *is_deprecated && !row.stated.contains_key("deprecated") {
            deprecated::take(&mut row, &true.into());
        }
        if names.len() > 1 {
            let what = "the row has several codes: review whether it describes each";
            row.undecided.push(what.to_owned());
        }
        row.undecided.extend(cells.undecided.map(str::to_owned));
        extracted.rows.push(row);
    }
    Ok(())
}

fn row(place: &Place, name: &str, columns: &[Column], cells: &Cells) -> Row {
    let is_number = !name.starts_with('0') && name.bytes().all(|b| b.is_ascii_digit());
    let number = name.parse().ok().filter(|_| is_number || name == "0");
    let code = number.map_or_else(|| Code::Text(name.to_owned()), Code::Number);
    let mut row = Row::new(place.clone(), code);
    for (column, content) in columns.iter().zip(&cells.texts) {
        let Some(content) = stated(content) else {
            continue;
        };
        let value = content.into();
        match column {
            Column::Code => {}
            Column::Type => row.error_type = Some(super::table::name(content).to_owned()),
            Column::Status => row.take_status(&value),
            Column::Message => row.message = text(&value, "message", &mut row.undecided),
            Column::Meaning => row.meaning = text(&value, "meaning", &mut row.undecided),
            Column::Fix => row.fix = text(&value, "fix", &mut row.undecided),
            Column::Retry => row.take_retry(&value),
            Column::Deprecated => deprecated::take(&mut row, &value),
            Column::Other(heading) => {
                let key = heading.to_lowercase().replace(char::is_whitespace, "-");
                row.keep(&format!("x-{}", key.trim_matches('-')), &value);
            }
        }
    }
    row
}

fn error_type(columns: &[Column], cells: &Cells, extracted: &mut Extracted) -> Result<(), String> {
    let Some(name) = cell(columns, cells, &Column::Type).map(name) else {
        return Err("the row has no type".to_owned());
    };
    let status = cell(columns, cells, &Column::Status);
    let found = status.and_then(statuses);
    if let (Some(status), None) = (status, &found) {
        return Err(format!("`{status}` is not a status or a list of statuses"));
    }
    let meaning = cell(columns, cells, &Column::Meaning);
    let facts = TypeFacts {
        name: name.to_owned(),
        meaning: meaning.map(str::to_owned),
        statuses: found,
        names: serde_json::Map::new(),
    };
    extracted.types.push(facts);
    Ok(())
}
