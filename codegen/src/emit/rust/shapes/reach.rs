//! What is at the places of a shape in the bodies of another one, or of itself.
//!
//! The bodies are those that the fast reader of the runtime reads: without faults, and without details.

use serde_json::Value;

use super::super::super::places::{Place, Places, Step, is_always_there, of_shape};
use super::is_text;
use crate::catalog::{Catalog, Exists, Missing, Node, Shape, Slot};

/// The values that a path can lead to.
pub(super) fn reach<'n>(node: &'n Node, path: &[Step]) -> Vec<&'n Node> {
    let Some((step, rest)) = path.split_first() else {
        return vec![node];
    };
    let next: Vec<&Node> = match (step, node) {
        (Step::Member(name), Node::Object(object)) => {
            let members = object.members.iter();
            let named = members.filter(|(known, _)| known == name);
            named.map(|(_, node)| node).collect()
        }
        (Step::At(position), Node::List(_)) => at(node, *position),
        (Step::With(name, text), Node::List(_)) => {
            let text = Value::from(text.as_str());
            let member = [Step::Member(name.clone())];
            let mut elements = elements(node);
            elements.retain(|element| {
                let mut found = reach(element, &member).into_iter();
                found.any(|found| could_be(found, &text))
            });
            elements
        }
        _ => Vec::new(),
    };
    next.into_iter()
        .flat_map(|node| reach(node, rest))
        .collect()
}

/// The elements of a list that are not faults.
fn elements(list: &Node) -> Vec<&Node> {
    let Node::List(nodes) = list else {
        return Vec::new();
    };
    let is_fault =
        |node: &&Node| matches!(node, Node::Object(object) if object.exists == Exists::Each);
    nodes.iter().filter(|node| !is_fault(node)).collect()
}

/// The elements of a list that can be at a position: one before it can be missing.
fn at(list: &Node, position: usize) -> Vec<&Node> {
    let mut found = Vec::new();
    let mut fewest = 0;
    for (most, element) in elements(list).into_iter().enumerate() {
        if (fewest..=most).contains(&position) {
            found.push(element);
        }
        fewest += usize::from(is_always_there(element));
    }
    found
}

/// Whether a value can be this constant.
fn could_be(node: &Node, constant: &Value) -> bool {
    match node {
        Node::Constant(value) => value == constant,
        Node::Slot(_) | Node::Text(_) => true,
        Node::Object(_) | Node::List(_) => false,
    }
}

/// The JSON types of values.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Null,
    Bool,
    Number,
    Text,
    Object,
    List,
}

/// The type of the value of a slot.
fn kind(catalog: &Catalog, slot: Slot) -> Kind {
    match slot {
        slot if is_text(catalog, slot) => Kind::Text,
        Slot::Retryable => Kind::Bool,
        Slot::Details => Kind::Object,
        Slot::Errors => Kind::List,
        _ => Kind::Number,
    }
}

/// The types that a value can have.
fn kinds(catalog: &Catalog, node: &Node) -> Vec<Kind> {
    match node {
        Node::Object(_) => vec![Kind::Object],
        Node::List(_) => vec![Kind::List],
        Node::Text(_) => vec![Kind::Text],
        Node::Constant(value) => vec![match value {
            Value::Null => Kind::Null,
            Value::Bool(_) => Kind::Bool,
            Value::Number(_) => Kind::Number,
            Value::String(_) => Kind::Text,
            Value::Array(_) => Kind::List,
            Value::Object(_) => Kind::Object,
        }],
        Node::Slot(filled) => {
            let missing = match filled.missing {
                Missing::Null => Some(Kind::Null),
                Missing::Text(_) => Some(Kind::Text),
                Missing::Omit => None,
            };
            let missing = missing.filter(|_| !filled.slot.is_always_there());
            let mut kinds = vec![kind(catalog, filled.slot)];
            kinds.extend(missing);
            kinds
        }
    }
}

/// Whether the runtime can read the value of a place from a value.
fn fits(catalog: &Catalog, place: &Place, node: &Node) -> bool {
    let kinds = kinds(catalog, node);
    let slot = place.slot;
    match (&place.inside, &place.missing) {
        (Some(_), _) => kinds.contains(&Kind::Text),
        (None, _) if kinds.contains(&kind(catalog, slot)) => true,
        (None, _) if kinds.contains(&Kind::Null) && !slot.is_always_there() => true,
        (None, Some(missing)) => missing.starts_with('"') && kinds.contains(&Kind::Text),
        (None, None) => false,
    }
}

/// Whether the value of each slot in a body of the shape is at the place where the runtime looks for it.
pub(super) fn is_exact(shape: &Shape, places: &Places) -> bool {
    let mut slots = Vec::new();
    shape.body.slots(&mut slots);
    slots.iter().all(|slot| {
        let count = slots.iter().filter(|other| *other == slot).count();
        match places.of(*slot) {
            Some(place) => {
                let is_alone = count == 1 || (slot.is_always_there() && place.missing.is_some());
                is_alone && reach(&shape.body, &place.path).len() == 1
            }
            None => *slot == Slot::Errors,
        }
    })
}

/// Whether the runtime reads a body of the shape by this shape: no other one describes it better.
pub(super) fn is_certain(catalog: &Catalog, shape: &Shape, places: &Places) -> bool {
    let mut is_before = true;
    for other in catalog.envelope.read_shapes() {
        if other.name == shape.name {
            is_before = false;
            continue;
        }
        let others = of_shape(other);
        let (most, fewest) = difference(catalog, shape, places, &others);
        let is_better = most > fewest || (is_before && most == fewest);
        if is_better && could_have(shape, &others.constants) {
            return false;
        }
    }
    // A message alone can be in a body of any form.
    let certain = places.slots.iter().filter(|place| place.missing.is_some());
    certain.count() + places.constants.len() > 1
}

/// Whether a body of the shape can have the constants of another one.
fn could_have(shape: &Shape, constants: &[(Vec<Step>, Value)]) -> bool {
    constants.iter().all(|(path, value)| {
        let mut found = reach(&shape.body, path).into_iter();
        found.any(|node| could_be(node, value))
    })
}

/// How many values of a body of the shape at most fit only the other shape, and at least only the shape itself.
fn difference(
    catalog: &Catalog,
    shape: &Shape,
    places: &Places,
    others: &Places,
) -> (usize, usize) {
    let is_in = |place: &Place, places: &Places| {
        let same = places.of(place.slot);
        same.is_some_and(|same| same.path == place.path && same.inside == place.inside)
    };
    let could_fit = |place: &&Place| {
        let mut found = reach(&shape.body, &place.path).into_iter();
        !is_in(place, places) && found.any(|node| fits(catalog, place, node))
    };
    let fits_always = |place: &&Place| !is_in(place, others) && place.missing.is_some();
    let constants = |of: &Places, without: &Places| {
        let constants = of.constants.iter();
        constants
            .filter(|constant| !without.constants.contains(constant))
            .count()
    };
    let most = others.slots.iter().filter(could_fit).count() + constants(others, places);
    let fewest = places.slots.iter().filter(fits_always).count() + constants(places, others);
    (most, fewest)
}
