//! Error bodies in the formats of other APIs and of proxies.

use serde_json::{Map, Value};

use crate::catalog::settings::{CODE_FORM, DOCS_URL};
use crate::runtime::deprecation::known_code;
use crate::runtime::read_shape::fitting;
use crate::runtime::received_members::{
    Best, DEEPEST, Place, WRAPPERS, is_of_fields, nested, rank,
};
use crate::runtime::shape::{Shape, Slot};
use crate::{ErrorCode, ErrorType, MaybeKnown};

/// Members that describe an error, the best first.
const TEXTS: [&str; 9] = [
    "message",
    "detail",
    "errordescription",
    "errormessage",
    "errormsg",
    "msg",
    "description",
    "faultstring",
    "exceptionmessage",
];
/// Members that describe an error or name it. The ones with a space are better.
const TEXTS_OR_NAMES: [&str; 10] = [
    "reason", "error", "title", "errors", "details", "summary", "text", "cause", "fault", "value",
];
/// Members that identify something, but do not describe an error.
const IDENTIFIERS: [&str; 20] = [
    "code",
    "type",
    "errortype",
    "kind",
    "object",
    "status",
    "statuscode",
    "param",
    "parameter",
    "field",
    "pointer",
    "path",
    "method",
    "instance",
    "id",
    "requestid",
    "traceid",
    "timestamp",
    "documentationurl",
    "moreinfo",
];
/// Members that name an error, the best first.
const NAMES: [&str; 9] = [
    "code",
    "errorcode",
    "error",
    "reason",
    "type",
    "errortype",
    "name",
    "key",
    "status",
];
/// The first of them name only errors, and may be numbers.
const CODES: usize = 4;
/// Members that name something else.
const OTHER_NAMES: [&str; 6] = ["param", "parameter", "field", "pointer", "path", "instance"];

/// What a body in another format contains.
#[derive(Default)]
pub(crate) struct Found<'a> {
    pub(crate) message: Option<&'a str>,
    pub(crate) code: Option<MaybeKnown<ErrorCode>>,
    pub(crate) error_type: Option<MaybeKnown<ErrorType>>,
    pub(crate) param: Option<&'a str>,
}

impl<'a> Found<'a> {
    /// Reads the members of a body that its shape does not define. If the body is one of its media type, a member
    /// with the name of a text is not an object.
    pub(crate) fn in_rest(members: &'a Map<String, Value>, is_specified: bool) -> Self {
        let wrappers = if is_specified {
            &WRAPPERS[1..]
        } else {
            &WRAPPERS
        };
        let mut found = Self::described(members, Place::Error, wrappers, DEEPEST);
        if !found.is_error() && is_of_fields(members) {
            found.add(Self::of_fields(members));
        }
        found
    }

    /// Reads a value that is or contains an error.
    pub(crate) fn in_value(value: &'a Value) -> Self {
        Self::of_value(value, Place::Error, DEEPEST)
    }

    const fn is_error(&self) -> bool {
        self.message.is_some() || self.code.is_some()
    }

    /// Members that were found before win.
    fn add(&mut self, other: Self) {
        self.message = self.message.or(other.message);
        self.code = self.code.take().or(other.code);
        self.error_type = self.error_type.take().or(other.error_type);
        self.param = self.param.or(other.param);
    }

    fn of_value(value: &'a Value, place: Place, depth: u8) -> Self {
        match value {
            Value::String(text) => Self {
                message: is_text(text).then_some(text),
                code: known_code(text),
                ..Self::default()
            },
            Value::Array(list) if depth > 0 => {
                let mut errors = list
                    .iter()
                    .map(|entry| Self::of_value(entry, place, depth - 1));
                errors.find(Self::is_error).unwrap_or_default()
            }
            Value::Object(members) if depth > 0 => Self::of_members(members, place, depth - 1),
            _ => Self::default(),
        }
    }

    fn of_members(members: &'a Map<String, Value>, place: Place, depth: u8) -> Self {
        if is_of_fields(members) {
            return Self::of_fields(members);
        }
        let mut found = match members.get("error") {
            Some(inner @ Value::Object(_)) => Self::of_value(inner, Place::Error, depth),
            _ => Self::default(),
        };
        found.add(Self::own(members));
        found.add(Self::described(members, place, &WRAPPERS, depth));
        found
    }

    /// The first request field that has a text.
    fn of_fields(members: &'a Map<String, Value>) -> Self {
        for (name, texts) in members {
            let text = texts.get(0).and_then(Value::as_str);
            if let Some(text) = text.filter(|text| is_text(text)) {
                return Self {
                    message: Some(text),
                    param: Some(name),
                    ..Self::default()
                };
            }
        }
        Self::default()
    }

    /// The members of the shape that fits, or else those that most formats have.
    fn own(members: &'a Map<String, Value>) -> Self {
        if let Some(shape) = fitting(members) {
            return Self::of_shape(shape, members);
        }
        let string = |name| members.get(name).and_then(Value::as_str);
        let text = |name| string(name).filter(|text| !text.trim().is_empty());
        Self {
            message: text("message"),
            code: members.get("code").and_then(name),
            error_type: text("type")
                .filter(|tag| *tag != "error")
                .map(MaybeKnown::from),
            param: string("param"),
        }
    }

    fn of_shape(shape: &Shape, members: &'a Map<String, Value>) -> Self {
        let text = |slot| {
            let found = shape.slot(slot, members)?.text()?;
            (!found.trim().is_empty()).then_some(found)
        };
        Self {
            message: text(Slot::Message),
            code: shape
                .slot(Slot::Code, members)
                .and_then(|code| shape.read_code(&code)),
            error_type: text(Slot::Type).map(|name| shape.maybe_type(name)),
            param: text(Slot::Param),
        }
    }

    /// What the other members contain.
    fn described(
        members: &'a Map<String, Value>,
        place: Place,
        wrappers: &[&str],
        depth: u8,
    ) -> Self {
        let mut found = Self {
            message: best_text(members),
            code: named(members, known_code),
            error_type: named(members, known_type),
            param: None,
        };
        // The object `error` was read before the other members.
        let inner = members.get("error").filter(|error| error.is_object());
        let is_inner = |value| inner.is_some_and(|inner| core::ptr::eq(inner, value));
        for (value, place) in nested(members, wrappers) {
            if found.message.is_some() && found.code.is_some() {
                return found;
            }
            if is_inner(value) {
                continue;
            }
            found.add(Self::of_value(value, place, depth));
        }
        if found.message.is_none() && place == Place::Error {
            found.message = only_text(members);
        }
        found
    }
}

/// The best member with a text.
fn best_text(members: &Map<String, Value>) -> Option<&str> {
    let mut best = Best::default();
    for (name, value) in members {
        let Some(text) = value.as_str().filter(|text| is_text(text)) else {
            continue;
        };
        let after = if text.contains(' ') { 1 } else { 2 };
        if let Some(rank) = rank(name, &TEXTS) {
            best.add(rank, text);
        } else if let Some(rank) = rank(name, &TEXTS_OR_NAMES) {
            best.add(after * TEXTS.len() + rank, text);
        }
    }
    best.value
}

/// The only text, or the only one with a space.
fn only_text(members: &Map<String, Value>) -> Option<&str> {
    let mut texts = Only::default();
    let mut spaced = Only::default();
    for (name, value) in members {
        let Some(text) = value.as_str() else { continue };
        if rank(name, &IDENTIFIERS).is_none() && is_text(text) {
            texts.add(text);
            if text.contains(' ') {
                spaced.add(text);
            }
        }
    }
    spaced.get().or(texts.get())
}

/// A text, if there is no other.
#[derive(Default)]
struct Only<'a> {
    count: usize,
    last: Option<&'a str>,
}

impl<'a> Only<'a> {
    fn add(&mut self, text: &'a str) {
        self.count += 1;
        self.last = Some(text);
    }

    fn get(&self) -> Option<&'a str> {
        self.last.filter(|_| self.count == 1)
    }
}

/// The best member with a known name; `None` if members of no known meaning have different ones.
pub(crate) fn named<T: PartialEq>(
    members: &Map<String, Value>,
    find: fn(&str) -> Option<T>,
) -> Option<T> {
    let mut best: Option<(usize, T)> = None;
    let mut is_ambiguous = false;
    for (member, value) in members {
        if rank(member, &OTHER_NAMES).is_some() {
            continue;
        }
        let rank = rank(member, &NAMES).unwrap_or(NAMES.len());
        let found = match value {
            // Many formats mark an error by these words.
            Value::String(tag) if rank >= CODES && matches!(tag.as_str(), "error" | "fail") => None,
            Value::String(name) => find(name),
            Value::Number(number) if rank < CODES && CODE_FORM.is_number() => {
                find(&number.to_string())
            }
            _ => None,
        };
        let Some(found) = found else { continue };
        match &best {
            Some((other, _)) if *other < rank => {}
            Some((other, known)) if *other == rank => is_ambiguous |= *known != found,
            _ => {
                best = Some((rank, found));
                is_ambiguous = false;
            }
        }
    }
    best.filter(|_| !is_ambiguous).map(|(_, found)| found)
}

fn known_type(name: &str) -> Option<MaybeKnown<ErrorType>> {
    ErrorType::from_wire(name).map(MaybeKnown::Known)
}

/// The code with a page.
pub(crate) fn code_of_page(url: &str) -> Option<MaybeKnown<ErrorCode>> {
    let (before, after) = DOCS_URL;
    let name = url.strip_prefix(before)?.strip_suffix(after)?;
    let code = ErrorCode::from_wire(name).filter(|code| code.doc_url() == url);
    code.map(MaybeKnown::Known)
}

/// Whether a string describes an error and does not name it.
fn is_text(text: &str) -> bool {
    let is_name = || known_code(text).is_some() || known_type(text).is_some();
    !text.trim().is_empty() && !is_name()
}

/// A string or a number, as a name.
pub(crate) fn name<T: core::str::FromStr>(value: &Value) -> Option<MaybeKnown<T>> {
    match value {
        Value::String(name) if !name.trim().is_empty() => Some(MaybeKnown::from(name.as_str())),
        Value::Number(number) => Some(MaybeKnown::from(number.to_string().as_str())),
        _ => None,
    }
}
