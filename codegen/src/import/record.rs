//! A record of a list as a row: each field goes to its place, and none is lost.

use serde_json::{Map, Value};

use super::custom::keep;
use super::fields::Field;
use super::languages::one_text;
use super::model::{Argument, Code, Place, Row};
use super::text::{STRUCK, text};
use super::{cell, deprecated};
use crate::ast::language::Shape;
use crate::unord_map::UnordMap;

/// An error of a list.
pub(super) struct Record {
    pub(super) place: Place,
    pub(super) fields: Map<String, Value>,
    /// The key under which a mapping has the error.
    pub(super) key: Option<String>,
    /// The name of the group that it is in.
    pub(super) group: Option<String>,
    /// A note for the review.
    pub(super) note: Option<&'static str>,
}

impl Record {
    /// The fields of an error at a place, and nothing more.
    pub(super) fn new(place: Place, fields: Map<String, Value>) -> Self {
        Self {
            place,
            fields,
            key: None,
            group: None,
            note: None,
        }
    }
}

/// The place of the code in the records of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum CodeIn {
    Key,
    /// The field at this position.
    Field(usize),
}

/// What the fields of a list contain.
pub(super) struct Taker<'a> {
    pub(super) contents: &'a UnordMap<&'a str, &'a Field>,
    /// The field of statuses that has the name of one of codes.
    pub(super) status: Option<&'a str>,
    pub(super) code: &'a CodeIn,
    /// The field of the code, if it is in one.
    pub(super) code_name: Option<&'a str>,
    /// The keys of a code.
    pub(super) language: Shape<'a>,
    pub(super) has_marks: bool,
}

/// Keys of the language that have a meaning only in their own catalog, or that a row says in another form.
const NOT_TAKEN: [&str; 9] = [
    "like",
    "row",
    "type_row",
    "group",
    "internal",
    "rust_aliases",
    "aliases",
    "audience",
    "slug",
];

impl Taker<'_> {
    /// The rows of a record: one, or one for each code that its cell has.
    pub(super) fn rows(&self, record: &Record) -> Result<Vec<Row>, String> {
        let mut rows = self.named(record)?;
        for row in &mut rows {
            for (name, value) in &record.fields {
                self.field(row, record, name, value);
            }
            if let (None, CodeIn::Field(_), Some(key)) = (&row.constant, self.code, &record.key) {
                row.constant = Some(key.clone());
                row.ids.push(("key".to_owned(), key.as_str().into()));
            }
            if let (None, Some(group)) = (&row.error_type, &record.group) {
                row.error_type = Some(group.clone());
            }
            super::operations::join(&mut row.operations);
            row.undecided.extend(record.note.map(str::to_owned));
        }
        Ok(rows)
    }

    /// The rows with their codes alone.
    fn named(&self, record: &Record) -> Result<Vec<Row>, String> {
        let place = &record.place;
        let missing = || "the row has no `code`".to_owned();
        let value = match (self.code, self.code_name) {
            (CodeIn::Field(_), Some(name)) => record.fields.get(name).unwrap_or(&Value::Null),
            _ => {
                let key = record.key.as_deref().ok_or_else(missing)?;
                return Ok(vec![super::model::row_of(place, key)]);
            }
        };
        let code = match value {
            Value::Null => return Err(missing()),
            Value::String(cell) if self.has_marks => {
                if let Some((first, last)) = cell::range(cell) {
                    return Err(format!(
                        "the codes `{first}` to `{last}` are a range: write a row for each"
                    ));
                }
                let rows = cell::rows(place, cell);
                return if rows.is_empty() {
                    Err("the row has no code".to_owned())
                } else {
                    Ok(rows)
                };
            }
            Value::String(code) => Code::Text(code.clone()),
            Value::Number(number) => match number.as_i64() {
                Some(number) => Code::Number(number),
                None if number.is_u64() => {
                    return Err("the `code` is larger than readers of JSON keep exactly".to_owned());
                }
                None => Code::Text(number.to_string()),
            },
            _ => return Err("the `code` is neither a text nor a number".to_owned()),
        };
        Ok(vec![Row::new(place.clone(), code)])
    }

    fn field(&self, row: &mut Row, record: &Record, name: &str, value: &Value) {
        if self.code_name == Some(name) {
            return;
        }
        if self.status == Some(name) {
            row.take_status(value);
            return;
        }
        let has_none = super::no_status::says_none(value);
        let said = self.said(value);
        let value = &said;
        let mut take = |name: &str, slot: fn(&mut Row) -> &mut Option<String>| {
            let Some(said) = one_text(row, name, value) else {
                return;
            };
            let taken = text(&said, name, &mut row.undecided);
            // A line break at the end is one of the source, as in a block of YAML or TOML.
            let taken = taken.map(|text| text.trim_end_matches('\n').to_owned());
            if taken.is_some() {
                // The text beside a name in its cell, or of a second field with the same content.
                let known = std::mem::replace(slot(row), taken);
                if let Some(known) = known.filter(|known| slot(row).as_ref() != Some(known)) {
                    row.keep("x-title", &known.into());
                }
            }
        };
        let content = self.content(record, name);
        match content.as_ref() {
            Some(Field::Type) => {
                take("type", |row| &mut row.error_type);
                if let (true, Some(name)) = (self.has_marks, &mut row.error_type) {
                    *name = cell::name(name).0;
                }
            }
            Some(Field::Message) => take("message", |row| &mut row.message),
            Some(Field::Meaning) => take("meaning", |row| &mut row.meaning),
            Some(Field::Fix) => take("fix", |row| &mut row.fix),
            Some(Field::Status) => {
                row.says_none |= has_none;
                row.take_status(value);
            }
            Some(Field::Retry) => row.take_retry(value),
            Some(Field::Deprecated) => deprecated::take(row, value),
            Some(Field::Source) => row.keep("x-source", value),
            Some(Field::Operation | Field::Route) => operation(row, name, value),
            Some(Field::Constant) => {
                let name = match name {
                    "constant" | "variable" => name,
                    _ => "constant",
                };
                more(row, name, value);
            }
            Some(Field::Errno | Field::Args) => more(row, name, value),
            Some(Field::Extra) => match value {
                Value::Object(extra) => {
                    extra.iter().for_each(|(key, value)| more(row, key, value));
                }
                other => row.keep("x-extra", other),
            },
            _ if self.has_marks => {
                let key = name.to_lowercase().replace(char::is_whitespace, "-");
                row.keep(&format!("x-{}", key.trim_matches('-')), value);
            }
            _ => self.other(row, name, value),
        }
    }

    /// What a field contains: what its name says, unless the record says that under a likelier name.
    fn content(&self, record: &Record, name: &str) -> Option<Field> {
        let stated = self.contents.get(name).map(|field| (*field).clone());
        let of_name = Field::of(name);
        let is_other = matches!(stated, Some(Field::Other(_)));
        if !is_other || !of_name.is_known() || of_name == Field::Code {
            return stated;
        }
        let mut fields = record.fields.iter();
        let has_likelier = fields.any(|(other, value)| {
            let content = self.contents.get(other.as_str());
            other != name && !value.is_null() && content.is_some_and(|content| **content == of_name)
        });
        if has_likelier { stated } else { Some(of_name) }
    }

    /// A field with another name: a key of the language is taken as it is.
    fn other(&self, row: &mut Row, name: &str, value: &Value) {
        let is_text = value.as_str().is_some_and(|text| !text.trim().is_empty());
        let is_sound = match name {
            "rust" => {
                if let (Some(constant), None) = (value.as_str(), &row.constant) {
                    row.constant = Some(constant.to_owned());
                    return;
                }
                false
            }
            "since" | "param" | "description" => is_text,
            "causes" | "fixes" | "see" => value.as_array().is_some_and(|list| !list.is_empty()),
            "headers" | "ids" | "names" => value.as_object().is_some_and(|all| !all.is_empty()),
            _ => false,
        };
        if let ("causes" | "fixes", Some(all)) = (name, value.as_str().map(lines)) {
            if !all.is_empty() {
                row.stated.insert(name.to_owned(), all.into());
            }
            return;
        }
        if is_sound && self.language.has(name) && !NOT_TAKEN.contains(&name) {
            row.stated.insert(name.to_owned(), value.clone());
        } else {
            row.keep(name, value);
        }
    }

    /// A value without a dash that stands for none.
    fn said(&self, value: &Value) -> Value {
        match value.as_str().map(str::trim) {
            Some("" | "-" | "–" | "—") if self.has_marks => Value::Null,
            Some(text) if self.has_marks => {
                let text = text.replace(STRUCK, "");
                // A line break of a cell or of a paragraph is none of the text.
                let has_lines = text.contains("\n\n") || text.contains("\n- ");
                let words = || text.split_whitespace().collect::<Vec<_>>().join(" ");
                if has_lines {
                    text.into()
                } else {
                    words().into()
                }
            }
            _ => value.clone(),
        }
    }
}

/// The lines of a text, without the marks of items.
fn lines(text: &str) -> Vec<Value> {
    let lines = text.lines().map(|line| {
        let line = line.trim().trim_start_matches(['-', '*', '•']);
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    let lines = lines.filter(|line| !line.is_empty());
    lines.map(Value::from).collect()
}

/// The operations that fail with an error.
fn operation(row: &mut Row, name: &str, value: &Value) {
    let routes: Option<Vec<String>> = match value {
        Value::Object(_) => route(value).map(|route| vec![route]),
        Value::Array(all) if all.iter().all(Value::is_object) => all.iter().map(route).collect(),
        _ => None,
    };
    if let Some(routes) = routes.filter(|routes| !routes.is_empty()) {
        row.operations.extend(routes);
        return;
    }
    let texts = match value {
        Value::String(one) => vec![one.clone()],
        Value::Array(all) if all.iter().all(Value::is_string) => {
            let all = all.iter().filter_map(Value::as_str);
            all.map(str::to_owned).collect()
        }
        _ => return row.keep(name, value),
    };
    row.operations.extend(texts);
}

/// The method, the path and the name of an operation in fields.
fn route(fields: &Value) -> Option<String> {
    let text = |key: &str| fields.get(key).and_then(Value::as_str);
    let (method, path) = (text("method")?.to_ascii_uppercase(), text("path")?);
    let known = fields.as_object()?.len();
    let mut names = ["name", "id", "operationId"].into_iter().filter_map(text);
    let name = names.next();
    let is_all = known == 2 + usize::from(name.is_some());
    let name = name.map_or_else(String::new, |name| format!(" {name}"));
    is_all.then(|| format!("{method} {path}{name}"))
}

/// A field of `extra`.
fn more(row: &mut Row, key: &str, value: &Value) {
    match (key, value) {
        ("args", Value::Array(args)) => {
            let mut names: UnordMap<String, ()> = UnordMap::default();
            let mut is_complete = true;
            for value in args {
                let argument = match value {
                    Value::String(name) => Some(Argument::declared(name, None)),
                    _ => value.as_object().and_then(|fields| argument(row, fields)),
                };
                let is_new = |new: &Argument| names.insert(new.name.clone(), ()).is_none();
                match argument.filter(is_new) {
                    Some(argument) => row.args.push(argument),
                    None => is_complete = false,
                }
            }
            if !is_complete {
                let what = "an argument has no name, or that of another: see `x-args`";
                row.undecided.push(what.to_owned());
                row.keep("x-args", value);
            }
        }
        ("constant" | "variable", Value::String(name)) if row.constant.is_none() => {
            row.constant = Some(name.clone());
            row.ids.push((key.to_owned(), value.clone()));
        }
        ("errno", Value::String(name)) if !name.trim().is_empty() => {
            row.ids.push((key.to_owned(), value.clone()));
        }
        ("errno", Value::Number(number)) if number.is_u64() => {
            row.ids.push((key.to_owned(), value.clone()));
        }
        _ => row.keep(key, value),
    }
}

fn argument(row: &mut Row, fields: &Map<String, Value>) -> Option<Argument> {
    let name = fields.get("name")?.as_str()?;
    let source_type = fields.get("type").and_then(Value::as_str);
    let mut argument = Argument::declared(name, source_type);
    for (key, value) in fields {
        match (key.as_str(), value) {
            ("name", _) | ("type", Value::String(_)) | ("nullable", Value::Bool(false)) => {}
            ("nullable", Value::Bool(true)) => {
                argument.stated.insert("nullable".to_owned(), true.into());
            }
            ("print_if_null", Value::String(text)) if !text.trim().is_empty() => {
                argument.stated.insert("nullable".to_owned(), true.into());
                argument
                    .stated
                    .insert("absent".to_owned(), text.as_str().into());
            }
            _ => keep(&mut argument.extensions, &mut row.undecided, key, value),
        }
    }
    Some(argument)
}
