//! Tables whose columns a character separates: CSV, TSV, and those of spreadsheets in other countries.

use serde_json::{Map, Value};

use super::fields::{self, Field};
use super::list::{self, List};
use super::model::{Extracted, Finding, Part, Place};
use super::record::Record;

/// What separates columns.
const SEPARATORS: [char; 4] = ['\t', ';', ',', '|'];

/// The separator of a table with a heading of errors, and the position of the line of the heading.
pub(super) fn heading(text: &str) -> Option<(char, usize)> {
    let lines = text.lines().enumerate().take(20);
    let mut headings = lines.flat_map(|(position, line)| {
        let gaps = SEPARATORS.into_iter();
        gaps.map(move |gap| (gap, position, line))
    });
    headings.find_map(|(gap, position, line)| {
        let names: Vec<String> = line
            .trim_start_matches('\u{FEFF}')
            .split(gap)
            .map(|name| name.trim().trim_matches('"').to_owned())
            .collect();
        let known = names.iter().filter(|name| Field::of(name).is_known());
        let has_code = !fields::candidates(&names).is_empty();
        let is_short = names.iter().all(|name| name.len() < 60);
        let is_heading = names.len() > 1 && has_code && is_short && known.count() >= 1;
        is_heading.then_some((gap, position))
    })
}

/// Reads the rows below the heading.
pub(super) fn read(text: &str) -> Extracted {
    let mut extracted = Extracted::default();
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let (gap, first) = heading(text).unwrap_or_else(|| {
        let first = text.lines().next().unwrap_or_default();
        let counted = SEPARATORS.map(|gap| (first.matches(gap).count(), gap));
        (counted.into_iter().max().map_or(',', |(_, gap)| gap), 0)
    });
    for (position, line) in text.lines().take(first).enumerate() {
        if !line.trim().is_empty() && !line.starts_with('#') {
            let place = Place::Line(position + 1);
            let what = "the line is above the heading of the table";
            extracted
                .lost
                .push(Finding::new(&place, what).of(Part::Line));
        }
    }
    let start: usize = text.split_inclusive('\n').take(first).map(str::len).sum();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(gap).unwrap_or(b','))
        .flexible(true)
        .has_headers(false)
        .from_reader(&text.as_bytes()[start..]);
    let mut names: Vec<String> = Vec::new();
    let mut records = Vec::new();
    for found in reader.records() {
        let cells = match found {
            Ok(cells) => cells,
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line);
                let place = Place::Line(usize::try_from(line).unwrap_or(1) + first);
                let what = format!("the line is not valid: {error}");
                extracted
                    .lost
                    .push(Finding::new(&place, what).of(Part::Line));
                continue;
            }
        };
        let line = cells.position().map_or(1, csv::Position::line);
        let place = Place::Line(usize::try_from(line).unwrap_or(1) + first);
        if names.is_empty() {
            names = cells.iter().map(|name| name.trim().to_owned()).collect();
            continue;
        }
        let cells: Vec<&str> = cells.iter().collect();
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        match record(&place, &names, &cells) {
            Ok(record) => records.push(record),
            Err(reason) => extracted.lost.push(Finding::new(&place, reason)),
        }
    }
    let list = List {
        records,
        has_marks: true,
        is_of_errors: true,
    };
    list::take(&list, &mut extracted);
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
