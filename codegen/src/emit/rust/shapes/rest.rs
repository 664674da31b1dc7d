//! What is left of a body beside the fields of an error, if its shape tells that without a JSON tree.
//!
//! The runtime reads a body in the layout of a shape by the parts of the shape. It must keep what it would keep of the
//! tree. If that is not known, a client parses all bodies of the shape.

use super::super::super::places::{Places, Step, is_always_there};
use super::super::file::literal;
use super::layout::{Part, parts};
use super::reach::reach;
use crate::catalog::{Catalog, Exists, Filled, Missing, Node, Object, Shape, Slot};

/// How many places of a body the runtime remembers.
const MOST_MARKS: usize = 4;

/// What a client keeps of a body.
pub(super) struct Rest<'a>(Vec<Kept<'a>>);

/// A member that is kept.
struct Kept<'a> {
    name: &'a str,
    value: Value,
}

/// Where the value of a member is.
enum Value {
    /// At the place with this position.
    Place(usize),
    /// Between two positions: those of a part, and of a byte in its text.
    Between([(usize, usize); 2]),
}

/// What is kept of a member.
enum Fate {
    Nothing,
    /// The value at a place, if it was not read.
    Place(usize),
    All,
    Some,
}

impl<'a> Rest<'a> {
    /// What is kept of a body of a shape whose parts tell the values of its slots; `None` if only its tree tells.
    pub(super) fn of(catalog: &'a Catalog, shape: &'a Shape, places: &'a Places) -> Option<Self> {
        let message = places.of(Slot::Message);
        let message = message.filter(|place| place.missing.is_some())?;
        let reader = Reader {
            catalog,
            shape,
            places,
        };
        let names = member_names(&message.path).unwrap_or_default();
        let inner = names.split_last().map_or(&[][..], |(_, inner)| inner);
        let outermost = reader.members(inner, 0)?;
        let mut members = Vec::new();
        for depth in (1..=inner.len()).rev() {
            let kept = reader.members(inner, depth)?;
            // The members of an object between them stay in it.
            if depth < inner.len() && !kept.is_empty() {
                return None;
            }
            // The members beside the message were meant for it, so they come first.
            members.extend(kept);
        }
        members.extend(outermost);
        let mut names: Vec<&str> = members.iter().map(|kept| kept.name).collect();
        names.sort_unstable();
        let is_twice = names.windows(2).any(|pair| pair.first() == pair.last());
        (!is_twice).then_some(Self(members))
    }

    /// The parts of the body that the ends of members are found by, if the runtime can remember where they begin.
    pub(super) fn marks(&self) -> Option<Vec<usize>> {
        let mut marks = Vec::new();
        for kept in &self.0 {
            if let Value::Between(ends) = kept.value {
                marks.extend(ends.map(|(part, _)| part));
            }
        }
        marks.sort_unstable();
        marks.dedup();
        (marks.len() <= MOST_MARKS).then_some(marks)
    }

    /// The value as an expression.
    pub(super) fn expression(&self, marks: &[usize]) -> String {
        let end = |(part, after)| {
            let mark = marks.iter().position(|mark| *mark == part);
            format!("({}, {after})", mark.unwrap_or_default())
        };
        let members = self.0.iter().map(|kept| match kept.value {
            Value::Place(position) => format!("Kept::Place({position})"),
            Value::Between([start, last]) => format!(
                "Kept::Member({}, [{}, {}])",
                literal(kept.name),
                end(start),
                end(last)
            ),
        });
        format!("&[{}]", members.collect::<Vec<_>>().join(", "))
    }
}

struct Reader<'a> {
    catalog: &'a Catalog,
    shape: &'a Shape,
    places: &'a Places,
}

impl<'a> Reader<'a> {
    /// What is kept of the object at the first `depth` names, apart from the member with the next name; `None` if it
    /// is not known.
    fn members(&self, names: &[&'a str], depth: usize) -> Option<Vec<Kept<'a>>> {
        let (path, next) = names.split_at(depth);
        let steps = steps(path);
        let found = reach(&self.shape.body, &steps);
        let [Node::Object(object)] = found[..] else {
            return None;
        };
        let mut kept = Vec::new();
        for (name, node) in &object.members {
            if next.first() == Some(&name.as_str()) || is_never_read(node) {
                continue;
            }
            let member = [path, &[name]].concat();
            let steps = self::steps(&member);
            let value = match self.fate(node, &steps) {
                Fate::Nothing => continue,
                Fate::Place(position) => Value::Place(position),
                Fate::All if self.has_value(&steps) && is_plain(name) => {
                    Value::Between(self.span(&member))
                }
                Fate::All | Fate::Some => return None,
            };
            kept.push(Kept { name, value });
        }
        Some(kept)
    }

    /// What is kept of a member.
    fn fate(&self, node: &Node, path: &[Step]) -> Fate {
        match node {
            Node::Constant(_) => {
                let mut constants = self.places.constants.iter();
                if constants.any(|(known, _)| known == path) {
                    Fate::Nothing
                } else {
                    Fate::All
                }
            }
            Node::Slot(_) | Node::Text(_) => {
                let mut places = self.places.slots.iter();
                let position = places.position(|place| place.path == path);
                let place = position.and_then(|position| self.places.slots.get(position));
                match (position, place.map(|place| place.slot)) {
                    (_, Some(Slot::Message | Slot::Type | Slot::Code | Slot::Param)) => {
                        Fate::Nothing
                    }
                    (Some(position), _) => Fate::Place(position),
                    (None, _) => Fate::All,
                }
            }
            Node::List(_) => Fate::All,
            Node::Object(object) => self.fate_of(object, path),
        }
    }

    fn fate_of(&self, object: &Object, path: &[Step]) -> Fate {
        let (mut is_removed, mut is_emptied, mut is_kept) = (false, false, false);
        for (name, node) in &object.members {
            let path = [path, &[Step::Member(name.clone())]].concat();
            match self.fate(node, &path) {
                Fate::Nothing => {
                    is_removed = true;
                    is_emptied |= is_always_there(node) || is_condition(object, node);
                }
                Fate::All => is_kept = true,
                Fate::Place(position) => {
                    let place = self.places.slots.get(position);
                    // It is removed if a header has the same value.
                    is_removed |= place.is_none_or(|place| place.slot == Slot::RequestId);
                    is_kept = true;
                }
                Fate::Some => return Fate::Some,
            }
        }
        if !is_removed {
            Fate::All
        } else if is_emptied && !is_kept {
            Fate::Nothing
        } else {
            Fate::Some
        }
    }

    /// Where a member is in the parts of the body.
    fn span(&self, path: &[&str]) -> [(usize, usize); 2] {
        [false, true].map(|is_with| {
            let before = before(&self.shape.body, path, is_with);
            let parts = parts(self.catalog, &before);
            match parts.split_last() {
                Some((Part::Text(last), parts)) => (parts.len(), last.len() - path.len()),
                _ => (parts.len(), 0),
            }
        })
    }

    /// Whether the runtime finds the value of a slot in a member. Members without one are searched for other errors.
    fn has_value(&self, path: &[Step]) -> bool {
        let faults = self.places.faults.iter().map(|list| &list.path);
        let places = self.places.slots.iter().map(|place| &place.path);
        places.chain(faults).any(|place| place.starts_with(path))
    }
}

/// Whether a name is written as it is.
fn is_plain(name: &str) -> bool {
    serde_json::Value::from(name).to_string().len() == name.len() + 2
}

/// Whether a body with this member is always parsed.
fn is_never_read(node: &Node) -> bool {
    let is_parsed = |slot: &Slot| matches!(slot, Slot::Details | Slot::Errors);
    match node {
        Node::Slot(Filled { slot, missing }) => is_parsed(slot) && *missing == Missing::Omit,
        Node::Object(object) => match &object.exists {
            Exists::If(slots) => slots.iter().all(is_parsed),
            Exists::Always | Exists::Each => false,
        },
        _ => false,
    }
}

/// Whether an object exists only if a value in it does.
fn is_condition(object: &Object, node: &Node) -> bool {
    match (&object.exists, node) {
        (Exists::If(slots), Node::Slot(filled)) => slots[..] == [filled.slot],
        _ => false,
    }
}

/// The names of the members on a path, if it leads through objects only.
fn member_names(path: &[Step]) -> Option<Vec<&str>> {
    let names = path.iter().map(|step| match step {
        Step::Member(name) => Some(name.as_str()),
        Step::At(_) | Step::With(..) => None,
    });
    names.collect()
}

fn steps(names: &[&str]) -> Vec<Step> {
    let names = names.iter();
    names.map(|name| Step::Member((*name).to_owned())).collect()
}

/// A body up to a member, with it or without it.
fn before(node: &Node, path: &[&str], is_with: bool) -> Node {
    let (Node::Object(object), Some((name, rest))) = (node, path.split_first()) else {
        return node.clone();
    };
    let mut members = Vec::new();
    for (known, node) in &object.members {
        if known != name {
            members.push((known.clone(), node.clone()));
            continue;
        }
        if is_with || !rest.is_empty() {
            members.push((known.clone(), before(node, rest, is_with)));
        }
        break;
    }
    Node::Object(Object {
        members,
        ..object.clone()
    })
}
