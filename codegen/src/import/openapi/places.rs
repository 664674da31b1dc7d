//! The places of values in bodies, by which a body is recognised as that of a style.

use std::collections::BTreeSet;

use serde_json::Value;

use super::document::Document;
use crate::catalog::{Exists, Missing, Node, Object, Piece, Slot};
use crate::limits::{MAX_BODY_SCHEMAS, MAX_DEPTH};

/// The places that bodies can have, such as `error.code` and `errors[].title`.
#[derive(Debug, Default)]
pub(super) struct Places(BTreeSet<String>);

impl Places {
    /// The places of the bodies that a schema admits: of all of its alternatives together.
    pub(super) fn of_schema<'a>(document: &Document<'a>, schema: &'a Value) -> Self {
        let mut found = Self::default();
        let mut left = MAX_BODY_SCHEMAS;
        found.schema(document, schema, "", 0, &mut left);
        found
    }

    /// The places of one body.
    pub(super) fn of_body(body: &Value) -> Self {
        let mut found = Self::default();
        found.body(body, "");
        found
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All places as one string.
    pub(super) fn key(&self) -> String {
        let places: Vec<&str> = self.0.iter().map(String::as_str).collect();
        places.join("\n")
    }

    fn schema<'a>(
        &mut self,
        document: &Document<'a>,
        schema: &'a Value,
        path: &str,
        depth: usize,
        left: &mut usize,
    ) {
        if depth > MAX_DEPTH || *left == 0 {
            return;
        }
        *left -= 1;
        let schema = document.resolve(schema);
        let properties = schema["properties"].as_object();
        for (name, value) in properties.into_iter().flatten() {
            let place = member(path, name);
            self.0.insert(place.clone());
            self.schema(document, value, &place, depth + 1, left);
        }
        if let Some(elements) = schema.get("items") {
            let place = element(path);
            self.0.insert(place.clone());
            self.schema(document, elements, &place, depth + 1, left);
        }
        let parts = ["allOf", "anyOf", "oneOf"].map(|key| schema[key].as_array());
        for part in parts.into_iter().flatten().flatten() {
            self.schema(document, part, path, depth + 1, left);
        }
    }

    fn body(&mut self, body: &Value, path: &str) {
        for (name, value) in body.as_object().into_iter().flatten() {
            let place = member(path, name);
            self.0.insert(place.clone());
            self.body(value, &place);
        }
        for value in body.as_array().into_iter().flatten() {
            let place = element(path);
            self.0.insert(place.clone());
            self.body(value, &place);
        }
    }
}

/// The places of the bodies of a shape.
#[derive(Debug, Default)]
pub(super) struct ShapePlaces {
    all: BTreeSet<String>,
    /// Those that every body has.
    always: BTreeSet<String>,
    /// Those whose value the shape does not determine, such as the details of an error.
    open: Vec<String>,
}

impl ShapePlaces {
    pub(super) fn new(body: &Node) -> Self {
        let mut found = Self::default();
        found.node(body, "", true);
        found
    }

    /// Whether bodies with these places are bodies of the shape.
    pub(super) fn fit(&self, places: &Places) -> bool {
        self.always.is_subset(&places.0) && self.other(places).is_empty()
    }

    /// The places that no body of the shape has, without those within another.
    pub(super) fn other<'a>(&self, places: &'a Places) -> Vec<&'a str> {
        let mut other: Vec<&str> = Vec::new();
        for place in &places.0 {
            let is_known =
                self.all.contains(place) || self.open.iter().any(|open| is_in(place, open));
            if !is_known && !other.iter().any(|outer| is_in(place, outer)) {
                other.push(place);
            }
        }
        other
    }

    fn place(&mut self, place: String, node: &Node, always: bool) {
        let always = always && is_always(node);
        self.node(node, &place, always);
        if always {
            self.always.insert(place.clone());
        }
        self.all.insert(place);
    }

    fn node(&mut self, node: &Node, path: &str, always: bool) {
        match node {
            Node::Object(object) => {
                for (name, node) in &object.members {
                    self.place(member(path, name), node, always);
                }
            }
            Node::List(nodes) => {
                for node in nodes {
                    self.place(element(path), node, always);
                }
            }
            Node::Slot(filled) if matches!(filled.slot, Slot::Details | Slot::Errors) => {
                self.open.push(path.to_owned());
            }
            Node::Slot(_) | Node::Constant(_) | Node::Text(_) => {}
        }
    }
}

/// Whether every body has the value.
fn is_always(node: &Node) -> bool {
    match node {
        Node::Object(Object { exists, .. }) => *exists == Exists::Always,
        Node::List(_) | Node::Constant(_) => true,
        Node::Slot(filled) => filled.missing != Missing::Omit || filled.slot.is_always_there(),
        Node::Text(pieces) => {
            let mut slots = pieces.iter().filter_map(Piece::slot);
            slots.all(Slot::is_always_there)
        }
    }
}

fn member(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

fn element(path: &str) -> String {
    format!("{path}[]")
}

/// Whether a place is within another.
fn is_in(place: &str, outer: &str) -> bool {
    place
        .strip_prefix(outer)
        .is_some_and(|rest| rest.starts_with(['.', '[']))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Places, ShapePlaces};
    use crate::resolve::shapes::built_in;

    fn fitting(body: &Value) -> Vec<String> {
        let places = Places::of_body(body);
        let shapes = built_in().into_iter();
        let shapes = shapes.filter(|shape| ShapePlaces::new(&shape.body).fit(&places));
        shapes.map(|shape| shape.name).collect()
    }

    #[test]
    fn a_body_is_that_of_the_shape_with_the_same_places() {
        for (body, expected) in [
            (
                json!({"error": {"message": "m", "type": "t", "code": null}}),
                Some("openai"),
            ),
            (
                json!({"error": {"message": "m", "type": "t", "code": "c", "param": "p", "details": {"a": [{"b": 1}]}}}),
                Some("openai"),
            ),
            (
                json!({"type": "error", "error": {"type": "t", "message": "m"}}),
                Some("anthropic"),
            ),
            (
                json!({"error": {"code": 404, "message": "m", "status": "s", "details": [{"@type": "a", "reason": "r", "domain": "d"}]}}),
                Some("google"),
            ),
            (
                json!({"errors": [{"status": "404", "title": "t", "detail": "d", "meta": {"type": "t", "retryable": false}}]}),
                Some("jsonapi"),
            ),
            (json!({"error": {"message": "m", "code": "c"}}), None),
            (
                json!({"error": {"message": "m", "type": "t", "code": "c", "more": 1}}),
                None,
            ),
            (json!({"code": "c", "message": "m"}), None),
            (json!({}), None),
        ] {
            assert_eq!(fitting(&body), Vec::from_iter(expected), "{body}");
        }
    }

    #[test]
    fn places_that_a_shape_does_not_have_are_named_once() {
        let problem = built_in().into_iter().find(|shape| shape.name == "problem");
        let places = ShapePlaces::new(&problem.unwrap().body);
        let body = json!({"type": "t", "title": "t", "balance": {"of": [1]}, "errors": [{"a": 1}], "details": {"a": 1}});
        assert_eq!(places.other(&Places::of_body(&body)), ["balance"]);
    }
}
