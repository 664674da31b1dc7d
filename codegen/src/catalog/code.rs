//! Error codes.

#[path = "../../runtime/src/runtime/header_value.rs"]
mod header_value;

use core::fmt;
use std::borrow::Cow;

#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::{
    Argument, ArgumentKind, Audience, CodeId, CodeStatus, Deprecation, Description, Event, Link,
    Names, RetryRule, Template, TypeId,
};

/// A group of codes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Group {
    /// Its name in the catalog, without those of the groups around it.
    pub name: String,
    /// The heading of its section in the docs.
    pub title: String,
}

/// An error code.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// Its names.
    pub names: Names,
    /// Its type.
    pub error_type: TypeId,
    /// Its HTTP status.
    pub status: CodeStatus,
    /// The message.
    pub message: Template,
    /// The message of an error without arguments: the message if it has no placeholders, else the
    /// meaning.
    pub plain_message: String,
    /// The message with the example of each argument filled in.
    pub example_message: String,
    /// The arguments of the message, in the order of the file.
    pub arguments: Vec<Argument>,
    /// The request field it usually names.
    pub param: Option<String>,
    /// What went wrong; empty only where the catalog allows it.
    pub meaning: String,
    /// The meaning in the table of types, where it differs and the code has a row there.
    pub type_row: Option<String>,
    /// What to do; empty only where the catalog allows it.
    pub fix: String,
    /// The long description.
    pub description: Option<Description>,
    /// Its lists of texts.
    pub lists: Lists,
    /// The audience.
    pub audience: Audience,
    /// Headers that every response with the code carries.
    pub headers: Vec<Header>,
    /// Its external ids by system, in the order of the file.
    pub ids: Vec<(String, Id)>,
    /// Its group, behind those around it, the outermost one first.
    pub group: Vec<Group>,
    /// Whether to try again.
    pub retry: RetryRule,
    /// The version of the API that introduced it.
    pub since: Option<String>,
    /// Its deprecation.
    pub deprecated: Option<Deprecation>,
    /// The changes of each release, from its first; empty until it is released.
    pub history: Vec<Event>,
    /// The former names of its page, which redirect to it.
    pub aliases: Vec<String>,
    /// Further reading.
    pub see: Vec<Link>,
    /// The address of its page.
    pub doc_url: String,
    /// Its parent: the code whose message begins its own message.
    pub parent: Option<CodeId>,
    /// Its children, in the order of the catalog.
    pub children: Vec<CodeId>,
    /// The positions of the operations that can fail with it, ascending.
    pub operations: Vec<usize>,
    /// Custom (`x-`) keys, in the order of the file.
    pub extensions: Map<String, Value>,
}

impl Code {
    /// The value of one of its headers in the notation of the catalog.
    #[must_use]
    pub fn header_text(&self, header: &Header) -> String {
        header
            .value
            .encode(|position| &self.arguments[position].name)
    }

    /// The value of one of its headers, with the example of each argument.
    #[must_use]
    pub fn header_example(&self, header: &Header) -> String {
        let value = header.value.fill(|position| {
            let mut shown = String::new();
            header_value::push_argument(&self.arguments[position].shown(), &mut shown);
            shown
        });
        value.trim_matches(' ').to_owned()
    }

    /// What outputs show as the meaning: the meaning, or the template of the message if there is none.
    #[must_use]
    pub fn summary(&self) -> Cow<'_, str> {
        if !self.meaning.is_empty() {
            return Cow::Borrowed(&self.meaning);
        }
        let placeholder = |position: usize| format!("{{{}}}", self.arguments[position].name);
        Cow::Owned(self.message.fill(placeholder))
    }

    /// Whether one of its arguments is a moment: then they need the date crate.
    #[must_use]
    pub fn has_timestamp(&self) -> bool {
        let mut arguments = self.arguments.iter();
        arguments.any(|argument| argument.kind() == ArgumentKind::Timestamp)
    }
}

/// The lists of texts of a code. Serialised, they are members of its record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct Lists {
    /// The usual causes, one line each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<String>,
    /// Further fixes, one line each, besides `fix`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fixes: Vec<String>,
}

/// A header of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its name, in lower case.
    pub name: String,
    /// Its value: visible ASCII characters, spaces and arguments.
    pub value: Template,
}

/// An external id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Id {
    /// A whole number.
    Number(u64),
    /// A word.
    Word(String),
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(formatter),
            Self::Word(word) => formatter.write_str(word),
        }
    }
}
