//! Lists of errors of any format: the fields of each error by their names, in the order of the source.

use serde_json::Value;

use super::cell;
use super::fields::{self, Field};
use super::model::{Extracted, Finding, Row};
use super::record::{CodeIn, Record, Taker};
use crate::limits::MAX_NAME_BYTES;
use crate::unord_map::UnordMap;

/// Errors with the same fields.
pub(super) struct List {
    pub(super) records: Vec<Record>,
    /// Whether the texts come from a page, with its marks.
    pub(super) has_marks: bool,
    /// Whether something near it says that it lists errors.
    pub(super) is_of_errors: bool,
}

impl List {
    /// The names of the fields, each once.
    pub(super) fn names(&self) -> Vec<String> {
        let mut seen: UnordMap<&str, ()> = UnordMap::default();
        let mut names = Vec::new();
        for name in self.records.iter().flat_map(|record| record.fields.keys()) {
            if seen.insert(name, ()).is_none() {
                names.push(name.clone());
            }
        }
        names
    }

    /// Where the codes are; missing if the list is none of errors.
    pub(super) fn code(&self, names: &[String]) -> Option<CodeIn> {
        let contents = fields::assign(names, usize::MAX);
        let candidates = fields::candidates(names);
        let usable: Vec<_> = candidates
            .into_iter()
            .filter(|(at, _)| self.is_name(&names[*at]))
            .collect();
        let is_status = |at: usize| !has_status(&contents) && self.has_statuses(&names[at]);
        if self.records.iter().all(|record| record.key.is_some()) {
            let own = usable.iter().find(|(at, is_plain)| {
                *is_plain
                    && !is_status(*at)
                    && self.is_distinct(&names[*at])
                    && self.has_words(&names[*at])
            });
            let says_more = self.is_of_errors || contents.iter().any(says_more);
            let by_key = || says_more.then_some(CodeIn::Key);
            return own.map(|(at, _)| CodeIn::Field(*at)).or_else(by_key);
        }
        let chosen = usable.iter().find(|(at, is_plain)| {
            let mut others = contents.iter().enumerate().filter(|(other, _)| other != at);
            match (is_plain, self.has_marks) {
                (true, false) => true,
                (true, true) => others.any(|(_, field)| field.is_known()),
                (false, _) if self.is_of_errors => others.any(|(_, field)| says_more(field)),
                (false, _) => others.any(|(_, field)| *field == Field::Status),
            }
        });
        let (at, _) = chosen?;
        // A number such as 404 under `code` is the status if something else names the error.
        let mut others = usable.iter().filter(|(other, _)| other != at);
        let other = others.find(|(other, _)| is_status(*at) && self.is_distinct(&names[*other]));
        Some(CodeIn::Field(other.map_or(*at, |(other, _)| *other)))
    }

    fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Value> {
        let values = self.records.iter();
        values.filter_map(move |record| record.fields.get(name).filter(|value| !value.is_null()))
    }

    /// Whether most values of a field can be codes.
    fn is_name(&self, name: &str) -> bool {
        let (mut good, mut all) = (0, 0);
        for value in self.values(name) {
            all += 1;
            good += usize::from(match value {
                Value::String(text) => {
                    let text = cell::name(text).0;
                    !text.is_empty() && text.len() <= MAX_NAME_BYTES && text.split(' ').count() <= 4
                }
                Value::Number(_) => true,
                _ => false,
            });
        }
        good > 0 && good * 2 >= all
    }

    fn is_distinct(&self, name: &str) -> bool {
        let mut seen: UnordMap<String, ()> = UnordMap::default();
        self.is_name(name)
            && self
                .values(name)
                .all(|value| seen.insert(value.to_string(), ()).is_none())
    }

    /// Whether most values of a field are single words.
    fn has_words(&self, name: &str) -> bool {
        let is_word = |value: &&Value| {
            let text = value.as_str().map(str::trim);
            text.is_none_or(|text| !text.contains(char::is_whitespace))
        };
        let words = self.values(name).filter(is_word).count();
        words * 2 > self.values(name).count()
    }

    /// Whether nearly all values of a field are statuses of errors.
    fn has_statuses(&self, name: &str) -> bool {
        let is_status = |value: &&Value| {
            super::model::status(value).is_some()
                || value.as_str().and_then(super::model::statuses).is_some()
        };
        let is_empty = |value: &Value| value.as_str().is_some_and(|text| text.trim().is_empty());
        let all = self.values(name).filter(|value| !is_empty(value)).count();
        let found = self.values(name).filter(is_status).count();
        // A few may be numbers beside the statuses of errors, such as 303 and -503.
        found > 0 && (found == all || found * 20 >= all * 19)
    }

    /// The field of the names that programs have for the numbers of a list.
    fn constant(&self, names: &[String], contents: &[Field], code: usize) -> Option<usize> {
        let are_numbers = self.values(names.get(code)?).all(|value| match value {
            Value::String(text) => cell::name(text).0.parse::<i64>().is_ok(),
            other => other.is_i64(),
        });
        if !are_numbers || contents.contains(&Field::Constant) {
            return None;
        }
        let found = fields::candidates(names).into_iter().map(|(at, _)| at);
        let mut found = found.filter(|at| *at != code && !contents[*at].is_known());
        found.find(|at| {
            let name = &names[*at];
            let is_text = |value: &Value| {
                let text = value.as_str().map(|text| cell::name(text).0);
                text.is_some_and(|text| text.starts_with(|c: char| c.is_ascii_alphabetic()))
            };
            self.has_words(name) && self.is_distinct(name) && self.values(name).all(is_text)
        })
    }
}

fn says_more(field: &Field) -> bool {
    matches!(
        field,
        Field::Status | Field::Message | Field::Meaning | Field::Fix | Field::Type
    )
}

fn has_status(contents: &[Field]) -> bool {
    contents.contains(&Field::Status)
}

/// Takes the errors of a list. What is not one is reported.
pub(super) fn take(list: &List, extracted: &mut Extracted) {
    let names = list.names();
    match list.code(&names) {
        Some(code) => take_by(list, &names, &code, extracted),
        None => {
            let what = format!("the row has no `code`, only {}", quoted(&names));
            let missing = list.records.iter();
            let missing = missing.map(|record| Finding::new(&record.place, &*what));
            extracted.lost.extend(missing);
        }
    }
}

/// Takes the errors of a list whose codes are in a known place.
pub(super) fn take_by(list: &List, names: &[String], code: &CodeIn, extracted: &mut Extracted) {
    let position = match code {
        CodeIn::Key => usize::MAX,
        CodeIn::Field(position) => *position,
    };
    let mut contents = fields::assign(names, position);
    if let Some(constant) = list.constant(names, &contents, position) {
        contents[constant] = Field::Constant;
    }
    if !contents.contains(&Field::Message) {
        // A text called `error` is no name.
        let is_text = |at: usize| {
            at != position && fields::words(&names[at]) == "error" && !list.has_words(&names[at])
        };
        if let Some(text) = (0..names.len()).find(|at| is_text(*at)) {
            contents[text] = Field::Message;
        }
    }
    let mut contents_by_name: UnordMap<&str, &Field> = UnordMap::default();
    for (name, field) in names.iter().zip(&contents) {
        contents_by_name.insert(name, field);
    }
    // The name of a status under `code` whose errors have other names.
    let is_status = |name: &str| {
        let words = fields::words(name);
        let says = ["code", "codes", "status", "statuses"]
            .iter()
            .any(|end| words.ends_with(end));
        !has_status(&contents) && says && list.has_statuses(name)
    };
    let statuses: Vec<&String> = names
        .iter()
        .enumerate()
        .filter(|(at, name)| *at != position && is_status(name))
        .map(|(_, name)| name)
        .collect();
    let status = statuses.first().map(|name| name.as_str());
    let language = crate::ast::language::Language::new();
    let taker = Taker {
        contents: &contents_by_name,
        status,
        code,
        code_name: names.get(position).map(String::as_str),
        language: language.code(),
        has_marks: list.has_marks,
    };
    let first = extracted.rows.len();
    for record in &list.records {
        match taker.rows(record) {
            Ok(rows) => extracted.rows.extend(rows),
            Err(reason) => extracted.lost.push(Finding::new(&record.place, reason)),
        }
    }
    if status.is_none() && !has_status(&contents) {
        take_numbers(&mut extracted.rows[first..]);
    }
}

/// Takes the codes of a list as their statuses, if all are statuses, as in a table of those that an API returns.
fn take_numbers(rows: &mut [Row]) {
    let of = |row: &Row| {
        let status = super::model::status(&row.code.value());
        status.filter(|status| status.reason().is_some())
    };
    if rows.len() > 1 && rows.iter().all(|row| of(row).is_some()) {
        for row in rows {
            row.status = row.status.or_else(|| of(row));
        }
    }
}

/// The names of fields, for a message.
pub(super) fn quoted(names: &[String]) -> String {
    let shown = names.iter().take(12).map(|name| format!("`{name}`"));
    let mut text = shown.collect::<Vec<_>>().join(", ");
    if names.len() > 12 {
        text.push_str(", …");
    }
    text
}
