//! Tables whose columns a character separates: CSV, TSV, and those of spreadsheets in other countries.

use serde_json::{Map, Value};

use super::fields::{self, Field};
use super::list::{self, List};
use super::model::{Extracted, Finding, Part, Place};
use super::record::Record;
use super::tree::Lines;

/// What separates columns.
const SEPARATORS: [char; 4] = ['\t', ';', ',', '|'];

/// The heading of a table.
pub(super) struct Heading {
    /// What separates the columns.
    pub(super) gap: char,
    /// Its line, counting from 0.
    pub(super) line: usize,
    /// Where it begins.
    start: usize,
}

/// The heading of a table of errors.
pub(super) fn heading(text: &str) -> Option<Heading> {
    let text_start = text.len() - text.trim_start_matches('\u{FEFF}').len();
    let mut lines = 0;
    for gap in SEPARATORS {
        // A line inside of quotes is none of its own.
        for record in cells(&text[text_start..], gap).take(20).flatten() {
            lines += 1;
            if is_heading(&record.cells) {
                let start = text_start + record.start;
                let line = text[..start].matches('\n').count();
                return Some(Heading { gap, line, start });
            }
        }
    }
    (lines > 0).then(|| alone(text)).flatten()
}

/// The heading below lines with a quote that is never closed.
fn alone(text: &str) -> Option<Heading> {
    let mut start = 0;
    for (line, whole) in text.split_inclusive('\n').enumerate().take(20) {
        for gap in SEPARATORS {
            let names = whole.trim_start_matches('\u{FEFF}').trim_end().split(gap);
            let names: Vec<String> = names.map(|name| name.trim().to_owned()).collect();
            if !whole.contains('"') && is_heading(&names) {
                return Some(Heading { gap, line, start });
            }
        }
        start += whole.len();
    }
    None
}

fn is_heading(names: &[String]) -> bool {
    let known = names.iter().filter(|name| Field::of(name).is_known());
    let has_code = !fields::candidates(names).is_empty();
    let is_short = names.iter().all(|name| name.len() < 60);
    names.len() > 1 && has_code && is_short && known.count() >= 1
}

/// The separator of a text that is a table, whatever its columns are called: all lines have as many cells as the first.
pub(super) fn separator(text: &str) -> Option<char> {
    [';', ','].into_iter().find(|gap| {
        let mut lines = cells(text, *gap).take(50);
        let Some(Ok(first)) = lines.next() else {
            return false;
        };
        let count = first.cells.len();
        let is_short = |name: &String| (1..40).contains(&name.len()) && !name.ends_with('.');
        let mut rows = 0;
        let are_rows = lines.all(|record| {
            rows += 1;
            record.is_ok_and(|record| record.cells.len() == count)
        });
        count > 2 && rows > 0 && are_rows && first.cells.iter().all(is_short)
    })
}

/// A line of a table.
struct Line {
    cells: Vec<String>,
    /// Where it begins.
    start: usize,
}

/// The lines of a text that are not empty, or what is wrong with one, and where.
fn cells(text: &str, gap: char) -> impl Iterator<Item = Result<Line, (usize, String)>> {
    let reader = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(gap).unwrap_or(b','))
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    // The position of a record is that before the empty lines above it.
    let start = move |position: Option<&csv::Position>| {
        let at = position.map_or(0, csv::Position::byte);
        let at = usize::try_from(at).unwrap_or_default().min(text.len());
        let behind = text.get(at..).unwrap_or_default();
        at + behind.len() - behind.trim_start_matches(['\r', '\n']).len()
    };
    reader.into_records().map(move |found| match found {
        Ok(record) => Ok(Line {
            start: start(record.position()),
            cells: record.iter().map(|cell| cell.trim().to_owned()).collect(),
        }),
        Err(error) => Err((start(error.position()), error.to_string())),
    })
}

/// Reads the rows below the heading.
pub(super) fn read(text: &str) -> Extracted {
    let mut extracted = Extracted::default();
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let lines = Lines::of(text);
    let Heading { gap, line, start } = heading(text).unwrap_or_else(|| {
        let first = text.lines().next().unwrap_or_default();
        let counted = SEPARATORS.map(|gap| (first.matches(gap).count(), gap));
        let likeliest = || counted.into_iter().max().map(|(_, gap)| gap);
        let gap = separator(text).or_else(likeliest).unwrap_or(',');
        Heading {
            gap,
            line: 0,
            start: 0,
        }
    });
    for (position, line) in text.lines().take(line).enumerate() {
        if !line.trim().is_empty() && !line.starts_with('#') {
            let place = Place::Line(position + 1);
            let what = "the line is above the heading of the table";
            let finding = Finding::new(&place, what);
            extracted.lost.push(finding.of(Part::Line));
        }
    }
    let mut names: Vec<String> = Vec::new();
    let mut records = Vec::new();
    let mut refused = Vec::new();
    for found in cells(&text[start..], gap) {
        let place = |at: usize| Place::Line(lines.number(start + at));
        let found = match found {
            Ok(found) => found,
            Err((at, error)) => {
                let what = format!("the line is not valid: {error}");
                let finding = Finding::new(&place(at), what);
                extracted.lost.push(finding.of(Part::Line));
                continue;
            }
        };
        if names.is_empty() {
            names = found.cells;
            continue;
        }
        let cells: Vec<&str> = found.cells.iter().map(String::as_str).collect();
        if cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        match record(&place(found.start), &names, &cells) {
            Ok(record) => records.push(record),
            Err(reason) => refused.push(Finding::new(&place(found.start), reason)),
        }
    }
    let list = List {
        records,
        has_marks: true,
        is_of_errors: true,
    };
    let fields = list.names();
    match list.code(&fields) {
        Some(code) => {
            extracted.lost.extend(refused);
            list::take_by(&list, &fields, &code, &mut extracted);
        }
        None if names.is_empty() => {}
        None => {
            let what = format!(
                "no column is called as one of codes: the columns are {}, and the import looked for names such as `Code`, `Error code`, `ErrCode` and `Name`, beside one such as `Status` or `Message`",
                list::quoted(&names)
            );
            let finding = Finding::new(&Place::Line(line + 1), what);
            extracted.lost.push(finding.of(Part::Table));
        }
    }
    extracted
}

/// A row of a table with these columns. The cells of a column without a heading must be empty.
pub(super) fn record(place: &Place, names: &[String], cells: &[&str]) -> Result<Record, String> {
    let further = cells.get(names.len()..).unwrap_or_default();
    if let Some(cell) = further.iter().find(|cell| !cell.trim().is_empty()) {
        return Err(format!(
            "the row has more cells than the table has columns, such as `{cell}`: put a text that contains the separator in quotes"
        ));
    }
    let mut fields = Map::new();
    for (name, cell) in names.iter().zip(cells) {
        let name = match name.as_str() {
            "" => "column",
            name => name,
        };
        let mut key = name.to_owned();
        for number in 2.. {
            if !fields.contains_key(&key) {
                break;
            }
            key = format!("{name}-{number}");
        }
        fields.insert(key, Value::from(*cell));
    }
    Ok(Record::new(place.clone(), fields))
}
