//! The details of a body.

use core::any::Any;
use core::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use crate::runtime::arguments::{AnyArguments, ArgumentValue, ArgumentVisitor, Object};

/// The arguments of a code in a body: an object whose members keep their order.
///
/// ```
/// use runtime::Details;
///
/// let details: Details = serde_json::from_str(r#"{"size":30,"limit":20}"#).unwrap();
/// assert_eq!(details.get("limit").and_then(|limit| limit.as_u64()), Some(20));
/// assert_eq!(details.iter().next().map(|(name, _)| name), Some("size"));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Details(Vec<(String, Value)>);

impl Details {
    /// The value of the argument with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        let mut members = self.iter();
        members.find_map(|(known, value)| (known == name).then_some(value))
    }

    /// The names and values, in the order of the body.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The arguments that are not sensitive; `None` if there are none.
    pub(crate) fn of(arguments: &dyn AnyArguments) -> Option<Self> {
        let mut members = Vec::new();
        arguments.visit_shown(&mut |name, value| {
            // The values of arguments always serialise.
            let value = serde_json::to_value(value).unwrap_or_default();
            members.push((name.to_owned(), value));
        });
        (!members.is_empty()).then_some(Self(members))
    }
}

impl AnyArguments for Details {
    fn visit_all(&self, visit: &mut ArgumentVisitor<'_>) {
        for (name, value) in self.iter() {
            visit(name, ArgumentValue::Json(value));
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Serialize for Details {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let object = Object {
            arguments: self,
            redacted: false,
        };
        object.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Details {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DetailsVisitor;

        impl<'de> Visitor<'de> for DetailsVisitor {
            type Value = Details;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Details, A::Error> {
                let mut members: Vec<(String, Value)> = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                let mut names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
                names.sort_unstable();
                if names.windows(2).any(|pair| pair[0] == pair[1]) {
                    return Err(A::Error::custom("a member stands twice"));
                }
                Ok(Details(members))
            }
        }

        deserializer.deserialize_map(DetailsVisitor)
    }
}
