//! Pages as blocks, and the errors in them: tables, headings with what is below them, lists, and examples in JSON.

mod entry;

use serde_json::{Map, Value};

use super::cell;
use super::list::{self, List};
use super::model::{Extracted, Finding, Part, Place};
use super::record::{CodeIn, Record};
use super::table::{self, Table};
use crate::unord_map::UnordMap;
use entry::Entry;

/// Words of headings of lists that are not of errors, even on a page about errors.
const OTHERS: [&str; 9] = [
    "limit",
    "setting",
    "parameter",
    "header",
    "field",
    "endpoint",
    "option",
    "changelog",
    "version",
];

/// A block of a page. Texts have code in backticks.
pub(super) enum Block {
    Heading {
        line: usize,
        level: u8,
        text: String,
    },
    Table(Table),
    Text {
        line: usize,
        text: String,
    },
    Item {
        line: usize,
        text: String,
    },
    Code {
        line: usize,
        text: String,
    },
}

/// Takes the errors of a page.
pub(super) fn take(blocks: Vec<Block>, extracted: &mut Extracted) {
    let mut reader = Reader {
        headings: Vec::new(),
        open: None,
        items: Vec::new(),
        found: Vec::new(),
        examples: Vec::new(),
        unread: Vec::new(),
    };
    for block in blocks {
        if !matches!(block, Block::Item { .. }) || reader.open.is_some() {
            reader.close_items();
        }
        match block {
            Block::Heading { line, level, text } => reader.heading(line, level, &text),
            Block::Table(table) => {
                if let Some(table) = reader.table(table) {
                    table::take(&table, extracted);
                }
            }
            Block::Text { line, text } => reader.text(line, &text),
            Block::Item { line, text } => reader.item(line, &text),
            Block::Code { line, text } => reader.code(line, &text),
        }
    }
    reader.close_items();
    reader.close();
    extracted.lost.append(&mut reader.unread);
    // An example repeats what a table says, or a heading.
    let name = |record: &Record| {
        let code = record.fields.get("code").and_then(Value::as_str);
        code.map(|code| cell::name(code).0).unwrap_or_default()
    };
    let known: UnordMap<String, ()> = extracted
        .rows
        .iter()
        .map(|row| (row.code.wire(), ()))
        .collect();
    let mut records = reader.found;
    records.retain(|record| known.get(&name(record)).is_none());
    let headed: UnordMap<String, ()> = records.iter().map(|record| (name(record), ())).collect();
    let examples = reader.examples.into_iter();
    records.extend(examples.filter(|record| {
        let name = name(record);
        known.get(&name).is_none() && headed.get(&name).is_none()
    }));
    if records.is_empty() {
        return;
    }
    let list = List {
        records,
        has_marks: true,
        is_of_errors: true,
    };
    let names = list.names();
    if let Some(position) = names.iter().position(|name| name == "code") {
        list::take_by(&list, &names, &CodeIn::Field(position), extracted);
    }
}

/// Takes the types of a page that has no codes as codes.
pub(super) fn take_types(extracted: &mut Extracted) {
    if !extracted.rows.is_empty() {
        return;
    }
    for facts in std::mem::take(&mut extracted.types) {
        let mut row = super::model::row_of(&Place::Source, &facts.name);
        row.meaning = facts.meaning;
        if let Some(statuses) = facts.statuses {
            row.take_status(&statuses.to_string().into());
        }
        let what = "the page has types and no codes: each type is a code";
        row.undecided.push(what.to_owned());
        extracted.rows.push(row);
    }
}

struct Reader {
    /// The headings above, by their levels.
    headings: Vec<(u8, String)>,
    /// The error whose heading was read.
    open: Option<Entry>,
    /// Items of a list that begin with a code, and whether all so far did.
    items: Vec<Record>,
    found: Vec<Record>,
    /// Examples of bodies that are below no error.
    examples: Vec<Record>,
    /// What looks like errors, where nothing says that it is one.
    unread: Vec<Finding>,
}

impl Reader {
    /// Whether a heading above says that errors follow.
    fn is_of_errors(&self) -> bool {
        self.headings
            .iter()
            .any(|(_, text)| table::says_errors(text))
    }

    fn heading(&mut self, line: usize, level: u8, text: &str) {
        if let Some(open) = &mut self.open
            && level > open.level
            && entry::code_of(text).is_none()
        {
            open.section(text);
            return;
        }
        self.close();
        self.headings.retain(|(known, _)| *known < level);
        self.headings.push((level, text.to_owned()));
        // The title of a page is no name of an error.
        if let Some((code, rest)) = entry::code_of(text).filter(|_| level > 0) {
            self.open = Some(Entry::new(line, level, &code, rest));
        }
    }

    /// A table; missing if it describes the open error.
    fn table(&mut self, mut table: Table) -> Option<Table> {
        if let Some(open) = &mut self.open
            && open.take_table(&table)
        {
            return None;
        }
        table.is_of_errors |= self.is_of_errors();
        Some(table)
    }

    fn text(&mut self, _line: usize, text: &str) {
        if let Some(open) = &mut self.open {
            open.text(text);
        }
    }

    fn item(&mut self, line: usize, text: &str) {
        if let Some(open) = &mut self.open {
            open.item(text);
            return;
        }
        let Some((code, rest)) = entry::code_of_item(text) else {
            return;
        };
        let mut entry = Entry::new(line, 9, &code, None);
        entry.text(&rest);
        self.items.push(entry.record());
    }

    fn code(&mut self, line: usize, text: &str) {
        let Ok(body) = serde_json::from_str::<Value>(text.trim()) else {
            return;
        };
        if let Some(open) = &mut self.open {
            open.example(&body);
            return;
        }
        let (Some(code), facts) = entry::of_body(&body) else {
            return;
        };
        let mut fields = Map::from_iter([("code".to_owned(), code)]);
        fields.extend(facts);
        self.examples.push(Record::new(Place::Line(line), fields));
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else {
            return;
        };
        if open.has_facts || self.is_of_errors() {
            self.found.push(open.record());
            return;
        }
        let what = format!(
            "the heading `{}` looks like the name of an error, but neither a heading above it speaks of errors nor does a status follow it",
            open.code()
        );
        let finding = Finding::new(&Place::Line(open.line), what);
        self.unread.push(finding.of(Part::Line));
    }

    /// Takes the items of a list, if they are of errors.
    fn close_items(&mut self) {
        let items = std::mem::take(&mut self.items);
        let has_statuses = items.iter().any(|item| item.fields.contains_key("status"));
        let nearest = self.headings.last().map(|(_, text)| text.to_lowercase());
        let is_other = nearest.is_some_and(|text| OTHERS.iter().any(|word| text.contains(word)));
        if has_statuses || (self.is_of_errors() && !is_other) {
            self.found.extend(items);
            return;
        }
        if let (Some(first), false) = (items.first(), is_other || items.len() < 2) {
            let name = first
                .fields
                .get("code")
                .and_then(Value::as_str)
                .unwrap_or_default();
            let what = format!(
                "the list is not read: its items begin with names such as `{name}`, but nothing says that they are of errors"
            );
            self.unread
                .push(Finding::new(&first.place, what).of(Part::Table));
        }
    }
}
