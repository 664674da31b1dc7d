//! The shapes of error bodies: trees with slots.

use std::fmt;

#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use super::spanned::{Entries, Spanned};

/// The name under which [`ByStatus`] asks the decoder for a mapping whose keys may be numbers without quotes. No catalog
/// can contain it.
pub(super) const BY_STATUS: &str = "$by-status";

/// The shape of the bodies of a style.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Shape"))]
pub(crate) struct ShapeAst {
    /// The variant of the style in the generated crate. Default: the name in upper camel case.
    pub(crate) rust: Option<Spanned<String>>,
    /// The media type of a body. Default: `application/json`.
    pub(crate) content_type: Option<Spanned<String>>,
    /// The body: an object in which strings such as `$message` are slots.
    pub(crate) body: Spanned<TreeAst>,
    /// The event that ends a stream.
    pub(crate) event: Option<Spanned<EventAst>>,
    /// The name of the slot `type` by status, such as 404, or by family, such as 4xx, unless the type states one in
    /// `names`.
    pub(crate) types: Option<Spanned<ByStatus>>,
    /// Further names of types that clients of the shape know.
    pub(crate) known_types: Option<Spanned<Vec<Spanned<String>>>>,
    /// The form of the slot `code`, unless the code states its name in `names`: the wire name, or upper snake case.
    /// Default: `wire`.
    pub(crate) codes: Option<Spanned<CodeCaseAst>>,
}

/// The event that ends a stream.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Event"))]
pub(crate) struct EventAst {
    /// The name of the event. `message` is the name of an event without a line `event:`. Default: `error`.
    pub(crate) name: Option<Spanned<String>>,
    /// The data, as in `body`; `$body` is the body. Default: `$body`.
    pub(crate) data: Option<Spanned<TreeAst>>,
}

/// The form of the names of codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "CodeCase"))]
pub(crate) enum CodeCaseAst {
    /// The wire name.
    #[serde(rename = "wire")]
    Wire,
    /// Upper snake case, such as `NOT_FOUND`.
    #[serde(rename = "upper_snake")]
    UpperSnake,
}

/// Names by status or family.
#[derive(Clone, Debug)]
pub(crate) struct ByStatus(pub(crate) Vec<(String, Spanned<String>)>);

impl<'de> Deserialize<'de> for ByStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(BY_STATUS, ByStatusVisitor)
    }
}

struct ByStatusVisitor;

impl<'de> Visitor<'de> for ByStatusVisitor {
    type Value = ByStatus;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a mapping")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ByStatus, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(ByStatus(entries))
    }
}

/// The names of a type or code in other shapes, by style.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct NamesAst(pub(crate) Entries<String>);

/// A value in a shape.
#[derive(Clone, Debug)]
pub(crate) enum TreeAst {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Spanned<TreeAst>>),
    Map(Vec<(String, Spanned<TreeAst>)>),
}

impl<'de> Deserialize<'de> for TreeAst {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = TreeAst;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value of a body")
    }

    fn visit_unit<E>(self) -> Result<TreeAst, E> {
        Ok(TreeAst::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<TreeAst, E> {
        Ok(TreeAst::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<TreeAst, E> {
        Ok(TreeAst::Number(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<TreeAst, E> {
        Ok(TreeAst::Number(value.into()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<TreeAst, E> {
        let number = Number::from_f64(value).ok_or_else(|| E::custom("not a number"))?;
        Ok(TreeAst::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<TreeAst, E> {
        Ok(TreeAst::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<TreeAst, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(TreeAst::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<TreeAst, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(TreeAst::Map(entries))
    }
}
