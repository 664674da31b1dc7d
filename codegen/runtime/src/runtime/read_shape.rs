//! The values of slots in JSON.

use std::borrow::Cow;

use serde_json::{Map, Number, Value};

use crate::catalog::shapes::SHAPES;
use crate::runtime::shape::{Kind, Place, Shape, Slot, Step};
use crate::{ErrorCode, MaybeKnown};

/// A value of JSON.
pub(crate) trait Json: Sized {
    fn member(&self, name: &str) -> Option<&Self>;

    /// The elements of a list.
    fn list(&self) -> Option<&[Self]>;

    fn elements(&self) -> &[Self] {
        self.list().unwrap_or_default()
    }

    /// Whether `has` is true for the names of all members.
    fn members(&self, has: &mut dyn FnMut(&str) -> bool) -> bool;

    fn scalar(&self) -> Scalar<'_>;
}

/// A value without what is inside.
pub(crate) enum Scalar<'a> {
    Null,
    Bool(bool),
    Number(&'a Number),
    Text(&'a str),
    Object,
    List,
}

impl Json for Value {
    fn member(&self, name: &str) -> Option<&Self> {
        self.get(name)
    }

    fn list(&self) -> Option<&[Self]> {
        self.as_array().map(Vec::as_slice)
    }

    fn members(&self, has: &mut dyn FnMut(&str) -> bool) -> bool {
        let mut members = self.as_object().into_iter().flat_map(Map::keys);
        members.all(|name| has(name))
    }

    fn scalar(&self) -> Scalar<'_> {
        match self {
            Self::Null => Scalar::Null,
            Self::Bool(value) => Scalar::Bool(*value),
            Self::Number(number) => Scalar::Number(number),
            Self::String(text) => Scalar::Text(text),
            Self::Array(_) => Scalar::List,
            Self::Object(_) => Scalar::Object,
        }
    }
}

/// A body of JSON.
pub(crate) trait Body {
    type Json: Json;

    fn top(&self, name: &str) -> Option<&Self::Json>;
}

impl Body for Map<String, Value> {
    type Json = Value;

    fn top(&self, name: &str) -> Option<&Value> {
        self.get(name)
    }
}

/// The value at the end of a path.
pub(crate) fn find<'b, B: Body>(body: &'b B, path: &[Step]) -> Option<&'b B::Json> {
    let (Step::Member(top), rest) = path.split_first()? else {
        return None;
    };
    at_path(body.top(top)?, rest)
}

/// The value at the end of a path in a value.
pub(crate) fn at_path<'j, J: Json>(value: &'j J, path: &[Step]) -> Option<&'j J> {
    path.iter().try_fold(value, |value, step| match step {
        Step::Member(name) => value.member(name),
        Step::At(position) => value.elements().get(*position),
        Step::With(name, text) => value.elements().iter().find(|element| {
            let found = element.member(name).map(Json::scalar);
            matches!(found, Some(Scalar::Text(found)) if found == *text)
        }),
    })
}

/// What a body contains at a place.
pub(crate) enum Filled<'j, J> {
    Text(&'j str),
    Number(&'j Number),
    /// A number, as it is written.
    Digits(&'j str),
    Bool(bool),
    Object(&'j J),
    Null,
}

impl<'j, J> Filled<'j, J> {
    /// A whole number.
    pub(crate) fn integer(&self) -> Option<u64> {
        match self {
            Self::Number(number) => number.as_u64(),
            Self::Digits(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    pub(crate) fn text(&self) -> Option<&'j str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Place {
    /// The value at the place; `None` if it is missing or of a wrong type.
    pub(crate) fn value<'b, B: Body>(&self, body: &'b B) -> Option<Filled<'b, B::Json>> {
        let value = find(body, self.path)?;
        match (self.slot.kind(), self.inside, value.scalar()) {
            (_, None, Scalar::Null) if self.slot.can_be_null() => Some(Filled::Null),
            (_, None, Scalar::Text(text)) if self.is_missing(text) => Some(Filled::Null),
            (Kind::Text, None, Scalar::Text(text)) => Some(Filled::Text(text)),
            (Kind::Number, None, Scalar::Number(number)) => Some(Filled::Number(number)),
            (Kind::Bool, None, Scalar::Bool(value)) => Some(Filled::Bool(value)),
            (Kind::Object, None, Scalar::Object) => Some(Filled::Object(value)),
            (kind, Some((before, after)), Scalar::Text(text)) => {
                let text = text.strip_prefix(before)?.strip_suffix(after)?;
                match kind {
                    Kind::Text => Some(Filled::Text(text)),
                    Kind::Number => {
                        let is_digit = |byte: u8| byte.is_ascii_digit() || byte == b'.';
                        let is_number = !text.is_empty() && text.bytes().all(is_digit);
                        // In its style, a code that is a number can have a name.
                        let name = (self.slot == Slot::Code).then_some(Filled::Text(text));
                        if is_number {
                            Some(Filled::Digits(text))
                        } else {
                            name
                        }
                    }
                    Kind::Bool => text.parse().ok().map(Filled::Bool),
                    Kind::Object | Kind::List => None,
                }
            }
            _ => None,
        }
    }

    /// Whether a string is what is written if the slot has no value.
    pub(crate) fn is_missing(&self, text: &str) -> bool {
        let instead = self.missing.and_then(content);
        instead.is_some_and(|instead| instead == text)
    }

    /// The name of the member.
    pub(crate) fn name(&self) -> &'static str {
        Self::name_of(self.path)
    }

    /// The name of the last member of a path.
    pub(crate) fn name_of(path: &[Step]) -> &'static str {
        let names = path.iter().rev().find_map(|step| match step {
            Step::Member(name) => Some(*name),
            Step::At(_) | Step::With(..) => None,
        });
        names.unwrap_or_default()
    }

    /// Whether the place is in no list.
    pub(crate) fn is_in_objects(&self) -> bool {
        let mut path = self.path.iter();
        path.all(|step| matches!(step, Step::Member(_)))
    }
}

impl Slot {
    const fn can_be_null(self) -> bool {
        !matches!(
            self,
            Self::Message
                | Self::Type
                | Self::Title
                | Self::Status
                | Self::Retryable
                | Self::Version
                | Self::Domain
        )
    }
}

impl Shape {
    /// How many values of a body fit the shape; `None` if a constant differs.
    pub(crate) fn count<B: Body>(&self, body: &B) -> Option<usize> {
        let is_constant = |(path, json): &(&[Step], &'static str)| {
            find(body, path).is_some_and(|value| is_same(&value.scalar(), json))
        };
        if !self.constants.iter().all(is_constant) {
            return None;
        }
        let places = self.places.iter();
        let filled = places.filter(|place| place.value(body).is_some()).count();
        Some(self.constants.len() + filled)
    }

    /// The value of a slot.
    pub(crate) fn slot<'b, B: Body>(&self, slot: Slot, body: &'b B) -> Option<Filled<'b, B::Json>> {
        self.place(slot)?.value(body)
    }
}

/// Whether a value is the one that is written as this JSON.
pub(crate) fn is_same(value: &Scalar<'_>, json: &'static str) -> bool {
    match value {
        Scalar::Null => json == "null",
        Scalar::Bool(value) => json == if *value { "true" } else { "false" },
        Scalar::Number(number) => number.to_string() == json,
        Scalar::Text(text) => content(json).is_some_and(|content| content == *text),
        Scalar::Object | Scalar::List => false,
    }
}

/// The content of a string that is written as JSON.
fn content(json: &'static str) -> Option<Cow<'static, str>> {
    let content = json.strip_prefix('"')?.strip_suffix('"')?;
    if content.contains('\\') {
        // The parser for values is compiled in serde_json.
        match json.parse() {
            Ok(Value::String(content)) => Some(Cow::Owned(content)),
            _ => None,
        }
    } else {
        Some(Cow::Borrowed(content))
    }
}

/// The shape that most members of a body fit, of those that find a message in it.
pub(crate) fn fitting(body: &Map<String, Value>) -> Option<&'static Shape> {
    let mut best: Option<(&Shape, usize)> = None;
    for shape in &SHAPES {
        if !shape.describes(body) {
            continue;
        }
        let Some(count) = shape.count(body) else {
            continue;
        };
        if best.is_none_or(|(_, most)| count > most) {
            best = Some((shape, count));
        }
    }
    best.map(|(shape, _)| shape)
}

impl Shape {
    /// Whether a body that has all values of the shape is certainly one of it. A message alone can be in any body.
    pub(crate) fn is_distinctive(&self) -> bool {
        let required = self.places.iter().filter(|place| place.missing.is_some());
        required.count() + self.constants.len() > 1
    }

    /// Whether a body has every value that all bodies of the shape have. Then a value that it does not have is missing.
    pub(crate) fn is_whole(&self, body: &Map<String, Value>) -> bool {
        let mut required = self.places.iter().filter(|place| place.missing.is_some());
        let is_there = |place: &Place| {
            let value = place.value(body);
            value.is_some_and(|value| value.text().is_none_or(|text| !text.trim().is_empty()))
        };
        self.is_distinctive() && self.count(body).is_some() && required.all(is_there)
    }

    /// Whether a member of the object at a path contains values of the shape.
    pub(crate) fn has_member(&self, object: &[Step], name: &str) -> bool {
        let faults = self.faults.iter().map(|list| list.path);
        let mut paths = self.places.iter().map(|place| place.path).chain(faults);
        paths.any(|path| {
            let step = path.strip_prefix(object).and_then(<[Step]>::first);
            matches!(step, Some(Step::Member(known)) if *known == name)
        })
    }

    /// Whether a body has a message where the shape has it, or a title if it has no message at all.
    fn describes(&self, body: &Map<String, Value>) -> bool {
        let has = |slot| {
            let text = self.slot(slot, body).and_then(|found| found.text());
            text.is_some_and(|text| !text.trim().is_empty())
        };
        has(Slot::Message) || (has(Slot::Title) && !body.contains_key("message"))
    }

    /// Whether a body is an error of the shape, and not other data with the same members: besides the message, it
    /// has the constants of the shape, or a code or type that the shape knows.
    pub(crate) fn is_body_of_error(&self, body: &Map<String, Value>) -> bool {
        let text = |slot| self.slot(slot, body).and_then(|found| found.text());
        let code = self.slot(Slot::Code, body);
        let code = code.and_then(|code| self.read_code(&code));
        let knows_code =
            || code.is_some_and(|code| code.known().is_some() || self.is_shared(code.as_str()));
        let knows_type = || text(Slot::Type).is_some_and(|name| self.knows_type(name));
        text(Slot::Message).is_some_and(|message| !message.trim().is_empty())
            && self.count(body).is_some()
            && (!self.constants.is_empty() || knows_code() || knows_type())
    }

    /// The code in a body.
    pub(crate) fn read_code<J>(&self, code: &Filled<'_, J>) -> Option<MaybeKnown<ErrorCode>> {
        match code {
            Filled::Text(name) if name.trim().is_empty() => None,
            Filled::Text(name) | Filled::Digits(name) => Some(self.maybe_code(name)),
            Filled::Number(number) => Some(self.maybe_code(&number.to_string())),
            Filled::Bool(_) | Filled::Object(_) | Filled::Null => None,
        }
    }
}
