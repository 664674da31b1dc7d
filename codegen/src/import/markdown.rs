//! Pages: Markdown tables, and tables of plain text.

mod plain_text;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::model::Extracted;
use super::table::{self, Cells, Column};

/// Reads all tables of errors. Plain text is read only if the page has no Markdown tables.
pub(super) fn read(page: &str) -> Extracted {
    let page = page.strip_prefix('\u{FEFF}').unwrap_or(page);
    let mut extracted = tables_of(page);
    if extracted.rows.is_empty() && extracted.lost.is_empty() {
        plain_text::read(page, &mut extracted);
    }
    extracted
}

/// Reads only the Markdown tables.
pub(super) fn tables_of(page: &str) -> Extracted {
    let mut extracted = Extracted::default();
    for found in tables(page) {
        if table::is_of_errors(&found.columns) {
            table::take(&found.columns, found.lines, &mut extracted);
        }
    }
    extracted
}

/// A table of a page.
struct Table {
    columns: Vec<Column>,
    lines: Vec<Cells>,
}

/// The Markdown tables.
fn tables(page: &str) -> Vec<Table> {
    let mut lines = Lines::of(page);
    let mut tables: Vec<Table> = Vec::new();
    let mut texts: Vec<String> = Vec::new();
    let mut is_cell = false;
    let options = Options::ENABLE_TABLES;
    for (event, range) in Parser::new_ext(page, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Table(_)) => tables.push(Table {
                columns: Vec::new(),
                lines: Vec::new(),
            }),
            Event::Start(Tag::TableCell) => {
                texts.push(String::new());
                is_cell = true;
            }
            Event::End(TagEnd::TableCell) => is_cell = false,
            Event::End(end @ (TagEnd::TableHead | TagEnd::TableRow)) => {
                let Some(table) = tables.last_mut() else {
                    continue;
                };
                let texts = std::mem::take(&mut texts);
                if end == TagEnd::TableHead {
                    table.columns = texts.iter().map(|text| Column::of(text)).collect();
                } else {
                    table.lines.push(Cells {
                        line: lines.number(range.start),
                        texts,
                        undecided: None,
                    });
                }
            }
            event if is_cell => {
                if let Some(text) = texts.last_mut() {
                    push(text, &event);
                }
            }
            _ => {}
        }
    }
    tables
}

/// Tags without visible text.
const MARKS: [&str; 10] = [
    "a", "b", "code", "em", "i", "kbd", "span", "strong", "sub", "sup",
];

/// Appends the visible text of an event to the text of a cell.
fn push(text: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(shown) => text.push_str(shown),
        Event::Code(code) => {
            text.push('`');
            text.push_str(code);
            text.push('`');
        }
        Event::SoftBreak | Event::HardBreak => text.push(' '),
        Event::InlineHtml(html) => {
            let tag = html.trim_start_matches(['<', '/']).to_ascii_lowercase();
            let end = tag.find(|c: char| !c.is_ascii_alphanumeric());
            match &tag[..end.unwrap_or(tag.len())] {
                "br" => text.push(' '),
                mark if MARKS.contains(&mark) => {}
                // A word such as `<name>`, which is not HTML.
                _ => text.push_str(html),
            }
        }
        _ => {}
    }
}

/// Line numbers of ascending offsets.
struct Lines<'a> {
    page: &'a str,
    at: usize,
    number: usize,
}

impl<'a> Lines<'a> {
    fn of(page: &'a str) -> Self {
        Self {
            page,
            at: 0,
            number: 1,
        }
    }

    fn number(&mut self, offset: usize) -> usize {
        let passed = self.page.as_bytes().get(self.at..offset);
        let breaks = passed.unwrap_or_default().iter().filter(|b| **b == b'\n');
        self.number += breaks.count();
        self.at = self.at.max(offset);
        self.number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::model::{Code, Place, Row};

    fn texts(row: &Row) -> [Option<&str>; 3] {
        [&row.error_type, &row.meaning, &row.fix].map(Option::as_deref)
    }

    #[test]
    fn tables_of_markdown_are_read_by_their_headings() {
        let extracted = read(
            "# Errors\n\n| Error Code | HTTP | Type | Description | How to fix | Retry? | Since |\n|--|:-:|--|--|--|--|--|\n\
             | `no_pet` | 404 Not Found | not_found | No *pet* [here](https://a.b)<br>at <b>all</b> <id> | Use `GET /pets` | no | v2 |\n\
             | `a_b` / `c_d` | soon |  | a \\| b |  | perhaps | |\n| | 404 | | | | |\n\n| Name | Age |\n|--|--|\n| code | 1 |\n",
        );
        let [first, second, third] = &extracted.rows[..] else {
            panic!("three codes");
        };
        assert_eq!(first.place, Place::Line(5));
        assert_eq!(first.code, Code::Text("no_pet".to_owned()));
        let expected = [
            Some("not_found"),
            Some("No pet here at all <id>"),
            Some("Use `GET /pets`"),
        ];
        assert_eq!(texts(first), expected);
        assert_eq!(first.status.map(crate::catalog::Status::get), Some(404));
        assert_eq!(first.extensions["x-since"], "v2");
        assert_eq!([&second.code, &third.code].map(Code::wire), ["a_b", "c_d"]);
        assert_eq!(second.no_status, Some("soon".into()));
        assert_eq!(second.extensions["x-retryable"], "perhaps");
        assert_eq!(texts(third), [None, Some("a | b"), None]);
        assert_eq!(extracted.lost.len(), 1);
        assert_eq!(extracted.lost[0].place, Place::Line(7));
    }

    #[test]
    fn a_dash_is_an_empty_cell() {
        let extracted = read(
            "| Code | HTTP | Type | Meaning | Fix | Since |\n|-|-|-|-|-|-|\n\
             | a | 404 | - | It - not that | — | – |\n| — | 404 | bad | b | c | d |\n\n\
             | Type | Status | Meaning |\n|-|-|-|\n| bad | 400 | — |\n",
        );
        assert_eq!(
            texts(&extracted.rows[0]),
            [None, Some("It - not that"), None]
        );
        assert!(extracted.rows[0].extensions.is_empty());
        assert_eq!(extracted.rows.len(), 1);
        assert_eq!(extracted.lost.len(), 1);
        assert_eq!(extracted.types[0].meaning, None);
    }

    #[test]
    fn a_column_or_a_mark_deprecates_a_code() {
        let extracted = read(
            "| Code | HTTP | Deprecated |\n|-|-|-|\n| `a` | 404 | Use `b` |\n| `b` | 404 | no |\n\n\
             | Code | HTTP |\n|-|-|\n| `c` <span>deprecated</span> / d | 404 |\n| e (Deprecated) | 404 |\n",
        );
        let rows = extracted.rows.iter();
        let found: Vec<_> = rows
            .map(|row| {
                let note = row.stated.get("deprecated").map(|end| &end["note"]);
                (row.code.wire(), note.and_then(serde_json::Value::as_str))
            })
            .collect();
        let asked = Some("TODO: say what to do instead");
        let expected = [
            ("a", Some("Use `b`")),
            ("b", None),
            ("c", asked),
            ("d", None),
            ("e", asked),
        ];
        assert_eq!(found, expected.map(|(code, note)| (code.to_owned(), note)));
    }

    #[test]
    fn a_table_without_codes_describes_types() {
        let extracted = read(
            "| Type | Status | Meaning |\n|-|-|-|\n| `bad` | 400 / 413 | Wrong |\n| down | 5xx | |\n| odd | often | |\n\n\
             | Code | Type |\n|-|-|\n| 10 | bad |\n",
        );
        let types: Vec<_> = extracted
            .types
            .iter()
            .map(|facts| &facts.name[..])
            .collect();
        assert_eq!(types, ["bad", "down"]);
        let statuses = extracted.types[0]
            .statuses
            .as_ref()
            .map(ToString::to_string);
        assert_eq!(statuses.as_deref(), Some("400 / 413"));
        assert_eq!(extracted.rows[0].code, Code::Number(10));
        assert_eq!(
            extracted.lost[0].message,
            "`often` is not a status or a list of statuses"
        );
    }
}
