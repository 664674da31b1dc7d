//! Values of several kinds: groups, external ids, and custom (`x-`) values.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use super::spanned::Spanned;

/// The section of a code, or the sections from the outermost one.
#[derive(Clone, Debug)]
pub(crate) enum GroupPath {
    One(String),
    Nested(Vec<Spanned<String>>),
}

impl GroupPath {
    /// The groups from the outermost one.
    pub(crate) fn names(&self) -> Vec<&str> {
        match self {
            Self::One(name) => vec![name],
            Self::Nested(list) => {
                let names = list.iter().filter_map(|entry| entry.value.as_deref());
                names.collect()
            }
        }
    }

    /// The path as the section `groups` writes it.
    pub(crate) fn joined(&self) -> String {
        self.names().join("/")
    }
}

impl<'de> Deserialize<'de> for GroupPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_tuple(1, GroupVisitor)
    }
}

struct GroupVisitor;

impl<'de> Visitor<'de> for GroupVisitor {
    type Value = GroupPath;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a group, or a list of names")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<GroupPath, E> {
        Ok(GroupPath::One(name.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<GroupPath, A::Error> {
        let mut names = Vec::new();
        while let Some(name) = list.next_element()? {
            names.push(name);
        }
        if names.is_empty() {
            return Err(de::Error::invalid_type(de::Unexpected::Seq, &self));
        }
        Ok(GroupPath::Nested(names))
    }
}

/// Whether the crate can be published, or where to.
#[derive(Clone, Debug)]
pub(crate) enum PublishAst {
    Anywhere(bool),
    Registries(Vec<Spanned<String>>),
}

impl<'de> Deserialize<'de> for PublishAst {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PublishVisitor)
    }
}

struct PublishVisitor;

impl<'de> Visitor<'de> for PublishVisitor {
    type Value = PublishAst;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("true, false, or a list of registries")
    }

    fn visit_bool<E: de::Error>(self, anywhere: bool) -> Result<PublishAst, E> {
        Ok(PublishAst::Anywhere(anywhere))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<PublishAst, A::Error> {
        let mut names = Vec::new();
        while let Some(name) = list.next_element()? {
            names.push(name);
        }
        Ok(PublishAst::Registries(names))
    }
}

impl JsonSchema for PublishAst {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Publish".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Whether the crate can be published, or the registries that it can be published to.",
            "anyOf": [
                { "type": "boolean" },
                { "type": "array", "items": { "type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_-]*$" } },
            ],
        })
    }
}

impl JsonSchema for GroupPath {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "GroupPath".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let name = generator.subschema_for::<GroupName>();
        json_schema!({
            "description": "The name of a group, or of the groups from the outermost one.",
            "anyOf": [name, { "type": "array", "minItems": 1, "items": name }],
        })
    }
}

/// The schema of the name of a group.
enum GroupName {}

impl JsonSchema for GroupName {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "GroupName".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "description": "The name of a group.", "type": "string", "minLength": 1 })
    }
}

/// An external id of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum IdText {
    Number(u64),
    Word(String),
}

impl<'de> Deserialize<'de> for IdText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = match ExtensionValue::deserialize(deserializer)? {
            ExtensionValue::Number(number) => number.as_u64().map(Self::Number),
            ExtensionValue::Text(text) if !text.trim().is_empty() => Some(Self::Word(text)),
            _ => None,
        };
        id.ok_or_else(|| {
            de::Error::invalid_type(
                de::Unexpected::Other("another kind"),
                &"a string or a whole number",
            )
        })
    }
}

impl JsonSchema for IdText {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A string or an integer.",
            "anyOf": [{ "type": "string", "minLength": 1 }, { "type": "integer", "minimum": 0 }],
        })
    }
}

/// The value of a custom (`x-`) key.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ExtensionValue {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<ExtensionValue>),
    Map(Vec<(String, ExtensionValue)>),
}

impl<'de> Deserialize<'de> for ExtensionValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ExtensionVisitor)
    }
}

struct ExtensionVisitor;

impl<'de> Visitor<'de> for ExtensionVisitor {
    type Value = ExtensionValue;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<ExtensionValue, E> {
        Ok(ExtensionValue::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<ExtensionValue, E> {
        Ok(ExtensionValue::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<ExtensionValue, E> {
        Ok(ExtensionValue::Number(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<ExtensionValue, E> {
        Ok(ExtensionValue::Number(value.into()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<ExtensionValue, E> {
        let number = Number::from_f64(value).ok_or_else(|| E::custom("not a number"))?;
        Ok(ExtensionValue::Number(number))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<ExtensionValue, E> {
        Ok(ExtensionValue::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<ExtensionValue, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(ExtensionValue::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ExtensionValue, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(ExtensionValue::Map(entries))
    }
}
