//! Serde impls without derive, so that the crate needs no procedural macro.

use core::fmt;

use serde::de::value::UnitDeserializer;
use serde::de::{Deserialize, Error, MapAccess, SeqAccess};

/// The value of a member that was read; if it is missing, `None` if it is optional, else an error.
pub(crate) fn or_missing<'de, T: Deserialize<'de>, E: Error>(
    value: Option<T>,
    name: &'static str,
) -> Result<T, E> {
    match value {
        Some(value) => Ok(value),
        None => T::deserialize(UnitDeserializer::<E>::new()).map_err(|_| E::missing_field(name)),
    }
}

/// Reads the next value of a sequence.
pub(crate) fn next<'de, T: Deserialize<'de>, A: SeqAccess<'de>>(
    members: &mut A,
    name: &'static str,
) -> Result<T, A::Error> {
    or_missing(members.next_element()?, name)
}

/// Reads the value of a member, whose name was read. A second one with the name is an error.
pub(crate) fn read<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    members: &mut A,
    name: &'static str,
    value: &mut Option<T>,
) -> Result<(), A::Error> {
    if value.is_some() {
        return Err(A::Error::duplicate_field(name));
    }
    *value = Some(members.next_value()?);
    Ok(())
}

/// Writes what a record is read from.
pub(crate) fn expecting(formatter: &mut fmt::Formatter<'_>, members: &[&str]) -> fmt::Result {
    formatter.write_str("the members ")?;
    for (position, member) in members.iter().enumerate() {
        formatter.write_str(if position > 0 { ", " } else { "" })?;
        formatter.write_str(member)?;
    }
    Ok(())
}

/// The name of a member: that of its field, unless another is given.
macro_rules! member {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $member:literal) => {
        $member
    };
}

/// Implements `Deserialize` from a map of members, or from a sequence in their order.
macro_rules! read_record {
    ($name:ident: $($fields:tt)+) => {
        $crate::runtime::serde_impls::read_record!($name, $name, $name: $($fields)+);
    };
    // A struct that borrows is read as an owned one.
    ($name:ident, $borrowed:ty, $owned:ty: $($field:ident $(= $member:literal)?),+) => {
        impl<'de> ::serde::Deserialize<'de> for $borrowed {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                use $crate::runtime::serde_impls::{member, next, or_missing, read};

                const MEMBERS: &[&str] = &[$(member!($field $($member)?)),+];

                struct RecordVisitor;

                impl<'de> ::serde::de::Visitor<'de> for RecordVisitor {
                    type Value = $owned;

                    fn expecting(
                        &self,
                        formatter: &mut ::core::fmt::Formatter<'_>,
                    ) -> ::core::fmt::Result {
                        $crate::runtime::serde_impls::expecting(formatter, MEMBERS)
                    }

                    fn visit_seq<A: ::serde::de::SeqAccess<'de>>(
                        self,
                        mut members: A,
                    ) -> Result<$owned, A::Error> {
                        Ok($name {
                            $($field: next(&mut members, member!($field $($member)?))?,)+
                        })
                    }

                    fn visit_map<A: ::serde::de::MapAccess<'de>>(
                        self,
                        mut members: A,
                    ) -> Result<$owned, A::Error> {
                        $(let mut $field = None;)+
                        while let Some(name) = members.next_key::<::std::string::String>()? {
                            match name.as_str() {
                                $(member!($field $($member)?) => {
                                    read(&mut members, member!($field $($member)?), &mut $field)?;
                                })+
                                _ => {
                                    members.next_value::<::serde::de::IgnoredAny>()?;
                                }
                            }
                        }
                        Ok($name {
                            $($field: or_missing($field, member!($field $($member)?))?,)+
                        })
                    }
                }

                deserializer.deserialize_struct(stringify!($name), MEMBERS, RecordVisitor)
            }
        }
    };
}

/// Implements `Serialize` as a map of members.
macro_rules! write_record {
    ($name:ident: $($field:ident),+) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use ::serde::ser::SerializeStruct as _;

                let count = [$(stringify!($field)),+].len();
                let mut members = serializer.serialize_struct(stringify!($name), count)?;
                $(members.serialize_field(stringify!($field), &self.$field)?;)+
                members.end()
            }
        }
    };
}

/// Implements `Serialize` and `Deserialize`.
macro_rules! record {
    ($name:ident: $($fields:tt)+) => {
        $crate::runtime::serde_impls::write_record!($name: $($fields)+);
        $crate::runtime::serde_impls::read_record!($name: $($fields)+);
    };
}

pub(crate) use {member, read_record, record, write_record};
