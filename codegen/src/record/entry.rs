//! Entries: named records, in the form in which two catalogs are compared.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::Members;
use crate::catalog::{Audience, derive_variant};

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The API itself.
    Api,
    /// The body of error responses.
    Envelope,
    /// The prose on request ids.
    ErrorIds,
    /// Retrying.
    Retry,
    /// The OpenAPI document.
    OpenApi,
    /// A bare status of the framework.
    Framework,
    /// An operation.
    Operation,
    /// An error type.
    Type,
    /// An error code.
    Code,
    /// An argument of a code.
    Argument,
    /// A retired code.
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

    /// The kind that it shares its names with: a retired code is a code.
    pub(crate) const fn namespace(self) -> Self {
        match self {
            Self::Retired => Self::Code,
            other => other,
        }
    }

    /// The order of kinds in lists of changes: codes first.
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

/// A named part of a catalog, with what it promises.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) kind: Kind,
    /// Its name; empty where there is one of its kind.
    pub(crate) name: String,
    /// The members of its record that are compared and not empty, in the order of the policy.
    pub(crate) fields: Members,
}

impl Entry {
    pub(crate) fn get(&self, field: &str) -> Option<&Value> {
        self.fields.get(field)
    }

    /// By what entries are sorted.
    pub(crate) fn key(&self) -> (Kind, &str) {
        (self.kind, &self.name)
    }

    /// The string of a field; empty where it has none.
    pub(crate) fn text(&self, field: &str) -> &str {
        self.get(field).and_then(Value::as_str).unwrap_or_default()
    }

    /// Whether it is an internal code, or was one.
    pub(crate) fn is_internal(&self) -> bool {
        self.text("audience") == Audience::Internal.as_str()
    }

    /// The strings of a field that lists some.
    pub(crate) fn texts(&self, field: &str) -> impl Iterator<Item = &str> {
        items(self.get(field)).iter().filter_map(Value::as_str)
    }

    /// Its Rust name by default, if its kind has one.
    pub(crate) fn default_rust_name(&self) -> Option<String> {
        let end = match self.kind {
            Kind::Code | Kind::Retired | Kind::Type => "",
            Kind::Operation => "Error",
            _ => return None,
        };
        let variant = derive_variant(&self.name);
        Some(variant.nfc().chain(end.chars()).collect())
    }

    /// The names of its enum, of its variant or of its struct in Rust: its own, and the former ones.
    pub(crate) fn rust_names(&self) -> impl Iterator<Item = &str> {
        let own = Some(self.text("rust")).filter(|name| !name.is_empty());
        own.into_iter().chain(self.texts("rust_aliases"))
    }

    /// The arguments of a code, each with its kind.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = (&str, &str)> {
        let arguments = self.get("args").and_then(Value::as_object);
        let arguments = arguments.into_iter().flatten();
        arguments.map(|(name, argument)| {
            let kind = argument["kind"].as_str().unwrap_or_default();
            (name.as_str(), kind)
        })
    }

    /// The kind of the argument with this name.
    pub(crate) fn argument(&self, name: &str) -> Option<&str> {
        self.get("args")?.get(name)?.get("kind")?.as_str()
    }

    /// The names of the pages of a code: its own, and the former ones.
    pub(crate) fn pages(&self) -> impl Iterator<Item = &str> {
        let own = Some(self.text("slug")).filter(|slug| !slug.is_empty());
        own.into_iter().chain(self.texts("aliases"))
    }
}

/// The items of a list; none of any other value.
pub(crate) fn items(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The value as a sentence shows it, between backticks.
pub(crate) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(shown).collect();
            items.join(", ")
        }
        Value::Object(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|(key, value)| format!("{key}: {}", shown(value)))
                .collect();
            members.join(", ")
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}
