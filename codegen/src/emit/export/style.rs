//! A style in the export, with all that a client needs to read its bodies. Doc comments are descriptions in the schema.

use std::collections::BTreeMap;

#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::super::places::{self, Places};
use crate::catalog::{Catalog, CodeId, Shape, Slot, Status};
use crate::unord_map::UnordMap;

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
    /// The names of the types of codes that are known by their type and status, where bodies do not contain the code. A
    /// code without a status is known by its type alone.
    #[serde(skip_serializing_if = "Map::is_empty")]
    types_of_codes: Map<String, Value>,
    /// The codes that are known so with other statuses, which operations state for them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    types_in_operations: BTreeMap<&'a str, OtherStatuses<'a>>,
}

/// The statuses with which the type of a body means a code.
#[derive(Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
struct OtherStatuses<'a> {
    /// The name of the type in bodies.
    #[serde(rename = "type")]
    error_type: &'a str,
    statuses: Vec<u16>,
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
        let known = known_by_type(catalog, shape);
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
            types_of_codes: types_of_codes(catalog, &known),
            types_in_operations: types_in_operations(catalog, &known),
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

/// The codes that are known by the names of their types: for each the name, and the statuses with which no other error
/// has it. A code without a status is known if no error at all has the name, and then has no statuses.
fn known_by_type<'a>(
    catalog: &'a Catalog,
    shape: &'a Shape,
) -> Vec<(CodeId, &'a str, Vec<Status>)> {
    let ids = CodeId::all(catalog.codes.len());
    let stated = ids.filter_map(|id| Some((id, shape.stated_type(&catalog[id].names)?)));
    let stated: Vec<(CodeId, &str)> = stated.collect();
    if stated.is_empty() {
        return Vec::new();
    }
    let mut statuses: Vec<Vec<Status>> = vec![Vec::new(); catalog.codes.len()];
    for (id, _) in &stated {
        statuses[id.index()].extend(catalog[*id].status.own());
    }
    for (id, status, _) in catalog.other_statuses() {
        statuses[id.index()].push(status);
    }
    let mut with_name: UnordMap<&str, usize> = UnordMap::default();
    let mut with_status: UnordMap<(&str, Status), usize> = UnordMap::default();
    // Codes without a status can have any.
    let mut with_any: UnordMap<&str, ()> = UnordMap::default();
    for (id, name) in &stated {
        *with_name.get_or_default(name) += 1;
        for status in &statuses[id.index()] {
            *with_status.get_or_default((name, *status)) += 1;
        }
        if catalog[*id].status.own().is_none() {
            with_any.insert(name, ());
        }
    }
    let types = catalog.types.iter().map(|entry| &entry.names);
    let types = types.flat_map(|names| [Some(&*names.wire), names.stated_in(&shape.name)]);
    let of_types: UnordMap<&str, ()> = types.flatten().map(|name| (name, ())).collect();
    let by_status = |name: &str| shape.types.iter().any(|(_, known)| known == name);
    let known = stated.into_iter().filter_map(|(id, name)| {
        if of_types.get(name).is_some() {
            return None;
        }
        let mut statuses = std::mem::take(&mut statuses[id.index()]);
        if catalog[id].status.own().is_none() {
            let is_only = with_name.get(name) == Some(&1) && !by_status(name);
            return is_only.then_some((id, name, Vec::new()));
        }
        statuses.retain(|status| {
            with_status.get(&(name, *status)) == Some(&1)
                && with_any.get(name).is_none()
                && shape.type_by_status(*status) != Some(name)
        });
        (!statuses.is_empty()).then_some((id, name, statuses))
    });
    known.collect()
}

fn types_of_codes(catalog: &Catalog, known: &[(CodeId, &str, Vec<Status>)]) -> Map<String, Value> {
    let own = known.iter().filter(|(id, _, statuses)| {
        let own = catalog[*id].status.own();
        own.is_none_or(|own| statuses.contains(&own))
    });
    own.map(|(id, name, _)| (catalog[*id].names.wire.clone(), (*name).into()))
        .collect()
}

/// The same for the statuses that operations state.
fn types_in_operations<'a>(
    catalog: &'a Catalog,
    known: &[(CodeId, &'a str, Vec<Status>)],
) -> BTreeMap<&'a str, OtherStatuses<'a>> {
    let others = known.iter().filter_map(|(id, name, statuses)| {
        let code = &catalog[*id];
        let others = statuses.iter().copied();
        let others = others.filter(|status| Some(*status) != code.status.own());
        let statuses: Vec<u16> = others.map(Status::get).collect();
        let others = OtherStatuses {
            error_type: name,
            statuses,
        };
        (!others.statuses.is_empty()).then_some((code.names.wire.as_str(), others))
    });
    others.collect()
}
