//! Wire names, known and unknown.

use core::fmt;
use core::marker::PhantomData;
use core::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::ErrorCode;
use crate::catalog::settings::CODE_FORM;

/// The error of parsing a name that this version of the crate does not know, or that codes of several namespaces have.
///
/// ```
/// use runtime::ErrorCode;
///
/// let unknown = "no code".parse::<ErrorCode>().unwrap_err();
/// assert_eq!(unknown.name(), "no code");
/// assert_eq!(unknown.to_string(), "unknown name \"no code\"");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UnknownName {
    name: Box<str>,
}

/// The longest unknown name that is kept, since it can be input of a client.
const LONGEST: usize = 200;

impl UnknownName {
    pub(crate) fn new(name: &str) -> Self {
        let mut end = name.len().min(LONGEST);
        while !name.is_char_boundary(end) {
            end -= 1;
        }
        Self {
            name: name[..end].into(),
        }
    }

    /// The name, cut after two hundred bytes.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for UnknownName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let codes = CODE_FORM.several(&self.name);
        let what = if codes.is_empty() {
            "unknown"
        } else {
            "ambiguous"
        };
        write!(formatter, "{what} name {:?}", self.name)?;
        for (position, code) in codes.iter().enumerate() {
            let before = if position == 0 { ":" } else { " or" };
            write!(formatter, "{before} {code}")?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownName {}

/// Serialises as the name itself.
impl Serialize for UnknownName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name)
    }
}

impl<'de> Deserialize<'de> for UnknownName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|name| Self::new(&name))
    }
}

/// Reads a name; its conversion bounds the size of an error.
pub(crate) struct NameVisitor<T>(PhantomData<T>);

impl<T> NameVisitor<T> {
    pub(crate) const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T: for<'a> TryFrom<&'a str, Error: fmt::Display>> Visitor<'_> for NameVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a wire name")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<T, E> {
        name.try_into().map_err(E::custom)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<T, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<T, E> {
        self.visit_str(&number.to_string())
    }
}

/// What the names of codes are in bodies.
#[derive(Clone, Copy)]
pub(crate) enum WireForm {
    /// Strings.
    Text,
    /// Integers.
    #[allow(dead_code, reason = "only some catalogs have codes that are numbers")]
    Number,
    /// Wire names without their namespaces.
    #[allow(dead_code, reason = "only some catalogs have namespaces")]
    InNamespaces(&'static Namespaces),
}

/// The names that codes have in bodies, where they have namespaces.
pub(crate) struct Namespaces {
    /// Whether they are integers.
    pub(crate) is_number: bool,
    /// How many bytes of the wire names are namespaces, at the discriminants of the codes.
    pub(crate) unsent: &'static [u8],
    /// The names that several codes have, sorted, with the codes.
    pub(crate) several: &'static [(&'static str, &'static [ErrorCode])],
}

impl WireForm {
    /// Whether names are integers.
    pub(crate) const fn is_number(self) -> bool {
        match self {
            Self::Text => false,
            Self::Number => true,
            Self::InNamespaces(namespaces) => namespaces.is_number,
        }
    }

    /// Whether codes have namespaces.
    pub(crate) const fn has_namespaces(self) -> bool {
        matches!(self, Self::InNamespaces(_))
    }

    /// How many bytes of the wire name of a code are its namespace.
    pub(crate) fn unsent(self, code: ErrorCode) -> usize {
        match self {
            Self::InNamespaces(Namespaces { unsent, .. }) => {
                unsent.get(code as usize).copied().map_or(0, usize::from)
            }
            Self::Text | Self::Number => 0,
        }
    }

    /// The name of a code in bodies.
    pub(crate) fn sent(self, code: ErrorCode) -> &'static str {
        &code.as_str()[self.unsent(code)..]
    }

    /// The codes that have a name in bodies, if it is that of several.
    pub(crate) fn several(self, name: &str) -> &'static [ErrorCode] {
        let Self::InNamespaces(Namespaces { several, .. }) = self else {
            return &[];
        };
        let found = several.binary_search_by_key(&name, |(name, _)| *name);
        found.map_or(&[], |position| several[position].1)
    }

    /// Writes a name.
    pub(crate) fn serialize<S: Serializer>(
        self,
        name: &str,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match (self.is_number(), name.parse()) {
            (true, Ok(number)) => serializer.serialize_i64(number),
            _ => serializer.serialize_str(name),
        }
    }

    /// Reads a name. A string is read too where names are numbers.
    pub(crate) fn deserialize<'de, D: Deserializer<'de>, V: Visitor<'de>>(
        self,
        deserializer: D,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        if self.is_number() {
            deserializer.deserialize_any(visitor)
        } else {
            deserializer.deserialize_str(visitor)
        }
    }
}

/// Implements `Display`, `FromStr` and serde by the name of an enum.
macro_rules! named {
    ($name:ident) => {
        $crate::runtime::wire_name::named!($name, $crate::runtime::wire_name::WireForm::Text);
    };
    ($name:ident, $form:expr) => {
        /// Writes the name.
        impl ::core::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = $crate::UnknownName;

            fn from_str(name: &str) -> Result<Self, $crate::UnknownName> {
                Self::from_wire(name).ok_or_else(|| $crate::UnknownName::new(name))
            }
        }

        impl TryFrom<&str> for $name {
            type Error = $crate::UnknownName;

            fn try_from(name: &str) -> Result<Self, $crate::UnknownName> {
                name.parse()
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $form.serialize(self.as_str(), serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $form.deserialize(
                    deserializer,
                    $crate::runtime::wire_name::NameVisitor::<Self>::new(),
                )
            }
        }
    };
}

pub(crate) use named;

/// A wire name that this version of the crate knows, or any other string.
///
/// A newer server may send codes that an older client does not know; their names are kept. It
/// serialises as the name.
///
/// ```
/// use runtime::{ErrorCode, MaybeKnown};
///
/// let known: MaybeKnown<ErrorCode> = ErrorCode::FileNotFound.as_str().into();
/// assert_eq!(known.known(), Some(ErrorCode::FileNotFound));
///
/// let newer: MaybeKnown<ErrorCode> = "no code of this version".into();
/// assert_eq!(newer.known(), None);
/// assert_eq!(newer.as_str(), "no code of this version");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum MaybeKnown<T> {
    /// A name of the catalog.
    Known(T),
    /// Any other name.
    Unknown(Box<str>),
}

impl<T: Copy> MaybeKnown<T> {
    /// The value, if it is known.
    #[must_use]
    pub fn known(&self) -> Option<T> {
        match self {
            Self::Known(value) => Some(*value),
            Self::Unknown(_) => None,
        }
    }
}

impl<T: AsRef<str>> MaybeKnown<T> {
    /// The wire name, known or not.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Known(value) => value.as_ref(),
            Self::Unknown(name) => name,
        }
    }
}

impl<T: FromStr> From<&str> for MaybeKnown<T> {
    fn from(name: &str) -> Self {
        name.parse()
            .map_or_else(|_| Self::Unknown(name.into()), Self::Known)
    }
}

impl<T: fmt::Display> fmt::Display for MaybeKnown<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(value) => value.fmt(formatter),
            Self::Unknown(name) => formatter.pad(name),
        }
    }
}

impl<T: Serialize> Serialize for MaybeKnown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Known(value) => value.serialize(serializer),
            Self::Unknown(name) => serializer.serialize_str(name),
        }
    }
}

impl<'de, T: FromStr> Deserialize<'de> for MaybeKnown<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        CODE_FORM.deserialize(deserializer, NameVisitor::new())
    }
}
