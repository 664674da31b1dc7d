//! An error that a heading names, and what is below the heading.

use serde_json::{Map, Value};

use super::super::cell;
use super::super::fields::{Field, words};
use super::super::model::{Place, status};
use super::super::record::Record;
use super::super::table::Table;
use super::super::text::STRUCK;

/// An error in the making.
pub(super) struct Entry {
    pub(super) line: usize,
    pub(super) level: u8,
    fields: Map<String, Value>,
    /// The field that the heading of a section names.
    section: Option<String>,
    /// Whether something says that it is an error.
    pub(super) has_facts: bool,
    /// Whether the heading names a status in the place of the code.
    has_status: bool,
}

impl Entry {
    pub(super) fn new(line: usize, level: u8, code: &str, rest: Option<String>) -> Self {
        let mut entry = Self {
            line,
            level,
            fields: Map::from_iter([("code".to_owned(), code.into())]),
            section: None,
            has_facts: false,
            has_status: false,
        };
        if status(&code.into()).is_some() {
            entry.put("status", code);
            entry.has_status = true;
        }
        if let Some(rest) = rest {
            let value = Value::from(rest.as_str());
            match status(&value) {
                Some(_) => entry.put("status", &rest),
                None if is_constant(code, &rest) => {
                    drop(entry.fields.insert("constant".to_owned(), value));
                }
                None => entry.put("message", &rest),
            }
        }
        entry
    }

    /// The name of the error.
    pub(super) fn code(&self) -> &str {
        self.fields
            .get("code")
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// Adds a text to a field.
    fn put(&mut self, name: &str, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let field = Field::of(name);
        self.has_facts |= matches!(field, Field::Status | Field::Type);
        let name = match field {
            Field::Status => "status",
            Field::Message => "message",
            Field::Meaning => "meaning",
            Field::Fix => "fix",
            Field::Type => "type",
            _ => name,
        };
        match self.fields.get_mut(name) {
            Some(Value::String(known)) => {
                known.push_str("\n\n");
                known.push_str(text);
            }
            Some(_) => {}
            None => {
                self.fields.insert(name.to_owned(), text.into());
            }
        }
    }

    /// A heading below that of the error.
    pub(super) fn section(&mut self, text: &str) {
        self.section = Some(text.trim().trim_end_matches([':', '?']).to_owned());
    }

    /// A paragraph: fields as `Status: 404`, else a part of the meaning or of the section.
    pub(super) fn text(&mut self, text: &str) {
        let fields: Vec<_> = text.lines().map(|line| pair(line, false)).collect();
        if fields.iter().all(Option::is_some) {
            for (name, value) in fields.into_iter().flatten() {
                self.put(&name, &value);
            }
            return;
        }
        let name = self.section.clone().unwrap_or_else(|| "meaning".to_owned());
        let text = match (name.as_str(), cell::status_before(text)) {
            ("meaning", Some((number, rest))) => {
                self.put("status", &number);
                rest
            }
            _ => text.to_owned(),
        };
        self.put(&name, &text);
    }

    /// An item of a list.
    pub(super) fn item(&mut self, text: &str) {
        match (pair(text, true), &self.section) {
            (Some((name, value)), None) => self.put(&name, &value),
            (_, Some(name)) => {
                let name = name.clone();
                self.put(&name, &format!("- {text}"));
            }
            (None, None) => self.put("meaning", &format!("- {text}")),
        }
    }

    /// A table of fields and their values; whether it is one.
    pub(super) fn take_table(&mut self, table: &Table) -> bool {
        let pairs: Vec<(&str, &str)> = table
            .lines
            .iter()
            .filter_map(|cells| match &cells.texts[..] {
                [name, value] => Some((name.as_str(), value.as_str())),
                _ => None,
            })
            .collect();
        let heading = (table.columns.len() == 2)
            .then(|| (table.columns[0].as_str(), table.columns[1].as_str()));
        let known = pairs
            .iter()
            .filter(|(name, _)| Field::of(name).is_known())
            .count();
        if heading.is_none()
            || pairs.len() != table.lines.len()
            || known * 2 < pairs.len()
            || known == 0
        {
            return false;
        }
        let heading = heading.filter(|(name, _)| {
            Field::of(name).is_known() && !matches!(Field::of(name), Field::Code)
        });
        for (name, value) in heading.into_iter().chain(pairs) {
            if Field::of(name) != Field::Code {
                self.put(name.trim().trim_end_matches(':'), value);
            }
        }
        true
    }

    /// An example of a body.
    pub(super) fn example(&mut self, body: &Value) {
        let (code, facts) = of_body(body);
        self.has_facts |= code.is_some();
        let is_name = |code: &Value| {
            let text = code.as_str().unwrap_or_default();
            !text.contains(char::is_whitespace)
        };
        if let (true, Some(code)) = (self.has_status, code.filter(is_name)) {
            self.fields.insert("code".to_owned(), code);
            self.has_status = false;
        }
        for (name, value) in facts {
            self.fields.entry(name).or_insert(value);
        }
        self.fields.entry("example").or_insert_with(|| body.clone());
    }

    pub(super) fn record(mut self) -> Record {
        // A single item is a text.
        if let Some(Value::String(meaning)) = self.fields.get_mut("meaning")
            && let Some(only) = meaning
                .strip_prefix("- ")
                .filter(|text| !text.contains("\n\n"))
        {
            *meaning = only.to_owned();
        }
        Record::new(Place::Line(self.line), self.fields)
    }
}

/// A line such as `Status: 404`. The name of a field is known, or `any` short name.
fn pair(line: &str, any: bool) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim().trim_matches(['*', '_', '`']);
    let is_word = name
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
    let is_heading = name.starts_with(char::is_uppercase) && name.split(' ').count() <= 3;
    let is_short = any && !name.is_empty() && (is_word || is_heading);
    let is_name = Field::of(name).is_known() || is_short;
    (is_name && !value.trim().is_empty() && !value.starts_with("//"))
        .then(|| (name.to_owned(), value.trim().to_owned()))
}

/// The code that a heading names, and the text beside it.
pub(super) fn code_of(heading: &str) -> Option<(String, Option<String>)> {
    let heading = heading.trim();
    if let [before, code, after] = heading.splitn(3, '`').collect::<Vec<_>>()[..] {
        let rest = format!("{} {}", before.trim(), after.trim());
        let rest = rest
            .trim()
            .trim_matches(['(', ')', ':', '-', '–', '—'])
            .trim()
            .to_owned();
        let is_label = matches!(words(&rest).as_str(), "" | "error" | "error code" | "code");
        let is_code = !code.contains(char::is_whitespace) && !code.contains(['/', '(', '<']);
        return is_code.then(|| (code.to_owned(), (!is_label).then_some(rest)));
    }
    let bare = ["Error code", "Error", "Code", "error code", "error", "code"]
        .iter()
        .find_map(|label| {
            let rest = heading.strip_prefix(label)?;
            rest.starts_with([':', ' ', '#'])
                .then(|| rest.trim_start_matches([':', ' ', '#']))
        })
        .unwrap_or(heading);
    let (whole, is_deprecated) = cell::name(bare);
    let (code, rest) = match cell::explained(&whole) {
        Some((code, rest)) => (code, Some(rest)),
        None => (whole, None),
    };
    let code = if is_deprecated {
        format!("{code} (deprecated)")
    } else {
        code
    };
    // A status alone is a heading about many errors.
    let is_status = status(&Value::from(code.as_str())).is_some();
    (is_plain(&code) && !is_status).then_some((code, rest))
}

/// Whether the text behind a number is the name of its constant.
fn is_constant(code: &str, rest: &str) -> bool {
    code.parse::<i64>().is_ok() && is_plain(rest) && rest.starts_with(char::is_alphabetic)
        || code.parse::<i64>().is_ok()
            && rest.len() > 2
            && rest.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether a word cannot be one of prose.
fn is_plain(word: &str) -> bool {
    if word
        .strip_prefix('-')
        .is_some_and(|number| number.parse::<u64>().is_ok())
    {
        return true;
    }
    let has_digit = word.contains(|c: char| c.is_ascii_digit());
    let is_long_number = word.len() > 2 && word.bytes().all(|b| b.is_ascii_digit());
    // The name of a class of numbers, such as `10xx`.
    let class = word.trim_end_matches(['x', 'X']);
    let is_class =
        class.len() < word.len() && class.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let inner = word.chars().skip(1);
    let is_camel = inner.clone().any(char::is_uppercase) && inner.clone().any(char::is_lowercase);
    let is_version = word.starts_with(['v', 'V']) && has_digit;
    let is_one = word.len() > 2
        && word
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let is_word =
        word.contains('_') || is_camel || (has_digit && word.contains(char::is_alphabetic));
    is_one && !is_version && !is_class && (is_word || is_long_number)
}

/// The code at the start of an item, and the text behind it.
pub(super) fn code_of_item(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix('`') {
        let (code, rest) = rest.split_once('`')?;
        // A code that is struck out keeps its mark, which deprecates it.
        let (code, rest) = match rest.strip_prefix(STRUCK) {
            Some(rest) => (format!("{code}{STRUCK}"), rest.trim()),
            None => (code.to_owned(), rest.trim()),
        };
        let is_apart = rest.is_empty() || rest.starts_with([':', '-', '–', '—', '(', '=']);
        let rest = rest.trim_start_matches([':', '-', '–', '—', '=', ' ']);
        let is_code = !code.is_empty() && !code.contains(char::is_whitespace);
        return (is_apart && is_code).then(|| (code, rest.to_owned()));
    }
    let (code, rest) = cell::explained(text)?;
    is_plain(&code).then_some((code, rest))
}

/// The code of a body, and what else it says.
pub(super) fn of_body(body: &Value) -> (Option<Value>, Map<String, Value>) {
    let nested = body.get("error").or_else(|| body.pointer("/errors/0"));
    let error = nested.filter(|error| error.is_object()).unwrap_or(body);
    let names = [
        "code",
        "error_code",
        "errorCode",
        "err_code",
        "errcode",
        "error",
        "reason",
    ];
    let code = names.iter().find_map(|name| {
        let value = error.get(*name)?;
        (value.is_string() || value.is_i64()).then(|| value.clone())
    });
    let mut facts = Map::new();
    for (name, keys) in [
        (
            "message",
            &[
                "message",
                "error_description",
                "detail",
                "title",
                "msg",
                "err_msg",
            ][..],
        ),
        ("type", &["type"]),
        ("status", &["status", "statusCode", "status_code"]),
    ] {
        let found = keys
            .iter()
            .find_map(|key| error.get(*key).or_else(|| body.get(*key)));
        if let Some(value) = found.filter(|value| value.is_string() || value.is_i64()) {
            let value = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            if !(name == "type" && value.contains("//")) {
                facts.insert(name.to_owned(), value.into());
            }
        }
    }
    let is_status = |code: &Value| status(code).is_some() && !facts.contains_key("status");
    match code {
        // A number such as 404 is the status.
        Some(code) if is_status(&code) && code.is_u64() => {
            facts.insert("status".to_owned(), code.to_string().into());
            (None, facts)
        }
        code => {
            let code = code.map(|code| {
                code.as_str()
                    .map_or_else(|| code.to_string(), str::to_owned)
                    .into()
            });
            (code, facts)
        }
    }
}
