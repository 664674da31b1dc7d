//! The shape of error bodies: a tree of JSON with slots, which the errors fill.

use std::borrow::Cow;
use std::fmt;

use heck::ToShoutySnakeCase;

use super::{Names, Status};

/// The form of the bodies of a style.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// The name of the style, such as `openai`.
    pub name: String,
    /// The name of its variant in the generated crate.
    pub variant: String,
    /// The media type of a body.
    pub content_type: String,
    /// The body.
    pub body: Node,
    /// The event that ends a stream.
    pub event: ShapeEvent,
    /// The names of types in this shape, by status. A status wins over its family.
    pub types: Vec<(StatusClass, String)>,
    /// The names of types that clients of the shape know besides those of `types`; if both are empty, any name is
    /// known.
    pub known_types: Vec<String>,
    /// The form of the names of codes.
    pub codes: CodeCase,
}

/// A server-sent event.
#[derive(Clone, Debug, PartialEq)]
pub struct ShapeEvent {
    /// The name of the event; without one, it has no line `event:`.
    pub name: Option<String>,
    /// Its data: one line of JSON.
    pub data: Node,
}

impl ShapeEvent {
    /// The name of an event unless a shape states another.
    pub const NAME: &'static str = "error";

    /// The name that readers give an event without a line `event:`.
    ///
    /// Source: the HTML standard, section 9.2.6 "Interpreting an event stream".
    pub const NAMELESS: &'static str = "message";
}

/// A status, or all statuses with the same first digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatusClass {
    /// One status.
    Status(Status),
    /// A family: 4 or 5.
    Family(u8),
}

impl From<Status> for StatusClass {
    fn from(status: Status) -> Self {
        Self::Status(status)
    }
}

impl StatusClass {
    /// 4 for errors of the client, 5 for those of the server.
    #[must_use]
    pub const fn class(self) -> u8 {
        match self {
            Self::Status(status) => status.class(),
            Self::Family(family) => family,
        }
    }
}

impl fmt::Display for StatusClass {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(formatter, "{status}"),
            Self::Family(family) => write!(formatter, "{family}xx"),
        }
    }
}

/// The form of the names of codes in a shape, unless a code states its name there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CodeCase {
    /// The wire name.
    #[default]
    Wire,
    /// The wire name in the form `UPPER_SNAKE_CASE`.
    UpperSnake,
}

/// A value in a shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// An object.
    Object(Object),
    /// A list.
    List(Vec<Node>),
    /// A null, boolean, number or string.
    Constant(serde_json::Value),
    /// The value of a slot.
    Slot(Filled),
    /// A string that contains values of slots. It is left out if one of them is missing.
    Text(Vec<Piece>),
}

/// An object in a shape.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    /// The name of its schema in OpenAPI; without one, the schema is written in place.
    pub schema: Option<String>,
    /// When the object exists.
    pub exists: Exists,
    /// The members, in the order of the wire, with distinct names.
    pub members: Vec<(String, Node)>,
}

/// When an object exists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Exists {
    /// Always.
    #[default]
    Always,
    /// If one of the slots has a value.
    If(Vec<Slot>),
    /// Once for each fault of the error, as elements of a list. Its slots `param`, `code` and `message` are those of the
    /// fault.
    Each,
}

/// A slot as a value, and what is written if it has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The slot.
    pub slot: Slot,
    /// What is written without a value.
    pub missing: Missing,
}

/// What is written for a slot without a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Null.
    Null,
    /// Nothing: the member or element is left out.
    Omit,
    /// This string.
    Text(String),
}

/// A part of a string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Characters.
    Text(String),
    /// The value of a slot, as characters.
    Slot(Slot),
}

impl Piece {
    /// The slot, unless the part is characters.
    #[must_use]
    pub const fn slot(&self) -> Option<Slot> {
        match self {
            Self::Slot(slot) => Some(*slot),
            Self::Text(_) => None,
        }
    }
}

macro_rules! slots {
    ($($(#[doc = $doc:literal])+ $name:ident = $word:literal,)+) => {
        /// A value that an error fills in.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Slot {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Slot {
            /// All slots.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The name in a catalog.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }

            /// The description in a catalog's documentation.
            #[must_use]
            pub const fn description(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),+),)+ }
            }
        }
    };
}

slots! {
    /// The code: a string, or an integer if the codes of the API are integers.
    Code = "code",
    /// The type.
    Type = "type",
    /// What happened, for people.
    Message = "message",
    /// The meaning of the code; the reason phrase of the status if the error has no code.
    Title = "title",
    /// The fix of the code.
    Fix = "fix",
    /// The HTTP status.
    Status = "status",
    /// The request field that caused the error.
    Param = "param",
    /// The request id.
    RequestId = "request_id",
    /// The page of the code.
    DocUrl = "doc_url",
    /// Whether sending the same request again can help.
    Retryable = "retryable",
    /// How long to wait before a retry, in whole seconds.
    RetryAfter = "retry_after",
    /// What identifies this occurrence: a URI reference.
    Instance = "instance",
    /// The arguments of the code, as an object.
    Details = "details",
    /// The faults of the error, as a list of objects with `param`, `code` and `message`.
    Errors = "errors",
    /// The version of the catalog.
    Version = "version",
    /// The host of the documentation, which identifies the API.
    Domain = "domain",
}

impl Slot {
    /// The slot with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|slot| slot.as_str() == name)
    }

    /// Whether every error has a value.
    #[must_use]
    pub const fn is_always_there(self) -> bool {
        matches!(
            self,
            Self::Type
                | Self::Message
                | Self::Title
                | Self::Status
                | Self::Retryable
                | Self::Version
                | Self::Domain
        )
    }
}

impl Shape {
    /// The value of the slot `type` for errors with this type and this status: the name that the type states for the
    /// shape, else that of the status, else the wire name.
    #[must_use]
    pub fn type_name<'a>(&'a self, error_type: &'a Names, status: Status) -> &'a str {
        let stated = error_type.stated_in(&self.name);
        let by_default = || self.type_by_status(status);
        stated.or_else(by_default).unwrap_or(&error_type.wire)
    }

    /// The value of the slot `type` for errors with this code. In a shape that does not write codes, the name that the
    /// code states is that of its type.
    #[must_use]
    pub fn type_of_code<'a>(
        &'a self,
        code: &'a Names,
        error_type: &'a Names,
        status: Status,
    ) -> &'a str {
        self.stated_type(code)
            .unwrap_or_else(|| self.type_name(error_type, status))
    }

    /// The value of the slot `type` that the code states itself.
    #[must_use]
    pub fn stated_type<'a>(&self, code: &'a Names) -> Option<&'a str> {
        let stated = code.stated_in(&self.name);
        stated.filter(|_| !self.writes(Slot::Code))
    }

    /// Whether bodies or events of the shape contain a slot.
    #[must_use]
    pub fn writes(&self, slot: Slot) -> bool {
        let mut slots = Vec::new();
        self.body.slots(&mut slots);
        self.event.data.slots(&mut slots);
        slots.contains(&slot)
    }

    /// The value of the slot `code`: the name that the code states for the shape, else its wire name without the namespace,
    /// in the form of the shape.
    #[must_use]
    pub fn code_name<'a>(&self, code: &'a Names) -> Cow<'a, str> {
        match (code.stated_in(&self.name), self.codes) {
            (Some(name), _) => Cow::Borrowed(name),
            (None, CodeCase::Wire) => Cow::Borrowed(code.sent()),
            (None, CodeCase::UpperSnake) => Cow::Owned(upper_snake(code.sent())),
        }
    }

    /// The types that clients of the shape know, each once, by name; none if they know any.
    #[must_use]
    pub fn known_type_names(&self) -> Vec<&str> {
        let by_status = self.types.iter().map(|(_, name)| name);
        let names = by_status.chain(&self.known_types);
        let mut names: Vec<&str> = names.map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The name of a type in this shape for errors with a status, unless the type states one.
    #[must_use]
    pub fn type_by_status(&self, status: Status) -> Option<&str> {
        let find = |wanted| {
            let mut rows = self.types.iter();
            rows.find_map(|(class, name)| (*class == wanted).then_some(name.as_str()))
        };
        find(StatusClass::Status(status)).or_else(|| find(StatusClass::Family(status.class())))
    }
}

/// A wire name in the form `UPPER_SNAKE_CASE`; as it is if it has no letter or digit.
fn upper_snake(wire: &str) -> String {
    let name = wire.to_shouty_snake_case();
    if name.is_empty() {
        wire.to_owned()
    } else {
        name
    }
}

impl Shape {
    /// Whether bodies have a place for the faults of an error.
    #[must_use]
    pub fn has_faults(&self) -> bool {
        self.body.has_faults()
    }
}

impl Node {
    fn has_faults(&self) -> bool {
        match self {
            Self::Object(object) => {
                let mut members = object.members.iter();
                object.exists == Exists::Each || members.any(|(_, node)| node.has_faults())
            }
            Self::List(nodes) => nodes.iter().any(Self::has_faults),
            Self::Slot(filled) => filled.slot == Slot::Errors,
            Self::Constant(_) | Self::Text(_) => false,
        }
    }

    /// Adds the slots of a value, in the order of the wire. Those of the faults of an error are left out.
    pub fn slots(&self, found: &mut Vec<Slot>) {
        match self {
            Self::Object(object) if object.exists == Exists::Each => {}
            Self::Object(object) => object
                .members
                .iter()
                .for_each(|(_, node)| node.slots(found)),
            Self::List(nodes) => nodes.iter().for_each(|node| node.slots(found)),
            Self::Constant(_) => {}
            Self::Slot(filled) => found.push(filled.slot),
            Self::Text(pieces) => {
                found.extend(pieces.iter().filter_map(Piece::slot));
            }
        }
    }
}

#[cfg(test)]
mod tests;
