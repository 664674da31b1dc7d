//! The schemas of the values of slots.

use std::borrow::Cow;

use serde_json::Value;

use super::super::{example_body, markdown_escape};
use super::forms::{any_of, described, exactly, of_type, or_null, text};
use super::{details_of, reference};
use crate::catalog::{Catalog, CodeKind, Example, Missing, Piece, Shape, Slot};
use crate::tree::Tree;

/// What is known of the values of slots in a shape.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) shape: &'a Shape,
}

/// How a value is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As JSON.
    Value,
    /// As a string.
    Characters,
}

/// The names of the types or codes in a shape.
struct Names<'a> {
    /// The schema that lists the wire names.
    list: &'static str,
    values: Vec<Tree<'a>>,
    /// Whether they are those of the list.
    are_listed: bool,
}

impl<'a> Known<'a> {
    /// The schema of a slot in documents for clients. `missing` is what bodies contain if the slot has no value;
    /// without it, the slot always has one.
    pub(super) fn open(&self, slot: Slot, form: Form, missing: Option<&Missing>) -> Tree<'a> {
        let schema = match self.names(slot, form) {
            Some(names) => self.open_name(slot, form, names, missing),
            None => {
                let mut schema = of_type(self.kind(slot, form));
                if matches!(slot, Slot::DocUrl | Slot::Instance) {
                    schema.insert("format", "uri-reference");
                }
                schema.insert("description", description(slot, missing));
                match slot {
                    Slot::Details => schema.insert("additionalProperties", true),
                    Slot::Errors => schema.insert("items", each_fault(true)),
                    _ => {}
                }
                schema
            }
        };
        match missing {
            _ if schema.get("anyOf").is_some() => schema,
            Some(Missing::Null) => or_null(schema),
            // Servers write a missing param as null or leave it out, as their catalog determines.
            Some(Missing::Omit) if slot == Slot::Param => or_null(schema),
            Some(Missing::Text(_))
                if schema.get("type").and_then(Tree::as_str) != Some("string")
                    || schema.get("enum").is_some() =>
            {
                any_of([schema, of_type("string")])
            }
            _ => schema,
        }
    }

    /// The schema of a type or a code.
    fn open_name(
        &self,
        slot: Slot,
        form: Form,
        names: Names<'a>,
        missing: Option<&Missing>,
    ) -> Tree<'a> {
        let Names {
            list,
            values,
            are_listed,
        } = names;
        let said = base(slot);
        let end = ending(slot, missing);
        let is_closed = self.catalog.closed;
        if is_closed && are_listed {
            let list_of = reference(list);
            return match missing {
                // Not an enum with null: Java clients read an unknown value of it as null.
                Some(Missing::Null) => described(
                    format!("{said}: one of {list}, {end}."),
                    any_of([list_of, of_type("null")]),
                ),
                _ => list_of,
            };
        }
        let known = if are_listed {
            list
        } else {
            "the names that this document lists"
        };
        let sentence = match (is_closed, end.is_empty()) {
            (true, true) => format!("{said}."),
            (true, false) => format!("{said}, {end}."),
            (false, true) => {
                format!("{said}: one of {known}, or one that this document does not know yet.")
            }
            (false, false) => {
                format!("{said}: one of {known}, one that this document does not know yet, {end}.")
            }
        };
        let keyword = if is_closed {
            "enum"
        } else {
            "x-extensible-enum"
        };
        Tree::object([
            ("type", self.kind(slot, form).into()),
            ("description", sentence.into()),
            (keyword, Tree::List(values)),
        ])
    }

    /// The names of a slot that is a type or a code.
    fn names(&self, slot: Slot, form: Form) -> Option<Names<'a>> {
        let Self { catalog, shape } = *self;
        let mut names: Vec<Tree<'a>> = Vec::new();
        let mut add = |name: Tree<'a>| {
            if !names.contains(&name) {
                names.push(name);
            }
        };
        let (list, wire): (_, Vec<Tree<'a>>) = match slot {
            Slot::Type => {
                for entry in &catalog.types {
                    let statuses = entry.listed.iter();
                    let of_status = |status| shape.type_name(&entry.names, status);
                    statuses.for_each(|status| add(of_status(*status).into()));
                }
                let codes = catalog.codes.iter();
                let stated = codes.filter_map(|code| shape.stated_type(&code.names));
                stated.for_each(|name| add(name.into()));
                let types = catalog.types.iter();
                let wire = types.map(|entry| entry.names.wire.as_str().into());
                ("ErrorType", wire.collect())
            }
            Slot::Code => {
                for name in catalog.names_in(shape) {
                    let value = example_body::code_value(catalog, name);
                    names.push(match form {
                        Form::Value => value,
                        Form::Characters => example_body::characters(&value).into_owned().into(),
                    });
                }
                let sent = catalog.sent_names().into_iter();
                let wire = sent.map(|name| example_body::code_value(catalog, Cow::Borrowed(name)));
                ("ErrorCode", wire.collect())
            }
            _ => return None,
        };
        Some(Names {
            list,
            are_listed: names == wire,
            values: names,
        })
    }

    /// The type of a slot in JSON Schema.
    fn kind(&self, slot: Slot, form: Form) -> &'static str {
        match slot {
            _ if form == Form::Characters => "string",
            Slot::Code => self.catalog.envelope.code.as_str(),
            Slot::Status | Slot::RetryAfter => CodeKind::Integer.as_str(),
            Slot::Retryable => "boolean",
            Slot::Details => "object",
            Slot::Errors => "array",
            _ => "string",
        }
    }

    /// The schema of a value that is the same in all bodies, in documents for clients: a newer server can have another.
    pub(super) fn constant(&self, value: &'a Value) -> Tree<'a> {
        let kind = match value {
            Value::Null => return of_type("null"),
            Value::Bool(_) => "boolean",
            Value::Number(number) if number.is_f64() => "number",
            Value::Number(_) => "integer",
            _ => "string",
        };
        let shown = markdown_escape::code(&example_body::characters(&value.into()));
        let mut schema = described(format!("Always {shown}."), of_type(kind));
        if kind == "string" {
            let keyword = if self.catalog.closed {
                "enum"
            } else {
                "x-extensible-enum"
            };
            schema.insert(keyword, Tree::List(vec![value.into()]));
        }
        schema
    }

    /// The schema of a slot in the bodies of one error.
    pub(super) fn exact(
        &self,
        example: &Example<'a>,
        slot: Slot,
        missing: Option<&'a Missing>,
    ) -> Tree<'a> {
        let schema = match slot {
            Slot::Message => {
                let mut schema = text(description(slot, None));
                schema.insert("minLength", 1_u64);
                schema
            }
            Slot::Param => text(description(slot, missing)),
            Slot::RequestId => {
                Tree::object([("type", "string".into()), ("minLength", 1_u64.into())])
            }
            Slot::Instance => Tree::object([
                ("type", "string".into()),
                ("format", "uri-reference".into()),
            ]),
            Slot::RetryAfter => example_body::retry_after(self.catalog).into(),
            Slot::Errors => list_of_faults(false),
            Slot::Details => {
                let details = example.code.and_then(|code| details_of(self.catalog, code));
                details.map_or_else(|| of_type("object"), |name| reference(&name))
            }
            _ => super::constant(self.value(example, slot).unwrap_or(Tree::Null)),
        };
        match missing {
            Some(Missing::Null) => or_null(schema),
            Some(Missing::Text(text)) => any_of([schema, exactly(text.as_str())]),
            _ => schema,
        }
    }

    /// The schema of a string with slots in the bodies of one error.
    pub(super) fn exact_text(&self, example: &Example<'a>, pieces: &[Piece]) -> Tree<'a> {
        let mut text = String::new();
        let mut pattern = String::new();
        let mut varies = false;
        for piece in pieces {
            let characters = match piece {
                Piece::Text(characters) => Some(characters.clone()),
                Piece::Slot(slot) if varying(*slot).is_some() => None,
                Piece::Slot(slot) => {
                    let value = self.value(example, *slot).unwrap_or(Tree::Null);
                    Some(example_body::characters(&value).into_owned())
                }
            };
            match (characters, piece) {
                (Some(characters), _) => {
                    pattern.push_str(&escaped(&characters));
                    text.push_str(&characters);
                }
                (None, Piece::Slot(slot)) => {
                    pattern.push_str(varying(*slot).unwrap_or_default());
                    varies = true;
                }
                (None, Piece::Text(_)) => {}
            }
        }
        if varies {
            let pattern = format!("^{pattern}$");
            Tree::object([("type", "string".into()), ("pattern", pattern.into())])
        } else {
            exactly(text)
        }
    }
}

/// The schema of a list of faults.
pub(super) fn faults<'a>() -> Tree<'a> {
    list_of_faults(true)
}

/// The schema of a list of faults, which can have other members or not.
fn list_of_faults<'a>(is_open: bool) -> Tree<'a> {
    Tree::object([("type", "array".into()), ("items", each_fault(is_open))])
}

fn each_fault<'a>(is_open: bool) -> Tree<'a> {
    let schema = |slot| fault(slot).unwrap_or(Tree::Null);
    let properties = Tree::object([
        ("message", schema(Slot::Message)),
        ("param", schema(Slot::Param)),
        ("code", schema(Slot::Code)),
    ]);
    Tree::object([
        ("type", "object".into()),
        ("required", Tree::List(vec!["message".into()])),
        ("properties", properties),
        ("additionalProperties", is_open.into()),
    ])
}

/// The schema of a slot of a fault; `None` if the slot is that of the error.
pub(super) fn fault<'a>(slot: Slot) -> Option<Tree<'a>> {
    let description = match slot {
        Slot::Message => "What is wrong, for people.",
        Slot::Param => "The request field, if it is known.",
        Slot::Code => "The kind of fault, if it is known.",
        _ => return None,
    };
    Some(text(description))
}

/// The schema of a slot of a fault, which is this if it has no value.
pub(super) fn of_fault<'a>(slot: Slot, missing: Option<&Missing>) -> Tree<'a> {
    let schema = fault(slot).unwrap_or(Tree::Null);
    match missing {
        Some(Missing::Null) => or_null(schema),
        _ => schema,
    }
}

/// The pattern of the characters of a slot whose value varies between the occurrences of an error.
const fn varying(slot: Slot) -> Option<&'static str> {
    match slot {
        Slot::Message | Slot::RequestId | Slot::Instance => Some("[\\s\\S]+"),
        Slot::Param => Some("[\\s\\S]*"),
        Slot::RetryAfter => Some("[1-9][0-9]*"),
        _ => None,
    }
}

/// Characters as a part of a pattern (ECMA-262, `SyntaxCharacter`).
fn escaped(characters: &str) -> String {
    let mut out = String::with_capacity(characters.len());
    for character in characters.chars() {
        if "^$\\.*+?()[]{}|/".contains(character) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

/// What a slot is, as the beginning of a sentence.
const fn base(slot: Slot) -> &'static str {
    match slot {
        Slot::Code => "The error code",
        Slot::Type => "The error type",
        Slot::Message => "What happened, for people",
        Slot::Title => "What the code means, in a few words",
        Slot::Fix => "What to do about it",
        Slot::Status => "The HTTP status",
        Slot::Param => "The request field that caused the error",
        Slot::RequestId => "The id of the request",
        Slot::DocUrl => "The page of the code",
        Slot::Retryable => "Whether sending the same request again can help",
        Slot::RetryAfter => "How long to wait before the next try, in whole seconds",
        Slot::Instance => "What identifies this occurrence",
        Slot::Details => {
            "The arguments of the code, where it has some: see the schemas whose names end in Details"
        }
        Slot::Errors => "The faults of the request, each with its param, its code and its message",
        Slot::Version => "The version of the error catalog",
        Slot::Domain => "The host of the documentation, which identifies the API",
    }
}

/// What bodies contain if the slot has no value, as the end of a sentence.
fn ending(slot: Slot, missing: Option<&Missing>) -> String {
    match (slot, missing) {
        (Slot::Param, Some(Missing::Null | Missing::Omit)) => "if there is one".to_owned(),
        (Slot::Details, Some(_)) | (_, Some(Missing::Omit) | None) => String::new(),
        (_, Some(Missing::Null)) => "or null where the error has none".to_owned(),
        (_, Some(Missing::Text(text))) => {
            let text = markdown_escape::inline(text);
            format!("or {text} where the error has none")
        }
    }
}

fn description(slot: Slot, missing: Option<&Missing>) -> String {
    let said = base(slot);
    let end = ending(slot, missing);
    if end.is_empty() {
        [said, "."].concat()
    } else {
        [said, ", ", &end, "."].concat()
    }
}
