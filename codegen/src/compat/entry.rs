//! What a catalog promises, as names and values: the form in which two catalogs are compared.

use crate::catalog::{Audience, Extension};

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// What the API is called.
    Api,
    /// The body of error responses.
    Envelope,
    /// The prose on request ids.
    ErrorIds,
    /// What may be tried again, and how.
    Retry,
    /// What the OpenAPI document promises.
    OpenApi,
    /// What is answered in place of a bare status.
    Framework,
    /// Something that the API can be asked to do.
    Operation,
    /// An error type.
    Type,
    /// An error code.
    Code,
    /// An argument of a code.
    Argument,
    /// A code that is sent no more.
    Retired,
}

impl Kind {
    /// All kinds, in the order of the lock.
    pub const ALL: [Self; 11] = [
        Self::Api,
        Self::Envelope,
        Self::ErrorIds,
        Self::Retry,
        Self::OpenApi,
        Self::Framework,
        Self::Operation,
        Self::Type,
        Self::Code,
        Self::Argument,
        Self::Retired,
    ];

    /// The section of the catalog and of the lock; of an argument the key of its code.
    #[must_use]
    pub const fn section(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Envelope => "envelope",
            Self::ErrorIds => "error_ids",
            Self::Retry => "retry",
            Self::OpenApi => "openapi",
            Self::Framework => "framework",
            Self::Operation => "operations",
            Self::Type => "types",
            Self::Code => "codes",
            Self::Argument => "args",
            Self::Retired => "retired",
        }
    }

    /// The place of the kind where changes are told: codes first, which most readers look for.
    pub(crate) const fn rank(self) -> u8 {
        match self {
            Self::Code | Self::Argument => 0,
            Self::Retired => 1,
            Self::Type => 2,
            Self::Operation => 3,
            Self::Framework => 4,
            Self::Envelope => 5,
            Self::Retry => 6,
            Self::OpenApi => 7,
            Self::Api => 8,
            Self::ErrorIds => 9,
        }
    }

    /// Whether there is one entry of the kind, which has no name.
    #[must_use]
    pub const fn is_single(self) -> bool {
        matches!(
            self,
            Self::Api | Self::Envelope | Self::ErrorIds | Self::Retry | Self::OpenApi
        )
    }
}

/// A value of a field.
pub(crate) type Value = Extension;

/// A named part of a catalog, with what it promises.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) kind: Kind,
    /// Its name; empty where there is one of its kind.
    pub(crate) name: String,
    /// What is not left open, by the names of the table.
    pub(crate) fields: Vec<(&'static str, Value)>,
}

impl Entry {
    pub(crate) fn get(&self, field: &str) -> Option<&Value> {
        let mut fields = self.fields.iter();
        fields.find_map(|(name, value)| (*name == field).then_some(value))
    }

    /// By what entries are sorted.
    pub(crate) fn key(&self) -> (Kind, &str) {
        (self.kind, &self.name)
    }

    /// The text of a field; empty where it has none.
    pub(crate) fn text(&self, field: &str) -> &str {
        match self.get(field) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    /// Whether it is a code, or was one, that nobody outside may know of.
    pub(crate) fn is_internal(&self) -> bool {
        self.text("audience") == Audience::Internal.as_str()
    }

    /// The texts of a field that lists some.
    pub(crate) fn texts(&self, field: &str) -> impl Iterator<Item = &str> {
        let items = match self.get(field) {
            Some(Value::List(items)) => items.as_slice(),
            _ => &[],
        };
        items.iter().filter_map(|item| match item {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// The names of the pages of a code: its own, and the former ones.
    pub(crate) fn pages(&self) -> impl Iterator<Item = &str> {
        let own = Some(self.text("slug")).filter(|slug| !slug.is_empty());
        own.into_iter().chain(self.texts("aliases"))
    }
}

/// The value as a person reads it in a sentence, between backticks.
pub(crate) fn shown(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(shown).collect();
            items.join(", ")
        }
        Value::Map(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|(key, value)| format!("{key}: {}", shown(value)))
                .collect();
            members.join(", ")
        }
    }
}
