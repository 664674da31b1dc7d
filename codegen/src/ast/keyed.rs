//! Mappings that remember which keys they state, and where.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::spanned::Spanned;

/// The name under which [`Keyed`] asks the decoder for its keys. No catalog can contain it.
pub(super) const KEYED: &str = "$keyed";

/// A decoded mapping and the keys that it states.
#[derive(Clone, Debug)]
pub(crate) struct Keyed<T> {
    value: T,
    pub(crate) keys: Keys,
}

/// The keys below a value, with their places, however deep they are. A misspelt key has the name that was
/// meant, and an unknown one is left out.
#[derive(Clone, Debug)]
pub(crate) enum Keys {
    Scalar,
    List,
    Mapping(Vec<(String, Spanned<Keys>)>),
}

impl Keys {
    /// The keys of a mapping, in the order of the file.
    pub(crate) fn stated(&self) -> &[(String, Spanned<Self>)] {
        match self {
            Self::Mapping(keys) => keys,
            Self::Scalar | Self::List => &[],
        }
    }
}

impl<T> Keyed<T> {
    /// Whether the mapping states a key.
    pub(crate) fn states(&self, key: &str) -> bool {
        self.keys.stated().iter().any(|(name, _)| name == key)
    }
}

impl<T> Deref for Keyed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Keyed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_tuple_struct(KEYED, 2, KeyedVisitor(PhantomData))
    }
}

struct KeyedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for KeyedVisitor<T> {
    type Value = Keyed<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a mapping with its keys")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Self::Value, A::Error> {
        let value = parts.next_element()?;
        let keys = parts.next_element()?;
        let (value, keys) = value
            .zip(keys)
            .ok_or_else(|| de::Error::invalid_length(0, &self))?;
        Ok(Keyed { value, keys })
    }
}

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_ignored_any(KeysVisitor)
    }
}

struct KeysVisitor;

impl<'de> Visitor<'de> for KeysVisitor {
    type Value = Keys;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Keys, E> {
        Ok(Keys::Scalar)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<Keys, A::Error> {
        Ok(Keys::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
        let mut keys = Vec::with_capacity(map.size_hint().unwrap_or_default());
        while let Some(entry) = map.next_entry()? {
            keys.push(entry);
        }
        Ok(Keys::Mapping(keys))
    }
}
