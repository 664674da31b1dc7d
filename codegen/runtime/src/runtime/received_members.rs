//! The members of a received body in any format.
//!
//! No format is recognised as a whole. Members are known by their names, in any case and with or without
//! separators, and the best one counts. Each value is read once, so the cost is linear.

use serde_json::{Map, Value};

/// Members that contain an error or a list of errors, the best first.
const ERRORS: [&str; 5] = ["error", "errors", "fault", "exception", "errorresponse"];
/// Members that can contain an error among other things.
pub(crate) const WRAPPERS: [&str; 12] = [
    "detail",
    "message",
    "messages",
    "extensions",
    "response",
    "result",
    "data",
    "body",
    "meta",
    "status",
    "innererror",
    "cause",
];
/// Members that are lists of errors, the best first.
const LISTS: [&str; 6] = [
    "errors", "error", "detail", "message", "messages", "details",
];
/// Members that can contain an HTTP status, the best first.
const STATUSES: [&str; 7] = [
    "code",
    "status",
    "statuscode",
    "httpstatus",
    "httpstatuscode",
    "errorcode",
    "error",
];
/// How deep errors are looked for.
pub(crate) const DEEPEST: u8 = 8;

/// Where an object is in a body.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// It is an error, so its only text is the message.
    Error,
    /// It can contain an error.
    Wrapper,
}

/// The value with the lowest rank, and of several the first.
pub(crate) struct Best<T> {
    rank: usize,
    pub(crate) value: Option<T>,
}

impl<T> Default for Best<T> {
    fn default() -> Self {
        Self {
            rank: usize::MAX,
            value: None,
        }
    }
}

impl<T> Best<T> {
    pub(crate) fn add(&mut self, rank: usize, value: T) {
        if rank < self.rank {
            self.rank = rank;
            self.value = Some(value);
        }
    }
}

/// Whether a member has a name, in any case and with or without separators.
fn is_named(member: &str, name: &str) -> bool {
    let letters = member.bytes().filter(|byte| !b"_- .@".contains(byte));
    letters
        .map(|byte| byte.to_ascii_lowercase())
        .eq(name.bytes())
}

pub(crate) fn rank(member: &str, names: &[&str]) -> Option<usize> {
    names.iter().position(|name| is_named(member, name))
}

/// The objects and lists that can contain an error, the best first.
pub(crate) fn nested<'a>(
    members: &'a Map<String, Value>,
    wrappers: &[&str],
) -> impl Iterator<Item = (&'a Value, Place)> {
    let last = ERRORS.len() + wrappers.len();
    let mut ranked: Vec<(usize, &Value, Place)> = Vec::new();
    for (name, value) in members {
        if !(value.is_object() || value.is_array()) {
            continue;
        }
        // An object of details contains the arguments of an error; a list describes the error.
        let is_read = match rank(name, &["details", "detail"]) {
            Some(0) => value.is_array(),
            Some(_) => false,
            None => members.len() == 1,
        };
        let errors = rank(name, &ERRORS).map(|rank| (rank, Place::Error));
        let wrapper = rank(name, wrappers).map(|rank| (ERRORS.len() + rank, Place::Wrapper));
        let other = is_read.then_some((last, Place::Wrapper));
        if let Some((rank, place)) = errors.or(wrapper).or(other) {
            ranked.push((rank, value, place));
        }
    }
    // There are few ranks, and a sort costs each crate much code.
    let mut sorted = Vec::with_capacity(ranked.len());
    for rank in 0..=last {
        for (_, value, place) in ranked.iter().filter(|(known, ..)| *known == rank) {
            sorted.push((*value, *place));
        }
    }
    sorted.into_iter()
}

/// Whether an object maps the names of request fields to texts.
pub(crate) fn is_of_fields(members: &Map<String, Value>) -> bool {
    let is_field = |(name, value): (&String, &Value)| match value {
        Value::Array(texts) => {
            rank(name, &["message", "detail", "error", "errors"]).is_none()
                && texts.iter().all(Value::is_string)
        }
        _ => false,
    };
    !members.is_empty() && members.iter().all(is_field)
}

/// An entry of a list of errors.
pub(crate) struct Entry<'a> {
    pub(crate) value: &'a Value,
    /// The request field that the list has the entry for.
    pub(crate) param: Option<&'a str>,
}

/// The entries of the best list of errors.
pub(crate) fn entries(members: &Map<String, Value>) -> Vec<Entry<'_>> {
    best_list(members, DEEPEST).unwrap_or_default()
}

fn best_list(members: &Map<String, Value>, depth: u8) -> Option<Vec<Entry<'_>>> {
    let mut best = Best::default();
    for (name, value) in members {
        if let Some(rank) = rank(name, &LISTS) {
            if let Some(list) = list(value) {
                best.add(rank, list);
            }
        }
    }
    if best.value.is_some() {
        return best.value;
    }
    if is_of_fields(members) {
        return Some(of_fields(members));
    }
    let depth = depth.checked_sub(1)?;
    for (value, _) in nested(members, &WRAPPERS) {
        let list = value.as_object().and_then(|inner| best_list(inner, depth));
        if list.is_some() {
            return list;
        }
    }
    None
}

fn list(value: &Value) -> Option<Vec<Entry<'_>>> {
    match value {
        Value::Array(list) if !list.is_empty() => {
            let mut entries = Vec::new();
            for value in list {
                entries.push(Entry { value, param: None });
            }
            Some(entries)
        }
        Value::Object(members) if is_of_fields(members) => Some(of_fields(members)),
        _ => None,
    }
}

fn of_fields(members: &Map<String, Value>) -> Vec<Entry<'_>> {
    let mut entries = Vec::new();
    for (name, texts) in members {
        for value in texts.as_array().map_or(&[][..], Vec::as_slice) {
            let param = Some(name.as_str());
            entries.push(Entry { value, param });
        }
    }
    entries
}

/// The HTTP status that a body contains, for responses whose own status is not that of an error.
pub(crate) fn status(members: &Map<String, Value>) -> Option<u16> {
    status_within(members, DEEPEST)
}

fn status_within(members: &Map<String, Value>, depth: u8) -> Option<u16> {
    let mut best = Best::default();
    for (name, value) in members {
        let status = match value {
            Value::Number(number) => number.as_u64().and_then(|number| number.try_into().ok()),
            Value::String(digits) => digits.parse().ok(),
            _ => None,
        };
        let status = status.filter(|status| (400..600).contains(status));
        if let (Some(rank), Some(status)) = (rank(name, &STATUSES), status) {
            best.add(rank, status);
        }
    }
    if let Some(status) = best.value {
        return Some(status);
    }
    let depth = depth.checked_sub(1)?;
    for (value, _) in nested(members, &WRAPPERS) {
        let list = match value {
            Value::Array(list) => list.as_slice(),
            value => core::slice::from_ref(value),
        };
        for members in list.iter().filter_map(Value::as_object) {
            let status = status_within(members, depth);
            if status.is_some() {
                return status;
            }
        }
    }
    None
}
