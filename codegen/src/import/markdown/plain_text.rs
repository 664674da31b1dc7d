//! Tables of plain text: their columns are separated by tabs or wide gaps, or by nothing, as in a table copied from a
//! browser.

use super::super::fields::{Field as Column, NAMES};
use super::super::model::{Extracted, Finding, Part, Place, statuses};
use super::super::table::{self, Cells, Table};

use crate::limits::MAX_COLUMNS;

/// The note for the review of rows whose columns run together.
const SPLIT: &str = "the columns run together: the row was split where a capital letter follows a small one, review it";

/// Reads all tables of errors. An empty line ends a table that has rows.
pub(super) fn read(page: &str, extracted: &mut Extracted) {
    let mut open: Option<(Heading, Vec<Cells>)> = None;
    for (position, line) in page.lines().enumerate() {
        let line_number = position + 1;
        if line.trim().is_empty() {
            if open.as_ref().is_some_and(|(_, lines)| !lines.is_empty()) {
                close(open.take(), extracted);
            }
            continue;
        }
        match &mut open {
            None => open = Heading::of(line, line_number).map(|heading| (heading, Vec::new())),
            Some((heading, lines)) => match heading.cut(line) {
                Some(cut) => lines.push(Cells {
                    line: line_number,
                    ..cut
                }),
                None => {
                    let what =
                        "the columns of the row cannot be distinguished: put a tab between them";
                    let finding = Finding::new(&Place::Line(line_number), what);
                    extracted.lost.push(finding.of(Part::Line));
                }
            },
        }
    }
    close(open, extracted);
}

fn close(table: Option<(Heading, Vec<Cells>)>, extracted: &mut Extracted) {
    if let Some((heading, lines)) = table {
        let table = Table {
            line: heading.line,
            columns: heading.names,
            lines,
            is_of_errors: true,
        };
        table::take(&table, extracted);
    }
}

/// The heading of a table.
struct Heading {
    line: usize,
    names: Vec<String>,
    columns: Vec<Column>,
    gap: Gap,
}

/// The separator of two columns.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Tab,
    /// At least two spaces.
    Wide,
    Nothing,
}

impl Heading {
    fn of(text: &str, line: usize) -> Option<Self> {
        for gap in [Gap::Tab, Gap::Wide] {
            let words = separated(text, gap);
            let columns: Vec<_> = words.iter().map(|word| Column::of(word)).collect();
            if words.len() > 1 && table::is_of_errors(&columns) {
                let names = words.into_iter().map(str::to_owned).collect();
                return Some(Self {
                    line,
                    names,
                    columns,
                    gap,
                });
            }
        }
        let (names, columns): (Vec<_>, Vec<_>) = run_together(text.trim())?.into_iter().unzip();
        table::is_of_errors(&columns).then_some(Self {
            line,
            names,
            columns,
            gap: Gap::Nothing,
        })
    }

    /// The cells of a line, if its columns can be distinguished.
    fn cut(&self, line: &str) -> Option<Cells> {
        let cells = |texts: Vec<String>, undecided| Cells {
            line: 0,
            texts,
            undecided,
        };
        match self.gap {
            Gap::Tab | Gap::Wide => {
                let words = separated(line, self.gap);
                let texts = words.into_iter().map(str::to_owned).collect::<Vec<_>>();
                let fits = texts.len() == self.columns.len()
                    || (self.gap == Gap::Tab && texts.len() < self.columns.len());
                fits.then(|| cells(texts, None))
            }
            Gap::Nothing => {
                if self.columns.contains(&Column::Status) {
                    let texts = self.cut_at_status(line.trim())?;
                    return Some(cells(texts, None));
                }
                let texts = cut_at_capitals(line.trim(), self.columns.len())?;
                Some(cells(texts, Some(SPLIT)))
            }
        }
    }

    /// Splits a line of three columns at a status in the middle.
    fn cut_at_status(&self, line: &str) -> Option<Vec<String>> {
        let [first, Column::Status, _] = &self.columns[..] else {
            return None;
        };
        let start = line.find(|c: char| c.is_ascii_digit())?;
        let rest = &line[start..];
        let mut end = rest.len().min(3);
        while let Some(more) = rest.get(end..).and_then(|rest| rest.strip_prefix(" / ")) {
            let digits = more.bytes().take_while(u8::is_ascii_digit).count();
            if digits != 3 {
                break;
            }
            end += 6;
        }
        let status = rest.get(..end)?;
        statuses(status)?;
        let name = &line[..start];
        let is_name = matches!(first, Column::Code | Column::Type)
            && !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        let after = &rest[end..];
        // Otherwise the status would be part of a longer number.
        let is_whole = !after.starts_with(|c: char| c.is_ascii_digit());
        (is_name && is_whole).then(|| vec![name.to_owned(), status.to_owned(), after.to_owned()])
    }
}

/// The words of a line, split at the separator.
fn separated(line: &str, gap: Gap) -> Vec<&str> {
    match gap {
        Gap::Tab => line.split('\t').map(str::trim).collect(),
        Gap::Wide | Gap::Nothing => {
            let words = line.trim().split("  ").map(str::trim);
            words.filter(|word| !word.is_empty()).collect()
        }
    }
}

/// The columns of a heading without separators.
fn run_together(line: &str) -> Option<Vec<(String, Column)>> {
    let lower = line.to_ascii_lowercase();
    let mut rest = lower.as_str();
    let mut columns = Vec::new();
    while !rest.is_empty() {
        let fitting = NAMES.iter().filter(|(word, _)| rest.starts_with(word));
        let (word, column) = fitting.max_by_key(|(word, _)| word.len())?;
        columns.push(((*word).to_owned(), column.clone()));
        rest = &rest[word.len()..];
        if columns.len() > MAX_COLUMNS {
            return None;
        }
    }
    (columns.len() > 1).then_some(columns)
}

/// Splits a line where a capital follows a lower-case letter, if that gives as many cells as columns, and the first
/// cell is a name.
fn cut_at_capitals(line: &str, columns: usize) -> Option<Vec<String>> {
    let mut texts = vec![String::new()];
    let mut is_small = false;
    for c in line.chars() {
        if c.is_uppercase() && is_small {
            texts.push(String::new());
        }
        is_small = c.is_lowercase();
        if let Some(text) = texts.last_mut() {
            text.push(c);
        }
    }
    let word = |c: char| c.is_ascii_lowercase() || matches!(c, '_' | '/' | ' ');
    let has_name =
        texts[0].chars().all(word) && texts[0].split(" / ").all(|name| !name.contains(' '));
    (texts.len() == columns && has_name).then_some(texts)
}

#[cfg(test)]
mod tests {
    use super::super::super::model::Code;
    use super::*;

    fn read_page(page: &str) -> Extracted {
        let mut extracted = Extracted::default();
        read(page, &mut extracted);
        extracted
    }

    fn lost(extracted: &Extracted) -> Vec<usize> {
        let lines = extracted.lost.iter().filter_map(|lost| match lost.place {
            Place::Line(line) => Some(line),
            _ => None,
        });
        lines.collect()
    }

    #[test]
    fn tabs_and_wide_gaps_are_between_columns() {
        for page in [
            "Errors\n\nCode\tStatus\tMeaning\nno_pet\t404\tNo such pet\nbad_id\t400\tBad  id\n",
            "Code     Status  Meaning\nno_pet   404     No such pet\nbad_id  400  Bad id\n\nOther text\n",
        ] {
            let extracted = read_page(page);
            assert_eq!(lost(&extracted), Vec::<usize>::new());
            let wires: Vec<_> = extracted.rows.iter().map(|row| row.code.wire()).collect();
            assert_eq!(wires, ["no_pet", "bad_id"]);
            assert_eq!(extracted.rows[0].meaning.as_deref(), Some("No such pet"));
        }
        let extracted = read_page("Code  Status  Meaning\nno_pet  404\n");
        assert_eq!(lost(&extracted), [2]);
    }

    #[test]
    fn columns_that_run_together_are_cut_only_where_it_is_plain() {
        let extracted = read_page(
            "codeMeaningFix\nno_petNo such petList the pets\nbad_idThe MIME type is badUse PNG\n\
             too_oldUse OpenAI firstUpgrade\nlate429Wait\nmany_petsToo many\n",
        );
        let [first, second] = &extracted.rows[..] else {
            panic!("expected two rows");
        };
        assert_eq!(first.code, Code::Text("no_pet".to_owned()));
        assert_eq!(first.fix.as_deref(), Some("List the pets"));
        assert_eq!(first.undecided, [SPLIT]);
        assert_eq!(second.meaning.as_deref(), Some("The MIME type is bad"));
        assert_eq!(lost(&extracted), [4, 5, 6]);
    }

    #[test]
    fn a_status_separates_two_columns() {
        let extracted = read_page(
            "typeHTTPMeaning\nbad400 / 413Wrong\ndown5xxBroken\nbad with code: a404No\nodd4045X\n",
        );
        let types = extracted.types.iter();
        let types: Vec<_> = types
            .map(|facts| (&facts.name[..], facts.meaning.as_deref()))
            .collect();
        assert_eq!(types, [("bad", Some("Wrong")), ("down", Some("Broken"))]);
        assert_eq!(lost(&extracted), [4, 5]);
    }
}
