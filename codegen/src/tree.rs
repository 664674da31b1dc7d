//! Values of large documents, on their way to JSON and YAML.
//!
//! A document of 10,000 codes has half a million values. Most of its texts are those of the catalog, and nothing looks
//! its members up, so texts are borrowed, and members are a list without an index.

mod from_record;
mod json;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;
use std::rc::Rc;

use serde::ser::{Serialize, Serializer};
use serde_json::{Number, Value};

/// The members of an object, each name once.
pub(crate) type Members<'a> = Vec<(Cow<'a, str>, Tree<'a>)>;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree<'a> {
    Null,
    Bool(bool),
    Number(Number),
    Text(Cow<'a, str>),
    List(Vec<Tree<'a>>),
    Object(Members<'a>),
    /// A value that several documents contain, and that none of them changes.
    Shared(Rc<Shared<'a>>),
}

/// A value that is written as YAML once, however many documents contain it.
#[derive(Debug)]
pub(crate) struct Shared<'a> {
    pub(crate) tree: Tree<'a>,
    /// Its YAML, with the indentation that it has in the first document.
    pub(crate) yaml: OnceCell<(usize, String)>,
}

impl<'a> Tree<'a> {
    /// An object with these members.
    pub(crate) fn object<const N: usize>(members: [(&'static str, Tree<'a>); N]) -> Self {
        let members = members.into_iter();
        members
            .map(|(name, value)| (Cow::Borrowed(name), value))
            .collect()
    }

    /// The value, to be put into several documents.
    pub(crate) fn shared(self) -> Self {
        Self::Shared(Rc::new(Shared {
            tree: self,
            yaml: OnceCell::new(),
        }))
    }

    /// The value as JSON, on lines with two spaces of indentation.
    pub(crate) fn to_json(&self) -> String {
        let mut out = String::new();
        json::push(self, 0, &mut out);
        out
    }

    /// Appends the value as JSON on one line.
    pub(crate) fn push_line(&self, out: &mut String) {
        json::push_line(self, out);
    }

    /// The member with this name, if the value is an object that has it.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        let mut members = self.members().iter();
        let found = members.find(|(known, _)| known == name);
        found.map(|(_, value)| value)
    }

    /// The members, if the value is an object.
    pub(crate) fn members(&self) -> &[(Cow<'a, str>, Self)] {
        match self {
            Self::Object(members) => members,
            Self::Shared(shared) => shared.tree.members(),
            _ => &[],
        }
    }

    /// The member with this name, if the value is an object that has it and is not shared.
    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Self> {
        let Self::Object(members) = self else {
            return None;
        };
        let mut members = members.iter_mut();
        let found = members.find(|(known, _)| known == name);
        found.map(|(_, value)| value)
    }

    /// Replaces the member with this name, or adds it at the end.
    pub(crate) fn insert(&mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Self>) {
        let name = name.into();
        match (self.get_mut(&name), value.into()) {
            (Some(member), value) => *member = value,
            (None, value) => {
                if let Self::Object(members) = self {
                    members.push((name, value));
                }
            }
        }
    }

    /// Removes the member with this name.
    pub(crate) fn remove(&mut self, name: &str) -> Option<Self> {
        let Self::Object(members) = self else {
            return None;
        };
        let at = members.iter().position(|(known, _)| known == name)?;
        Some(members.remove(at).1)
    }

    /// The values of the members, to be changed; none of a shared value.
    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut Self> {
        let members = match self {
            Self::Object(members) => &mut members[..],
            _ => &mut [],
        };
        members.iter_mut().map(|(_, value)| value)
    }

    /// The text, if the value is one.
    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The elements, if the value is a list.
    pub(crate) fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }
}

/// JSON on one line.
impl fmt::Display for Tree<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut json = String::new();
        self.push_line(&mut json);
        formatter.write_str(&json)
    }
}

impl Serialize for Tree<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(flag) => serializer.serialize_bool(*flag),
            Self::Number(number) => number.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(members) => {
                serializer.collect_map(members.iter().map(|(name, value)| (name, value)))
            }
            Self::Shared(shared) => shared.tree.serialize(serializer),
        }
    }
}

impl<'a, N: Into<Cow<'a, str>>> FromIterator<(N, Tree<'a>)> for Tree<'a> {
    fn from_iter<I: IntoIterator<Item = (N, Tree<'a>)>>(members: I) -> Self {
        let members = members.into_iter();
        Self::Object(members.map(|(name, value)| (name.into(), value)).collect())
    }
}

impl<'a> FromIterator<Tree<'a>> for Tree<'a> {
    fn from_iter<I: IntoIterator<Item = Tree<'a>>>(items: I) -> Self {
        Self::List(items.into_iter().collect())
    }
}

impl<'a> From<&'a str> for Tree<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Tree<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Tree<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Tree<'_> {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

impl PartialEq for Shared<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.tree == other.tree
    }
}

impl From<usize> for Tree<'_> {
    fn from(number: usize) -> Self {
        Self::Number(number.into())
    }
}

impl From<u64> for Tree<'_> {
    fn from(number: u64) -> Self {
        Self::Number(number.into())
    }
}

impl From<i64> for Tree<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number.into())
    }
}

impl From<f64> for Tree<'_> {
    /// Numbers that JSON cannot write are null.
    fn from(number: f64) -> Self {
        Number::from_f64(number).map_or(Self::Null, Self::Number)
    }
}

impl<'a> From<&'a Value> for Tree<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(flag) => Self::Bool(*flag),
            Value::Number(number) => Self::Number(number.clone()),
            Value::String(text) => text.as_str().into(),
            Value::Array(items) => items.iter().map(Self::from).collect(),
            Value::Object(members) => {
                let members = members.iter();
                members
                    .map(|(name, value)| (name.as_str(), value.into()))
                    .collect()
            }
        }
    }
}

impl From<Value> for Tree<'_> {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(flag) => Self::Bool(flag),
            Value::Number(number) => Self::Number(number),
            Value::String(text) => text.into(),
            Value::Array(items) => items.into_iter().map(Self::from).collect(),
            Value::Object(members) => {
                let members = members.into_iter();
                members.map(|(name, value)| (name, value.into())).collect()
            }
        }
    }
}

impl From<Tree<'_>> for Value {
    fn from(tree: Tree<'_>) -> Self {
        match tree {
            Tree::Null => Self::Null,
            Tree::Bool(flag) => Self::Bool(flag),
            Tree::Number(number) => Self::Number(number),
            Tree::Text(text) => Self::String(text.into_owned()),
            Tree::List(items) => items.into_iter().map(Self::from).collect(),
            Tree::Object(members) => {
                let members = members.into_iter();
                members
                    .map(|(name, value)| (name.into_owned(), Self::from(value)))
                    .collect()
            }
            Tree::Shared(shared) => shared.tree.clone().into(),
        }
    }
}
