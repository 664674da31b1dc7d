//! Figures in columns.

use std::fmt::Display;

/// Prints rows with the first column to the left and the others to the right.
#[allow(clippy::print_stdout, reason = "a bench prints its figures")]
pub(crate) fn print(rows: &[Vec<String>]) {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        widths.resize(widths.len().max(row.len()), 0);
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    for row in rows {
        let cells = row.iter().zip(&widths).enumerate();
        let cells = cells.map(|(position, (cell, width))| match position {
            0 => format!("{cell:width$}"),
            _ => format!("  {cell:>width$}"),
        });
        println!("{}", cells.collect::<String>().trim_end());
    }
}

/// A whole number with a comma between thousands.
pub(crate) fn thousands(number: impl Display) -> String {
    let digits = format!("{number:.0}");
    let mut out = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number with the digits that mean something.
pub(crate) fn figure(number: f64) -> String {
    match number {
        ..10.0 => format!("{number:.2}"),
        ..100.0 => format!("{number:.1}"),
        _ => thousands(number),
    }
}

/// Prints rows as a table of Markdown, the first of them as its head. Figures are to the right.
pub(crate) fn print_markdown(rows: &[Vec<String>]) {
    for (position, row) in rows.iter().enumerate() {
        println!("| {} |", row.join(" | "));
        if position == 0 {
            let last = row.len() - 1;
            let rules = (0..=last).map(|column| match column {
                1..5 => "---:",
                _ => "---",
            });
            println!("| {} |", rules.collect::<Vec<_>>().join(" | "));
        }
    }
}
