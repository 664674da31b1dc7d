//! The values in the body of an example.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::catalog::{Exists, Missing, Node, Object, Piece, Shape, Slot, Status};

/// Members that name a code.
pub(super) const CODES: [&str; 8] = [
    "code",
    "errorCode",
    "error_code",
    "errCode",
    "err_code",
    "error",
    "reason",
    "errcode",
];

/// Members that have the message of an error.
pub(super) const TEXTS: [&str; 9] = [
    "message",
    "detail",
    "error_description",
    "description",
    "errorMessage",
    "error_message",
    "err_msg",
    "msg",
    "title",
];

/// The bodies of an example, one for each of its errors: an example may list several. Those of this tool never do.
pub(super) fn bodies(body: &Value, is_own: bool) -> Vec<Cow<'_, Value>> {
    if is_own {
        return vec![Cow::Borrowed(body)];
    }
    let is_error = |value: &Value| {
        let names = CODES.iter().chain(&["type", "extensions"]);
        value.is_object() && names.into_iter().any(|name| value.get(*name).is_some())
    };
    let are_errors = |values: &&Vec<Value>| values.len() > 1 && values.iter().all(is_error);
    if let Some(errors) = body.as_array().filter(are_errors) {
        return errors.iter().map(Cow::Borrowed).collect();
    }
    // Beside a code or an error of its own, a body lists the parts of that.
    let errors = body.get("errors").and_then(Value::as_array);
    let Some(errors) = errors.filter(are_errors).filter(|_| !has_own(body)) else {
        return vec![Cow::Borrowed(body)];
    };
    let alone = errors.iter().map(|error| {
        let mut body = body.clone();
        body["errors"] = vec![error.clone()].into();
        Cow::Owned(body)
    });
    alone.collect()
}

/// Whether a body names an error outside of its list.
fn has_own(body: &Value) -> bool {
    let mut values = CODES.iter().filter_map(|name| body.get(*name));
    let is_name = |text: &str| !text.is_empty() && !text.contains(char::is_whitespace);
    values.any(|value| value.is_object() || value.as_str().is_some_and(is_name))
}

/// The type of a problem, if it is an address that names it.
pub(super) fn address(error: &Value) -> Option<&Value> {
    let value = error.get("type")?;
    let is_address = |text: &str| text.contains("://") || text.starts_with("urn:");
    value.as_str().is_some_and(is_address).then_some(value)
}

/// What the body of an example contains about its error.
pub(super) struct Values<'a> {
    pub(super) code: Option<Value>,
    pub(super) error_type: Option<&'a Value>,
    pub(super) message: Option<&'a Value>,
    pub(super) param: Option<&'a Value>,
    /// The status that the body states.
    pub(super) status: Option<Status>,
}

impl<'a> Values<'a> {
    /// The values of the slots of a shape. The code is its name there.
    pub(super) fn of_slots(shape: &Shape, body: &'a Value) -> Self {
        let message = value(&shape.body, Slot::Message, body, None);
        let value = |slot| value(&shape.body, slot, body, message);
        Self {
            code: value(Slot::Code).cloned(),
            error_type: value(Slot::Type),
            message,
            param: value(Slot::Param),
            status: None,
        }
    }

    /// The values of a body without a style, under the usual names.
    pub(super) fn guess(body: &'a Value) -> Self {
        let nested = body
            .get("error")
            .filter(|error| error.is_object())
            .or_else(|| body.pointer("/errors/0").filter(|_| !has_own(body)))
            .or_else(|| body.pointer("/data/error"))
            .or_else(|| body.get("fault"))
            .or_else(|| body.get("problem"));
        let error = nested.filter(|error| error.is_object()).unwrap_or(body);
        let names = ["error_type", "type"];
        let mut types = names.into_iter().filter_map(|name| error.get(name));
        let is_name = |value: &&Value| match value {
            Value::String(text) => !text.is_empty() && !text.contains(char::is_whitespace),
            Value::Number(_) => true,
            _ => false,
        };
        let code = CODES
            .iter()
            .filter_map(|name| error.get(*name))
            .find(is_name)
            .or_else(|| error.pointer("/extensions/code").filter(is_name));
        let statuses = ["status", "statusCode", "status_code", "httpStatus"];
        let mut statuses = statuses
            .iter()
            .filter_map(|name| error.get(*name).or_else(|| body.get(*name)));
        Self {
            code: code.or_else(|| address(error)).cloned(),
            error_type: types.find(|value| value.is_string()),
            message: TEXTS.iter().find_map(|name| error.get(*name)),
            param: error.get("param"),
            status: statuses.find_map(super::super::model::status),
        }
    }
}

/// The value of a slot in a body of a shape, if the body shows it. The error has this message, if it is known.
fn value<'a>(
    node: &Node,
    wanted: Slot,
    body: &'a Value,
    message: Option<&Value>,
) -> Option<&'a Value> {
    match node {
        Node::Object(object) if object.exists == Exists::Each => None,
        Node::Object(object) => {
            let mut members = object.members.iter();
            members.find_map(|(name, node)| value(node, wanted, body.get(name)?, message))
        }
        Node::List(nodes) => {
            let elements = body.as_array()?;
            let is_each = |node: &&Node| matches!(node, Node::Object(object) if object.exists == Exists::Each);
            let mut others = nodes.iter().filter(|node| !is_each(node)).enumerate();
            let has_faults = others.clone().count() < nodes.len();
            others.find_map(|(position, node)| {
                let element = match node.sign() {
                    Some((name, sign)) => elements.iter().find(|element| element[name] == *sign),
                    None => elements.get(position),
                };
                let element = element.filter(|element| match node {
                    // In its place can be a fault. One alone is read as the error's own.
                    Node::Object(object) if has_faults && object.exists != Exists::Always => {
                        elements.len() == 1 || is_of(object, element, message)
                    }
                    _ => true,
                });
                value(node, wanted, element?, message)
            })
        }
        Node::Slot(filled) => {
            let is_missing = match &filled.missing {
                Missing::Text(text) => body == text.as_str(),
                Missing::Null | Missing::Omit => body.is_null(),
            };
            (filled.slot == wanted && !is_missing).then_some(body)
        }
        Node::Text(pieces) => match pieces.as_slice() {
            [Piece::Slot(slot)] if *slot == wanted && body.is_string() => Some(body),
            _ => None,
        },
        Node::Constant(_) => None,
    }
}

/// Whether a body has a `param` that is null.
pub(super) fn has_null_param(node: &Node, body: &Value) -> bool {
    match node {
        Node::Object(object) if object.exists == Exists::Always => {
            let mut members = object.members.iter();
            members.any(|(name, node)| {
                body.get(name)
                    .is_some_and(|value| has_null_param(node, value))
            })
        }
        Node::Slot(filled) => filled.slot == Slot::Param && body.is_null(),
        _ => false,
    }
}

/// Whether an element has the members of an object, in a body whose error has this message.
fn is_of(object: &Object, element: &Value, message: Option<&Value>) -> bool {
    let mut names = element.as_object().into_iter().flat_map(Map::keys);
    let is_member = |name: &String| object.members.iter().any(|(known, _)| known == name);
    let fits = |(name, node): &(String, Node)| match (node, element.get(name)) {
        (Node::Slot(filled), Some(value)) if filled.slot == Slot::Message => {
            message.is_none_or(|message| message == value)
        }
        (Node::Slot(filled), None) => filled.missing == Missing::Omit,
        _ => true,
    };
    names.all(is_member) && object.members.iter().all(fits)
}
