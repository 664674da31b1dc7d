//! The schemas of bodies for utoipa.

use ::utoipa::openapi::schema::{
    AdditionalProperties, ArrayBuilder, ObjectBuilder, SchemaType, Type,
};
use serde_json::Value;

use crate::catalog::settings::DETAILS;
use crate::runtime::shape::{Kind, Place, Shape, Slot, Step};

/// A value of a body: the path to it, and what it is.
type Entry = (&'static [Step], Leaf);

#[derive(Clone, Copy)]
enum Leaf {
    Place(&'static Place),
    /// The JSON of a value that is the same in every body.
    Constant(&'static str),
}

/// The schema of a body.
pub(crate) fn of_shape(shape: &'static Shape) -> ObjectBuilder {
    let constants = shape.constants.iter();
    let constants = constants.map(|(path, json)| (*path, Leaf::Constant(json)));
    let places = shape.places.iter();
    let places = places.filter(|place| DETAILS || place.slot != Slot::Details);
    let places = places.map(|place| (place.path, Leaf::Place(place)));
    let described = "The body of an error response.";
    object(&constants.chain(places).collect::<Vec<_>>()).description(Some(described))
}

/// The schema of an object with these values.
fn object(entries: &[Entry]) -> ObjectBuilder {
    let mut schema = open(ObjectBuilder::new());
    let mut names: Vec<&str> = Vec::new();
    for (path, _) in entries {
        let Some(Step::Member(name)) = path.first() else {
            continue;
        };
        if names.contains(name) {
            continue;
        }
        names.push(name);
        let inner = entries.iter().filter_map(|(path, leaf)| match path {
            [Step::Member(known), rest @ ..] if known == name => Some((rest, *leaf)),
            _ => None,
        });
        let inner: Vec<Entry> = inner.collect();
        if inner.iter().any(|(_, leaf)| leaf.is_required()) {
            schema = schema.required(*name);
        }
        schema = match inner.first() {
            Some(([], leaf)) => schema.property(*name, leaf.schema()),
            Some(([Step::Member(_), ..], _)) => schema.property(*name, object(&inner)),
            _ => {
                let items = open(of_type(Type::Object));
                schema.property(*name, ArrayBuilder::new().items(items))
            }
        };
    }
    schema
}

impl Leaf {
    /// Whether every body has a value there.
    fn is_required(self) -> bool {
        match self {
            Self::Constant(_) => true,
            Self::Place(place) => {
                place.missing.is_some_and(|json| json != "null") || place.is_always_there()
            }
        }
    }

    fn schema(self) -> ObjectBuilder {
        let place = match self {
            Self::Constant(json) => {
                let value: Value = json.parse().unwrap_or_default();
                return ObjectBuilder::new().enum_values(Some([value]));
            }
            Self::Place(place) => place,
        };
        let kind = match place.slot.kind() {
            _ if place.inside.is_some() => Type::String,
            Kind::Text => Type::String,
            Kind::Number => Type::Integer,
            Kind::Bool => Type::Boolean,
            Kind::Object => return open(of_type(Type::Object)),
        };
        let can_be_null = !place.is_always_there()
            && (place.missing == Some("null") || place.slot == Slot::Param);
        let schema = if can_be_null {
            ObjectBuilder::new().schema_type(SchemaType::Array(vec![kind, Type::Null]))
        } else {
            of_type(kind)
        };
        schema.description(description(place.slot))
    }
}

const fn description(slot: Slot) -> Option<&'static str> {
    match slot {
        Slot::Type => Some("One of ErrorType, or another of a newer server."),
        Slot::Code => {
            Some("One of ErrorCode, another of a newer server, or null where the error has none.")
        }
        _ => None,
    }
}

pub(crate) fn of_type(kind: Type) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(kind)
}

/// Allows members that this crate does not know. Some generators of clients need it to be explicit.
fn open(members: ObjectBuilder) -> ObjectBuilder {
    members.additional_properties(Some(AdditionalProperties::FreeForm(true)))
}
