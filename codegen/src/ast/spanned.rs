//! Values with their places, for derived decoders.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::span::{SourceId, Span};

/// The name under which [`Spanned`] asks the decoder for places. No catalog can contain it.
pub(crate) const SPANNED: &str = "$spanned";

/// A value, its place, and the place of its key.
#[derive(Clone, Debug)]
pub(crate) struct Spanned<T> {
    /// The value; missing if the key is missing, or if the value was reported.
    pub(crate) value: Option<T>,
    /// The place of the key, or of the value's first token in a list.
    pub(crate) key: Span,
    /// The place of the value.
    pub(crate) span: Span,
    /// Whether the key is written.
    pub(crate) present: bool,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Serde answers `None` for a missing key of an optional type, which is what keeps a
        // derived decoder going when a required key is missing.
        deserializer.deserialize_option(PresenceVisitor(PhantomData))
    }
}

struct PresenceVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for PresenceVisitor<T> {
    type Value = Spanned<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Spanned {
            value: None,
            key: Span::default(),
            span: Span::default(),
            present: false,
        })
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_tuple_struct(SPANNED, 6, PartsVisitor(PhantomData))
    }
}

struct PartsVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for PartsVisitor<T> {
    type Value = Spanned<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value with its place")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Self::Value, A::Error> {
        let mut number = || parts.next_element().map(Option::unwrap_or_default);
        let source = SourceId(number()?);
        let key = Span::new(source, number()?, number()?);
        let span = Span::new(source, number()?, number()?);
        Ok(Spanned {
            value: parts.next_element()?,
            key,
            span,
            present: true,
        })
    }
}

/// A mapping whose keys are names of the catalog, in the order of the file.
#[derive(Clone, Debug)]
pub(crate) struct Entries<T>(pub(crate) Vec<(String, Spanned<T>)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}

struct EntriesVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for EntriesVisitor<T> {
    type Value = Entries<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a mapping")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::with_capacity(map.size_hint().unwrap_or_default());
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Entries(entries))
    }
}
