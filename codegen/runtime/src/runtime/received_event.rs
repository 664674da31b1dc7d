//! Reading of errors in streams of server-sent events.
//!
//! All functions are inlined, so that only crates that read streams compile them.

use serde_json::{Map, Value};

use crate::catalog::settings::CODE_FORM;
use crate::catalog::shapes::SHAPES;
use crate::runtime::body_json::{excerpt, parse};
use crate::runtime::read_shape::{Json, find, fitting, is_same};
use crate::runtime::received_body::remove;
use crate::runtime::shape::{EventData, Place, Shape, Slot, Step};
use crate::{ErrorCode, ErrorType, MaybeKnown, ReceivedError};

/// Members that contain an HTTP status.
const STATUSES: [&str; 4] = ["status", "status_code", "statusCode", "code"];
/// Members that describe an error.
const TEXTS: [&str; 3] = ["message", "detail", "title"];
/// Members that mark an event as an error by the value `error`.
const MARKS: [&str; 2] = ["type", "object"];

impl ReceivedError {
    /// Reads an event of a stream: `None` if it is not an error.
    ///
    /// The response of a stream has the status 200, so `status` is the one in the event, else that of the
    /// code, else the default of the type, else 200. Set `request_id` from the headers of the response if
    /// the event has none.
    ///
    /// An event is an error
    ///
    /// - if its name ends with `error`, or is that of the errors of this API;
    /// - if its data have a member `error`, also beside or inside of `choices`, or a list of `errors`
    ///   without `data`;
    /// - if `type` or `object` is `error`, or `finish_reason` of a choice;
    /// - if it is the event `response.failed` of OpenAI's Responses API;
    /// - if it has a message, and a status from 400 to 599, or a code or type that the catalog knows or
    ///   whose name ends with `error`;
    /// - if the errors of this API have no name in a stream, and it is one of them.
    ///
    /// An event without a name has the name `message` or an empty one, or none at all.
    ///
    /// ```
    /// use runtime::{ErrorCode, MaybeKnown, ReceivedError};
    ///
    /// let data = ErrorCode::FileNotFound.body_json();
    /// let received = ReceivedError::from_event(Some("error"), data).unwrap();
    /// assert_eq!(received.code, Some(MaybeKnown::Known(ErrorCode::FileNotFound)));
    /// assert_eq!(received.status, ErrorCode::FileNotFound.status());
    ///
    /// assert_eq!(ReceivedError::from_event(None, r#"{"choices":[{"delta":{"content":"Hello"}}]}"#), None);
    /// assert_eq!(ReceivedError::from_event(None, "[DONE]"), None);
    /// ```
    ///
    /// Source: the HTML standard, section 9.2 "Server-sent events".
    #[must_use]
    #[inline]
    pub fn from_event(name: Option<&str>, data: &str) -> Option<Self> {
        let is_named = name.is_some_and(is_name_of_error);
        let mut received = Self::new(200);
        let Some(parsed) = parse(data.as_bytes()) else {
            return is_named.then(|| {
                received.read_body(data.as_bytes(), None);
                received
            });
        };
        let (is_read, rest) = match parsed.value {
            Value::Object(mut members) => {
                if let Some(around) = around(&members, name) {
                    (received.read_around(&around, &mut members), members)
                } else {
                    let (error, rest) = split(members, name)?;
                    (received.read_value(error, None), rest)
                }
            }
            value if is_named => (received.read_value(value, None), Map::new()),
            _ => return None,
        };
        let is_complete = is_read && parsed.is_complete;
        if (received.message.is_none() || !is_complete) && !data.is_empty() {
            received.raw_excerpt = Some(excerpt(data.as_bytes()));
        }
        for (member, value) in rest {
            received.extra.entry(member).or_insert(value);
        }
        received.complete_from_event();
        Some(received)
    }

    /// Reads an event with the body of a style in it, and leaves what does not belong to the error. Returns whether
    /// every member of the body was kept.
    #[inline]
    fn read_around(&mut self, around: &Around, members: &mut Map<String, Value>) -> bool {
        let shape = around.shape;
        let mut read = Vec::new();
        let mut beside = Self::new(200);
        for place in around.places {
            let Some(value) = place.value(members) else {
                continue;
            };
            let is_read = beside.fill(shape, place.slot, &value);
            if let (Slot::Status, Some(status)) = (place.slot, value.integer()) {
                beside.status = u16::try_from(status).unwrap_or(beside.status);
            }
            if is_read && place.is_in_objects() {
                read.push(place.path);
            }
        }
        let constants = around.constants.iter().map(|(path, _)| *path);
        let body = remove(members, around.path);
        for path in read.into_iter().chain(constants) {
            remove(members, path);
        }
        let is_complete = match body {
            Some(Value::Object(body)) => self.read_shape(shape, false, body),
            _ => false,
        };
        if (400..600).contains(&beside.status) {
            self.status = beside.status;
        }
        self.code = self.code.take().or(beside.code);
        self.error_type = self.error_type.take().or(beside.error_type);
        self.message = self.message.take().or(beside.message);
        self.param = self.param.take().or(beside.param);
        self.request_id = self.request_id.take().or(beside.request_id);
        self.retry_after = self.retry_after.or(beside.retry_after);
        self.should_retry = self.should_retry.or(beside.should_retry);
        is_complete
    }

    /// Sets what a response has outside of its body.
    #[inline]
    fn complete_from_event(&mut self) {
        if self.request_id.is_none() {
            if let Some(Value::String(id)) = self.extra.get("request_id") {
                self.request_id = Some(id.clone()).filter(|id| !id.is_empty());
            }
        }
        if let (Some(code), None) = (&self.code, &self.error_type) {
            // The Responses API has codes that are types elsewhere.
            self.error_type = ErrorType::from_wire(code.as_str()).map(MaybeKnown::Known);
        }
        let code = self.code.as_ref().and_then(MaybeKnown::known);
        let error_type = self.error_type.as_ref().and_then(MaybeKnown::known);
        self.status = match self.error_status() {
            200 => code
                .map(ErrorCode::status)
                .or_else(|| error_type.map(ErrorType::default_status))
                .unwrap_or(200),
            stated => stated,
        };
    }
}

/// The body of a style in the data of an event.
struct Around {
    shape: &'static Shape,
    path: &'static [Step],
    places: &'static [Place],
    constants: &'static [(&'static [Step], &'static str)],
}

/// The style whose events have their body in a member, if these are the members of one. They fit no body better.
#[inline]
fn around(members: &Map<String, Value>, name: Option<&str>) -> Option<Around> {
    let found = SHAPES.iter().find_map(|shape| {
        let EventData::Around {
            path,
            places,
            constants,
        } = shape.event_data
        else {
            return None;
        };
        let around = Around {
            shape,
            path,
            places,
            constants,
        };
        let count = around.count(members, name)?;
        Some((around, count))
    });
    let (around, count) = found?;
    let other = fitting(members).and_then(|shape| shape.count(members));
    (other.unwrap_or_default() <= count).then_some(around)
}

impl Around {
    /// How many values of an event fit; `None` if it is not one of the style.
    #[inline]
    fn count(&self, members: &Map<String, Value>, name: Option<&str>) -> Option<usize> {
        let body = find(members, self.path)?.as_object()?;
        let is_constant = |(path, json): &(&[Step], &'static str)| {
            find(members, path).is_some_and(|value| is_same(&value.scalar(), json))
        };
        let is_named = self.shape.event_name.is_some() && self.shape.event_name == name;
        let is_event = (is_named && self.shape.is_whole(body)) || self.shape.is_body_of_error(body);
        if !is_event || !self.constants.iter().all(is_constant) {
            return None;
        }
        let places = self.places.iter();
        let filled = places.filter(|place| place.value(members).is_some());
        Some(self.shape.count(body)? + self.constants.len() + filled.count())
    }
}

/// The error in the members of an event, and the members that do not belong to it.
#[inline]
fn split(
    mut members: Map<String, Value>,
    name: Option<&str>,
) -> Option<(Value, Map<String, Value>)> {
    if let Some(error) = of_part(&members, name) {
        members.remove("error");
        let mut body = Map::new();
        body.insert("error".to_owned(), error);
        return Some((body.into(), members));
    }
    if members.get("error").is_some_and(is_body) {
        let body = members.remove("error")?;
        for mark in MARKS {
            if members.get(mark).is_some_and(|value| value == "error") {
                members.remove(mark);
            }
        }
        return Some((body, members));
    }
    if members.get("error").is_some_and(is_stated) {
        return Some((members.into(), Map::new()));
    }
    let is_marked = |mark: &str| members.get(mark).is_some_and(|mark| mark == "error");
    let marks = MARKS.map(|mark| Some(mark).filter(|mark| is_marked(mark)));
    let is_error = marks != [None; 2] || name.is_some_and(is_name_of_error);
    if !(is_error || is_list(&members) || is_bare(&members) || is_nameless(&members)) {
        return None;
    }
    let mut rest = Map::new();
    for mark in marks.into_iter().flatten() {
        if let Some(value) = members.remove(mark) {
            rest.insert(mark.to_owned(), value);
        }
    }
    Some((members.into(), rest))
}

/// The error in an event that also has a part of an answer; null if the event does not describe it.
#[inline]
fn of_part(members: &Map<String, Value>, name: Option<&str>) -> Option<Value> {
    let own = members.get("error").filter(|error| is_stated(error));
    let names = [name, members.get("type").and_then(Value::as_str)];
    if names.contains(&Some("response.failed")) {
        let response = members.get("response")?;
        return Some(response.get("error").or(own).cloned().unwrap_or_default());
    }
    let choices = members.get("choices")?.as_array()?;
    let of_choice = |choice: &Value| {
        let error = choice.get("error").filter(|error| is_stated(error));
        let reason = choice.get("finish_reason");
        let is_failed = reason.is_some_and(|reason| reason == "error");
        (error.is_some() || is_failed).then(|| error.cloned().unwrap_or_default())
    };
    let own = own.cloned();
    own.or_else(|| choices.iter().find_map(of_choice))
}

/// Whether a member `error` is the whole body of a style, as in the event of a style that wraps it. The constants of the
/// style distinguish it from the error alone.
#[inline]
fn is_body(error: &Value) -> bool {
    let mut shapes = SHAPES.iter().filter(|shape| !shape.constants.is_empty());
    let members = error.as_object();
    members.is_some_and(|members| shapes.any(|shape| shape.is_body_of_error(members)))
}

/// Whether a member `error` is an error, and not a place for one.
#[inline]
fn is_stated(error: &Value) -> bool {
    match error {
        Value::Null | Value::Bool(false) => false,
        Value::Bool(true) => true,
        Value::Number(number) => number.as_i64() != Some(0),
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(members) => !members.is_empty(),
    }
}

/// Whether an event has nothing but errors.
#[inline]
fn is_list(members: &Map<String, Value>) -> bool {
    let has_errors = members
        .get("errors")
        .is_some_and(|errors| errors.is_array() && is_stated(errors));
    has_errors && members.get("data").is_none_or(Value::is_null)
}

/// Whether the members of an event are those of an error.
#[inline]
fn is_bare(members: &Map<String, Value>) -> bool {
    let string = |name: &&str| members.get(*name).and_then(Value::as_str);
    let has_text = TEXTS
        .iter()
        .filter_map(string)
        .any(|text| !text.trim().is_empty());
    let number = |name: &&str| members.get(*name).and_then(Value::as_u64);
    let mut statuses = STATUSES.iter().filter_map(number);
    let mut names = ["code", "type", "error_type"].iter().filter_map(string);
    has_text && (statuses.any(|status| (400..600).contains(&status)) || names.any(is_error_name))
}

/// Whether the members of an event are those of an error in a style whose events have no name.
#[inline]
fn is_nameless(members: &Map<String, Value>) -> bool {
    let mut shapes = SHAPES.iter().filter(|shape| shape.event_name.is_none());
    shapes.any(|shape| shape.is_body_of_error(members))
}

/// Whether an event with this name is an error, whatever its data.
#[inline]
fn is_name_of_error(name: &str) -> bool {
    let is_own = |shape: &Shape| shape.event_name == Some(name);
    ends_with_error(name) || SHAPES.iter().any(is_own)
}

#[inline]
fn is_error_name(name: &str) -> bool {
    let is_known = ErrorCode::from_wire(name).is_some()
        || ErrorType::from_wire(name).is_some()
        || !CODE_FORM.several(name).is_empty();
    is_known || ends_with_error(name)
}

#[inline]
fn ends_with_error(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with("error")
}
