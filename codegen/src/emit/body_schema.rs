//! The schemas of bodies, read off their shapes.
//!
//! Documents for clients have one schema for all errors of a shape. It is open, and has no bounds such as `minLength`: a
//! client that checks them loses the whole body. The strict twin has a schema for each error, which has them.

mod lists;
mod slots;

use serde_json::{Value, json};

use super::{example_body, markdown_escape};
use crate::catalog::{
    Catalog, Code, Example, Exists, Filled, Missing, Node, Object, Piece, Shape, Slot,
};
use crate::record::{self, Members};
use slots::{Form, Known};

/// The name of the schema of the bodies in a shape.
pub(super) fn name(shape: &Shape) -> String {
    match &shape.body {
        Node::Object(Object {
            schema: Some(name), ..
        }) => name.clone(),
        _ => format!("{}Error", shape.variant),
    }
}

/// The schemas of the bodies of all errors in a shape, by name: that of the body first, then those of its objects that
/// have names.
pub(super) fn of_all(catalog: &Catalog, shape: &Shape) -> Members {
    let mut tree = Tree::new(catalog, shape, Errors::All);
    let body = tree.node(&shape.body);
    let mut schemas = tree.named;
    if let Some(Described { mut schema, .. }) = body {
        let name = name(shape);
        if let Some(own) = schemas.shift_remove(&name) {
            schema = own;
        }
        let description = if catalog.envelope.shapes.len() == 1 {
            "The body of every error response.".to_owned()
        } else {
            let style = markdown_escape::code(&shape.name);
            format!("The body of error responses in the style {style}.")
        };
        if let Some(members) = schema.as_object_mut() {
            members.shift_insert(1, "description".to_owned(), description.into());
            if catalog.envelope.own.contains(&shape.name) {
                members.insert("x-shape".to_owned(), stated(shape));
            }
        }
        schemas.shift_insert(0, name, schema);
    }
    schemas
}

/// A shape of the catalog as it is there, with its name.
fn stated(shape: &Shape) -> Value {
    let mut members = record::shape(shape);
    members.shift_insert(0, "name".to_owned(), shape.name.as_str().into());
    members.into()
}

/// The schema of the body of one error in a shape: it admits no other error.
pub(super) fn of_one(catalog: &Catalog, shape: &Shape, example: &Example<'_>) -> Value {
    let mut tree = Tree::new(catalog, shape, Errors::One(example));
    tree.node(&shape.body)
        .map_or(Value::Bool(true), |body| body.schema)
}

/// A reference to the schema with this name.
pub(super) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// The name of the schema of a code's details, if its body can contain them.
pub(super) fn details_of(catalog: &Catalog, code: &Code) -> Option<String> {
    catalog.details(code).next()?;
    Some(format!("{}Details", code.names.variant))
}

/// The schema of the faults of an error.
pub(super) fn faults() -> Value {
    slots::faults()
}

/// The errors that a schema admits.
#[derive(Clone, Copy)]
enum Errors<'a> {
    /// Those of the API, and those of a newer one.
    All,
    One(&'a Example<'a>),
}

/// Whether bodies contain a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    Always,
    Sometimes,
    Never,
}

/// A value that bodies can contain.
struct Described {
    schema: Value,
    is_required: bool,
    /// Whether it is an element that a list contains any number of times.
    repeats: bool,
}

/// The schemas of a tree.
struct Tree<'a> {
    known: Known<'a>,
    errors: Errors<'a>,
    /// The slots that have a value where the tree is read.
    given: Vec<Slot>,
    /// Whether the slots are those of a fault.
    in_fault: bool,
    /// The schemas of objects with names.
    named: Members,
}

impl<'a> Tree<'a> {
    fn new(catalog: &'a Catalog, shape: &'a Shape, errors: Errors<'a>) -> Self {
        Self {
            known: Known { catalog, shape },
            errors,
            given: Vec::new(),
            in_fault: false,
            named: Members::new(),
        }
    }

    fn presence(&self, slot: Slot) -> Presence {
        if slot.is_always_there() || self.given.contains(&slot) {
            return Presence::Always;
        }
        if self.is_of_fault(slot) {
            return Presence::Sometimes;
        }
        let catalog = self.known.catalog;
        match (slot, self.errors) {
            (Slot::Errors, Errors::All) if !catalog.has_faults() => Presence::Never,
            (Slot::Errors, Errors::One(example)) if !example.code.is_some_and(Code::has_faults) => {
                Presence::Never
            }
            (Slot::Details, Errors::All) => {
                let mut codes = catalog.codes.iter();
                let has_details = codes.any(|code| details_of(catalog, code).is_some());
                if has_details {
                    Presence::Sometimes
                } else {
                    Presence::Never
                }
            }
            (Slot::Details, Errors::One(example)) if example.details.is_empty() => Presence::Never,
            (Slot::Code | Slot::Fix | Slot::DocUrl, Errors::One(example)) => {
                match self.known.value(example, slot) {
                    Some(_) => Presence::Always,
                    None => Presence::Never,
                }
            }
            _ => Presence::Sometimes,
        }
    }

    /// The schema of a value; missing if no body contains the value.
    fn node(&mut self, node: &Node) -> Option<Described> {
        match node {
            Node::Object(object) => self.object(object),
            Node::List(nodes) => {
                let elements: Vec<Described> =
                    nodes.iter().filter_map(|node| self.node(node)).collect();
                let schema = match self.errors {
                    Errors::All => lists::open(elements),
                    Errors::One(_) => lists::exact(elements),
                };
                Some(always(schema))
            }
            Node::Constant(value) => Some(always(match self.errors {
                Errors::All => self.known.constant(value),
                Errors::One(_) => constant(value),
            })),
            Node::Slot(filled) => self.slot(filled),
            Node::Text(pieces) => self.text(pieces),
        }
    }

    /// Whether a slot is one of a fault that is the error's elsewhere.
    fn is_of_fault(&self, slot: Slot) -> bool {
        self.in_fault && slots::fault(slot).is_some()
    }

    /// Whether one of the slots has a value. If only one can, the object has it.
    fn any(&mut self, slots: &[Slot]) -> Presence {
        let presences = slots.iter().map(|slot| (*slot, self.presence(*slot)));
        let possible: Vec<_> = presences
            .filter(|(_, presence)| *presence != Presence::Never)
            .collect();
        match possible[..] {
            [] => Presence::Never,
            [(slot, presence)] => {
                self.given.push(slot);
                presence
            }
            _ if possible
                .iter()
                .any(|(_, presence)| *presence == Presence::Always) =>
            {
                Presence::Always
            }
            _ => Presence::Sometimes,
        }
    }

    fn object(&mut self, object: &Object) -> Option<Described> {
        let given = self.given.clone();
        let in_fault = self.in_fault;
        let presence = match &object.exists {
            Exists::Always => Presence::Always,
            Exists::If(slots) => self.any(slots),
            Exists::Each => {
                // Those of the error are others.
                self.given.retain(|slot| slots::fault(*slot).is_none());
                self.in_fault = true;
                match self.errors {
                    // A list of all errors describes the elements of a newer server.
                    Errors::All => Presence::Sometimes,
                    Errors::One(_) => self.presence(Slot::Errors),
                }
            }
        };
        let described = (presence != Presence::Never).then(|| Described {
            schema: self.members(object),
            is_required: presence == Presence::Always,
            repeats: object.exists == Exists::Each,
        });
        self.given = given;
        self.in_fault = in_fault;
        described
    }

    fn members(&mut self, object: &Object) -> Value {
        let mut properties = Members::new();
        let mut required = Vec::new();
        for (name, node) in &object.members {
            if let Some(member) = self.node(node) {
                properties.insert(name.clone(), member.schema);
                if member.is_required {
                    required.push(name.as_str());
                }
            }
        }
        let mut schema = json!({ "type": "object" });
        // OpenAPI 3.0 does not allow an empty list.
        if !required.is_empty() {
            schema["required"] = required.into();
        }
        schema["properties"] = properties.into();
        schema["additionalProperties"] = matches!(self.errors, Errors::All).into();
        if let (Errors::All, Some(name)) = (self.errors, &object.schema) {
            self.named.insert(name.clone(), schema);
            schema = reference(name);
        }
        schema
    }

    fn slot(&self, filled: &Filled) -> Option<Described> {
        let Filled { slot, missing } = filled;
        let presence = self.presence(*slot);
        if presence == Presence::Never && *missing == Missing::Omit {
            return None;
        }
        let missing = Some(missing).filter(|_| presence != Presence::Always);
        if self.is_of_fault(*slot) {
            return Some(Described {
                schema: slots::of_fault(*slot, missing),
                is_required: missing.is_none(),
                repeats: false,
            });
        }
        Some(match self.errors {
            Errors::All => Described {
                schema: self.known.open(*slot, Form::Value, missing),
                // Generators for OpenAPI 3.0 do not read a null that is required.
                is_required: !matches!(missing, Some(Missing::Null | Missing::Omit)),
                repeats: false,
            },
            Errors::One(example) => Described {
                schema: match (presence, missing) {
                    (Presence::Never, Some(Missing::Text(text))) => json!({ "const": text }),
                    (Presence::Never, _) => json!({ "type": "null" }),
                    _ => self.known.exact(example, *slot, missing),
                },
                is_required: missing != Some(&Missing::Omit),
                repeats: false,
            },
        })
    }

    fn text(&self, pieces: &[Piece]) -> Option<Described> {
        let slots = || pieces.iter().filter_map(Piece::slot);
        if slots().any(|slot| self.presence(slot) == Presence::Never) {
            return None;
        }
        let schema = match (self.errors, pieces) {
            (_, [Piece::Slot(slot)]) if self.is_of_fault(*slot) => slots::of_fault(*slot, None),
            (Errors::One(_), _) if slots().any(|slot| self.is_of_fault(slot)) => {
                json!({ "type": "string" })
            }
            (Errors::All, [Piece::Slot(slot)]) => self.known.open(*slot, Form::Characters, None),
            (Errors::All, _) => json!({ "type": "string" }),
            (Errors::One(example), _) => self.known.exact_text(example, pieces),
        };
        Some(Described {
            schema,
            is_required: slots().all(|slot| self.presence(slot) == Presence::Always),
            repeats: false,
        })
    }
}

const fn always(schema: Value) -> Described {
    Described {
        schema,
        is_required: true,
        repeats: false,
    }
}

/// The schema of exactly this value.
fn constant(value: &Value) -> Value {
    match value {
        Value::Null => json!({ "type": "null" }),
        value => json!({ "const": value }),
    }
}

impl Known<'_> {
    fn value(&self, example: &Example<'_>, slot: Slot) -> Option<Value> {
        example_body::value(self.catalog, example, self.shape, slot).map(Value::from)
    }
}
