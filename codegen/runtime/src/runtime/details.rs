//! The details of a body.

use core::any::Any;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::catalog::settings::{DETAILS, FAULTS};
use crate::runtime::arguments::{AnyArguments, ArgumentValue, ArgumentVisitor, Object};
use crate::runtime::json_tree::Tree;
use crate::runtime::shape::FaultList;
use crate::{ApiError, Fault, Faults};

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
    #[inline]
    pub fn get(&self, name: &str) -> Option<&Value> {
        let mut members = self.iter();
        members.find_map(|(known, value)| (known == name).then_some(value))
    }

    /// The names and values, in the order of the body.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The arguments that are not sensitive; `None` if there are none.
    #[inline]
    pub(crate) fn of(arguments: &dyn AnyArguments) -> Option<Self> {
        let mut members = Vec::new();
        arguments.visit_shown(&mut |name, value| {
            members.push((name.to_owned(), value.to_json()));
        });
        (!members.is_empty()).then_some(Self(members))
    }
}

impl From<&Map<String, Value>> for Details {
    #[inline]
    fn from(members: &Map<String, Value>) -> Self {
        let members = members.iter();
        Self(
            members
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
        )
    }
}

/// The members of an object; none of any other value.
impl From<&Tree> for Details {
    #[inline]
    fn from(tree: &Tree) -> Self {
        let Tree::Object(members) = tree else {
            return Self::default();
        };
        let members = members.iter();
        Self(
            members
                .map(|(name, value)| (name.clone(), value.into()))
                .collect(),
        )
    }
}

/// What a body contains of the arguments of its code.
#[derive(Debug)]
pub(crate) struct ReadArguments {
    pub(crate) details: Option<Details>,
    pub(crate) faults: Faults,
}

impl AnyArguments for ReadArguments {
    #[inline]
    fn visit_all(&self, visit: &mut ArgumentVisitor<'_>) {
        for (name, value) in self.details.iter().flat_map(Details::iter) {
            visit(name, ArgumentValue::Json(value));
        }
    }

    fn read_faults(&self) -> &[Fault] {
        &self.faults
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Serialize for Details {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Details {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Tree::deserialize(deserializer)? {
            object @ Tree::Object(_) => Ok(Self::from(&object)),
            _ => Err(D::Error::custom("expected an object")),
        }
    }
}

impl Faults {
    /// The faults in a list of a body; `None` if an element is not one.
    #[inline]
    pub(crate) fn read(list: &FaultList, elements: &[Tree]) -> Option<Self> {
        let mut faults = Self::default();
        for element in elements {
            faults.push(list.fault(element)?);
        }
        Some(faults)
    }
}

impl ApiError {
    /// The arguments in the body, if the catalog enables details and there are some.
    #[must_use]
    #[inline]
    pub fn details(&self) -> Option<Details> {
        self.arguments_of_body().and_then(Details::of)
    }

    /// The faults of the request: those of all arguments of the kind `errors`, in the order of the catalog. Bodies
    /// contain them if their style has a place for faults.
    ///
    /// ```
    /// use runtime::{ApiError, ErrorCode};
    ///
    /// assert!(ApiError::new(ErrorCode::FileNotFound).faults().is_empty());
    /// ```
    #[must_use]
    #[inline]
    pub fn faults(&self) -> Faults {
        let mut faults = Faults::default();
        if let Some(arguments) = self.faults_of_body() {
            arguments.visit_faults(&mut |fault| faults.push(fault.clone()));
        }
        faults
    }

    /// The arguments, if they contain faults.
    pub(crate) fn faults_of_body(&self) -> Option<&dyn AnyArguments> {
        let arguments = self.any_arguments().filter(|_| FAULTS)?;
        let mut some = false;
        arguments.visit_faults(&mut |_| some = true);
        some.then_some(arguments)
    }

    /// The arguments, if the catalog enables details.
    fn arguments_of_body(&self) -> Option<&dyn AnyArguments> {
        let arguments = self.any_arguments();
        arguments.filter(|_| DETAILS)
    }

    /// The arguments in the body, if there are some.
    pub(crate) fn details_of_body(&self) -> Option<&dyn AnyArguments> {
        let arguments = self.arguments_of_body()?;
        let object = Object {
            arguments,
            redacted: false,
        };
        object.has_members().then_some(arguments)
    }
}
