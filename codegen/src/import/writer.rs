//! Writes a draft: keys, values, and the comments above them.

use std::ops::Range;

use serde_json::{Map, Value};

use crate::unord_map::UnordMap;
use crate::yaml::write::formatted::{write_key, write_value};
use crate::yaml::write::is_printable;

/// A line of a mapping, or a comment above a line.
pub(super) enum Item {
    /// A comment of one line.
    Note(String),
    /// A key and its value.
    Member(String, Value),
    /// A key and the mapping below it, which may contain comments.
    Block(String, Vec<Item>),
}

impl Item {
    pub(super) fn member(key: &str, value: impl Into<Value>) -> Self {
        Self::Member(key.to_owned(), value.into())
    }

    /// A task about the next line.
    pub(super) fn todo(what: &str) -> Self {
        Self::Note(format!("TODO: {what}"))
    }
}

/// The members of a mapping, one per line.
pub(super) fn members(map: Map<String, Value>) -> impl Iterator<Item = Item> {
    map.into_iter().map(|(key, value)| Item::Member(key, value))
}

/// An operation of a draft.
pub(super) struct Operation {
    pub(super) id: String,
    pub(super) method: String,
    pub(super) path: String,
    /// What tells its requests from those of others with its method and path.
    pub(super) when: String,
    /// Its errors.
    pub(super) errors: Vec<Listed>,
}

/// An error of an operation.
pub(super) struct Listed {
    /// The wire name of the code.
    pub(super) code: String,
    /// What differs in the operation, as keys of the catalog language.
    pub(super) keys: Map<String, Value>,
}

impl Listed {
    /// The entry of the list: the name, or a mapping.
    fn entry(&self) -> Value {
        let name = Value::from(self.code.as_str());
        if self.keys.is_empty() {
            return name;
        }
        let code = [("code".to_owned(), name)].into_iter();
        code.chain(self.keys.clone()).collect()
    }
}

impl Operation {
    /// The method and the path, without the names of its parameters.
    pub(super) fn request(&self) -> String {
        let parts = self.path.split('{');
        let parts = parts.map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
        let parts: Vec<&str> = parts.collect();
        format!("{} {}", self.method, parts.join("{}"))
    }

    /// The section of operations, each with its errors.
    pub(super) fn items(operations: &[(&Self, Vec<Value>)]) -> Vec<Item> {
        let mut times: UnordMap<String, usize> = UnordMap::default();
        for (operation, _) in operations {
            *times.get_or_default(operation.request()) += 1;
        }
        let items = operations.iter().map(|(operation, errors)| {
            let is_shared = times
                .get(&operation.request())
                .is_some_and(|times| *times > 1);
            let when = is_shared.then(|| Item::member("when", operation.when.as_str()));
            let mut items = vec![
                Item::member("method", operation.method.as_str()),
                Item::member("path", operation.path.as_str()),
            ];
            items.extend(when);
            items.push(Item::member("errors", errors.clone()));
            Item::Block(operation.id.clone(), items)
        });
        items.collect()
    }
}

/// A whole catalog.
pub(super) struct Draft {
    /// The comments before the first key.
    pub(super) head: Vec<String>,
    /// The sections before the codes.
    pub(super) sections: Vec<Item>,
    /// The codes by their wire names.
    pub(super) codes: Vec<(String, Vec<Item>)>,
    /// The groups by their names; each is written if a code states it.
    pub(super) groups: Vec<(String, Vec<Item>)>,
    /// The operations; each is written with its errors that are among the codes.
    pub(super) operations: Vec<Operation>,
    /// The section `lint`, where there is one.
    pub(super) lint: Vec<Item>,
}

impl Draft {
    /// The text, and the bytes of each code in it.
    pub(super) fn text(&self) -> (String, Vec<Range<usize>>) {
        let mut out = String::new();
        for line in &self.head {
            push_note(line, 0, &mut out);
        }
        for (position, section) in self.sections.iter().enumerate() {
            if position > 1 {
                out.push('\n');
            }
            write_item(section, 0, &mut out);
        }
        out.push_str("\ncodes:\n");
        let mut places = Vec::with_capacity(self.codes.len());
        for (wire, items) in &self.codes {
            let start = out.len();
            write_key(wire, 2, &mut out);
            out.push('\n');
            for item in items {
                write_item(item, 4, &mut out);
            }
            places.push(start..out.len());
        }
        self.write_groups(&mut out);
        self.write_operations(&mut out);
        if !self.lint.is_empty() {
            out.push_str("\nlint:\n");
            for item in &self.lint {
                write_item(item, 2, &mut out);
            }
        }
        (out, places)
    }

    fn write_groups(&self, out: &mut String) {
        let mut stated: UnordMap<&str, ()> = UnordMap::default();
        for item in self.codes.iter().flat_map(|(_, items)| items) {
            if let Item::Member(key, Value::String(name)) = item
                && key == "group"
            {
                stated.insert(name, ());
            }
        }
        let groups = self.groups.iter();
        let mut groups = groups
            .filter(|(name, _)| stated.get(name.as_str()).is_some())
            .peekable();
        if groups.peek().is_some() {
            out.push_str("\ngroups:\n");
        }
        for (name, items) in groups {
            write_key(name, 2, out);
            out.push('\n');
            for item in items {
                write_item(item, 4, out);
            }
        }
    }

    fn write_operations(&self, out: &mut String) {
        if self.operations.is_empty() {
            return;
        }
        let mut known: UnordMap<&str, ()> = UnordMap::default();
        for (wire, _) in &self.codes {
            known.insert(wire, ());
        }
        let operations = self.operations.iter().map(|operation| {
            let errors = operation.errors.iter();
            let errors = errors.filter(|error| known.get(error.code.as_str()).is_some());
            (operation, errors.map(Listed::entry).collect::<Vec<Value>>())
        });
        let operations: Vec<_> = operations
            .filter(|(_, errors)| !errors.is_empty())
            .collect();
        if !operations.is_empty() {
            out.push_str("\noperations:\n");
        }
        for item in Operation::items(&operations) {
            write_item(&item, 2, out);
        }
    }
}

fn write_item(item: &Item, indent: usize, out: &mut String) {
    match item {
        Item::Note(text) => push_note(text, indent, out),
        Item::Member(key, value) => {
            write_key(key, indent, out);
            write_value(value, indent + 2, out);
        }
        Item::Block(key, items) => {
            write_key(key, indent, out);
            out.push('\n');
            for item in items {
                write_item(item, indent + 2, out);
            }
        }
    }
}

/// Writes a comment on one line, even if a name of the source contains line breaks.
fn push_note(text: &str, indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
    out.push('#');
    let text: String = text.chars().filter(|c| is_printable(*c)).collect();
    let text = text.trim_end();
    if !text.is_empty() {
        out.push(' ');
        out.push_str(text);
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_above_their_lines_and_codes_have_places() {
        let draft = Draft {
            head: vec!["head".to_owned()],
            sections: vec![
                Item::member("version", 1),
                Item::Block("api".to_owned(), vec![Item::member("title", "A: b")]),
                Item::Block("types".to_owned(), vec![]),
            ],
            codes: vec![(
                "404".to_owned(),
                vec![Item::todo("a\nb"), Item::member("type", "t")],
            )],
            groups: Vec::new(),
            operations: Vec::new(),
            lint: vec![Item::member("allow", Value::Array(vec![]))],
        };
        let (text, places) = draft.text();
        assert_eq!(
            text,
            "# head\nversion: 1\napi:\n  title: \"A: b\"\n\ntypes:\n\ncodes:\n  \"404\":\n    # TODO: ab\n    \
             type: t\n\nlint:\n  allow: []\n"
        );
        assert!(text[places[0].clone()].starts_with("  \"404\""));
    }
}
