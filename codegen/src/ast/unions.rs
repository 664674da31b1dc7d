//! Values of several kinds: groups and external ids.

use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, SeqAccess, Visitor};
use serde_json::Value;

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

/// An external id of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum IdText {
    Number(u64),
    Word(String),
}

impl<'de> Deserialize<'de> for IdText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = match Value::deserialize(deserializer)? {
            Value::Number(number) => number.as_u64().map(Self::Number),
            Value::String(text) if !text.trim().is_empty() => Some(Self::Word(text)),
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
