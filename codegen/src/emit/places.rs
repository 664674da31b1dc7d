//! Where the values of slots are in a body.

use serde_json::Value;

use crate::catalog::{Exists, Filled, Missing, Node, Object, Piece, Shape, Slot};

/// A step to a value, as the runtime has it.
#[derive(Clone, PartialEq)]
pub(super) enum Step {
    Member(String),
    At(usize),
    With(String, String),
}

pub(super) struct Place {
    pub(super) slot: Slot,
    pub(super) path: Vec<Step>,
    pub(super) inside: Option<(String, String)>,
    /// The JSON of a missing value, if the member is not left out.
    pub(super) missing: Option<String>,
}

/// The places of slots, each once, and the members that are the same in every body.
#[derive(Default)]
pub(super) struct Places {
    pub(super) slots: Vec<Place>,
    pub(super) constants: Vec<(Vec<Step>, Value)>,
    pub(super) faults: Option<Box<FaultList>>,
}

/// Where the faults of an error are.
pub(super) struct FaultList {
    pub(super) path: Vec<Step>,
    /// The elements before the faults. One that always exists needs no description.
    pub(super) before: Vec<Option<Element>>,
    pub(super) fault: Places,
}

/// An element of a list that can be missing.
pub(super) struct Element {
    pub(super) members: Vec<String>,
    pub(super) inside: Places,
    /// The slots whose places are in the element.
    pub(super) slots: Vec<Slot>,
}

pub(super) fn of_shape(shape: &Shape) -> Places {
    let mut places = Places::default();
    places.node(&shape.body, &[], false);
    places
}

/// What the data of an event are.
pub(super) enum EventData {
    /// A body, or an object with its message where a body has it.
    Body,
    /// A body in an object, beside other values.
    Around(Vec<String>, Places),
    /// Other members.
    Other,
}

impl EventData {
    pub(super) fn of_shape(shape: &Shape) -> Self {
        let data = &shape.event.data;
        let Some(path) = path_to(data, &shape.body) else {
            let mut places = Places::default();
            places.node(data, &[], false);
            let of_body = of_shape(shape);
            let [message, of_event] = [&of_body, &places].map(|places| {
                let place = places.of(Slot::Message);
                place.map(|place| &place.path)
            });
            return if message == of_event {
                Self::Body
            } else {
                Self::Other
            };
        };
        if path.is_empty() {
            return Self::Body;
        }
        let mut places = Places::default();
        places.node(&without(data, &path), &[], false);
        Self::Around(path, places)
    }
}

/// The members that lead to a value.
fn path_to(node: &Node, value: &Node) -> Option<Vec<String>> {
    if node == value {
        return Some(Vec::new());
    }
    let Node::Object(object) = node else {
        return None;
    };
    object.members.iter().find_map(|(name, node)| {
        let mut path = path_to(node, value)?;
        path.insert(0, name.clone());
        Some(path)
    })
}

/// A value without the member at the end of a path.
fn without(node: &Node, path: &[String]) -> Node {
    let (Node::Object(object), Some((name, rest))) = (node, path.split_first()) else {
        return node.clone();
    };
    let members = object.members.iter().filter_map(|(known, node)| {
        let node = match known == name {
            true if rest.is_empty() => return None,
            true => without(node, rest),
            false => node.clone(),
        };
        Some((known.clone(), node))
    });
    Node::Object(Object {
        members: members.collect(),
        ..object.clone()
    })
}

impl Places {
    /// Adds what a value contains. `is_optional` is whether an object around it can be left out.
    fn node(&mut self, node: &Node, path: &[Step], is_optional: bool) {
        let is_optional = is_optional || !is_always_there(node);
        match node {
            Node::Object(object) if object.exists == Exists::Each => {}
            Node::Object(object) => {
                for (name, node) in &object.members {
                    let step = Step::Member(name.clone());
                    self.node(node, &[path, &[step]].concat(), is_optional);
                }
            }
            Node::List(nodes) => {
                let mut before = Vec::new();
                for (position, node) in nodes.iter().enumerate() {
                    if let Node::Object(object) = node
                        && object.exists == Exists::Each
                    {
                        let before = core::mem::take(&mut before);
                        self.add_faults(path, before, of_members(object));
                        continue;
                    }
                    let known = self.slots.len();
                    let step = mark(node).unwrap_or(Step::At(position));
                    self.node(node, &[path, &[step]].concat(), is_optional);
                    let new = self.slots[known..].iter().map(|place| place.slot);
                    before.push((!is_always_there(node)).then(|| element(node, new.collect())));
                }
            }
            Node::Constant(value) => {
                let is_member = path.iter().all(|step| matches!(step, Step::Member(_)));
                if is_member && !is_optional {
                    self.constants.push((path.to_vec(), value.clone()));
                }
            }
            Node::Slot(filled) if filled.slot == Slot::Errors => {
                self.add_faults(path, Vec::new(), of_members(&listed_fault()));
            }
            Node::Slot(filled) => {
                let missing = match &filled.missing {
                    _ if is_optional => None,
                    Missing::Omit => None,
                    Missing::Null => Some("null".to_owned()),
                    Missing::Text(text) => Some(Value::from(text.as_str()).to_string()),
                };
                self.add(filled.slot, path, None, missing);
            }
            Node::Text(pieces) => {
                // Several values in one string cannot be distinguished.
                let (slot, before, after) = match &pieces[..] {
                    [Piece::Slot(slot)] => (*slot, "", ""),
                    [Piece::Text(before), Piece::Slot(slot)] => (*slot, before.as_str(), ""),
                    [Piece::Slot(slot), Piece::Text(after)] => (*slot, "", after.as_str()),
                    [Piece::Text(before), Piece::Slot(slot), Piece::Text(after)] => {
                        (*slot, before.as_str(), after.as_str())
                    }
                    _ => return,
                };
                let missing = (!is_optional).then(|| "null".to_owned());
                self.add(slot, path, Some((before, after)), missing);
            }
        }
    }

    fn add(
        &mut self,
        slot: Slot,
        path: &[Step],
        inside: Option<(&str, &str)>,
        missing: Option<String>,
    ) {
        let is_known = self.slots.iter().any(|place| place.slot == slot);
        if !is_known {
            self.slots.push(Place {
                slot,
                path: path.to_vec(),
                inside: inside.map(|(before, after)| (before.to_owned(), after.to_owned())),
                missing,
            });
        }
    }

    /// Adds the place of the faults. They are read from the first one.
    fn add_faults(&mut self, path: &[Step], before: Vec<Option<Element>>, mut fault: Self) {
        let is_of_fault = |slot| matches!(slot, Slot::Param | Slot::Code | Slot::Message);
        fault.slots.retain(|place| is_of_fault(place.slot));
        self.faults.get_or_insert_with(|| {
            Box::new(FaultList {
                path: path.to_vec(),
                before,
                fault,
            })
        });
    }

    /// The place of a slot.
    pub(super) fn of(&self, slot: Slot) -> Option<&Place> {
        self.slots.iter().find(|place| place.slot == slot)
    }
}

/// The places in an object that exists.
fn of_members(object: &Object) -> Places {
    let mut places = Places::default();
    for (name, node) in &object.members {
        places.node(node, &[Step::Member(name.clone())], false);
    }
    places
}

/// The description of an element that can be missing. Only objects have members.
fn element(node: &Node, slots: Vec<Slot>) -> Element {
    let (members, inside) = match node {
        Node::Object(object) => (&object.members[..], of_members(object)),
        _ => (&[][..], Places::default()),
    };
    let members = members.iter().map(|(name, _)| name.clone());
    Element {
        members: members.collect(),
        inside,
        slots,
    }
}

/// An element of the slot `errors`.
fn listed_fault() -> Object {
    let member = |slot: Slot, missing| {
        let node = Node::Slot(Filled { slot, missing });
        (slot.as_str().to_owned(), node)
    };
    Object {
        members: vec![
            member(Slot::Code, Missing::Omit),
            member(Slot::Message, Missing::Null),
            member(Slot::Param, Missing::Omit),
        ],
        ..Object::default()
    }
}

/// Whether a value is always there, apart from what is around it.
pub(super) fn is_always_there(node: &Node) -> bool {
    match node {
        Node::Object(object) => object.exists == Exists::Always,
        Node::Slot(filled) => filled.missing != Missing::Omit,
        Node::Text(pieces) => pieces.iter().all(|piece| match piece {
            Piece::Slot(slot) => slot.is_always_there(),
            Piece::Text(_) => true,
        }),
        Node::List(_) | Node::Constant(_) => true,
    }
}

/// The step to an element that a member identifies.
fn mark(node: &Node) -> Option<Step> {
    let Node::Object(Object { members, .. }) = node else {
        return None;
    };
    members.iter().find_map(|(name, node)| match node {
        Node::Constant(Value::String(text)) => Some(Step::With(name.clone(), text.clone())),
        _ => None,
    })
}
