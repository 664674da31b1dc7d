//! Example bodies, as every output shows them.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::Value;

use super::markdown_escape::is_hidden;
use crate::catalog::{
    ArgumentExample, Catalog, CodeKind, Example, Exists, Fault, Missing, Node, Object, Piece,
    Shape, ShapeEvent, Slot,
};
use crate::tree::Tree;

/// The body of an example in a shape, with its members in the order of the wire.
pub(super) fn body<'a>(catalog: &'a Catalog, example: &Example<'a>, shape: &'a Shape) -> Tree<'a> {
    let filler = Filler {
        catalog,
        example,
        shape,
        fault: None,
    };
    // The outermost object always exists.
    filler.node(&shape.body).unwrap_or(Tree::Null)
}

/// The lines of the event that ends a stream with an example, unless it has the usual name and its data is the body.
pub(super) fn event(catalog: &Catalog, example: &Example<'_>, shape: &Shape) -> Option<String> {
    let filler = Filler {
        catalog,
        example,
        shape,
        fault: None,
    };
    let name = shape.event.name.as_deref();
    let data = filler
        .node(&shape.event.data)
        .unwrap_or(Tree::Null)
        .to_string();
    let is_body =
        name == Some(ShapeEvent::NAME) && data == body(catalog, example, shape).to_string();
    let name = name.map_or_else(String::new, |name| format!("event: {name}\n"));
    (!is_body).then(|| shown(format!("{name}data: {data}")))
}

/// The value of a slot in the body of an example, if it has one.
pub(super) fn value<'a>(
    catalog: &'a Catalog,
    example: &Example<'a>,
    shape: &'a Shape,
    slot: Slot,
) -> Option<Tree<'a>> {
    let code = example.code;
    Some(match slot {
        Slot::Code => code_value(catalog, shape.code_name(&code?.names)),
        Slot::Type => match code {
            Some(code) => shape.type_of_code(&code.names, example.error_type, example.status),
            None => shape.type_name(example.error_type, example.status),
        }
        .into(),
        Slot::Message => example.message.into(),
        Slot::Title => example.title.into(),
        Slot::Fix => example.fix?.into(),
        Slot::Status => u64::from(example.status.get()).into(),
        Slot::Param => example.param?.into(),
        Slot::RequestId => example.request_id?.into(),
        Slot::DocUrl => code?.doc_url.as_str().into(),
        Slot::Retryable => example.retryable.into(),
        Slot::RetryAfter => example.retry_after?.into(),
        Slot::Details if !example.details.is_empty() => {
            let details = example.details.iter();
            details
                .map(|(name, value)| (*name, argument(value)))
                .collect()
        }
        Slot::Version => catalog.api.version.as_str().into(),
        Slot::Domain => catalog.api.domain().into(),
        Slot::Errors if !example.faults.is_empty() => faults(example.faults.iter().copied()),
        // A server sets these for an occurrence.
        Slot::Details | Slot::Instance | Slot::Errors => return None,
    })
}

/// Faults as a list.
fn faults<'a>(faults: impl Iterator<Item = &'a Fault>) -> Tree<'a> {
    let fault = |fault: &'a Fault| {
        Tree::object([
            ("message", fault.message.as_str().into()),
            ("param", fault.param.as_str().into()),
        ])
    };
    faults.map(fault).collect()
}

/// Fills the values of an example into a shape.
struct Filler<'e, 'a> {
    catalog: &'a Catalog,
    example: &'e Example<'a>,
    shape: &'a Shape,
    /// The fault, in an object that exists once for each.
    fault: Option<&'a Fault>,
}

impl<'a> Filler<'_, 'a> {
    fn value(&self, slot: Slot) -> Option<Tree<'a>> {
        match (self.fault, slot) {
            (Some(fault), Slot::Message) => Some(fault.message.as_str().into()),
            (Some(fault), Slot::Param) => Some(fault.param.as_str().into()),
            (Some(_), Slot::Code) => None,
            _ => value(self.catalog, self.example, self.shape, slot),
        }
    }

    /// The elements of a list.
    fn elements(&self, nodes: &'a [Node]) -> Tree<'a> {
        let elements = nodes.iter().flat_map(|node| match node {
            Node::Object(object) if object.exists == Exists::Each => {
                let faults = self.example.faults.iter();
                let of_fault = |fault: &&'a Fault| {
                    let filler = Filler {
                        fault: Some(fault),
                        ..*self
                    };
                    filler.members(object)
                };
                faults.map(of_fault).collect()
            }
            node => Vec::from_iter(self.node(node)),
        });
        elements.collect()
    }

    /// A value; missing where the body does not contain it.
    fn node(&self, node: &'a Node) -> Option<Tree<'a>> {
        Some(match node {
            Node::Object(object) => match &object.exists {
                Exists::If(slots) if slots.iter().all(|slot| self.value(*slot).is_none()) => {
                    return None;
                }
                // One that exists for each fault is an element of a list.
                _ => self.members(object),
            },
            Node::List(nodes) => self.elements(nodes),
            Node::Constant(value) => value.into(),
            Node::Slot(filled) => match (self.value(filled.slot), &filled.missing) {
                (Some(value), _) => value,
                (None, Missing::Null) => Tree::Null,
                (None, Missing::Text(text)) => text.as_str().into(),
                (None, Missing::Omit) => return None,
            },
            Node::Text(pieces) => {
                let mut text = String::new();
                for piece in pieces {
                    match piece {
                        Piece::Text(characters) => text.push_str(characters),
                        Piece::Slot(slot) => text.push_str(&characters(&self.value(*slot)?)),
                    }
                }
                text.into()
            }
        })
    }

    fn members(&self, object: &'a Object) -> Tree<'a> {
        let members = object.members.iter();
        let members = members.filter_map(|(name, node)| Some((name.as_str(), self.node(node)?)));
        members.collect()
    }
}

/// A value as a part of a string.
pub(super) fn characters<'t>(value: &'t Tree<'_>) -> Cow<'t, str> {
    match value {
        Tree::Text(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}

/// A code in a body: a string, or a number if the codes of the API are numbers.
pub(super) fn code_value<'a>(catalog: &Catalog, name: Cow<'a, str>) -> Tree<'a> {
    let number = match catalog.envelope.code {
        CodeKind::Integer => name.parse::<i64>().ok(),
        CodeKind::String => None,
    };
    number.map_or_else(|| name.into(), Tree::from)
}

/// The body that is sent to clients that do not choose, on lines with two spaces of indentation.
pub(super) fn pretty(catalog: &Catalog, example: &Example<'_>) -> String {
    pretty_in(catalog, example, catalog.envelope.default_shape())
}

/// The body in a shape, on lines with two spaces of indentation.
pub(super) fn pretty_in(catalog: &Catalog, example: &Example<'_>, shape: &Shape) -> String {
    pretty_body(&body(catalog, example, shape))
}

/// A body on lines with two spaces of indentation.
pub(super) fn pretty_body(body: &Tree<'_>) -> String {
    shown(body.to_json())
}

/// JSON in which characters that turn the direction of a text are escapes.
fn shown(json: String) -> String {
    if json.is_ascii() || !json.chars().any(is_hidden) {
        return json;
    }
    let mut shown = String::with_capacity(json.len());
    for character in json.chars() {
        if is_hidden(character) {
            // None of them is beyond four digits, and writing to a string cannot fail.
            let _ = write!(shown, "\\u{:04x}", u32::from(character));
        } else {
            shown.push(character);
        }
    }
    shown
}

/// The schema of the seconds that a server of the catalog asks a client to wait.
pub(super) fn retry_after(catalog: &Catalog) -> Value {
    serde_json::json!({ "type": "integer", "minimum": 1, "maximum": catalog.retry.max_retry_after })
}

/// The value of an argument in a body: a duration is a number of seconds.
pub(super) fn argument(value: &ArgumentExample) -> Tree<'_> {
    match value {
        ArgumentExample::String(text) | ArgumentExample::Timestamp(text) => text.as_str().into(),
        ArgumentExample::Bool(value) => (*value).into(),
        ArgumentExample::I64(value) => (*value).into(),
        ArgumentExample::U64(value) => (*value).into(),
        ArgumentExample::F64(value) => (*value).into(),
        ArgumentExample::Duration(value) if value.subsec_nanos() == 0 => value.as_secs().into(),
        ArgumentExample::Duration(value) => value.as_secs_f64().into(),
        ArgumentExample::Strings(texts) => {
            let texts = texts.iter().map(String::as_str);
            texts.map(Tree::from).collect()
        }
        ArgumentExample::Errors(list) => faults(list.iter()),
    }
}
