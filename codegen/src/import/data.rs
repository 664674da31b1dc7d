//! Lists in data of any syntax: lists of errors, mappings of errors by their names, and both in groups.

use serde_json::{Map, Value};

use super::fields::{Field, words};
use super::list::{self, List};
use super::model::{Extracted, Finding, Part, Place};
use super::record::{CodeIn, Record};
use super::tree::{Content, Node, Read};

/// Takes the errors of a document.
pub(super) fn take(read: Read) -> Extracted {
    let mut extracted = Extracted::default();
    let faults = read.faults.into_iter();
    extracted
        .lost
        .extend(faults.map(|fault| fault.of(Part::Line)));
    if let Some(root) = &read.root {
        let walk = Walk {
            group: None,
            name: None,
            is_of_errors: true,
        };
        walk.node(root, &mut extracted);
    }
    extracted
}

/// The way to a value.
#[derive(Clone, Copy)]
struct Walk<'a> {
    /// The name of the group.
    group: Option<&'a str>,
    /// The key of the value.
    name: Option<&'a str>,
    /// Whether a key on the way says that errors follow.
    is_of_errors: bool,
}

/// Words of keys below which errors follow.
const SIGNS: [&str; 8] = [
    "error",
    "code",
    "exception",
    "fault",
    "problem",
    "message",
    "failure",
    "reason",
];

/// Keys of a whole list that are about the list.
const ABOUT: [&str; 9] = [
    "version",
    "title",
    "name",
    "description",
    "schema",
    "info",
    "meta",
    "metadata",
    "api",
];

impl<'a> Walk<'a> {
    /// The way to the value of a key.
    fn into(self, key: &'a str) -> Self {
        let words = words(key);
        let says = SIGNS.iter().any(|sign| words.contains(sign));
        let is_list = matches!(
            words.as_str(),
            "list" | "items" | "entries" | "data" | "definitions" | "groups"
        );
        Self {
            // The name of a list is none of a group.
            group: if says || is_list {
                self.group
            } else {
                Some(key)
            },
            name: Some(key),
            is_of_errors: self.is_of_errors || says,
        }
    }

    fn node(self, node: &'a Node, extracted: &mut Extracted) {
        let found = match &node.content {
            Content::List(items) => self.list(items, extracted),
            Content::Map(entries) => self.map(entries, extracted),
            Content::Scalar(_) => false,
        };
        if !found && !matches!(node.content, Content::Scalar(_)) {
            let what = match self.name {
                Some(name) => {
                    format!("`{name}` is not read: no field of it is a code such as `code`")
                }
                None => "it is not read: no field of it is a code such as `code`".to_owned(),
            };
            let finding = Finding::new(&Place::Line(node.line), what);
            extracted.lost.push(finding.of(Part::Table));
        }
    }

    /// Takes a list; whether it is one of errors or groups.
    fn list(self, items: &'a [Node], extracted: &mut Extracted) -> bool {
        // `- not_found: { status: 404 }`
        let single = items.iter().map(|item| match item.entries() {
            Some([entry]) if entry.1.entries().is_some() => Some(entry),
            _ => None,
        });
        if let Some(entries) = single
            .collect::<Option<Vec<_>>>()
            .filter(|all| !all.is_empty())
        {
            return self.keyed(&entries, extracted);
        }
        let maps = items.iter().filter(|item| item.entries().is_some()).count();
        if maps > 0 && maps * 2 > items.len() {
            let records = items.iter().filter(|item| item.entries().is_some());
            let list = self.records(records.map(|item| (None, item)));
            let names = list.names();
            if let Some(code) = list.code(&names).filter(|_| !are_groups(items.iter())) {
                report(
                    items.iter().filter(|item| item.entries().is_none()),
                    extracted,
                );
                list::take_by(&list, &names, &code, extracted);
                return true;
            }
            let before = extracted.rows.len();
            for item in items {
                let entries = item.entries().unwrap_or_default();
                let name = ["name", "group", "category", "id", "title"]
                    .iter()
                    .find_map(|key| {
                        let (_, node) = entries.iter().find(|(name, _)| name == key)?;
                        node.scalar()?.as_str()
                    });
                let group = Self {
                    group: name.or(self.group),
                    ..self
                };
                group.members(entries, extracted);
            }
            return extracted.rows.len() > before;
        }
        let names = items.iter().map(|item| match item.scalar() {
            Some(name @ (Value::String(_) | Value::Number(_))) => Some((item, name)),
            _ => None,
        });
        match names.collect::<Option<Vec<_>>>() {
            Some(names) if self.is_of_errors && !names.is_empty() => {
                let records = names.into_iter().map(|(item, name)| {
                    let fields = Map::from_iter([("code".to_owned(), name.clone())]);
                    self.record(item.line, None, fields)
                });
                let records = records.collect();
                list::take(&self.of(records), extracted);
                true
            }
            _ => false,
        }
    }

    /// Takes a mapping; whether it is one of errors or groups.
    fn map(self, entries: &'a [(String, Node)], extracted: &mut Extracted) -> bool {
        let all: Vec<_> = entries.iter().collect();
        let maps = entries
            .iter()
            .filter(|(_, node)| node.entries().is_some())
            .count();
        if maps > 0 && maps * 2 > entries.len() && self.keyed(&all, extracted) {
            return true;
        }
        let scalars: Vec<_> = entries
            .iter()
            .filter_map(|(key, node)| Some((key, node, node.scalar()?)))
            .collect();
        let is_plain = scalars.len() == entries.len() && !entries.is_empty();
        if is_plain && self.is_of_errors {
            let texts = scalars.iter().all(|(_, _, value)| value.is_string());
            let numbers = scalars.iter().all(|(_, _, value)| value.is_number());
            let is_about = |key: &String| ABOUT.contains(&words(key).as_str());
            if (texts || numbers) && !entries.iter().all(|(key, _)| is_about(key)) {
                self.pairs(&scalars, numbers, extracted);
                return true;
            }
        }
        let before = (extracted.rows.len(), extracted.lost.len());
        self.members(entries, extracted);
        before != (extracted.rows.len(), extracted.lost.len())
    }

    /// Takes the lists and mappings below the keys of a mapping.
    fn members(self, entries: &'a [(String, Node)], extracted: &mut Extracted) {
        for (key, node) in entries {
            let is_about = ABOUT.contains(&words(key).as_str());
            if node.scalar().is_none() && !is_about {
                self.into(key).node(node, extracted);
            }
        }
    }

    /// Takes the errors of a mapping by their names; whether it is one of errors.
    fn keyed(self, entries: &[&'a (String, Node)], extracted: &mut Extracted) -> bool {
        // An error says something; a mapping of mappings is a group.
        let says = |node: &Node| {
            let mut members = node.entries().unwrap_or_default().iter();
            members.any(|(_, node)| node.scalar().is_some())
        };
        let saying = entries.iter().filter(|(_, node)| says(node)).count();
        if saying * 2 < entries.len() || are_groups(entries.iter().map(|(_, node)| node)) {
            return false;
        }
        let maps = entries.iter().filter(|(_, node)| node.entries().is_some());
        let mut list = self.records(maps.map(|(key, node)| (Some(key.as_str()), node)));
        // `not_found: { en: There is none, de: Es gibt keins }`
        if list.names().iter().all(|name| is_language(name)) {
            for record in &mut list.records {
                let texts = std::mem::take(&mut record.fields);
                record.fields.insert("message".to_owned(), texts.into());
            }
        }
        let names = list.names();
        let is_known = names.iter().any(|name| Field::of(name).is_known());
        let Some(code) = list.code(&names).filter(|_| is_known) else {
            return false;
        };
        for (key, node) in entries.iter().filter(|(_, node)| node.entries().is_none()) {
            if !ABOUT.contains(&words(key).as_str()) {
                let what = format!("`{key}` is not described as the other errors are");
                let finding = Finding::new(&Place::Line(node.line), what);
                extracted.lost.push(finding);
            }
        }
        list::take_by(&list, &names, &code, extracted);
        true
    }

    /// Takes names with their messages, statuses or numbers.
    fn pairs(
        self,
        pairs: &[(&'a String, &'a Node, &'a Value)],
        are_numbers: bool,
        extracted: &mut Extracted,
    ) {
        let is_status = |value: &Value| super::model::status(value).is_some();
        let are_statuses = pairs.iter().all(|(_, _, value)| is_status(value));
        // `{"404": "not_found"}` and `{"not_found": 10404}` have the code on the right.
        let records = pairs.iter().map(|(key, node, value)| {
            let fields = match (are_numbers, are_statuses) {
                (true, true) => [("status".to_owned(), (*value).clone())]
                    .into_iter()
                    .collect(),
                (true, false) => Map::from_iter([
                    ("code".to_owned(), (*value).clone()),
                    ("constant".to_owned(), key.as_str().into()),
                ]),
                (false, _) => [("message".to_owned(), (*value).clone())]
                    .into_iter()
                    .collect(),
            };
            self.record(node.line, Some(key), fields)
        });
        let list = self.of(records.collect());
        let names = list.names();
        let is_number = are_numbers && !are_statuses;
        let code = if is_number {
            CodeIn::Field(0)
        } else {
            CodeIn::Key
        };
        list::take_by(&list, &names, &code, extracted);
    }

    fn records(self, nodes: impl Iterator<Item = (Option<&'a str>, &'a Node)>) -> List {
        let records = nodes.map(|(key, node)| {
            let fields = match node.value() {
                Value::Object(fields) => fields,
                _ => Map::new(),
            };
            self.record(node.line, key, fields)
        });
        self.of(records.collect())
    }

    fn record(self, line: usize, key: Option<&str>, fields: Map<String, Value>) -> Record {
        Record {
            place: Place::Line(line),
            fields,
            key: key.map(str::to_owned),
            group: self.group.map(str::to_owned),
            note: None,
        }
    }

    fn of(self, records: Vec<Record>) -> List {
        List {
            records,
            has_marks: false,
            is_of_errors: self.is_of_errors,
        }
    }
}

/// Whether a key is the name of a language, such as `de` and `en-US`.
fn is_language(key: &str) -> bool {
    let (language, region) = match key.split_once(['-', '_']) {
        Some((language, region)) => (language, Some(region)),
        None => (key, None),
    };
    let is_short = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic());
    // A word such as `id` is the name of a field as well.
    is_short(language)
        && key != "id"
        && region.is_none_or(|region| is_short(region) || region.len() == 4)
}

/// Whether most values are groups: a member of each is a list or a mapping of further errors.
fn are_groups<'a>(nodes: impl Iterator<Item = &'a Node>) -> bool {
    let (mut groups, mut all) = (0, 0);
    for node in nodes {
        all += 1;
        let mut members = node.entries().unwrap_or_default().iter();
        groups += usize::from(members.any(|(key, node)| {
            let is_own = matches!(
                words(key).as_str(),
                "args" | "extra" | "headers" | "see" | "links" | "params" | "parameters"
            );
            let items = node.items().unwrap_or_default();
            let is_list = items.len() > 1 && items.iter().all(|item| item.entries().is_some());
            let entries = node.entries().unwrap_or_default();
            let is_map =
                !entries.is_empty() && entries.iter().all(|(_, node)| node.entries().is_some());
            !is_own && (is_list || is_map)
        }));
    }
    groups * 2 > all
}

fn report<'a>(nodes: impl Iterator<Item = &'a Node>, extracted: &mut Extracted) {
    let lost = nodes.map(|node| {
        let what = "the entry is not described as the others are";
        Finding::new(&Place::Line(node.line), what)
    });
    extracted.lost.extend(lost);
}
