//! Rows with bars between their cells, and without the line of dashes that makes a table of them: Markdown reads them as
//! texts, or as headings if dashes follow each.

use super::super::fields::Field;
use super::super::page::Block;
use super::super::table::{Cells, Table};

/// The rows so far, one behind another.
#[derive(Default)]
pub(super) struct Bars {
    rows: Vec<Row>,
    /// The columns of the last table.
    columns: Option<Vec<String>>,
}

struct Row {
    line: usize,
    /// The level of the heading as which Markdown reads the row.
    heading: Option<u8>,
    text: String,
}

fn cells(text: &str) -> Vec<String> {
    let text = text.replace('\t', " ");
    let text = text.trim().trim_start_matches("| ").trim_end_matches(" |");
    text.split(" | ")
        .map(|cell| cell.trim().to_owned())
        .collect()
}

/// The rows of a text: one a line, unless a cell has several lines.
fn rows_of(row: &Row, columns: usize) -> Vec<(usize, Vec<String>)> {
    let lines = row.text.lines().enumerate();
    let lines: Vec<_> = lines
        .map(|(at, line)| (row.line + at, cells(line)))
        .collect();
    if lines.iter().all(|(_, cells)| cells.len() == columns) {
        return lines;
    }
    vec![(row.line, cells(&row.text.replace('\n', " ")))]
}

impl Bars {
    pub(super) fn push(&mut self, line: usize, heading: Option<u8>, text: String) {
        self.rows.push(Row {
            line,
            heading,
            text,
        });
    }

    /// Adds the rows to the blocks: as a table, if most have as many cells as the heading, else as what they were.
    pub(super) fn close(&mut self, blocks: &mut Vec<Block>) {
        let rows = std::mem::take(&mut self.rows);
        let Some(first) = rows.first() else {
            return;
        };
        let own: Vec<String> = cells(first.text.lines().next().unwrap_or_default())
            .iter()
            .map(|name| bare(name).to_owned())
            .collect();
        let is_heading = own.iter().any(|name| Field::of(name).is_known());
        let (columns, skipped) = match &self.columns {
            // A list in a cell divides the table.
            Some(known) if !is_heading => (known.clone(), 0),
            _ => (own, 1),
        };
        let all = rows.iter().flat_map(|row| rows_of(row, columns.len()));
        let lines: Vec<_> = all.skip(skipped).collect();
        let fitting = lines
            .iter()
            .filter(|(_, cells)| cells.len() == columns.len());
        if !lines.is_empty() && fitting.count() * 3 >= lines.len() * 2 {
            let line = first.line;
            let lines = lines.into_iter().map(|(line, texts)| Cells {
                line,
                texts,
                undecided: None,
            });
            let lines = lines.collect();
            self.columns = Some(columns.clone());
            blocks.push(Block::Table(Table {
                line,
                columns,
                lines,
                is_of_errors: false,
            }));
            return;
        }
        for Row {
            line,
            heading,
            text,
        } in rows
        {
            blocks.push(match heading {
                Some(level) => Block::Heading { line, level, text },
                None => Block::Text { line, text },
            });
        }
    }
}

/// The name of a column without a note about its layout, as in `Code [width="25"]`.
fn bare(name: &str) -> &str {
    match name.split_once(" [") {
        Some((bare, note)) if note.ends_with(']') => bare.trim(),
        _ => name,
    }
}
