//! Reading of bodies into a [`ReceivedError`].

use core::time::Duration;

use serde_json::map::Entry;
use serde_json::{Map, Value};

use crate::ReceivedError;
use crate::catalog::shapes::SHAPES;
use crate::runtime::body_json::{excerpt, is_readable, parse};
use crate::runtime::other_formats::{code_of_page, name};
use crate::runtime::read_shape::{Filled, find, fitting};
use crate::runtime::received_headers::seconds;
use crate::runtime::received_rest::Stated;
use crate::runtime::shape::{Shape, Slot, Step};

impl ReceivedError {
    /// Reads a body. `stated` is the shape whose media type the headers state.
    pub(crate) fn read_body(&mut self, body: &[u8], stated: Option<&'static Shape>) {
        if is_readable(body) && self.read_canonical(body, stated) {
            return;
        }
        let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
        let is_complete = parse(body)
            .is_some_and(|parsed| self.read_value(parsed.value, stated) && parsed.is_complete);
        if (self.message.is_none() || !is_complete) && !body.is_empty() {
            self.raw_excerpt = Some(excerpt(body));
        }
    }

    /// Reads a body as JSON. Returns whether every member was kept.
    pub(crate) fn read_value(&mut self, value: Value, stated: Option<&'static Shape>) -> bool {
        match value {
            Value::Object(members) => match shape_of(&members, stated) {
                Some(shape) => {
                    let is_stated = stated.is_some_and(|stated| stated.name == shape.name);
                    self.read_shape(shape, is_stated, members)
                }
                None => self.read_envelope(members),
            },
            Value::Array(_) | Value::String(_) => {
                let name = if value.is_array() { "errors" } else { "error" };
                self.extra.insert(name.to_owned(), value);
                self.find_missing(&Stated::default());
                true
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => true,
        }
    }

    /// Reads a body of a shape. Returns whether every member was kept.
    pub(crate) fn read_shape(
        &mut self,
        shape: &'static Shape,
        is_stated: bool,
        mut body: Map<String, Value>,
    ) -> bool {
        self.style = Some(shape.name.into());
        // A message alone can be in a body of any form.
        let is_certain = is_stated || shape.count(&body).is_some_and(|count| count > 1);
        let is_specified = is_certain && shape.is_specified();
        let code = shape.place(Slot::Code);
        let states_code = code.is_some_and(|place| find(&body, place.path).is_some())
            || (!is_specified && states_code(&body));
        let stated = Stated {
            by_media_type: is_specified,
            code: states_code,
            whole: Some(shape).filter(|shape| shape.is_whole(&body)),
        };
        let mut read = Vec::new();
        for place in shape.places {
            let value = place.value(&body);
            let is_read = value.is_some_and(|value| self.fill(shape, place.slot, &value));
            if is_read && place.is_in_objects() {
                read.push(place.path);
            }
        }
        self.find_code_of_type(shape);
        let page = shape.slot(Slot::DocUrl, &body);
        let page = page.and_then(|page| page.text());
        self.find_code_in_namespaces(shape, page);
        if let (None, Some(page)) = (&self.code, page) {
            self.code = code_of_page(page);
        }
        let constants = shape.constants.iter().map(|(path, _)| *path);
        for path in read.into_iter().chain(constants) {
            remove(&mut body, path);
        }
        // The members beside the message were meant for it, so they come first.
        let object = shape.object();
        let mut is_complete = true;
        if let Some(Value::Object(inner)) = remove(&mut body, object) {
            is_complete &= self.keep(inner, &|name| stated.reads(object, name));
        }
        // A body that is not wholly of the shape can have a part of its error where most APIs have it.
        if !is_specified && stated.whole.is_none() && !shape.has_member(&[], "error") {
            is_complete &= self.keep_error(&mut body);
        }
        is_complete &= self.keep(body, &|name| stated.reads(&[], name));
        self.find_missing(&stated);
        is_complete
    }

    /// Takes the value of a slot. Returns whether nothing of it is left.
    pub(crate) fn fill<J>(&mut self, shape: &Shape, slot: Slot, value: &Filled<'_, J>) -> bool {
        let text = value.text().filter(|text| !text.trim().is_empty());
        let is_null = matches!(value, Filled::Null);
        match slot {
            Slot::Message => put(&mut self.message, text.map(str::to_owned)),
            Slot::Param => is_null || put(&mut self.param, value.text().map(str::to_owned)),
            Slot::Code => is_null || put(&mut self.code, shape.read_code(value)),
            Slot::Type => put(
                &mut self.error_type,
                text.map(|name| shape.maybe_type(name)),
            ),
            Slot::RequestId => {
                is_null
                    || (text.is_some() && self.request_id.as_deref() == text)
                    || put(&mut self.request_id, text.map(str::to_owned))
            }
            Slot::RetryAfter => {
                let delay = match value {
                    Filled::Digits(digits) => seconds(digits),
                    _ => value.integer().map(Duration::from_secs),
                };
                self.retry_after = self.retry_after.or(delay);
                false
            }
            Slot::Retryable => {
                if let Filled::Bool(retryable) = value {
                    self.should_retry = self.should_retry.or(Some(*retryable));
                }
                false
            }
            _ => false,
        }
    }

    /// Reads a body whose form no shape describes. Returns whether every member was kept.
    fn read_envelope(&mut self, mut body: Map<String, Value>) -> bool {
        let states_code = states_code(&body);
        let mut is_complete = self.keep_error(&mut body);
        is_complete &= self.keep(body, &|_| true);
        self.find_missing(&Stated {
            code: states_code,
            ..Stated::default()
        });
        is_complete
    }

    /// Keeps the members of the object `error`, and takes it from the body. Returns whether every member was kept.
    fn keep_error(&mut self, body: &mut Map<String, Value>) -> bool {
        let Some(Value::Object(members)) = body.get_mut("error") else {
            return true;
        };
        let members = core::mem::take(members);
        body.remove("error");
        self.keep(members, &|_| true)
    }

    /// Keeps the members of an object; those before win. The ones with usual names are read, if `reads` is true for
    /// them. Returns whether every member was kept.
    fn keep(&mut self, members: Map<String, Value>, reads: &dyn Fn(&str) -> bool) -> bool {
        let mut is_complete = true;
        for (member, value) in members {
            let is_read = reads(&member)
                && match member.as_str() {
                    "message" => read(&mut self.message, &value, message),
                    "param" => read(&mut self.param, &value, string_or_number),
                    "code" => read(&mut self.code, &value, name),
                    // A format marks errors by this type; it is not the type of the error.
                    "type" if value == "error" => false,
                    "type" | "error_type" => read(&mut self.error_type, &value, name),
                    _ => false,
                };
            if is_read {
                continue;
            }
            match self.extra.entry(member) {
                Entry::Vacant(entry) => {
                    entry.insert(value);
                }
                Entry::Occupied(known) => is_complete &= *known.get() == value,
            }
        }
        is_complete
    }
}

/// Reads a member that was not read before. Returns whether nothing of it is left.
fn read<T>(member: &mut Option<T>, value: &Value, read: impl Fn(&Value) -> Option<T>) -> bool {
    if member.is_some() {
        return false;
    }
    *member = read(value);
    member.is_some() || value.is_null()
}

fn string_or_number(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn message(value: &Value) -> Option<String> {
    string_or_number(value).filter(|text| !text.trim().is_empty())
}

/// The shape that a body is read by. Some frameworks state a media type for any body.
fn shape_of(body: &Map<String, Value>, stated: Option<&'static Shape>) -> Option<&'static Shape> {
    let fitting = fitting(body);
    let Some(stated) = stated else {
        return fitting;
    };
    let message = stated.slot(Slot::Message, body);
    let is_described = message.is_some_and(|message| message.text().is_some());
    let has_member = || {
        let mut tops = stated.places.iter().filter_map(|place| place.path.first());
        tops.any(|step| matches!(step, Step::Member(name) if body.contains_key(*name)))
    };
    if is_described || (fitting.is_none() && has_member()) {
        Some(stated)
    } else {
        fitting
    }
}

/// Whether a body has a member with the usual name of a code.
fn states_code(body: &Map<String, Value>) -> bool {
    let inner = body.get("error").and_then(Value::as_object);
    body.contains_key("code") || inner.is_some_and(|inner| inner.contains_key("code"))
}

/// Removes the value at the end of a path of members, and each object that is empty then.
pub(crate) fn remove(body: &mut Map<String, Value>, path: &[Step]) -> Option<Value> {
    let (Step::Member(name), rest) = path.split_first()? else {
        return None;
    };
    if rest.is_empty() {
        return body.remove(*name);
    }
    let inner = body.get_mut(*name)?.as_object_mut()?;
    let removed = remove(inner, rest);
    if inner.is_empty() {
        body.remove(*name);
    }
    removed
}

/// Sets a field that is not set. Returns whether it did.
fn put<T>(field: &mut Option<T>, value: Option<T>) -> bool {
    let is_new = field.is_none() && value.is_some();
    if is_new {
        *field = value;
    }
    is_new
}

impl ReceivedError {
    /// The details in a body, in any shape.
    pub(crate) fn details_of_body(&self) -> Option<&Value> {
        let details = self.extra.get("details");
        if let Some(details) = details.filter(|details| details.is_object()) {
            return Some(details);
        }
        for shape in &SHAPES {
            let path = shape
                .place(Slot::Details)
                .map_or(&[][..], |place| place.path);
            let [_, inner @ ..] = path else {
                continue;
            };
            // The object of the message was not kept as an object.
            for path in [path, inner] {
                let found = find(&self.extra, path);
                if found.is_some_and(Value::is_object) {
                    return found;
                }
            }
        }
        details.filter(|details| !details.is_null())
    }
}
