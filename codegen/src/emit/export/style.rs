//! A style in the export, with all that a client needs to read its bodies. Doc comments are descriptions in the schema.

#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::super::places::{self, Places};
use crate::catalog::{Catalog, Shape, Slot};

/// A form of error bodies.
#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub(super) struct Style<'a> {
    /// The name of a built-in shape, such as `openai`, or of a shape of the catalog.
    name: &'a str,
    /// The name of the variant in Rust.
    rust: &'a str,
    media_type: &'a str,
    /// Where a body has its values.
    places: Vec<Place>,
    /// What every body has.
    constants: Vec<Constant>,
    /// Where a body has the faults of an error.
    #[serde(skip_serializing_if = "Option::is_none")]
    faults: Option<Faults>,
    /// The names of codes in bodies, by wire name; those that are their wire names are left out.
    #[serde(skip_serializing_if = "Map::is_empty")]
    codes: Map<String, Value>,
    /// The types by the names in bodies that they state; other names are wire names, or follow from the status.
    #[serde(skip_serializing_if = "Map::is_empty")]
    types: Map<String, Value>,
    /// The names of the types of codes that are known by their type and status, where bodies do not contain the code.
    #[serde(skip_serializing_if = "Map::is_empty")]
    types_of_codes: Map<String, Value>,
}

/// Where a body has the value of a slot.
#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
struct Place {
    /// The slot, such as `message`; see `docs/envelopes.md`.
    slot: &'static str,
    /// The steps from the body to the value.
    path: Vec<Step>,
    /// The text before the value, in a string that contains it.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    /// The text after it, if there is one before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    /// What is there without a value: null or a string. Without this member, nothing is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<Value>,
}

/// A step to a value: the name of a member, the position of an element, or the name and the text of a member that only
/// this element of a list has.
#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(untagged)]
enum Step {
    Member(String),
    At(usize),
    With([String; 2]),
}

/// A value that every body has.
#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
struct Constant {
    path: Vec<Step>,
    value: Value,
}

/// A list of a body whose last elements are the faults of the error.
#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
struct Faults {
    path: Vec<Step>,
    /// The elements before the faults: null for one that is always there.
    before: Vec<Option<Element>>,
    /// Where a fault has its values.
    places: Vec<Place>,
}

/// An element of a list that can be missing: what an element must have to be this one.
#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
struct Element {
    /// The members that it can have.
    members: Vec<String>,
    constants: Vec<Constant>,
    places: Vec<Place>,
    /// The slots of the body whose values are in this element.
    slots: Vec<&'static str>,
}

impl<'a> Style<'a> {
    pub(super) fn new(catalog: &'a Catalog, shape: &'a Shape) -> Self {
        let found = places::of_shape(shape);
        Self {
            name: &shape.name,
            rust: &shape.variant,
            media_type: &shape.content_type,
            places: of(&found),
            constants: constants(&found),
            faults: found.faults.as_ref().map(|faults| Faults {
                path: steps(&faults.path),
                before: faults
                    .before
                    .iter()
                    .map(|it| it.as_ref().map(element))
                    .collect(),
                places: of(&faults.fault),
            }),
            codes: codes(catalog, shape),
            types: types(catalog, shape),
            types_of_codes: types_of_codes(catalog, shape),
        }
    }
}

fn of(places: &Places) -> Vec<Place> {
    let places = places.slots.iter().map(|place| {
        let inside = place.inside.clone();
        let (before, after) = inside.unzip();
        // What is written there is JSON.
        let missing = place.missing.as_deref();
        let missing = missing.and_then(|json| serde_json::from_str(json).ok());
        Place {
            slot: place.slot.as_str(),
            path: steps(&place.path),
            before,
            after,
            missing,
        }
    });
    places.collect()
}

fn constants(places: &Places) -> Vec<Constant> {
    let constants = places.constants.iter().map(|(path, value)| Constant {
        path: steps(path),
        value: value.clone(),
    });
    constants.collect()
}

fn element(element: &places::Element) -> Element {
    Element {
        members: element.members.clone(),
        constants: constants(&element.inside),
        places: of(&element.inside),
        slots: element.slots.iter().map(|slot| slot.as_str()).collect(),
    }
}

fn steps(path: &[places::Step]) -> Vec<Step> {
    let steps = path.iter().map(|step| match step {
        places::Step::Member(name) => Step::Member(name.clone()),
        places::Step::At(position) => Step::At(*position),
        places::Step::With(name, text) => Step::With([name.clone(), text.clone()]),
    });
    steps.collect()
}

fn codes(catalog: &Catalog, shape: &Shape) -> Map<String, Value> {
    if !shape.writes(Slot::Code) {
        return Map::new();
    }
    let names = catalog.codes.iter().filter_map(|code| {
        let name = shape.code_name(&code.names);
        let wire = &code.names.wire;
        (name != *wire).then(|| (wire.clone(), name.into_owned().into()))
    });
    names.collect()
}

fn types(catalog: &Catalog, shape: &Shape) -> Map<String, Value> {
    let stated = catalog.types.iter().filter_map(|entry| {
        let name = entry.names.stated_in(&shape.name)?;
        Some((name.to_owned(), entry.names.wire.as_str().into()))
    });
    let mut types = Map::new();
    for (name, wire) in stated {
        // As in the generated crate, the first of several types has the name.
        types.entry(name).or_insert(wire);
    }
    types
}

/// The types that codes state, unless another error of the status can have the name too.
fn types_of_codes(catalog: &Catalog, shape: &Shape) -> Map<String, Value> {
    let mut names = Map::new();
    for code in &catalog.codes {
        let Some(name) = shape.stated_type(&code.names) else {
            continue;
        };
        let Some(own) = code.status.own() else {
            continue;
        };
        let is_same = |other: &&crate::catalog::Code| {
            other.status == code.status && shape.stated_type(&other.names) == Some(name)
        };
        let is_of_type = |entry: &crate::catalog::ErrorType| {
            entry.names.wire == name || entry.names.stated_in(&shape.name) == Some(name)
        };
        let is_of_others = catalog.codes.iter().filter(is_same).count() > 1
            || catalog.types.iter().any(is_of_type)
            || shape.type_by_status(own) == Some(name);
        if !is_of_others {
            names.insert(code.names.wire.clone(), name.into());
        }
    }
    names
}
