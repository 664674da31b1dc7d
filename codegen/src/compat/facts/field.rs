//! How entries are put together: what is empty is left out.

use crate::compat::entry::{Entry, Kind, Value};

/// The fields of an entry, or of a value that has some.
pub(super) struct Fields {
    kind: Kind,
    name: String,
    values: Vec<(&'static str, Value)>,
}

impl Fields {
    pub(super) fn new(kind: Kind, name: &str) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            values: Vec::new(),
        }
    }

    /// Fields that become a value.
    pub(super) fn map() -> Self {
        Self::new(Kind::Api, "")
    }

    /// A field whose value may be a list or a mapping, which is left out where it is empty.
    pub(super) fn put(mut self, field: &'static str, value: Value) -> Self {
        let is_empty = match &value {
            Value::List(items) => items.is_empty(),
            Value::Map(members) => members.is_empty(),
            Value::Text(text) => text.is_empty(),
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        };
        if !is_empty {
            self.values.push((field, value));
        }
        self
    }

    pub(super) fn text(self, field: &'static str, value: &str) -> Self {
        self.put(field, text(value))
    }

    pub(super) fn optional(self, field: &'static str, value: Option<&String>) -> Self {
        match value {
            Some(value) => self.text(field, value),
            None => self,
        }
    }

    pub(super) fn list(self, field: &'static str, items: impl Iterator<Item = Value>) -> Self {
        self.put(field, Value::List(items.collect()))
    }

    pub(super) fn entry(self) -> Entry {
        Entry {
            kind: self.kind,
            name: self.name,
            fields: self.values,
        }
    }

    pub(super) fn value(self) -> Value {
        let fields = self.values.into_iter();
        Value::Map(
            fields
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        )
    }
}

pub(super) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

pub(super) fn number(number: impl Into<u64>) -> Value {
    Value::Number(number.into())
}

/// Names whose order says nothing.
pub(super) fn names<'a>(names: impl Iterator<Item = &'a str>) -> Value {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    Value::List(names.into_iter().map(text).collect())
}
