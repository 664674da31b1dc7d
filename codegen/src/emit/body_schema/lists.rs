//! The schemas of lists, whose elements can differ and be left out.

use std::collections::BTreeSet;

use super::Described;
use crate::tree::{Members, Tree};
use crate::unord_map::UnordMap;

/// The schema of a list in documents for clients: one schema for all elements, with the members of each. A choice of
/// schemas would make a client reject an element of a newer server.
pub(super) fn open(elements: Vec<Described<'_>>) -> Tree<'_> {
    let mut elements = elements.into_iter();
    let first = elements.next().map_or_else(anything, |first| first.schema);
    let items = elements.fold(first, |schema, element| {
        // A fault has the members of an error, whose descriptions stay.
        let keeps: &[&str] = if element.repeats {
            &["description", "x-extensible-enum"]
        } else {
            &[]
        };
        merged(schema, element.schema, keeps)
    });
    Tree::object([("type", "array".into()), ("items", items)])
}

/// The schema that admits any value.
fn anything<'a>() -> Tree<'a> {
    Tree::Object(Members::new())
}

/// A schema that admits what either of two schemas admits. It keeps these annotations of the first one.
fn merged<'a>(mut one: Tree<'a>, other: Tree<'a>, keeps: &[&str]) -> Tree<'a> {
    if one == other {
        return one;
    }
    if one.get("type") != other.get("type") || one.get("type").is_none() {
        return anything();
    }
    let Tree::Object(others) = other else {
        return anything();
    };
    if let Tree::Object(members) = &mut one {
        let is_other = |key: &str| others.iter().any(|(other, _)| other == key);
        members.retain(|(key, _)| is_other(key) || keeps.contains(&&**key));
    }
    for (key, value) in others {
        match (&*key, one.get_mut(&key), value) {
            ("properties", Some(properties), Tree::Object(others)) => {
                for (name, schema) in others {
                    let schema = match properties.get_mut(&name) {
                        Some(own) => merged(std::mem::replace(own, Tree::Null), schema, keeps),
                        None => schema,
                    };
                    properties.insert(name, schema);
                }
            }
            ("required", Some(Tree::List(names)), Tree::List(others)) => {
                names.retain(|name| others.contains(name));
            }
            ("enum" | "x-extensible-enum", Some(Tree::List(values)), Tree::List(others)) => {
                let new: Vec<Tree<'_>> = others
                    .into_iter()
                    .filter(|value| !values.contains(value))
                    .collect();
                values.extend(new);
            }
            ("items", Some(items), value) => {
                *items = merged(std::mem::replace(items, Tree::Null), value, keeps);
            }
            (_, Some(own), value) if *own == value => {}
            (name, Some(_), _) if keeps.contains(&name) => {}
            // What one of them does not require, and a text about one of them.
            _ => {
                one.remove(&key);
            }
        }
    }
    if let Tree::Object(members) = &mut one {
        members.retain(|(key, value)| {
            key != "required" || !value.as_list().is_some_and(<[_]>::is_empty)
        });
    }
    one
}

/// The schema of a list of these elements, each once, those that are required and any of the others. It ignores their
/// order.
pub(super) fn exact(elements: Vec<Described<'_>>) -> Tree<'_> {
    let required = elements.iter().filter(|element| element.is_required);
    let least = required.count();
    let repeating = elements.iter().find(|element| element.repeats);
    let repeating = repeating.map(|element| element.schema.clone());
    let most = repeating.is_none().then_some(elements.len());
    let mut counts: Vec<Count<'_>> = Vec::new();
    // By their JSON.
    let mut places: UnordMap<String, usize> = UnordMap::default();
    for element in &elements {
        // A fault can have the signs of an error.
        let signs = match repeating {
            Some(_) => element.schema.clone(),
            None => signs(&element.schema),
        };
        let least = usize::from(element.is_required);
        let json = signs.to_string();
        let place = places.get(&json).copied();
        match place.and_then(|place| counts.get_mut(place)) {
            Some(count) => {
                count.least += least;
                count.most += 1;
            }
            None => {
                places.insert(json, counts.len());
                counts.push(Count {
                    signs,
                    least,
                    most: 1,
                });
            }
        }
    }
    let mut schemas: Vec<Tree<'_>> = elements.into_iter().map(|element| element.schema).collect();
    schemas.dedup();
    let items = match <[Tree<'_>; 1]>::try_from(schemas) {
        Ok([schema]) => schema,
        // Linters require it of every list.
        Err(schemas) if schemas.is_empty() => anything(),
        Err(schemas) => Tree::object([("anyOf", Tree::List(schemas))]),
    };
    let mut list = Tree::object([
        ("type", "array".into()),
        ("items", items),
        ("minItems", least.into()),
    ]);
    if let Some(most) = most {
        list.insert("maxItems", most);
    }
    if counts.len() > 1 {
        let schemas = counts.iter().filter_map(|count| match &repeating {
            Some(schema) if can_be(schema, &count.signs) => count.at_least(),
            _ => Some(count.schema()),
        });
        let schemas: Vec<Tree<'_>> = schemas.collect();
        if !schemas.is_empty() {
            list.insert("allOf", Tree::List(schemas));
        }
    }
    list
}

/// How often a list contains elements with the same constant members or the same schema.
struct Count<'a> {
    signs: Tree<'a>,
    least: usize,
    most: usize,
}

impl<'a> Count<'a> {
    fn schema(&self) -> Tree<'a> {
        let mut schema = self.contains();
        schema.insert("maxContains", self.most);
        schema
    }

    /// The same for a list that can contain any number of them.
    fn at_least(&self) -> Option<Tree<'a>> {
        (self.least > 0).then(|| self.contains())
    }

    fn contains(&self) -> Tree<'a> {
        Tree::object([
            ("contains", self.signs.clone()),
            ("minContains", self.least.into()),
        ])
    }
}

/// Whether a value can fit both of these schemas of objects, which admit no other members.
fn can_be(one: &Tree<'_>, other: &Tree<'_>) -> bool {
    let has_all = |schema: &Tree<'_>, other: &Tree<'_>| {
        let properties = schema.get("properties");
        required(other).all(|name| properties.is_some_and(|known| known.get(name).is_some()))
    };
    has_all(one, other) && has_all(other, one)
}

/// The names of the members that a schema requires.
fn required<'t>(schema: &'t Tree<'_>) -> impl Iterator<Item = &'t str> {
    let names = schema.get("required").and_then(Tree::as_list);
    names.into_iter().flatten().filter_map(Tree::as_str)
}

/// A schema that distinguishes an element from others by its constant members, if it has some.
fn signs<'a>(schema: &Tree<'a>) -> Tree<'a> {
    let properties = schema.get("properties").map_or(&[][..], Tree::members);
    let required: BTreeSet<&str> = required(schema).collect();
    let constants = properties
        .iter()
        .filter(|(name, value)| required.contains(&**name) && value.get("const").is_some());
    let constants: Members<'a> = constants.cloned().collect();
    if constants.is_empty() {
        return schema.clone();
    }
    let names = constants.iter().map(|(name, _)| Tree::from(name.clone()));
    Tree::object([
        ("required", names.collect()),
        ("properties", Tree::Object(constants)),
    ])
}
