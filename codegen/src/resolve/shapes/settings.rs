//! The settings of the envelope, applied to its shapes: emitters see the trees that result.

use serde_json::Value;

use crate::catalog::{Exists, Filled, Missing, MissingParam, Node, Object, Shape, Slot};

/// What the envelope determines for its shapes.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    /// How built-in shapes write a missing `param`.
    pub(crate) param: MissingParam,
    /// Whether the slot `details` ever has a value.
    pub(crate) details: bool,
}

impl Settings {
    /// A built-in shape with these settings.
    pub(crate) fn built_in(self, shape: &Shape) -> Shape {
        self.shape(shape, true)
    }

    /// A shape of the catalog with these settings.
    pub(crate) fn own(self, shape: &Shape) -> Shape {
        self.shape(shape, false)
    }

    fn shape(self, shape: &Shape, is_built_in: bool) -> Shape {
        let null_param = is_built_in && self.param == MissingParam::Null;
        let tree = Tree {
            null_param,
            details: self.details,
        };
        // The outermost object always exists.
        let apply = |node: &Node| tree.node(node).unwrap_or_else(|| node.clone());
        let mut shape = shape.clone();
        shape.body = apply(&shape.body);
        shape.event.data = apply(&shape.event.data);
        shape
    }
}

struct Tree {
    null_param: bool,
    details: bool,
}

impl Tree {
    /// A value with the settings; missing if it never exists.
    fn node(&self, node: &Node) -> Option<Node> {
        Some(match node {
            // The param of a fault is another one.
            Node::Object(object) if object.exists == Exists::Each => node.clone(),
            Node::Object(object) => Node::Object(self.object(object)?),
            Node::List(nodes) => {
                Node::List(nodes.iter().filter_map(|node| self.node(node)).collect())
            }
            Node::Slot(filled) => return self.slot(filled),
            Node::Constant(_) | Node::Text(_) => node.clone(),
        })
    }

    fn object(&self, object: &Object) -> Option<Object> {
        let mut exists = object.exists.clone();
        if let Exists::If(slots) = &mut exists {
            slots.retain(|slot| *slot != Slot::Details || self.details);
            if slots.is_empty() {
                return None;
            }
        }
        let members = object.members.iter();
        let members = members.filter_map(|(name, node)| Some((name.clone(), self.node(node)?)));
        Some(Object {
            schema: object.schema.clone(),
            exists,
            members: members.collect(),
        })
    }

    fn slot(&self, filled: &Filled) -> Option<Node> {
        let mut filled = filled.clone();
        if filled.slot == Slot::Details && !self.details {
            return match filled.missing {
                Missing::Null => Some(Node::Constant(Value::Null)),
                Missing::Text(text) => Some(Node::Constant(text.into())),
                Missing::Omit => None,
            };
        }
        if filled.slot == Slot::Param && filled.missing == Missing::Omit && self.null_param {
            filled.missing = Missing::Null;
        }
        Some(Node::Slot(filled))
    }
}

#[cfg(test)]
mod tests {
    use super::super::built_in;
    use super::{Missing, MissingParam, Node, Settings, Shape, Slot};

    fn find(name: &str) -> Shape {
        let mut shapes = built_in().into_iter();
        shapes.find(|shape| shape.name == name).expect("a shape")
    }

    fn slots(node: &Node) -> Vec<Slot> {
        let mut slots = Vec::new();
        node.slots(&mut slots);
        slots
    }

    #[test]
    fn details_leave_every_tree() {
        let settings = Settings {
            param: MissingParam::Omit,
            details: false,
        };
        for shape in built_in() {
            let applied = settings.built_in(&shape);
            for (before, after) in [
                (&shape.body, &applied.body),
                (&shape.event.data, &applied.event.data),
            ] {
                let mut expected = slots(before);
                expected.retain(|slot| *slot != Slot::Details);
                assert_eq!(slots(after), expected, "{}", shape.name);
                assert!(!format!("{after:?}").contains("Details"), "{}", shape.name);
            }
        }
    }

    #[test]
    fn a_missing_param_is_null_in_built_in_shapes_only() {
        let settings = Settings {
            param: MissingParam::Null,
            details: true,
        };
        let shape = find("problem");
        assert_eq!(settings.own(&shape), shape);
        let applied = settings.built_in(&shape);
        assert_ne!(applied, shape);
        let Node::Object(body) = &applied.body else {
            panic!("an object");
        };
        let filled = |name: &str| {
            let mut members = body.members.iter();
            match members.find(|(known, _)| known == name) {
                Some((_, Node::Slot(filled))) => &filled.missing,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(filled("param"), &Missing::Null);
        assert_eq!(filled("instance"), &Missing::Omit);
    }

    #[test]
    fn without_settings_shapes_stay_as_they_are() {
        let settings = Settings {
            param: MissingParam::Omit,
            details: true,
        };
        for shape in built_in() {
            assert_eq!(settings.built_in(&shape), shape);
        }
    }
}
