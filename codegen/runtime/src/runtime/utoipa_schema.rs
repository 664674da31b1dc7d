//! The schemas of bodies for utoipa.

use ::utoipa::openapi::RefOr;
use ::utoipa::openapi::schema::{
    AdditionalProperties, ArrayBuilder, ObjectBuilder, Schema, SchemaType, Type,
};
use serde_json::Value;

use crate::catalog::settings::{DETAILS, FAULTS};
use crate::runtime::shape::{FaultList, Kind, Place, Shape, Slot, Step};

/// A value of a body: the path to it, and what it is.
type Entry = (&'static [Step], Leaf);

#[derive(Clone, Copy)]
enum Leaf {
    Place(&'static Place),
    /// The JSON of a value that is the same in every body.
    Constant(&'static str),
    Faults(&'static FaultList),
    /// A text of a fault.
    OfFault(&'static Place),
}

/// The schema of a body.
pub(crate) fn of_shape(shape: &'static Shape) -> ObjectBuilder {
    let constants = shape.constants.iter();
    let constants = constants.map(|(path, json)| (*path, Leaf::Constant(json)));
    let places = shape.places.iter();
    let places = places.filter(|place| DETAILS || place.slot != Slot::Details);
    let places = places.map(|place| (place.path, Leaf::Place(place)));
    let faults = shape.faults.iter().filter(|_| FAULTS);
    let faults = faults.map(|list| (list.path, Leaf::Faults(list)));
    let described = "The body of an error response.";
    let entries = constants.chain(places).chain(faults);
    object(&entries.collect::<Vec<_>>()).description(Some(described))
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
            Self::Faults(_) => false,
            Self::OfFault(place) => place.slot == Slot::Message,
            Self::Place(place) => {
                place.missing.is_some_and(|json| json != "null") || place.is_always_there()
            }
        }
    }

    fn schema(self) -> RefOr<Schema> {
        match self {
            Self::Constant(json) => {
                let value: Value = json.parse().unwrap_or_default();
                ObjectBuilder::new().enum_values(Some([value])).into()
            }
            Self::Place(place) => place.schema().into(),
            Self::Faults(list) => {
                let places = list.places.iter();
                let places = places.map(|place| (place.path, Self::OfFault(place)));
                let items = object(&places.collect::<Vec<_>>());
                ArrayBuilder::new().items(items).into()
            }
            Self::OfFault(place) => {
                let can_be_null = place.slot != Slot::Message && place.missing == Some("null");
                nullable(Type::String, can_be_null).into()
            }
        }
    }
}

impl Place {
    fn schema(&self) -> ObjectBuilder {
        let kind = match self.slot.kind() {
            _ if self.inside.is_some() => Type::String,
            Kind::Text => Type::String,
            Kind::Number => Type::Integer,
            Kind::Bool => Type::Boolean,
            Kind::Object => return open(of_type(Type::Object)),
            Kind::List => return of_type(Type::Array),
        };
        let can_be_null =
            !self.is_always_there() && (self.missing == Some("null") || self.slot == Slot::Param);
        nullable(kind, can_be_null).description(description(self.slot))
    }
}

fn nullable(kind: Type, can_be_null: bool) -> ObjectBuilder {
    if can_be_null {
        ObjectBuilder::new().schema_type(SchemaType::Array(vec![kind, Type::Null]))
    } else {
        of_type(kind)
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
