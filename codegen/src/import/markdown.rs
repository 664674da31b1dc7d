//! Pages: Markdown tables, and tables of plain text.

mod bars;
mod blocks;
mod plain_text;

use super::model::Extracted;
use super::page::{self, Block};
use super::{html, table};

/// Reads all errors of a page. Plain text is read only if the page has none.
pub(super) fn read(page: &str) -> Extracted {
    let text = page.strip_prefix('\u{FEFF}').unwrap_or(page);
    let mut extracted = Extracted::default();
    let (mut blocks, markup) = blocks::read(text);
    if let Some(markup) = markup {
        blocks.extend(html::blocks(&markup));
    }
    page::take(blocks, &mut extracted);
    if extracted.rows.is_empty() && extracted.types.is_empty() {
        plain_text::read(text, &mut extracted);
    }
    page::take_types(&mut extracted);
    extracted
}

/// Reads only the Markdown tables.
pub(super) fn tables_of(page: &str) -> Extracted {
    let mut extracted = Extracted::default();
    let (blocks, _) = blocks::read(page);
    for block in blocks {
        if let Block::Table(table) = block {
            table::take(&table, &mut extracted);
        }
    }
    extracted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::model::{Code, Part, Place, Row};

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
        // The row without a code, and the table of something else.
        let places: Vec<_> = extracted
            .lost
            .iter()
            .map(|lost| (lost.part, &lost.place))
            .collect();
        let expected = [(Part::Row, &Place::Line(7)), (Part::Table, &Place::Line(9))];
        assert_eq!(places, expected);
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
