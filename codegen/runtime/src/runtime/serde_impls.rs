//! Serde impls without derive, so that the crate needs no procedural macro.

use serde::de::value::UnitDeserializer;
use serde::de::{Deserialize, Error};

/// The value of a missing member: `None` if it is optional, else an error.
pub(crate) fn missing<'de, T: Deserialize<'de>, E: Error>(name: &'static str) -> Result<T, E> {
    T::deserialize(UnitDeserializer::<E>::new()).map_err(|_| E::missing_field(name))
}

/// Implements `Deserialize` from a map of members, or from a sequence in their order.
macro_rules! read_record {
    ($name:ident { $($fields:tt)+ }) => {
        $crate::runtime::serde_impls::read_record!($name, $name, $name { $($fields)+ });
    };
    // A struct that borrows is read as an owned one.
    ($name:ident, $borrowed:ty, $owned:ty { $($field:ident = $member:literal),+ $(,)? }) => {
        impl<'de> ::serde::Deserialize<'de> for $borrowed {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                const MEMBERS: &[&str] = &[$($member),+];

                struct RecordVisitor;

                impl<'de> ::serde::de::Visitor<'de> for RecordVisitor {
                    type Value = $owned;

                    fn expecting(
                        &self,
                        formatter: &mut ::core::fmt::Formatter<'_>,
                    ) -> ::core::fmt::Result {
                        write!(formatter, "the members {}", MEMBERS.join(", "))
                    }

                    fn visit_seq<A: ::serde::de::SeqAccess<'de>>(
                        self,
                        mut members: A,
                    ) -> Result<$owned, A::Error> {
                        Ok($name {
                            $($field: match members.next_element()? {
                                Some(value) => value,
                                None => $crate::runtime::serde_impls::missing($member)?,
                            },)+
                        })
                    }

                    fn visit_map<A: ::serde::de::MapAccess<'de>>(
                        self,
                        mut members: A,
                    ) -> Result<$owned, A::Error> {
                        $(let mut $field = None;)+
                        while let Some(name) = members.next_key::<::std::string::String>()? {
                            match name.as_str() {
                                $($member if $field.is_some() => {
                                    return Err(::serde::de::Error::duplicate_field($member));
                                }
                                $member => $field = Some(members.next_value()?),)+
                                _ => {
                                    members.next_value::<::serde::de::IgnoredAny>()?;
                                }
                            }
                        }
                        Ok($name {
                            $($field: match $field {
                                Some(value) => value,
                                None => $crate::runtime::serde_impls::missing($member)?,
                            },)+
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
    ($name:ident { $($field:ident = $member:literal),+ $(,)? }) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use ::serde::ser::SerializeStruct as _;

                let count = [$($member),+].len();
                let mut members = serializer.serialize_struct(stringify!($name), count)?;
                $(members.serialize_field($member, &self.$field)?;)+
                members.end()
            }
        }
    };
}

/// Implements `Serialize` and `Deserialize`.
macro_rules! record {
    ($name:ident { $($fields:tt)+ }) => {
        $crate::runtime::serde_impls::write_record!($name { $($fields)+ });
        $crate::runtime::serde_impls::read_record!($name { $($fields)+ });
    };
}

pub(crate) use {read_record, record, write_record};
