//! Lists in data of any syntax: lists of errors, mappings of errors by their names, and both in groups.

mod keyed;
mod kind;

use serde_json::{Map, Value};

use self::kind::{Entry, Kind};
use super::fields::{Field, words};
use super::list::{self, List};
use super::model::{Extracted, Finding, Part, status};
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
            status: None,
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
    /// The status of the group.
    status: Option<&'a Value>,
    /// Whether a key on the way says that errors follow.
    is_of_errors: bool,
}

/// Why a value has no errors.
const UNREAD: &str = "it has neither a list of entries with a field such as `code` or `name`, nor names with a status or a text";

impl<'a> Walk<'a> {
    /// The way to the value of a key.
    fn into(self, key: &'a str) -> Self {
        let words = words(key);
        let says = kind::says_errors(key);
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
            status: self.status,
            is_of_errors: self.is_of_errors || says,
        }
    }

    fn node(self, node: &'a Node, extracted: &mut Extracted) {
        let found = match &node.content {
            Content::List(items) => self.list(items, extracted),
            Content::Map(_) if self.is_single(node) => self.items(&[node], extracted),
            Content::Map(entries) => self.map(entries, extracted),
            Content::Scalar(_) => false,
        };
        if !found && !matches!(node.content, Content::Scalar(_)) {
            let what = match self.name {
                Some(name) => format!("`{name}` is not read: {UNREAD}"),
                None => format!("it is not read: {UNREAD}"),
            };
            let finding = Finding::new(&node.place(), what);
            extracted.lost.push(finding.of(Part::Table));
        }
    }

    /// Whether the whole document is an error.
    fn is_single(self, node: &Node) -> bool {
        self.name.is_none()
            && kind::has(node, |field| *field == Field::Code)
            && matches!(kind::of(node), Kind::Error)
            && kind::is_whole(node)
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
            let items: Vec<&Node> = items.iter().collect();
            return self.items(&items, extracted);
        }
        let names = items.iter().map(|item| match item.scalar() {
            Some(name @ (Value::String(_) | Value::Number(_))) => Some((item, name)),
            _ => None,
        });
        match names.collect::<Option<Vec<_>>>() {
            Some(names) if self.is_of_errors && !names.is_empty() => {
                let records = names.into_iter().map(|(item, name)| {
                    let fields = Map::from_iter([("code".to_owned(), name.clone())]);
                    self.record(item, None, fields)
                });
                let records = records.collect();
                list::take(&self.of(records), extracted);
                true
            }
            _ => false,
        }
    }

    /// Takes the mappings of a list; whether they are errors or groups.
    fn items(self, items: &[&'a Node], extracted: &mut Extracted) -> bool {
        let is_group = |item: &&&Node| {
            let holds = matches!(kind::of(item), Kind::Group | Kind::Parent(_));
            holds && !kind::has(item, kind::is_sent)
        };
        let groups = items.iter().filter(is_group).count();
        // Where most entries are errors, one with further errors below it is an error as well.
        let is_group = |item: &&&Node| groups * 2 > items.len() && is_group(item);
        let own: Vec<&Node> = items
            .iter()
            .filter(|item| item.entries().is_some() && !is_group(item))
            .copied()
            .collect();
        let before = extracted.rows.len();
        let list = self.records(own.iter().map(|item| (None, *item)), extracted);
        let names = list.names();
        let code = list.code(&names);
        if let Some(code) = &code {
            list::take_by(&list, &names, code, extracted);
        }
        if code.is_some() || groups > 0 {
            let refused = items.iter().filter(|item| {
                item.entries().is_none()
                    || code.is_none() && !is_group(item) && kind::is_whole(item)
            });
            report(refused.copied(), extracted);
        }
        for item in items {
            match kind::of(item) {
                Kind::Parent(below) if code.is_some() && !is_group(&item) => {
                    self.below(&below, extracted);
                }
                _ if code.is_none() || is_group(&item) => self.group(item, extracted),
                _ => {}
            }
        }
        code.is_some() || extracted.rows.len() > before
    }

    /// Takes the errors of a mapping that is a group in a list.
    fn group(self, item: &'a Node, extracted: &mut Extracted) {
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

    /// Takes a mapping; whether it is one of errors or groups.
    fn map(self, entries: &'a [Entry], extracted: &mut Extracted) -> bool {
        let all: Vec<_> = entries.iter().collect();
        let own_status = entries.iter().find_map(|(key, node)| {
            let value = node.scalar().filter(|value| status(value).is_some());
            value.filter(|_| Field::of(key) == Field::Status)
        });
        let own = Self {
            status: own_status.or(self.status),
            ..self
        };
        if own.keyed(&all, extracted) {
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
            let is_about = |key: &str| kind::is_about(key) || Field::of(key).is_known();
            if (texts || numbers) && !entries.iter().all(|(key, _)| is_about(key)) {
                self.pairs(&scalars, numbers, extracted);
                return true;
            }
            let said = scalars
                .iter()
                .filter(|(_, _, value)| kind::says(value))
                .count();
            if said * 2 >= entries.len() && entries.iter().all(|(key, _)| kind::is_name(key)) {
                self.by_key(&all, &[], extracted);
                return true;
            }
        }
        let before = (extracted.rows.len(), extracted.lost.len());
        own.members(entries, extracted);
        before != (extracted.rows.len(), extracted.lost.len())
    }

    /// Takes the lists and mappings below the keys of a mapping.
    fn members(self, entries: &'a [Entry], extracted: &mut Extracted) {
        for (key, node) in entries {
            if node.scalar().is_none() && (!kind::is_about(key) || kind::holds_errors(node)) {
                self.into(key).node(node, extracted);
            }
        }
    }

    /// Takes the errors below the keys of an error.
    fn below(self, entries: &[&'a Entry], extracted: &mut Extracted) {
        for (key, node) in entries {
            let own = Self {
                status: None,
                ..self.into(key)
            };
            own.node(node, extracted);
        }
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
            self.record(node, Some(key), fields)
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

    fn records(
        self,
        nodes: impl Iterator<Item = (Option<&'a str>, &'a Node)>,
        extracted: &mut Extracted,
    ) -> List {
        let records = nodes.map(|(key, node)| {
            let mut fields = match node.value() {
                Value::Object(fields) => fields,
                _ => Map::new(),
            };
            // `not_found: { en: There is none, de: Es gibt keins }`
            if kind::has_languages(node) {
                let texts = std::mem::take(&mut fields);
                fields.insert("message".to_owned(), texts.into());
            }
            if let Kind::Parent(below) = kind::of(node) {
                for (key, _) in below {
                    fields.shift_remove(key);
                }
            }
            for name in kind::doubtful(node) {
                let what =
                    format!("`x-{name}` has the fields of an error: review whether it is one");
                extracted.undecided.push(Finding::new(&node.place(), what));
            }
            self.record(node, key, fields)
        });
        self.of(records.collect())
    }

    fn record(self, node: &Node, key: Option<&str>, mut fields: Map<String, Value>) -> Record {
        if let Some(status) = self.status
            && !fields.keys().any(|name| Field::of(name) == Field::Status)
        {
            fields.insert("status".to_owned(), status.clone());
        }
        Record {
            key: key.map(str::to_owned),
            group: self.group.map(str::to_owned),
            ..Record::new(node.place(), fields)
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

fn report<'a>(nodes: impl Iterator<Item = &'a Node>, extracted: &mut Extracted) {
    let lost = nodes.map(|node| {
        let what = "the entry is not described as the others are";
        Finding::new(&node.place(), what)
    });
    extracted.lost.extend(lost);
}
