//! The schemas of bodies, read off their shapes.
//!
//! Documents for clients have one schema for all errors of a shape. It is open, and has no bounds such as `minLength`: a
//! client that checks them loses the whole body. The strict twin has a schema for each error, which has them.

mod forms;
mod lists;
mod slots;

use serde_json::Value;

use super::{example_body, markdown_escape};
use crate::catalog::{
    Catalog, Code, Example, Exists, Filled, Missing, Node, Object, Piece, Shape, Slot,
};
use crate::record;
use crate::tree::{Members, Tree};
use forms::{exactly, of_type};
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
pub(super) fn of_all<'a>(catalog: &'a Catalog, shape: &'a Shape) -> Members<'a> {
    let mut tree = Walk::new(catalog, shape, Errors::All);
    let body = tree.node(&shape.body);
    let mut schemas = tree.named;
    if let Some(Described { mut schema, .. }) = body {
        let name = name(shape);
        if let Some(at) = schemas.iter().position(|(known, _)| *known == name) {
            schema = schemas.remove(at).1;
        }
        let description = if catalog.envelope.shapes.len() == 1 {
            "The body of every error response.".to_owned()
        } else {
            let style = markdown_escape::code(&shape.name);
            format!("The body of error responses in the style {style}.")
        };
        if let Tree::Object(members) = &mut schema {
            members.insert(1, ("description".into(), description.into()));
            if catalog.envelope.own.contains(&shape.name) {
                members.push(("x-shape".into(), stated(shape).into()));
            }
        }
        schemas.insert(0, (name.into(), schema));
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
pub(super) fn of_one<'a>(
    catalog: &'a Catalog,
    shape: &'a Shape,
    example: &Example<'a>,
) -> Tree<'a> {
    let mut tree = Walk::new(catalog, shape, Errors::One(example));
    tree.node(&shape.body)
        .map_or(Tree::Bool(true), |body| body.schema)
}

/// A reference to the schema with this name.
pub(super) fn reference<'a>(name: &str) -> Tree<'a> {
    Tree::object([("$ref", ["#/components/schemas/", name].concat().into())])
}

/// The name of the schema of a code's details, if its body can contain them.
pub(super) fn details_of(catalog: &Catalog, code: &Code) -> Option<String> {
    catalog.details(code).next()?;
    Some(format!("{}Details", code.names.variant))
}

/// The schema of the faults of an error.
pub(super) fn faults<'a>() -> Tree<'a> {
    slots::faults()
}

/// The errors that a schema admits.
#[derive(Clone, Copy)]
enum Errors<'e, 'a> {
    /// Those of the API, and those of a newer one.
    All,
    One(&'e Example<'a>),
}

/// Whether bodies contain a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    Always,
    Sometimes,
    Never,
}

/// A value that bodies can contain.
struct Described<'a> {
    schema: Tree<'a>,
    is_required: bool,
    /// Whether it is an element that a list contains any number of times.
    repeats: bool,
}

/// The schemas of a shape, which a walk through its tree finds.
struct Walk<'e, 'a> {
    known: Known<'a>,
    errors: Errors<'e, 'a>,
    /// The slots that have a value where the tree is read.
    given: Vec<Slot>,
    /// Whether the slots are those of a fault.
    in_fault: bool,
    /// The schemas of objects with names.
    named: Members<'a>,
}

impl<'e, 'a> Walk<'e, 'a> {
    fn new(catalog: &'a Catalog, shape: &'a Shape, errors: Errors<'e, 'a>) -> Self {
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
    fn node(&mut self, node: &'a Node) -> Option<Described<'a>> {
        match node {
            Node::Object(object) => self.object(object),
            Node::List(nodes) => {
                let elements: Vec<Described<'a>> =
                    nodes.iter().filter_map(|node| self.node(node)).collect();
                let schema = match self.errors {
                    Errors::All => lists::open(elements),
                    Errors::One(_) => lists::exact(elements),
                };
                Some(always(schema))
            }
            Node::Constant(value) => Some(always(match self.errors {
                Errors::All => self.known.constant(value),
                Errors::One(_) => constant(value.into()),
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

    fn object(&mut self, object: &'a Object) -> Option<Described<'a>> {
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

    fn members(&mut self, object: &'a Object) -> Tree<'a> {
        let mut properties = Members::with_capacity(object.members.len());
        let mut required = Vec::with_capacity(object.members.len());
        for (name, node) in &object.members {
            if let Some(member) = self.node(node) {
                properties.push((name.as_str().into(), member.schema));
                if member.is_required {
                    required.push(Tree::from(name.as_str()));
                }
            }
        }
        let mut members: Members<'a> = Vec::with_capacity(6);
        members.push(("type".into(), "object".into()));
        // OpenAPI 3.0 does not allow an empty list.
        if !required.is_empty() {
            members.push(("required".into(), Tree::List(required)));
        }
        members.push(("properties".into(), Tree::Object(properties)));
        let is_open = matches!(self.errors, Errors::All);
        members.push(("additionalProperties".into(), is_open.into()));
        let schema = Tree::Object(members);
        match (self.errors, &object.schema) {
            (Errors::All, Some(name)) => {
                let named = self.named.iter_mut().find(|(known, _)| known == name);
                match named {
                    Some((_, known)) => *known = schema,
                    None => self.named.push((name.as_str().into(), schema)),
                }
                reference(name)
            }
            _ => schema,
        }
    }

    fn slot(&self, filled: &'a Filled) -> Option<Described<'a>> {
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
                    (Presence::Never, Some(Missing::Text(text))) => exactly(text.as_str()),
                    (Presence::Never, _) => of_type("null"),
                    _ => self.known.exact(example, *slot, missing),
                },
                is_required: missing != Some(&Missing::Omit),
                repeats: false,
            },
        })
    }

    fn text(&self, pieces: &'a [Piece]) -> Option<Described<'a>> {
        let slots = || pieces.iter().filter_map(Piece::slot);
        if slots().any(|slot| self.presence(slot) == Presence::Never) {
            return None;
        }
        let schema = match (self.errors, pieces) {
            (_, [Piece::Slot(slot)]) if self.is_of_fault(*slot) => slots::of_fault(*slot, None),
            (Errors::One(_), _) if slots().any(|slot| self.is_of_fault(slot)) => of_type("string"),
            (Errors::All, [Piece::Slot(slot)]) => self.known.open(*slot, Form::Characters, None),
            (Errors::All, _) => of_type("string"),
            (Errors::One(example), _) => self.known.exact_text(example, pieces),
        };
        Some(Described {
            schema,
            is_required: slots().all(|slot| self.presence(slot) == Presence::Always),
            repeats: false,
        })
    }
}

const fn always(schema: Tree<'_>) -> Described<'_> {
    Described {
        schema,
        is_required: true,
        repeats: false,
    }
}

/// The schema of exactly this value.
fn constant(value: Tree<'_>) -> Tree<'_> {
    match value {
        Tree::Null => of_type("null"),
        value => exactly(value),
    }
}

impl<'a> Known<'a> {
    fn value(&self, example: &Example<'a>, slot: Slot) -> Option<Tree<'a>> {
        example_body::value(self.catalog, example, self.shape, slot)
    }
}
