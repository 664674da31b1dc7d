//! Large tables, printed in the layout of rustfmt.

use std::fmt::Write as _;

use super::file::literal;

/// The width of a line.
pub(super) const MAX_WIDTH: usize = 100;
/// The width up to which a list is on one line.
pub(super) const MAX_LIST: usize = 60;

/// The comment of a table that is indexed by variants.
pub(super) const BY_DISCRIMINANT: &str = "Each row is at the discriminant of its variant.";

/// Prints a table of struct literals, a field a line.
pub(super) struct Table {
    out: String,
    row: &'static str,
}

impl Table {
    /// A static array `name` of `length` rows of the struct `row`.
    pub(super) fn new(name: &str, row: &'static str, length: &str) -> Self {
        Self {
            // The comment keeps rustfmt from drawing a single row into the line of the bracket.
            out: format!(
                "pub(crate) static {name}: [{row}; {length}] = [\n    // {BY_DISCRIMINANT}\n"
            ),
            row,
        }
    }

    /// A static slice `name` of rows of the struct `row`, with a comment on their order.
    pub(super) fn slice(name: &str, row: &'static str, order: &str) -> Self {
        Self {
            out: format!("pub(crate) static {name}: &[{row}] = &[\n    // {order}\n"),
            row,
        }
    }

    pub(super) fn open_row(&mut self) {
        let row = self.row;
        self.line(format_args!("    {row} {{"));
    }

    pub(super) fn close_row(&mut self) {
        self.line(format_args!("    }},"));
    }

    /// A field with an expression.
    pub(super) fn field(&mut self, name: &str, value: impl std::fmt::Display) {
        self.line(format_args!("        {name}: {value},"));
    }

    /// A field with a string.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.field(name, literal(text));
    }

    /// A field with an optional string. rustfmt breaks a line that is too long.
    pub(super) fn optional_text(&mut self, name: &str, text: Option<&str>) {
        let value = optional_text(text);
        let width = format!("        {name}: {value},").chars().count();
        match text {
            Some(text) if width > MAX_WIDTH => {
                let text = literal(text);
                self.field(name, format_args!("Some(\n            {text},\n        )"));
            }
            _ => self.field(name, value),
        }
    }

    /// Lines that are laid out already.
    pub(super) fn lines(&mut self, lines: &str) {
        self.out.push_str(lines);
    }

    pub(super) fn finish(mut self) -> String {
        self.out.push_str("];\n");
        self.out
    }

    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.out, "{line}");
    }
}

/// An optional string as an expression.
pub(super) fn optional_text(text: Option<&str>) -> String {
    match text {
        Some(text) => format!("Some({})", literal(text)),
        None => "None".to_owned(),
    }
}

/// A list of numbers in the layout of rustfmt after `before`, which is indented by `indent`.
pub(super) fn numbers<T: std::fmt::Display>(
    before: &str,
    indent: usize,
    list: impl IntoIterator<Item = T>,
    after: &str,
) -> String {
    let items: Vec<String> = list.into_iter().map(|item| item.to_string()).collect();
    let line = items.join(", ");
    let pad = " ".repeat(indent);
    let one_line = pad.len() + before.len() + line.len() + 2 + after.len();
    if line.len() <= MAX_LIST && one_line <= MAX_WIDTH {
        return format!("{pad}{before}[{line}]{after}\n");
    }
    let mut out = format!("{pad}{before}[\n");
    let mut width = 0;
    for item in &items {
        let next = item.len() + 1;
        if width > 0 && width + 1 + next < MAX_WIDTH {
            out.push(' ');
            width += 1;
        } else {
            if width > 0 {
                out.push('\n');
            }
            let _ = write!(out, "{pad}    ");
            width = indent + 4;
        }
        let _ = write!(out, "{item},");
        width += next;
    }
    let _ = writeln!(out, "\n{pad}]{after}");
    out
}
